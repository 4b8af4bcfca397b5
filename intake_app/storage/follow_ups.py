"""Repository of follow-up talks: each hangs on a case card, or without one on its person, and goes with it."""

from __future__ import annotations

import json
from datetime import datetime

from sqlmodel import col, delete, or_, select

from intake_app.domain.follow_up import MET, REPLACED, FollowUpRecord
from intake_app.domain.ids import AccountId, FormId, FormVersion, InstanceId, ParticipantId
from intake_app.domain.instance import InstanceStatus
from intake_app.domain.keeping import CARD_PREFIX
from intake_app.errors import RecordMissing
from intake_app.storage.kept_models import CaseCardRow, FollowUpRow
from intake_app.storage.models import InstanceRow, OutboxRow, TalkFileRow
from intake_app.storage.repositories import Repository, aware, packed, reading

_TABLE = "follow_up"


class FollowUps(Repository):
    """Open and finished follow-up talks of the own caseload."""

    def save(self, record: FollowUpRecord) -> None:
        """Keep a talk, or replace what it says. Raises `RecordMissing` without its card or person, `RecordErased`."""
        owner, row_id = record.owner, record.instance_id
        on_card = owner.startswith(CARD_PREFIX)
        if on_card:
            self._card_row(owner)
        else:
            self._own(owner)
        row = self._session.get(FollowUpRow, row_id) or FollowUpRow(
            instance_id=row_id,
            card_id=owner if on_card else None,
            participant_id=None if on_card else owner,
            form_id=record.form_id,
            form_version=record.form_version,
            account_id=record.account_id,
            status="",
            at=aware(record.at),
            deprecated_id=record.deprecated_id,
            sealed=b"",
            sealed_release=None,
            sealed_typing=b"",
        )
        row.status, row.at, row.deprecated_id = record.status.value, aware(record.at), record.deprecated_id
        row.sealed = self._seals.seal(owner, _TABLE, row_id, record.xml)
        row.sealed_release = record.released_xml and self._seals.seal(owner, "release", row_id, record.released_xml)
        row.sealed_typing = self._seals.seal(owner, "typing", row_id, packed(record.typing))
        self._session.add(row)
        self._session.flush()

    def get(self, instance_id: InstanceId) -> FollowUpRecord:
        """One talk. Raises `RecordMissing`, also for somebody else's caseload."""
        return self._record(self._row(instance_id))

    def of(self, owner: ParticipantId) -> tuple[FollowUpRecord, ...]:
        """What hangs on a card or a person, oldest first; nothing for one of somebody else."""
        wanted = or_(col(FollowUpRow.card_id) == owner, col(FollowUpRow.participant_id) == owner)
        rows = self._session.exec(select(FollowUpRow).where(wanted).order_by(col(FollowUpRow.at)))
        return tuple(self._record(row) for row in rows if self._seals.may_open(owner))

    def list(self) -> tuple[FollowUpRecord, ...]:
        """Everything of the own caseload, oldest first."""
        rows = self._session.exec(select(FollowUpRow).order_by(col(FollowUpRow.at)))
        return tuple(self._record(row) for row in rows if self._seals.may_open(_owner(row)))

    def remove(self, instance_id: InstanceId) -> None:
        """Take a talk away. Raises `RecordMissing`."""
        self._session.delete(self._row(instance_id))
        self._session.flush()

    def forget_before(self, form_id: FormId, moment: datetime) -> int:
        """Remove finished talks of a form from before a moment, of every caseload; what waits to be sent stays.

        With them goes what met at the desk about them, and what a correction replaced that waits no longer.
        """
        waiting = select(OutboxRow.instance_id)
        gone = delete(FollowUpRow).where(
            col(FollowUpRow.form_id) == form_id,
            col(FollowUpRow.at) < aware(moment),
            col(FollowUpRow.status) != InstanceStatus.INCOMPLETE.value,
            col(FollowUpRow.instance_id).not_in(waiting),
        )
        count = self._session.exec(gone).rowcount
        still_here = select(FollowUpRow.instance_id).union(select(InstanceRow.instance_id))
        name, kind = col(TalkFileRow.instance_id), col(TalkFileRow.kind)
        self._session.exec(delete(TalkFileRow).where(kind == REPLACED, name.not_in(waiting)))
        self._session.exec(delete(TalkFileRow).where(kind == MET, name.not_in(still_here)))
        return count

    def forget_open_before(self, moment: datetime) -> int:
        """Remove unfinished talks without an answer since a moment, of every caseload."""
        still_open = col(FollowUpRow.status) == InstanceStatus.INCOMPLETE.value
        return self._session.exec(delete(FollowUpRow).where(still_open, col(FollowUpRow.at) < aware(moment))).rowcount

    def _card_row(self, card_id: str) -> CaseCardRow:
        row = self._session.get(CaseCardRow, card_id)
        if row is None or not self._seals.may_open(card_id):
            raise RecordMissing(kind="case_card", id=card_id)
        return row

    def _row(self, instance_id: str) -> FollowUpRow:
        row = self._session.get(FollowUpRow, instance_id)
        if row is None or not self._seals.may_open(_owner(row)):
            raise RecordMissing(kind=_TABLE, id=instance_id)
        return row

    def _record(self, row: FollowUpRow) -> FollowUpRecord:
        owner, row_id, release = _owner(row), row.instance_id, row.sealed_release
        with reading(_TABLE):
            return FollowUpRecord(
                instance_id=InstanceId(row_id),
                owner=ParticipantId(owner),
                form_id=FormId(row.form_id),
                form_version=FormVersion(row.form_version),
                account_id=AccountId(row.account_id),
                status=InstanceStatus(row.status),
                at=row.at,
                xml=self._seals.open(owner, _TABLE, row_id, row.sealed),
                released_xml=None if release is None else self._seals.open(owner, "release", row_id, release),
                deprecated_id=None if row.deprecated_id is None else InstanceId(row.deprecated_id),
                typing=json.loads(self._seals.open(owner, "typing", row_id, row.sealed_typing)),
            )


def _owner(row: FollowUpRow) -> str:
    return row.card_id or row.participant_id or ""
