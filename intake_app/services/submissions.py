"""The outbox as a round of sending sees it: each call is one committed transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from intake_app.domain.ids import InstanceId
from intake_app.domain.instance import SENT_FILE, InstanceStatus, OutboxHead, OutboxItem, Receipt, RecordFile
from intake_app.domain.keeping import ERASING
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

    @property
    def paused(self) -> bool:
        """Whether it was held back by the switch, or by a talk that is under way."""
        ...


DELETED_WORDS = "This submission has been deleted"
"""ODK Central's own words in its refusal (409) of a record that was deleted there."""
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
    asked_by_person: bool = True
    held: Callable[[], bool] = field(default=lambda: False, repr=False)
    """Whether nothing may leave now; asked before each record."""
    told: Callable[[int], None] = field(default=lambda _count: None, repr=False)
    """Hears how many records more have gone, in a thread of sending."""
    _own_turns: int = field(default=0, repr=False)
    """Turns of the store that were taken here: they take no row out that another thread relies on."""
    _seen: dict[InstanceId, int] = field(default_factory=dict, repr=False)
    """At how many turns of others each row was last seen to wait."""
    _read: dict[InstanceId, int] = field(default_factory=dict, repr=False)
    """At how many turns of others the bytes of each row were read."""

    def waiting(self) -> tuple[OutboxItem, ...]:
        """Every row that was not confirmed yet, oldest first."""
        with self.store.unit_of_work() as uow:
            items = uow.outbox.waiting()
            if self.trial is None:
                return items
            practice = _practice(uow)
        return tuple(item for item in items if (item.participant_id in practice) is self.trial)

    def heads(self) -> tuple[OutboxHead, ...]:
        """The same rows without content."""
        with self.store.unit_of_work() as uow:
            heads = uow.outbox.heads()
            if self.trial is None:
                return heads
            practice = _practice(uow)
        return tuple(head for head in heads if (head.participant_id in practice) is self.trial)

    def of_others(self) -> int:
        """How many records of colleagues wait on this laptop: only they can open and send them."""
        with self.store.unit_of_work() as uow:
            return uow.outbox.of_others()

    def load(self, instance_id: InstanceId) -> OutboxItem:
        """One row with its bytes and files. Raises RecordMissing."""
        found = self.load_some((instance_id,))
        if instance_id not in found:
            raise RecordMissing(kind="outbox", id=instance_id)
        return found[instance_id]

    def load_some(self, instance_ids: Sequence[InstanceId]) -> Mapping[InstanceId, OutboxItem]:
        """Those of these rows that wait still, each with its bytes and files."""
        with self.store.unit_of_work() as uow:
            self._own_turns += 1
            items = uow.outbox.some(instance_ids)
            files = uow.files.of(instance_ids, SENT_FILE)
            self._read.update(dict.fromkeys(items, self._turns_of_others()))
        return {
            name: replace(item, files=tuple(RecordFile(*piece) for piece in files.get(name, ())))
            for name, item in items.items()
        }

    def still_waiting(self, instance_ids: Sequence[InstanceId]) -> frozenset[InstanceId]:
        """Which of these rows, that `keep` gave, were not taken out since, such as by a consent that was taken back.

        It costs nothing while nobody else has used the store.
        """
        turns = self._turns_of_others()
        unsure = [name for name in instance_ids if self._seen.get(name) != turns]
        if unsure:
            with self.store.unit_of_work() as uow:
                self._own_turns += 1
                self._note_seen(unsure, uow.outbox.still_waiting(unsure))
        return frozenset(name for name in instance_ids if name in self._seen)

    def _turns_of_others(self) -> int:
        """Exact inside a unit of work; elsewhere one too many at the moment in which one of ours begins."""
        own = self._own_turns
        return self.store.turns - own

    def _note_seen(self, asked: Collection[InstanceId], here: Collection[InstanceId]) -> None:
        """To be called inside the unit of work that asked."""
        turns = self._turns_of_others()
        for name in asked:
            if name in here:
                self._seen[name] = turns
            else:
                self._seen.pop(name, None)

    def keep(self, receipts: Sequence[Receipt], attempts: Sequence[OutboxItem]) -> frozenset[InstanceId]:
        """What became of several rows, in one transaction: receipts take theirs out, attempts are noted.

        A row set apart marks its record as failed. Rows that were taken out since they were read, or hold something
        smaller under the same name, are passed over; gives which of those with an attempt are there as they were read.
        """
        with self.store.unit_of_work() as uow:
            self._own_turns += 1
            asked = [one.instance_id for one in attempts]
            attempts = self._as_read(uow, attempts)
            gone = [receipt.instance_id for receipt in receipts]
            if gone:
                uow.outbox.settle(receipts)
                uow.files.drop(gone, SENT_FILE)
                uow.instances.set_statuses(gone, InstanceStatus.SUBMITTED)
                _note_deleted(uow, receipts)
            uow.outbox.save_attempts(attempts)
            for status, names in _statuses(attempts).items():
                uow.instances.set_statuses(names, status)
            tried = [one.instance_id for one in attempts]
            here = uow.outbox.still_waiting(tried)
            self._note_seen([*gone, *asked], here)
            uow.commit()
        self.told(len(gone))
        return here

    def _as_read(self, uow: UnitOfWork, attempts: Sequence[OutboxItem]) -> Sequence[OutboxItem]:
        """Those whose bytes are the ones that wait: a consent that is taken back puts fewer in their place."""
        turns = self._turns_of_others()
        unsure = {one.instance_id for one in attempts if self._read.get(one.instance_id, turns) != turns}
        if not unsure:
            return attempts
        now = uow.outbox.some(sorted(unsure))
        return [
            one
            for one in attempts
            if one.instance_id not in unsure or (one.instance_id in now and now[one.instance_id].xml == one.xml)
        ]

    def save_attempt(self, item: OutboxItem) -> None:
        """`keep` for one row that must be there. Raises RecordMissing."""
        self.load(item.instance_id)
        self.keep((), (item,))

    def confirm(self, receipt: Receipt) -> None:
        """`keep` for one receipt of a row that must be there. Raises RecordMissing."""
        self.load(receipt.instance_id)
        self.keep((receipt,), ())

    def newest_receipts(self, count: int) -> tuple[Receipt, ...]:
        """The last so many confirmations, the newest first."""
        with self.store.unit_of_work() as uow:
            return uow.outbox.newest_receipts(count)

    def receipts(self) -> tuple[Receipt, ...]:
        """All confirmations so far."""
        with self.store.unit_of_work() as uow:
            return uow.outbox.receipts()


