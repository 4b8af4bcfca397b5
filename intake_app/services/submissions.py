"""The outbox as a round of sending sees it: each call is one committed transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from intake_app.domain.ids import InstanceId
from intake_app.domain.instance import InstanceStatus, OutboxItem, Receipt
from intake_app.services.ports import Store


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


SendRound = Callable[["Outbox"], RoundReport]


@dataclass
class Outbox:
    """Rows that wait, and what becomes of them."""

    store: Store = field(repr=False)

    def waiting(self) -> tuple[OutboxItem, ...]:
        """Every row that was not confirmed yet, oldest first."""
        with self.store.unit_of_work() as uow:
            return uow.outbox.waiting()

    def save_attempt(self, item: OutboxItem) -> None:
        """Keep attempts, problem and next moment; a row set apart marks its record as failed."""
        with self.store.unit_of_work() as uow:
            uow.outbox.save_attempt(item)
            if item.set_apart:
                uow.instances.set_status(item.instance_id, InstanceStatus.SUBMISSION_FAILED)
            uow.commit()

    def confirm(self, receipt: Receipt) -> None:
        """Store the receipt, take the row out, mark the record as submitted."""
        with self.store.unit_of_work() as uow:
            uow.outbox.confirm(receipt)
            uow.instances.set_status(receipt.instance_id, InstanceStatus.SUBMITTED)
            uow.commit()

    def receipts(self) -> tuple[Receipt, ...]:
        """All confirmations so far."""
        with self.store.unit_of_work() as uow:
            return uow.outbox.receipts()
