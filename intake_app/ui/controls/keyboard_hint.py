"""A short hint where the keyboard writes other letters than the language of the talk."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtGui import QGuiApplication

from intake_app.i18n.gettext import mark
from intake_app.i18n.languages import language
from intake_app.ui.controls.words import Words
from intake_app.ui.widgets.bilingual import BilingualLabel
from intake_app.ui.widgets.pair import Pair

# Translators: {language} is a language by its own name, such as العربية.
OTHER_LETTERS = mark(
    "Uw toetsenbord schrijft andere letters. Wissel met de Windows-toets en de spatiebalk. Staat {language} er niet "
    "bij? Zeg het hardop, dan typt de begeleider het in het Nederlands."
)


def keyboard_hint(code: str, keyboard: QLocale) -> Pair | None:
    """The hint for a talk language and the keyboard in use; None where they go together, or nothing is known."""
    known = language(code)
    wanted = QLocale(known.babel).script()
    unknown = keyboard.language() in (QLocale.Language.C, QLocale.Language.AnyLanguage)
    if known.script == "Latn" or unknown or keyboard.script() == wanted:
        return None
    return Words(code).pair(OTHER_LETTERS, language=Words.user(known.name))


class KeyboardHint(BilingualLabel):
    """Stands under a field, and follows the keyboard when another one is chosen."""

    def __init__(self, code: str) -> None:
        super().__init__(Pair.plain(""), "small")
        self._code = code
        method = QGuiApplication.inputMethod()
        method.localeChanged.connect(self.look)
        self.look()

    def look(self) -> None:
        """Look which keyboard is in use."""
        hint = keyboard_hint(self._code, QGuiApplication.inputMethod().locale())
        self.set_pair(hint or Pair.plain(""))
        self.setVisible(hint is not None)
