"""A narrow band over the whole width, for what must be known on every page; it takes as little height as it can."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from intake_app.ui.theme import GRID
from intake_app.ui.widgets.icons import IconMark
from intake_app.ui.widgets.layout import row
from intake_app.ui.widgets.text import TextLabel


class Band(QFrame):
    """An icon, a line of words, and an action at the end if there is one."""

    def __init__(
        self, icon: str, words: str = "", action: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("message", "warning")
        self.words = TextLabel(words, "strong")
        line = row(gap=1.5)
        line.setContentsMargins(GRID * 3, 0, GRID * 3, 0)
        line.addWidget(IconMark(icon, "warning", 26), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.words, 1, Qt.AlignmentFlag.AlignVCenter)
        if action is not None:
            line.addWidget(action, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)

    def say(self, words: str) -> None:
        """Show other words."""
        self.words.setText(words)
        self.setAccessibleName(words)
