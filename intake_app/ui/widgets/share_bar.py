"""A share of a whole, drawn as a bar that fills from where reading begins."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from intake_app.ui.theme import tokens


class ShareBar(QWidget):
    """`share` 0-1; `words` say the same for who does not see it."""

    def __init__(self, share: float, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.share = max(0.0, min(1.0, share))
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(tokens().scaled(240), tokens().scaled(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = tokens().colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(0, 0, self.width(), self.height())
        round_by = self.height() / 2
        painter.setBrush(QColor(colours.line))
        painter.drawRoundedRect(box, round_by, round_by)
        box.setWidth(max(self.height(), self.width() * self.share) if self.share else 0)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            box.moveRight(self.width())
        painter.setBrush(QColor(colours.primary))
        painter.drawRoundedRect(box, round_by, round_by)
        painter.end()
