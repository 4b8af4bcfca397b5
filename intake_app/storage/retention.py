"""What of each person is here and since when, from the readable columns alone: clocks run for every caseload."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime

from intake_app.domain.ids import AccountId, InstanceId, ParticipantId, ParticipantNumber
from intake_app.domain.keeping import Stay
from intake_app.errors import RecordMissing
from intake_app.storage.models import DraftRow
from intake_app.storage.repositories import Repository

_STAYS = """
SELECT participant_id, number, account_id, practice,
    (SELECT max(updated_at) FROM draft WHERE draft.participant_id = person.participant_id),
    (SELECT max(finalized_at) FROM instance WHERE instance.participant_id = person.participant_id),
    (SELECT max(received_at) FROM receipt WHERE receipt.participant_id = person.participant_id),
    (SELECT count(*) FROM outbox WHERE outbox.participant_id = person.participant_id),
    (SELECT min(queued_at) FROM outbox WHERE outbox.participant_id = person.participant_id)
FROM participant AS person ORDER BY created_at
"""
"""By hand: it is read at every start, where making a statement out of tables takes longer than the statement."""


class Stays(Repository):
    """Reads no content, so that a colleague's talks are cleared on time too."""

    def list(self) -> tuple[Stay, ...]:
        """Everybody on this laptop, oldest first."""
        connection = self._session.connection()
        talks: dict[str, list[InstanceId]] = defaultdict(list)
        for instance_id, owner in connection.exec_driver_sql("SELECT instance_id, participant_id FROM draft"):
            talks[owner].append(InstanceId(instance_id))
        return tuple(
            Stay(
                participant_id=ParticipantId(owner),
                number=ParticipantNumber(number),
                account_id=AccountId(account_id),
                practice=bool(practice),
                own=self._seals.may_open(owner),
                open_talks=tuple(talks[owner]) if owner in talks else (),
                open_at=_moment(open_at),
                finished_at=_moment(finished_at),
                waiting=waiting,
                waiting_since=_moment(since),
                confirmed_at=_moment(confirmed_at),
            )
            for owner, number, account_id, practice, open_at, finished_at, confirmed_at, waiting, since in (
                connection.exec_driver_sql(_STAYS)
            )
        )

    def remove_talk(self, instance_id: InstanceId) -> None:
        """Take an unfinished talk away, whoever's it is. Raises `RecordMissing`."""
        row = self._session.get(DraftRow, instance_id)
        if row is None:
            raise RecordMissing(kind="draft", id=instance_id)
        self._session.delete(row)
        self._session.flush()


def _moment(text: str | None) -> datetime | None:
    """A moment as the tables hold it: in UTC, without saying so."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None
