"""One round of sending: which waiting record goes when, and what each outcome means for it and for the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from intake_app.domain.ids import FormId, FormVersion, InstanceId
from intake_app.domain.instance import OutboxHead, OutboxItem, Receipt
from intake_app.errors import (
    AnswerLost,
    DeletedAtCentre,
    FormNotTaken,
    IdTaken,
    RecordBroken,
    RecordMissing,
    ServerBusy,
    ServerRefused,
    SyncError,
    UnsafeXml,
)
from intake_app.safe_xml import parse
from intake_app.sync.backoff import Backoff
from intake_app.sync.reading import child_text, children

BUSY_IN_A_ROW = 2
"""A 5xx may be about one record (Central answers 500 to strange bytes); this many in a row are about the server."""


class StoreLike(Protocol):
    """The outbox as a round needs it; each call is durable when it returns."""

    def heads(self) -> Sequence[OutboxHead]:
        """Every row that was not confirmed yet, also those set apart, without content."""
        ...

    def load(self, instance_id: InstanceId) -> OutboxItem:
        """One row with its bytes. Raises RecordMissing when it was taken out meanwhile."""
        ...

    def save_attempt(self, item: OutboxItem) -> None:
        """Keep the attempts, the problem and the next moment of this row."""
        ...

    def confirm(self, receipt: Receipt) -> None:
        """Store the receipt and take the row out."""
        ...


class ServerLike(Protocol):
    """The server as a round needs it."""

    def check(self) -> None:
        """Silence means that it is there. Raises the SyncError family."""
        ...

    def submit(self, item: OutboxItem) -> Receipt:
        """Send these bytes and bring back the receipt. Raises the SyncError family."""
        ...


@dataclass(frozen=True)
class RecordProblem:
    """What went wrong with one record in this round."""

    instance_id: InstanceId
    code: str
    params: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class SyncReport:
    """What a round did. `waiting` counts what goes by itself later, `set_apart` what needs a person; `problem` is
    the code of the error that ended the round early, or empty."""

    sent: tuple[InstanceId, ...] = ()
    failed: tuple[RecordProblem, ...] = ()
    waiting: int = 0
    set_apart: int = 0
    problem: str = ""
    problem_params: dict[str, object] = field(default_factory=dict)
    paused: bool = False

    def as_json(self) -> dict[str, object]:
        """The report as plain values for `sync --json`."""
        return {
            "sent": list(self.sent),
            "failed": [{"id": one.instance_id, "code": one.code, "params": one.params} for one in self.failed],
            "waiting": self.waiting,
            "set_apart": self.set_apart,
            "problem": {"code": self.problem, "params": self.problem_params} if self.problem else None,
        }


@dataclass(frozen=True)
class RecordIds:
    """The two ids that sending may know of a record."""

    instance_id: InstanceId
    deprecated_id: InstanceId | None


def run_once(
    store: StoreLike,
    server: ServerLike,
    now: datetime,
    *,
    backoff: Backoff | None = None,
    asked_by_person: bool = False,
    paused: Callable[[], bool] = lambda: False,
) -> SyncReport:
    """Send what waits, oldest first, one at a time, an original before its edits.

    A record that the server refuses is set apart and the others go on; a lost line, another server or a refused
    token ends the round. `asked_by_person` also tries records whose wait is not over and those set apart. `paused`
    is asked before each record. One record at a time is in memory. Errors of the store pass through: what was sent
    and not stored goes again, and the server answers 201 to the same bytes.
    """
    heads = tuple(store.heads())
    round_ = _Round(store, server, now, backoff or Backoff(), asked_by_person, paused)
    if any(round_.is_due(head) for head in heads) and not paused():
        try:
            server.check()
            round_.send_all(heads)
        except SyncError as problem:
            return round_.report(heads, problem)
    return round_.report(heads, None)


def record_ids(xml: bytes) -> RecordIds:
    """Read instanceID and deprecatedID and nothing else. Raises RecordBroken.

    Central stores cut-off XML as it is and invents an id where there is none, so that every repeat would make a
    second record: both must be caught here.
    """
    try:
        xml.decode("utf-8")
        root = parse(xml)
    except (UnicodeDecodeError, UnsafeXml):
        raise RecordBroken(instance_id="", problem="unreadable") from None
    meta = next(iter(children(root, "meta")), None)
    instance_id = "" if meta is None else child_text(meta, "instanceID")
    if meta is None or not instance_id:
        raise RecordBroken(instance_id="", problem="no_instance_id")
    deprecated = child_text(meta, "deprecatedID")
    return RecordIds(InstanceId(instance_id), InstanceId(deprecated) if deprecated else None)


class _Round:
    """The state of one round: what is still unsent, what went, what failed."""

    def __init__(
        self,
        store: StoreLike,
        server: ServerLike,
        now: datetime,
        backoff: Backoff,
        asked_by_person: bool,
        paused: Callable[[], bool],
    ) -> None:
        self._store, self._server, self._now, self._backoff = store, server, now, backoff
        self._asked_by_person, self._paused = asked_by_person, paused
        self._unsent: dict[InstanceId, OutboxHead] = {}
        self._done: set[InstanceId] = set()
        self._gone: set[InstanceId] = set()
        self._sent: list[InstanceId] = []
        self._failed: list[RecordProblem] = []
        self._apart: dict[InstanceId, bool] = {}
        self._not_taken: set[tuple[FormId, FormVersion]] = set()
        self._busy = 0
        self._at_hand: OutboxItem | None = None

    def is_due(self, head: OutboxHead) -> bool:
        if self._asked_by_person:
            return True
        waited = head.next_attempt_at is None or self._backoff.is_over(head.next_attempt_at, self._now)
        return waited and not head.set_apart

    def send_all(self, heads: Sequence[OutboxHead]) -> None:
        self._unsent = {head.instance_id: head for head in heads}
        for head in sorted(heads, key=lambda one: one.queued_at):
            for link in self._chain(head):
                if self._paused():
                    return
                self._turn(link)
            self._at_hand = None

    def report(self, heads: Sequence[OutboxHead], problem: SyncError | None) -> SyncReport:
        away = {*self._sent, *self._gone}
        left = [head for head in heads if head.instance_id not in away]
        apart = sum(self._apart.get(head.instance_id, head.set_apart) for head in left)
        return SyncReport(
            sent=tuple(self._sent),
            failed=tuple(self._failed),
            waiting=len(left) - apart,
            set_apart=apart,
            problem=problem.code if problem else "",
            problem_params=dict(problem.params) if problem else {},
            paused=self._paused(),
        )

    def _chain(self, head: OutboxHead) -> list[OutboxHead]:
        """The record after all those it replaces that still wait, whatever the clock said when they were queued."""
        chain: list[OutboxHead] = []
        current: OutboxHead | None = head
        while current is not None and current.instance_id not in self._done:
            self._done.add(current.instance_id)
            chain.append(current)
            before = self._original(current)
            current = self._unsent.get(before) if before else None
        return chain[::-1]

    def _original(self, head: OutboxHead) -> InstanceId | None:
        """The record that this one replaces; None also for bytes that are no record, which `_turn` sets apart."""
        item = self._load(head)
        if item is None:
            return None
        try:
            return record_ids(item.xml).deprecated_id
        except RecordBroken:
            return None

    def _turn(self, head: OutboxHead) -> None:
        """What becomes of one record now. Raises the SyncError that ends the round."""
        if (head.form_id, head.form_version) in self._not_taken or not self.is_due(head):
            return
        item = self._load(head)
        if item is None:
            return
        try:
            ids = record_ids(item.xml)
            if ids.instance_id != item.instance_id or ids.deprecated_id == ids.instance_id:
                raise RecordBroken(instance_id="", problem="other_instance_id")
        except RecordBroken as broken:
            self._failed_on(item, RecordBroken(instance_id=item.instance_id, problem=broken.params["problem"]))
            return
        if ids.deprecated_id not in self._unsent:
            self._send(item)

    def _load(self, head: OutboxHead) -> OutboxItem | None:
        """The record; None when it was taken out since the round began: what is withdrawn goes nowhere."""
        if self._at_hand is not None and self._at_hand.instance_id == head.instance_id:
            return self._at_hand
        try:
            self._at_hand = self._store.load(head.instance_id)
            return self._at_hand
        except RecordMissing:
            self._gone.add(head.instance_id)
            self._unsent.pop(head.instance_id, None)
            return None

    def _send(self, item: OutboxItem) -> None:
        """Try one record. Raises the SyncError that ends the round."""
        tried = replace(
            item,
            attempts=item.attempts + 1,
            next_attempt_at=self._now + self._backoff.wait_after(item.attempts + 1),
            last_problem=AnswerLost.code,
            set_apart=False,
        )
        # Marked before trying: after a crash on the way the record counts as "may have arrived".
        self._store.save_attempt(tried)
        try:
            receipt = self._server.submit(item)
        except SyncError as problem:
            again = problem.code == item.last_problem
            if isinstance(problem, DeletedAtCentre) and again:
                self._confirm(Receipt(item.instance_id, 409, str(problem.params["text"]), self._now))
                return
            self._failed_on(tried, problem, again=again)
            self._busy = self._busy + 1 if isinstance(problem, ServerBusy) else 0
            if not isinstance(problem, ServerRefused | ServerBusy) or self._busy >= BUSY_IN_A_ROW:
                raise
            return
        self._confirm(receipt)

    def _confirm(self, receipt: Receipt) -> None:
        self._store.confirm(receipt)
        self._busy = 0
        self._unsent.pop(receipt.instance_id, None)
        self._sent.append(receipt.instance_id)

    def _failed_on(self, item: OutboxItem, problem: SyncError, *, again: bool = False) -> None:
        # The loser of two equal requests hears that its id is taken, or that it was deleted: the words are true only
        # when a later round hears them again.
        comes_right = isinstance(problem, FormNotTaken) or (
            isinstance(problem, DeletedAtCentre | IdTaken) and not again
        )
        apart = isinstance(problem, ServerRefused | RecordBroken) and not comes_right
        about_the_record = comes_right or isinstance(problem, AnswerLost | ServerBusy)
        if isinstance(problem, FormNotTaken):
            self._not_taken.add((item.form_id, item.form_version))
        self._store.save_attempt(
            replace(
                item,
                last_problem=problem.code,
                set_apart=apart,
                # A line that is away says nothing about this record: it goes first as soon as the line is back.
                next_attempt_at=item.next_attempt_at if about_the_record else None,
            )
        )
        self._apart[item.instance_id] = apart
        self._failed.append(RecordProblem(item.instance_id, problem.code, dict(problem.params)))
