"""A report from everything that was counted."""

from __future__ import annotations

from collections import Counter

from intake_app.domain.counting import GROUPS, Evidence, Period
from intake_app.domain.report import COUNT, SHARE, Figure, Report, SpreadRow
from intake_app.errors import UnknownName
from intake_app.monitoring.by_municipality import ALSO, FLAGGED, by_municipality
from intake_app.monitoring.cells import ALL, Table, hidden_cells
from intake_app.monitoring.indicators import INDICATORS, LEAST, Reading, ind02
from intake_app.monitoring.people import GUIDED, Counts, counts_of_people
from intake_app.monitoring.tally import ONE_QUESTION, WITHOUT, added, counts_of_tally

VERSION = "1"
"""Of the definitions: it goes up when a number would come out differently for the same people."""
_SUGGESTED = "suggested:"
_SAME = 2.0
"""A sector that one group sees this many times as often as another asks for a look."""


def make_report(evidence: Evidence, period: Period, location: str = ALL) -> Report:
    """All indicators over a period, of everything or of one place. Raises UnknownName for a place not heard of."""
    counts = added(counts_of_people(evidence, period), counts_of_tally(evidence.tally, period))
    if location and location not in counts:
        raise UnknownName(kind="location", name=location, known=tuple(sorted(counts)))
    without = _not_counted(evidence, period)
    reading = Reading(added(counts, without), location)
    return Report(
        period=period,
        location=location,
        version=VERSION,
        sources=evidence.sources,
        practice=evidence.practice,
        indicators=tuple(indicator(reading) for indicator in INDICATORS),
        not_counted=reading.count("not_counted", WITHOUT),
        one_question=reading.count("one_question", ONE_QUESTION),
        places=_places(reading.counts) if not location else (),
        spread=_spread(reading) if not location else (),
        also=tuple(reading.count(group, f"{ALSO}{group}") for group in FLAGGED),
        municipalities=by_municipality(reading) if not location else (),
    )


def _not_counted(evidence: Evidence, period: Period) -> Counts:
    """Talks that came along without the consent to count and that no tally told of: one number, nothing else."""
    told = sum(one.count for one in evidence.tally if one.counter == WITHOUT)
    found: Counts = {}
    if told:
        return found
    for talk in evidence.talks:
        if not talk.counted and period.holds(talk.finished):
            found.setdefault(talk.location, Counter())[WITHOUT] += 1
    return found


def _places(counts: Counts) -> tuple[Figure, ...]:
    """Guided people per place, hidden together with their sum."""
    table = Table({place: {GUIDED: found[GUIDED]} for place, found in counts.items() if found}, (GUIDED,))
    hidden = hidden_cells(table, LEAST)
    return tuple(
        Figure(place, COUNT, hidden=True)
        if (place, GUIDED) in hidden
        else Figure(place, COUNT, table.values[place, GUIDED])
        for place in table.places
        if place
    )


def _spread(reading: Reading) -> tuple[SpreadRow, ...]:
    """How often each sector was proposed to each group, for the check on fairness of DOMAIN 8.8.

    Only of groups whose number may be shown (ind02): the share tells it as well.
    """
    whole = reading.of_row()
    small = {figure.code for figure in ind02(reading).figures if figure.hidden}
    told = [name.removeprefix(_SUGGESTED).split(".") for name in whole if name.startswith(_SUGGESTED)]
    sectors = sorted({parts[1] for parts in told if len(parts) == len(("group", "sector"))})
    rows = []
    for sector in sectors:
        for group in GROUPS:
            seen = whole[f"{_SUGGESTED}{group}.{sector}"]
            people = max(whole[f"group:{group}"], seen)
            # no sums over groups are told: each group is a table of its own
            table = Table({group: {"yes": seen, "no": people - seen}}, ("yes", "no"))
            if group in small or hidden_cells(table, LEAST) or not people:
                figure = Figure("seen", SHARE, hidden=True)
            else:
                figure = Figure("seen", SHARE, seen, people, seen / people)
            rows.append(SpreadRow(group, sector, figure))
    return tuple(rows)


def uneven(report: Report) -> tuple[str, ...]:
    """Sectors that one group was shown at least twice as often as another, of the shares that may be shown."""
    shares: dict[str, list[float]] = {}
    for row in report.spread:
        if row.seen.share is not None:
            shares.setdefault(row.sector, []).append(row.seen.share)
    return tuple(
        sector
        for sector, found in sorted(shares.items())
        if len(found) > 1 and max(found) > 0 and max(found) >= _SAME * min(found)
    )
