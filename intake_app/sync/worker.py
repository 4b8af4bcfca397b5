"""One round of sending: which waiting record goes when, and what each outcome means for it and for the others."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from intake_app.domain.ids import FormId, FormVersion, InstanceId
from intake_app.domain.instance import OutboxHead, OutboxItem, Receipt
from intake_app.errors import (
    AnswerLost,
    DeletedAtCentre,
    EditOutOfDate,
    FormNotTaken,
    IdTaken,
    RecordBroken,
    ServerBusy,
    ServerRefused,
    SyncError,
)
from intake_app.sync.backoff import Backoff
from intake_app.sync.letters import MOST_BYTES, Letter, Post
from intake_app.sync.pace import Pace

BUSY_IN_A_ROW = 2
"""A 5xx may be about one record (Central answers 500 to strange bytes); this many in a row are about the server."""

WRITE_SECONDS = 1.0
"""A receipt is written down after so long at most; until then a crash lets the same bytes go again."""


class StoreLike(Protocol):
    """The outbox as a round needs it; each call is durable when it returns."""

    def heads(self) -> Sequence[OutboxHead]:
        """Every row that was not confirmed yet, also those set apart, without content."""
        ...

    def load_some(self, instance_ids: Sequence[InstanceId]) -> Mapping[InstanceId, OutboxItem]:
        """Those of these rows that wait still, each with its bytes and files."""
        ...

    def still_waiting(self, instance_ids: Sequence[InstanceId]) -> Collection[InstanceId]:
        """Which of these rows, that `keep` gave, were not taken out since; asked before each record."""
        ...

    def keep(self, receipts: Sequence[Receipt], attempts: Sequence[OutboxItem]) -> Collection[InstanceId]:
        """In one transaction: store the receipts and take their rows out; keep attempts, problem and next moment.

        Rows that were taken out meanwhile are passed over; gives which of those with an attempt are there.
        """
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
    is asked before each record. A few records at a time are in memory. Errors of the store pass through: what was sent
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


class _Round:
    """The state of one round: what is still unsent, what went, what failed, what is yet to be written down.

    Several records are marked as tried in one transaction, before the first of them goes. Where all is well, the
    receipts of those before are written in a thread beside this one while they go: wiping what was sent takes longer
    than sending it. At most one group of receipts is under way so. After a crash a marked record counts as "may have
    arrived", also one that had not gone yet: its bytes go again, and who takes a consent back meanwhile asks the
    centre. What was marked and not tried in the end is put back as it was.
    """

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
        self._post: Post | None = None
        self._sent: list[InstanceId] = []
        self._failed: list[RecordProblem] = []
        self._apart: dict[InstanceId, bool] = {}
        self._not_taken: set[tuple[FormId, FormVersion]] = set()
        self._busy = 0
        self._receipts: list[Receipt] = []
        self._attempts: dict[InstanceId, OutboxItem] = {}
        self._written_at = time.monotonic()
        self._behind: Future[Collection[InstanceId]] | None = None
        self._pace = Pace()

    def is_due(self, head: OutboxHead) -> bool:
        if self._asked_by_person:
            return True
        waited = head.next_attempt_at is None or self._backoff.is_over(head.next_attempt_at, self._now)
        return waited and not head.set_apart

    def send_all(self, heads: Sequence[OutboxHead]) -> None:
        """Raises the SyncError that ends the round; what it had found out by then is written down."""
        post = self._post = Post(self._store, heads, self.is_due, lambda: self._pace.width)
        letters = post.letters()
        with ThreadPoolExecutor(1, "receipts") as beside:
            self._send_letters(letters, post, beside)

    def _send_letters(self, letters: Iterator[Letter], post: Post, beside: Executor) -> None:
        try:
            while not self._paused() and (group := self._group(letters, post)):
                self._send_group(group, post, beside)
                del group  # before the next is read: two at a time would be twice the memory
        except SyncError:
            self._write()
            raise
        self._write()

    def report(self, heads: Sequence[OutboxHead], problem: SyncError | None) -> SyncReport:
        away = {*self._sent, *(self._post.gone if self._post else ())}
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

    def _group(self, letters: Iterator[Letter], post: Post) -> list[Letter]:
        """The next few records that may be tried together; those that can never be sent are set apart here."""
        group: list[Letter] = []
        size = 0
        for letter in letters:
            if self._may_go(letter, post, {one.item.instance_id for one in group}):
                group.append(letter)
                size += letter.size
            if len(group) >= self._pace.width or size > MOST_BYTES:
                break
        return group

    def _may_go(self, letter: Letter, post: Post, before: Collection[InstanceId] = ()) -> bool:
        """Whether this record may be tried; `before` are records that are tried earlier."""
        item = letter.item
        if letter.broken:
            self._failed_on(item, RecordBroken(instance_id=item.instance_id, problem=letter.broken))
            return False
        if (item.form_id, item.form_version) in self._not_taken:
            return False
        if item.set_apart and item.last_problem == EditOutOfDate.code:
            return False  # these bytes name a version that the centre never takes an edit of again
        return letter.replaces not in post.unsent or letter.replaces in before

    def _send_group(self, group: list[Letter], post: Post, beside: Executor) -> None:
        tried = [self._tried(letter.item) for letter in group]
        self._attempts.update({mark.instance_id: mark for mark in tried})
        here = self._write(beside if self._pace.width > 1 else None)
        self._leave_out([letter for letter in group if letter.item.instance_id not in here], post)
        self._pace.begin()
        waiting = deque(zip(group, tried, strict=True))
        try:
            while waiting and not self._paused():
                letter, mark = waiting.popleft()
                if not self._is_there(letter, post):
                    continue
                if self._may_go(letter, post):
                    self._send(letter.item, mark, post)
                else:
                    self._put_back([letter])
                if self._receipts and time.monotonic() - self._written_at > WRITE_SECONDS:
                    self._write()
        finally:
            self._put_back([letter for letter, _ in waiting])
        self._pace.end(len(group))

    def _is_there(self, letter: Letter, post: Post) -> bool:
        """What was taken out since these records were read, as by a consent that was taken back, goes nowhere."""
        name = letter.item.instance_id
        if name not in post.gone and name not in self._store.still_waiting((name,)):
            self._leave_out([letter], post)
        return name not in post.gone

    def _leave_out(self, letters: Sequence[Letter], post: Post) -> None:
        for letter in letters:
            post.gone.add(letter.item.instance_id)
            post.unsent.pop(letter.item.instance_id, None)

    def _tried(self, item: OutboxItem) -> OutboxItem:
        return replace(
            item,
            attempts=item.attempts + 1,
            next_attempt_at=self._now + self._backoff.wait_after(item.attempts + 1),
            last_problem=AnswerLost.code,
            set_apart=False,
        )

    def _put_back(self, letters: Sequence[Letter]) -> None:
        self._attempts.update({letter.item.instance_id: letter.item for letter in letters})

    def _send(self, item: OutboxItem, tried: OutboxItem, post: Post) -> None:
        """Try one record. Raises the SyncError that ends the round."""
        try:
            receipt = self._server.submit(item)
        except SyncError as problem:
            self._pace.stumble()
            again = problem.code == item.last_problem
            if isinstance(problem, DeletedAtCentre) and again:
                self._confirm(Receipt(item.instance_id, 409, str(problem.params["text"]), self._now), post)
                return
            self._failed_on(tried, problem, again=again)
            self._busy = self._busy + 1 if isinstance(problem, ServerBusy) else 0
            if not isinstance(problem, ServerRefused | ServerBusy) or self._busy >= BUSY_IN_A_ROW:
                raise
            return
        self._confirm(receipt, post)

    def _confirm(self, receipt: Receipt, post: Post) -> None:
        self._receipts.append(receipt)
        self._attempts.pop(receipt.instance_id, None)
        self._busy = 0
        post.unsent.pop(receipt.instance_id, None)
        self._sent.append(receipt.instance_id)

    def _write(self, beside: Executor | None = None) -> Collection[InstanceId]:
        """Receipts and attempts, in one transaction or, with `beside`, the receipts after the attempts.

        Gives which of the rows with an attempt are there. Raises what writing the receipts before raised.
        """
        if self._behind is not None:
            self._behind.result()
        receipts, attempts = tuple(self._receipts), tuple(self._attempts.values())
        self._receipts.clear()
        self._attempts.clear()
        self._written_at = time.monotonic()
        self._behind = None
        if beside is None or not receipts:
            return self._store.keep(receipts, attempts) if receipts or attempts else ()
        here = self._store.keep((), attempts)
        self._behind = beside.submit(self._store.keep, receipts, ())
        return here

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
        self._attempts[item.instance_id] = replace(
            item,
            last_problem=problem.code,
            set_apart=apart,
            # A line that is away says nothing about this record: it goes first as soon as the line is back.
            next_attempt_at=item.next_attempt_at if about_the_record else None,
        )
        self._apart[item.instance_id] = apart
        self._failed.append(RecordProblem(item.instance_id, problem.code, dict(problem.params)))
