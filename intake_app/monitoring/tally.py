"""The counters of a tally: their names, and which of them count in a period (DOMAIN 8.10)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from intake_app.domain.counting import (
    PROGRESS_MONTHS,
    Period,
    TallyCount,
    add_months,
    quarter_end,
    quarter_start,
)
from intake_app.monitoring.people import DUE, GUIDED, MOVED, PERSONS, PILOT, PILOT_FIRST, PILOT_LAST, TASTER, Counts

TALKS, WITHOUT, ONE_QUESTION = "talks", "talks_without_c2_or_c6", "one_question"
_BY_COHORT = frozenset({PERSONS, GUIDED, TASTER, *(f"{MOVED}{months}" for months in PROGRESS_MONTHS)})
"""Counters that name the quarter of the talk behind a colon: what is told later belongs to the people of then."""


def counts_of_tally(tally: Iterable[TallyCount], period: Period) -> Counts:
    """The counters of a period by place. A quarter belongs to the period in which it begins; it cannot be cut."""
    counts: Counts = defaultdict(Counter)
    for one in tally:
        if quarter_start(one.quarter) > period.as_of:
            continue
        name, _, cohort = one.counter.partition(":")
        if name in _BY_COHORT:
            _add_cohort(counts[one.location], name, cohort, one.count, period)
        elif period.first <= quarter_start(one.quarter) <= period.last:
            counts[one.location][one.counter] += one.count
    return {place: found for place, found in counts.items() if found}


def _add_cohort(counts: Counter[str], name: str, cohort: str, count: int, period: Period) -> None:
    if not period.first <= quarter_start(cohort) <= period.last:
        return
    if not name.startswith(MOVED):
        counts[name] += count
    if name == PERSONS and PILOT_FIRST <= quarter_start(cohort) <= PILOT_LAST:
        counts[PILOT] += count
    for months in PROGRESS_MONTHS:
        # a quarter is so many months old when its last talk is
        if add_months(quarter_end(cohort), months) > period.as_of:
            continue
        if name == GUIDED:
            counts[f"{DUE}{months}"] += count
        if name == f"{MOVED}{months}":
            counts[name] += count


def added(*parts: Counts) -> Counts:
    """Several sources as one."""
    whole: Counts = defaultdict(Counter)
    for part in parts:
        for place, counts in part.items():
            whole[place].update(counts)
    return dict(whole)
