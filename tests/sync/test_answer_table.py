"""Every row of the table of a real ODK Central's answers: what the receiver says, and what the client then does."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from intake_app.domain.instance import OutboxItem, RecordFile
from intake_app.sync.openrosa import OpenRosaServer
from intake_app.sync.trial_http import Drop, Fault
from intake_app.sync.trial_receiver import TrialReceiver
from intake_app.sync.worker import SyncReport, run_once
from tests.sync.helps import NOW, MemoryOutbox, client, edit, raw_post, record, row
from tests.sync.test_openrosa import form_text
from tests.sync.test_trial_receiver import MULTIPART, multipart

PHOTO = '<data id="intake" version="1"><photo>{name}</photo><meta><instanceID>uuid:a</instanceID></meta></data>'
LATER = NOW + timedelta(days=1)


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    (tmp_path / "intake.xml").write_text(form_text("intake", "1"))
    return tmp_path


@dataclass
class Case:
    """`before` stands on the server, `item` is sent; then `status` and `begins` were the server's, `action` ours."""

    item: OutboxItem
    status: int
    begins: str
    action: str
    before: list[OutboxItem] = field(default_factory=list)
    meanwhile: Callable[[TrialReceiver], object] = lambda receiver: None
    code: str = ""


def with_photo(content: bytes, name: str = "pot.jpg") -> OutboxItem:
    return row("a", PHOTO.format(name=name).encode(), files=(RecordFile(name, content),))


SUCCESS = "full submission upload was successful!"
CASES = {
    "new": Case(row("a"), 201, SUCCESS, "sent"),
    "identical again": Case(row("a"), 201, SUCCESS, "sent", [row("a")]),
    "identical again with media": Case(with_photo(b"1"), 201, SUCCESS, "sent", [with_photo(b"1")]),
    "more media": Case(with_photo(b"1"), 201, SUCCESS, "sent", [replace(with_photo(b"1"), files=())]),
    "media with other bytes": Case(with_photo(b"2"), 201, SUCCESS, "sent", [with_photo(b"1")]),
    "any byte different": Case(
        row("a", record("a") + b" "), 409, "A submission already exists with this ID, but with different XML",
        "apart", [row("a")], code="record_differs",
    ),
    "edit of the current version": Case(edit("b", "a"), 201, SUCCESS, "sent", [row("a")]),
    "the same edit again": Case(edit("b", "a"), 201, SUCCESS, "sent", [row("a"), edit("b", "a")]),
    "edit out of date": Case(
        edit("c", "a"), 409, "You tried to update a submission, but the copy you were editing (uuid:a) is now out of",
        "apart", [row("a"), edit("b", "a")], code="edit_out_of_date",
    ),
    "original after an edit": Case(
        row("a"), 409, "You tried to update a submission, but the copy you were editing (undefined) is now out of",
        "sent", [row("a"), edit("b", "a")],
    ),
    "edit of an unknown id": Case(
        edit("b", "a"), 404, "You tried to update an existing submission, but we can't find", "apart",
        code="original_missing",
    ),
    "edit of a deleted id": Case(
        edit("b", "a"), 404, "You tried to update an existing submission, but we can't find", "apart", [row("a")],
        lambda receiver: receiver.central.delete("uuid:a"), "original_missing",
    ),
    "edit whose new id is taken": Case(
        edit("b", "a"), 409, "A resource already exists with instanceID value(s) of", "later then apart",
        [row("a"), row("b")], code="id_taken",
    ),
    "deleted by an administrator": Case(
        row("a"), 409, "This submission has been deleted. You may not resubmit it.", "later then done", [row("a")],
        lambda receiver: receiver.central.delete("uuid:a"), "deleted_at_centre",
    ),
    "form closed": Case(
        row("a"), 409, "This form is not currently accepting submissions", "later", [],
        lambda receiver: receiver.central.close_form("intake"), "form_closed",
    ),
    "form version unknown": Case(
        row("a", record("a", version="9")), 404, "The form version specified", "later", code="form_version_unknown",
    ),
    "form unknown": Case(
        row("a", record("a", form="other")), 404, "Could not find the resource", "later", code="form_unknown",
    ),
    "app user not assigned": Case(
        row("a"), 401, "Could not authenticate", "stop", [],
        lambda receiver: receiver.central.unassign("intake"), "sign_in_needed",
    ),
}  # fmt: skip


