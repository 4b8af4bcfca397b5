"""What the client promises about each answer that a real ODK Central, or something in between, gives."""

import logging
import traceback
from threading import Event, Thread

import pytest

from intake_app.errors import (
    AnswerLost,
    NotTheServer,
    RecordTooBig,
    ServerBusy,
    ServerRefused,
    ServerUnreachable,
    SignInNeeded,
    SyncError,
)
from intake_app.sync.openrosa import OpenRosaServer
from intake_app.sync.trial_http import Drop, Fault
from intake_app.sync.trial_receiver import TrialReceiver
from intake_app.sync.wire import Timeouts
from tests.sync.helps import NOW, client, edit, record, row

OTHER_TOKEN = "b" * 64


def posts(receiver: TrialReceiver) -> int:
    return sum(request.method == "POST" for request in receiver.requests)


def test_a_new_record_gives_a_receipt_and_arrives_byte_for_byte(receiver: TrialReceiver, server: OpenRosaServer):
    item = row("a", record("a", text="ik\r\nkan\tlassen – العربية"))

    receipt = server.submit(item)

    assert (receipt.instance_id, receipt.status, receipt.received_at) == ("uuid:a", 201, NOW)
    assert receipt.text.startswith("full submission upload was successful!")
    assert [kept.xml for kept in receiver.received] == [item.xml]


def test_identical_bytes_again_give_a_receipt_and_no_second_record(receiver: TrialReceiver, server: OpenRosaServer):
    server.submit(row("a"))

    assert server.submit(row("a")).status == 201
    assert len(receiver.received) == 1


def test_other_bytes_under_a_known_id_are_refused_with_the_words_of_the_server(server: OpenRosaServer):
    server.submit(row("a"))

    with pytest.raises(ServerRefused) as refused:
        server.submit(row("a", record("a") + b" "))

    assert refused.value.params["status"] == 409
    assert str(refused.value.params["text"]).startswith("A submission already exists with this ID, but with different")


def test_an_edit_replaces_its_original_and_may_be_sent_again(receiver: TrialReceiver, server: OpenRosaServer):
    server.submit(row("a"))
    server.submit(edit("b", "a"))
    server.submit(edit("b", "a"))

    assert [(kept.instance_id, kept.root_id) for kept in receiver.received] == [
        ("uuid:a", "uuid:a"),
        ("uuid:b", "uuid:a"),
    ]


@pytest.mark.parametrize(
    ("sent_before", "item", "status", "begins"),
    [
        ([row("a"), edit("b", "a")], edit("c", "a"), 409, "You tried to update a submission, but the copy you were"),
        ([], edit("b", "a"), 404, "You tried to update an existing submission, but we can't find"),
        ([row("a"), row("b")], edit("b", "a"), 409, "A resource already exists with instanceID value(s) of"),
        ([], row("a", record("a", form="other")), 404, "Could not find the resource"),
        ([], row("a", record("a", version="9")), 404, "The form version specified"),
        ([], row("a", b"<data/>"), 400, "Required parameter form ID xml attribute missing"),
        ([], row("a", b"not xml"), 400, "Required parameter form ID xml attribute missing"),
        ([], row("a", b""), 400, "Required parameter form ID xml attribute missing"),
    ],
    ids=[
        "edit-out-of-date", "edit-of-unknown", "edit-with-taken-id", "unknown-form",
        "unknown-version", "no-form-id", "no-xml", "empty",
    ],
)  # fmt: skip
def test_what_the_server_refuses_comes_back_with_its_status_and_words(
    tmp_path, sent_before: list, item, status: int, begins: str
):
    (tmp_path / "intake.xml").write_text(form_text("intake", "1"))
    with TrialReceiver(forms=tmp_path) as receiver, client(receiver) as server:
        for before in sent_before:
            server.submit(before)

        with pytest.raises(ServerRefused) as refused:
            server.submit(item)

        assert refused.value.params["status"] == status
        assert str(refused.value.params["text"]).startswith(begins)
        assert len(receiver.received) == len(sent_before)


def form_text(form_id: str, version: str) -> str:
    return (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>Talk'
        f'</h:title><model><instance><data id="{form_id}" version="{version}"/></instance></model></h:head></h:html>'
    )


def test_a_closed_form_and_a_deleted_record_are_refusals(receiver: TrialReceiver, server: OpenRosaServer):
    server.submit(row("a"))
    receiver.central.delete("uuid:a")
    with pytest.raises(ServerRefused, match="deleted"):
        server.submit(row("a"))

    receiver.central.close_form("intake")
    with pytest.raises(ServerRefused, match="not currently accepting"):
        server.submit(row("b"))


def test_a_form_that_was_taken_from_the_app_user_asks_to_sign_in_though_the_check_is_fine(
    receiver: TrialReceiver, server: OpenRosaServer
):
    receiver.central.unassign("intake")
    server.check()

    with pytest.raises(SignInNeeded, match="status=401"):
        server.submit(row("a"))


