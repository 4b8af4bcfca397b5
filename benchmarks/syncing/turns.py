"""Ours and the bare client in turn, a hundred records at a time, so that both meet the same load of the computer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Condition, Semaphore
from time import perf_counter

from intake_app.domain.ids import InstanceId
from intake_app.domain.instance import OutboxHead, OutboxItem, Receipt
from intake_app.services.submissions import Outbox
from intake_app.sync.openrosa import OpenRosaServer

SLICE = 100
"""Records that one side sends before the other has its turn: short beside what else happens on a computer."""


@dataclass
class Turns:
    """Whose turn it is, and how many seconds each side has had. Each side waits while the other sends."""

    seconds: dict[str, float] = field(default_factory=dict)
    _may: dict[str, Semaphore] = field(default_factory=dict)
    _left: set[str] = field(default_factory=set)
    _began: float = 0.0

    @classmethod
    def between(cls, first: str, second: str) -> Turns:
        """Two sides; the first begins."""
        return cls({first: 0.0, second: 0.0}, {first: Semaphore(1), second: Semaphore(0)})

    @classmethod
    def alone(cls, side: str) -> Turns:
        """One side, whose turn it always is."""
        return cls({side: 0.0}, {side: Semaphore(1)})

    def begin(self, side: str) -> None:
        """Wait for the turn of this side."""
        self._may[side].acquire()
        self._began = perf_counter()

    def end(self, side: str, *, last: bool = False) -> None:
        """The turn is over; after the `last` one the other side goes on alone."""
        self.seconds[side] += perf_counter() - self._began
        if last:
            self._left.add(side)
        other = next((one for one in self._may if one != side and one not in self._left), side)
        self._may[other].release()


class WatchedOutbox:
    """The outbox of a round; tells when nothing of it is being written any more."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self._writing = 0
        self._changed = Condition()

    def heads(self) -> Sequence[OutboxHead]:
        """As of the outbox; so are the next two."""
        return self._outbox.heads()

    def load_some(self, instance_ids: Sequence[InstanceId]) -> Mapping[InstanceId, OutboxItem]:
        """Rows with content."""
        return self._outbox.load_some(instance_ids)

    def still_waiting(self, instance_ids: Sequence[InstanceId]) -> Collection[InstanceId]:
        """Rows that are there."""
        return self._outbox.still_waiting(instance_ids)

    def keep(self, receipts: Sequence[Receipt], attempts: Sequence[OutboxItem]) -> Collection[InstanceId]:
        """Write, and be counted meanwhile."""
        self._count(1)
        try:
            return self._outbox.keep(receipts, attempts)
        finally:
            self._count(-1)

    def settled(self) -> None:
        """Wait until nothing is being written."""
        with self._changed:
            self._changed.wait_for(lambda: not self._writing)

    def _count(self, more: int) -> None:
        with self._changed:
            self._writing += more
            self._changed.notify_all()


@dataclass
class TakingTurns:
    """The server, for a round that lets the other side have its turn after each slice, when all is written down."""

    server: OpenRosaServer
    outbox: WatchedOutbox
    turns: Turns
    side: str
    _sent: int = 0

    def check(self) -> None:
        """As of the server."""
        self.server.check()

    def submit(self, item: OutboxItem) -> Receipt:
        """Send, after a turn of the other side where it is due."""
        if self._sent and self._sent % SLICE == 0:
            self.outbox.settled()
            self.turns.end(self.side)
            self.turns.begin(self.side)
        self._sent += 1
        return self.server.submit(item)
