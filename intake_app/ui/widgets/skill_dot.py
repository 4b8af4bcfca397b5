"""A skill drawn: a full circle for what somebody can, half for a little, an open one for what is still to learn."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from intake_app.ui.theme import tokens

FULL, HALF, OPEN = "full", "half", "open"
_SIDE = 22


class SkillDot(QWidget):
    """`state` is full, half or open; `words` say the same for who does not see it."""

    def __init__(self, state: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = state
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = tokens().scaled(_SIDE)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = tokens().colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height())
        box = QRectF(0, 0, side, side).adjusted(2, 2, -2, -2)
        painter.setPen(QPen(QColor(colours.edge if self.state == OPEN else colours.primary), 2))
        painter.setBrush(QColor(colours.surface))
        painter.drawEllipse(box)
        painter.setBrush(QColor(colours.primary))
        if self.state == FULL:
            painter.drawEllipse(box)
        elif self.state == HALF:
            painter.setPen(Qt.PenStyle.NoPen)
            # filled from the side where reading begins
            start = 90 if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else 270
            painter.drawPie(box, start * 16, 180 * 16)
        painter.end()
