"""The repository of what hangs on a talk beside its answers: uploaded files, and what a newer form has no place for."""

from __future__ import annotations

import json
import uuid
from base64 import b64decode
from collections.abc import Collection, Iterator

from sqlalchemy import ColumnElement, delete, func
from sqlalchemy import select as sa_select
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.domain.keeping import CARD_PREFIX
from intake_app.errors import RecordMissing
from intake_app.storage.kept_models import CaseCardRow
from intake_app.storage.models import TalkFileRow
from intake_app.storage.repositories import Repository, reading

TABLE = "talk_file"
_OWNER = func.coalesce(col(TalkFileRow.participant_id), col(TalkFileRow.card_id))


class TalkFiles(Repository):
    """Pieces of a talk by kind and name. The name is sealed with the content: a file's name tells about a person."""

    def save(
        self, participant_id: ParticipantId, instance_id: InstanceId, kind: str, name: str, content: bytes
    ) -> None:
        """Keep a piece, in the place of one of that kind and name. Raises `RecordMissing` and `RecordErased`."""
        on_card = participant_id.startswith(CARD_PREFIX)
        if on_card:
            self._card(participant_id)
        else:
            self._own(participant_id)
        for row, kept, _ in self._rows(instance_id, kind):
            if kept == name:
                self._session.delete(row)
        file_id = str(uuid.uuid4())
        sealed = self._seals.seal(participant_id, TABLE, file_id, _together(name, content))
        self._session.add(
            TalkFileRow(
                file_id=file_id,
                participant_id=None if on_card else participant_id,
                card_id=participant_id if on_card else None,
                instance_id=instance_id,
                kind=kind,
                sealed=sealed,
            )
        )
        self._session.flush()

    def get(self, instance_id: InstanceId, kind: str, name: str) -> bytes:
        """The bytes of a piece. Raises `RecordMissing`, also for somebody else's caseload."""
        for _, kept, content in self._rows(instance_id, kind):
            if kept == name:
                return content
        raise RecordMissing(kind="file", id=instance_id)

    def names(self, instance_id: InstanceId, kind: str) -> tuple[str, ...]:
        """The names of the pieces of a kind, sorted."""
        return tuple(sorted(name for _, name, _ in self._rows(instance_id, kind)))

    def of_kind(self, kind: str) -> tuple[tuple[ParticipantId, str], ...]:
        """Whose the pieces of a kind are and what they are called, of all talks that may be opened, sorted."""
        rows = self._session.exec(select(TalkFileRow).where(col(TalkFileRow.kind) == kind)).all()
        open_to_us = [row for row in rows if self._seals.may_open(_owner(row))]
        return tuple(sorted((ParticipantId(_owner(row) or ""), self._opened(row)[0]) for row in open_to_us))

    def keep_only(self, instance_id: InstanceId, kind: str, names: Collection[str]) -> None:
        """Remove the pieces of a kind that have another name."""
        for row, name, _ in self._rows(instance_id, kind):
            if name not in names:
                self._session.delete(row)
        self._session.flush()

    def of(self, instance_ids: Collection[InstanceId], kind: str) -> dict[InstanceId, tuple[tuple[str, bytes], ...]]:
        """Names, sorted, and bytes of the pieces of a kind, for several talks at once; only of those with any."""
        found: dict[InstanceId, list[tuple[str, bytes]]] = {}
        whole = sa_select(col(TalkFileRow.file_id), _OWNER, col(TalkFileRow.instance_id), col(TalkFileRow.sealed))
        for file_id, owner, instance_id, sealed in self._session.execute(whole.where(*_those(instance_ids, kind))):
            if self._seals.may_open(owner):
                found.setdefault(InstanceId(instance_id), []).append(self._piece(owner, file_id, sealed))
        return {instance_id: tuple(sorted(pieces)) for instance_id, pieces in found.items()}

    def drop(self, instance_ids: Collection[InstanceId], kind: str) -> None:
        """Remove every piece of a kind of these talks."""
        found = sa_select(col(TalkFileRow.file_id), _OWNER).where(*_those(instance_ids, kind))
        mine = [file_id for file_id, owner in self._session.execute(found) if self._seals.may_open(owner)]
        if mine:
            self._session.connection().execute(delete(TalkFileRow).where(col(TalkFileRow.file_id).in_(mine)))
            self._session.expire_all()

    def _card(self, card_id: str) -> None:
        if self._session.get(CaseCardRow, card_id) is None or not self._seals.may_open(card_id):
            raise RecordMissing(kind="case_card", id=card_id)

    def _opened(self, row: TalkFileRow) -> tuple[str, bytes]:
        return self._piece(_owner(row), row.file_id, row.sealed)

    def _piece(self, owner: str | None, file_id: str, sealed: bytes) -> tuple[str, bytes]:
        piece = self._seals.open(owner, TABLE, file_id, sealed)
        with reading(TABLE):
            return _apart(piece)

    def _rows(self, instance_id: InstanceId, kind: str) -> Iterator[tuple[TalkFileRow, str, bytes]]:
        for row in self._session.exec(_of_kind([instance_id], kind)).all():
            if self._seals.may_open(_owner(row)):
                yield row, *self._opened(row)


def _together(name: str, content: bytes) -> bytes:
    """Name and content in one piece: a zero, four bytes with the length of the name, the name, the content."""
    called = name.encode()
    return b"\0" + len(called).to_bytes(4, "big") + called + content


def _apart(piece: bytes) -> tuple[str, bytes]:
    """Name and content again; pieces of before stand in JSON."""
    if piece[:1] != b"\0":
        known = json.loads(piece)
        return str(known["name"]), b64decode(known["content"])
    end = 5 + int.from_bytes(piece[1:5], "big")
    return piece[5:end].decode(), piece[end:]


def _owner(row: TalkFileRow) -> str | None:
    return row.participant_id or row.card_id


def _of_kind(instance_ids: Collection[InstanceId], kind: str) -> SelectOfScalar[TalkFileRow]:
    return select(TalkFileRow).where(*_those(instance_ids, kind))


def _those(instance_ids: Collection[InstanceId], kind: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(TalkFileRow.instance_id).in_(instance_ids), col(TalkFileRow.kind) == kind
