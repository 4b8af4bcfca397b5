"""A strip beside a page, as wide as its texts need at the chosen size of letters, that scrolls by itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from intake_app.ui.theme import GRID, tokens
from intake_app.ui.widgets.card import Card

_WIDTH = 304


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
        self.setFixedWidth(tokens().scaled(_WIDTH))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
        super().changeEvent(event)
