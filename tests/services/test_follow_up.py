"""After the talk: who is due when, the form of three minutes, what it renews, what leaves, what a withdrawal does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from intake_app.domain.clock import FixedClock
from intake_app.domain.consent import ConsentCode
from intake_app.domain.counting import Contact
from intake_app.domain.follow_up import FollowUpPlan, Moment, TasterState, TasterStep
from intake_app.domain.ids import FormId, ParticipantId, ParticipantNumber
from intake_app.domain.instance import InstanceStatus
from intake_app.errors import DiskFull, RecordMissing
from intake_app.plan.document import document_from_json
from intake_app.services.continuing import reopen_finished
from intake_app.services.conversation import Conversation
from intake_app.services.counting import local_tally
from intake_app.services.follow_up import DueCall, calls_today, card_of, due_calls
from intake_app.services.follow_up_end import close_follow_up, finish_follow_up, move_follow_up, not_reached
from intake_app.services.follow_up_plan import next_day, read_follow_up_plan, write_follow_up_plan
from intake_app.services.follow_up_talk import begin_follow_up, drop_follow_up
from intake_app.services.follow_up_told import contact_of
from intake_app.services.housekeeping import clear_due, trust_clock
from intake_app.services.office import Office
from intake_app.services.rehearsal import Script
from intake_app.services.rights import copy_of, erase_person
from intake_app.services.submissions import Outbox
from intake_app.services.withdrawal import withdraw
from tests.services.helps import MORNING, NT1, REFUGEE, FullDiskStore, leaves, make_office, names, played, ref_of, told

NO_CENTRAL = Script("keeps it here", {**NT1.answers, "consent_central": "no"})
NO_CONTACT = Script("will come by", {**NT1.answers, "consent_contact": "no"})
REACHED = {"reached": "yes", "step_result": "done", "outcome": "language_digital", "referral_arrived": "yes"}


def finished(office: Office, script: Script = NT1, **changes: str) -> ParticipantId:
    """Somebody whose talk is finished and whose plan was handed over."""
    conversation = played(office, script)
    told(conversation, changes)
    conversation.plan_handed_over()
    office.finish(conversation)
    return conversation.talk.header.participant_id


def later(office: Office, days: int) -> None:
    clock = office.clock
    assert isinstance(clock, FixedClock)
    clock.moment = MORNING + timedelta(days=days)


def followed(office: Office, who: ParticipantId, **answers: str) -> Conversation:
    conversation = begin_follow_up(office, who)
    told(conversation, REACHED | answers)
    return conversation


def sent(office: Office, form_id: str) -> list[dict[str, list[str]]]:
    """The records of a form that wait; of `status` those that count, not those for the entity list."""
    found = [leaves(item.xml) for item in office.outbox().waiting() if item.form_id == form_id]
    return [one for one in found if one.get("kind") != ["caseload"]]


def gone(office: Office, who: ParticipantId) -> None:
    """Everything is sent, the talk's days have passed, and it is cleared; only the card is left."""
    with office.store.unit_of_work() as uow:
        for item in uow.outbox.waiting():
            uow.outbox.remove(item.instance_id)
        uow.commit()
    later(office, 60)
    trust_clock(office.store, office.clock.now())
    clear_due(office)
    with office.store.unit_of_work() as uow, pytest.raises(Exception, match="erased"):
        uow.participants.get(who)


# ------------------------------------------------------------------ who is due
def test_who_agreed_to_a_day_is_due_on_that_day_and_counted_on_the_first_page(office: Office) -> None:
    who = finished(office)
    (call,) = due_calls(office)
    assert (call.participant_id, call.on, call.late, call.moment) == (who, date(2027, 3, 15), -14, Moment(2, "w"))
    assert calls_today(office.store, date(2027, 3, 14)) == 0
    assert calls_today(office.store, date(2027, 3, 15)) == 1
    later(office, 17)
    assert [call.late for call in due_calls(office)] == [3]


