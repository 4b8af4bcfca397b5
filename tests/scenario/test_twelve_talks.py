"""Twelve talks, one for each group: what must be asked is asked, once, and what was told is kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

import pypdfium2
import pytest

from intake_app.domain.draft import Account
from intake_app.domain.ids import AccountId
from intake_app.services.continuing import grow, may_grow, reopen_finished
from intake_app.services.conversation import Conversation
from intake_app.services.office import INTAKE, Office
from intake_app.services.one_question import OneQuestion
from intake_app.services.rehearsal import Rehearsal, Script
from intake_app.services.tally import quarter_of, tally
from intake_app.services.walk.screens import Screen
from tests.fakes.storage import InMemoryStore
from tests.forms.questions import questions
from tests.scenario.talk_book import NAMES, TWICE, expected, step_of, talk
from tests.services.helps import leaves, make_office

WRITTEN = [name for name in NAMES if "not-written" not in name and "one-question" not in name]
NOT_IN_THE_RECORD = {"N"}


def office_for(script: Script) -> Office:
    return make_office(InMemoryStore(Account(AccountId("account-1"), "Vera", (script.role,))))


@dataclass
class Lived:
    """A talk that was lived through: its screens as (place, refs), and the talk itself."""

    conversation: Conversation
    screens: list[Screen] = field(default_factory=list)

    def codes(self) -> list[str]:
        """Codes of the questions asked, in order, each once; notes of the form are none."""
        found = [code_of(ref) for screen in self.screens for ref in screen.refs if "_text_" not in ref]
        return list(dict.fromkeys("j01" if code == "j01" else code for code in found))


def code_of(ref: str) -> str:
    return ref.rsplit("/", 1)[-1].split("_")[0]


def live(office: Office, script: Script) -> Lived:
    lived = Lived(office.begin_talk())
    Rehearsal(lived.conversation, script, lived.screens.append).play()
    return lived


@cache
def lived_once(name: str) -> tuple[Office, Lived]:
    """One of the twelve, lived through once; only to be looked at."""
    office = office_for(talk(name))
    return office, live(office, talk(name))


def go_on(conversation: Conversation, script: Script) -> Lived:
    lived = Lived(conversation)
    Rehearsal(conversation, script.next_time(), lived.screens.append, resumed=True).play()
    return lived


def test_there_are_twelve_talks_of_all_groups_in_four_languages() -> None:
    scripts = [talk(name) for name in NAMES]
    assert len({script.group for script in scripts}) == 12
    assert {script.answers["talk_language"] for script in scripts} == {"nl", "en", "ar", "uk"}
    assert {script.answers["version"] for script in scripts} == {"one_question", "short", "full"}


# ---------------------------------------------------------------- what is asked
@pytest.mark.parametrize("name", NAMES)
def test_a_talk_asks_what_it_must_in_the_written_order(name: str) -> None:
    script, (_, lived) = talk(name), lived_once(name)
    whole = [code for code in lived.codes() if code == "j01" or not questions()[code].part_of]
    places = [step_of(script, code) for code in whole]

    assert set(lived.codes()) == set(expected(script))
    assert places == sorted(places)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_asked_twice_but_what_the_second_sitting_shows_again(name: str) -> None:
    script, (_, lived) = talk(name), lived_once(name)
    asked = Counter(ref for screen in lived.screens for ref in screen.refs)
    twice = {code_of(ref) for ref, count in asked.items() if count > 1}

    assert twice <= TWICE if script.answers["version"] == "full" else twice == set()
    assert all(count <= 2 for count in asked.values())


# ---------------------------------------------------------------- what is kept
@pytest.mark.parametrize("name", WRITTEN)
def test_every_answer_that_was_given_stands_in_the_kept_talk(name: str) -> None:
    script, (office, lived) = talk(name), lived_once(name)
    kept = office.open_talk(lived.conversation.talk.header.instance_id)

    missing = [ref for ref, value in given(script, lived) if kept.talk.entry.value(ref) != value]
    assert missing == []
    assert len(list(given(script, lived))) >= (8 if script.stop_after else 30)


def given(script: Script, lived: Lived) -> Iterator[tuple[str, str]]:
    """The answers of the script that were given to questions on a screen, but for those that are never stored."""
    conversation = lived.conversation
    for ref in dict.fromkeys(ref for screen in lived.screens for ref in screen.refs):
        told = script.answers.get(conversation.concept_of(ref), "")
        stored = not NOT_IN_THE_RECORD & set(conversation.talk.entry.tags(ref).get("consent", "").split())
        if isinstance(told, str) and told and not told.startswith(("@", "+")) and stored:
            yield ref, conversation.talk.entry.value(ref)
            if conversation.concept_of(ref) not in {"cards", "time"}:
                assert conversation.talk.entry.value(ref) == told, ref


def test_a_finished_talk_holds_its_answers_and_no_memory_only_one() -> None:
    script = talk("low-literate-short-nl")
    office = office_for(script)
    lived = live(office, script)
    outcome = office.finish(lived.conversation)
    with office.store.unit_of_work() as uow:
        record = next(one for one in uow.instances.list() if one.form_id == INTAKE)

    assert outcome.stored
    held = leaves(record.xml)
    assert held["c04_municipality"] == ["aalten"]
    assert held["m01_obstacles"] == ["paperwork bad_school_memory"]
    assert held["q06_share_consent"] == ["no"]
    assert "a04b_alone" not in held


def test_a_no_to_writing_down_leaves_nothing_but_gives_a_plan() -> None:
    script = talk("labour-migrant-not-written-en")
    office = office_for(script)
    lived = live(office, script)

    assert office.plan(lived.conversation).goal is not None
    assert not office.finish(lived.conversation).stored
    with office.store.unit_of_work() as uow:
        assert (uow.participants.list(), uow.drafts.list(), uow.instances.list()) == ((), (), ())


# ---------------------------------------------------------------- branches
def test_private_questions_wait_while_family_is_at_the_table() -> None:
    _, lived = lived_once("beginner-with-family-short-ar")
    private = {question.code for question in questions().values() if question.private}

    assert not private & set(lived.codes())
    assert {code_of(ref) for ref in lived.conversation.talk.walk.waiting()} == {"m01"}


def test_in_an_unreviewed_language_without_an_interpreter_no_special_consent_is_asked() -> None:
    _, lived = lived_once("displaced-from-ukraine-short-uk")

    assert not {"b05", "b06", "q06"} & set(lived.codes())
    assert "q05" in lived.codes()


def test_the_sheet_for_the_young_comes_with_their_own_choice() -> None:
    _, lived = lived_once("youth-of-sixteen-short-uk")
    sheet = next(screen for screen in lived.screens if any(ref.endswith("c03b_go_on") for ref in screen.refs))

    assert [ref.rsplit("/", 1)[-1] for ref in sheet.refs] == ["c03_text_youth", "c03b_go_on"]


def test_a_talk_of_one_question_stores_a_count_and_nothing_else() -> None:
    script = talk("asylum-seeker-one-question-ar")
    office = office_for(script)
    lived = live(office, script)
    answer = OneQuestion(office, lived.conversation, municipality="winterswijk")
    places = [one.id for one in answer.found().organisations]
    answer.count()
    answer.count()

    assert places[:2] == ["taalhuis", "gemeente_sociaal"]
    assert office.render(answer.slip(places, ()), "address").startswith(b"%PDF")
    quarter = quarter_of(lived.conversation.talk.clock.today())
    assert tally(office.store, quarter) == {
        "one_question": 1, "one_question:language_computer": 1, "one_question:money_papers": 1,
    }  # fmt: skip
    with office.store.unit_of_work() as uow:
        assert (uow.participants.list(), uow.drafts.list(), uow.instances.list()) == ((), (), ())


def test_a_talk_stopped_at_minute_five_still_gives_a_plan_of_what_is_known() -> None:
    office, lived = lived_once("young-adult-stopped-early-en")
    plan = office.plan(lived.conversation)
    printed = pypdfium2.PdfDocument(office.render(plan))
    text = " ".join(page.get_textpage().get_text_range() for page in printed)

    assert len(lived.screens) <= 14
    assert (plan.call_name, plan.question) == ("Sam", ("unsure",))
    assert "Sam" in text
    assert plan.goal is None


# ---------------------------------------------------------------- continue later
@cache
def second_sitting(name: str) -> Lived:
    """The talk gone on with after it was put aside; only to be looked at."""
    office, first = lived_once(name)
    return go_on(office.open_talk(first.conversation.talk.header.instance_id), talk(name))


def test_two_sittings_ask_every_question_once_and_show_the_appointment_again() -> None:
    script, (_, first) = talk("refugee-two-sittings-ar"), lived_once("refugee-two-sittings-ar")
    second = second_sitting("refugee-two-sittings-ar")

    assert second.codes()[:2] == ["a04", "a04b"] or second.codes()[0] == "a04b"
    again = set(first.codes()) & set(second.codes())
    assert again <= TWICE | {"a04", "a04b", "q02", "q04", "q02b"}
    whole = expected(script.next_time())
    assert set(first.codes()) | set(second.codes()) == set(whole)


def test_a_short_talk_grows_to_full_and_asks_nothing_twice() -> None:
    script = talk("care-at-home-short-to-full-nl")
    office = office_for(script)
    first = live(office, script)
    conversation = office.open_talk(first.conversation.talk.header.instance_id)
    assert may_grow(conversation)
    before = {ref: conversation.talk.entry.value(ref) for ref in asked_refs(first)}
    grow(conversation)
    second = go_on(conversation, script)

    twice = (set(first.codes()) & set(second.codes())) - TWICE
    assert twice <= {"a04b", "a02", "a01"}
    kept = {ref: conversation.talk.entry.value(ref) for ref, value in before.items() if value}
    changed = {code_of(ref) for ref, value in before.items() if value and kept[ref] != value}
    assert changed <= {"a06", "r06"}
    assert {"c05", "d05", "j01", "k01", "l05", "o02", "q09"} <= set(second.codes())
    assert office.finish(conversation).stored


def asked_refs(lived: Lived) -> list[str]:
    return list(dict.fromkeys(ref for screen in lived.screens for ref in screen.refs))


def test_a_finished_talk_grows_to_full_as_an_edit_of_its_records() -> None:
    script = talk("stuck-worker-finished-to-full-nl")
    office = office_for(script)
    first = live(office, script)
    assert len(office.finish(first.conversation).queued) == 4
    with office.store.unit_of_work() as uow:
        (finished,) = [one for one in uow.instances.list() if one.form_id == INTAKE]
        before = {one.form_id: one.instance_id for one in uow.instances.list()}
    conversation = reopen_finished(office, finished.instance_id)
    assert may_grow(conversation)
    told(conversation, "alone", "two_of_us")
    grow(conversation)
    second = go_on(conversation, script)
    outcome = office.finish(conversation)

    assert (set(first.codes()) & set(second.codes())) - TWICE <= {"a04b", "a02", "a01", "r03", "r06", "b08"}
    assert len(outcome.queued) == 4
    with office.store.unit_of_work() as uow:
        new = [one for one in uow.instances.list() if one.instance_id in outcome.queued]
        assert conversation.talk.instance_id in {one.instance_id for one in new}
        waiting = [item.form_id for item in uow.outbox.waiting()]
    assert {one.form_id: one.deprecated_id for one in new} == before
    for one in new:
        assert one.released_xml is not None
        assert f"deprecatedID>{before[one.form_id]}<" in one.released_xml.decode()
    assert waiting == ["intake", "participant", "plan", "status"] * 2
    assert office.stored_plan(f"{conversation.number}-2").call_name == "Ria"
    assert leaves(next(one.xml for one in new if one.form_id == INTAKE))["a06_version"] == ["full"]


def test_what_never_left_the_laptop_is_replaced_without_naming_it_to_the_server() -> None:
    script = talk("stuck-worker-finished-to-full-nl")
    script = replace(script, answers={**script.answers, "consent_central": "no"})
    office = office_for(script)
    lived = live(office, script)
    assert office.finish(lived.conversation).queued == ()
    conversation = reopen_finished(office, lived.conversation.talk.instance_id)
    told(conversation, "alone", "two_of_us")
    told(conversation, "consent_central", "yes")
    told(conversation, "status", "complete")
    outcome = office.finish(conversation)

    assert conversation.talk.instance_id != lived.conversation.talk.instance_id
    assert len(outcome.queued) == 4
    with office.store.unit_of_work() as uow:
        new = uow.instances.get(conversation.talk.instance_id)
    assert new.deprecated_id == lived.conversation.talk.instance_id
    assert new.released_xml is not None
    assert re.search(b"deprecatedID>[^<]", new.released_xml) is None


def told(conversation: Conversation, concept: str, value: str) -> None:
    ref = conversation.talk.answers.ref(concept)
    assert ref is not None
    assert conversation.answer(ref, value).rejected is None


# ---------------------------------------------------------------- how long it takes
@pytest.mark.parametrize(
    ("name", "sitting", "most"),
    [
        ("refugee-two-sittings-ar", "first", 49),
        ("refugee-two-sittings-ar", "second", 52),
        ("low-literate-short-nl", "short", 36),
        ("displaced-from-ukraine-short-uk", "short", 36),
    ],
)
def test_no_talk_has_more_screens_than_was_promised(name: str, sitting: str, most: int) -> None:
    _, lived = lived_once(name)
    # The screen that asks again who is there belongs to opening the talk, and is not counted.
    screens = second_sitting(name).screens[1:] if sitting == "second" else lived.screens
    guest = [screen for screen in screens if not screen.after_guest]
    more = 3 * sum(any(ref.endswith("i01_cards") for ref in screen.refs) for screen in guest)

    assert len(guest) + more <= most
