"""What was just said, readable above the question: the last answers, small, in both languages."""

from __future__ import annotations

from itertools import zip_longest

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.i18n.languages import is_rtl
from intake_app.ui.widgets import BilingualLabel, Pair
from intake_app.ui.widgets.bilingual import Arrange

_GAP = 4
"""Logical pixels between two lines."""


class SaidBefore(QWidget):
    """Lines of question and answer, the newest last, just above the question in sight."""

    def __init__(self) -> None:
        super().__init__()
        self._place = QVBoxLayout(self)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._place.setSpacing(_GAP)
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

    def whole_lines(self, wanted: int, most: int) -> int:
        """How far down the page may begin so that no line of this is cut at its top, in logical pixels.

        `wanted` is where what follows begins, `most` how far the page can be moved at all. Where that is not far
        enough, as many lines as can be are out of sight, and the others stand there whole.
        """
        if wanted <= most:
            return wanted
        above = self.parentWidget().y() + self.y() - _GAP
        tops = [above + label.y() for label in self._labels if not label.isHidden()]
        return max((top for top in tops[1:] if top <= most), default=0)

    def _fill(self, lines: tuple[Pair, ...]) -> None:
        """The labels that are there say something else: to make them anew costs as much as a question."""
        for pair in lines[len(self._labels) :]:
            self._labels.append(BilingualLabel(pair, "small", arrange=Arrange.BESIDE, parent=self))
            self._place.addWidget(self._labels[-1])
        for label, pair in zip_longest(self._labels, lines):
            label.set_pair(pair or Pair.plain(""))
            label.setVisible(pair is not None)
