"""The outbox as a round of sending sees it: each call is one committed transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Protocol

from intake_app.domain.ids import InstanceId
from intake_app.domain.instance import InstanceStatus, OutboxHead, OutboxItem, Receipt, RecordFile
from intake_app.errors import RecordMissing
from intake_app.services.policy import Action, guarded_object
from intake_app.services.ports import Store, UnitOfWork


class FailedRecord(Protocol):
    """What went wrong with one record: `code` and `params` of the error."""

    @property
    def instance_id(self) -> InstanceId:
        """The record."""
        ...

    @property
    def code(self) -> str:
        """Code of the error."""
        ...

    @property
    def params(self) -> dict[str, object]:
        """Parameters of the error."""
        ...


class RoundReport(Protocol):
    """What a round of sending did, as pages show it."""

    @property
    def sent(self) -> tuple[InstanceId, ...]:
        """Records that the server confirmed."""
        ...

    @property
    def failed(self) -> Sequence[FailedRecord]:
        """Records that did not go, each with its reason."""
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


SENT_FILE = "outbox"
"""Kind under which the files of a waiting record are kept, sealed for its participant."""

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

    def heads(self) -> tuple[OutboxHead, ...]:
        """The same rows without content."""
        with self.store.unit_of_work() as uow:
            heads = uow.outbox.heads()
            if self.trial is None:
                return heads
            practice = {person.participant_id for person in uow.participants.list() if person.practice}
        return tuple(head for head in heads if (head.participant_id in practice) is self.trial)

    def load(self, instance_id: InstanceId) -> OutboxItem:
        """One row with its bytes and files. Raises RecordMissing."""
        with self.store.unit_of_work() as uow:
            item = uow.outbox.get(instance_id)
            names = uow.files.names(instance_id, SENT_FILE)
            files = tuple(RecordFile(name, uow.files.get(instance_id, SENT_FILE, name)) for name in names)
        return replace(item, files=files)

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
            uow.files.keep_only(receipt.instance_id, SENT_FILE, ())
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


def queue(uow: UnitOfWork, item: OutboxItem) -> None:
    """Put a record in the outbox, its files beside it. Raises as `OutboxRepository.add`.

    RecordMissing also for files of a record without a person: nobody's key could seal them.
    """
    uow.outbox.add(replace(item, files=()))
    for file in item.files:
        if item.participant_id is None:
            raise RecordMissing(kind="participant", id="")
        uow.files.save(item.participant_id, item.instance_id, SENT_FILE, file.name, file.content)
