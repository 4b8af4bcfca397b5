"""A strip beside a page that scrolls by itself: as wide as is pleasant, or narrower where the page needs the room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from intake_app.ui.theme import GRID, tokens
from intake_app.ui.widgets.card import Card
from intake_app.ui.widgets.text import TextLabel

_WIDTH = 304
_AT_MOST = 0.36
"""The part of the width of both that it takes at most: large letters in a small window leave the page the more."""


class StripLabel(TextLabel):
    """A text in a strip, where a word has less room than on a page."""

    longest = 280


class SideStrip(QScrollArea):
    """For the counsellor, so always from left to right; `fill` gives it what it shows."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.viewport().setAutoFillBackground(False)
        self._fit()

    def fill(self, inside: QLayout) -> None:
        """Put a layout in the strip, once."""
        holder = QWidget()
        holder.setProperty("scrolled", "true")
        place = QVBoxLayout(holder)
        place.setContentsMargins(GRID, 2 * GRID, 2 * GRID, GRID)
        place.addWidget(Card(inside, kind="sunken", margin=2))
        self.setWidget(holder)

    def _fit(self) -> None:
        width, beside = tokens().scaled(_WIDTH), self.parentWidget()
        if beside is not None and beside.width() > 0:
            width = min(width, max(_WIDTH, round(beside.width() * _AT_MOST)))
        self.setFixedWidth(width)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ParentChange and (beside := self.parentWidget()) is not None:
            beside.installEventFilter(self)
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self._fit()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
        super().changeEvent(event)
