"""Whole stories at the table: a talk by keyboard, mouse or finger alone; locked in mid-answer; stopped early."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from intake_app.bootstrap import open_office, prepare
from intake_app.services.access import Access
from intake_app.services.office import Office
from intake_app.storage.gate import SqlStoreGate
from intake_app.ui.dialogs.talk import STOP
from intake_app.ui.main_window import MainWindow
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.pages.reading_back import ReadingBackPage
from intake_app.ui.pages.talk_desk import TalkDesk
from intake_app.ui.presenters.conversation import ConversationPresenter, Stage
from intake_app.ui.voice.speaker import Speaker
from intake_app.ui.widgets import AnswerCard
from tests.fakes.encrypted import CHEAP
from tests.fakes.places import settle
from tests.fakes.voice import ListeningVoice, OtherScreen

ANNA = "vier losse woorden samen"
CHOSEN = {
    "talk_language": "ar",
    "version": "short",
    "age_group": "27_56",
    "alone": "two_of_us",
    "consent_record": "yes",
}
"""What must be answered in one way for the talk to be a whole one; elsewhere the first answer is taken."""


class Hand(ABC):
    """One way to press: `answer` a card, `go_on` to the next screen; `screens` are led so at the most."""

    screens = 80

    def __init__(self, page: ConversationPage) -> None:
        self.page = page

    @abstractmethod
    def answer(self, card: AnswerCard) -> None: ...

    @abstractmethod
    def go_on(self) -> None: ...


class Keyboard(Hand):
    def answer(self, card: AnswerCard) -> None:
        control = next(c for c in self.page.controls.values() if c.isAncestorOf(card))
        cards = [c for c in control.findChildren(AnswerCard) if c.isVisible() and c.isEnabled() and c.is_answer]
        control.first_focus().setFocus(Qt.FocusReason.TabFocusReason)
        if cards.index(card) < 9:
            QTest.keyClick(control.first_focus(), getattr(Qt.Key, f"Key_{cards.index(card) + 1}"))
        else:
            card.setFocus(Qt.FocusReason.TabFocusReason)
            QTest.keyClick(card, Qt.Key.Key_Space)

    def go_on(self) -> None:
        QTest.keyClick(self.page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


class Mouse(Hand):
    def press(self, button: QAbstractButton) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def answer(self, card: AnswerCard) -> None:
        self.press(card)

    def go_on(self) -> None:
        self.press(self.page.chrome.next)


class Finger(Mouse):
    screens = 14

    def __init__(self, page: ConversationPage) -> None:
        super().__init__(page)
        self.device = QTest.createTouchDevice()

    def press(self, button: QAbstractButton) -> None:
        if self.page.scroll.isAncestorOf(button):
            # a finger presses what stands still: what a screen brings after the first look may move it once more
            for _ in range(3):
                self.page.scroll.ensureWidgetVisible(button, 0, 40)
                QApplication.processEvents()
        window = button.window()
        at = button.mapTo(window, QPoint(button.width() // 2, min(30, button.height() // 2)))
        QTest.touchEvent(window, self.device).press(0, at, window)
        QTest.touchEvent(window, self.device).release(0, at, window)
        QApplication.processEvents()


def concept(page: ConversationPage, ref: str) -> str:
    return page.presenter.conversation.concept_of(ref)


def heard(presenter: ConversationPresenter, ref: str, value: str) -> bool:
    """Whether the talk has this choice, at the question or at one of its parts, if it is still asked.

    A sentence that was tapped as a beginning is kept with what is typed after it, when the field is left.
    """
    questions = [question for question in presenter.model().questions if question.ref == ref and question.choices]
    return all(any(value in part.value.split() for part in (question, *question.parts)) for question in questions)


def standing(page: ConversationPage) -> object:
    """Where the talk stands, with the inner screens of its questions."""
    return page.presenter.stage, page.presenter.key, page.board.stages()


@pytest.mark.parametrize("kind", [Keyboard, Mouse, Finger])
def test_a_talk_is_led_in_one_way_alone(kind: type[Hand], office: Office, shown: Callable[..., QWidget]) -> None:
    presenter = ConversationPresenter(office.begin_talk(practice=True))
    page = shown(ConversationPage(office, presenter), 1366, 768)
    hand = kind(page)
    answered = 0
    for _ in range(hand.screens):
        if presenter.stage is not Stage.ASKING:
            break
        for ref in list(page.controls):
            name = concept(page, ref)
            cards = [c for c in page.controls[ref].findChildren(AnswerCard) if c.isVisible() and c.is_answer]
            if ref in page.controls and cards and not cards[0].isChecked():
                wanted = [card for card in cards if card.value == CHOSEN.get(name, cards[0].value)]
                hand.answer(wanted[0])
                assert heard(presenter, ref, wanted[0].value), f"{name}: pressed, not heard"
                answered += 1
        QApplication.processEvents()
        before = standing(page)
        hand.go_on()
        assert standing(page) != before, f"pressed next and nothing came: {presenter.messages}"

    assert presenter.stage is (Stage.ASKING if kind is Finger else Stage.READING_BACK)
    assert answered > (8 if kind is Finger else 20)
    assert presenter.conversation.talk.language == "ar"
    assert presenter.recording


@pytest.fixture
def window(qtbot: QtBot, shown: Callable[..., QWidget], tmp_path):
    gate = SqlStoreGate(tmp_path / "data", CHEAP)
    store = gate.create(ANNA, "Anna", "site_lead", "counsellor")
    settle(store)
    store.close()
    prepare()
    made = shown(MainWindow(open_office), 1366, 768)
    made.begin(Access(gate))
    made.page.passphrase.set_text(ANNA)
    QTest.mouseClick(made.page.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: hasattr(made.page, "begin"), timeout=15000)
    QTest.mouseClick(made.page.begin, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(made.page, ConversationPage), timeout=15000)
    yield made
    made.talks.let_go()
    made.close()


def at_the_table(window: MainWindow, until: str) -> ListeningVoice:
    """A voice and a second screen on the desk, and the talk led until a question."""
    voice, talk = ListeningVoice(), window.talk
    talk.desk = TalkDesk(window.office, speaker=Speaker([voice]), screens=OtherScreen(), parent=talk)
    answers = {**CHOSEN, "interpreter": "none"}
    for _ in range(40):
        names = [talk.presenter.conversation.concept_of(ref) for ref in talk.presenter.model().refs()]
        if until in names:
            break
        for ref in list(talk.presenter.model().refs()):
            if value := answers.get(talk.presenter.conversation.concept_of(ref), ""):
                talk.presenter.answer(ref, value)
        talk.presenter.saw(talk.presenter.model())
        assert talk.presenter.next(), talk.presenter.messages
    talk._show()
    return voice


def test_locked_in_mid_answer_nothing_is_seen_or_heard_and_nothing_is_lost(window: MainWindow, qtbot: QtBot) -> None:
    voice = at_the_table(window, "call_name")
    page = window.page
    entry = next(c.entry for ref, c in page.controls.items() if concept(page, ref) == "call_name")
    page.side.toggle_second()
    view = window.talk.desk.view
    page.side.toggle_voice()
    assert voice.done is not None
    entry.setFocus()
    QTest.keyClicks(entry, "Sami")

    QTest.keyClick(entry, Qt.Key.Key_F12)

    assert window.locked
    assert voice.done is None
    assert view.is_blank
    assert not page.isVisible()
    window.lock.passphrase.set_text(ANNA)
    QTest.mouseClick(window.lock.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.locked, timeout=15000)

    assert next(c.entry for ref, c in page.controls.items() if concept(page, ref) == "call_name").text() == "Sami"
    assert not view.is_blank
    window.talk.desk.leave()


def test_while_is_read_back_the_other_screen_says_so_and_goes_dark_behind_the_lock(
    window: MainWindow, qtbot: QtBot
) -> None:
    at_the_table(window, "work_now")
    window.page.side.toggle_second()
    view = window.talk.desk.view

    QTest.mouseClick(window.page.chrome.reading, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(window.page, ReadingBackPage))
    assert view.is_silent
    assert "Wij lezen samen na" in view.calm.pair.dutch
    assert not view.board.controls

    QTest.keyClick(window.page, Qt.Key.Key_F12)
    assert view.is_blank
    window.lock.passphrase.set_text(ANNA)
    QTest.mouseClick(window.lock.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.locked, timeout=15000)
    assert view.is_silent

    QTest.mouseClick(window.page.backward, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(window.page, ConversationPage))
    qtbot.waitUntil(lambda: bool(view.board.controls))
    assert not view.is_silent
    window.talk.desk.leave()


def test_turned_round_the_lock_covers_the_whole_screen_too(window: MainWindow) -> None:
    at_the_table(window, "work_now")
    QTest.keyClick(window.page, Qt.Key.Key_F9)
    QTest.keyClick(window.page, Qt.Key.Key_F12)

    assert window.locked
    assert not window.page.isVisible()


def test_stopped_at_minute_five_the_other_screen_goes_dark_and_what_was_said_is_kept(window: MainWindow) -> None:
    voice = at_the_table(window, "work_now")
    page, talk = window.page, window.talk
    page.side.toggle_second()
    view = talk.desk.view
    page.side.toggle_voice()
    QTest.mouseClick(page.controls[next(iter(page.controls))].grid.cards[0], Qt.MouseButton.LeftButton)
    work = talk.conversation.talk.answers.text("work_now")

    QTest.mouseClick(page.chrome.stop, Qt.MouseButton.LeftButton)
    QTest.mouseClick(window.dialog.buttons[STOP], Qt.MouseButton.LeftButton)

    assert work
    assert talk.conversation.talk.answers.text("work_now") == work
    assert talk.conversation.talk.answers.text("status") == "stopped_by_participant"
    assert view.is_blank
    assert voice.done is None
    talk.desk.leave()
