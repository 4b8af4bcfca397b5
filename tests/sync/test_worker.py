"""A round of sending: the order, who waits, who is set apart, and when the round ends early."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from intake_app.domain.ids import InstanceId
from intake_app.domain.instance import OutboxItem, Receipt
from intake_app.errors import DiskFull, RecordBroken
from intake_app.sync.backoff import Backoff
from intake_app.sync.letters import record_ids
from intake_app.sync.openrosa import OpenRosaServer
from intake_app.sync.trial_http import Drop, Fault
from intake_app.sync.trial_receiver import TrialReceiver
from intake_app.sync.worker import run_once
from tests.sync.helps import NOW, MemoryOutbox, edit, record, row

REFUSED = Fault(status=409, text="A submission already exists with this ID, but with different XML.")
LATER = NOW + timedelta(days=1)


def arrived(receiver: TrialReceiver) -> list[str]:
    return [kept.instance_id.removeprefix("uuid:") for kept in receiver.received]


def test_the_oldest_goes_first_and_every_receipt_is_kept(receiver: TrialReceiver, server: OpenRosaServer):
    outbox = MemoryOutbox(row("new", minute=3), row("old", minute=1), row("middle", minute=2))

    report = run_once(outbox, server, NOW)

    assert arrived(receiver) == ["old", "middle", "new"]
    assert report.sent == ("uuid:old", "uuid:middle", "uuid:new")
    assert (report.failed, report.waiting, report.set_apart, report.problem) == ((), 0, 0, "")
    assert [receipt.instance_id for receipt in outbox.receipts] == list(report.sent)


def test_an_original_goes_before_its_edits_whatever_the_clock_said(receiver: TrialReceiver, server: OpenRosaServer):
    outbox = MemoryOutbox(edit("c", "b", minute=1), edit("b", "a", minute=2), row("a", minute=3), row("z", minute=0))

    run_once(outbox, server, NOW)

    assert arrived(receiver) == ["z", "a", "b", "c"]


def test_an_edit_waits_untried_while_its_original_is_stuck(receiver: TrialReceiver, server: OpenRosaServer):
    outbox = MemoryOutbox(row("a"), edit("b", "a", minute=1), row("c", minute=2))
    receiver.fail_next(REFUSED)

    report = run_once(outbox, server, NOW)

    assert arrived(receiver) == ["c"]
    assert (report.waiting, report.set_apart) == (1, 1)
    assert outbox.rows["uuid:b"].attempts == 0


def test_an_edit_goes_when_its_original_went_long_ago(receiver: TrialReceiver, server: OpenRosaServer):
    run_once(MemoryOutbox(row("a")), server, NOW)

    assert run_once(MemoryOutbox(edit("b", "a")), server, NOW).sent == ("uuid:b",)


def test_a_row_is_marked_as_tried_before_it_is_tried(server: OpenRosaServer):
    outbox = MemoryOutbox(row("a"))
    seen: list[OutboxItem] = []

    class Watching:
        def check(self) -> None:
            server.check()

        def submit(self, item: OutboxItem) -> object:
            seen.append(outbox.rows[item.instance_id])
            return server.submit(item)

    run_once(outbox, Watching(), NOW)  # type: ignore[arg-type]

    assert (seen[0].attempts, seen[0].last_problem) == (1, "answer_lost")
    assert seen[0].next_attempt_at is not None
    assert seen[0].next_attempt_at > NOW


def test_a_refused_record_is_set_apart_with_its_reason_and_the_others_go_on(
    receiver: TrialReceiver, server: OpenRosaServer
):
    outbox = MemoryOutbox(row("a"), row("b", minute=1))
    receiver.fail_next(REFUSED)

    report = run_once(outbox, server, NOW)

    assert report.sent == ("uuid:b",)
    assert (report.waiting, report.set_apart, report.problem) == (0, 1, "")
    assert (report.failed[0].instance_id, report.failed[0].code) == ("uuid:a", "record_differs")
    assert report.failed[0].params["text"] == REFUSED.text
    kept = outbox.rows["uuid:a"]
    assert (kept.set_apart, kept.last_problem, kept.xml) == (True, "record_differs", record("a"))


def test_a_record_set_apart_is_tried_again_only_when_a_person_asks(receiver: TrialReceiver, server: OpenRosaServer):
    outbox = MemoryOutbox(row("a", set_apart=True, attempts=1, last_problem="server_refused"))

    assert run_once(outbox, server, LATER).set_apart == 1
    assert receiver.requests == ()
    assert run_once(outbox, server, LATER, asked_by_person=True).sent == ("uuid:a",)


@pytest.mark.parametrize(
    ("faults", "code"),
    [
        ([Fault(status=401, text="no")], "sign_in_needed"),
        ([Fault(status=403, text="no")], "sign_in_needed"),
        ([Fault(portal=True)], "not_the_server"),
        ([Fault(drop=Drop.BEFORE), Fault(drop=Drop.AFTER)], "answer_lost"),
    ],
)
def test_a_refused_token_a_login_page_or_a_lost_line_ends_the_round(
    receiver: TrialReceiver, server: OpenRosaServer, faults: list[Fault], code: str
):
    outbox = MemoryOutbox(row("a"), row("b", minute=1))
    receiver.fail_next(*faults)

    report = run_once(outbox, server, NOW)

    assert (report.problem, report.sent, report.waiting) == (code, (), 2)
    assert outbox.rows["uuid:a"].last_problem == code
    assert outbox.rows["uuid:b"].attempts == 0
    assert not any(item.set_apart for item in outbox.rows.values())


@pytest.mark.parametrize("status", [401, 503, 200])
def test_when_the_check_fails_no_record_is_tried(receiver: TrialReceiver, server: OpenRosaServer, status: int):
    outbox = MemoryOutbox(row("a"))
    receiver.fail_next(Fault(method="HEAD", status=status))

    report = run_once(outbox, server, NOW)

    assert report.problem in ("sign_in_needed", "server_busy", "not_the_server")
    assert outbox.history == []


def test_nobody_is_called_when_nothing_waits(receiver: TrialReceiver, server: OpenRosaServer):
    assert run_once(MemoryOutbox(), server, NOW).as_json() == {
        "sent": [],
        "failed": [],
        "waiting": 0,
        "set_apart": 0,
        "problem": None,
    }
    assert receiver.requests == ()


def test_one_500_is_about_the_record_and_two_in_a_row_are_about_the_server(
    receiver: TrialReceiver, server: OpenRosaServer
):
    outbox = MemoryOutbox(*[row(name, minute=minute) for minute, name in enumerate("abcd")])
    receiver.fail_next(Fault(status=500))
    assert run_once(outbox, server, NOW).sent == ("uuid:b", "uuid:c", "uuid:d")

    outbox = MemoryOutbox(*[row(name, minute=minute) for minute, name in enumerate("efgh")])
    receiver.fail_next(Fault(status=503), Fault(status=503))
    report = run_once(outbox, server, NOW)

    assert (report.problem, report.sent, report.waiting) == ("server_busy", (), 4)
    assert outbox.rows["uuid:g"].attempts == 0


def test_a_record_waits_longer_after_each_lost_answer_and_is_never_given_up(
    receiver: TrialReceiver, server: OpenRosaServer
):
    outbox, now, waits = MemoryOutbox(row("a")), NOW, []
    for _ in range(5):
        receiver.fail_next(Fault(drop=Drop.BEFORE), Fault(drop=Drop.BEFORE))
        run_once(outbox, server, now, backoff=Backoff(seed=1))
        due = outbox.rows["uuid:a"].next_attempt_at
        assert due is not None
        waits.append(due - now)
        assert run_once(outbox, server, due - timedelta(seconds=1)).sent == ()
        now = due

    assert waits == sorted(waits)
    assert outbox.rows["uuid:a"].attempts == 5
    assert run_once(outbox, server, now).sent == ("uuid:a",)
    assert arrived(receiver) == ["a"]


def test_a_line_that_is_away_makes_no_record_wait_once_it_is_back(receiver: TrialReceiver, server: OpenRosaServer):
    outbox = MemoryOutbox(row("a"))
    receiver.fail_next(Fault(portal=True))
    run_once(outbox, server, NOW)

    assert run_once(outbox, server, NOW).sent == ("uuid:a",)


@pytest.mark.parametrize(
    ("xml", "problem"),
    [
        (record("a")[:-9], "unreadable"),
        (b"", "unreadable"),
        (record("a", text="x").replace(b"x<", b"\xff<"), "unreadable"),
        (b'<!DOCTYPE d [<!ENTITY e "x">]>' + record("a"), "unreadable"),
        (b'<data id="intake"/>', "no_instance_id"),
        (b'<data id="intake"><meta><instanceID> </instanceID></meta></data>', "no_instance_id"),
        (record("other"), "other_instance_id"),
        (record("a", replaces="a"), "other_instance_id"),
    ],
)
def test_bytes_that_the_server_would_store_broken_or_twice_are_never_sent(
    receiver: TrialReceiver, server: OpenRosaServer, xml: bytes, problem: str
):
    outbox = MemoryOutbox(row("a", xml), row("b", minute=1))

    report = run_once(outbox, server, NOW)

    assert arrived(receiver) == ["b"]
    assert [(one.instance_id, one.code, one.params["problem"]) for one in report.failed] == [
        ("uuid:a", "record_broken", problem)
    ]
    assert outbox.rows["uuid:a"].set_apart
    assert (outbox.rows["uuid:a"].attempts, report.set_apart) == (0, 1)
    assert run_once(outbox, server, NOW).failed == ()


def test_the_ids_are_found_with_and_without_the_namespace():
    assert record_ids(b"<d><meta><instanceID> uuid:x </instanceID></meta></d>").instance_id == "uuid:x"
    found = record_ids(record("b", replaces="a"))
    assert (found.instance_id, found.deprecated_id) == ("uuid:b", "uuid:a")
    with pytest.raises(RecordBroken):
        record_ids(b"<d><q><meta><instanceID>uuid:x</instanceID></meta></q></d>")


def test_a_receipt_that_could_not_be_kept_makes_the_same_bytes_go_again(
    receiver: TrialReceiver, server: OpenRosaServer
):
    class FullDisk(MemoryOutbox):
        def keep(self, receipts: Sequence[Receipt], attempts: Sequence[OutboxItem]) -> frozenset[InstanceId]:
            if receipts:
                raise DiskFull
            return super().keep(receipts, attempts)

    outbox = FullDisk(row("a"))
    with pytest.raises(DiskFull):
        run_once(outbox, server, NOW)

    assert run_once(MemoryOutbox(*outbox.rows.values()), server, LATER).sent == ("uuid:a",)
    assert arrived(receiver) == ["a"]