def test_without_an_appointment_the_first_planned_day_counts_and_without_c3_nobody_is_called(office: Office) -> None:
    finished(office, how="none")
    finished(office, NO_CONTACT)
    assert [call.on for call in due_calls(office)] == [date(2027, 3, 15)]


def test_planned_days_never_fall_in_a_weekend_or_on_a_holiday() -> None:
    plan = FollowUpPlan()
    assert next_day(plan, date(2027, 3, 13), date(2027, 3, 13)) == date(2027, 3, 30)  # Easter Monday is 29 March
    assert next_day(plan, date(2026, 12, 31), date(2027, 1, 20)) == date(2027, 3, 31)
    assert next_day(plan, date(2027, 1, 25), date(2027, 2, 20)) == date(2027, 4, 26)  # a Sunday, and the day after
    assert next_day(plan, date(2027, 1, 25), date(2028, 1, 25)) is None


def test_the_moments_are_a_setting_and_what_cannot_be_read_is_as_usual(office: Office) -> None:
    write_follow_up_plan(office.store, FollowUpPlan((Moment(3, "w"), Moment(9, "m")), 3))
    assert read_follow_up_plan(office.store) == FollowUpPlan((Moment(3, "w"), Moment(9, "m")), 3)
    with office.store.unit_of_work() as uow:
        uow.settings.set("follow_up.moments", "ooit")
        uow.settings.set("follow_up.again_days", "-1")
        uow.commit()
    assert read_follow_up_plan(office.store) == FollowUpPlan()


def test_a_practice_call_is_on_the_list_but_not_counted(office: Office) -> None:
    conversation = played(office, NT1, practice=True)
    office.finish(conversation)
    later(office, 14)
    assert [call.practice for call in due_calls(office)] == [True]
    assert calls_today(office.store, office.clock.today()) == 0


# ------------------------------------------------------------------ the form
def test_the_form_is_prefilled_with_what_was_agreed(office: Office) -> None:
    who = finished(office, REFUGEE)
    later(office, 14)
    conversation = begin_follow_up(office, who, "ar")
    talk = conversation.talk
    answers = talk.answers
    assert [names(screen.refs) for screen in talk.screens()] == [
        ("u01_reached",),
        ("u07b_next_date", "u07c_closed"),
    ]
    assert talk.language == "ar"
    told(conversation, {"reached": "yes"})
    kept = card_of(office.store, who)
    assert kept is not None
    assert answers.host("participant_number") == kept.number
    assert [row.host("label") for row in answers.rows("steps")] == ["Ik ga langs bij het Werkcentrum"]
    assert [row.host("label") for row in answers.rows("referrals")] == ["Taalhuis Achterhoek"]
    assert answers.host("asked_before") == "nl_read"
    assert (answers.host("ask_stats"), answers.text("next_date")) == ("yes", "2027-06-01")


def test_every_answer_is_kept_when_it_was_given_and_the_talk_goes_on_where_it_was(office: Office) -> None:
    who = finished(office)
    later(office, 14)
    begun = followed(office, who)
    begun.talk.type(ref_of(begun, "next_step"), "Ik bel mor")
    assert [call.begun for call in due_calls(office)] == [True]
    again = begin_follow_up(office, who)
    assert again.talk.instance_id == begun.talk.instance_id
    assert again.talk.answers.text("outcome") == "language_digital"
    assert again.talk.entry.value(ref_of(again, "next_step")) == "Ik bel mor"
    assert again.recovered == (ref_of(again, "next_step"),)


def test_an_answer_that_cannot_be_written_did_not_happen() -> None:
    disk = FullDiskStore()
    office = make_office(disk)
    who = finished(office)
    begun = begin_follow_up(office, who)
    disk.full = True
    with pytest.raises(DiskFull):
        begun.answer(ref_of(begun, "reached"), "yes")
    assert begun.talk.answers.text("reached") == ""
    disk.full = False
    begun.answer(ref_of(begun, "reached"), "yes")
    assert begin_follow_up(office, who).talk.answers.text("reached") == "yes"


