"""Another language in the middle of a talk, or on paper: each by its own name, in its own script."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from intake_app.i18n.gettext import mark
from intake_app.i18n.languages import language
from intake_app.ui.controls.words import Words
from intake_app.ui.theme import tokens
from intake_app.ui.widgets import Answer, AnswerGrid, BilingualLabel, Pair, QuietButton, column

WHICH = mark("In welke taal praten we verder?")
STAY = mark("Terug naar de vraag")
ON_PAPER = mark("In welke taal wilt u het papier?")
AS_IT_IS = mark("Laat het zo")
_WIDTH = 860


class LanguageDialog(QDialog):
    """Emits `chosen(code)` and closes; Escape leaves the language as it is.

    `which` and `stay` are what is asked and the way back, marked; they are said in `spoken`, by default the language
    of `now`.
    """

    chosen = Signal(str)

    def __init__(
        self,
        now: str,
        codes: Sequence[str],
        parent: QWidget,
        *,
        which: str = WHICH,
        stay: str = STAY,
        spoken: str = "",
    ) -> None:
        super().__init__(parent)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = Words(spoken or now)
        title = words.pair(which)
        self.setWindowTitle(title.dutch)
        self.setAccessibleName(title.spoken)
        rtl = title.rtl_half
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        answers = [Answer(code, Pair(language(code).name, language(code).dutch, code)) for code in codes]
        self.grid = AnswerGrid(answers, tile=False, columns=4, least=180, height=64, rtl=rtl)
        self.grid.set_about(title.spoken)
        self.grid.set_values([now])
        self.grid.changed.connect(lambda values: self._choose(values[0]))
        self.stay = QuietButton(words.pair(stay), "back")
        self.stay.clicked.connect(self.reject)
        self.setLayout(column(BilingualLabel(title, "title"), self.grid, self.stay, gap=2, margin=4))
        width = max(tokens().scaled(_WIDTH), self.layout().minimumSize().width())
        self.resize(QSize(width, self.layout().totalHeightForWidth(width)))

    def _choose(self, code: str) -> None:
        self.accept()
        self.chosen.emit(code)
