"""Everything that goes over the line while a whole talk is sent, byte by byte: nothing that nobody agreed to."""

import re
from collections.abc import Iterator

import pytest

from benchmarks.syncing.bad_line import BadLine
from intake_app.bootstrap import Sender
from intake_app.services.installation import ServerSettings, write_server
from intake_app.services.office import Office
from intake_app.services.rehearsal import Rehearsal, Script
from intake_app.sync.trial_receiver import TrialReceiver
from tests.fakes.places import settle
from tests.services.helps import WORKER, make_office

NAME, PHONE = "Truus Verzonnen", "0612345678"
TOKEN = re.compile(rb"^authorization: Bearer (\S+)\r?$", re.IGNORECASE | re.MULTILINE)


@pytest.fixture
def receiver() -> Iterator[TrialReceiver]:
    with TrialReceiver() as receiver:
        yield receiver


def sent(receiver: TrialReceiver, **answers: object) -> tuple[Office, bytes, list[bytes]]:
    """A talk with these answers finished and sent; the office, all bytes of the log, and the requests."""
    office = make_office()
    office.send_round = Sender(office.store, office.clock)
    with BadLine(receiver.port) as line:
        address = receiver.base_url.replace(str(receiver.port), str(line.port))
        settle(office.store)
        write_server(office.store, ServerSettings(address, receiver.token))
        conversation = office.begin_talk()
        Rehearsal(conversation, Script("a talk", {**WORKER.answers, **answers})).play()
        office.finish(conversation)
        report = office.send()
        assert report is not None
        assert report.problem == ""
    return office, b"".join((*line.requests, *line.answers)), line.requests


def test_without_consent_to_send_no_byte_of_the_talk_goes_over_the_line(receiver: TrialReceiver):
    office, log, _ = sent(receiver, consent_central="no")

    with office.store.unit_of_work() as uow:
        person = uow.participants.list()[0]
    for word in (NAME, PHONE, person.number, "Kok"):
        assert word.encode() not in log
    assert b'id="intake"' not in log


def test_without_consent_to_contact_the_number_of_the_phone_is_nowhere(receiver: TrialReceiver):
    _, log, _ = sent(receiver, consent_contact="no")

    assert b'id="intake"' in log
    assert PHONE.encode() not in log


def test_with_all_consents_the_talk_itself_still_holds_no_name_and_no_phone(receiver: TrialReceiver):
    _, _, requests = sent(receiver)

    talks = [request for request in requests if b'id="intake"' in request]
    assert len(talks) == 1
    assert NAME.encode() not in talks[0]
    assert PHONE.encode() not in talks[0]
    assert sum(PHONE.encode() in request for request in requests) == 1


def test_what_goes_over_the_line_is_what_was_frozen_and_nothing_else(receiver: TrialReceiver):
    office, _, requests = sent(receiver)

    with office.store.unit_of_work() as uow:
        frozen = [one.released_xml for one in uow.instances.list() if one.released_xml]
    posted = [request for request in requests if request.startswith(b"POST")]
    assert len(posted) == len(frozen)
    for xml in frozen:
        assert sum(xml in request for request in posted) == 1
    for request in posted:
        bodies = [part for part in frozen if part in request]
        assert len(request) - len(bodies[0]) < 1000


def test_the_token_is_in_a_header_and_in_no_address(receiver: TrialReceiver):
    _, log, requests = sent(receiver)

    secret = receiver.token.encode()
    for request in requests:
        first_line, _, rest = request.partition(b"\r\n")
        assert secret not in first_line
        assert TOKEN.findall(rest) == [secret]
    assert log.count(secret) == len(requests)