def test_what_was_begun_by_mistake_is_dropped_and_leaves_nothing(office: Office) -> None:
    who = finished(office)
    drop_follow_up(office, followed(office, who))
    with office.store.unit_of_work() as uow:
        assert uow.follow_ups.list() == ()
    kept = card_of(office.store, who)
    assert kept is not None
    assert kept.spoken_on == ()


def test_nobody_is_followed_up_who_is_not_here(office: Office) -> None:
    with pytest.raises(RecordMissing):
        begin_follow_up(office, ParticipantId("nobody"))


# ------------------------------------------------------------------ the end
def test_a_talk_renews_the_card_and_the_next_day(office: Office) -> None:
    who = finished(office)
    later(office, 14)
    outcome = finish_follow_up(office, followed(office, who, next_step="Ik schrijf mij in voor de cursus"))
    card = card_of(office.store, who)
    assert card is not None
    assert outcome.stored
    assert outcome.next_date == date(2027, 6, 1) == card.next_date
    assert card.steps == ("Ik schrijf mij in voor de cursus",)
    assert (card.spoken_on, card.missed, card.closed) == ((date(2027, 3, 15),), 0, False)
    assert card.runs_from.date() == date(2027, 6, 1)


def test_a_broken_rule_holds_the_end_and_nothing_is_written(office: Office) -> None:
    who = finished(office)
    later(office, 14)
    conversation = followed(office, who)
    ref = ref_of(conversation, "again_read")
    conversation.answer(ref, "b1")
    assert finish_follow_up(office, conversation).violations == ()


def test_the_plan_becomes_a_second_version_and_its_record_an_edit(office: Office) -> None:
    who = finished(office)
    later(office, 14)
    outcome = finish_follow_up(office, followed(office, who, next_step="Ik bel het Taalhuis"))
    plan = outcome.plan
    assert plan is not None
    assert plan.turn == 2
    assert [step.what.text for step in plan.steps] == ["Ik bel het Taalhuis"]
    assert plan.steps[0].by == date(2027, 3, 30)  # Easter Monday is no day for a step
    assert set(plan.changed) == {"steps", "appointment"}
    with office.store.unit_of_work() as uow:
        stored = uow.plans.of_participant(who)
        records = [one for one in uow.instances.of_participant(who) if one.form_id == "plan"]
    assert [document_from_json(one.document).turn for one in stored] == [1, 2]
    assert records[1].deprecated_id == records[0].instance_id
    first, second = sent(office, "plan")
    assert (first["plan_number"], second["plan_number"]) == ([f"{plan.participant_number}-1"], [plan.plan_number])
    assert second["step_label"] == ["Ik bel het Taalhuis"]
    assert second["deprecatedID"] == first["instanceID"]


def test_a_talk_gone_on_with_after_a_follow_up_gets_the_next_number(office: Office) -> None:
    who = finished(office)
    later(office, 14)
    finish_follow_up(office, followed(office, who, next_step="Ik bel het Taalhuis"))
    with office.store.unit_of_work() as uow:
        talk = next(one for one in uow.instances.of_participant(who) if one.form_id == "intake")
    again = reopen_finished(office, talk.instance_id)
    assert office.plan(again).turn == 3


def test_a_follow_up_that_changes_no_step_makes_no_plan(office: Office) -> None:
    who = finished(office)
    assert finish_follow_up(office, followed(office, who, step_result="busy")).plan is None


