"""The body of a page: one column in the middle, and the scrolling around it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from intake_app.ui.theme import GRID, tokens


class Column(QWidget):
    """The middle column of a page: as wide as is pleasant to read, in the middle of what there is."""

    def __init__(self, widest: int) -> None:
        super().__init__()
        self._widest = widest
        self.setProperty("scrolled", "true")
        self._middle = QWidget()
        self.content = QVBoxLayout(self._middle)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(GRID * 3)
        self._sides = QHBoxLayout(self)
        self._fill(self._sides, self._middle)
        self._limit(self._middle)

    @staticmethod
    def _fill(sides: QHBoxLayout, middle: QWidget) -> None:
        sides.setContentsMargins(GRID * 4, GRID * 3, GRID * 4, GRID * 2)
        sides.addStretch(1)
        sides.addWidget(middle, 1000)
        sides.addStretch(1)

    def _limit(self, middle: QWidget) -> None:
        middle.setMaximumWidth(tokens().scaled(self._widest))

    def _next_width(self) -> int:
        """How wide the middle becomes where the column stays as wide as it is."""
        whole = QWidget()
        sides, middle = QHBoxLayout(whole), QWidget()
        self._fill(sides, middle)
        self._limit(middle)
        sides.setGeometry(QRect(0, 0, self.width(), self.height()))
        return middle.width()

    def foresee(self) -> Iterator[None]:
        """Let each part find out how tall it becomes before all of them are asked in one go."""
        if not self.isVisible():
            return
        width, place = self._next_width(), 0
        while isValid(self) and (item := self.content.itemAt(place)) is not None:
            if item.hasHeightForWidth():
                item.heightForWidth(width)
            item.minimumSize()
            place += 1
            yield

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._limit(self._middle)
        super().changeEvent(event)


def scrolled(column: Column) -> QScrollArea:
    """A column that scrolls up and down, and takes no keyboard by itself."""
    scroll = QScrollArea()
    # A viewport of our own: to find out what Qt made itself, the bindings load every kind of widget there is.
    scroll.setViewport(QWidget())
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(column)
    return scroll
