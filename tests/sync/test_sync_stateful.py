"""The network comes and goes, the program too: every record arrives exactly once, and only its frozen bytes."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from benchmarks.syncing.bad_line import BadLine
from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import InstanceId
from intake_app.domain.instance import OutboxItem, Receipt
from intake_app.sync.backoff import Backoff
from intake_app.sync.openrosa import OpenRosaServer
from intake_app.sync.trial_http import Drop, Fault
from intake_app.sync.trial_receiver import TrialReceiver
from intake_app.sync.worker import run_once
from tests.sync.helps import NOW, SHORT, MemoryOutbox, edit, record, row

FAULTS = (
    Fault(drop=Drop.BEFORE),
    Fault(drop=Drop.AFTER),
    Fault(portal=True),
    Fault(location="https://login.example.org/"),
    Fault(status=401, text="Could not authenticate"),
    Fault(status=409, text="This submission has been deleted. You may not resubmit it."),
    Fault(status=500, text="Internal Server Error"),
    Fault(method="HEAD", drop=Drop.BEFORE),
    Fault(method="HEAD", portal=True),
    Fault(method="HEAD", status=502),
)


class PowerCutError(Exception):
    """The laptop goes off."""


class FragileOutbox(MemoryOutbox):
    """An outbox on a laptop that may go off at any write: what was written before stays."""

    def __init__(self) -> None:
        super().__init__()
        self.writes_left: int | None = None

    def keep(self, receipts: Sequence[Receipt], attempts: Sequence[OutboxItem]) -> frozenset[InstanceId]:
        self._write()
        return super().keep(receipts, attempts)

    def _write(self) -> None:
        if self.writes_left is not None:
            if self.writes_left == 0:
                self.writes_left = None
                raise PowerCutError
            self.writes_left -= 1


class SwitchedLine:
    """A line to the receiver that can be gone: then nobody listens at its port, and what was connected breaks."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._line: BadLine | None = None
        self.come_back()
        self.port: int = self._open().port

    def come_back(self) -> None:
        if self._line is None:
            self._line = BadLine(self._target, port=getattr(self, "port", 0)).__enter__()

    def go_away(self) -> None:
        if self._line is not None:
            self._line.__exit__()
            self._line = None

    close = go_away

    def _open(self) -> BadLine:
        assert self._line is not None
        return self._line


class SendingWithABadLine(RuleBasedStateMachine):
    """Records and edits are queued, rounds run, lines break, the laptop goes off, days pass."""

    receiver: TrialReceiver
    line: SwitchedLine
    server: OpenRosaServer

    def __init__(self) -> None:
        super().__init__()
        self.outbox = FragileOutbox()
        self.frozen: dict[str, bytes] = {}
        self.latest: dict[int, str] = {}
        self.now: datetime = NOW
        self.withdrawn: dict[str, int] = {}
        self.replaces: dict[str, str] = {}

    @initialize()
    def start(self) -> None:
        self.receiver = TrialReceiver().start()
        self.line = SwitchedLine(self.receiver.port)
        self.server = self._client()

    @rule(minute=st.integers(-30, 30))
    def queue_record(self, minute: int) -> None:
        name = f"r{len(self.frozen)}"
        self.latest[len(self.latest)] = name
        self._queue(row(name, record(name, text=f"talk {name}"), minute=minute))

    @precondition(lambda self: self.latest)
    @rule(data=st.data(), minute=st.integers(-30, 30))
    def queue_edit(self, data: st.DataObject, minute: int) -> None:
        which = data.draw(st.sampled_from(sorted(self.latest)))
        name = f"r{len(self.frozen)}"
        self.replaces[f"uuid:{name}"] = f"uuid:{self.latest[which]}"
        self._queue(edit(name, self.latest[which], minute=minute))
        self.latest[which] = name

    @rule(faults=st.lists(st.sampled_from(FAULTS), min_size=1, max_size=4))
    def line_goes_bad(self, faults: list[Fault]) -> None:
        self.receiver.fail_next(*faults)

    @rule()
    def network_goes_away(self) -> None:
        self.line.go_away()

    @rule()
    def network_comes_back(self) -> None:
        self.line.come_back()

    @precondition(lambda self: self.outbox.rows)
    @rule(data=st.data())
    def consent_is_taken_back(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.outbox.rows)))
        self.withdrawn[name] = self.outbox.rows.pop(name).attempts

    @rule(asked_by_person=st.booleans())
    def run_round(self, asked_by_person: bool) -> None:
        before = set(self.outbox.rows)
        report = run_once(self.outbox, self.server, self.now, backoff=Backoff(seed=1), asked_by_person=asked_by_person)
        assert set(report.sent) == before - set(self.outbox.rows)
        assert report.waiting + report.set_apart == len(self.outbox.rows)

    @rule(writes=st.integers(0, 6))
    def power_goes_during_a_round(self, writes: int) -> None:
        self.outbox.writes_left = writes
        try:
            run_once(self.outbox, self.server, self.now, asked_by_person=True)
        except PowerCutError:
            self.server.close()
            self.server = self._client()
        self.outbox.writes_left = None

    @rule(hours=st.integers(1, 48))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @invariant()
    def only_frozen_bytes_arrive_and_each_once(self) -> None:
        kept = self.receiver.received
        assert len({one.instance_id for one in kept}) == len(kept)
        assert all(self.frozen[one.instance_id] == one.xml for one in kept)

    @invariant()
    def a_receipt_stands_for_a_record_that_is_there(self) -> None:
        there = {one.instance_id for one in self.receiver.received}
        assert {receipt.instance_id for receipt in self.outbox.receipts} <= there

    @invariant()
    def no_record_is_in_neither_place(self) -> None:
        receipts = [receipt.instance_id for receipt in self.outbox.receipts]
        assert sorted([*receipts, *self.outbox.rows, *self.withdrawn]) == sorted(self.frozen)
        assert all(self.frozen[key] == item.xml for key, item in self.outbox.rows.items())

    @invariant()
    def what_was_taken_back_untried_never_arrives(self) -> None:
        there = {one.instance_id for one in self.receiver.received}
        assert not there & {name for name, attempts in self.withdrawn.items() if not attempts}

    def teardown(self) -> None:
        if not hasattr(self, "receiver"):
            return
        try:
            self.line.come_back()
            while self.receiver.take_fault("POST") or self.receiver.take_fault("HEAD"):
                continue
            run_once(self.outbox, self.server, self.now, asked_by_person=True)
            stuck = {name for name in self.outbox.rows if self._stands_on_a_withdrawn_one(name)}
            assert set(self.outbox.rows) == stuck
            there = {one.instance_id for one in self.receiver.received}
            assert there >= set(self.frozen) - set(self.withdrawn) - stuck
        finally:
            self.server.close()
            self.line.close()
            self.receiver.close()

    def _client(self) -> OpenRosaServer:
        address = self.receiver.base_url.replace(str(self.receiver.port), str(self.line.port))
        return OpenRosaServer(address, self.receiver.token, timeouts=SHORT, clock=FixedClock(NOW))

    def _stands_on_a_withdrawn_one(self, name: str) -> bool:
        """Whether it is an edit, perhaps of an edit, of a record that was taken back."""
        before = self.replaces.get(name, "")
        return bool(before) and (before in self.withdrawn or self._stands_on_a_withdrawn_one(before))

    def _queue(self, item: OutboxItem) -> None:
        self.frozen[item.instance_id] = item.xml
        self.outbox.rows[item.instance_id] = item


TestSendingWithABadLine = SendingWithABadLine.TestCase
TestSendingWithABadLine.settings = settings(max_examples=40, stateful_step_count=25)
