"""The walk: which screens a person sees, in the order that was promised, and what is passed over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake_app.domain.draft import Account
from intake_app.domain.ids import AccountId
from intake_app.errors import RoleRefused
from intake_app.services.conversation import Conversation
from intake_app.services.office import Office
from intake_app.services.rehearsal import Rehearsal, Script
from intake_app.services.walk.screens import Walk, WalkContext
from intake_app.xforms.api import FormEntry, parse_form
from tests.fakes.storage import InMemoryStore
from tests.services.helps import (
    BEGINNING,
    NT1,
    REFUGEE,
    WORKER,
    asked,
    begun,
    make_office,
    names,
    played,
    ref_of,
    told,
)

PARTS = {"i06b", "i01a", "g01b", "p04b", "q08b", "q08c", "q08d", "c06b", "f14b"}
SHORT = (
    "a02+a01 · a05 · a04+a04b · a06 · c03 · b01+b02 · c01 · c04 · d01 · d03 · p03 · h01 · h02 · i06 · i01 · i03 · i07 "
    "· g01 · f02+f03+f08 · f14+m01 · k02 · l01 · l03+l04 · n06+n04 · p01 · p04 · p05 · q01+q03 · q05+q07 · q06 "
    "· q08+b04+c06 · b03 · r03 · b08 · r06 · x01"
)
MORE_SCREENS_OF_CARDS = 3
"""i01 is one step of four screens: families, then three families of cards."""


def order(text: str, *absent: str) -> list[set[str]]:
    steps = [set(step.split("+")) - set(absent) for step in text.split(" · ")]
    return [step for step in steps if step]


def walked(office: Office, script: Script) -> Rehearsal:
    rehearsal = Rehearsal(office.begin_talk(), script)
    rehearsal.play()
    return rehearsal


def questions(rehearsal: Rehearsal) -> list[set[str]]:
    return [{name.split("_")[0] for name in names(screen.refs)} - PARTS for screen in rehearsal.screens]


@pytest.mark.parametrize(
    ("script", "absent", "count"),
    [
        (WORKER, ("a04", "f02", "f03", "q07", "q06"), 35),
        (REFUGEE, ("f08",), 36),
        (NT1, ("a04", "f02", "f03"), 36),
    ],
    ids=lambda value: value.name if isinstance(value, Script) else "",
)
def test_the_short_talk_shows_its_screens_in_the_promised_order(
    office: Office, script: Script, absent: tuple[str, ...], count: int
) -> None:
    rehearsal = walked(office, script)
    assert questions(rehearsal) == order(SHORT, *absent)
    guest = [screen for screen in rehearsal.screens if not screen.after_guest]
    assert len(guest) + MORE_SCREENS_OF_CARDS == count


def test_the_full_talk_asks_its_six_double_questions_twice(office: Office) -> None:
    full = replace(NT1, answers={**NT1.answers, "version": "full"})
    seen = [name for step in questions(walked(office, full)) for name in step]
    twice = {name for name in seen if seen.count(name) == 2}

    assert twice == {"q01", "q03", "q08", "b04", "c06", "c07"}


def test_before_the_talk_form_is_chosen_only_the_beginning_is_asked(office: Office) -> None:
    conversation = office.begin_talk()

    assert [names(screen.refs) for screen in conversation.screens()] == [
        ("a02_talk_language", "a01_welcome"),
        ("a05_question",),
        ("a04b_alone",),
        ("a06_version",),
    ]


@pytest.mark.parametrize("unanswered", ["version", "age_group", "consent_record"])
def test_the_talk_does_not_go_past_what_it_must_know(office: Office, unanswered: str) -> None:
    conversation = office.begin_talk()
    for concept, value in BEGINNING.items():
        if concept == unanswered:
            break
        told(conversation, {concept: value})

    assert ref_of(conversation, unanswered) in conversation.screens()[-1].refs
    assert "c01_call_name" not in asked(conversation)


# ---------------------------------------------------------------- the age gate (DOMAIN 2.1-20)
@pytest.mark.parametrize("gate", [{"age_group": "lt16"}, {"age_group": "16_17", "go_on": "no"}])
def test_the_age_gate_goes_straight_to_the_state_of_the_talk(office: Office, gate: dict[str, str]) -> None:
    conversation = office.begin_talk()
    told(conversation, {"talk_language": "nl", "alone": "two_of_us", "version": "short"} | gate)
    rest = [screen for screen in conversation.screens() if screen.place > 60]

    assert [names(screen.refs) for screen in rest] == [("r06_status",)]
    assert conversation.talk.answers.text("status") == "referred_only"
    assert not conversation.talk.recording


def test_a_young_person_who_wants_to_go_on_is_asked_on(office: Office) -> None:
    conversation = office.begin_talk()
    told(conversation, {**BEGINNING, "age_group": "27_56"})
    told(conversation, {"age_group": "16_17"})
    assert "c01_call_name" not in asked(conversation)
    told(conversation, {"go_on": "yes"})

    assert "c01_call_name" in asked(conversation)


def test_a_slip_of_the_finger_at_the_age_is_taken_back_whole(office: Office) -> None:
    conversation = office.begin_talk()
    told(conversation, {"talk_language": "nl", "version": "short", "age_group": "lt16"})
    told(conversation, {"age_group": "27_56"})

    assert conversation.talk.answers.text("status") == ""
    assert "b02_consent_record" in asked(conversation)


def test_the_one_question_talk_knows_no_age_gate(office: Office) -> None:
    conversation = office.begin_talk()
    told(conversation, {"talk_language": "nl", "version": "short", "age_group": "lt16", "question": "work"})
    told(conversation, {"version": "one_question"})

    assert asked(conversation) <= {"a02_talk_language", "a01_welcome", "a05_question", "a04b_alone", "a06_version"}


# ---------------------------------------------------------------- who may see what
PRIVATE = {"f08_letter", "m01_obstacles"}


@pytest.mark.parametrize(("who", "seen"), [("two_of_us", True), ("with_interpreter", True), ("someone_else", False)])
def test_private_questions_are_asked_only_when_nobody_else_is_there(office: Office, who: str, seen: bool) -> None:
    conversation = begun(office, alone=who)

    assert (asked(conversation) >= PRIVATE) is seen
    assert set(names(conversation.talk.walk.waiting())) == (set() if seen else PRIVATE)
    assert "f14_basic_wish" in asked(conversation)


def test_until_it_is_known_who_is_there_private_questions_wait(office: Office) -> None:
    conversation = begun(office, alone="")

    assert not asked(conversation) & PRIVATE


def test_an_answer_to_a_private_question_is_kept_while_it_is_passed_over(office: Office) -> None:
    conversation = begun(office)
    told(conversation, {"obstacles": "money", "alone": "someone_else"})
    told(conversation, {"alone": "two_of_us"})

    assert conversation.talk.answers.text("obstacles") == "money"


def test_family_that_helps_counts_as_somebody_else(office: Office) -> None:
    conversation = begun(office, talk_language="ar")
    told(conversation, {"interpreter": "adult_relative"})

    assert conversation.talk.answers.text("alone") == "someone_else"
    assert not asked(conversation) & PRIVATE


def office_of(role: str) -> Office:
    return make_office(InMemoryStore(Account(AccountId("account-1"), "Vera", (role,))))


NOT_FOR_VOLUNTEERS = {
    "b05_consent_needs",
    "b06_consent_origin",
    "d04_income",
    "d07_born_abroad",
    "d08_migration_type",
    "d09_target_group",
    "d09b_group_reason",
    "e01_work_allowed",
    "e03_civic",
    "l07_needs",
    "l08_tool_help",
    "m02_first",
    "m03_money_help",
    "m04_other_help",
    "x01_note",
}
ALL_CONSENTS = {
    "version": "full",
    "consent_needs": "yes",
    "consent_origin": "yes",
    "needs": "quiet_place",
    "born_abroad": "yes",
    "obstacles": "money housing",
    "consent_stats": "yes",
    "target_group": "other",
}


def test_a_counsellor_is_offered_what_a_volunteer_is_not() -> None:
    for role in ("counsellor", "volunteer"):
        conversation = begun(office_of(role), talk_language="ar")
        told(conversation, {"interpreter": "interpreter_here"})
        conversation.talk.answer(ref_of(conversation, "version"), "full")
        told(conversation, {name: value for name, value in ALL_CONSENTS.items() if name != "version"})
        seen = asked(conversation) & NOT_FOR_VOLUNTEERS
        assert seen == (set() if role == "volunteer" else NOT_FOR_VOLUNTEERS)


def test_a_volunteer_cannot_turn_a_talk_into_a_full_one() -> None:
    conversation = begun(office_of("volunteer"))
    with pytest.raises(RoleRefused):
        conversation.answer(ref_of(conversation, "version"), "full")

    assert conversation.talk.walk.talk_form() == "short"


def choices(conversation: Conversation, concept: str) -> list[str]:
    ref = ref_of(conversation, concept)
    shown = conversation.talk.walk.choices(ref, conversation.talk.entry.choices(ref, "nl") or ())
    return [choice.value for choice in shown]


def test_a_volunteer_sees_the_short_talk_and_two_obstacles() -> None:
    conversation = begun(office_of("volunteer"))

    assert choices(conversation, "obstacles") == ["other_no_details", "nothing"]
    assert "full" not in choices(conversation, "version")


def test_what_a_counsellor_chose_before_stays_in_sight_of_a_volunteer() -> None:
    conversation = begun(office_of("volunteer"))
    told(conversation, {"obstacles": "housing"})

    assert "housing" in choices(conversation, "obstacles")


# ---------------------------------------------------------------- the gate of the language (DOMAIN 2.1-19)
@pytest.mark.parametrize(
    ("language", "interpreter", "asked_for"),
    [
        ("nl", "", True),
        ("ar", "interpreter_here", True),
        ("ar", "phone_interpreter", True),
        ("ar", "counsellor_speaks", False),
        ("ar", "adult_relative", False),
        ("ar", "", False),
    ],
)
def test_special_consents_wait_for_a_reviewed_language_or_an_interpreter(
    office: Office, language: str, interpreter: str, asked_for: bool
) -> None:
    conversation = begun(office, talk_language=language)
    if interpreter:
        told(conversation, {"interpreter": interpreter})
    told(conversation, {"alone": "two_of_us", "version": "full"})

    assert (asked(conversation) >= {"b05_consent_needs", "b06_consent_origin"}) is asked_for
    told(conversation, {"referral": "taalhuis"})
    ways = set(choices(conversation, "handover"))
    assert (ways >= {"counsellor_calls", "message"}) is asked_for
    assert conversation.talk.walk.sharing_possible() is asked_for


def test_without_recording_nothing_is_shared_by_us(office: Office) -> None:
    conversation = begun(office, consent_record="no")
    told(conversation, {"referral": "taalhuis"})

    assert not {"counsellor_calls", "message"} & set(choices(conversation, "handover"))


# ---------------------------------------------------------------- repeats and lists
def test_a_repeat_offers_one_more_until_its_most(office: Office) -> None:
    conversation = begun(office)
    step = next(screen for screen in conversation.screens() if "q01_step" in names(screen.refs))
    assert step.again == "/data/step"
    conversation.talk.add_instance("/data/step")
    steps = [screen for screen in conversation.screens() if screen.instance.startswith("/data/step")]

    assert [screen.instance for screen in steps] == ["/data/step[1]", "/data/step[2]"]
    assert [screen.again for screen in steps] == ["", ""]


def test_a_list_without_rows_asks_nothing_before_it_is_filled_and_nothing_when_it_stays_empty(office: Office) -> None:
    conversation = begun(office)
    screen = next(s for s in conversation.screens() if "skills_ok" in s.lists)
    assert screen.refs == ()
    conversation.open_screen(screen)
    assert next(s for s in conversation.screens() if s.key == screen.key).refs == ()

    told(conversation, {"cards": "card_h1"})
    assert conversation.open_screen(screen)
    rows = next(s for s in conversation.screens() if s.key == screen.key).refs
    assert rows
    assert all(name == "i07_skills_ok" for name in names(rows))


def test_each_job_is_asked_to_its_end_before_the_next_job(office: Office) -> None:
    conversation = begun(office)
    told(conversation, {"version": "full", "ever_worked": "yes", "job": "Kok"})
    conversation.choose_occupation(ref_of(conversation, "job"), "hd2")
    conversation.talk.add_instance("/data/job")
    conversation.keeper.fill_job_tasks()
    screens = [screen for screen in conversation.screens() if screen.instance.startswith("/data/job")]

    assert [screen.instance for screen in screens] == ["/data/job[1]"] * 4 + ["/data/job[2]"] * 4
    tasks = next(screen for screen in screens if screen.place == 330)
    assert {ref.split("/job_tasks")[0] for ref in tasks.refs if "job_tasks" in ref} == {"/data/job[1]"}


def test_choosing_a_direction_takes_not_yet_back(office: Office) -> None:
    conversation = begun(office)
    conversation.keeper.fill_suggestions()
    told(conversation, {"not_yet": "yes"})
    told(conversation, {"chosen": "yes"})

    assert conversation.talk.answers.text("not_yet") == ""
    assert conversation.talk.entry.violations() == ()


FOREIGN = b"""<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:orx="http://openrosa.org/xforms"><h:head><h:title>Elders</h:title><model><instance>
 <data id="elders" version="1"><a/><g><b/><c/></g><r><d/></r><orx:meta><orx:instanceID/></orx:meta></data></instance>
 <bind nodeset="/data/a" type="string"/><bind nodeset="/data/g/b" type="string"/>
 <bind nodeset="/data/g/c" type="string" relevant="/data/a = 'x'"/><bind nodeset="/data/r/d" type="string"/>
 </model></h:head><h:body><input ref="/data/a"><label>A</label></input>
 <group ref="/data/g" appearance="field-list"><input ref="/data/g/b"><label>B</label></input>
 <input ref="/data/g/c"><label>C</label></input></group>
 <group ref="/data/r"><label>R</label><repeat nodeset="/data/r"><input ref="/data/r/d"><label>D</label></input>
 </repeat></group></h:body></h:html>"""


def test_a_form_without_our_columns_runs_in_document_order() -> None:
    definition = parse_form(FOREIGN)
    entry = FormEntry.new(definition)
    walk = Walk(definition, entry, WalkContext())
    assert [names(screen.refs) for screen in walk.screens()] == [("a",), ("b",), ("d",)]
    entry.set_value("/data/a", "x")
    entry.add_repeat("/data/r")

    assert [screen.refs for screen in walk.screens()] == [
        ("/data/a",),
        ("/data/g/b", "/data/g/c"),
        ("/data/r[1]/d",),
        ("/data/r[2]/d",),
    ]


def test_the_sample_conversation_leaves_no_question_of_the_guest_open(office: Office) -> None:
    conversation = played(office, REFUGEE)
    skipped = set(conversation.talk.skipped())
    nodes = [conversation.talk.entry.node(ref) for screen in conversation.screens() for ref in screen.refs]
    open_refs = [node.ref for node in nodes if not node.value and not node.readonly and node.ref not in skipped]

    assert names(open_refs) == ()
