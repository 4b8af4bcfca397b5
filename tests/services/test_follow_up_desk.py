"""A correction of a follow-up that came too late: both versions at the desk, and one record at the centre after it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from intake_app.bootstrap import Sender
from intake_app.domain.clock import FixedClock
from intake_app.domain.consent import ConsentCode
from intake_app.domain.ids import ParticipantId
from intake_app.errors import CentreRecordOther, DiskFull, EventRefused, RecordMissing
from intake_app.paths import resource_dir
from intake_app.services.centre_file import meet_centre_record
from intake_app.services.differences import HERE, THERE
from intake_app.services.finalize import FinalizeOutcome
from intake_app.services.follow_up import card_of
from intake_app.services.follow_up_desk import FollowUpDesk, desk_of, follow_up_meetings
from intake_app.services.follow_up_end import finish_follow_up, move_follow_up
from intake_app.services.follow_up_talk import begin_follow_up, correct_follow_up
from intake_app.services.housekeeping import clear_due, trust_clock
from intake_app.services.installation import ServerSettings, write_server
from intake_app.services.meeting import Meeting
from intake_app.services.office import Office
from intake_app.services.overtaken import overtaken_edits
from intake_app.services.rights import copy_of
from intake_app.services.withdrawal import withdraw
from intake_app.sync.trial_receiver import TrialReceiver
from tests.fakes.storage import InMemoryStore
from tests.services.helps import MORNING, NT1, FullDiskStore, leaves, make_office, played, told

REACHED = {"reached": "yes", "step_result": "busy", "outcome": "language_digital", "next_step": "Ik bel het Taalhuis"}
LANGUAGE, WORK, VOLUNTEER = "Les in taal of computer", "Betaald werk", "Vrijwilligerswerk"


@dataclass
class Laptop:
    """One laptop with the person, its card and its follow-ups."""

    office: Office
    who: ParticipantId

    def pass_time(self, **time: int) -> None:
        assert isinstance(self.office.clock, FixedClock)
        self.office.clock.moment += timedelta(**time)

    def follow_up(self, **answers: str) -> None:
        begun = begin_follow_up(self.office, self.who)
        told(begun, {**REACHED, **answers})
        assert finish_follow_up(self.office, begun).stored

    def correct(self, **answers: str) -> None:
        self.pass_time(minutes=7)
        again = correct_follow_up(self.office, self.who)
        told(again, answers)
        assert finish_follow_up(self.office, again).stored

    def send(self) -> set[str]:
        report = self.office.send()
        assert report is not None
        return {one.code for one in report.failed}

    def settle(self, met: Meeting, side: str = HERE, **sides: str) -> FinalizeOutcome:
        """One side for every question, another for those whose ref holds the word."""
        self.pass_time(minutes=7)
        desk = desk_of(self.office, met.participant_id, met.name)
        for one in desk.meeting().differences:
            desk.choose(one.key, next((chosen for word, chosen in sides.items() if word in one.key), side))
        return desk.settle()

    def waiting(self) -> set[str]:
        return {item.last_problem for item in self.office.outbox().waiting()}


@dataclass
class Two:
    """One laptop and a copy of it that was put back elsewhere, and the centre."""

    receiver: TrialReceiver
    here: Laptop
    there: Laptop

    def at_centre(self, form_id: str) -> list[bytes]:
        """The versions of the record that was begun last; one unbroken line."""
        found = [one for one in self.receiver.received if one.form_id == form_id and b"<kind>caseload<" not in one.xml]
        mine = [one for one in found if one.root_id == found[-1].root_id]
        assert [one.deprecated_id for one in mine] == ["", *[one.instance_id for one in mine[:-1]]]
        return [one.xml for one in mine]

    def newest(self, form_id: str) -> dict[str, list[str]]:
        return leaves(self.at_centre(form_id)[-1])

    def meet(self, laptop: Laptop, *form_ids: str) -> list[Meeting]:
        """The Werkcentrum gives the records that stand there, and they are opened on this laptop."""
        return [meet_centre_record(laptop.office, self.at_centre(form_id)[-1]) for form_id in form_ids]


def office_over(store: InMemoryStore, receiver: TrialReceiver, moment: FixedClock) -> Office:
    office = make_office(store, moment)
    write_server(store, ServerSettings(receiver.base_url, receiver.token, trial=True))
    return replace(office, send_round=Sender(store, office.clock))


@pytest.fixture
def receiver() -> Iterator[TrialReceiver]:
    with TrialReceiver(forms=resource_dir("forms", "compiled")) as running:
        yield running


@pytest.fixture
def two(receiver: TrialReceiver) -> Two:
    store = FullDiskStore()
    office = office_over(store, receiver, FixedClock(MORNING))
    talk = played(office, NT1, practice=True)
    assert office.finish(talk).stored
    here = Laptop(office, talk.talk.header.participant_id)
    here.pass_time(days=14)
    here.follow_up()
    assert not here.send()
    copied = FullDiskStore()
    copied.contents = copy.deepcopy(store.contents)
    there = office_over(copied, receiver, FixedClock(office.clock.now()))
    return Two(receiver, here, Laptop(there, here.who))


@pytest.fixture
def late(two: Two) -> Two:
    """The other laptop was first."""
    two.there.correct(outcome="work")
    assert not two.there.send()
    two.here.pass_time(hours=1)
    two.here.correct(outcome="volunteer")
    assert two.here.send() == {"edit_out_of_date"}
    return two


# ------------------------------------------------------------------ both versions, and a choice
def test_a_correction_that_came_too_late_is_named_with_what_has_to_be_asked_for(late: Two) -> None:
    found = overtaken_edits(late.here.office)
    assert [(one.form_id, one.meeting, one.settled) for one in found] == [
        ("follow_up", "", False),
        ("status", "", False),
    ]
    assert {one.participant_id for one in found} == {late.here.who}
    (met,) = late.meet(late.here, "follow_up")
    assert [one.meeting for one in overtaken_edits(late.here.office)] == [met.name, ""]


def test_both_versions_stand_in_plain_words_with_who_changed_what(late: Two) -> None:
    (met,) = late.meet(late.here, "follow_up")
    assert (met.form_id, met.held_on) == ("follow_up", date(2027, 3, 15))
    (one,) = met.differences
    assert (one.question, one.here, one.there) == ("Wat doet u nu?", VOLUNTEER, WORK)
    assert one.changed_here
    assert met.beside == ()


def test_what_only_the_centre_changed_is_no_conflict_of_both(two: Two) -> None:
    two.there.correct(outcome="work")
    two.there.send()
    two.here.correct(closed="yes")
    two.here.send()
    (met,) = two.meet(two.here, "follow_up")
    assert [(one.question, one.changed_here) for one in met.differences] == [("Wat doet u nu?", False)]


@pytest.mark.parametrize(("side", "outcome"), [(HERE, "volunteer"), (THERE, "work")])
def test_what_is_settled_follows_on_what_stands_at_the_centre(late: Two, side: str, outcome: str) -> None:
    talk, _ = late.meet(late.here, "follow_up", "status")
    assert not late.here.settle(talk, side).held
    assert not late.here.send()
    assert late.here.office.outbox().waiting() == ()
    assert overtaken_edits(late.here.office) == ()
    assert follow_up_meetings(late.here.office) == ()
    assert len(late.at_centre("follow_up")) == 3
    assert late.newest("follow_up")["u03_outcome"] == [outcome]
    assert not late.receiver.entities.errors


def test_in_whatever_order_the_two_records_come(late: Two) -> None:
    (talk,) = late.meet(late.here, "follow_up")
    outcome = late.here.settle(talk, THERE)
    assert (len(outcome.queued), len(outcome.held)) == (1, 1)
    assert not late.here.send()
    assert [one.form_id for one in overtaken_edits(late.here.office)] == ["status"]
    (counts,) = late.meet(late.here, "status")
    assert counts.differences == ()
    assert not late.here.settle(counts).held
    assert not late.here.send()
    assert late.here.office.outbox().waiting() == ()
    assert len(late.at_centre("status")) == 4


def test_each_answer_is_chosen_by_itself(two: Two) -> None:
    two.there.correct(outcome="work", step_result="dropped")
    two.there.send()
    two.here.correct(outcome="volunteer", step_result="done", step_done_date="2027-03-10")
    two.here.send()
    talk, _ = two.meet(two.here, "follow_up", "status")
    shown = {one.question: (one.here, one.there) for one in talk.differences}
    assert shown["Wat doet u nu?"] == (VOLUNTEER, WORK)
    assert shown["Hoe gaat het met deze stap? – Ik ga langs bij het Werkcentrum"] == (
        "Klaar · woensdag 10 maart 2027", "Gaat niet door",
    )  # fmt: skip
    two.here.settle(talk, HERE, outcome=THERE)
    assert not {"answer_lost", "edit_unknown"} & two.here.send()
    newest = two.newest("follow_up")
    assert (newest["u03_outcome"], newest["u02_steps"]) == (["work"], ["done"])
    assert newest["u02b_done_date"] == ["2027-03-10"]


def test_own_words_may_take_the_place_of_both(two: Two) -> None:
    two.there.correct(next_step="Ik schrijf mij in")
    two.there.send()
    two.here.correct(next_step="Ik vraag het mijn zus")
    two.here.send()
    (talk,) = two.meet(two.here, "follow_up")
    (one,) = talk.differences
    assert (one.here, one.there) == ("Ik vraag het mijn zus", "Ik schrijf mij in")
    two.here.settle(talk, THERE)
    two.here.send()
    assert two.newest("follow_up")["u07_next"] == ["Ik schrijf mij in"]


def test_an_answer_whose_question_is_not_asked_any_more_is_passed_over(two: Two) -> None:
    two.there.correct(reached="no")
    two.there.send()
    two.here.correct(outcome="volunteer")
    two.here.send()
    (talk,) = two.meet(two.here, "follow_up")
    assert not any(one.idle for one in talk.differences)
    desk = desk_of(two.here.office, two.here.who, talk.name)
    desk.choose("/data/u01_reached", THERE)
    after = desk.meeting()
    assert (after.left, [one.idle for one in after.differences]) == (0, [False, True, True, True])
    assert desk.choices().idle == {one.key for one in after.differences[1:]}
    desk.undo()
    assert desk.meeting().left == 4
    desk.choose("/data/u01_reached", THERE)
    two.here.pass_time(minutes=7)
    desk.settle()
    two.here.send()
    newest = two.newest("follow_up")
    assert newest["u01_reached"] == ["no"]
    assert "u03_outcome" not in newest


@pytest.mark.parametrize(("side", "step"), [(HERE, "Ik vraag het mijn zus"), (THERE, "Ik schrijf mij in")])
def test_counts_and_plan_that_were_opened_too_follow_with_the_talk_in_one_go(two: Two, side: str, step: str) -> None:
    two.there.correct(next_step="Ik schrijf mij in")
    two.there.send()
    two.here.correct(next_step="Ik vraag het mijn zus")
    two.here.send()
    assert [one.form_id for one in overtaken_edits(two.here.office)] == ["follow_up", "status", "plan"]
    talk, _, plan = two.meet(two.here, "follow_up", "status", "plan")
    assert [(one.here, one.there) for one in plan.beside] == [("Ik vraag het mijn zus", "Ik schrijf mij in")]
    assert not two.here.settle(talk, side).held
    assert follow_up_meetings(two.here.office) == ()
    assert not two.here.send()
    assert two.here.office.outbox().waiting() == ()
    assert two.newest("plan")["step_label"][-1] == step
    assert [len(two.at_centre(form_id)) for form_id in ("follow_up", "status", "plan")] == [3, 4, 4]
    with two.here.office.store.unit_of_work() as uow:
        made = [one.plan_number[-2:] for one in uow.plans.of_participant(two.here.who)]
    assert made == ["-1", "-2", "-3", *(["-4"] if side == THERE else [])]


def test_a_plan_by_itself_keeps_the_steps_of_the_follow_up(two: Two) -> None:
    two.there.correct(next_step="Ik schrijf mij in")
    two.there.send()
    two.here.correct(next_step="Ik vraag het mijn zus")
    two.here.send()
    (talk,) = two.meet(two.here, "follow_up")
    assert len(two.here.settle(talk, HERE).held) == 1
    assert [one.form_id for one in overtaken_edits(two.here.office)] == ["status", "plan"]
    for form_id in ("plan", "status"):
        two.here.settle(two.meet(two.here, form_id)[0])
    assert not two.here.send()
    assert two.here.office.outbox().waiting() == ()
    assert two.newest("plan")["step_label"][-1] == "Ik vraag het mijn zus"


def test_a_correction_that_leaves_the_steps_as_they_are_makes_no_plan(two: Two) -> None:
    two.here.correct(outcome="work")
    assert not two.here.send()
    assert len(two.at_centre("plan")) == 2


def test_a_choice_that_is_still_open_holds_everything_as_it_was(late: Two) -> None:
    (talk,) = late.meet(late.here, "follow_up")
    waiting = late.here.office.outbox().waiting()
    with pytest.raises(EventRefused):
        FollowUpDesk(late.here.office, talk.participant_id, talk.name).settle()
    assert late.here.office.outbox().waiting() == waiting


# ------------------------------------------------------------------ nothing is lost
def test_both_answers_stay_with_what_was_settled_and_in_the_copy_for_the_person(late: Two) -> None:
    (talk,) = late.meet(late.here, "follow_up")
    late.here.settle(talk, HERE)
    (kept,) = follow_up_meetings(late.here.office, settled=True)
    desk = desk_of(late.here.office, late.here.who, kept.name)
    assert [(one.here, one.there, one.choice) for one in desk.meeting().differences] == [(VOLUNTEER, WORK, HERE)]
    elsewhere = copy_of(late.here.office, late.here.who).elsewhere
    assert any(answer.answer_nl == WORK for place in elsewhere for answer in place.answers)


def test_a_correction_of_a_correction_that_came_too_late_is_held_and_loses_no_word(late: Two) -> None:
    late.here.correct(outcome="education")
    posted = [one.target for one in late.receiver.requests if one.method == "POST"]
    assert late.here.send() == set()
    assert [one.target for one in late.receiver.requests if one.method == "POST"] == posted
    assert late.here.waiting() == {"edit_out_of_date"}
    assert len(late.here.office.outbox().waiting()) == 2
    (talk,) = late.meet(late.here, "follow_up")
    assert [(one.here, one.there) for one in talk.differences] == [("Een opleiding of lange cursus", WORK)]
    late.here.settle(talk, HERE)
    assert not late.here.send()
    assert late.newest("follow_up")["u03_outcome"] == ["education"]
    assert len(late.at_centre("follow_up")) == 3


def test_a_correction_that_is_under_way_gets_the_choices_and_follows_when_it_is_finished(late: Two) -> None:
    late.here.pass_time(minutes=5)
    again = correct_follow_up(late.here.office, late.here.who)
    told(again, {"closed": "yes"})
    (talk,) = late.meet(late.here, "follow_up")
    outcome = late.here.settle(talk, THERE)
    assert outcome.kept_open
    assert [one.settled for one in overtaken_edits(late.here.office)] == [True, False]
    going_on = begin_follow_up(late.here.office, late.here.who)
    assert (going_on.talk.answers.text("outcome"), going_on.talk.answers.text("closed")) == ("work", "yes")
    finish_follow_up(late.here.office, going_on)
    assert not late.here.send()
    newest = late.newest("follow_up")
    assert (newest["u03_outcome"], newest["u07c_closed"]) == (["work"], ["yes"])


def test_words_that_were_typed_stay_when_a_newer_version_comes(two: Two) -> None:
    two.there.correct(outcome="work")
    two.there.send()
    two.here.correct(outcome="volunteer")
    two.here.send()
    (first,) = two.meet(two.here, "follow_up")
    key = first.differences[0].key
    desk_of(two.here.office, two.here.who, first.name).type(key, "half getypt")
    two.there.correct(outcome="education")
    two.there.send()
    (newer,) = two.meet(two.here, "follow_up")
    assert [one.name for one in follow_up_meetings(two.here.office)] == [newer.name]
    assert [(one.there, one.own) for one in newer.differences] == [("Een opleiding of lange cursus", "half getypt")]
    two.here.settle(newer, THERE)
    two.here.send()
    assert len(two.at_centre("follow_up")) == 4


def test_when_the_disk_is_full_nothing_has_changed_and_it_works_the_next_time(late: Two) -> None:
    (talk,) = late.meet(late.here, "follow_up")
    store = late.here.office.store
    assert isinstance(store, FullDiskStore)
    before = late.here.office.outbox().waiting()
    store.room = 1  # the click is kept, what comes of it is not
    with pytest.raises(DiskFull):
        late.here.settle(talk, THERE)
    store.room = None
    assert late.here.office.outbox().waiting() == before
    assert [one.left for one in follow_up_meetings(late.here.office)] == [0]
    late.here.settle(talk, THERE)
    assert not late.here.send()
    assert late.newest("follow_up")["u03_outcome"] == ["work"]


# ------------------------------------------------------------------ two laptops, and again
def test_two_laptops_that_settle_at_the_same_time_end_with_one_record(late: Two) -> None:
    third = late.there
    late.there.pass_time(hours=2)
    late.here.send()
    other = copy.deepcopy(late.here.office.store.contents)  # type: ignore[attr-defined]  # the store in memory
    store = FullDiskStore()
    store.contents = other
    third = Laptop(office_over(store, late.receiver, FixedClock(late.here.office.clock.now())), late.here.who)
    for laptop in (late.here, third):
        laptop.pass_time(minutes=3)
    mine, theirs = (late.meet(one, "follow_up")[0] for one in (late.here, third))
    late.here.settle(mine, HERE)
    third.settle(theirs, THERE)
    assert not late.here.send()
    assert third.send() == {"edit_out_of_date"}
    assert "follow_up" in [one.form_id for one in overtaken_edits(third.office)]
    (again,) = late.meet(third, "follow_up")
    assert [(one.here, one.there) for one in again.differences] == [(WORK, VOLUNTEER)]
    third.settle(again, HERE)
    assert not third.send()
    assert len(late.at_centre("follow_up")) == 4
    assert late.newest("follow_up")["u03_outcome"] == ["work"]


def test_the_same_file_twice_is_one_meeting_and_an_old_one_is_refused(late: Two) -> None:
    first, again = (late.meet(late.here, "follow_up")[0] for _ in range(2))
    assert first.name == again.name
    versions = late.at_centre("follow_up")
    for xml, problem in ((versions[0], "version"), (versions[1].replace(b"2027-03-15", b"2027-03-14"), None)):
        if problem is not None:
            with pytest.raises(CentreRecordOther) as told_:
                meet_centre_record(late.here.office, xml)
            assert told_.value.params["problem"] == problem


def test_a_record_of_somebody_else_is_refused_and_changes_nothing(late: Two) -> None:
    card = card_of(late.here.office.store, late.here.who)
    assert card is not None
    number = card.number
    xml = late.at_centre("follow_up")[-1].replace(number.encode(), b"0000-0000")
    with pytest.raises(CentreRecordOther) as told_:
        meet_centre_record(late.here.office, xml)
    assert told_.value.params["problem"] == "person"
    assert follow_up_meetings(late.here.office) == ()


# ------------------------------------------------------------------ what hangs on it
def test_the_card_follows_the_choice_and_keeps_a_day_that_nobody_chose_about(late: Two) -> None:
    office, who = late.here.office, late.here.who
    move_follow_up(office, who, date(2027, 4, 20))
    (talk,) = late.meet(late.here, "follow_up")
    late.here.settle(talk, THERE)
    card = card_of(office.store, who)
    assert card is not None
    assert card.next_date == date(2027, 4, 20)
    assert card.steps == ("Ik ga langs bij het Werkcentrum", "Ik bel het Taalhuis")
    assert len(card.spoken_on) == 1


def test_an_earlier_follow_up_is_settled_without_touching_what_came_after(late: Two) -> None:
    late.here.pass_time(days=80)
    late.here.follow_up(outcome="education", next_step="Ik ga naar school")
    office, who = late.here.office, late.here.who
    before = card_of(office.store, who)
    talk = meet_centre_record(office, [one.xml for one in late.receiver.received if one.form_id == "follow_up"][-1])
    assert talk.held_on == date(2027, 3, 15)
    late.here.settle(talk, THERE)
    late.here.send()
    assert card_of(office.store, who) == before
    roots = [one.root_id for one in late.receiver.received if one.form_id == "follow_up"]
    assert sorted(roots.count(root) for root in set(roots)) == [1, 3]
    assert [one.form_id for one in overtaken_edits(office)] == ["status"]
    (counts,) = late.meet(late.here, "status")
    late.here.settle(counts)
    assert not late.here.send()
    assert office.outbox().waiting() == ()


def test_when_only_the_card_is_left_the_desk_still_settles(late: Two) -> None:
    office, who = late.here.office, late.here.who
    late.here.pass_time(days=40)
    trust_clock(office.store, office.clock.now())
    clear_due(office)
    with office.store.unit_of_work() as uow, pytest.raises(Exception, match="erased"):
        uow.participants.get(who)
    (found, counts) = overtaken_edits(office)
    assert (found.call_name, found.form_id, counts.form_id) == ("Truus Verzonnen", "follow_up", "status")
    talk, status = late.meet(late.here, "follow_up", "status")
    assert talk.call_name == "Truus Verzonnen"
    assert status.call_name == "Truus Verzonnen"
    late.here.settle(talk, THERE)
    assert not late.here.send()
    assert office.outbox().waiting() == ()
    assert late.newest("follow_up")["u03_outcome"] == ["work"]


def test_after_c2_is_taken_back_nothing_is_settled_nor_sent_and_what_met_is_gone(late: Two) -> None:
    (talk,) = late.meet(late.here, "follow_up")
    withdraw(late.here.office, late.here.who, ConsentCode.CENTRAL)
    assert follow_up_meetings(late.here.office) == ()
    assert overtaken_edits(late.here.office) == ()
    with pytest.raises(RecordMissing):
        late.here.settle(talk, THERE)


def test_what_met_goes_with_the_answers_of_the_follow_up(late: Two) -> None:
    office = late.here.office
    talk, counts = late.meet(late.here, "follow_up", "status")
    late.here.settle(counts)
    late.here.settle(talk, THERE)
    assert not late.here.send()
    late.here.pass_time(days=40)
    trust_clock(office.store, office.clock.now())
    clear_due(office)
    with office.store.unit_of_work() as uow:
        assert uow.files.of_kind("follow_up_met") == ()
        assert uow.files.of_kind("follow_up_replaced") == ()


def test_without_what_both_started_from_every_difference_is_asked(late: Two) -> None:
    office = late.here.office
    with office.store.unit_of_work() as uow:
        for one in uow.follow_ups.list():
            uow.files.keep_only(one.instance_id, "follow_up_replaced", ())
        uow.commit()
    (talk,) = late.meet(late.here, "follow_up")
    assert [(one.here, one.there) for one in talk.differences] == [(VOLUNTEER, WORK)]
    late.here.settle(talk, THERE)
    assert not late.here.send() - {"edit_out_of_date"}
    assert len(late.at_centre("follow_up")) == 3


def test_a_correction_that_was_corrected_before_this_could_be_settled_is_found_too(late: Two) -> None:
    """Its own record went with the next correction, and only the row that was refused was left."""
    office = late.here.office
    late.here.correct(outcome="education")
    with office.store.unit_of_work() as uow:
        (record,) = [one for one in uow.follow_ups.list() if one.form_id == "follow_up"]
        base = record.deprecated_id
        assert base is not None
        row = uow.outbox.get(record.instance_id)
        first = row.xml.replace(record.instance_id.encode(), b"uuid:refused-before")
        uow.outbox.remove(record.instance_id)
        uow.outbox.add(replace(row, instance_id="uuid:refused-before", xml=first))  # type: ignore[arg-type]  # a name
        uow.outbox.add(replace(row, xml=row.xml.replace(base.encode(), b"uuid:refused-before"), set_apart=False))
        kept = replace(record, deprecated_id="uuid:refused-before")  # type: ignore[arg-type]  # a name
        uow.follow_ups.save(kept)
        uow.commit()
    assert "follow_up" in [one.form_id for one in overtaken_edits(office)]
    (talk,) = late.meet(late.here, "follow_up")
    late.here.settle(talk, HERE)
    assert not late.here.send()
    assert late.newest("follow_up")["u03_outcome"] == ["education"]
    assert len(late.at_centre("follow_up")) == 3
