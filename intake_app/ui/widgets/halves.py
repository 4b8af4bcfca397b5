"""Two parts beside each other where both have room, else the second below the first."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget

from intake_app.ui.theme import GRID

_BESIDE, _BELOW = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class Halves(QWidget):
    """Two widgets or layouts in reading direction. `gap` counts grid steps; `shares` how the width is divided.

    `left_over` is the least part of the width that the other, at its usual width, must leave for the first.

    Long words at the largest type may need more than a half: the page would have to be moved sideways to be read.
    """

    def __init__(
        self,
        one: QWidget | QLayout,
        other: QWidget | QLayout,
        *,
        gap: float = 2,
        shares: tuple[int, int] = (1, 1),
        left_over: float = 0.0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.line = QBoxLayout(_BESIDE, self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(round(GRID * gap))
        for part, share in zip((one, other), shares, strict=True):
            if isinstance(part, QLayout):
                self.line.addLayout(part, share)
            else:
                self.line.addWidget(part, share)
        self._shares, self._left_over = shares, left_over

    def _least(self) -> list[int]:
        return [self.line.itemAt(place).minimumSize().width() for place in range(self.line.count())]

    @property
    def folded(self) -> bool:
        """Whether the second part stands below the first."""
        return self.line.direction() == _BELOW

    def _below_at(self, width: int) -> bool:
        """Whether the second part has to stand below the first at that width."""
        left = width - self.line.spacing() - self.line.itemAt(1).sizeHint().width()
        squeezed = self._left_over > 0 and left < self._left_over * width
        return squeezed or sum(self._least()) + self.line.spacing() > width

    def _fold(self, width: int) -> None:
        below = self._below_at(width)
        if below is not self.folded:
            self.line.setDirection(_BELOW if below else _BESIDE)
            for place, share in enumerate(self._shares):
                self.line.setStretch(place, 0 if below else share)

    def sizeHint(self) -> QSize:
        """Both beside each other, however they stand: with more room they would stand so again."""
        wanted = [self.line.itemAt(place).sizeHint() for place in range(self.line.count())]
        width = sum(size.width() for size in wanted) + self.line.spacing()
        return QSize(width, self.line.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """No wider than the wider of both."""
        return QSize(max(self._least()), self.line.minimumSize().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        # A layout asks for many widths that are never taken: only `resizeEvent` may turn the parts.
        if self._below_at(width):
            return sum(self._heights((width, width))) + self.line.spacing()
        room, (least, other_least) = width - self.line.spacing(), self._least()
        share, other_share = self._shares
        other = round(room * other_share / (share + other_share)) or self.line.itemAt(1).sizeHint().width()
        other = min(max(other, other_least), room - least)
        return max(self._heights((room - other, other)))

    def _heights(self, widths: tuple[int, int]) -> list[int]:
        parts = [self.line.itemAt(place) for place in range(self.line.count())]
        return [
            part.heightForWidth(width) if part.hasHeightForWidth() else part.sizeHint().height()
            for part, width in zip(parts, widths, strict=True)
        ]

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fold(self.width())
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fold(self.width())
        return super().event(event)
