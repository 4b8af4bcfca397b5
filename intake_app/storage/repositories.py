"""What the repositories share: one session, the keys, and the rules about whose record it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlmodel import Session

from intake_app.domain.ids import ParticipantId
from intake_app.errors import RecordErased, RecordMissing, StoreDamaged
from intake_app.storage.crypto import Place, derived_key, seal, unseal
from intake_app.storage.models import ParticipantRow, TombstoneRow
from intake_app.storage.participant_keys import ParticipantKeys

INSTALLATION = "installation"


class Seals:
    """Seals content under the key of its participant; what has no participant, under the installation's key.

    `doomed` are people who are erased in the database and whose keys must still be destroyed.
    """

    def __init__(self, keys: ParticipantKeys, installation_key: bytes) -> None:
        self.keys = keys
        self.doomed: set[ParticipantId] = set()
        self._installation_key = installation_key

    def seal(self, owner: str | None, table: str, row: str, content: bytes) -> bytes:
        """Sealed content. Raises `RecordErased` when the owner's key is gone."""
        return seal(self._key(owner), content, Place(owner or INSTALLATION, table, row))

    def open(self, owner: str | None, table: str, row: str, sealed: bytes) -> bytes:
        """The content again. Raises `RecordErased`, and `StoreDamaged` (part content)."""
        return unseal(self._key(owner), sealed, Place(owner or INSTALLATION, table, row))

    def for_purpose(self, purpose: str) -> bytes:
        """A key of the installation for something that stands beside the database."""
        return derived_key(self._installation_key, purpose)

    def may_open(self, owner: str | None) -> bool:
        """Whether this caseload holds the key."""
        return owner is None or self.keys.opens(owner)

    def _key(self, owner: str | None) -> bytes:
        return self._installation_key if owner is None else self.keys.key(ParticipantId(owner))


class Repository:
    """One table family inside an open unit of work."""

    def __init__(self, session: Session, seals: Seals) -> None:
        self._session = session
        self._seals = seals

    def _own(self, participant_id: str) -> ParticipantRow:
        """The row of a participant of this caseload. Raises `RecordErased` and `RecordMissing`."""
        row = self._session.get(ParticipantRow, participant_id)
        if row is None:
            if self._session.get(TombstoneRow, participant_id) is not None:
                raise RecordErased(id=participant_id)
            raise RecordMissing(kind="participant", id=participant_id)
        if self._seals.keys.is_elsewhere(ParticipantId(participant_id)):
            raise RecordMissing(kind="participant", id=participant_id)
        self._seals.keys.key(ParticipantId(participant_id))
        return row


def aware(moment: datetime) -> datetime:
    """The moment in UTC. Raises `ValueError` for one without a zone: it would be kept as another moment."""
    if moment.utcoffset() is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(UTC)


def packed(content: Mapping[str, object]) -> bytes:
    """A mapping of JSON values as bytes. Raises `TypeError` for anything else."""
    return json.dumps(dict(content), ensure_ascii=False, separators=(",", ":")).encode()


@contextmanager
def reading(table: str) -> Iterator[None]:
    """Content that opens but does not have our shape is damage."""
    try:
        yield
    except (ValueError, KeyError, TypeError) as problem:
        raise StoreDamaged(part="content", table=table) from problem
