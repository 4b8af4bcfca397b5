"""The receiver behaves as ODK Central does where a client can tell, and never poses as one."""

import gzip
from pathlib import Path
from threading import Event, Thread

import httpx
import pytest

from intake_app.errors import FileMissing, PortInUse, UnsafeXml
from intake_app.sync.openrosa import OpenRosaServer
from intake_app.sync.trial_http import Fault, read_multipart
from intake_app.sync.trial_receiver import TrialReceiver
from intake_app.sync.trial_rules import TrialCentral, read_envelope
from tests.sync.helps import client, edit, raw_post, record, row

MULTIPART = "multipart/form-data; boundary=cut"
FIELD = 'Content-Disposition: form-data; name="{name}"{file}\r\nContent-Type: text/xml\r\n\r\n'


def multipart(xml: bytes, *, name: str = "xml_submission_file", file: str = '; filename="a.xml"') -> bytes:
    return b"--cut\r\n" + FIELD.format(name=name, file=file).encode() + xml + b"\r\n--cut--\r\n"


def test_it_says_in_its_answers_that_it_is_no_production_server(receiver: TrialReceiver, server: OpenRosaServer):
    assert "no production server" in server.submit(row("a")).text
    page = httpx.get(receiver.host_url + "/", trust_env=False)
    assert "no production server" in page.text
    assert page.headers["x-trial-receiver"] == "trial receiver, no production server"


def test_it_listens_on_this_machine_only(receiver: TrialReceiver):
    assert receiver.host_url.startswith("http://127.0.0.1:")
    assert receiver._server.server_address[0] == "127.0.0.1"


@pytest.mark.parametrize("method", ["HEAD", "GET", "POST"])
def test_a_call_without_the_openrosa_version_is_refused(receiver: TrialReceiver, method: str):
    path = "formList" if method == "GET" else "submission"
    headers = {"Authorization": f"Bearer {receiver.token}"}

    answer = httpx.request(method, f"{receiver.base_url}/{path}", headers=headers, trust_env=False)

    assert answer.status_code == 400
    assert "x-openrosa-accept-content-length" not in answer.headers


@pytest.mark.parametrize(
    "place", ["/v1/key/{token}/projects/1/submission", "/v1/projects/1/submission?st={token}"], ids=["path", "query"]
)
def test_the_token_may_also_stand_in_the_address_as_other_clients_do(receiver: TrialReceiver, place: str):
    url = receiver.host_url + place.format(token=receiver.token)

    answer = httpx.head(url, headers={"X-OpenRosa-Version": "1.0"}, trust_env=False)

    assert answer.status_code == 204
    assert answer.headers["x-openrosa-accept-content-length"] == "100000000"


@pytest.mark.parametrize(
    "body",
    [multipart(record("a"), name="other"), multipart(record("a"), file="")],
    ids=["no-part", "no-filename"],
)
def test_the_record_must_be_a_part_with_a_file_name(receiver: TrialReceiver, body: bytes):
    answer = raw_post(receiver, body, MULTIPART)

    assert answer.status_code == 400
    assert "Required multipart POST field xml_submission_file missing" in answer.text


def test_a_cut_off_or_zipped_request_is_refused_in_json(receiver: TrialReceiver):
    whole = multipart(record("a"))

    cut_off = raw_post(receiver, whole[:-20], MULTIPART)
    zipped = raw_post(receiver, gzip.compress(whole), MULTIPART, **{"Content-Encoding": "gzip"})

    for answer in (cut_off, zipped):
        assert answer.status_code == 400
        assert answer.json()["code"] == 400.39
    assert receiver.received == ()


def test_bytes_that_are_not_utf_8_are_an_internal_error_in_json(receiver: TrialReceiver):
    answer = raw_post(receiver, multipart(b'<data id="intake">\xff</data>'), MULTIPART)

    assert (answer.status_code, answer.json()) == (500, {"message": "Internal Server Error"})


