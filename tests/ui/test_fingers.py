"""A finger moves the page, a tap presses, and neither is taken for the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QScrollArea, QScroller, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from intake_app.ui.fingers import Fingers
from intake_app.ui.widgets import Pair
from intake_app.ui.widgets.month_grid import MonthGrid
from intake_app.ui.widgets.order_row import OrderRow


class Glass:
    """A window of thirty fields and thirty buttons, higher than the screen, and a finger."""

    def __init__(self) -> None:
        self.window, self.area, inside = QWidget(), QScrollArea(), QWidget()
        self.pressed: list[int] = []
        self.parts: list[QWidget] = []
        column = QVBoxLayout(inside)
        for number in range(60):
            part = QPushButton(str(number)) if number % 2 else QLineEdit()
            if isinstance(part, QPushButton):
                part.clicked.connect(lambda _on=False, number=number: self.pressed.append(number))
            part.setMinimumHeight(52)
            column.addWidget(part)
            self.parts.append(part)
        self.area.setWidget(inside)
        self.area.setWidgetResizable(True)
        QVBoxLayout(self.window).addWidget(self.area)
        self.window.resize(400, 800)
        self.device = QTest.createTouchDevice()

    @property
    def place(self) -> int:
        return self.area.verticalScrollBar().value()

    def tap(self, number: int) -> None:
        at = self.parts[number].mapTo(self.window, QPoint(50, 20))
        QTest.touchEvent(self.window, self.device).press(0, at, self.window)
        QTest.touchEvent(self.window, self.device).release(0, at, self.window)
        QApplication.processEvents()

    def stroke(self, number: int, far: int) -> None:
        at = self.parts[number].mapTo(self.window, QPoint(50, 20))
        QTest.touchEvent(self.window, self.device).press(0, at, self.window)
        for step in range(1, 11):
            QTest.touchEvent(self.window, self.device).move(0, at + QPoint(0, far * step // 10), self.window)
            QTest.qWait(10)
        QTest.touchEvent(self.window, self.device).release(0, at + QPoint(0, far), self.window)

    @property
    def still(self) -> bool:
        return QScroller.scroller(self.area.viewport()).state() == QScroller.State.Inactive


@pytest.fixture
def glass(qtbot: QtBot, shown: Callable[..., QWidget]) -> Iterator[Glass]:
    made = Glass()
    shown(made.window, 400, 800)
    Fingers(made.window)
    yield made
    made.window.close()


def test_every_tap_presses_however_quickly_they_follow_each_other(glass: Glass) -> None:
    for number in range(10):
        glass.tap(number)
        if number % 2 == 0:
            assert QApplication.focusWidget() is glass.parts[number]

    assert glass.pressed == [1, 3, 5, 7, 9]
    assert glass.place == 0


@pytest.mark.parametrize("number", [7, 8], ids=["begun on a button", "begun on a field"])
def test_a_stroke_moves_the_page_and_presses_nothing(glass: Glass, qtbot: QtBot, number: int) -> None:
    glass.stroke(number, -250)

    assert glass.place >= 200
    assert glass.pressed == []
    assert not any(part.isDown() for part in glass.parts if isinstance(part, QPushButton))

    assert QApplication.mouseButtons() == Qt.MouseButton.NoButton

    qtbot.waitUntil(lambda: glass.still)
    there = next(n for n in range(1, 60, 2) if glass.parts[n].mapTo(glass.window, QPoint(0, 0)).y() > 100)
    glass.tap(there)
    assert glass.pressed == [there]


@pytest.mark.parametrize("kind", ["order", "month"])
def test_a_stroke_that_begins_on_an_order_or_a_calendar_changes_neither(glass: Glass, kind: str) -> None:
    told: list[object] = []
    column = glass.area.widget().layout()
    if kind == "order":
        row = OrderRow()
        row.show_order([(word, Pair.plain(word)) for word in ("Koken", "Zorgen", "Bouwen")], rtl=False)
        row.moved.connect(told.append)
    else:
        row = MonthGrid(date(2026, 11, 22), str, str)
        row.chosen.connect(told.append)
    column.insertWidget(6, row)
    glass.parts[6:6] = [row]
    QTest.qWait(30)

    glass.stroke(6, -250)

    assert glass.place >= 150
    assert told == []


def test_a_tap_on_a_page_that_rolls_on_only_stops_it(glass: Glass, qtbot: QtBot) -> None:
    glass.stroke(7, -250)
    assert not glass.still
    there = next(n for n in range(1, 60, 2) if glass.parts[n].mapTo(glass.window, QPoint(0, 0)).y() > 100)
    glass.tap(there)
    qtbot.waitUntil(lambda: glass.still)

    assert glass.pressed == []


def test_a_page_that_fits_does_not_move(glass: Glass) -> None:
    for part in glass.parts[8:]:
        part.hide()
    QApplication.processEvents()
    glass.stroke(5, -250)

    assert glass.place == 0


def test_a_page_that_goes_away_under_a_finger_does_no_harm(glass: Glass) -> None:
    at = glass.parts[3].mapTo(glass.window, QPoint(50, 20))
    QTest.touchEvent(glass.window, glass.device).press(0, at, glass.window)
    glass.area.deleteLater()
    QTest.qWait(10)
    QTest.touchEvent(glass.window, glass.device).move(0, at - QPoint(0, 200), glass.window)
    QTest.touchEvent(glass.window, glass.device).release(0, at - QPoint(0, 200), glass.window)
    QApplication.processEvents()

    assert glass.pressed == []
