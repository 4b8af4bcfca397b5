"""A question in between as a window of its own: no larger than the screen, and what does not fit is scrolled to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from intake_app.ui.fingers import Fingers
from intake_app.ui.theme import GRID, tokens
from intake_app.ui.widgets import Pair, QuietButton, row
from intake_app.ui.widgets.scrolled import Column, scrolled

TITLE_BAR = 40
"""About how high the bar with the title is at most, in logical pixels."""


class BetweenDialog(QDialog):
    """Stands before its parent until it is answered. `stay`, the way back, is always in sight at its foot.

    `wide` is how wide it is at normal letters, in logical pixels, where the screen has the room.
    """

    wide = 680

    def __init__(self, title: Pair, stay: QuietButton, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title.dutch)
        self.setAccessibleName(title.spoken)
        rtl = title.rtl_half
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        self.stay = stay
        self.stay.setObjectName("stay")
        self.stay.clicked.connect(self.reject)
        self._body = Column(10_000)
        self._fingers: Fingers | None = None

    def fill(self, parts: Sequence[QWidget]) -> None:
        """Put these below each other, and the way back at the foot."""
        self._body.content.setSpacing(GRID * 2)
        for part in parts:
            self._body.content.addWidget(part)
        self._foot = row(gap=1)
        self._foot.addWidget(self.stay, 1)
        self._foot.setContentsMargins(GRID * 4, 0, GRID * 4, GRID * 3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self.scroll = scrolled(self._body)
        whole.addWidget(self.scroll, 1)
        whole.addLayout(self._foot)
        self.resize(self._wanted())

    def add_to_foot(self, widget: QWidget) -> None:
        """Put something beside the way back."""
        self._foot.addWidget(widget)

    def _wanted(self) -> QSize:
        """Texts that wrap need more height the narrower they stand; a dialog does not find that out by itself."""
        room = self.screen().availableSize() - QSize(0, TITLE_BAR)
        inner = self._body.layout()
        width = min(max(tokens().scaled(self.wide), inner.minimumSize().width()), room.width())
        return QSize(width, min(inner.totalHeightForWidth(width) + self._foot.totalSizeHint().height(), room.height()))

    def showEvent(self, event: QShowEvent) -> None:
        self.setMinimumSize(self._wanted())
        super().showEvent(event)
        if self._fingers is None:
            self._fingers = Fingers(self)
