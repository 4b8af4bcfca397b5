"""A number drawn as a bar, with a line where its target stands; it fills from where reading begins."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from intake_app.ui.theme import tokens

_TALL, _OVER = 18, 5
"""Height of the bar, and how far the line of the target sticks out on both sides, in logical pixels."""


class TargetBar(QWidget):
    """`share` and `target` are 0-1, None when there is none; `words` say the same for who does not see it."""

    def __init__(self, share: float | None, target: float | None, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.share, self.target = share, target
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def reached(self) -> bool:
        """Whether the bar comes to its target."""
        return self.share is not None and self.target is not None and self.share >= self.target

    def sizeHint(self) -> QSize:
        return QSize(tokens().scaled(200), tokens().scaled(_TALL + 2 * _OVER))

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = tokens().colours
        over = tokens().scaled(_OVER)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        painter.setPen(QColor(colours.edge))
        box = QRectF(0.5, over + 0.5, self.width() - 1, self.height() - 2 * over - 1)
        painter.setBrush(QColor(colours.sunken))
        painter.drawRoundedRect(box, 4, 4)
        if self.share:
            filled = QRectF(box)
            filled.setWidth(max(6.0, box.width() * min(1.0, self.share)))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.good if self.reached else colours.primary))
            painter.drawRoundedRect(filled, 4, 4)
        if self.target is not None:
            place = min(self.width() - 3.0, box.width() * self.target)
            painter.fillRect(QRectF(place - 1, 0, 5, self.height()), QColor(colours.surface))
            painter.fillRect(QRectF(place, 0, 3, self.height()), QColor(colours.ink))
        painter.end()
