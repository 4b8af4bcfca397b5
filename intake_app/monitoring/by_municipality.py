"""Target groups by municipality, and second flags of a group (DOMAIN 7.2): to report, never added to a total."""

from __future__ import annotations

from collections import Counter

from intake_app.domain.counting import EMPLOYED, GROUPS, JOBSEEKER, MIGRANT
from intake_app.domain.report import COUNT, Figure, GroupCell
from intake_app.monitoring.cells import ALL, TOTAL, Cell, Table, hidden_cells
from intake_app.monitoring.indicators import Reading, ind02

FLAGGED = (MIGRANT, JOBSEEKER, EMPLOYED)
"""The groups that a rule can propose, and that may fit somebody of another group too."""
ALSO = "also:"
LIVES = "lives"
"""Counter of a municipality and a group together, `lives:aalten.migrant`."""
LEAST = 10
_UNKNOWN = ""
_NOWHERE = "unknown"


def lives(municipality: str, group: str) -> str:
    """The code of somebody of a group who lives somewhere; empty where either was not told."""
    return f"{municipality}.{group}" if municipality and group else ""


def by_municipality(reading: Reading) -> tuple[GroupCell, ...]:
    """Everybody of the groups whose number is shown elsewhere (ind02), by where they live; small cells hidden.

    The sums of the groups are known from ind02: where one of them would have to be hidden, the smallest group is left
    out. The sums of the municipalities are told nowhere; they count as known here, which hides rather more.
    """
    whole = reading.of_row()
    figures = [one for one in ind02(reading).figures if one.code in GROUPS and _large(one)]
    smallest_first = [one.code for one in sorted(figures, key=lambda one: one.value or 0)]
    for left_out in range(len(smallest_first)):
        groups = tuple(group for group in GROUPS if group in smallest_first[left_out:])
        rows = _rows(whole, groups)
        table = Table(rows, groups)
        hidden = hidden_cells(table, LEAST)
        if rows and not any(place == ALL and column != TOTAL for place, column in hidden):
            return _cells(table, hidden)
    return ()


def _cells(table: Table, hidden: frozenset[Cell]) -> tuple[GroupCell, ...]:
    return tuple(
        GroupCell(
            _UNKNOWN if place == _NOWHERE else place,
            group,
            Figure(group, COUNT, hidden=True)
            if (place, group) in hidden
            else Figure(group, COUNT, table.values[place, group]),
        )
        for place in table.places
        for group in table.parts
    )


def _large(figure: Figure) -> bool:
    return not figure.hidden and (figure.value or 0) >= LEAST


def _rows(whole: Counter[str], groups: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """Municipality to group to number; who was not asked where they live stands in a row of its own."""
    found: dict[str, dict[str, int]] = {}
    for name, count in whole.items():
        counter, _, code = name.partition(":")
        place, _, group = code.partition(".")
        if counter == LIVES and group in groups:
            found.setdefault(place, dict.fromkeys(groups, 0))[group] += count
    if found:
        told = {group: sum(row[group] for row in found.values()) for group in groups}
        found[_NOWHERE] = {group: max(0, whole[f"group:{group}"] - told[group]) for group in groups}
    return found