def _practice(uow: UnitOfWork) -> set[str]:
    """Whose records are practice: people, and the case cards that outlive them."""
    people = {str(person.participant_id) for person in uow.participants.list() if person.practice}
    return people | {card.card_id for card in uow.cards.list() if card.practice}


def _statuses(attempts: Sequence[OutboxItem]) -> Mapping[InstanceStatus, list[InstanceId]]:
    """Where the records of these rows stand now, as far as that can be another place than before."""
    found: dict[InstanceStatus, list[InstanceId]] = {}
    for one in attempts:
        found.setdefault(_FAILED if one.set_apart else InstanceStatus.COMPLETE, []).append(one.instance_id)
    return found


def _note_deleted(uow: UnitOfWork, receipts: Sequence[Receipt]) -> None:
    """That a record was deleted at the centre is the centre's answer to who asked for that."""
    deleted = {one.instance_id: one.received_at for one in receipts if one.text.startswith(DELETED_WORDS)}
    for request in uow.rights.requests() if deleted else ():
        talk = InstanceId(request.talk_id)
        if request.done_at is None and request.kind in ERASING and talk in deleted:
            uow.rights.carried_out(request.instance_id, deleted[talk])


def queue(uow: UnitOfWork, item: OutboxItem) -> None:
    """Put a record in the outbox, its files beside it. Raises as `OutboxRepository.add`.

    RecordMissing also for files of a record without a person: nobody's key could seal them.
    """
    uow.outbox.add(replace(item, files=()))
    for file in item.files:
        if item.participant_id is None:
            raise RecordMissing(kind="participant", id="")
        uow.files.save(item.participant_id, item.instance_id, SENT_FILE, file.name, file.content)