def test_as_central_it_keeps_a_cut_off_record_and_invents_a_missing_id(receiver: TrialReceiver):
    assert raw_post(receiver, multipart(record("a")[:-9]), MULTIPART).status_code == 201
    for _ in range(2):
        assert raw_post(receiver, multipart(b'<data id="intake"/>'), MULTIPART).status_code == 201

    ids = [kept.instance_id for kept in receiver.received]
    assert ids[0] == "uuid:a"
    assert len(set(ids)) == 3


def test_a_part_holds_its_bytes_unchanged():
    content = b"\r\n--cutter\r\n\x00\xff<x/>\r\n"

    assert read_multipart(MULTIPART, multipart(content)) == {"xml_submission_file": content}


def test_an_original_may_not_come_back_after_its_edit_was_sent_but_the_edit_may():
    central = TrialCentral()
    original, changed = record("a"), record("b", replaces="a")
    assert [central.submit(xml).status for xml in (original, changed, changed, original)] == [201, 201, 201, 409]
    assert central.submit(changed + b" ").status == 409


def test_a_deleted_record_may_not_come_back_nor_be_edited():
    central = TrialCentral()
    central.submit(record("a"))
    central.delete("uuid:a")

    assert central.submit(record("a")).status == 409
    assert central.submit(record("b", replaces="a")).status == 404
    assert central.received == ()


def test_the_slower_of_two_equal_requests_hears_a_409_and_a_later_one_201(receiver: TrialReceiver):
    gate, outcomes = Event(), []
    receiver.fail_next(Fault(hold=gate))
    with client(receiver) as first, client(receiver) as second:
        slow = Thread(target=lambda: outcomes.append(first.submit(row("a")).status))
        slow.start()
        answer = None
        while answer is None or answer.status_code == 201:
            # until the first request has begun there is nothing to lose against
            if any(request.method == "POST" for request in receiver.requests):
                answer = raw_post(receiver, multipart(record("a")), MULTIPART)
        gate.set()
        slow.join()
        assert second.submit(row("a")).status == 201

    assert answer.status_code == 409
    assert "This submission has been deleted" in answer.text
    assert outcomes == [201]
    assert len(receiver.received) == 1


def test_a_folder_keeps_what_came_in_under_harmless_names(tmp_path: Path):
    with TrialReceiver(keep_in=tmp_path / "in") as receiver, client(receiver) as server:
        name = "../../evil"
        server.submit(row(name))
        server.submit(row("b"))
        server.submit(edit("c", "b"))

    files = list((tmp_path / "in").iterdir())
    assert sorted(file.read_bytes() for file in files) == sorted([record(name), record("b"), record("c", replaces="b")])
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_a_port_in_use_a_missing_folder_and_a_form_with_entities_are_said_clearly(
    receiver: TrialReceiver, tmp_path: Path
):
    with pytest.raises(PortInUse, match=str(receiver.port)):
        TrialReceiver(port=receiver.port)
    with pytest.raises(FileMissing):
        TrialReceiver(forms=tmp_path / "nowhere")
    (tmp_path / "bad.xml").write_text('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(UnsafeXml, match=r"bad\.xml"):
        TrialReceiver(forms=tmp_path)


def test_a_document_type_in_a_record_is_not_followed():
    bomb = b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><data id="x">&b;</data>'

    assert read_envelope(bomb).form_id == ""


def test_closing_breaks_lines_that_are_still_waiting(receiver: TrialReceiver):
    receiver.fail_next(Fault(hold=Event()))
    outcomes: list[BaseException | int] = []

    def send() -> None:
        try:
            outcomes.append(raw_post(receiver, multipart(record("a")), MULTIPART).status_code)
        except httpx.TransportError as error:
            outcomes.append(error)

    thread = Thread(target=send)
    thread.start()
    while not receiver.requests:
        thread.join(0.005)
    receiver.close()
    thread.join()

    assert len(outcomes) == 1
