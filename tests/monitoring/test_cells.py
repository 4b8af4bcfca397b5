"""Nobody can solve a hidden number from the shown ones: an outsider tries, with everything that was published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.domain.counting import Evidence
from intake_app.domain.report import Report
from intake_app.monitoring.cells import ALL, TOTAL, Cell, Table, hidden_cells
from intake_app.monitoring.make import make_report
from intake_app.monitoring.practice import practice_region
from tests.monitoring.people import TWO_YEARS

LEAST = 5

Equation = dict[Cell, int]


def sums(table: Table) -> Iterator[Equation]:
    """Every sum that is published, as cells with their signs that together make nothing."""
    if len(table.parts) > 1:
        for place in (ALL, *table.places):
            yield {**{(place, part): 1 for part in table.parts}, (place, TOTAL): -1}
    if table.places:
        for column in table.columns:
            yield {**{(place, column): 1 for place in table.places}, (ALL, column): -1}


class Outsider:
    """Sees the shown cells, knows the sums and the rule, and that people come in whole numbers."""

    def __init__(self, table: Table, hidden: frozenset[Cell]) -> None:
        self.hidden = sorted(hidden)
        self.shown = {cell: value for cell, value in table.values.items() if cell not in hidden}
        self.largest = max(table.values.values()) + LEAST
        self.equations = []
        for one in sums(table):
            left = {cell: sign for cell, sign in one.items() if cell in hidden}
            told = sum(sign * self.shown[cell] for cell, sign in one.items() if cell not in hidden)
            self.equations.append((left, -told))

    def solved(self) -> set[Cell]:
        """Cells that linear algebra gives away: alone in a row of the reduced equations."""
        rows = [[Fraction(left.get(cell, 0)) for cell in self.hidden] for left, _ in self.equations]
        place = 0
        for column in range(len(self.hidden)):
            pivot = next((n for n in range(place, len(rows)) if rows[n][column]), None)
            if pivot is None:
                continue
            rows[place], rows[pivot] = rows[pivot], rows[place]
            rows[place] = [value / rows[place][column] for value in rows[place]]
            for number, row in enumerate(rows):
                if number != place and row[column]:
                    rows[number] = [a - row[column] * b for a, b in zip(row, rows[place], strict=True)]
            place += 1
        alone = [[n for n, value in enumerate(row) if value] for row in rows]
        return {self.hidden[found[0]] for found in alone if len(found) == 1}

    def possible(self, cell: Cell, value: int) -> bool:
        """Whether a cell can hold a value: whether the other hidden cells can be filled with whole numbers."""
        return self._fill({cell: value})

    def _fill(self, known: dict[Cell, int]) -> bool:
        known = dict(known)
        while True:
            forced = None
            for left, right in self.equations:
                rest = right - sum(sign * known[c] for c, sign in left.items() if c in known)
                open_cells = [c for c in left if c not in known]
                if not open_cells and rest:
                    return False
                if len(open_cells) == 1:
                    forced = (open_cells[0], rest * left[open_cells[0]])
                    break
            if forced is None:
                break
            if forced[1] < 0:
                return False
            known[forced[0]] = forced[1]
        free = next((c for c in self.hidden if c not in known), None)
        if free is None:
            return True
        return any(self._fill({**known, free: guess}) for guess in range(self._most(free, known) + 1))

    def _most(self, cell: Cell, known: Mapping[Cell, int]) -> int:
        """The largest a free cell can be by a sum in which all pull the same way; else what is worth trying."""
        bounds = [self.largest]
        for left, right in self.equations:
            if cell not in left:
                continue
            rest = right - sum(sign * known[c] for c, sign in left.items() if c in known)
            if all(left[c] == left[cell] for c in left if c not in known):
                bounds.append(rest * left[cell])
        return max(-1, min(bounds))


def numbers(table: Table, hidden: frozenset[Cell], cell: Cell, least: int) -> int:
    """How many values near the true one an outsider must still hold possible, counted up to `least`."""
    outsider, true = Outsider(table, hidden), table.values[cell]
    found = 0
    for value in sorted(range(max(0, true - least), true + least + 1), key=lambda one: abs(one - true)):
        found += outsider.possible(cell, value)
        if found >= least:
            break
    return found


def table_of(rows: list[list[int]]) -> Table:
    parts = [f"p{number}" for number in range(len(rows[0]))]
    return Table({f"L{n}": dict(zip(parts, row, strict=True)) for n, row in enumerate(rows)}, parts)


TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.one_of(st.integers(0, 6), st.integers(0, 60)), min_size=width, max_size=width),
        min_size=1,
        max_size=4,
    )
)


@settings(max_examples=300, deadline=None)
@given(TABLES)
def test_small_cells_are_hidden_and_linear_algebra_solves_none(rows: list[list[int]]) -> None:
    table = table_of(rows)
    hidden = hidden_cells(table, LEAST)
    nobody = len(table.parts) > 1 and table.values[ALL, TOTAL] == 0
    assert nobody or all(cell in hidden for cell, value in table.values.items() if value < LEAST)
    assert Outsider(table, hidden).solved() == set()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.one_of(st.integers(0, 6), st.integers(0, 14)), min_size=2, max_size=3), min_size=1, max_size=3)
    .filter(lambda rows: len({len(row) for row in rows}) == 1)
)  # fmt: skip
def test_every_hidden_cell_may_still_hold_as_many_numbers_as_the_rule_hides(rows: list[list[int]]) -> None:
    table = table_of(rows)
    hidden = hidden_cells(table, LEAST)
    for cell in hidden:
        assert numbers(table, hidden, cell, LEAST) >= LEAST, (table.values, sorted(hidden), cell)


@settings(max_examples=200, deadline=None)
@given(TABLES)
def test_sums_of_rows_are_hidden_only_where_they_are_small_whatever_the_parts_need(rows: list[list[int]]) -> None:
    """The same sum stands in other tables too, with another minimum perhaps: it may not be hidden here alone."""
    table = table_of(rows)
    if len(table.parts) == 1 or table.values[ALL, TOTAL] == 0:
        return
    strict, usual = hidden_cells(table, 10, LEAST), hidden_cells(table, LEAST)
    assert {cell for cell in strict if cell[1] == TOTAL} == {cell for cell in usual if cell[1] == TOTAL}
    assert Outsider(table, strict).solved() == set()


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([[3, 40], [30, 50]], "3 would be 33 minus 30, and 43 minus 40"),
        ([[4, 4], [0, 0]], "everything is small"),
        ([[2, 90, 80], [70, 60, 50], [40, 30, 20]], "one small one among large ones"),
        ([[0, 50], [0, 60]], "nobody said yes"),
        ([[50, 0], [0, 50]], "two rows that seem to mirror each other"),
        ([[2, 15], [4, 0], [31, 26], [6, 6]], "a hidden sum of a row whose parts could all be shown"),
    ],
)
def test_awkward_tables_are_not_solved(rows: list[list[int]], why: str) -> None:
    table = table_of(rows)
    hidden = hidden_cells(table, LEAST)
    assert hidden, why
    assert Outsider(table, hidden).solved() == set(), why
    assert all(numbers(table, hidden, cell, LEAST) >= LEAST for cell in hidden), why


def test_the_outsider_is_a_good_one_and_solves_what_is_only_hidden_by_size() -> None:
    table = table_of([[3, 40], [30, 50]])
    lone = frozenset(cell for cell, value in table.values.items() if value < LEAST)
    outsider = Outsider(table, lone)
    assert outsider.solved() == lone == {("L0", "p0")}
    assert [value for value in range(10) if outsider.possible(("L0", "p0"), value)] == [3]


def test_the_largest_numbers_stay_where_there_is_another_way() -> None:
    table = table_of([[3, 40, 35], [30, 50, 45], [12, 60, 70]])
    hidden = hidden_cells(table, LEAST)
    assert not any(place == ALL for place, _ in hidden)
    assert len(hidden) == 4


def test_nothing_is_hidden_where_there_is_nobody() -> None:
    assert hidden_cells(table_of([[0, 0], [0, 0]]), LEAST) == frozenset()


@pytest.mark.parametrize("size", [8, 40, 260])
def test_what_the_whole_and_every_place_show_together_gives_no_hidden_share_away(size: int) -> None:
    """The reports of the region and of all its places lie side by side, each with its own hidden figures."""
    evidence = practice_region(TWO_YEARS, size=size, seed=3)
    whole = make_report(evidence, TWO_YEARS)
    parts = [make_report(evidence, TWO_YEARS, figure.code) for figure in whole.places]
    for indicator in whole.indicators:
        for figure in indicator.figures:
            told = [_figure(part, indicator.id, figure.code) for part in parts]
            hidden = [one for one in (figure.value, *told) if one is None]
            # one hidden number among shown ones would be the difference of the others
            assert figure.kind in ("mean", "median") or len(hidden) != 1, (indicator.id, figure.code)


def _figure(report: Report, indicator: str, code: str) -> float | None:
    return report.indicator(indicator).figure(code).value


def test_hidden_figures_hold_nothing() -> None:
    report = make_report(practice_region(TWO_YEARS, size=30), TWO_YEARS)
    found = [figure for one in report.indicators for figure in one.figures if figure.hidden]
    assert found
    assert all(one.value is None and one.of is None and one.share is None for one in found)
    assert make_report(Evidence(), TWO_YEARS).indicator("ind01").figure("count").hidden