@pytest.mark.parametrize(("token", "status"), [(OTHER_TOKEN, 403), ("short", 401)])
def test_a_token_that_is_not_accepted_asks_to_sign_in(receiver: TrialReceiver, token: str, status: int):
    with client(receiver, token=token) as server:
        for call in (server.check, lambda: server.submit(row("a")), server.form_list):
            with pytest.raises(SignInNeeded, match=f"status={status}"):
                call()
    assert receiver.received == ()


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429, 408])
def test_a_server_in_trouble_is_a_reason_to_wait(receiver: TrialReceiver, server: OpenRosaServer, status: int):
    receiver.fail_next(Fault(status=status, text="later"))

    with pytest.raises(ServerBusy, match=f"status={status}"):
        server.submit(row("a"))


def test_bytes_that_make_the_server_stumble_are_a_reason_to_wait(server: OpenRosaServer):
    with pytest.raises(ServerBusy, match="status=500"):
        server.submit(row("a", record("a", text="x").replace(b"x<", b"\xff<")))


@pytest.mark.parametrize(
    "fault",
    [
        Fault(portal=True),
        Fault(portal=True, status=201),
        Fault(portal=True, status=404),
        Fault(portal=True, status=511),
        Fault(status=200, text="fine"),
        Fault(status=204),
        Fault(location="/v1/projects/1/submission"),
        Fault(location="https://login.example.org/", status=307),
    ],
    ids=["portal", "portal-201", "page-404", "portal-511", "200", "204", "redirect-here", "redirect-elsewhere"],
)
def test_nothing_but_201_and_202_with_an_envelope_counts_as_received(
    receiver: TrialReceiver, server: OpenRosaServer, fault: Fault
):
    receiver.fail_next(fault)

    with pytest.raises(NotTheServer):
        server.submit(row("a"))

    assert receiver.received == ()
    assert posts(receiver) == 1


def test_a_201_that_speaks_of_an_error_is_no_receipt(receiver: TrialReceiver, server: OpenRosaServer):
    receiver.fail_next(Fault(status=201, text="we could not keep it", nature="submit_error"))

    with pytest.raises(ServerRefused, match="could not keep"):
        server.submit(row("a"))


def test_202_with_an_envelope_is_a_receipt(receiver: TrialReceiver, server: OpenRosaServer):
    receiver.fail_next(Fault(status=202, text="partly"))

    assert server.submit(row("a")).status == 202


def test_a_line_that_breaks_in_the_middle_of_the_answer_ends_in_exactly_one_record(
    receiver: TrialReceiver, server: OpenRosaServer
):
    receiver.fail_next(Fault(drop=Drop.AFTER))

    assert server.submit(row("a")).status == 201
    assert [kept.instance_id for kept in receiver.received] == ["uuid:a"]
    assert posts(receiver) == 2


def test_a_line_that_breaks_before_the_record_is_read_ends_in_exactly_one_record(
    receiver: TrialReceiver, server: OpenRosaServer
):
    receiver.fail_next(Fault(drop=Drop.BEFORE))

    assert server.submit(row("a")).status == 201
    assert len(receiver.received) == 1


def test_a_line_that_keeps_breaking_leaves_the_outcome_open(receiver: TrialReceiver, server: OpenRosaServer):
    receiver.fail_next(Fault(drop=Drop.AFTER), Fault(drop=Drop.BEFORE))

    with pytest.raises(AnswerLost):
        server.submit(row("a"))


def test_after_a_time_out_the_same_bytes_are_sent_again(receiver: TrialReceiver):
    never = Event()
    receiver.fail_next(Fault(hold=never, status=503))
    with client(receiver, timeouts=Timeouts(connect=5, read=0.2, write=5)) as server:
        assert server.submit(row("a")).status == 201

    assert posts(receiver) == 2
    assert len(receiver.received) == 1


def test_a_409_right_after_a_lost_answer_is_tried_once_more(receiver: TrialReceiver, server: OpenRosaServer):
    receiver.fail_next(Fault(drop=Drop.AFTER), Fault(status=409, text="This submission has been deleted."))

    assert server.submit(row("a")).status == 201
    assert posts(receiver) == 3
    assert len(receiver.received) == 1


def test_a_409_while_an_earlier_outcome_is_open_is_tried_once_more(receiver: TrialReceiver, server: OpenRosaServer):
    conflict = Fault(status=409, text="This submission has been deleted.")
    receiver.fail_next(conflict)
    assert server.submit(row("a", attempts=1)).status == 201

    receiver.fail_next(conflict, conflict)
    with pytest.raises(ServerRefused, match="deleted"):
        server.submit(row("b", attempts=1))


def test_a_409_on_the_very_first_try_is_shown_at_once(receiver: TrialReceiver, server: OpenRosaServer):
    receiver.fail_next(Fault(status=409, text="This form is not currently accepting submissions."))

    with pytest.raises(ServerRefused):
        server.submit(row("a"))
    assert posts(receiver) == 1


