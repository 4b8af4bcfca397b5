"""Groups by municipality: below 10 nothing is shown, and the sums of ind02 give nothing of it away."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.domain.counting import Evidence, TallyCount
from intake_app.domain.report import Report
from intake_app.monitoring.by_municipality import LEAST, by_municipality
from intake_app.monitoring.cells import ALL, TOTAL, Table
from intake_app.monitoring.indicators import Reading
from intake_app.monitoring.make import make_report
from tests.monitoring.people import TWO_YEARS
from tests.monitoring.test_cells import Outsider

GROUPS = ("migrant", "jobseeker_distance")
PLACES = ("aalten", "berkelland", "winterswijk")
NUMBERS = st.one_of(st.integers(0, 12), st.integers(0, 80))


def counts(numbers: list[list[int]], unknown: list[int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for place, row in zip(PLACES, numbers, strict=False):
        for group, number in zip(GROUPS, row, strict=True):
            found[f"lives:{place}.{group}"] += number
            found[f"group:{group}"] += number
    for group, number in zip(GROUPS, unknown, strict=True):
        found[f"group:{group}"] += number
    found["talks"] = sum(found[f"group:{group}"] for group in GROUPS) + 30
    return +found


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.lists(NUMBERS, min_size=2, max_size=2), min_size=1, max_size=3),
    st.lists(st.integers(0, 15), min_size=2, max_size=2),
)
def test_what_is_hidden_cannot_be_solved_from_the_rest_and_the_sums_of_ind02(
    numbers: list[list[int]], unknown: list[int]
) -> None:
    cells = by_municipality(Reading({"Aalten": counts(numbers, unknown)}, ALL))
    assert all(cell.figure.hidden or (cell.figure.value or 0) >= LEAST for cell in cells)
    assert all(cell.figure.value is None for cell in cells if cell.figure.hidden)
    groups = tuple(dict.fromkeys(cell.group for cell in cells))
    if not groups:
        return
    told = {place: dict(zip(GROUPS, row, strict=True)) for place, row in zip(PLACES, numbers, strict=False)}
    told |= {"": dict(zip(GROUPS, unknown, strict=True))}
    table = Table({place: told[place] for place in dict.fromkeys(cell.municipality for cell in cells)}, groups)
    hidden = frozenset((cell.municipality or "-", cell.group) for cell in cells if cell.figure.hidden)
    # the row of those who were not asked is not that of everything; sums of municipalities are told nowhere
    named = Table({place or "-": told[place] for place in table.places}, groups)
    unheard = {(place, TOTAL) for place in named.places}
    assert Outsider(named, hidden | unheard).solved() <= unheard


def test_small_groups_and_nobody_show_nothing() -> None:
    assert by_municipality(Reading({}, ALL)) == ()
    assert by_municipality(Reading({"Aalten": counts([[4, 3]], [0, 0])}, ALL)) == ()


def test_large_numbers_are_shown_and_add_up_to_the_group() -> None:
    report = reported({"lives:aalten.migrant": 40, "lives:winterswijk.migrant": 30, "group:migrant": 90, "talks": 120})
    shown = {cell.municipality: cell.figure.value for cell in report.municipalities}
    # twenty people said nothing of where they live
    assert shown == {"aalten": 40, "winterswijk": 30, "": 20}


def test_a_second_flag_stands_beside_the_total_and_changes_no_group() -> None:
    told = {"group:migrant": 40, "group:jobseeker_distance": 20, "talks": 60}
    with_flags = reported({**told, "also:jobseeker_distance": 25})
    assert [flag.value for flag in with_flags.also if not flag.hidden] == [25]
    assert with_flags.indicator("ind02") == reported(told).indicator("ind02")


def reported(counters: dict[str, int]) -> Report:
    tally = tuple(TallyCount("Aalten", "2027-Q2", name, count) for name, count in counters.items())
    return make_report(Evidence(tally=tally), TWO_YEARS)
