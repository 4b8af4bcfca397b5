"""The outbox as a round of sending sees it: each call is one committed transaction."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from intake_app.domain.ids import InstanceId
from intake_app.domain.instance import InstanceStatus, OutboxItem, Receipt
from intake_app.errors import RecordMissing
from intake_app.services.policy import Action, guarded_object
from intake_app.services.ports import Store, UnitOfWork


class RoundReport(Protocol):
    """What a round of sending did, as pages show it."""

    @property
    def sent(self) -> tuple[InstanceId, ...]:
        """Records that the server confirmed."""
        ...

    @property
    def waiting(self) -> int:
        """Records that go by themselves later."""
        ...

    @property
    def set_apart(self) -> int:
        """Records that need a person."""
        ...

    @property
    def problem(self) -> str:
        """Code of the error that ended the round early, or empty."""
        ...

    @property
    def problem_params(self) -> dict[str, object]:
        """Parameters of that error."""
        ...


_FAILED = InstanceStatus.SUBMISSION_FAILED
SendRound = Callable[["Outbox"], RoundReport]


@guarded_object(Action.SEND)
@dataclass
class Outbox:
    """Rows that wait, and what becomes of them.

    `trial` narrows them to what may go to a receiver for trials (practice talks), or to what may go to a real
    server (all others); None shows every row.
    """

    store: Store = field(repr=False)
    trial: bool | None = None

    def waiting(self) -> tuple[OutboxItem, ...]:
        """Every row that was not confirmed yet, oldest first."""
        with self.store.unit_of_work() as uow:
            items = uow.outbox.waiting()
            if self.trial is None:
                return items
            practice = {person.participant_id for person in uow.participants.list() if person.practice}
        return tuple(item for item in items if (item.participant_id in practice) is self.trial)

    def save_attempt(self, item: OutboxItem) -> None:
        """Keep attempts, problem and next moment; a row set apart marks its record as failed."""
        with self.store.unit_of_work() as uow:
            uow.outbox.save_attempt(item)
            _mark(uow, item.instance_id, _FAILED if item.set_apart else InstanceStatus.COMPLETE)
            uow.commit()

    def confirm(self, receipt: Receipt) -> None:
        """Store the receipt, take the row out, mark the record as submitted."""
        with self.store.unit_of_work() as uow:
            uow.outbox.confirm(receipt)
            _mark(uow, receipt.instance_id, InstanceStatus.SUBMITTED)
            uow.commit()

    def receipts(self) -> tuple[Receipt, ...]:
        """All confirmations so far."""
        with self.store.unit_of_work() as uow:
            return uow.outbox.receipts()


def _mark(uow: UnitOfWork, instance_id: InstanceId, status: InstanceStatus) -> None:
    """Some rows (a tally, a data request) have no record of a person behind them."""
    with suppress(RecordMissing):
        uow.instances.set_status(instance_id, status)
