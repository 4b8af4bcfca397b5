"""What of each person is here and since when, from the readable columns alone: clocks run for every caseload."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from intake_app.domain.ids import AccountId, InstanceId, ParticipantId, ParticipantNumber
from intake_app.domain.keeping import Stay
from intake_app.errors import RecordMissing
from intake_app.storage.models import DraftRow, InstanceRow, OutboxRow, ParticipantRow, ReceiptRow
from intake_app.storage.repositories import Repository


class Stays(Repository):
    """Reads no content, so that a colleague's talks are cleared on time too."""

    def list(self) -> tuple[Stay, ...]:
        """Everybody on this laptop, oldest first."""
        finished = self._newest(InstanceRow.participant_id, InstanceRow.finalized_at)
        confirmed = self._newest(ReceiptRow.participant_id, ReceiptRow.received_at)
        open_at = self._newest(DraftRow.participant_id, DraftRow.updated_at)
        talks: dict[str, list[InstanceId]] = defaultdict(list)
        for instance_id, owner in self._session.exec(select(DraftRow.instance_id, DraftRow.participant_id)):
            talks[owner].append(InstanceId(instance_id))
        waiting: dict[str | None, tuple[int, datetime]] = {
            owner: (count, since)
            for owner, count, since in self._session.exec(
                select(OutboxRow.participant_id, func.count(), func.min(OutboxRow.queued_at)).group_by(
                    col(OutboxRow.participant_id)
                )
            )
        }
        rows = self._session.exec(select(ParticipantRow).order_by(col(ParticipantRow.created_at)))
        return tuple(
            Stay(
                participant_id=ParticipantId(row.participant_id),
                number=ParticipantNumber(row.number),
                account_id=AccountId(row.account_id),
                practice=row.practice,
                own=self._seals.may_open(row.participant_id),
                open_talks=tuple(talks[row.participant_id]),
                open_at=open_at.get(row.participant_id),
                finished_at=finished.get(row.participant_id),
                waiting=waiting[row.participant_id][0] if row.participant_id in waiting else 0,
                waiting_since=waiting[row.participant_id][1] if row.participant_id in waiting else None,
                confirmed_at=confirmed.get(row.participant_id),
            )
            for row in rows
        )

    def remove_talk(self, instance_id: InstanceId) -> None:
        """Take an unfinished talk away, whoever's it is. Raises `RecordMissing`."""
        row = self._session.get(DraftRow, instance_id)
        if row is None:
            raise RecordMissing(kind="draft", id=instance_id)
        self._session.delete(row)
        self._session.flush()

    def _newest(self, owner: str | None, moment: datetime) -> dict[str | None, datetime]:
        query = select(col(owner), func.max(col(moment))).group_by(col(owner))
        return dict(self._session.exec(query).all())
