"""The thirteen indicators of DOMAIN 7.2, each as code beside its definition.

An indicator says which counters go into which figure; every figure is a table of its own, with a row per place, so that
reports of the whole and of one place hide the same.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from intake_app.domain.counting import EMPLOYED, GROUPS, JOBSEEKER, MIGRANT, NOT_ASKED, PROGRESS_MONTHS
from intake_app.domain.report import COUNT, MEAN, MEDIAN, SHARE, Figure, Indicator
from intake_app.monitoring.cells import ALL, TOTAL, Table, hidden_cells
from intake_app.monitoring.people import ARRIVED, DUE, FIRST_STEP, GUIDED, MADE, MOVED, PILOT, TASTER, Counts
from intake_app.monitoring.tally import TALKS

LEAST, LEAST_LANGUAGE = 5, 10
"""Smaller cells are hidden; the second one for language (DOMAIN 7.2)."""
FOUND_US = (
    "library", "language_house", "municipality", "uwv", "school", "employer", "friend", "organisation", "neighbourhood",
    "self", "other",
)  # fmt: skip
"""The choices of d10."""
_HIGH = ("4", "5")
_SCORES = ("1", "2", "3", "4", "5")

Parts = Mapping[str, int]


@dataclass(frozen=True)
class _Drawn:
    """A table with what of it is hidden, read for one row."""

    table: Table
    hidden: frozenset[tuple[str, str]]
    row: str

    def value(self, column: str) -> int:
        """What stands in a column of this row."""
        return self.table.values[self.row, column]

    def shown(self, *columns: str) -> bool:
        """Whether all of these may be shown."""
        return not any((self.row, column) in self.hidden for column in columns)


class Reading:
    """The counters of all places, read for one of them (`ALL` is everything)."""

    def __init__(self, counts: Counts, row: str) -> None:
        self.counts = {place: found for place, found in counts.items() if found}
        self.row = row if row in self.counts else ALL
        self.absent = row not in (ALL, *self.counts)
        self._tables: dict[tuple[str, ...], _Drawn] = {}

    def of_row(self) -> Counter[str]:
        """All counters of the row that is read."""
        if self.absent:
            return Counter()
        places = [self.row] if self.row else list(self.counts)
        return sum((self.counts[place] for place in places), Counter())

    def draw(self, columns: tuple[str, ...], parts: Callable[[Counter[str]], Parts], least: int) -> _Drawn:
        """The table of these columns; a place that was never heard of is a row of nothing."""
        rows = {place: parts(found) for place, found in self.counts.items()}
        if self.absent:
            rows = {ALL: {}}
            table = Table({}, columns)
            return _Drawn(table, hidden_cells(table, least, LEAST), ALL)
        table = Table(rows, columns)
        return _Drawn(table, hidden_cells(table, least, LEAST), self.row)

    def count(self, code: str, counter: str, *, least: int = LEAST, target: float | None = None) -> Figure:
        """How often a counter was added to."""
        drawn = self.draw((counter,), lambda found: {counter: found[counter]}, least)
        if not drawn.shown(counter):
            return Figure(code, COUNT, target=target, hidden=True)
        return Figure(code, COUNT, drawn.value(counter), target=target)

    def part(
        self, code: str, yes: Callable[[Counter[str]], int], whole: Callable[[Counter[str]], int], *,
        least: int = LEAST, target: float | None = None,
    ) -> Figure:  # fmt: skip
        """A part of a whole. It is shown only with the rest of the whole: one gives away the other."""

        def parts(found: Counter[str]) -> Parts:
            part = min(yes(found), whole(found))
            return {"yes": part, "no": whole(found) - part}

        drawn = self.draw(("yes", "no"), parts, least)
        if not drawn.shown("yes", "no", TOTAL):
            return Figure(code, SHARE, target=target, hidden=True)
        value, of = drawn.value("yes"), drawn.value(TOTAL)
        return Figure(code, SHARE, value, of, value / of if of else None, target)

    def spread(
        self, columns: tuple[str, ...], parts: Callable[[Counter[str]], Parts], targets: Mapping[str, float]
    ) -> tuple[Figure, ...]:
        """Every part and their total."""
        drawn = self.draw(columns, parts, LEAST)
        whole = drawn.value(TOTAL) if drawn.shown(TOTAL) else None
        figures = []
        for column in (*columns, TOTAL):
            target = targets.get(column)
            if not drawn.shown(column):
                figures.append(Figure(column, COUNT, target=target, hidden=True))
                continue
            value = drawn.value(column)
            share = value / whole if whole and column != TOTAL else None
            figures.append(Figure(column, COUNT, value, whole if column != TOTAL else None, share, target))
        return tuple(figures)


def ind01(reading: Reading) -> Indicator:
    """Actively guided: people whose talk was finished, who got their plan, and were spoken to within 90 days."""
    return Indicator("ind01", (reading.count("count", GUIDED, target=200),), LEAST)


def ind02(reading: Reading) -> Indicator:
    """By group: counted talks per target group, each person in one; who was not asked yet stands apart.

    From the tally alone: the group never leaves a laptop with anything of a person (DOMAIN 7.2, d09).
    """

    def parts(found: Counter[str]) -> Parts:
        groups = {group: found[f"group:{group}"] for group in GROUPS}
        return {**groups, NOT_ASKED: max(0, found[TALKS] - sum(groups.values()))}

    targets = {MIGRANT: 75.0, JOBSEEKER: 75.0, EMPLOYED: 50.0}
    return Indicator("ind02", reading.spread((*GROUPS, NOT_ASKED), parts, targets), LEAST)


def ind03(reading: Reading) -> Indicator:
    """Pilot participants: people with a counted intake in the first two quarters of 2027."""
    return Indicator("ind03", (reading.count("count", PILOT, target=100),), LEAST)


def ind04(reading: Reading) -> Indicator:
    """Progression: guided people with work, more work, a course or a work-learning place within 3, 6 and 12 months.

    Over the guided people whose intake is so long ago; an unknown outcome stays among them.
    """

    def figure(months: int) -> Figure:
        return reading.part(
            f"months_{months}",
            lambda found: found[f"{MOVED}{months}"],
            lambda found: found[f"{DUE}{months}"],
            target=0.6 if months == PROGRESS_MONTHS[-1] else None,
        )

    return Indicator("ind04", tuple(figure(months) for months in PROGRESS_MONTHS), LEAST)


def ind05(reading: Reading) -> Indicator:
    """Tasters followed: people who attended at least one taster."""
    return Indicator("ind05", (reading.count("count", TASTER, target=50),), LEAST)


def ind06(reading: Reading) -> Indicator:
    """Basic skills growth: people with a higher f01-f04, f13 or Basismeter at follow-up, of those measured twice."""
    figure = reading.part("grown", lambda found: found["grown:yes"], lambda found: found["measured:yes"])
    return Indicator("ind06", (figure,), LEAST)


def ind07(reading: Reading) -> Indicator:
    """Recognisable place: r04 is yes, of everybody who answered r04."""
    answers = ("yes", "partly", "no")
    figure = reading.part(
        "yes", lambda found: found["know_place:yes"], lambda found: sum(found[f"know_place:{one}"] for one in answers)
    )
    return Indicator("ind07", (figure,), LEAST)


def ind08(reading: Reading) -> Indicator:
    """Useful talk: the mean of r01 to one decimal, and the share of 4 and 5.

    The mean is shown only where the share is: together with it, it could tell on single people.
    """
    high = reading.part(
        "high",
        lambda found: sum(found[f"useful:{score}"] for score in _HIGH),
        lambda found: sum(found[f"useful:{score}"] for score in _SCORES),
    )
    if high.hidden:
        return Indicator("ind08", (Figure("mean", MEAN, hidden=True), high), LEAST)
    found = reading.of_row()
    answered = high.of or 0
    total = sum(int(score) * found[f"useful:{score}"] for score in _SCORES)
    mean = round(total / answered, 1) if answered else None
    return Indicator("ind08", (Figure("mean", MEAN, mean, answered), high), LEAST)


def ind09(reading: Reading) -> Indicator:
    """Warm referral arrived: referrals of which contact was confirmed, of all referrals made."""
    figure = reading.part("arrived", lambda found: found[ARRIVED], lambda found: found[MADE])
    return Indicator("ind09", (figure,), LEAST)


def ind10(reading: Reading) -> Indicator:
    """Reach: how people found us (d10), and the share whose chosen route is below level 3."""
    found_us = reading.spread(FOUND_US, lambda found: {one: found[f"found_us:{one}"] for one in FOUND_US}, {})
    level = reading.part(
        "low_level",
        lambda found: found["low_level:yes"],
        lambda found: found["low_level:yes"] + found["low_level:no"],
    )
    return Indicator("ind10", (*found_us, level), LEAST)


def ind11(reading: Reading) -> Indicator:
    """Language access: counted talks not in Dutch, with an interpreter, and with one that was needed and not there."""

    def figure(code: str) -> Figure:
        return reading.part(code, lambda found: found[f"{code}:yes"], lambda found: found[TALKS], least=LEAST_LANGUAGE)

    figures = tuple(figure(code) for code in ("other_language", "interpreter", "needed_not_here"))
    return Indicator("ind11", figures, LEAST_LANGUAGE)


def ind12(reading: Reading) -> Indicator:
    """Time to first step: the median of the days from plan to first step done, over people with such a step."""

    def known(found: Counter[str]) -> Parts:
        return {"known": sum(count for name, count in found.items() if name.startswith(FIRST_STEP))}

    drawn = reading.draw(("known",), known, LEAST)
    if not drawn.shown("known"):
        return Indicator("ind12", (Figure("median", MEDIAN, hidden=True),), LEAST)
    days = [
        int(name.removeprefix(FIRST_STEP))
        for name, count in reading.of_row().items()
        if name.startswith(FIRST_STEP)
        for _ in range(count)
    ]
    median = float(statistics.median(days)) if days else None
    return Indicator("ind12", (Figure("median", MEDIAN, median, len(days)),), LEAST)


def ind13(reading: Reading) -> Indicator:
    """Trained counsellors: accounts for which a site lead entered a day of training."""
    return Indicator("ind13", (reading.count("count", "trained"),), LEAST)


INDICATORS: tuple[Callable[[Reading], Indicator], ...] = (
    ind01, ind02, ind03, ind04, ind05, ind06, ind07, ind08, ind09, ind10, ind11, ind12, ind13,
)  # fmt: skip
