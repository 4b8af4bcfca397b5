"""Small people to count: a talk, a contact, a period, in as few words as a case needs."""

from __future__ import annotations

from collections import Counter
from datetime import date

from intake_app.domain.counting import Contact, CountedTalk, Evidence, Period, TallyCount
from intake_app.monitoring.indicators import INDICATORS, Reading
from intake_app.monitoring.people import Counts, counts_of_people
from intake_app.monitoring.tally import added, counts_of_tally

TWO_YEARS = Period(date(2027, 1, 1), date(2028, 12, 31), date(2029, 12, 31))
INTAKE = date(2027, 3, 10)


def talk(person: str = "a", day: date = INTAKE, **more: object) -> CountedTalk:
    """A full talk that was finished, with the plan handed over, by somebody who wants to be counted."""
    known = {"state": "complete", "handed_over": True, "counted": True, "talk_form": "full", "location": "Here"}
    return CountedTalk(person=person, finished=day, **{**known, **more})  # type: ignore[arg-type]  # by name


def contact(day: date, outcome: str = "", **more: object) -> Contact:
    """A contact at which the person was reached."""
    return Contact(day, outcome=outcome, **more)  # type: ignore[arg-type]  # by name


def counted(*talks: CountedTalk, period: Period = TWO_YEARS, **contacts: tuple[Contact, ...]) -> dict[str, int]:
    """All counters of a few people together."""
    counts = counts_of_people(Evidence(talks, contacts), period)
    return {name: number for found in counts.values() for name, number in found.items()}


def tallied(*told: str, quarter: str = "2027-Q1", period: Period = TWO_YEARS) -> dict[str, int]:
    """All counters of a tally; `group:migrant 3` is a counter and its count."""
    rows = tuple(TallyCount("Here", quarter, *_split(one)) for one in told)
    return dict(counts_of_tally(rows, period).get("Here", {}))


def _split(told: str) -> tuple[str, int]:
    counter, _, count = told.rpartition(" ")
    return counter, int(count)


def read(name: str, counts: dict[str, int], times: int = 1) -> dict[str, tuple[float | None, int | None]]:
    """Value and whole of an indicator's figures, with every count so many times as high: small ones are hidden."""
    whole: Counts = added({"Here": _times(counts, times)})
    indicator = {one.__name__: one for one in INDICATORS}[name](Reading(whole, ""))
    return {figure.code: (figure.value, figure.of) for figure in indicator.figures if not figure.hidden}


def _times(counts: dict[str, int], times: int) -> Counter[str]:
    return Counter({name: count * times for name, count in counts.items()})
