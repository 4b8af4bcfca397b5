"""A message that lies beside what was tapped: it is seen where one looks, and moves nothing from under the finger."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from intake_app.ui.theme import GRID, tokens
from intake_app.ui.widgets.message_bar import MessageBar, MessageKind
from intake_app.ui.widgets.pair import Pair

_WIDEST = 460
"""How wide it is at most, in logical pixels at normal type."""


class NearMessage(MessageBar):
    """Lies over its parent, in no layout; a tap on it takes it away."""

    def say_near(self, thing: QWidget, kind: MessageKind, what: Pair, what_to_do: Pair) -> None:
        """Say it below `thing`, or above it where there is no room in sight."""
        self.hide()
        self.say(kind, what, what_to_do)
        over = self.parentWidget()
        width = min(over.width(), tokens().scaled(_WIDEST))
        height = self.layout().heightForWidth(width) if self.layout().hasHeightForWidth() else 0
        self.resize(width, max(height, self.layout().minimumSize().height()))
        self.move(self._place(QRect(thing.mapTo(over, QPoint()), thing.size())))
        self.raise_()

    def _place(self, thing: QRect) -> QPoint:
        over = self.parentWidget()
        left = max(0, min(thing.center().x() - self.width() // 2, over.width() - self.width()))
        seen = over.visibleRegion().boundingRect()
        below = thing.bottom() + GRID
        if below + self.height() <= seen.bottom():
            return QPoint(left, below)
        return QPoint(left, max(seen.top(), thing.top() - GRID - self.height()))

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.hide()
