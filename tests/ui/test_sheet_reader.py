"""The plan for who cannot read it: heard section by section, once more, slower, stopped; private sheets stay silent."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from devtools.looked_over import complaints
from devtools.matrix import WINDOWS
from intake_app.services.people import KeptPlan
from intake_app.services.voice.settings import VoiceSettings
from intake_app.ui import theme
from intake_app.ui.pages.follow_up_form import RenewedPlanPage
from intake_app.ui.pages.plan import PlanPage
from intake_app.ui.pages.plan_again import PlanAgainPage
from intake_app.ui.pages.shared import lane
from intake_app.ui.pages.sheet_reader import SheetReader
from intake_app.ui.voice.speaker import Speaker
from intake_app.ui.widgets import Page
from tests.fakes.voice import ListeningVoice
from tests.ui.conftest import Played

Shown = Callable[..., QWidget]
Open = Callable[..., Page]
FIRST, APPOINTMENT, GOAL = "خطوتي الأولى", "موعدنا", "هدفي"
"""Headings of the plan of the sample talk: my first step, our appointment, my goal."""


@pytest.fixture
def voice() -> ListeningVoice:
    return ListeningVoice(languages=frozenset({"ar", "nl", "uk"}))


@pytest.fixture
def opened(played: Played, voice: ListeningVoice, shown: Shown, qtbot: QtBot) -> Iterator[Open]:
    office = played.office
    plan = office.plan(played.conversation)
    kinds = {
        "plan": lambda speaker: PlanPage(office, played.conversation, speaker=speaker),
        "again": lambda speaker: PlanAgainPage(
            office, KeptPlan(plan.plan_number, office.clock.now(), plan), speaker=speaker
        ),
        "renewed": lambda speaker: RenewedPlanPage(office, plan, "Bewaard.", speaker=speaker),
    }

    def make(name: str = "plan", width: int = 1366, height: int = 768, **settings: bool) -> Page:
        page = kinds[name](Speaker([voice], VoiceSettings(**settings)))
        shown(page, width, height)
        qtbot.waitUntil(lambda: page.ready and not lane().busy, timeout=20_000)
        return page

    yield make
    qtbot.waitUntil(lambda: not lane().busy)


def reader_of(page: Page) -> SheetReader:
    return page.findChild(SheetReader)


def click(button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def until(voice: ListeningVoice, text: str) -> None:
    """Let it be read up to the sentence."""
    while voice.said[-1].text != text:
        voice.finish()


@pytest.mark.parametrize("name", ["plan", "again", "renewed"])
def test_the_plan_is_heard_from_its_title_to_its_last_line_in_the_language_of_the_talk(
    opened: Open, voice: ListeningVoice, name: str
) -> None:
    page = opened(name)
    reader = reader_of(page)
    assert reader.read.label.pair.dutch == "Lees voor"
    click(reader.read)
    assert reader.read.label.pair.dutch == "Stop met lezen"
    said = voice.finish_all()

    assert [said.index(heading) for heading in (FIRST, APPOINTMENT, GOAL)] == sorted(
        said.index(heading) for heading in (FIRST, APPOINTMENT, GOAL)
    )
    assert len(said) > 30
    assert [one.text for one in voice.said if one.language == "nl"] == ["Bibliotheek Groenlo"] * 2
    assert {one.language for one in voice.said} == {"ar", "nl"}
    assert not any(one.private or one.consent for one in voice.said)
    assert reader.read.label.pair.dutch == "Lees voor"


def test_the_same_button_stops_and_the_next_press_begins_at_the_top(opened: Open, voice: ListeningVoice) -> None:
    reader = reader_of(opened())
    click(reader.read)
    until(voice, GOAL)
    click(reader.read)
    assert voice.done is None
    assert reader.read.label.pair.dutch == "Lees voor"
    first = voice.said[0]
    click(reader.read)

    assert voice.said[-1] == first


def test_one_section_is_heard_once_more_and_then_the_rest(opened: Open, voice: ListeningVoice) -> None:
    reader = reader_of(opened())
    assert not reader.again.isEnabled()
    click(reader.read)
    until(voice, APPOINTMENT)
    voice.finish()
    before = len(voice.said)
    click(reader.again)
    assert voice.said[before].text == APPOINTMENT
    until(voice, GOAL)
    click(reader.read)
    before = len(voice.said)
    click(reader.again)

    assert voice.said[before].text == GOAL


def test_slower_goes_on_from_the_section_one_is_in(opened: Open, voice: ListeningVoice) -> None:
    reader = reader_of(opened())
    click(reader.read)
    until(voice, APPOINTMENT)
    voice.finish()
    before = len(voice.said)
    click(reader.slow)
    assert voice.said[before].text == APPOINTMENT
    voice.finish()
    assert voice.slow[before:] == [True, True]
    click(reader.again)

    assert voice.slow[-1]


def test_the_page_of_paper_that_is_heard_comes_into_sight(opened: Open, voice: ListeningVoice) -> None:
    page = opened()
    click(reader_of(page).read)
    assert page.paper.page() == 1
    until(voice, GOAL)

    assert page.paper.page() == 2
    page.paper.verticalScrollBar().setValue(0)
    voice.finish()
    assert page.paper.page() == 1
    page.paper.show_page(2)
    click(reader_of(page).read)
    click(reader_of(page).read)
    assert page.paper.page() == 1


def test_another_paper_changes_nothing_about_the_language_that_is_heard(opened: Open, voice: ListeningVoice) -> None:
    page = opened()
    page.speak("uk")
    click(reader_of(page).read)

    assert {one.language for one in voice.said} == {"ar"}
    voice.finish_all()
    assert "uk" not in {one.language for one in voice.said}


def test_a_plan_of_an_earlier_talk_is_heard_in_the_language_that_is_chosen(
    opened: Open, voice: ListeningVoice, qtbot: QtBot
) -> None:
    page = opened("again")
    page.tongues.card("uk").click()
    qtbot.waitUntil(lambda: page.ready, timeout=20_000)
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_F2)
    voice.finish_all()

    assert voice.said[0].language == "uk"
    assert {one.language for one in voice.said} == {"uk", "ar", "nl"}
    QTest.keyClick(page, Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    assert voice.slow[-1]


@pytest.mark.parametrize("kind", ["private", "referral", "data"])
def test_a_private_sheet_and_the_consents_are_not_heard_and_it_is_said_why(
    opened: Open, voice: ListeningVoice, kind: str
) -> None:
    page = opened()
    reader = reader_of(page)
    assert reader.why.isHidden()
    click(reader.read)
    page.show_kind(kind)
    assert voice.done is None
    before = len(voice.said)
    reader.toggle()
    reader.slower()

    assert len(voice.said) == before
    assert reader.read.isHidden()
    assert reader.again.isHidden()
    assert reader.slow.isHidden()
    assert reader.why.isVisible()
    why = "Deze tekst leest geen computerstem voor." if kind == "data" else "Dit blad leest de laptop niet voor"
    assert why in reader.why.text()


def test_a_place_that_lets_a_computer_read_consents_hears_that_sheet_too(opened: Open, voice: ListeningVoice) -> None:
    page = opened(consents_recorded=False)
    page.show_kind("data")
    click(reader_of(page).read)

    assert voice.finish_all()
    assert all(one.consent for one in voice.said)


def test_without_a_voice_for_the_language_there_is_no_button_but_a_word(opened: Open, voice: ListeningVoice) -> None:
    voice.languages = frozenset({"nl"})
    reader = reader_of(opened())

    assert reader.read.isHidden()
    assert "Voorlezen in het Arabisch kan niet" in reader.why.text()
    assert "laat de tolk voorlezen" in reader.why.text()


def test_what_changed_in_the_plan_is_silent_until_it_is_asked_for_and_then_new(
    opened: Open, voice: ListeningVoice
) -> None:
    page = opened()
    click(reader_of(page).read)
    page.edit()
    page.steps.whole()
    page.steps.presenter.editor.hold_goal("أريد أن أعمل")
    page.steps.changed.emit()
    assert voice.done is None
    click(reader_of(page).read)
    said = voice.finish_all()

    assert said.count("أريد أن أعمل") == 1


def test_nothing_is_heard_of_a_page_that_is_out_of_sight(opened: Open, voice: ListeningVoice) -> None:
    page = opened("again")
    click(reader_of(page).read)
    assert voice.done is not None
    page.hide()

    assert voice.done is None


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("name", ["plan", "renewed"])
def test_the_buttons_leave_the_paper_its_room_at_the_largest_letters(
    opened: Open, themed: QApplication, window: str, name: str
) -> None:
    theme.apply(themed, size=theme.TextSize.LARGEST)
    room = WINDOWS[window]
    page = opened(name, room.width, room.height)
    reader = reader_of(page)

    assert complaints(page) == []
    assert (page.width(), page.height()) == (room.width, room.height)
    assert reader.read.height() < 2 * theme.TARGET
    assert page.view.paper.height() > 3 * theme.TARGET