def test_nobody_at_home_is_unreachable(receiver: TrialReceiver):
    with client(receiver) as server:
        receiver.close()
        with pytest.raises(ServerUnreachable) as nobody:
            server.check()
        assert type(nobody.value) is ServerUnreachable
        with pytest.raises(ServerUnreachable):
            server.form_list()


def test_a_server_that_goes_between_check_and_record_is_unreachable_or_open(receiver: TrialReceiver):
    with client(receiver) as server:
        server.check()
        receiver.close()
        with pytest.raises(ServerUnreachable):
            server.submit(row("a"))


def test_the_check_follows_a_location_on_the_same_host_only(receiver: TrialReceiver, server: OpenRosaServer):
    here = f"{receiver.base_url}/submission"
    receiver.fail_next(Fault(method="HEAD", location=here), Fault(method="HEAD", location=here, status=204))
    server.check()
    assert server.submit(row("a")).status == 201

    elsewhere = ("https://login.example.org/", f"http://127.0.0.1:{receiver.port + 1}/submission", "//evil.example/x")
    for location in elsewhere:
        for status in (204, 302):
            receiver.fail_next(Fault(method="HEAD", location=location, status=status))
            with pytest.raises(NotTheServer):
                server.check()


def test_a_check_that_runs_in_circles_ends(receiver: TrialReceiver, server: OpenRosaServer):
    receiver.fail_next(*[Fault(method="HEAD", location="/v1/projects/1/submission")] * 3)

    with pytest.raises(NotTheServer):
        server.check()


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault(method="HEAD", portal=True), NotTheServer),
        (Fault(method="HEAD", status=200, text="ok"), NotTheServer),
        (Fault(method="HEAD", status=503), ServerBusy),
        (Fault(method="HEAD", status=404), ServerRefused),
        (Fault(method="HEAD", drop=Drop.BEFORE), ServerUnreachable),
    ],
)
def test_the_check_takes_nothing_but_204(
    receiver: TrialReceiver, server: OpenRosaServer, fault: Fault, error: type[SyncError]
):
    receiver.fail_next(fault)

    with pytest.raises(error):
        server.check()


def test_a_record_larger_than_the_server_takes_is_not_sent():
    with TrialReceiver(accepted_length=5000) as receiver, client(receiver) as server:
        with pytest.raises(RecordTooBig) as big:
            server.submit(row("a", record("a", text="x" * 5000)))

        assert big.value.params["limit"] == 5000
        assert posts(receiver) == 0
        assert server.submit(row("b")).status == 201


def test_a_413_page_of_a_proxy_is_a_refusal_of_this_record(receiver: TrialReceiver, server: OpenRosaServer):
    server.check()
    receiver.accepted_length = 1000

    with pytest.raises(ServerRefused, match="status=413"):
        server.submit(row("a", record("a", text="x" * 5000)))


def test_every_request_carries_the_headers_of_openrosa_and_the_name_of_the_laptop(
    receiver: TrialReceiver, server: OpenRosaServer
):
    server.submit(row("a"))
    server.form_list()

    for request in receiver.requests:
        assert request.headers["x-openrosa-version"] == "1.0"
        assert request.headers["date"] == "Mon, 02 Mar 2026 09:00:00 GMT"
        assert receiver.token not in request.target
    assert [request.target for request in receiver.requests if request.method == "POST"] == [
        "/v1/projects/1/submission?deviceID=laptop-7"
    ]


def test_one_record_is_under_way_at_a_time(receiver: TrialReceiver, server: OpenRosaServer):
    server.check()
    slow = Event()
    receiver.fail_next(Fault(hold=slow))
    threads = [Thread(target=server.submit, args=(row(name),)) for name in "ab"]
    for thread in threads:
        thread.start()
    slow.set()
    for thread in threads:
        thread.join()

    assert posts(receiver) == 2
    assert {kept.instance_id for kept in receiver.received} == {"uuid:a", "uuid:b"}


def test_the_token_shows_in_no_error_log_or_repr(receiver: TrialReceiver, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    secret = receiver.token
    shown = []
    with client(receiver) as server:
        shown.append(repr(server) + repr(server._wire))
        faults = [Fault(drop=Drop.BEFORE)] * 2
        faults += [Fault(portal=True), Fault(status=400, text=f"bad {secret}"), Fault(status=503), Fault(status=401)]
        receiver.fail_next(*faults)
        for number in range(len(faults) - 1):
            with pytest.raises(SyncError) as found:
                server.submit(row(f"r{number}"))
            shown.append("".join(traceback.format_exception(found.value)) + repr(found.value))
            assert found.value.__context__ is None or isinstance(found.value.__context__, SyncError)
        receiver.close()
        with pytest.raises(SyncError) as found:
            server.check()
        shown.append("".join(traceback.format_exception(found.value)))

    assert caplog.records
    assert not any(secret in text for text in (*shown, caplog.text))


def test_proxies_of_the_computer_are_left_out_on_this_machine(receiver: TrialReceiver, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)

    with client(receiver) as server:
        assert server.submit(row("a")).status == 201
