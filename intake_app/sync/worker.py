"""One round of sending: which waiting record goes when, and what each outcome means for it and for the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from intake_app.domain.ids import InstanceId
from intake_app.domain.instance import OutboxItem, Receipt
from intake_app.errors import AnswerLost, RecordBroken, ServerBusy, ServerRefused, SyncError, UnsafeXml
from intake_app.safe_xml import parse
from intake_app.sync.backoff import Backoff
from intake_app.sync.reading import child_text, children

BUSY_IN_A_ROW = 2
"""A 5xx may be about one record (Central answers 500 to strange bytes); this many in a row are about the server."""


class StoreLike(Protocol):
    """The outbox as a round needs it; each call is durable when it returns."""

    def waiting(self) -> Sequence[OutboxItem]:
        """Every row that was not confirmed yet, also those set apart."""
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
) -> SyncReport:
    """Send what waits, oldest first, one at a time, an original before its edits.

    A record that the server refuses is set apart and the others go on; a lost line, another server or a refused
    token ends the round. `asked_by_person` also tries records whose wait is not over and those set apart. Errors of
    the store pass through: what was sent and not stored goes again, and the server answers 201 to the same bytes.
    """
    items = tuple(store.waiting())
    round_ = _Round(store, server, now, backoff or Backoff(), asked_by_person)
    if any(round_.is_due(item) for item in items):
        try:
            server.check()
            round_.send_all(items)
        except SyncError as problem:
            return round_.report(items, problem)
    return round_.report(items, None)


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
        self, store: StoreLike, server: ServerLike, now: datetime, backoff: Backoff, asked_by_person: bool
    ) -> None:
        self._store, self._server, self._now, self._backoff = store, server, now, backoff
        self._asked_by_person = asked_by_person
        self._sent: list[InstanceId] = []
        self._failed: list[RecordProblem] = []
        self._apart: dict[InstanceId, bool] = {}
        self._busy = 0

    def is_due(self, item: OutboxItem) -> bool:
        if self._asked_by_person:
            return True
        waited = item.next_attempt_at is None or self._backoff.is_over(item.next_attempt_at, self._now)
        return waited and not item.set_apart

    def send_all(self, items: Sequence[OutboxItem]) -> None:
        originals = self._originals(items)
        unsent = {item.instance_id for item in items}
        for item in _originals_first(items, originals):
            before = originals.get(item.instance_id)
            if item.instance_id in self._apart or not self.is_due(item) or before in unsent:
                continue
            if self._send(item):
                unsent.discard(item.instance_id)

    def report(self, items: Iterable[OutboxItem], problem: SyncError | None) -> SyncReport:
        left = [item for item in items if item.instance_id not in self._sent]
        apart = sum(self._apart.get(item.instance_id, item.set_apart) for item in left)
        return SyncReport(
            sent=tuple(self._sent),
            failed=tuple(self._failed),
            waiting=len(left) - apart,
            set_apart=apart,
            problem=problem.code if problem else "",
            problem_params=dict(problem.params) if problem else {},
        )

    def _originals(self, items: Sequence[OutboxItem]) -> dict[InstanceId, InstanceId]:
        """Per edit the record it replaces; records that may not be sent at all are set apart on the way."""
        originals = {}
        for item in items:
            try:
                ids = record_ids(item.xml)
                if ids.instance_id != item.instance_id or ids.deprecated_id == ids.instance_id:
                    raise RecordBroken(instance_id="", problem="other_instance_id")
            except RecordBroken as broken:
                problem = RecordBroken(instance_id=item.instance_id, problem=broken.params["problem"])
                self._failed_on(item, problem)
                continue
            if ids.deprecated_id is not None:
                originals[item.instance_id] = ids.deprecated_id
        return originals

    def _send(self, item: OutboxItem) -> bool:
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
            self._failed_on(tried, problem)
            self._busy = self._busy + 1 if isinstance(problem, ServerBusy) else 0
            if not isinstance(problem, ServerRefused | ServerBusy) or self._busy >= BUSY_IN_A_ROW:
                raise
            return False
        self._store.confirm(receipt)
        self._busy = 0
        self._sent.append(item.instance_id)
        return True

    def _failed_on(self, item: OutboxItem, problem: SyncError) -> None:
        apart = isinstance(problem, ServerRefused | RecordBroken)
        about_the_record = isinstance(problem, AnswerLost | ServerBusy)
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


def _originals_first(items: Sequence[OutboxItem], originals: dict[InstanceId, InstanceId]) -> Iterator[OutboxItem]:
    """Oldest first, but an edit never before a record it replaces, whatever the clock said when they were queued."""
    by_id = {item.instance_id: item for item in items}
    done: set[InstanceId] = set()
    for item in sorted(items, key=lambda one: one.queued_at):
        chain: list[OutboxItem] = []
        current: OutboxItem | None = item
        while current is not None and current.instance_id not in done:
            done.add(current.instance_id)
            chain.append(current)
            before = originals.get(current.instance_id)
            current = by_id.get(before) if before else None
        yield from reversed(chain)