def what_was_done(outbox: MemoryOutbox, report: SyncReport) -> str:
    """Our action with the one record, in a word."""
    if report.problem:
        assert not any(item.set_apart for item in outbox.rows.values())
        return "stop"
    if not outbox.rows:
        assert report.sent == tuple(receipt.instance_id for receipt in outbox.receipts)
        return "sent"
    item = next(iter(outbox.rows.values()))
    assert item.set_apart or item.next_attempt_at is not None
    return "apart" if item.set_apart else "later"


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_a_row_of_the_table(forms: Path, case: Case):
    with TrialReceiver(forms=forms) as receiver, client(receiver) as server:
        for item in case.before:
            server.submit(item)
        case.meanwhile(receiver)
        answer = post_plainly(receiver, case.item)
        assert (answer.status_code, case.begins in answer.text) == (case.status, True)

        outbox = MemoryOutbox(case.item)
        report = run_once(outbox, server, NOW)

        assert what_was_done(outbox, report) == case.action.split()[0]
        assert [one.code for one in report.failed] == ([case.code] if case.code else [])
        assert all(item.xml == case.item.xml for item in outbox.rows.values())
        if case.action == "later then apart":
            assert what_was_done(outbox, run_once(outbox, server, LATER)) == "apart"
        if case.action == "later then done":
            assert run_once(outbox, server, LATER).sent == (case.item.instance_id,)
            assert outbox.receipts[0].status == 409


def post_plainly(receiver: TrialReceiver, item: OutboxItem):
    """What the receiver says to these bytes, without our client between."""
    whole = multipart(item.xml).removesuffix(b"--cut--\r\n")
    for file in item.files:
        head = f'--cut\r\nContent-Disposition: form-data; name="{file.name}"; filename="x"\r\n\r\n'
        whole += head.encode() + file.content + b"\r\n"
    return raw_post(receiver, whole + b"--cut--\r\n", MULTIPART)


def test_other_bytes_of_a_file_replace_those_on_the_server(receiver: TrialReceiver, server: OpenRosaServer):
    for content in (b"1", b"2"):
        run_once(MemoryOutbox(with_photo(content)), server, NOW)

    assert [dict(kept.files) for kept in receiver.received] == [{"pot.jpg": b"2"}]


def test_an_edit_need_not_send_unchanged_files_again(receiver: TrialReceiver, server: OpenRosaServer):
    xml = PHOTO.format(name="pot.jpg").replace(
        "<instanceID>uuid:a</instanceID>", "<instanceID>uuid:b</instanceID><deprecatedID>uuid:a</deprecatedID>"
    )
    run_once(MemoryOutbox(with_photo(b"1"), row("b", xml.encode(), minute=1)), server, NOW)

    assert [dict(kept.files) for kept in receiver.received] == [{"pot.jpg": b"1"}] * 2


def test_a_file_that_the_record_does_not_name_is_dropped_by_the_server(receiver: TrialReceiver):
    item = replace(with_photo(b"1"), files=(RecordFile("other.jpg", b"1"),))
    assert post_plainly(receiver, item).status_code == 201

    assert dict(receiver.received[0].files) == {}


@pytest.mark.parametrize(("token", "status"), [("b" * 64, 403), ("short", 401)])
def test_a_revoked_or_malformed_token_stops_everything(receiver: TrialReceiver, token: str, status: int):
    outbox = MemoryOutbox(row("a"), row("b", minute=1))
    with client(receiver, token=token) as server:
        report = run_once(outbox, server, NOW)

    assert (report.problem, report.problem_params) == ("sign_in_needed", {"status": status})
    assert outbox.history == []


@pytest.mark.parametrize(
    ("xml", "status"),
    [(b"<data/>", 400), (b"", 400), (b"no xml", 400), (record("a")[:-9], 201), (b'<data id="intake"/>', 201)],
    ids=["no-id", "empty", "no-xml", "cut-off", "no-instance-id"],
)
def test_bytes_that_the_server_refuses_or_takes_broken_never_leave(
    receiver: TrialReceiver, server: OpenRosaServer, xml: bytes, status: int
):
    assert raw_post(receiver, multipart(xml), MULTIPART).status_code == status
    before = len(receiver.received)
    outbox = MemoryOutbox(row("a", xml))

    report = run_once(outbox, server, NOW)

    assert (
        (what_was_done(outbox, report), report.failed[0].code) == ("apart", "record_broken")
        if (outbox.rows["uuid:a"].set_apart)
        else ("later", "")
    )
    assert report.set_apart == 1
    assert len(receiver.received) == before


def test_a_body_that_was_cut_on_the_way_goes_again_later(receiver: TrialReceiver, server: OpenRosaServer):
    outbox = MemoryOutbox(row("a"))
    receiver.fail_next(Fault(truncate=True))

    report = run_once(outbox, server, NOW)
    assert (what_was_done(outbox, report), report.failed[0].code) == ("later", "server_busy")
    assert receiver.received == ()

    assert run_once(outbox, server, LATER).sent == ("uuid:a",)


def test_a_request_that_comes_in_twice_is_one_record(receiver: TrialReceiver, server: OpenRosaServer):
    receiver.fail_next(Fault(duplicate=True))

    assert run_once(MemoryOutbox(row("a")), server, NOW).sent == ("uuid:a",)
    assert len(receiver.received) == 1


def test_bytes_that_are_not_utf_8_are_an_internal_error_and_never_leave(
    receiver: TrialReceiver, server: OpenRosaServer
):
    broken = record("a", text="x").replace(b"x<", b"\xff<")
    assert raw_post(receiver, multipart(broken), MULTIPART).status_code == 500
    assert run_once(MemoryOutbox(row("a", broken)), server, NOW).failed[0].code == "record_broken"


