"""Goal and steps change beside the plan: kept like answers, never lost, always on the paper in sight."""

from __future__ import annotations

import pytest

from intake_app.errors import DiskFull
from intake_app.i18n.starters import starter_sentence
from intake_app.paths import resource_dir
from intake_app.services.conversation import Conversation
from intake_app.services.office import Office
from intake_app.services.plan_steps import FIELDS, PlanEditor
from intake_app.services.rehearsal import Rehearsal, read_script
from intake_app.services.step_hints import in_the_way, step_hints
from tests.services.helps import FullDiskStore, make_office


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def conversation(office: Office) -> Conversation:
    return played(office)


def played(office: Office) -> Conversation:
    led = office.begin_talk(practice=True)
    Rehearsal(led, read_script(resource_dir("sample", "talks", "short-refugee-cook.json"))).play(
        until_guest_leaves=True
    )
    return led


@pytest.fixture
def editor(conversation: Conversation) -> PlanEditor:
    return PlanEditor(conversation)


def texts(editor: PlanEditor) -> list[str]:
    return [step.values["step"] for step in editor.steps()]


def test_the_editor_begins_with_what_was_told(editor: PlanEditor, office: Office) -> None:
    plan = office.plan(editor.conversation)

    assert editor.plan(plan) == plan
    assert texts(editor)[0]
    assert editor.goal


def test_a_step_is_added_for_a_working_day_and_stands_on_the_plan(editor: PlanEditor, office: Office) -> None:
    number = editor.add("Ik bel de bibliotheek.")

    step = office.plan(editor.conversation).steps[number]
    assert step.what.text == "Ik bel de bibliotheek."
    assert step.by is not None
    assert step.by.weekday() < 5
    assert editor.most == 2
    assert not editor.can_add
    with pytest.raises(ValueError, match="room"):
        editor.add("Nog een")


def test_steps_change_places_whole(editor: PlanEditor) -> None:
    editor.add("Ik bel de bibliotheek.")
    editor.set(1, "who", "partner")
    editor.set(1, "partner", "taalhuis")
    editor.set(1, "done_when", "Ik weet de dag.")
    before = [step.values for step in editor.steps()]

    editor.move(1, -1)
    editor.move(0, -1)

    assert [step.values for step in editor.steps()] == before[::-1]


def test_a_removed_step_leaves_and_the_last_one_is_only_emptied(editor: PlanEditor, office: Office) -> None:
    first = texts(editor)[0]
    editor.add("Ik bel de bibliotheek.")

    editor.remove(0)
    assert texts(editor) == ["Ik bel de bibliotheek."]
    assert first not in texts(editor)

    editor.remove(0)
    assert texts(editor) == [""]
    assert office.plan(editor.conversation).steps == ()
    assert editor.can_add


def test_who_is_no_partner_any_more_lets_go_of_the_partner(editor: PlanEditor) -> None:
    editor.set(0, "who", "partner")
    editor.set(0, "partner", "taalhuis")
    editor.set(0, "who", "participant")

    assert editor.steps()[0].values["partner"] == ""


def test_text_being_typed_is_on_the_plan_in_sight_and_kept_against_a_crash(editor: PlanEditor, office: Office) -> None:
    base = office.plan(editor.conversation)

    editor.type(0, "step", "Ik ga naar")
    editor.type_goal("Ik wil kok")

    assert editor.plan(base).steps[0].what.text == "Ik ga naar"
    assert editor.plan(base).goal is not None
    assert "Ik ga naar" in editor.conversation.talk.typing.values()
    editor.set(0, "step", "Ik ga naar het Taalhuis.")
    assert office.plan(editor.conversation).steps[0].what.text == "Ik ga naar het Taalhuis."
    assert list(editor.typed.values()) == ["Ik wil kok"]


def test_a_ready_step_knows_whether_it_is_used(editor: PlanEditor) -> None:
    editor.remove(0)
    starter = editor.starters()[0]
    assert editor.used(starter) is None

    number = editor.add(starter_sentence(starter, "nl"))

    assert editor.used(starter) == number


def test_what_could_not_be_kept_stays_and_is_tried_again() -> None:
    store = FullDiskStore()
    office = make_office(store)
    editor = PlanEditor(played(office))
    base = office.plan(editor.conversation)
    store.full = True
    with pytest.raises(DiskFull):
        editor.set(0, "step", "Ik schrijf een brief.")
    with pytest.raises(DiskFull):
        editor.set_goal("Ik wil schrijven.")
    assert editor.plan(base).steps[0].what.text == "Ik schrijf een brief."
    assert editor.plan(base).goal is not None

    store.full = False
    editor.keep()

    assert editor.typed == {}
    after = office.plan(editor.conversation)
    assert after.steps[0].what.text == "Ik schrijf een brief."
    assert after.goal is not None
    assert after.goal.text == "Ik wil schrijven."


def test_partners_have_names_and_nobody_is_none_of_them(editor: PlanEditor) -> None:
    partners = editor.partners()

    assert "taalhuis" in [code for code, _, _ in partners]
    assert "none" not in [code for code, _, _ in partners]
    assert all(own and dutch for _, own, dutch in partners)


def test_what_stands_in_the_way_is_asked_kindly(editor: PlanEditor, office: Office) -> None:
    talk = editor.conversation.talk
    for concept, value in (("care", "needs_childcare"), ("times", "evening weekend"), ("hours", "lt8")):
        talk.answer(talk.answers.ref(concept), value)

    hard = in_the_way(talk.answers)

    assert hard[0] in {"care", "times"}
    assert "hours" in hard
    told = [hint.code for hint in step_hints(office.plan(editor.conversation), hard)]
    assert "times" in told
    assert "hours" not in told
    assert set(FIELDS) == {"step", "who", "partner", "date", "done_when"}