def test_with_c2_and_c3_it_is_sent_under_a_name_of_its_own_and_frozen(office: Office) -> None:
    who = finished(office, REFUGEE)
    later(office, 14)
    conversation = followed(office, who, next_step="Ik bel", consent_stats="yes", target_group="jobseeker_distance")
    finish_follow_up(office, conversation)
    (copy,) = sent(office, "follow_up")
    assert copy["u03_outcome"] == ["language_digital"]
    assert copy["u06_referral_arrived"] == ["yes"]
    assert copy["b07_consent_stats"] == ["yes"]
    assert not {"d09_target_group", "referral_label", "proposed_group"} & set(copy)
    with office.store.unit_of_work() as uow:
        (record,) = [one for one in uow.follow_ups.list() if one.form_id == "follow_up"]
        item = uow.outbox.get(record.instance_id)
    assert item.xml == record.released_xml
    assert record.status is InstanceStatus.COMPLETE
    kept = card_of(office.store, who)
    assert kept is not None
    assert item.participant_id == record.owner == kept.card_id
    assert "jobseeker_distance" in record.xml.decode()


@pytest.mark.parametrize("script", [NO_CENTRAL, NO_CONTACT])
def test_without_c2_or_c3_it_stays_here(office: Office, script: Script) -> None:
    who = finished(office, script)
    later(office, 14)
    finish_follow_up(office, followed(office, who, next_step="Ik bel"))
    assert sent(office, "follow_up") == []
    with office.store.unit_of_work() as uow:
        kept = [one for one in uow.follow_ups.list() if one.form_id == "follow_up"]
    assert [one.released_xml for one in kept] == [None]


def test_practice_waits_for_a_receiver_for_trials_only(office: Office) -> None:
    conversation = played(office, NT1, practice=True)
    office.finish(conversation)
    with office.store.unit_of_work() as uow:
        uow.settings.set("server.trial", "yes")
        uow.commit()
    finish_follow_up(office, followed(office, conversation.talk.header.participant_id))
    forms = [item.form_id for item in Outbox(office.store, trial=True).waiting()]
    assert set(forms) == {"follow_up", "status"}
    assert Outbox(office.store, trial=False).waiting() == ()


# ------------------------------------------------------------------ the counts
def test_the_counts_are_renewed_with_c6_and_edit_the_ones_before(office: Office) -> None:
    who = finished(office)
    later(office, 14)
    first = followed(office, who, consent_stats="yes", step_done_date="2027-03-05", target_group="jobseeker_distance")
    finish_follow_up(office, first)
    later(office, 92)
    finish_follow_up(office, _second(office, who))
    before, after_two_weeks, after_three_months = sent(office, "status")
    assert not {"guided", "outcome"} & set(before)
    assert after_two_weeks["guided"] == ["yes"]
    assert after_two_weeks["outcome"] == ["language_digital"]
    assert after_two_weeks["days_to_first_step"] == ["4"]
    assert (after_two_weeks["referrals_made"], after_two_weeks["referrals_arrived"]) == (["1"], ["1"])
    assert after_three_months["outcome"] == ["work"]
    assert after_three_months["guided"] == ["yes"]
    assert after_two_weeks["deprecatedID"] == before["instanceID"]
    assert after_three_months["deprecatedID"] == after_two_weeks["instanceID"]


def _second(office: Office, who: ParticipantId) -> Conversation:
    conversation = begin_follow_up(office, who)
    told(conversation, {"reached": "yes", "outcome": "work"})
    return conversation


def test_without_c6_the_counts_have_no_flags(office: Office) -> None:
    who = finished(office)
    finish_follow_up(office, followed(office, who, consent_stats="no"))
    assert not {"guided", "outcome", "referrals_arrived"} & set(sent(office, "status")[-1])


def test_c6_is_asked_once_after_a_short_talk_and_kept_like_any_consent(office: Office) -> None:
    who = finished(office)
    finish_follow_up(office, followed(office, who, consent_stats="no"))
    with office.store.unit_of_work() as uow:
        told_now = {(one.code, one.given) for one in uow.consents.of(who)}
    assert (ConsentCode.COUNTING, False) in told_now
    assert begin_follow_up(office, who).talk.answers.host("ask_stats") == "no"


