"""Correcting after sending: each record names the one it replaces, and the centre keeps one chain for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from intake_app.bootstrap import Sender
from intake_app.domain.clock import FixedClock
from intake_app.domain.consent import ConsentCode, standing
from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.errors import RecordMissing
from intake_app.paths import resource_dir
from intake_app.services.continuing import reopen_finished
from intake_app.services.follow_up import card_of
from intake_app.services.follow_up_end import finish_follow_up
from intake_app.services.follow_up_talk import begin_follow_up, correct_follow_up
from intake_app.services.installation import ServerSettings, write_server
from intake_app.services.office import Office
from intake_app.services.withdrawal import withdraw
from intake_app.sync.trial_http import Drop, Fault
from intake_app.sync.trial_receiver import TrialReceiver
from tests.fakes.storage import InMemoryStore
from tests.services.helps import MORNING, NT1, leaves, make_office, played, told

AT_THE_END = {"alone": "two_of_us", "consent_form": "on_screen", "know_step": "yes", "status": "complete"}
REACHED = {"reached": "yes", "step_result": "not_yet", "outcome": "language_digital", "referral_arrived": "yes"}


@pytest.fixture
def receiver() -> Iterator[TrialReceiver]:
    with TrialReceiver(forms=resource_dir("forms", "compiled")) as running:
        yield running


@pytest.fixture
def office(receiver: TrialReceiver) -> Office:
    made = make_office(InMemoryStore(), FixedClock(MORNING))
    write_server(made.store, ServerSettings(receiver.base_url, receiver.token, trial=True))
    return replace(made, send_round=Sender(made.store, made.clock))


def pass_time(office: Office, **time: int) -> None:
    clock = office.clock
    assert isinstance(clock, FixedClock)
    clock.moment += timedelta(**time)


def finished(office: Office) -> tuple[ParticipantId, InstanceId]:
    conversation = played(office, NT1, practice=True)
    assert office.finish(conversation).stored
    return conversation.talk.header.participant_id, conversation.talk.instance_id


def corrected(office: Office, talk: InstanceId, **answers: str) -> InstanceId:
    pass_time(office, minutes=1)
    again = reopen_finished(office, talk)
    told(again, {**AT_THE_END, **answers})
    assert office.finish(again).stored
    return again.talk.instance_id


def chain(receiver: TrialReceiver, form_id: str) -> list[str]:
    """The records of a form in their order of arrival, each by what it replaces; they must be one chain."""
    found = [one for one in receiver.received if one.form_id == form_id]
    assert len({one.root_id for one in found}) == 1
    assert [one.deprecated_id for one in found] == ["", *[one.instance_id for one in found[:-1]]]
    return [one.instance_id for one in found]


def send_all(office: Office) -> None:
    report = office.send()
    assert report is not None
    assert (report.problem, report.failed) == ("", ())
    assert not office.outbox().waiting()


def test_a_talk_that_is_corrected_twice_is_one_chain_of_each_form(office: Office, receiver: TrialReceiver) -> None:
    _, talk = finished(office)
    send_all(office)
    second = corrected(office, talk, goal="Ik wil kok worden", call_name="Truus Anders")
    send_all(office)
    corrected(office, second, goal="Ik wil bakker worden")
    send_all(office)
    for form_id in ("intake", "participant", "plan", "status"):
        assert len(chain(receiver, form_id)) == 3, form_id
    newest = {one.form_id: leaves(one.xml) for one in receiver.received}
    assert newest["plan"]["goal"] == ["Ik wil bakker worden"]
    assert newest["participant"]["call_name"] == ["Truus Anders"]


@pytest.mark.parametrize("fault", [Fault(drop=Drop.AFTER), Fault(drop=Drop.BEFORE), Fault(status=500)])
def test_the_original_goes_before_its_edits_also_over_a_bad_line(
    office: Office, receiver: TrialReceiver, fault: Fault
) -> None:
    _, talk = finished(office)
    second = corrected(office, talk, goal="Ik wil kok worden")
    corrected(office, second, goal="Ik wil bakker worden")
    receiver.fail_next(fault, fault, fault)
    for _ in range(6):
        office.send()
        pass_time(office, hours=1)
    send_all(office)
    for form_id in ("intake", "participant", "plan", "status"):
        assert len(chain(receiver, form_id)) == 3, form_id


def test_a_plan_that_a_follow_up_renews_goes_on_in_the_chain_of_the_talk(
    office: Office, receiver: TrialReceiver
) -> None:
    who, talk = finished(office)
    corrected(office, talk, goal="Ik wil kok worden")
    pass_time(office, days=14)
    follow_up = begin_follow_up(office, who)
    told(follow_up, {**REACHED, "step_result": "done"})
    assert finish_follow_up(office, follow_up).plan is not None
    send_all(office)
    assert len(chain(receiver, "plan")) == 3


def test_a_follow_up_is_corrected_as_an_edit_and_counts_once(office: Office, receiver: TrialReceiver) -> None:
    who, _ = finished(office)
    pass_time(office, days=14)
    follow_up = begin_follow_up(office, who)
    told(follow_up, REACHED)
    assert finish_follow_up(office, follow_up).stored
    send_all(office)
    before = card_of(office.store, who)
    pass_time(office, days=1)
    again = correct_follow_up(office, who)
    assert again.talk.answers.text("outcome") == "language_digital"
    told(again, {"outcome": "work"})
    assert finish_follow_up(office, again).stored
    send_all(office)
    assert len(chain(receiver, "follow_up")) == 2
    newest = [leaves(one.xml) for one in receiver.received if one.form_id == "follow_up"][-1]
    assert any("work" in texts for texts in newest.values())
    card = card_of(office.store, who)
    assert card is not None
    assert before is not None
    assert (card.spoken_on, card.missed, card.steps) == (before.spoken_on, before.missed, before.steps)
    with office.store.unit_of_work() as uow:
        talks = [one for one in uow.follow_ups.list() if one.form_id == "follow_up"]
    assert [one.instance_id for one in talks] == [again.talk.instance_id]


def test_a_correction_that_waits_goes_after_its_original(office: Office, receiver: TrialReceiver) -> None:
    who, _ = finished(office)
    pass_time(office, days=14)
    follow_up = begin_follow_up(office, who)
    told(follow_up, REACHED)
    finish_follow_up(office, follow_up)
    pass_time(office, minutes=5)
    again = correct_follow_up(office, who)
    told(again, {"outcome": "work"})
    finish_follow_up(office, again)
    send_all(office)
    assert len(chain(receiver, "follow_up")) == 2


def test_without_a_follow_up_there_is_nothing_to_correct(office: Office) -> None:
    who, _ = finished(office)
    with pytest.raises(RecordMissing):
        correct_follow_up(office, who)


def test_talk_and_follow_up_take_turns_in_one_chain_of_counts(office: Office, receiver: TrialReceiver) -> None:
    who, talk = finished(office)
    pass_time(office, days=14)
    follow_up = begin_follow_up(office, who)
    told(follow_up, {**REACHED, "consent_stats": "yes", "target_group": "jobseeker_distance"})
    assert finish_follow_up(office, follow_up).stored
    send_all(office)
    corrected(office, talk, goal="Ik wil kok worden")
    send_all(office)
    pass_time(office, days=1)
    follow_up = begin_follow_up(office, who)
    told(follow_up, {"reached": "yes", "outcome": "work"})
    assert finish_follow_up(office, follow_up).stored
    send_all(office)
    counts = [one for one in receiver.received if one.form_id == "status" and b"<kind>talk<" in one.xml]
    assert [one.deprecated_id for one in counts] == ["", *[one.instance_id for one in counts[:-1]]]
    assert len(counts) == 4
    assert not receiver.entities.errors


def test_a_correction_asks_nothing_again_that_was_taken_back_since(office: Office) -> None:
    who, _ = finished(office)
    pass_time(office, days=14)
    follow_up = begin_follow_up(office, who)
    told(follow_up, {**REACHED, "consent_stats": "yes", "target_group": "jobseeker_distance"})
    finish_follow_up(office, follow_up)
    withdraw(office, who, ConsentCode.COUNTING)
    pass_time(office, minutes=5)
    again = correct_follow_up(office, who)
    told(again, {"outcome": "work"})
    assert finish_follow_up(office, again).stored
    with office.store.unit_of_work() as uow:
        assert ConsentCode.COUNTING not in standing(uow.consents.of(who))
    counts = [leaves(item.xml) for item in office.outbox().waiting() if item.form_id == "status"]
    assert not {"outcome", "guided"} & set(counts[-1])
