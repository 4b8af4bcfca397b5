"""A picture that somebody chose, as large as there is room for; nothing where a file is no picture."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from intake_app.ui.theme import tokens

_SIDE = 220


class Photo(QWidget):
    """Shows the bytes of a picture file. It is scaled once: the bytes themselves are not kept here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_bytes(self, content: bytes, name: str) -> bool:
        """Show a picture; False, and nothing, when it is none."""
        found = QPixmap()
        drawn = bool(content) and found.loadFromData(content)
        side = tokens().scaled(_SIDE) * 2
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        self._picture = found.scaled(side, side, keep, smooth) if drawn else QPixmap()
        self.setAccessibleName(name if drawn else "")
        self.setVisible(drawn)
        self.updateGeometry()
        self.update()
        return drawn

    def sizeHint(self) -> QSize:
        side = tokens().scaled(_SIDE)
        return self._picture.size().scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if not self._picture.isNull():
            painter.drawPixmap(self.rect(), self._picture)
        painter.end()
