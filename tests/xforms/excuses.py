"""Where our engine goes its own way in a walk: each excuse with the clause of DAG.md that says why.

What JavaRosa only does later (2.3, 6.3, 7.1: stale results, surplus instances, answers that fell out of their list)
needs no excuse here: the walker lets JavaRosa catch up before it compares.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Difference:
    """What is different at a node (`ref`, or "" for the record as a whole)."""

    ref: str
    key: str
    ours: object
    theirs: object


Event = Mapping[str, str]
Excuse = Callable[[Difference, Event], bool]
_EXPONENT = re.compile(r"-?\d+(?:\.\d+)?E-?\d+")


def _cleared_required(one: Difference, event: Event) -> bool:
    return one.key == "rejected" and one.ours is None and one.theirs == "required" and event["value"] == ""


def _order_of_elements(one: Difference, event: Event) -> bool:
    return one.key == "order"


def _place_after_a_filter(one: Difference, event: Event) -> bool:
    return one.ref == "/data/first_in" and one.theirs == ""


def _exponents(one: Difference, event: Event) -> bool:
    ours, theirs = str(one.ours), str(one.theirs)
    numbers = _EXPONENT.findall(theirs)
    at = 0
    for number in numbers:
        before, _, theirs = theirs.partition(number)
        mine = re.match(r"-?\d+(?:\.\d+)?", ours[at + len(before) :])
        if ours[at : at + len(before)] != before or mine is None or float(mine[0]) != float(number):
            return False
        at += len(before) + len(mine[0])
    return bool(numbers) and ours[at:] == theirs


def _missing_translation(one: Difference, event: Event) -> bool:
    return one.key in ("label", "hint", "message") and one.theirs == "-" and bool(one.ours)


def _space_between_outputs(one: Difference, event: Event) -> bool:
    return one.key in ("label", "hint", "message") and "".join(str(one.ours).split()) == "".join(
        str(one.theirs).split()
    )


def _flat_areas(one: Difference, event: Event) -> bool:
    return one.ref == "/data/land_size" and 0.98 < float(str(one.ours)) / float(str(one.theirs)) < 1.02


def _clock_time_as_text(one: Difference, event: Event) -> bool:
    return one.ref == "/data/hour_text" and ":" in str(one.ours)


def _greatest_of_negatives(one: Difference, event: Event) -> bool:
    return one.theirs == "0" and str(one.ours).startswith("-") and one.ref.rpartition("/")[2] in ("oldest", "c13")


def _lists_over_lines(one: Difference, event: Event) -> bool:
    return one.ref in ("/data/c24", "/data/c25") and (one.theirs == "3" or "\n" in str(one.theirs))


EXCUSES: tuple[tuple[str, Excuse], ...] = (
    ("4.3 clearing a required answer", _cleared_required),
    ("6.7 order of elements", _order_of_elements),
    ("9.4 the greatest of negative numbers", _greatest_of_negatives),
    ("9.5 a clock time as text", _clock_time_as_text),
    ("9.6 no exponents", _exponents),
    ("9.8 a place after another predicate", _place_after_a_filter),
    ("9.9 areas on a sphere", _flat_areas),
    ("9.10 lists over several lines", _lists_over_lines),
    ("10.1 missing translations", _missing_translation),
    ("10.2 space between outputs", _space_between_outputs),
)


def excused(one: Difference, event: Event) -> str | None:
    """The clause that explains the difference; None when nothing does."""
    return next((clause for clause, excuse in EXCUSES if excuse(one, event)), None)