def test_indicators_read_a_contact_without_who_it_is(office: Office) -> None:
    who = finished(office)
    later(office, 14)
    finish_follow_up(office, followed(office, who, step_done_date="2027-03-05", outcome_month="2027-03-01"))
    with office.store.unit_of_work() as uow:
        (record,) = [one for one in uow.follow_ups.list() if one.form_id == "follow_up"]
    assert contact_of(record, office.forms["follow_up"]) == Contact(
        date(2027, 3, 15), True, "language_digital", date(2027, 3, 1), 0, 1, (date(2027, 3, 5),)
    )


# ------------------------------------------------------------------ reachable, moved, closed
def test_who_is_not_reached_is_tried_again_after_a_week_and_keeps_every_step(office: Office) -> None:
    who = finished(office)
    later(office, 14)
    outcome = not_reached(office, who)
    card = card_of(office.store, who)
    assert card is not None
    assert (card.missed, card.spoken_on, outcome.next_date) == (1, (), date(2027, 3, 22))
    assert card.steps == ("Ik ga langs bij het Werkcentrum",)
    assert sent(office, "follow_up")[0]["u01_reached"] == ["no"]
    not_reached(office, who)
    kept = card_of(office.store, who)
    assert kept is not None
    assert kept.missed == 2


def test_a_talk_can_be_moved_to_a_day_on_which_people_can_be_met(office: Office) -> None:
    who = finished(office)
    moved = move_follow_up(office, who, date(2027, 5, 1))
    assert moved is not None
    assert moved.next_date == date(2027, 5, 3)
    assert [call.on for call in due_calls(office)] == [date(2027, 5, 3)]
    assert move_follow_up(office, ParticipantId("nobody"), date(2027, 5, 3)) is None


def test_a_closed_card_is_due_no_more_and_goes_when_its_days_have_passed(office: Office) -> None:
    who = finished(office)
    close_follow_up(office, who)
    assert due_calls(office) == ()
    with office.store.unit_of_work() as uow:
        assert [stay.runs_from.date() for stay in uow.cards.stays()] == [MORNING.date()]


def test_the_last_talk_closes_the_card_when_it_says_so(office: Office) -> None:
    who = finished(office)
    outcome = finish_follow_up(office, followed(office, who, closed="yes"))
    assert (outcome.closed, outcome.next_date) == (True, None)
    card = card_of(office.store, who)
    assert card is not None
    assert (card.closed, card.next_date) == (True, None)


# ------------------------------------------------------------------ when the talk has gone
def test_a_follow_up_works_from_the_card_when_the_talk_has_left_the_laptop(office: Office) -> None:
    who = finished(office)
    move_follow_up(office, who, date(2027, 6, 1))
    gone(office, who)
    later(office, 92)
    conversation = begin_follow_up(office, who, "nl")
    answers = conversation.talk.answers
    told(conversation, {"reached": "yes"})
    assert [row.host("label") for row in answers.rows("steps")] == ["Ik ga langs bij het Werkcentrum"]
    assert [row.host("label") for row in answers.rows("referrals")] == ["Taalhuis Achterhoek"]
    assert (answers.host("asked_before"), answers.host("talk_id")) == ("nl_speak nl_read", "")
    told(conversation, {"outcome": "work", "next_step": "Ik blijf Nederlands oefenen"})
    outcome = finish_follow_up(office, conversation)
    assert outcome.plan is None
    assert outcome.next_date == date(2027, 9, 1)
    waiting = [item.form_id for item in office.outbox().waiting() if item.participant_id is not None]
    assert set(waiting) == {"follow_up", "status"}
    card = card_of(office.store, who)
    assert card is not None
    assert card.steps == ("Ik ga langs bij het Werkcentrum", "Ik blijf Nederlands oefenen")


