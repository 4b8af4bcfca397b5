"""Where the talk is: its sections in the order they are mostly asked, which are done, and how much is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from intake_app.i18n.bidi import isolate
from intake_app.i18n.formats import format_minutes
from intake_app.i18n.gettext import mark, translator
from intake_app.services.talk import Talk
from intake_app.services.walk.screens import Screen
from intake_app.services.walk.session import Progress
from intake_app.ui.controls.words import Words
from intake_app.ui.widgets.section_trail import BOTH, TrailStep

# Translators: {count} is a number of screens with questions.
STILL_TO_COME = mark("Nog ongeveer {count} schermen")
STILL_ONE = mark("Nog ongeveer één scherm")

# Translators: {count} is a number of screens with questions; {more} of them came in by the last answer.
STILL_TO_COME_MORE = mark("Nog ongeveer {count} schermen, {more} erbij door dit antwoord")

SECONDS = {True: 25, False: 42}
"""For one screen: in Dutch, and read aloud or with an interpreter (DOMAIN 2.1-6)."""

SECTIONS = {
    "A": "Start",
    "B": "Toestemming",
    "C": "Wie bent u?",
    "D": "Uw situatie",
    "E": "Papieren",
    "F": "Taal, rekenen, computer",
    "G": "School en diploma's",
    "H": "Werk",
    "I": "Wat u kunt",
    "J": "Wat vindt u leuk?",
    "K": "Wat is belangrijk?",
    "L": "Hoe wilt u werken of leren?",
    "M": "Waar wilt u hulp bij?",
    "N": "Hoe leert u graag?",
    "O": "Hoe zit u erin?",
    "P": "Kiezen",
    "Q": "Afspraken",
    "R": "Hoe was het?",
    "X": "Aantekening",
}
"""The titles of choice list `section` of the intake, whose translations they share."""


@dataclass(frozen=True)
class Trail:
    """The steps of the trail, the index of the current one (-1 for none), and what is left in words."""

    steps: tuple[TrailStep, ...]
    current: int
    count: str = ""
    minutes: int = 0


def minutes_left(screens: int, code: str) -> int:
    """About how many minutes so many screens take; at least one while there are any."""
    return max(1, round(screens * SECONDS[code == "nl"] / 60)) if screens else 0


def section_name(letter: str, code: str) -> str:
    """The title of a section in a language."""
    dutch = SECTIONS.get(letter, letter)
    return translator(code, "intake").text(dutch, f"intake:section:{letter}:label")


def trail(
    talk: Talk,
    planned: Sequence[Screen],
    here: Screen,
    done: Callable[[Screen], bool],
    code: str,
    progress: Progress,
) -> Trail:
    """The trail of a talk: a step for each time that a section is met, so that their numbers never go back.

    `planned`: its screens to the end, also beyond a question that must be answered first, so that there are as many
    steps before such a question as after it. Nothing is invented: what is left is counted once the walk is known.
    """
    asked = [screen for screen in planned if not screen.after_guest]
    met = [(letter, list(visit)) for letter, visit in groupby(asked, lambda screen: screen.section)]
    steps = [TrailStep(letter, _name(letter, code), _visit_done(visit, here, done)) for letter, visit in met]
    at = (place for place, (_, visit) in enumerate(met) if any(screen.key == here.key for screen in visit))
    current = -1 if here.after_guest else next(at, -1)
    if not is_known(talk) or here.after_guest:
        return Trail(tuple(steps), current)
    return Trail(tuple(steps), current, _count(progress, code), minutes_left(progress.left, code))


def _name(letter: str, code: str) -> str:
    own, dutch = section_name(letter, code), section_name(letter, "nl")
    return dutch if own == dutch else f"{isolate(own)}{BOTH}{isolate(dutch)}"


def _visit_done(visit: Sequence[Screen], here: Screen, done: Callable[[Screen], bool]) -> bool:
    return all(done(screen) and screen.key != here.key for screen in visit)


def is_known(talk: Talk) -> bool:
    """Whether the walk goes on to its end: before the talk form and the age are told it stops at them."""
    answers = talk.answers
    gate = answers.text("age_group") if answers.ref("age_group") else "none"
    return bool(answers.text("version")) and bool(gate) and (gate != "16_17" or bool(answers.text("go_on")))


def _count(progress: Progress, code: str) -> str:
    """What is left, for the participant and beside it in Dutch for the counsellor."""
    if not progress.left:
        return ""
    message = STILL_ONE if progress.left == 1 else STILL_TO_COME_MORE if progress.more else STILL_TO_COME
    told = Words(code).pair(message, count=progress.left, more=progress.more)
    minutes = minutes_left(progress.left, code)
    dutch = f"{told.dutch} · {isolate(format_minutes(minutes, 'nl'))}"
    if code == "nl" or not told.own:
        return dutch
    return f"{told.own} · {isolate(format_minutes(minutes, code))}{BOTH}{isolate(dutch)}"
