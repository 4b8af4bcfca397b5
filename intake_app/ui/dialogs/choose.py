"""A kind question in between with a few answers, each told in a line; it never blocks the program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake_app.ui.dialogs.between import BetweenDialog
from intake_app.ui.widgets import BilingualLabel, Pair, QuietButton
from intake_app.ui.widgets.big_buttons import RowButton


@dataclass(frozen=True)
class Option:
    """One answer: what it is called, what it does, its icon."""

    code: str
    name: Pair
    detail: Pair
    icon: str


class ChooseDialog(BetweenDialog):
    """Emits `chosen(code)` and closes; Escape and the last button leave everything as it was."""

    chosen = Signal(str)

    def __init__(
        self, title: Pair, options: Sequence[Option], stay: Pair, parent: QWidget, more: Sequence[Pair] = ()
    ) -> None:
        super().__init__(title, QuietButton(stay, "back"), parent)
        self.buttons: dict[str, QWidget] = {}
        parts: list[QWidget] = [BilingualLabel(title, "title"), *(BilingualLabel(line, "body") for line in more)]
        for option in options:
            button = RowButton(option.name, option.detail, option.icon)
            button.setObjectName(option.code)
            button.clicked.connect(lambda _checked=False, code=option.code: self._choose(code))
            self.buttons[option.code] = button
            parts.append(button)
        self.fill(parts)

    def _choose(self, code: str) -> None:
        self.accept()
        self.chosen.emit(code)