def test_without_c2_nothing_leaves_after_the_talk_has_gone_either(office: Office) -> None:
    who = finished(office, NO_CENTRAL)
    move_follow_up(office, who, date(2027, 6, 1))
    gone(office, who)
    finish_follow_up(office, followed(office, who))
    assert [item for item in office.outbox().waiting() if item.participant_id is not None] == []


def test_a_partner_of_s_1_or_9_is_never_on_the_card_nor_in_what_is_kept(office: Office) -> None:
    script = Script("money", {**NT1.answers, "referral": ["gemeente_sociaal"]})
    who = finished(office, script)
    card = card_of(office.store, who)
    assert card is not None
    assert card.referrals == ("",)
    later(office, 14)
    conversation = followed(office, who)
    label = conversation.talk.answers.rows("referrals")[0].host("label")
    assert "sociaal" in label
    finish_follow_up(office, conversation)
    with office.store.unit_of_work() as uow:
        (record,) = [one for one in uow.follow_ups.list() if one.form_id == "follow_up"]
    assert label.encode() not in record.xml + (record.released_xml or b"")


def test_a_card_whose_talk_was_not_sent_yet_is_not_cleared(office: Office) -> None:
    who = finished(office)
    later(office, 14)
    finish_follow_up(office, followed(office, who, closed="yes"))
    later(office, 58)
    trust_clock(office.store, office.clock.now())
    assert clear_due(office).cards == 0
    with office.store.unit_of_work() as uow:
        for item in uow.outbox.waiting():
            uow.outbox.remove(item.instance_id)
        uow.commit()
    assert clear_due(office).cards == 1
    assert card_of(office.store, who) is None


def test_answers_of_a_follow_up_go_after_the_days_of_a_talk_and_the_counts_stay_with_the_card(office: Office) -> None:
    who = finished(office)
    later(office, 14)
    finish_follow_up(office, followed(office, who))
    gone(office, who)
    with office.store.unit_of_work() as uow:
        assert {one.form_id for one in uow.follow_ups.list()} == {"status"}


# ------------------------------------------------------------------ consents taken back
def test_c2_taken_back_holds_back_what_waits_and_unseals_nothing_more(office: Office) -> None:
    who = finished(office)
    finish_follow_up(office, followed(office, who))
    withdraw(office, who, ConsentCode.CENTRAL)
    assert [item.form_id for item in office.outbox().waiting() if item.participant_id is not None] == []
    with office.store.unit_of_work() as uow:
        assert {one.released_xml for one in uow.follow_ups.list()} == {None}


def test_c3_taken_back_takes_the_card_with_every_follow_up(office: Office) -> None:
    who = finished(office)
    finish_follow_up(office, followed(office, who))
    withdraw(office, who, ConsentCode.CONTACT)
    with office.store.unit_of_work() as uow:
        assert uow.follow_ups.list() == ()
        assert "follow_up" not in {item.form_id for item in uow.outbox.waiting()}


def test_c6_taken_back_holds_back_the_counts_and_forgets_the_group(office: Office) -> None:
    who = finished(office)
    finish_follow_up(office, followed(office, who, consent_stats="yes", target_group="jobseeker_distance"))
    withdraw(office, who, ConsentCode.COUNTING)
    assert all("guided" not in counts for counts in sent(office, "status"))
    with office.store.unit_of_work() as uow:
        kept = b"".join(one.xml for one in uow.follow_ups.list() if one.form_id == "follow_up")
    assert b"jobseeker_distance" not in kept
    assert b"language_digital" in kept


def test_a_copy_of_the_data_holds_what_was_told_afterwards(office: Office) -> None:
    who = finished(office)
    finish_follow_up(office, followed(office, who))
    answers = {(one.question_nl, one.answer_nl) for one in copy_of(office, who).answers}
    assert ("Wat doet u nu?", "Les in taal of computer") in answers


