"""What was just said, readable above the question: the last answers, small, in both languages."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.i18n.languages import is_rtl
from intake_app.ui.widgets import BilingualLabel, Pair, clear
from intake_app.ui.widgets.bilingual import Arrange


class SaidBefore(QWidget):
    """Lines of question and answer, the newest last, just above the question in sight."""

    def __init__(self) -> None:
        super().__init__()
        self._place = QVBoxLayout(self)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._place.setSpacing(4)
        self.lines: tuple[Pair, ...] = ()
        self._language = ""
        self.hide()

    def show_lines(self, lines: tuple[Pair, ...], language: str) -> None:
        """Show these lines, or nothing."""
        if (lines, language) != (self.lines, self._language):
            self.lines, self._language = lines, language
            clear(self._place)
            rtl = is_rtl(language)
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
            for pair in lines:
                self._place.addWidget(BilingualLabel(pair, "small", arrange=Arrange.BESIDE))
        self.setVisible(bool(lines))
