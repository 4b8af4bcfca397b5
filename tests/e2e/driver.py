"""Leads the real window as a person does: by mouse, by keyboard alone, or by finger alone."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QScroller, QTextEdit, QWidget
from shiboken6 import isValid

from intake_app.services.days import working_day
from intake_app.ui.controls.base import QuestionControl
from intake_app.ui.controls.cards import CardsControl
from intake_app.ui.controls.directions import ChooseDirectionControl
from intake_app.ui.controls.occupation import OccupationSearchControl
from intake_app.ui.controls.rows import RowsControl
from intake_app.ui.controls.select import SelectOneControl
from intake_app.ui.controls.text import TextControl
from intake_app.ui.controls.when import DateControl, TimeControl
from intake_app.ui.main_window import MainWindow
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.presenters.conversation import Stage
from intake_app.ui.widgets.answer_grid import AnswerGrid

Answers = Mapping[str, str | Sequence[str]]


class Driver(ABC):
    """Answers screens by concept, through whatever hands a subclass has."""

    def __init__(self, qtbot: Any, window: MainWindow, answers: Answers) -> None:
        self.qtbot = qtbot
        self.window = window
        self.answers = answers
        self.screens: list[str] = []

    # hands
    @abstractmethod
    def press(self, button: QWidget) -> None: ...

    @abstractmethod
    def choose(self, grid: AnswerGrid, value: str) -> None: ...

    @abstractmethod
    def write(self, field: QWidget, text: str) -> None: ...

    @abstractmethod
    def next(self) -> None: ...

    # eyes
    def wait_for(self, kind: type[QWidget]) -> Any:
        self.qtbot.waitUntil(lambda: isinstance(self.window.page, kind) and self.window.page.isVisible(), timeout=15000)
        self.qtbot.waitUntil(lambda: not self.window.busy.isVisible(), timeout=15000)
        self.qtbot.waitUntil(lambda: getattr(self.window.page, "grown", True), timeout=15000)
        return self.window.page

    @property
    def talk(self) -> ConversationPage:
        page = self.window.page
        assert isinstance(page, ConversationPage), page
        return page

    def told(self, ref: str) -> str:
        concept = self.talk.presenter.conversation.concept_of(ref)
        value = self.answers.get(concept, "")
        if isinstance(value, str):
            return value
        head = ref.rsplit("]", 1)[0]
        number = int(head.rsplit("[", 1)[1]) if "[" in head else 1
        return value[number - 1] if number <= len(value) else ""

    # the talk
    def answer_screens(self, most: int = 60) -> None:
        """Every screen until another page comes; a screen the talk stays on is a failure."""
        for _ in range(most):
            page = self.window.page
            if not isinstance(page, ConversationPage) or page.presenter.stage is Stage.FINISHED:
                return
            self.screens.append(page.presenter.key)
            self.answer_screen()
            before = (page.presenter.key, page.presenter.stage, self._stage())
            self.next()
            if self.window.page is page:
                after = (page.presenter.key, page.presenter.stage, self._stage())
                assert after != before, f"stays on {before}: {page.presenter.messages}"
        raise AssertionError(f"no end after {most} screens")

    def _stage(self) -> str:
        found = [c.stage for c in self.talk.controls.values() if isinstance(c, CardsControl)]
        return found[0] if found else ""

    def answer_screen(self) -> None:
        """Questions may come while others are answered: each control once, in order."""
        done: set[str] = set()
        while todo := [ref for ref in self.talk.controls if ref not in done]:
            done.add(todo[0])
            self.answer_control(self.talk.controls[todo[0]])

    def answer_control(self, control: QuestionControl) -> None:
        hands = (
            (CardsControl, self._cards),
            (ChooseDirectionControl, self._direction),
            (RowsControl, self._rows),
            (OccupationSearchControl, self._search),
            (DateControl, self._date),
            (TimeControl, self._choice),
            (TextControl, self._text),
            (SelectOneControl, self._choice),
        )
        for kind, hand in hands:
            if isinstance(control, kind):
                hand(control)
                return

    def _cards(self, control: CardsControl) -> None:
        assert control.families is not None
        for value in self.told(control.families.ref if control.stage == "" else control.model.ref).split():
            if value in [card.value for card in control.grid.cards]:
                self.choose(control.grid, value)

    def _direction(self, control: ChooseDirectionControl) -> None:
        for item in control.model.rows:
            if self.told(item.ref) == "yes":
                self.choose(control.grid, item.ref)

    def _rows(self, control: RowsControl) -> None:
        for item in control.model.rows:
            if value := self.told(item.ref):
                self.choose(control.grids[item.ref], value)

    def _choice(self, control: SelectOneControl | TimeControl) -> None:
        for value in self.told(control.model.ref).split():
            self.choose(control.grid, value)

    def _search(self, control: OccupationSearchControl) -> None:
        words = self.told(control.model.ref)
        if not words:
            return
        self.write(control.search.field, words)
        self.qtbot.waitUntil(lambda: control.search.results is not None and control.search.results.isVisible())
        self.choose(control.search.results, control.search.results.cards[0].value)

    def _date(self, control: DateControl) -> None:
        told = self.told(control.model.ref)
        if told.startswith("+"):
            day = working_day(control.helpers.today() + timedelta(days=int(told[1:])))
            grid = control.entry.choices
            self.choose(
                grid, next(card.value for card in grid.cards if card.value == told[1:] or day.isoformat() in card.value)
            )

    def _text(self, control: TextControl) -> None:
        told = self.told(control.model.ref)
        if told == "@first":
            assert control.examples is not None
            self.choose(control.examples, control.examples.cards[0].value)
        elif told:
            self.write(control.entry, told)


class MouseDriver(Driver):
    """A hand on the mouse; text comes through an input method, as Arabic does."""

    def press(self, button: QWidget) -> None:
        self.qtbot.waitUntil(button.isVisible)
        assert button.isEnabled(), button.objectName()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def choose(self, grid: AnswerGrid, value: str) -> None:
        card = grid.card(value)
        if not card.isChecked():
            self.press(card)
        assert card.isChecked(), value

    def write(self, field: QLineEdit | QTextEdit, text: str) -> None:
        QTest.mouseClick(field if isinstance(field, QLineEdit) else field.viewport(), Qt.MouseButton.LeftButton)
        typed = QInputMethodEvent()
        typed.setCommitString(text)
        QApplication.sendEvent(field, typed)

    def next(self) -> None:
        self.press(self.talk.chrome.next)


class TouchDriver(MouseDriver):
    """A finger on the glass: taps, strokes that move the page, and words from a keyboard on the screen."""

    _STEPS, _EDGE, _STROKES, _REST_MS = 8, 12, 60, 20

    def __init__(self, qtbot: Any, window: MainWindow, answers: Answers) -> None:
        super().__init__(qtbot, window, answers)
        self.device = QTest.createTouchDevice()
        self.strokes = 0
        # This finger is quicker than any person, and means every tap.
        QApplication.setDoubleClickInterval(1)

    def press(self, button: QWidget) -> None:
        self.qtbot.waitUntil(button.isVisible)
        assert button.isEnabled(), button.objectName()
        self._tap(button, 40)

    def choose(self, grid: AnswerGrid, value: str) -> None:
        card = grid.card(value)
        if not card.isChecked():
            self.press(card)
        # another language puts other cards in the place of these
        assert not isValid(card) or card.isChecked(), value

    def write(self, field: QLineEdit | QTextEdit, text: str) -> None:
        self._tap(field, 20)
        assert QApplication.focusWidget() is field, "a tap does not put the cursor there"
        typed = QInputMethodEvent()
        typed.setCommitString(text)
        QApplication.sendEvent(field, typed)

    def _tap(self, widget: QWidget, down: int) -> None:
        # A finger needs longer from one place to the next than the program to come to rest.
        QTest.qWait(self._REST_MS)
        at = QPoint(widget.width() // 2, min(down, widget.height() // 2))
        self._bring(widget, at)
        window = widget.window()
        there = widget.mapTo(window, at)
        QTest.touchEvent(window, self.device).press(0, there, window)
        QTest.touchEvent(window, self.device).release(0, there, window)
        QApplication.processEvents()

    def _bring(self, widget: QWidget, at: QPoint) -> None:
        areas = [one for one in self.window.findChildren(QScrollArea) if one.isAncestorOf(widget)]
        for area in areas:
            for _ in range(self._STROKES):
                away = self._away(area, widget.mapTo(area, at).y())
                if not away:
                    break
                self._stroke(area, away)
            else:
                raise AssertionError(f"strokes do not bring {widget} into sight")

    def _away(self, area: QScrollArea, y: int) -> int:
        """How far a point stands out of sight, in pixels: above is negative."""
        if y < self._EDGE:
            return y - 4 * self._EDGE
        return max(0, y - (area.height() - self._EDGE)) and y - (area.height() - 4 * self._EDGE)

    def _stroke(self, area: QScrollArea, away: int) -> None:
        """Put the finger in the margin of the page, and move it slowly: it lets go standing still."""
        window, height = area.window(), area.height()
        far = max(-height // 2, min(height // 2, away))
        start = area.mapTo(window, QPoint(3, height // 2 + far // 2))
        self.strokes += 1
        QTest.touchEvent(window, self.device).press(0, start, window)
        for step in range(1, self._STEPS + 1):
            QTest.touchEvent(window, self.device).move(0, start - QPoint(0, far * step // self._STEPS), window)
            QTest.qWait(15)
        QTest.qWait(60)
        QTest.touchEvent(window, self.device).move(0, start - QPoint(0, far), window)
        QTest.touchEvent(window, self.device).release(0, start - QPoint(0, far), window)
        scroller = QScroller.scroller(area.viewport())
        self.qtbot.waitUntil(lambda: scroller.state() == QScroller.State.Inactive)


class KeyDriver(Driver):
    """No mouse: Tab, arrows, Space, letters and Ctrl+Enter."""

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        QTest.keyClick(QApplication.focusWidget(), key, modifier)
        # Between two keys of a person the program comes to rest.
        QApplication.processEvents()

    def go_to(self, wanted: QWidget) -> None:
        for _ in range(120):
            here = QApplication.focusWidget()
            if here is wanted or (isinstance(wanted, AnswerGrid) and wanted.isAncestorOf(here)):
                return
            self.key(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not reach {wanted}")

    def press(self, button: QWidget) -> None:
        self.go_to(button)
        self.key(Qt.Key.Key_Space)

    def choose(self, grid: AnswerGrid, value: str) -> None:
        card = grid.card(value)
        if card.isChecked():
            return
        self.go_to(grid)
        self.key(Qt.Key.Key_Home)
        for _ in range(len(grid.cards)):
            if QApplication.focusWidget() is card:
                break
            self.key(Qt.Key.Key_Right)
        assert QApplication.focusWidget() is card, f"arrows do not reach {value}"
        assert card.shows_focus
        self.key(Qt.Key.Key_Space)
        assert card.isChecked(), value

    def write(self, field: QLineEdit | QTextEdit, text: str) -> None:
        self.go_to(field)
        QTest.keyClicks(field, text)

    def next(self) -> None:
        self.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