def test_the_loser_of_two_equal_requests_tries_again_and_hears_201(receiver: TrialReceiver, server: OpenRosaServer):
    gate = Event()
    outbox = MemoryOutbox(row("a"))
    server.check()
    receiver.fail_next(Fault(hold=gate))
    first = Thread(target=lambda: raw_post(receiver, multipart(record("a")), MULTIPART))
    first.start()
    while not any(request.method == "POST" for request in receiver.requests):
        first.join(0.005)
    report = SyncReport()
    while not report.failed:
        report = run_once(outbox, server, NOW)
    gate.set()
    first.join()

    assert report.failed[0].code == "deleted_at_centre"
    assert run_once(outbox, server, LATER).sent == ("uuid:a",)
    assert [receipt.status for receipt in outbox.receipts] == [201]


def test_a_request_for_data_gets_its_receipt_and_a_record_deleted_for_it_counts_as_done(
    receiver: TrialReceiver, server: OpenRosaServer
):
    """Withdrawal after sending: the request goes out, the centre deletes; a copy sent again is not taken and done."""
    request = row("request", record("request", form="data_request"), minute=1)
    outbox = MemoryOutbox(row("a"), request)
    receiver.fail_next(Fault(drop=Drop.AFTER), Fault(drop=Drop.BEFORE))
    run_once(outbox, server, NOW)
    assert {kept.instance_id for kept in receiver.received} == {"uuid:a"}
    receiver.central.delete("uuid:a")

    first = run_once(outbox, server, LATER)
    second = run_once(outbox, server, LATER + timedelta(days=1))

    assert (first.sent, [one.code for one in first.failed]) == (("uuid:request",), ["deleted_at_centre"])
    assert second.sent == ("uuid:a",)
    assert {kept.instance_id for kept in receiver.received} == {"uuid:request"}
    assert {one.instance_id: one.status for one in outbox.receipts} == {"uuid:request": 201, "uuid:a": 409}


def test_a_form_that_is_not_taken_is_tried_once_a_round_and_goes_when_it_opens(forms: Path):
    with TrialReceiver(forms=forms) as receiver, client(receiver) as server:
        outbox = MemoryOutbox(*(row(name, record(name, version="2"), minute=at) for at, name in enumerate("abc")))
        for item in outbox.waiting():
            outbox.rows[item.instance_id] = replace(item, form_version="2")  # type: ignore[arg-type]
        report = run_once(outbox, server, NOW)
        assert (report.waiting, len(report.failed)) == (3, 1)
        assert sum(request.method == "POST" for request in receiver.requests) == 1
    (forms / "intake-2.xml").write_text(form_text("intake", "2"))
    with TrialReceiver(forms=forms) as receiver, client(receiver) as server:
        assert len(run_once(outbox, server, LATER).sent) == 3


def test_what_was_taken_out_of_the_outbox_during_a_round_does_not_go(receiver: TrialReceiver, server: OpenRosaServer):
    class Withdrawing(MemoryOutbox):
        def still_waiting(self, instance_ids):
            if self.receipts or "uuid:b" in instance_ids:
                self.rows.pop("uuid:b", None)  # type: ignore[call-overload]
            return super().still_waiting(instance_ids)

    report = run_once(Withdrawing(row("a"), row("b", minute=1), row("c", minute=2)), server, NOW)

    assert (report.sent, report.waiting) == (("uuid:a", "uuid:c"), 0)
    assert [kept.instance_id for kept in receiver.received] == ["uuid:a", "uuid:c"]


def test_a_pause_holds_the_next_record(receiver: TrialReceiver, server: OpenRosaServer):
    outbox = MemoryOutbox(row("a"), row("b", minute=1))

    report = run_once(outbox, server, NOW, paused=lambda: len(receiver.received) == 1)

    assert (report.sent, report.waiting, report.paused) == (("uuid:a",), 1, True)


def test_many_or_large_files_are_split_and_each_request_carries_the_record():
    names = [f"{number}.jpg" for number in range(4)]
    xml = f'<data id="x" version="1">{"".join(f"<p>{name}</p>" for name in names)}<meta><instanceID>uuid:a</instanceID>'
    item = row(
        "a", f"{xml}</meta></data>".encode(), files=tuple(RecordFile(name, name.encode() * 300) for name in names)
    )
    with TrialReceiver(accepted_length=6500) as receiver, client(receiver) as server:
        assert server.submit(item).status == 201

        assert sum(request.method == "POST" for request in receiver.requests) == 2
        assert dict(receiver.received[0].files) == {file.name: file.content for file in item.files}


def test_a_clock_of_the_server_that_is_wrong_changes_nothing():
    with TrialReceiver(clock_skew=timedelta(days=400)) as receiver, client(receiver) as server:
        assert server.submit(row("a")).received_at == NOW
