"""What is asked when a talk is left: stop, close the window; and the list of questions that wait for a quiet moment."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from intake_app.i18n.gettext import mark
from intake_app.ui.controls.words import Words
from intake_app.ui.dialogs.choose import ChooseDialog, Option
from intake_app.ui.widgets import Pair

LATER, PLAN_NOW, STOP, CLOSE, ALONE_NOW = "later", "plan_now", "stop_talk", "close", "alone_now"

STOP_TITLE = mark("Wilt u stoppen? Dat mag altijd.")
LATER_NAME = mark("Later verder praten")
LATER_DETAIL = mark("Alles blijft bewaard. U gaat later verder waar u was.")
PLAN_NAME = mark("Nu het plan maken")
PLAN_DETAIL = mark("Met wat we nu weten.")
STOP_NAME = mark("Stoppen")
STOP_RECORDED = mark("We sluiten het gesprek af. Wat u vertelde, blijft op deze laptop tot het verwijderd wordt.")
STOP_IN_MEMORY = mark("We stoppen. Er is niets opgeschreven, dus alles is dan weg.")
STAY = mark("Doorgaan met het gesprek")
CLOSE_TITLE = mark("Er is nog een gesprek open. Wilt u het programma sluiten?")
CLOSE_NAME = mark("Sluiten")
CLOSE_RECORDED = mark("Het gesprek is bewaard. U vindt het straks terug op de eerste bladzijde.")
CLOSE_IN_MEMORY = mark("Dit gesprek is nergens opgeschreven. Na het sluiten is het weg.")
WAITING_TITLE = mark("Deze vragen wachten tot u met zijn tweeën bent.")
WAITING_COUNT = mark("Aantal vragen: {count}")
ALONE_NAME = mark("We zijn nu met zijn tweeën")
ALONE_DETAIL = mark("De app vraagt het nog een keer en toont daarna deze vragen.")


def _option(words: Words, code: str, name: str, detail: str, icon: str) -> Option:
    return Option(code, words.pair(name), words.pair(detail), icon)


def stop_dialog(language: str, recorded: bool, parent: QWidget, *, to_plan: bool = True) -> ChooseDialog:
    """Stop, in both languages: later (only when the talk is written down), the plan of now, or stop.

    Not `to_plan`: the plan is in sight already.
    """
    words = Words(language)
    options = [_option(words, LATER, LATER_NAME, LATER_DETAIL, "clock")] if recorded else []
    if to_plan:
        options.append(_option(words, PLAN_NOW, PLAN_NAME, PLAN_DETAIL, "print"))
    told = STOP_RECORDED if recorded else STOP_IN_MEMORY
    options.append(_option(words, STOP, STOP_NAME, told, "stop"))
    return ChooseDialog(words.pair(STOP_TITLE), options, words.pair(STAY), parent)


def close_dialog(recorded: bool, parent: QWidget) -> ChooseDialog:
    """Close the window during a talk; for the counsellor, in Dutch."""
    words = Words("nl")
    options = [_option(words, CLOSE, CLOSE_NAME, CLOSE_RECORDED if recorded else CLOSE_IN_MEMORY, "cross")]
    return ChooseDialog(words.pair(CLOSE_TITLE), options, words.pair(STAY), parent)


def waiting_dialog(waiting: Sequence[Pair], parent: QWidget) -> ChooseDialog:
    """The list "later, alleen". The questions themselves are not named: somebody else is looking."""
    words = Words("nl")
    options = [_option(words, ALONE_NOW, ALONE_NAME, ALONE_DETAIL, "people")]
    count = Pair.plain(words.pair(WAITING_COUNT, count=len(waiting)).dutch)
    return ChooseDialog(words.pair(WAITING_TITLE), options, words.pair(STAY), parent, [count])
