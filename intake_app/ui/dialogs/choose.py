"""A kind question in between with a few answers, each told in a line; it never blocks the program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from intake_app.ui.theme import tokens
from intake_app.ui.widgets import BilingualLabel, Pair, QuietButton, column
from intake_app.ui.widgets.big_buttons import RowButton

_WIDTH = 680


@dataclass(frozen=True)
class Option:
    """One answer: what it is called, what it does, its icon."""

    code: str
    name: Pair
    detail: Pair
    icon: str


class ChooseDialog(QDialog):
    """Emits `chosen(code)` and closes; Escape and the last button leave everything as it was."""

    chosen = Signal(str)

    def __init__(
        self, title: Pair, options: Sequence[Option], stay: Pair, parent: QWidget, more: Sequence[Pair] = ()
    ) -> None:
        super().__init__(parent)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title.dutch)
        self.setAccessibleName(title.spoken)
        rtl = title.rtl_half
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        self.buttons: dict[str, QWidget] = {}
        parts: list[QWidget] = [BilingualLabel(title, "title"), *(BilingualLabel(line, "body") for line in more)]
        for option in options:
            button = RowButton(option.name, option.detail, option.icon)
            button.setObjectName(option.code)
            button.clicked.connect(lambda _checked=False, code=option.code: self._choose(code))
            self.buttons[option.code] = button
            parts.append(button)
        self.stay = QuietButton(stay, "back")
        self.stay.setObjectName("stay")
        self.stay.clicked.connect(self.reject)
        parts.append(self.stay)
        self.setLayout(column(*parts, gap=2, margin=4))
        self.resize(self._least())

    def _least(self) -> QSize:
        """Texts that wrap need more height the narrower they stand; a dialog does not find that out by itself."""
        width = max(tokens().scaled(_WIDTH), self.layout().minimumSize().width())
        return QSize(width, self.layout().totalHeightForWidth(width))

    def showEvent(self, event: QShowEvent) -> None:
        self.setMinimumSize(self._least())
        super().showEvent(event)

    def _choose(self, code: str) -> None:
        self.accept()
        self.chosen.emit(code)
