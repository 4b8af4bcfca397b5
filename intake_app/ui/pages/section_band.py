"""Above the first question of a section: a warm word, and what was told before it, to be corrected on the spot."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.i18n.gettext import mark
from intake_app.i18n.languages import is_rtl
from intake_app.ui.controls.words import Words
from intake_app.ui.presenters.between import Between
from intake_app.ui.widgets import BilingualLabel, Card, Pair, QuietButton, SecondaryButton, column, let_go, row
from intake_app.ui.widgets.bilingual import Arrange
from intake_app.ui.widgets.halves import Halves

RIGHT = mark("Ja, dat klopt")
CHANGE = mark("Aanpassen")
_LEFT_OVER = 0.45
"""Less of the width than this is a column of a few words a line: then the buttons stand below."""
_NOTHING = Pair.plain("")


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
        self._language, self._section = "", ""
        self._closing: _Closing | None = None
        self._opening: BilingualLabel | None = None
        self.hide()

    @property
    def right(self) -> SecondaryButton | None:
        """The button that says that it is right, while something is asked."""
        return self._closing.right if self._section and self._closing else None

    @property
    def change(self) -> QuietButton | None:
        """The button that leads to the answers, while something is asked."""
        return self._closing.change if self._section and self._closing else None

    def show_between(self, between: Between, language: str) -> None:
        """Show it, or hide when there is nothing to say. What stands here stays, to say something else."""
        if self._shown == (between, language):
            return
        self._shown = (between, language)
        if language != self._language:
            self._begin_in(language)
        self._section = between.section if between.closing is not None else ""
        self._ask(between.closing)
        self._open_with(between.opening)
        self.setVisible(between.closing is not None or between.opening is not None)

    def _begin_in(self, language: str) -> None:
        self._language = language
        let_go(self._place)
        self._closing = self._opening = None
        rtl = is_rtl(language)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)

    def _ask(self, told: Pair | None) -> None:
        if told is not None and self._closing is None:
            self._closing = _Closing(Words(self._language))
            self._closing.right.clicked.connect(lambda: self.confirmed.emit(self._section))
            self._closing.change.clicked.connect(lambda: self.change_requested.emit(self._section))
            self._place.insertWidget(0, self._closing)
        if self._closing is not None:
            self._closing.told.set_pair(told or _NOTHING)
            self._closing.setVisible(told is not None)

    def _open_with(self, told: Pair | None) -> None:
        if told is not None and self._opening is None:
            self._opening = BilingualLabel(told, "body", arrange=Arrange.BESIDE)
            self._place.addWidget(self._opening)
        elif self._opening is not None:
            self._opening.set_pair(told or _NOTHING)
            self._opening.setVisible(told is not None)


class _Closing(Card):
    """What was told, and whether it is right."""

    def __init__(self, words: Words) -> None:
        self.told = BilingualLabel(_NOTHING, "body")
        self.right = SecondaryButton(words.pair(RIGHT), "check")
        self.right.setObjectName("section_right")
        self.change = QuietButton(words.pair(CHANGE), "pencil")
        self.change.setObjectName("section_change")
        both = Halves(self.change, self.right, shares=(1, 0))
        buttons = row(column(None, both, None, gap=0), None, gap=0)
        told = column(None, self.told, None, gap=0)
        super().__init__(Halves(told, buttons, shares=(1, 0), left_over=_LEFT_OVER), kind="sunken", margin=1.5)
