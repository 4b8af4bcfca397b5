"""The valve on sending, what the last rounds left, requests that the centre answers by deleting, what a record says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake_app.domain.consent import ConsentCode
from intake_app.domain.ids import FormId, FormVersion, InstanceId
from intake_app.domain.instance import OutboxItem, Receipt, RecordFile
from intake_app.domain.keeping import DataRequest
from intake_app.errors import ServerUnreachable
from intake_app.services.installation import ServerSettings, write_server
from intake_app.services.office import Office
from intake_app.services.sending import Valve, last_rounds, pause_sending, read_valve, send_during_talks
from intake_app.services.sent_content import content_of
from intake_app.services.submissions import Outbox, queue
from intake_app.sync.worker import run_once
from intake_app.xforms.api import FormEntry, leaves, serialize
from tests.fakes import records
from tests.services.helps import make_office

REAL = ServerSettings("https://central.example.org/v1/projects/1", "geheim")
XML = "<data xmlns:orx='http://openrosa.org/xforms'><orx:meta><orx:instanceID>{}</orx:instanceID></orx:meta></data>"
DELETED = "This submission has been deleted. You may not resubmit it."


class Server:
    """Takes everything; `unreachable` after so many."""

    def __init__(self, takes: int = 99) -> None:
        self.takes = takes
        self.asked: list[str] = []

    def check(self) -> None:
        self.asked.append("check")

    def submit(self, item: OutboxItem) -> Receipt:
        if not self.takes:
            raise ServerUnreachable(host="central.example.org")
        self.takes -= 1
        self.asked.append(item.instance_id)
        return records.receipt(item.instance_id)


@pytest.fixture
def office() -> Office:
    office = replace(make_office(), valve=Valve())
    write_server(office.store, REAL)
    with office.store.unit_of_work() as uow:
        uow.participants.add(records.participant())
        for name in ("uuid:a", "uuid:b", "uuid:c"):
            uow.outbox.add(records.item(name, xml=XML.format(name).encode()))
        uow.commit()
    return office


def test_what_is_taken_back_while_others_go_is_not_sent_however_many_were_marked(office: Office) -> None:
    outbox = Outbox(office.store)
    names = [InstanceId(name) for name in ("uuid:a", "uuid:b", "uuid:c")]
    outbox.keep((), tuple(outbox.load_some(names).values()))
    assert outbox.still_waiting(names) == set(names)

    with office.store.unit_of_work() as uow:
        for name in names[1:]:
            uow.outbox.remove(name)
        uow.commit()
    assert [bool(outbox.still_waiting((name,))) for name in names] == [True, False, False]


def sending(office: Office, server: Server) -> Office:
    def once(outbox: Outbox) -> object:
        return run_once(outbox, server, records.NOON, asked_by_person=True, paused=outbox.held)

    office.send_round = once
    return office


def test_a_pause_outlives_the_program_and_touches_no_network(office: Office) -> None:
    server = Server()
    pause_sending(sending(office, server), True)
    report = office.send()

    assert (report.paused, report.waiting, server.asked) == (True, 3, [])
    assert read_valve(office.store).paused
    pause_sending(office, False)
    assert len(office.send().sent) == 3
    assert not read_valve(office.store).paused


def test_nothing_leaves_during_a_talk_unless_that_is_allowed(office: Office) -> None:
    server = Server()
    sending(office, server).valve.talking = lambda: True
    assert office.send().paused
    assert server.asked == []

    send_during_talks(office, True)

    assert len(office.send().sent) == 3
    assert read_valve(office.store).during_talks


def test_a_talk_that_begins_stops_the_rest_of_the_queue(office: Office) -> None:
    server = Server()
    sending(office, server).valve.talking = lambda: "uuid:a" in server.asked

    report = office.send()

    assert (report.sent, report.waiting, report.paused) == (("uuid:a",), 2, True)
    with office.store.unit_of_work() as uow:
        assert [item.attempts for item in uow.outbox.waiting()] == [0, 0]


def test_the_last_good_round_and_the_last_trouble_are_remembered(office: Office) -> None:
    assert last_rounds(office.store).good_at is None
    sending(office, Server(takes=1)).send()
    told = last_rounds(office.store)
    assert (told.good_at, told.problem, told.params) == (
        None, "server_unreachable", {"host": "central.example.org"},
    )  # fmt: skip

    sending(office, Server()).send()

    told = last_rounds(office.store)
    assert (told.good_at, told.problem) == (office.clock.now(), "")


def test_the_count_of_what_went_is_there_while_it_goes(office: Office) -> None:
    sending(office, Server()).send()

    assert office.valve.gone == 3


@pytest.mark.parametrize(("kind", "done"), [("withdrawal", True), ("deletion", True), ("correction", False)])
def test_deleted_at_the_centre_is_the_answer_to_who_asked_for_it(office: Office, kind: str, done: bool) -> None:
    request = DataRequest(
        InstanceId("uuid:r"), records.participant().number, "uuid:a", kind, records.NOON, ConsentCode.CENTRAL
    )
    with office.store.unit_of_work() as uow:
        uow.rights.ask(request)
        uow.commit()

    office.outbox().keep((Receipt(InstanceId("uuid:a"), 409, DELETED, records.NOON),), ())

    with office.store.unit_of_work() as uow:
        assert [one.done_at for one in uow.rights.requests()] == [records.NOON if done else None]


def test_a_receipt_of_another_kind_is_no_answer_to_a_request(office: Office) -> None:
    request = DataRequest(InstanceId("uuid:r"), records.participant().number, "uuid:a", "deletion", records.NOON)
    with office.store.unit_of_work() as uow:
        uow.rights.ask(request)
        uow.commit()

    office.outbox().keep((records.receipt("uuid:a"), Receipt(InstanceId("uuid:b"), 409, DELETED, records.NOON)), ())

    with office.store.unit_of_work() as uow:
        assert [one.done_at for one in uow.rights.requests()] == [None]


def test_what_a_record_says_is_every_leaf_of_its_bytes_in_dutch(office: Office) -> None:
    form = office.forms["intake"]
    entry = FormEntry.new(form)
    question = next(
        view for view in entry.nodes() if view.control == "select1" and view.relevant and view.choices and view.label
    )
    entry.set_value(question.ref, question.choices[0].value)
    xml = serialize(entry)
    item = replace(
        records.item("uuid:full", xml=xml), form_id=FormId("intake"), form_version=FormVersion(form.version),
        files=(RecordFile("stem.m4a", b"x" * 4000),),
    )  # fmt: skip
    with office.store.unit_of_work() as uow:
        queue(uow, item)
        uow.commit()

    content = content_of(office, InstanceId("uuid:full"))

    assert len(content.lines) == len(leaves(xml))
    told = {line.question: line.answer for line in content.lines if line.question}
    assert told[entry.label(question.ref, "nl")] == question.choices[0].label
    assert content.files == (("stem.m4a", 4000),)
    assert not content.locked


def test_bytes_of_a_form_that_nobody_knows_are_told_as_they_are(office: Office) -> None:
    xml = b'<data id="tuin" version="9"><a>appel</a><b/><c><d>peer</d></c></data>'
    with office.store.unit_of_work() as uow:
        uow.outbox.add(replace(records.item("uuid:t", xml=xml), form_id=FormId("tuin")))
        uow.commit()

    assert [(line.name, line.answer) for line in content_of(office, InstanceId("uuid:t")).lines] == [
        ("a", "appel"), ("d", "peer"),
    ]  # fmt: skip
