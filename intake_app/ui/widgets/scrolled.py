"""The body of a page: one column in the middle, and the scrolling around it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

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
        sides = QHBoxLayout(self)
        sides.setContentsMargins(GRID * 4, GRID * 3, GRID * 4, GRID * 2)
        sides.addStretch(1)
        sides.addWidget(self._middle, 1000)
        sides.addStretch(1)
        self._limit()

    def _limit(self) -> None:
        self._middle.setMaximumWidth(tokens().scaled(self._widest))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._limit()
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