def test_a_copy_of_the_data_holds_when_we_spoke_and_what_was_agreed(office: Office) -> None:
    who = finished(office)
    finish_follow_up(office, followed(office, who))
    not_reached(office, who)
    card, copy = card_of(office.store, who), copy_of(office, who)
    assert card is not None
    assert copy.spoken_on == card.spoken_on != ()
    assert (copy.next_date, copy.missed) == (card.next_date, 1)
    assert copy.card["steps"] == "; ".join(card.steps)


def asked(office: Office) -> list[tuple[str, str]]:
    with office.store.unit_of_work() as uow:
        return [(request.kind, request.code.value if request.code else "") for request in uow.rights.requests()]


@pytest.mark.parametrize("code", [ConsentCode.CENTRAL, ConsentCode.CONTACT, ConsentCode.COUNTING])
def test_a_consent_is_taken_back_also_when_only_the_card_is_left(office: Office, code: ConsentCode) -> None:
    who = finished(office)
    move_follow_up(office, who, date(2027, 6, 1))
    gone(office, who)
    finish_follow_up(office, followed(office, who))
    assert withdraw(office, who, code)
    assert asked(office) == [("withdrawal", code.value)]
    waiting = {item.form_id for item in office.outbox().waiting() if item.participant_id is not None}
    assert [one for one in sent(office, "status") if one["kind"] == ["talk"]] == []
    assert (card_of(office.store, who) is None) is (code is ConsentCode.CONTACT)
    if code is ConsentCode.CENTRAL:
        assert waiting == set()
        finish_follow_up(office, followed(office, who))
        assert [item for item in office.outbox().waiting() if item.participant_id is not None] == []


def test_erasing_somebody_of_whom_only_the_card_is_left_asks_the_centre_too(office: Office) -> None:
    who = finished(office)
    move_follow_up(office, who, date(2027, 6, 1))
    gone(office, who)
    erase_person(office, who)
    assert asked(office) == [("deletion", "")]
    assert card_of(office.store, who) is None


# ------------------------------------------------------------------ tasters in the form
def test_a_taster_that_was_attended_is_told_and_asked_no_more(office: Office) -> None:
    who = finished(office)
    offer = next(one for one in office.catalogue.offers.values() if one.form == "taster")
    with office.store.unit_of_work() as uow:
        card = uow.cards.of(who)
        assert card is not None
        uow.cards.save(replace(card, tasters=(TasterStep(offer.id, offer.label_nl),)))
        uow.commit()
    conversation = followed(office, who, taster_attended="yes")
    assert conversation.talk.answers.rows("tasters")[0].host("label") == offer.label_nl
    finish_follow_up(office, conversation)
    card = card_of(office.store, who)
    assert card is not None
    assert [(one.offer, one.state) for one in card.tasters] == [(offer.id, TasterState.ATTENDED)]
    assert begin_follow_up(office, who).talk.answers.rows("tasters")[0].host("id") == ""


def test_a_due_call_hides_who_it_is_in_logs() -> None:
    call = DueCall(ParticipantId("p"), ParticipantNumber("4711-2085"), date(2027, 3, 15), 0, "Samira", "ar")
    assert "Samira" not in repr(call)
    assert FormId("follow_up")


# ------------------------------------------------------------------ the numbers of this laptop
def _counters(office: Office) -> dict[str, int]:
    return {one.counter: one.count for one in local_tally(office.store, office.clock.today())}


