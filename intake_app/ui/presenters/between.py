"""Between the sections of a talk: the warm sentence of the one that begins, the reading back of the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from intake_app.i18n.told_texts import opening
from intake_app.services.conversation import Conversation
from intake_app.services.reading_back import read_back_section
from intake_app.services.walk.screens import Screen
from intake_app.ui.widgets.pair import Pair

_DUTCH = "nl"


@dataclass(frozen=True)
class Between:
    """What stands above the first question of a section. `closing` asks whether `section` was heard right."""

    opening: Pair | None = None
    closing: Pair | None = None
    section: str = ""


def between(conversation: Conversation, screens: Sequence[Screen], here: Screen, code: str) -> Between:
    """What is said above this screen. A section that is asked in pieces opens and closes at its longest piece.

    Nothing is a screen of its own: the number of screens is a promise to the guest (DOMAIN 2.1-6).
    """
    if here.after_guest:
        return Between()
    runs = [list(run) for _, run in groupby((s for s in screens if not s.after_guest), lambda s: s.section)]
    number = next((n for n, run in enumerate(runs) if run[0].key == here.key), None)
    if number is None:
        return Between()
    first = _opening(here.section, code) if _is_main(runs, number) else None
    before = runs[number - 1][0].section if number and _is_main(runs, number - 1) else ""
    own, dutch = read_back_section(conversation, before) if before else ("", "")
    return Between(first, Pair(own, dutch, code) if dutch else None, before)


def _is_main(runs: Sequence[Sequence[Screen]], number: int) -> bool:
    section = runs[number][0].section
    own = [(len(run), -place) for place, run in enumerate(runs) if run[0].section == section]
    return max(own) == (len(runs[number]), -number)


def _opening(section: str, code: str) -> Pair | None:
    dutch = opening(section, _DUTCH)
    return Pair(opening(section, code), dutch, code) if dutch else None
