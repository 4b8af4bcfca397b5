"""The conflict desk in the window: both answers, one click a question, undone or in own words, and nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.caseload import ListedCase, digits_of
from intake_app.services.conflicts import Meeting, meet, meetings, take_hand_over
from intake_app.services.differences import HERE, OWN, THERE
from intake_app.services.hand_over import Source
from intake_app.services.meeting import Beside, There
from intake_app.ui.pages.desk import Choosing, DeskPage
from intake_app.ui.pages.envelope import EnvelopePage
from intake_app.ui.pages.people import PeoplePage
from intake_app.ui.pages.shared import lane
from intake_app.ui.screenshots import settle
from intake_app.ui.widgets import TextLabel
from tests.services.test_conflicts import GOAL_HERE, GOAL_THERE, Case, an_office, go_on, handed_over, later
from tests.ui.accessible import complaints

Shown = Callable[..., QWidget]
PATIENCE = 20_000


@pytest.fixture
def case(tmp_path: Path) -> Case:
    found = handed_over(an_office(), an_office(60), tmp_path)
    with found.here.store.unit_of_work() as uow:
        talk = next(one for one in uow.instances.of_participant(found.who) if one.form_id == "intake")
    go_on(found.here, talk.instance_id, goal=GOAL_HERE)
    return found


@pytest.fixture
def page(case: Case, shown: Shown, qtbot: QtBot) -> DeskPage:
    met = take_hand_over(case.here, case.back, case.number, case.code)
    assert isinstance(met, Meeting)
    found = DeskPage(case.here, met.participant_id, met.name)
    shown(found, 1366, 768)
    qtbot.waitUntil(lambda: bool(found.questions), timeout=PATIENCE)
    return found


def goal_of(page: DeskPage) -> Choosing:
    return next(one for one in page.questions if one.key.endswith("_goal"))


def test_both_answers_are_read_before_one_is_chosen(page: DeskPage) -> None:
    goal = goal_of(page)
    assert [card.answer.pair.dutch for card in goal.grid.cards] == [GOAL_HERE, GOAL_THERE]
    assert goal.grid.values() == []
    assert not page.ready.isEnabled()
    assert not page.undo.isEnabled()
    assert page.count.text() == "Nog 2 keuzes."


def test_one_click_chooses_and_one_takes_it_back(page: DeskPage) -> None:
    goal = goal_of(page)
    goal.grid.card(THERE).click()
    assert (goal.grid.values(), page.count.text()) == ([THERE], "Nog 1 keuze.")
    goal.grid.card(HERE).click()
    page.undo.click()
    assert goal.grid.values() == [THERE]
    page.undo.click()
    assert (goal.grid.values(), page.count.text()) == ([], "Nog 2 keuzes.")
    assert not page.undo.isEnabled()


def test_words_that_are_typed_stay_without_a_click(page: DeskPage, case: Case, shown: Shown, qtbot: QtBot) -> None:
    goal, met = goal_of(page), page.presenter.load()
    qtbot.keyClicks(goal.own, "Ik wil koken")
    goal.own.flush()
    again = DeskPage(case.here, met.participant_id, met.name)
    shown(again, 1366, 768)
    qtbot.waitUntil(lambda: bool(again.questions), timeout=PATIENCE)
    assert goal_of(again).own.text() == "Ik wil koken"
    assert goal_of(again).grid.values() == []
    goal_of(again).use.click()
    found = next(one for one in again.presenter.load().differences if one.key == goal.key)
    assert (found.choice, found.own) == (OWN, "Ik wil koken")


def test_the_choices_become_one_plan(page: DeskPage, case: Case, qtbot: QtBot) -> None:
    later(case.here)
    for question in page.questions:
        question.grid.card(THERE).click()
    with qtbot.waitSignal(page.settled, timeout=PATIENCE) as told:
        page.ready.click()
    assert "Er is weer één plan." in told.args[0]
    assert "wacht op versturen" in told.args[0]
    assert case.newest().talk.answers.text("goal") == GOAL_THERE
    assert not meetings(case.here)


def test_the_page_of_envelopes_leads_to_the_desk(case: Case, shown: Shown, qtbot: QtBot) -> None:
    page = EnvelopePage(case.here, choose_file=lambda _: str(case.back))
    shown(page, 1366, 768)
    page.number.set_text(case.number)
    page.code.set_text(case.code)
    page.open_button.click()
    qtbot.waitUntil(lambda: "op twee plekken" in page.message.what.pair.dutch, timeout=PATIENCE)
    assert page.go_desk.isVisible()
    with qtbot.waitSignal(page.meeting_requested) as asked:
        page.go_desk.click()
    assert asked.args[0] == case.who


def test_laying_two_versions_beside_each_other_can_be_stopped(page: DeskPage, case: Case, qtbot: QtBot) -> None:
    met, free = page.presenter.load(), Event()
    lane().run(lambda: free.wait(20))
    again = DeskPage(case.here, met.participant_id, met.name)
    qtbot.addWidget(again)
    again.resize(1366, 768)
    again.show()
    qtbot.waitUntil(again.busy.isVisible)
    again.busy.halt.click()
    free.set()
    settle(again)

    assert not again.busy.isVisible()
    assert again.message.isVisible()
    assert not again.questions


def test_the_list_of_people_shows_what_waits_for_a_choice(
    page: DeskPage, case: Case, shown: Shown, qtbot: QtBot
) -> None:
    people = PeoplePage(case.here)
    settle(shown(people, 1366, 768))
    (button,) = people.meeting_buttons
    with qtbot.waitSignal(people.meeting_requested) as asked:
        button.click()
    assert asked.args == [case.who, page.presenter.load().name]


def test_a_correction_that_came_too_late_leads_to_the_other_version_and_then_to_the_desk(
    case: Case, shown: Shown, qtbot: QtBot
) -> None:
    with case.here.store.unit_of_work() as uow:
        item = next(one for one in uow.outbox.waiting() if one.participant_id == case.who)
        uow.outbox.save_attempt(replace(item, set_apart=True, last_problem="edit_out_of_date"))
        uow.commit()
    people = PeoplePage(case.here)
    settle(shown(people, 1366, 768))
    (button,) = people.overtaken_buttons
    with qtbot.waitSignal(people.envelopes_requested):
        button.click()
    met = take_hand_over(case.here, case.back, case.number, case.code)
    assert isinstance(met, Meeting)
    people = PeoplePage(case.here)
    settle(shown(people, 1366, 768))
    with qtbot.waitSignal(people.meeting_requested) as asked:
        people.overtaken_buttons[0].click()
    assert asked.args == [case.who, met.name]


def test_a_number_of_another_site_is_told_and_nothing_else(case: Case, shown: Shown) -> None:
    case.here.caseload = lambda: {"11112222": ListedCase("1111-2222", "complete", date(2027, 5, 3), 2)}
    page = PeoplePage(case.here)
    settle(shown(page, 1366, 768))
    page.search.setText("1111-222")
    assert not page.elsewhere.isVisible()
    page.search.setText("1111 2222")
    assert page.elsewhere.isVisible()
    assert "Nummer 1111-2222 is bekend bij" in page.elsewhere.text()
    assert "3 mei 2027" in page.elsewhere.text()


def test_two_next_days_stand_beside_each_other_and_one_click_counts(case: Case, shown: Shown) -> None:
    listed = ListedCase(case.number, "complete", date(2027, 5, 3), 9)
    case.here.caseload = lambda: {digits_of(case.number): listed}
    page = PeoplePage(case.here)
    settle(shown(page, 1366, 768))
    (days,) = page.two_days
    assert [card.answer.pair.dutch for card in days.grid.cards] == [
        "Hier: maandag 15 maart 2027",
        "Daar: maandag 3 mei 2027",
    ]
    assert not days.undo.isVisible()
    days.grid.card("there").click()
    assert card_day(case) == date(2027, 5, 3)
    assert "3 mei 2027" in days.told.text()
    days.undo.click()
    assert card_day(case) == date(2027, 3, 15)
    assert days.grid.values() == []


def card_day(case: Case) -> date | None:
    with case.here.store.unit_of_work() as uow:
        card = uow.cards.of(case.who)
    assert card is not None
    return card.next_date


def test_a_screen_reader_and_the_tab_key_meet_everything_in_order(page: DeskPage) -> None:
    assert complaints(page) == []


def test_what_the_werkcentrum_changed_beside_the_questions_stands_there_with_both_answers(
    case: Case, shown: Shown, qtbot: QtBot
) -> None:
    there = There(
        "b" * 32,
        case.number,
        Source("", "", "", date(2027, 3, 1), ""),
        theirs=case.newest().talk.entry.savepoint(),
        given=case.newest().talk.entry.savepoint(),
        versions={"participant": ["uuid:a", "uuid:b"]},
        beside=(Beside("contact", "", "0612345678", "0687654321"),),
    )
    with case.here.store.unit_of_work() as uow:
        record = next(one for one in uow.instances.of_participant(case.who) if one.deprecated_id is not None)
        item = next(one for one in uow.outbox.waiting() if one.instance_id == record.instance_id)
        uow.outbox.save_attempt(replace(item, set_apart=True, last_problem="edit_out_of_date"))
        uow.commit()
    versions = {str(record.form_id): [str(record.deprecated_id), "uuid:b"]}
    met = meet(case.here, replace(there, versions=versions))
    page = DeskPage(case.here, met.participant_id, met.name)
    shown(page, 1366, 768)
    qtbot.waitUntil(page.ready.isEnabled, timeout=PATIENCE)
    words = [label.text() for label in page.findChildren(TextLabel)]
    assert "Bereikbaar via" in words
    assert any("0612345678" in one and "0687654321" in one for one in words)
    assert "Het Werkcentrum" in words
    assert not page.questions
