"""Small numbers stay hidden, also from whoever subtracts (DOMAIN 7.2).

A table has rows (places) and parts (the columns); the sums of rows and columns are published too. Every cell then
stands in at most two sums, so that the hidden cells are the arcs of a network in which what flows in flows out: the
most and the least that an outsider can still believe of a cell are a greatest flow through it, exactly.
Source of the method: complementary suppression in two-way tables, as in the Handbook on Statistical Disclosure Control
(Hundepool and others, 2.4 and 4.2).
"""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from itertools import pairwise

ALL = ""
"""The row of everything, beside the rows of the places."""
TOTAL = "total"
"""The column that sums the parts."""
_SUM = "sum"

Cell = tuple[str, str]
_FREE = ("free", "")
_Node = tuple[str, str]


class Table:
    """Cells with their sums. One part alone has no sum of parts; one row alone is the row of everything."""

    def __init__(self, rows: Mapping[str, Mapping[str, int]], parts: Sequence[str]) -> None:
        self.parts = tuple(parts)
        self.columns = (*self.parts, TOTAL) if len(self.parts) > 1 else self.parts
        self.places = tuple(sorted(rows))
        self.values: dict[Cell, int] = {}
        for place in self.places:
            for part in self.parts:
                self.values[place, part] = rows[place].get(part, 0)
        for part in self.parts:
            self.values[ALL, part] = sum(self.values[place, part] for place in self.places)
        if len(self.parts) > 1:
            for place in (ALL, *self.places):
                self.values[place, TOTAL] = sum(self.values[place, part] for part in self.parts)

    def arc(self, cell: Cell) -> tuple[_Node, _Node]:
        """The two sums a cell stands in, as the end and the beginning of an arc."""
        place, column = cell
        row = ("row", place) if len(self.parts) > 1 else _FREE
        line = ("column", column) if self.places else _FREE
        return (line, row) if (column == TOTAL) is (place == ALL) else (row, line)


def hidden_cells(table: Table, least: int, least_total: int | None = None) -> frozenset[Cell]:
    """Which cells must not be shown: those below `least`, and others until nobody can tell what they hold.

    Afterwards each hidden cell could still hold at least `least` different numbers, for all that the shown ones say, or
    all numbers up to the sum of its row where that is smaller. Sums of rows are hidden only where they are small
    themselves (`least_total`, else `least`), by a table of their own: the same sum may stand in other tables too. A
    table of parts without anybody in it hides nothing.
    """
    if len(table.parts) > 1 and table.values[ALL, TOTAL] == 0:
        return frozenset()
    asked = {False: least, True: least_total or least}
    sums = _hidden_sums(table, asked[True])
    hidden = {cell for cell, value in table.values.items() if cell[1] != TOTAL and value < least} | sums
    while True:
        weak = next((cell for cell in sorted(hidden) if not _guarded(table, hidden, cell, asked[cell in sums])), None)
        if weak is None:
            return frozenset(hidden)
        extra = _ways_round(table, hidden, weak, asked[weak in sums] - 1)
        if not extra:
            return frozenset({cell for cell in table.values if cell[1] != TOTAL} | sums)
        hidden |= extra


def _hidden_sums(table: Table, least: int) -> set[Cell]:
    if len(table.parts) == 1:
        return set()
    alone = Table({place: {_SUM: table.values[place, TOTAL]} for place in table.places}, (_SUM,))
    return {(place, TOTAL) for place, _ in hidden_cells(alone, least)}


def _guarded(table: Table, hidden: set[Cell], cell: Cell, least: int) -> bool:
    """Whether a hidden cell has room enough: as much as the rule asks, or as the shown sum of its row leaves."""
    total = (cell[0], TOTAL)
    needed = least - 1
    if total in table.values and total not in hidden:
        needed = min(needed, table.values[total])
    return room(table, hidden, cell, needed) >= needed


def room(table: Table, hidden: set[Cell] | frozenset[Cell], cell: Cell, most: int) -> int:
    """The largest minus the smallest number a hidden cell can hold, for all that is shown; counted up to `most`."""
    network = _Network(table, hidden - {cell})
    tail, head = table.arc(cell)
    up = network.flow(head, tail, most)
    down = _Network(table, hidden - {cell}).flow(tail, head, min(most, table.values[cell]))
    return min(most, up + down)


class _Network:
    """What may still be moved between the sums: more in a hidden cell without end, less down to nothing."""

    def __init__(self, table: Table, hidden: set[Cell] | frozenset[Cell]) -> None:
        self._left: dict[_Node, dict[_Node, int]] = defaultdict(lambda: defaultdict(int))
        self._free: set[tuple[_Node, _Node]] = set()
        for cell in hidden:
            tail, head = table.arc(cell)
            self._free.add((tail, head))
            self._left[head][tail] += table.values[cell]
            self._left[tail].setdefault(head, 0)

    def flow(self, source: _Node, sink: _Node, most: int) -> int:
        """How much can go from one sum to another, counted up to `most`."""
        moved = 0
        if source == sink:
            return most
        while moved < most:
            way = self._way(source, sink)
            if way is None:
                break
            steps = list(pairwise(way))
            size = min([most - moved, *(self._left[a][b] for a, b in steps if (a, b) not in self._free)])
            for a, b in steps:
                self._left[a][b] -= size
                self._left[b][a] += size
            moved += size
        return moved

    def _way(self, source: _Node, sink: _Node) -> list[_Node] | None:
        before: dict[_Node, _Node] = {source: source}
        waiting = deque([source])
        while waiting:
            here = waiting.popleft()
            if here == sink:
                way = [here]
                while way[-1] != source:
                    way.append(before[way[-1]])
                return way[::-1]
            for there, left in self._left[here].items():
                if there not in before and (left > 0 or (here, there) in self._free):
                    before[there] = here
                    waiting.append(there)
        return None


def _ways_round(table: Table, hidden: set[Cell], cell: Cell, most: int) -> set[Cell]:
    """The cells to hide for a hidden one to have more room: for as much as possible at once; none when that is all."""
    for size in range(most, 0, -1):
        extra = _cheapest_way(table, hidden, cell, size) - hidden
        if extra:
            return extra
    return set()


def _cheapest_way(table: Table, hidden: set[Cell], cell: Cell, size: int) -> set[Cell]:
    """The cells to hide so that this one could be `size` larger: the way round with the least that is lost."""
    tail, head = table.arc(cell)
    steps: dict[_Node, list[tuple[_Node, Cell]]] = defaultdict(list)
    for other, value in table.values.items():
        if other == cell or (other[1] == TOTAL and len(table.parts) > 1 and other not in hidden):
            continue
        begin, end = table.arc(other)
        steps[begin].append((end, other))
        if value >= size:
            steps[end].append((begin, other))
    best: dict[_Node, tuple[int, tuple[Cell, ...]]] = {}
    waiting: list[tuple[int, _Node, tuple[Cell, ...]]] = [(0, head, ())]
    while waiting:
        cost, here, way = heapq.heappop(waiting)
        if here in best:
            continue
        best[here] = (cost, way)
        for there, other in steps[here]:
            price = 0 if other in hidden else _price(table, other)
            heapq.heappush(waiting, (cost + price, there, (*way, other)))
    return set(best.get(tail, (0, ()))[1])


def _price(table: Table, cell: Cell) -> int:
    """What is lost when this cell is hidden as well: a sum says more than a part, and everything more than a place."""
    place = cell[0]
    value = table.values[cell]
    if place == ALL:
        return 1000 * (1 + table.values[ALL, table.columns[-1]]) + value
    return 1 + value
