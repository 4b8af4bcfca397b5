"""The buttons that stand in the head of every page of a talk, always in the same place."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from intake_app.i18n.gettext import mark, translator
from intake_app.i18n.languages import language
from intake_app.ui import theme
from intake_app.ui.controls.words import Words
from intake_app.ui.widgets import IconButton, Pair, QuietButton

PAUSE = mark("Pauze")
STOP = mark("Stoppen")
TEXT_SIZE = mark("Letters groter of kleiner")
NO_VOICE = mark("Voorlezen kan nog niet: voor deze taal is er geen stem op deze laptop.")
READ_ALOUD = mark("Lees voor. Toets: F2")
STOP_READING = mark("Stop met voorlezen. Toets: F2")
SLOWER = mark("Lees langzamer voor. Toetsen: Shift+F2")
OTHER_LANGUAGE = mark("Praat verder in een andere taal. Toets: F7")
TURN = mark("Draai de laptop naar de deelnemer. Toets: F9")
TURN_BACK = mark("Draai de laptop terug. Toets: F9")
PAUSE_KEYS = mark("Toetsen: F12 of Pause. Het scherm gaat meteen op slot.")


class HeadButtons:
    """Makes them; what they do is for the page. `first` and `last` are the two groups in their order.

    Between the groups a page puts what it has besides, so that pause and stop are the last ones everywhere.
    """

    def __init__(self) -> None:
        self._dutch = translator("nl")
        say = self._dutch.text
        self.speaker = _icon("speaker", say(NO_VOICE), "speaker")
        self.slow = _icon("slow", say(SLOWER), "slow")
        self.speaker.hide()
        self.slow.hide()
        self.language = _quiet("globe", "language")
        self.language.setToolTip(say(OTHER_LANGUAGE))
        self.turn = _icon("turn", say(TURN), "turn")
        self.size = _icon("text-size", say(TEXT_SIZE), "size")
        self.size.clicked.connect(_next_size)
        self.pause = _quiet("pause", "pause")
        self.pause.setToolTip(say(PAUSE_KEYS))
        self.stop = _quiet("stop", "stop")

    @property
    def first(self) -> list[QWidget]:
        """What comes before that which only some pages have."""
        return [self.speaker, self.slow, self.language]

    @property
    def last(self) -> list[QWidget]:
        """Pause and stop, at the end on every page."""
        return [self.pause, self.stop]

    def say_in(self, code: str) -> None:
        """Name what the participant may press too in the language of the talk."""
        words = Words(code)
        self.pause.set_text(words.pair(PAUSE))
        self.stop.set_text(words.pair(STOP))

    def show_voice(self, *, can: bool, speaking: bool) -> None:
        """Offer to read, or to stop reading; nothing where there is no voice."""
        shown = can or speaking
        if shown:
            icon, name = ("cross", STOP_READING) if speaking else ("speaker", READ_ALOUD)
            self.speaker.set_icon(icon, self._dutch.text(name))
        self.speaker.setVisible(shown)
        self.slow.setVisible(shown)

    def show_language(self, code: str) -> None:
        """The language of the talk, by its own name."""
        known = language(code)
        self.language.set_text(Pair(known.name, known.name, known.code))
        self.language.setAccessibleDescription(self._dutch.text(OTHER_LANGUAGE))

    def show_turned(self, turned: bool) -> None:
        """What the turning button does next."""
        self.turn.set_icon("turn", self._dutch.text(TURN_BACK if turned else TURN))


def _icon(icon: str, words: str, name: str) -> IconButton:
    button = IconButton(icon, words)
    button.setObjectName(name)
    return button


def _quiet(icon: str, name: str) -> QuietButton:
    button = QuietButton("", icon)
    button.setObjectName(name)
    return button


def _next_size() -> None:
    sizes = list(theme.TextSize)
    now = sizes.index(theme.tokens().size)
    theme.apply(QApplication.instance(), size=sizes[(now + 1) % len(sizes)], at_once=False)
