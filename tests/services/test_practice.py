"""Practising: invented participants with a card to play from, and remarks that follow from the talk itself."""

from __future__ import annotations

import pytest

from intake_app.paths import resource_dir
from intake_app.services.office import Office
from intake_app.services.practice import PracticePerson, Remark, practice_people, remarks, role_card
from intake_app.services.rehearsal import Rehearsal, Script
from tests.fakes.storage import InMemoryStore
from tests.services.helps import make_office

FOLDER = resource_dir("sample", "talks")


@pytest.fixture(scope="module")
def office() -> Office:
    return make_office(InMemoryStore())


@pytest.fixture(scope="module")
def people(office: Office) -> dict[str, PracticePerson]:
    return {person.code: person for person in practice_people(office, FOLDER)}


def played(office: Office, script: Script, **changes: object) -> dict[str, Remark]:
    answers = {**script.answers, **changes}
    conversation = office.begin_talk(practice=True)
    Rehearsal(conversation, Script(script.name, answers, script.find)).play()
    return {remark.code: remark for remark in remarks(conversation, office)}


def test_there_are_people_of_every_group_to_practise_with(people: dict[str, PracticePerson]) -> None:
    assert len(people) >= 12
    assert {"ar", "uk", "en", "nl"} <= {person.language for person in people.values()}
    assert all("Voorbeeld" in person.name for person in people.values())


def test_a_file_that_is_no_talk_is_left_out(office: Office, tmp_path) -> None:
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")

    assert practice_people(office, tmp_path) == ()


def test_a_role_card_holds_questions_and_answers_in_dutch_and_writes_nothing(
    office: Office, people: dict[str, PracticePerson]
) -> None:
    before = office.open_drafts()
    card = role_card(office, people["short-refugee-cook"])
    answers = {line.question: line.answer for line in card}

    assert len(card) > 20
    assert all(line.question for line in card)
    assert "Kok in een eethuis" in answers.values()
    assert any("27 tot en met 56" in answer or "27" in answer for answer in answers.values())
    assert "@goal" not in answers.values()
    assert office.open_drafts() == before


@pytest.mark.parametrize("code", [path.stem for path in FOLDER.glob("*.json")])
def test_every_invented_person_has_a_card(office: Office, people: dict[str, PracticePerson], code: str) -> None:
    assert len(role_card(office, people[code])) >= 2


def test_a_goal_of_the_program_is_no_goal_in_own_words(office: Office, people: dict[str, PracticePerson]) -> None:
    script = people["short-refugee-cook"].script

    assert played(office, script)["goal"] == Remark("goal", False, {"how": "ready"})
    assert played(office, script, goal="Ik wil weer koken voor mensen.")["goal"].good


def test_a_first_step_counts_when_it_is_within_two_weeks(office: Office, people: dict[str, PracticePerson]) -> None:
    script = people["short-refugee-cook"].script

    assert played(office, script, date=["+10"])["first_step"].good
    assert played(office, script, date=["+40"])["first_step"] == Remark("first_step", False, {"how": "late"})
    assert played(office, script, step="", date="")["first_step"].params == {"how": "none"}


def test_who_told_of_an_obstacle_goes_home_with_an_address(office: Office, people: dict[str, PracticePerson]) -> None:
    script = people["short-refugee-cook"].script

    assert played(office, script)["referral"].good
    assert not played(office, script, referral=["none"], handover="")["referral"].good
    assert "referral" not in played(
        office, script, referral=["none"], handover="", obstacles="nothing", basic_wish="nothing_now"
    )


def test_explaining_skipping_the_plan_and_the_appointment_are_seen(
    office: Office, people: dict[str, PracticePerson]
) -> None:
    script = people["short-refugee-cook"].script
    found = played(office, script, explained="explain_again", hours="", follow_up="", time="")

    assert not found["explained"].good
    assert not found["plan"].good
    assert not found["appointment"].good
    assert not found["skipped"].good
    assert int(str(found["skipped"].params["count"])) >= 1
    assert all(found["skipped"].params["labels"])


def test_what_was_forgotten_comes_first(office: Office, people: dict[str, PracticePerson]) -> None:
    conversation = office.begin_talk(practice=True)
    Rehearsal(conversation, people["short-refugee-cook"].script).play()
    goods = [remark.good for remark in remarks(conversation, office)]

    assert goods == sorted(goods)
    assert len(set(goods)) == 2