def test_a_contact_counts_once_for_each_person_and_without_any_number(office: Office) -> None:
    who = finished(office)
    later(office, 14)
    first = followed(office, who, consent_stats="yes", step_done_date="2027-03-05", target_group="jobseeker_distance")
    finish_follow_up(office, first)
    after_two_weeks = _counters(office)
    later(office, 92)
    finish_follow_up(office, _second(office, who))
    later(office, 100)
    finish_follow_up(office, _second(office, who))
    after_three_months = _counters(office)
    assert after_two_weeks["guided:2027-Q1"] == 1
    assert after_two_weeks["group:jobseeker_distance"] == 1
    assert after_two_weeks["referral:arrived"] == 1
    assert "moved_12:2027-Q1" not in after_two_weeks
    assert after_three_months["moved_12:2027-Q1"] == 1
    assert after_three_months["guided:2027-Q1"] == 1
    card = card_of(office.store, who)
    assert card is not None
    assert "guided" in card.counted
    with office.store.unit_of_work() as uow:
        kept = " ".join(str(row) for row in uow.counting.list())
    assert card.number not in kept


def test_without_c6_and_in_practice_no_contact_counts(office: Office) -> None:
    who = finished(office)
    before = _counters(office)
    finish_follow_up(office, followed(office, who, consent_stats="no"))
    practice = played(office, NT1, practice=True)
    office.finish(practice)
    finish_follow_up(office, followed(office, practice.talk.header.participant_id, consent_stats="yes"))
    assert _counters(office) == before


# ------------------------------------------------------------------ the group, and how long it takes
def test_the_group_is_proposed_from_the_talk_and_another_choice_asks_why(office: Office) -> None:
    who = finished(office, work_now="no")
    later(office, 14)
    conversation = followed(office, who, consent_stats="yes")
    ask_group(conversation)
    answers = conversation.talk.answers
    assert (answers.host("group_rule"), answers.host("proposed_group")) == ("no_work", "jobseeker_distance")
    assert answers.text("target_group") == "jobseeker_distance"
    why = ref_of(conversation, "group_reason")
    assert not conversation.talk.entry.is_relevant(why)
    told(conversation, {"target_group": "other"})
    assert conversation.talk.entry.is_relevant(why)
    told(conversation, {"group_reason": "changed"})
    finish_follow_up(office, conversation)
    with office.store.unit_of_work() as uow:
        kept = b"".join(one.xml for one in uow.follow_ups.list() if one.form_id == "follow_up")
    assert b"changed" in kept
    assert not {"d09b_group_reason", "group_rule", "proposed_group"} & set(sent(office, "follow_up")[0])
    withdraw(office, who, ConsentCode.COUNTING)
    with office.store.unit_of_work() as uow:
        left = b"".join(one.xml for one in uow.follow_ups.list() if one.form_id == "follow_up")
    assert not [word for word in (b">no_work<", b"jobseeker_distance", b">changed<") if word in left]


def test_no_group_is_asked_of_somebody_whose_talk_has_left(office: Office) -> None:
    who = finished(office)
    later(office, 14)
    finish_follow_up(office, followed(office, who))
    gone(office, who)
    conversation = followed(office, who)
    assert {"d09_target_group", "d09b_group_reason"}.isdisjoint(asked_screens(conversation))
    assert conversation.talk.answers.host("group_rule") == ""


@pytest.mark.parametrize("script", [NT1, REFUGEE])
def test_the_usual_follow_up_has_at_most_nine_screens(office: Office, script: Script) -> None:
    """Twenty seconds for each is three minutes."""
    who = finished(office, script)
    later(office, 14)
    first = followed(office, who)
    here = [screen for screen in first.screens() if not screen.after_guest]
    finish_follow_up(office, first)
    gone(office, who)
    from_card = [screen for screen in followed(office, who).screens() if not screen.after_guest]
    assert 5 < len(from_card) <= len(here) <= 9


def ask_group(conversation: Conversation) -> None:
    for screen in conversation.screens():
        if any(ref.endswith("d09_target_group") for ref in screen.refs):
            conversation.open_screen(screen)
            return
    raise AssertionError("no screen asks for the group")


def asked_screens(conversation: Conversation) -> set[str]:
    return {ref.rsplit("/", 1)[-1] for screen in conversation.screens() for ref in screen.refs}
