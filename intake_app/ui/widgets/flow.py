"""Small things one after the other, on as many lines as they need."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from intake_app.ui.theme import GRID
from intake_app.ui.widgets.text import Badge


class Flow(QWidget):
    """Widgets at their own size, from the start of the reading direction, broken into lines like words."""

    def __init__(self, *parts: QWidget, gap: float = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gap = round(GRID * gap)
        self._parts = list(parts)
        for part in self._parts:
            part.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        boxes = self._boxes(width)
        return max((box.bottom() + 1 for box in boxes), default=0)

    def sizeHint(self) -> QSize:
        hints = [part.sizeHint() for part in self._parts]
        width = sum(hint.width() for hint in hints) + self._gap * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSizeHint(self) -> QSize:
        hints = [part.narrowest() if isinstance(part, Badge) else part.sizeHint() for part in self._parts]
        return QSize(max((h.width() for h in hints), default=0), max((h.height() for h in hints), default=0))

    def _boxes(self, width: int) -> list[QRect]:
        boxes, left, top, line = [], 0, 0, 0
        for part in self._parts:
            part.ensurePolished()
            size = part.sizeHint()
            if size.width() > width > 0 and isinstance(part, Badge):
                size = QSize(width, part.heightForWidth(width))
            if left and left + size.width() > width:
                left, top, line = 0, top + line + self._gap, 0
            boxes.append(QRect(left, top, size.width(), size.height()))
            left += size.width() + self._gap
            line = max(line, size.height())
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            for box in boxes:
                box.moveLeft(width - box.left() - box.width())
        return boxes

    def _place(self) -> None:
        for part, box in zip(self._parts, self._boxes(self.width()), strict=True):
            part.setGeometry(box)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.LayoutDirectionChange, QEvent.Type.StyleChange):
            self.updateGeometry()
            self._place()
        return super().event(event)
