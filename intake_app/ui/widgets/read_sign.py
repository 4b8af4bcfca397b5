"""The sign around a line that is being read aloud."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from intake_app.ui.theme import GRID, tokens
from intake_app.ui.widgets.bilingual import BilingualLabel
from intake_app.ui.widgets.icons import paint_icon

_SIGN = 24
"""Logical pixels of the loudspeaker, at normal type."""


class ReadSign(QWidget):
    """Lies around `label`, a frame with a loudspeaker in its far upper corner, and moves with it. It takes no press."""

    def __init__(self, label: BilingualLabel, body: QWidget) -> None:
        super().__init__(body)
        self.label = label
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._rtl = label.pair.rtl
        self._follow()
        label.installEventFilter(self)
        self.raise_()
        self.show()

    def _follow(self) -> None:
        far = tokens().scaled(_SIGN) // 2
        place = QRect(self.label.mapTo(self.parentWidget(), self.label.rect().topLeft()), self.label.size())
        left, right = (far, GRID // 2) if self._rtl else (GRID // 2, far)
        self.setGeometry(place.adjusted(-left, -GRID, right, GRID // 2))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._follow()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours, side = tokens().colours, tokens().scaled(_SIGN)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.primary), 2))
        left, right = (side / 4, 1) if self._rtl else (1, side / 4)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(left, GRID // 2, -right, -1), GRID, GRID)
        disc = QRectF(1.0 if self._rtl else self.width() - side - 1.0, 0, side, side)
        painter.setPen(QPen(QColor(colours.surface), 2))
        painter.setBrush(QColor(colours.primary))
        painter.drawEllipse(disc)
        inset = side * 0.2
        inner = disc.adjusted(inset, inset, -inset, -inset)
        paint_icon(painter, "speaker", inner, colours.primary_ink, mirrored=self._rtl)
        painter.end()
