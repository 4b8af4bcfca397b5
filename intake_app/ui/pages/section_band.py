"""Above the first question of a section: a warm word, and what was told before it, to be corrected on the spot."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.i18n.gettext import mark
from intake_app.i18n.languages import is_rtl
from intake_app.ui.controls.words import Words
from intake_app.ui.presenters.between import Between
from intake_app.ui.widgets import BilingualLabel, Card, QuietButton, SecondaryButton, column, let_go, row
from intake_app.ui.widgets.bilingual import Arrange
from intake_app.ui.widgets.halves import Halves

RIGHT = mark("Ja, dat klopt")
CHANGE = mark("Aanpassen")
_LEFT_OVER = 0.45
"""Less of the width than this is a column of a few words a line: then the buttons stand below."""


class SectionBand(QWidget):
    """Shows what is said between two sections. `confirmed(section)` it is right; `change_requested(section)`."""

    confirmed = Signal(str)
    change_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._place = QVBoxLayout(self)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._place.setSpacing(16)
        self._shown: tuple[Between, str] | None = None
        self.right: SecondaryButton | None = None
        self.change: QuietButton | None = None
        self.hide()

    def show_between(self, between: Between, language: str) -> None:
        """Show it, or hide when there is nothing to say."""
        if self._shown == (between, language):
            return
        self._shown = (between, language)
        let_go(self._place)
        self.right = self.change = None
        rtl = is_rtl(language)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        if between.closing is not None:
            self._place.addWidget(self._closing(between, language))
        if between.opening is not None:
            self._place.addWidget(BilingualLabel(between.opening, "body", arrange=Arrange.BESIDE))
        self.setVisible(between.closing is not None or between.opening is not None)

    def _closing(self, between: Between, language: str) -> Card:
        words = Words(language)
        self.right = SecondaryButton(words.pair(RIGHT), "check")
        self.right.setObjectName("section_right")
        self.right.clicked.connect(lambda: self.confirmed.emit(between.section))
        self.change = QuietButton(words.pair(CHANGE), "pencil")
        self.change.setObjectName("section_change")
        self.change.clicked.connect(lambda: self.change_requested.emit(between.section))
        both = Halves(self.change, self.right, shares=(1, 0))
        buttons = row(column(None, both, None, gap=0), None, gap=0)
        told = column(None, BilingualLabel(between.closing, "body"), None, gap=0)
        return Card(Halves(told, buttons, shares=(1, 0), left_over=_LEFT_OVER), kind="sunken", margin=1.5)
