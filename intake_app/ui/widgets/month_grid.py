"""A month to choose a day from, with days as large as a finger."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from intake_app.ui.theme import RADIUS, TARGET, tokens

_ROWS = 7


class MonthGrid(QWidget):
    """The days of one month, Monday first. Arrows move by day and week, Page Up and Down by month, Enter chooses.

    `weekday(0..6)` names a weekday (0 is Monday), `spoken(day)` a day, `figure` writes its number. Days before `first`
    cannot be chosen.
    Signals: `chosen(day)`, `month_changed(first day of the month)`.
    """

    chosen = Signal(object)
    month_changed = Signal(object)

    def __init__(
        self,
        today: date,
        weekday: Callable[[int], str],
        spoken: Callable[[date], str],
        *,
        figure: Callable[[int], str] = str,
        first: date | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._figure = figure
        self._weekday = weekday
        self._spoken = spoken
        self._first = first
        self._selected: date | None = None
        self._held: date | None = None
        self._cursor = today
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tell()

    def month(self) -> date:
        """The first day of the month in sight."""
        return self._cursor.replace(day=1)

    def select(self, day: date | None) -> None:
        """Show a day as chosen, silently, and its month."""
        self._selected = day
        self._move(day or self._today)

    def turn(self, months: int) -> None:
        """Go some months on or back."""
        index = self._cursor.year * 12 + self._cursor.month - 1 + months
        year, month = divmod(index, 12)
        last = monthrange(year, month + 1)[1]
        self._move(date(year, month + 1, min(self._cursor.day, last)))

    def day_box(self, day: date) -> QRectF:
        """Where a day of the month in sight stands."""
        cell = self._cell()
        start = self.month().weekday()
        line, column = divmod(start + day.day - 1, 7)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            column = 6 - column
        return QRectF(column * cell, (line + 1) * cell, cell, cell)

    def _cell(self) -> int:
        return max(TARGET, tokens().scaled(TARGET))

    def sizeHint(self) -> QSize:
        return QSize(self._cell() * 7, self._cell() * _ROWS)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)

    def _move(self, day: date) -> None:
        before = self.month()
        self._cursor = day
        if self.month() != before:
            self.month_changed.emit(self.month())
        self._tell()
        self.update()

    def _tell(self) -> None:
        self.setAccessibleName(self._spoken(self._cursor))

    def _allowed(self, day: date) -> bool:
        return self._first is None or day >= self._first

    def _choose(self, day: date) -> None:
        if self._allowed(day):
            self._selected = day
            self._move(day)
            self.chosen.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ahead = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        steps = {
            Qt.Key.Key_Left: -ahead,
            Qt.Key.Key_Right: ahead,
            Qt.Key.Key_Up: -7,
            Qt.Key.Key_Down: 7,
        }
        if event.key() in steps:
            self._move(self._cursor + timedelta(days=steps[event.key()]))
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turn(-1 if event.key() == Qt.Key.Key_PageUp else 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self._cursor)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held = self._day_at(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held, self._held = self._held, None
        if held is not None and held == self._day_at(event.position()):
            self._choose(held)

    def _day_at(self, at: QPointF) -> date | None:
        return next((day for day in self._days() if self.day_box(day).contains(at)), None)

    def _days(self) -> list[date]:
        first = self.month()
        return [first + timedelta(days=step) for step in range(monthrange(first.year, first.month)[1])]

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_weekdays(painter)
        for day in self._days():
            self._paint_day(painter, day)
        painter.end()

    def _paint_weekdays(self, painter: QPainter) -> None:
        cell = self._cell()
        font = QFont(self.font())
        font.setPixelSize(tokens().text("chip"))
        painter.setFont(font)
        painter.setPen(QColor(tokens().colours.ink_soft))
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for place in range(7):
            column = 6 - place if rtl else place
            box = QRectF(column * cell, 0, cell, cell)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._weekday(place))

    def _paint_day(self, painter: QPainter, day: date) -> None:
        colours = tokens().colours
        box = self.day_box(day).adjusted(3, 3, -3, -3)
        selected, can = day == self._selected, self._allowed(day)
        if self.hasFocus() and day == self._cursor:
            painter.setPen(QPen(QColor(colours.focus), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), RADIUS, RADIUS)
        if selected or day == self._today:
            painter.setPen(QPen(QColor(colours.primary), 2))
            painter.setBrush(QColor(colours.primary if selected else colours.surface))
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), RADIUS - 2, RADIUS - 2)
        font = QFont(self.font())
        font.setPixelSize(tokens().text("body"))
        font.setBold(selected or day == self._today)
        painter.setFont(font)
        ink = colours.primary_ink if selected else colours.ink if can else colours.off_ink
        painter.setPen(QColor(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._figure(day.day))
