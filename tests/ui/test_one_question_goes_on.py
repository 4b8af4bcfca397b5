"""A talk of one question goes on in another language, or after a look back, with all that was typed and ticked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from intake_app.services.access import Access
from intake_app.services.office import Office
from intake_app.services.one_question import begin_one_question
from intake_app.ui.dialogs.language import LanguageDialog
from intake_app.ui.main_window import MainWindow
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.pages.one_question import OneQuestionPage
from intake_app.ui.pages.talk_head import TalkHead
from intake_app.ui.presenters.stages import Stage
from intake_app.ui.talk_flow import TalkFlow
from tests.fakes.storage import InMemoryStoreGate
from tests.services.helps import told

HALF, REST = "praktijk", "verklaring"


@dataclass
class Desk:
    """A guest with two questions, at the answer."""

    window: MainWindow
    flow: TalkFlow
    qtbot: QtBot

    @property
    def page(self) -> OneQuestionPage:
        page = self.window.page
        assert isinstance(page, OneQuestionPage)
        page.whole()
        return page

    def answer(self) -> OneQuestionPage:
        self.flow.presenter.stage = Stage.ANSWER
        self.flow._show()
        self.qtbot.waitUntil(self.page.search.isVisible)
        return self.page

    def type(self, text: str) -> None:
        self.page.search.field.setFocus()
        for letter in text:
            QTest.keyClick(self.page.search.field, letter)

    def come_to_the_front(self) -> None:
        with self.qtbot.waitActive(self.window):
            self.window.activateWindow()

    def speak(self, code: str) -> None:
        """Another language by the keys of the page and a press in the list."""
        before = self.page
        before.findChild(TalkHead).choose_language()
        dialog = self.window.findChild(LanguageDialog)
        QTest.mouseClick(dialog.grid.card(code), Qt.MouseButton.LeftButton)
        self.qtbot.waitUntil(lambda: self.window.page is not before)
        self.qtbot.waitUntil(self.page.search.isVisible)
        self.come_to_the_front()


@pytest.fixture
def desk(office: Office, shown: Callable[..., QWidget], qtbot: QtBot) -> Iterator[Desk]:
    window = MainWindow(lambda store: office)
    window.access, window.office = Access(InMemoryStoreGate()), office
    shown(window, 1366, 768)
    conversation = begin_one_question(office)
    told(conversation, {"talk_language": "nl", "question": "work language_computer"})
    flow = window.talks.current = TalkFlow(window, office, conversation, resumed=False)
    made = Desk(window, flow, qtbot)
    made.answer()
    made.come_to_the_front()
    yield made
    window.talks.let_go()


def keyboard_in(desk: Desk) -> bool:
    return QApplication.focusWidget() is desk.page.search.field


def test_what_is_half_typed_stands_there_in_another_language_and_is_typed_on(desk: Desk) -> None:
    desk.type(HALF)
    desk.speak("ar")

    assert desk.page.presenter.language == "ar"
    assert desk.page.search.text() == HALF
    desk.qtbot.waitUntil(lambda: keyboard_in(desk))
    for letter in REST:
        QTest.keyClick(QApplication.focusWidget(), letter)
    assert desk.page.search.text() == HALF + REST
    desk.qtbot.waitUntil(lambda: desk.page.search.results is not None)
    desk.speak("nl")
    assert desk.page.search.text() == HALF + REST


def test_what_was_found_stands_there_again_and_can_be_chosen(desk: Desk) -> None:
    desk.type(HALF + REST)
    desk.speak("ar")

    desk.qtbot.waitUntil(lambda: desk.page.search.results is not None)
    desk.page.search.results.cards[0].click()

    assert desk.page.search.text() == ""
    assert desk.page.offers.values()
    desk.speak("nl")
    assert desk.page.search.text() == ""
    assert desk.page.offers.values()


def test_what_was_ticked_or_taken_off_and_where_the_guest_lives_stay_in_another_language(desk: Desk) -> None:
    desk.page.where.card("oost_gelre").click()
    off, on = desk.page.places.values()[0], "fijnder"
    assert on not in desk.page.places.values()
    desk.page.places.card(off).click()
    desk.page.places.card(on).click()
    chosen = desk.page.places.values()
    desk.speak("ar")

    assert desk.page.places.values() == chosen
    assert off not in chosen
    assert on in chosen
    assert desk.page.where.values() == ["oost_gelre"]


def test_a_look_back_at_the_questions_loses_nothing_either(desk: Desk) -> None:
    desk.type(HALF)
    off = desk.page.places.values()[0]
    desk.page.places.card(off).click()
    QTest.mouseClick(desk.page.backward, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: isinstance(desk.window.page, ConversationPage))
    desk.answer()

    assert desk.page.search.text() == HALF
    assert off not in desk.page.places.values()


def test_the_next_guest_finds_nothing_of_this_one(desk: Desk, office: Office) -> None:
    desk.type(HALF)
    desk.window.talks.let_go()
    conversation = begin_one_question(office)
    told(conversation, {"talk_language": "nl", "question": "work"})
    desk.flow = desk.window.talks.current = TalkFlow(desk.window, office, conversation, resumed=False)

    assert desk.answer().search.text() == ""
