"""Hands that press everything twice, and hands that never asked for a focus ring."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from intake_app.bootstrap import open_office, prepare
from intake_app.services.access import Access
from intake_app.storage.gate import SqlStoreGate
from intake_app.ui.hands import Hands
from intake_app.ui.main_window import MainWindow
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.pages.home import HomePage
from intake_app.ui.pages.reading_back import ReadingBackPage
from intake_app.ui.pages.shared import lane
from intake_app.ui.presenters.conversation import Stage
from intake_app.ui.widgets import AnswerCard, LineEntry, Page, PrimaryButton
from intake_app.ui.widgets.answer_grid import Answer, AnswerGrid
from intake_app.ui.widgets.pair import Pair
from intake_app.ui.widgets.pressable import Pressable
from intake_app.ui.widgets.stepper import Stepper
from tests.fakes.encrypted import CHEAP
from tests.fakes.places import settle

Shown = Callable[..., QWidget]
ANNA = "vier losse woorden samen"
PATIENT_MS = 30_000
"""A time for a double click in which everything in a test happens; the mouse of a test waits half a second itself."""


def middle(widget: QWidget) -> QPoint:
    return widget.mapToGlobal(widget.rect().center())


def press_at(window: QWidget, place: QPoint) -> None:
    """Press and let go as the system tells it: to a window, which finds out for itself what lies there."""
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=window.mapFromGlobal(place))
    QApplication.processEvents()


def press(widget: QWidget) -> None:
    press_at(widget.window(), middle(widget))


def press_twice(widget: QWidget) -> None:
    window = widget.window()
    QTest.mouseDClick(
        window.windowHandle(), Qt.MouseButton.LeftButton, pos=widget.mapTo(window, widget.rect().center())
    )
    QApplication.processEvents()


@pytest.fixture
def patient(qapp: QApplication) -> Iterator[None]:
    """Everything that is pressed at one place in this test is pressed within the time of a double click."""
    before = qapp.doubleClickInterval()
    qapp.setDoubleClickInterval(PATIENT_MS)
    yield
    qapp.setDoubleClickInterval(before)


@pytest.fixture
def window(qtbot: QtBot, shown: Shown, tmp_path: Path) -> Iterator[MainWindow]:
    gate = SqlStoreGate(tmp_path / "data", CHEAP)
    store = gate.create(ANNA, "Anna", "site_lead", "counsellor")
    settle(store)
    store.close()
    prepare()
    made = shown(MainWindow(open_office), 1366, 768)
    made.begin(Access(gate))
    made.listen()
    made.page.passphrase.set_text(ANNA)
    press(made.page.go)
    qtbot.waitUntil(lambda: isinstance(made.page, HomePage), timeout=15000)
    yield made
    made.talks.let_go()
    made.close()


def opened(window: MainWindow, qtbot: QtBot) -> ConversationPage:
    qtbot.waitUntil(lambda: isinstance(window.page, ConversationPage), timeout=15000)
    qtbot.waitUntil(lambda: bool(window.page.controls) and window.page.findChild(AnswerCard).isVisible())
    QApplication.processEvents()
    return window.page


@pytest.fixture
def talk(window: MainWindow, qtbot: QtBot) -> ConversationPage:
    press(window.page.begin)
    return opened(window, qtbot)


@pytest.fixture
def page(shown: Shown) -> Iterator[Page]:
    """A page in a window that hands are looked at in."""
    made = Page("Bladzijde")
    shown(made, 900, 600)
    Hands(made)
    yield made
    made.close()


def chosen(page: ConversationPage) -> list[str]:
    return [card.value for card in page.findChildren(AnswerCard) if card.isChecked()]


def led_until_written(window: MainWindow, qtbot: QtBot) -> ConversationPage:
    """A talk that is just written down: from here on every question may be passed."""
    presenter = window.talk.presenter
    told = {"interpreter": "none", "alone": "two_of_us", "version": "short", "age_group": "27_56"}
    for _ in range(20):
        for ref in list(presenter.model().refs()):
            concept = presenter.conversation.concept_of(ref)
            if value := {**told, "talk_language": "en", "consent_record": "yes"}.get(concept, ""):
                presenter.answer(ref, value)
        presenter.next()
        if presenter.recording:
            break
    return shown_anew(window, qtbot)


def shown_anew(window: MainWindow, qtbot: QtBot) -> ConversationPage:
    window.talk._show()
    qtbot.waitUntil(lambda: bool(window.page.controls) and window.page.chrome.next.isVisible())
    QApplication.processEvents()
    return window.page


# ---------------------------------------------------------------------- pressed twice
def test_the_second_press_on_begin_answers_nothing_on_the_page_that_came(
    window: MainWindow, qtbot: QtBot, patient: None
) -> None:
    place = middle(window.page.begin)
    press_at(window, place)
    page = opened(window, qtbot)
    before = chosen(page)
    card = next(one for one in page.findChildren(AnswerCard) if not one.isChecked())
    window.move(window.pos() + place - middle(card))
    QApplication.processEvents()

    press_at(window, place)
    assert chosen(page) == before

    QApplication.setDoubleClickInterval(1)
    press_at(window, place)
    assert card.isChecked()


def test_two_presses_on_next_pass_one_screen_and_leave_no_question_open(
    window: MainWindow, talk: ConversationPage, qtbot: QtBot
) -> None:
    page = led_until_written(window, qtbot)
    first = page.presenter.key

    press_twice(page.chrome.next)
    assert page.presenter.key != first
    press(page.chrome.back)

    assert page.presenter.key == first


def test_a_card_pressed_twice_stays_chosen(page: Page) -> None:
    grid = AnswerGrid([Answer(word, Pair.plain(word)) for word in ("Koken", "Zorgen")], many=True)
    page.add(grid)
    QApplication.processEvents()

    press_twice(grid.cards[0])
    assert grid.values() == ["Koken"]

    press(grid.cards[0])
    assert grid.values() == []


def test_who_is_quick_on_different_buttons_is_not_held_up(page: Page, patient: None) -> None:
    grid = AnswerGrid([Answer(word, Pair.plain(word)) for word in ("Koken", "Zorgen", "Bouwen")], many=True)
    page.add(grid)
    QApplication.processEvents()

    for card in grid.cards:
        press(card)
    press(grid.cards[0])

    assert grid.values() == ["Zorgen", "Bouwen"]


def test_a_plus_counts_every_press_and_a_word_is_chosen_by_two(page: Page) -> None:
    stepper, field = Stepper("Uren", 0, 40), LineEntry("Naam")
    page.add(stepper)
    page.add(field)
    field.setText("Samira")
    QApplication.processEvents()

    press_twice(stepper.more)
    press_twice(field)

    assert stepper.value() == 2
    assert field.selectedText() == "Samira"


def test_two_taps_with_a_finger_are_one(page: Page, patient: None) -> None:
    presses: list[int] = []
    button = PrimaryButton("Verder")
    button.clicked.connect(lambda: presses.append(1))
    page.add(button)
    QApplication.processEvents()
    device = QTest.createTouchDevice()
    at = button.mapTo(page, button.rect().center())

    for shaken in (QPoint(0, 0), QPoint(6, -5)):
        QTest.touchEvent(page, device).press(0, at + shaken, page)
        QTest.touchEvent(page, device).release(0, at + shaken, page)
        QApplication.processEvents()

    assert len(presses) == 1


def test_the_second_press_answers_no_question_that_came_in_between(talk: ConversationPage, patient: None) -> None:
    window = talk.window()
    press(talk.chrome.stop)
    assert window.dialog is not None
    dialog = window.dialog
    dialog.move(dialog.pos() + middle(talk.chrome.stop) - middle(dialog.stay))
    QApplication.processEvents()

    press(dialog.stay)

    assert window.dialog is not None
    assert window.dialog.isVisible()


# ---------------------------------------------------------------------- work that has begun
def test_nothing_is_pressed_from_the_moment_that_work_begins(talk: ConversationPage) -> None:
    window, key = talk.window(), talk.presenter.key
    card = talk.controls[next(iter(talk.controls))].grid.cards[-1]
    before = chosen(talk)
    window.busy.start("Even geduld …")
    assert not window.busy.isVisible(), "nothing flashes for something short"

    press(card)
    press(talk.chrome.next)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()

    assert (chosen(talk), talk.presenter.key) == (before, key)
    window.busy.stop()
    press(card)
    assert card.isChecked()


def test_two_presses_on_the_last_next_end_the_talk_once(
    window: MainWindow, talk: ConversationPage, qtbot: QtBot
) -> None:
    led_until_written(window, qtbot).presenter.stop()
    page, begun = shown_anew(window, qtbot), []
    window.talk.finished.connect(begun.append)
    for _ in range(20):
        QTest.mouseClick(page.chrome.next, Qt.MouseButton.LeftButton)
        if page.presenter.stage is Stage.FINISHED:
            break

    # before the veil shows, and past everything that keeps hands off
    QTest.mouseClick(page.chrome.next, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.talk is None and not lane().busy, timeout=15000)

    assert len(begun) == 1
    assert "mis" not in window.message.accessibleName()
    assert not window.busy.isVisible()


# ---------------------------------------------------------------------- the focus ring
def ringed(window: MainWindow) -> list[str]:
    return [one.accessibleName() for one in window.findChildren(Pressable) if one.isVisible() and one.shows_focus]


def stands_on(page: QWidget, pressed: QWidget) -> bool:
    """Whether the keyboard stands where Space presses nothing but what was just pressed."""
    now = QApplication.focusWidget()
    return page.isAncestorOf(now) and (not isinstance(now, Pressable) or now is pressed)


def test_a_talk_led_by_mouse_shows_no_ring(talk: ConversationPage) -> None:
    window = talk.window()
    wanted = {"talk_language": "ar", "age_group": "27_56", "consent_record": "yes", "version": "short"}
    for _ in range(14):
        for ref in list(talk.controls):
            cards = [c for c in talk.controls[ref].findChildren(AnswerCard) if c.isVisible() and c.is_answer]
            if cards and not any(card.isChecked() for card in cards):
                concept = talk.presenter.conversation.concept_of(ref)
                card = next((one for one in cards if one.value == wanted.get(concept)), cards[0])
                talk.scroll.ensureWidgetVisible(card, 0, 40)
                press(card)
                assert ringed(window) == []
        pressed = talk.chrome.next
        press(pressed)
        assert ringed(window) == []
        assert stands_on(talk, pressed)
    assert talk.presenter.recording
    press(talk.chrome.back)
    assert ringed(window) == []
    press(talk.chrome.reading)
    QApplication.processEvents()

    assert isinstance(window.page, ReadingBackPage)
    assert ringed(window) == []
    assert QApplication.focusWidget() is window.page.focus_start
    press(window.page.right)
    assert ringed(window) == []


def test_more_that_goes_away_at_the_foot_of_a_page_gives_its_ring_to_nobody(page: Page, qtbot: QtBot) -> None:
    page.set_footer([PrimaryButton("Terug")], [PrimaryButton("Verder")])
    for _ in range(14):
        page.add(PrimaryButton("Knop"))
    qtbot.waitUntil(page.further.isVisible)

    while page.further.isVisible():
        press(page.further)
        QApplication.processEvents()

    assert QApplication.focusWidget() is page.focus_start


def test_by_keyboard_the_ring_is_where_it_was(talk: ConversationPage) -> None:
    window = talk.window()
    press(talk.controls[next(iter(talk.controls))].grid.cards[0])

    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    assert len(ringed(window)) == 1

    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
    assert len(ringed(window)) == 1
