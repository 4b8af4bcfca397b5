"""Whatever takes long says so, and can be stopped with nothing half done, or says that it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.letters import WithdrawalSheet
from intake_app.services.access import Access
from intake_app.services.office import Office
from intake_app.ui.main_window import MainWindow
from intake_app.ui.pages.access_log import AccessLogPage
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.pages.first_access import FirstAccessPage
from intake_app.ui.pages.home import HomePage
from intake_app.ui.pages.letter import LetterPage
from intake_app.ui.pages.retention import AT_ONCE, RetentionPage
from intake_app.ui.pages.shared import lane
from intake_app.ui.pages.spread import SpreadPage
from intake_app.ui.presenters.conversation import ConversationPresenter
from intake_app.ui.screenshots import settle
from intake_app.ui.talk_flow import TalkFlow
from intake_app.ui.widgets import BusyOverlay
from intake_app.ui.widgets.list_line import ListLine
from tests.fakes.storage import InMemoryStoreGate
from tests.services.helps import begun, make_office
from tests.services.test_people import add_person

Shown = Callable[..., QWidget]
PATIENCE = 20_000


@pytest.fixture
def held(qtbot: QtBot) -> Iterator[Event]:
    """Work in the background waits until this is set."""
    free = Event()
    lane().run(lambda: free.wait(20))
    yield free
    free.set()
    qtbot.waitUntil(lambda: not lane().busy, timeout=PATIENCE)


@pytest.fixture
def window(office: Office, shown: Shown) -> MainWindow:
    window = MainWindow(lambda store: office)
    window.access = Access(InMemoryStoreGate())
    window.office = office
    shown(window, 1366, 768)
    window.go_home()
    return window


def stop(busy: BusyOverlay, qtbot: QtBot) -> None:
    qtbot.waitUntil(busy.isVisible)
    assert busy.halt.isVisible()
    assert not busy.unbroken.isVisible()
    qtbot.mouseClick(busy.halt, Qt.MouseButton.LeftButton)
    assert not busy.isVisible()


def cannot_be_stopped(busy: BusyOverlay, qtbot: QtBot) -> None:
    qtbot.waitUntil(busy.isVisible)
    assert not busy.halt.isVisible()
    assert "U kunt dit niet afbreken" in busy.accessibleName()


def test_opening_a_talk_is_stopped_and_another_one_opens_afterwards(
    window: MainWindow, office: Office, held: Event, qtbot: QtBot
) -> None:
    window.page.talk_requested.emit()
    stop(window.busy, qtbot)
    held.set()
    settle(window)

    assert isinstance(window.page, HomePage)
    assert not window.talks.underway
    assert office.open_drafts() == ()
    window.page.talk_requested.emit()
    qtbot.waitUntil(lambda: isinstance(window.page, ConversationPage), timeout=PATIENCE)
    window.talks.let_go()


def test_finishing_a_talk_says_that_it_is_whole_or_did_not_happen(
    window: MainWindow, office: Office, held: Event, qtbot: QtBot
) -> None:
    flow = TalkFlow(window, office, begun(office), resumed=True)
    flow._finish()

    cannot_be_stopped(window.busy, qtbot)
    held.set()
    qtbot.waitUntil(lambda: not window.busy.isVisible(), timeout=PATIENCE)
    flow.desk.leave()


def test_what_opens_the_laptop_says_that_it_cannot_be_stopped(shown: Shown, held: Event, qtbot: QtBot) -> None:
    page = shown(FirstAccessPage(Access(InMemoryStoreGate())))
    page.name.set_text("Anneke")
    for field in (page.new.first, page.new.second):
        field.set_text("vier losse woorden samen")
    page.go.click()

    cannot_be_stopped(page.busy, qtbot)
    with qtbot.waitSignal(page.unlocked, timeout=PATIENCE) as told:
        held.set()
    told.args[0].close()


def test_a_letter_nobody_waits_for_is_made_anew_when_asked(
    office: Office, shown: Shown, held: Event, qtbot: QtBot
) -> None:
    sheet = WithdrawalSheet("1234-5678", "nl", office.installation)
    page = shown(LetterPage(office, sheet, "Voor de deelnemer"), 1366, 768)
    stop(page.busy, qtbot)
    assert page.again.isVisible()
    held.set()
    settle(page)
    assert not page.print.isEnabled()

    page.again.click()
    qtbot.waitUntil(page.print.isEnabled, timeout=PATIENCE)

    assert not page.again.isVisible()


@pytest.mark.parametrize("make", [AccessLogPage, SpreadPage])
def test_what_is_read_for_long_is_stopped_and_the_page_says_so(
    make: Callable[[Office], QWidget], shown: Shown, held: Event, qtbot: QtBot
) -> None:
    page = make(make_office())
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    stop(page.busy, qtbot)

    assert page.message.isVisible()
    assert "gestopt" in page.message.what.pair.dutch.lower() or "stopt" in page.message.what.pair.dutch.lower()


def test_what_goes_is_told_as_being_read_and_then_a_part_at_a_time(shown: Shown, held: Event, qtbot: QtBot) -> None:
    office = make_office()
    for number in range(AT_ONCE + 5):
        add_person(office.store, f"{number:04}-0000", f"Naam {number}")
    page = RetentionPage(office)
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    assert "Even kijken" in page._wait.text()
    held.set()
    settle(page)

    assert len(page.findChildren(ListLine)) == AT_ONCE
    assert "(5)" in page.more.accessibleName()
    page.more.click()
    settle(page)
    assert len(page.findChildren(ListLine)) == AT_ONCE + 5
    assert not page.more.isVisible()


def test_the_frame_of_a_talk_stands_first_and_its_questions_come_with_the_next_events(
    office: Office, shown: Shown, qtbot: QtBot
) -> None:
    page = ConversationPage(office, ConversationPresenter(office.begin_talk(practice=True)), at_once=False)
    before = dict(page.board.controls)
    shown(page, 1366, 768)
    qtbot.waitUntil(page.scroll.isVisible)

    assert not before
    assert page.controls
    assert all(control.isVisible() for control in page.controls.values())


def test_who_is_quicker_than_the_page_still_finds_its_questions(office: Office, qtbot: QtBot) -> None:
    page = ConversationPage(office, ConversationPresenter(office.begin_talk(practice=True)), at_once=False)
    qtbot.addWidget(page)

    assert page.controls
