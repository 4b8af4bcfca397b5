"""Another language in the middle of a talk, or on paper: each by its own name, in its own script."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake_app.i18n.gettext import mark
from intake_app.i18n.languages import language
from intake_app.ui.controls.words import Words
from intake_app.ui.dialogs.between import BetweenDialog
from intake_app.ui.widgets import Answer, AnswerGrid, BilingualLabel, Pair, QuietButton

WHICH = mark("In welke taal praten we verder?")
STAY = mark("Terug naar de vraag")
ON_PAPER = mark("In welke taal wilt u het papier?")
AS_IT_IS = mark("Laat het zo")


class LanguageDialog(BetweenDialog):
    """Emits `chosen(code)` and closes; Escape leaves the language as it is.

    `which` and `stay` are what is asked and the way back, marked; they are said in `spoken`, by default the language
    of `now`.
    """

    chosen = Signal(str)
    wide = 860

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
        words = Words(spoken or now)
        title = words.pair(which)
        super().__init__(title, QuietButton(words.pair(stay), "back"), parent)
        answers = [Answer(code, Pair(language(code).name, language(code).dutch, code)) for code in codes]
        self.grid = AnswerGrid(answers, tile=False, columns=4, least=180, height=64, rtl=title.rtl_half)
        self.grid.set_about(title.spoken)
        self.grid.set_values([now])
        self.grid.changed.connect(lambda values: self._choose(values[0]))
        self.fill([BilingualLabel(title, "title"), self.grid])

    def _choose(self, code: str) -> None:
        self.accept()
        self.chosen.emit(code)
