"""Two occupations side by side: what one can do already, what is to learn, what is asked, the way there, the chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from intake_app.i18n.gettext import mark
from intake_app.services.radar import Radar
from intake_app.ui.controls.words import Words
from intake_app.ui.presenters.radar import HAVE, MISSING, PARTLY, CloseUp, RadarPresenter
from intake_app.ui.widgets.pair import Pair

CAN = mark("Dit kunt u al")
A_LITTLE = mark("Dit kunt u een beetje")
TO_LEARN = mark("Dit kunt u leren")
NEEDED = mark("Dit is nodig")
WAYS = mark("Zo komt u er")
HELPS = mark("Wat helpt om hier te komen")
CHANCE = mark("Kans op werk")
_BETWEEN = " · "
NOTHING_ASKED = mark("Geen papieren nodig.")


@dataclass(frozen=True)
class Aspect:
    """One thing both are compared on: its name and what is to be said of the first and of the second."""

    name: Pair
    icon: str
    tone: str
    sides: tuple[tuple[Pair, ...], tuple[Pair, ...]]


@dataclass(frozen=True)
class Comparison:
    """The two occupations and everything of which at least one has something to say."""

    heads: tuple[CloseUp, CloseUp]
    aspects: tuple[Aspect, ...]


def compare(radar: Radar, first: str, second: str, language: str) -> Comparison:
    """Two occupations for the person of the talk. Raises EventRefused for an id that nobody here knows."""
    presenter, words = RadarPresenter(radar, language), Words(language)
    heads = (presenter.close_up(first), presenter.close_up(second))
    aspects = []
    for name, icon, tone, told in _ASPECTS:
        sides = (tuple(told(heads[0])), tuple(told(heads[1])))
        if name == NEEDED and any(sides):
            sides = tuple(side or (words.pair(NOTHING_ASKED),) for side in sides)
        if any(sides):
            aspects.append(Aspect(words.pair(name), icon, tone, sides))
    return Comparison(heads, tuple(aspects))


def _skills(state: str) -> Callable[[CloseUp], Sequence[Pair]]:
    return lambda shown: _in_a_row([skill.name for skill in shown.skills if skill.state == state])


def _in_a_row(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """Short words behind each other in one line; in Dutch alone where one of them has no other."""
    if not pairs:
        return ()
    own = _BETWEEN.join(pair.own for pair in pairs) if all(pair.own for pair in pairs) else ""
    return (Pair(own, _BETWEEN.join(pair.dutch for pair in pairs), pairs[0].language),)


_ASPECTS: tuple[tuple[str, str, str, Callable[[CloseUp], Sequence[Pair]]], ...] = (
    (CAN, "check", "good", _skills(HAVE)),
    (A_LITTLE, "check", "info", _skills(PARTLY)),
    (TO_LEARN, "star", "primary", _skills(MISSING)),
    (NEEDED, "info", "info", lambda shown: shown.needed),
    (WAYS, "list", "good", lambda shown: shown.routes or ((shown.notice,) if shown.notice else ())),
    (HELPS, "plus", "info", lambda shown: shown.changes),
    (CHANCE, "chart", "info", lambda shown: (shown.chance,)),
)
