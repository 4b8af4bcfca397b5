"""What was just said, readable above the question: the last answers, small, in both languages."""

from __future__ import annotations

from itertools import zip_longest

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.i18n.languages import is_rtl
from intake_app.ui.widgets import BilingualLabel, Pair
from intake_app.ui.widgets.bilingual import Arrange


class SaidBefore(QWidget):
    """Lines of question and answer, the newest last, just above the question in sight."""

    def __init__(self) -> None:
        super().__init__()
        self._place = QVBoxLayout(self)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._place.setSpacing(4)
        self.lines: tuple[Pair, ...] = ()
        self._labels: list[BilingualLabel] = []
        self._language = ""
        self.hide()

    def show_lines(self, lines: tuple[Pair, ...], language: str) -> None:
        """Show these lines, or nothing."""
        if (lines, language) != (self.lines, self._language):
            self.lines, self._language = lines, language
            rtl = is_rtl(language)
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
            self._fill(lines)
        self.setVisible(bool(lines))

    def _fill(self, lines: tuple[Pair, ...]) -> None:
        """The labels that are there say something else: to make them anew costs as much as a question."""
        for pair in lines[len(self._labels) :]:
            self._labels.append(BilingualLabel(pair, "small", arrange=Arrange.BESIDE, parent=self))
            self._place.addWidget(self._labels[-1])
        for label, pair in zip_longest(self._labels, lines):
            label.set_pair(pair or Pair.plain(""))
            label.setVisible(pair is not None)
