"""Small numbers stay hidden, also from whoever subtracts (DOMAIN 7.2).

A table has rows (places) and parts (the columns); the sums of rows and columns are published too. Every cell then stands
in at most two sums, so that the hidden cells are the arcs of a network in which what flows in flows out: the most and
the least that an outsider can still believe of a cell are a greatest flow through it, in whole numbers and exactly.
Source of the method: complementary suppression in two-way tables, as in the Handbook on Statistical Disclosure Control
(Hundepool and others, 2.4 and 4.2).
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence

ALL = ""
"""The row of everything, beside the rows of the places."""
TOTAL = "total"
"""The column that sums the parts."""

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


def hidden_cells(table: Table, least: int) -> frozenset[Cell]:
    """Which cells must not be shown: those below `least`, and others until nobody can tell what they hold.

    Afterwards each hidden cell could still hold at least `least` different numbers, for all that the shown ones say.
    A table of parts without anybody in it hides nothing.
    """
    if len(table.parts) > 1 and table.values[ALL, TOTAL] == 0:
        return frozenset()
    hidden = {cell for cell, value in table.values.items() if value < least}
    while True:
        open_one = next((cell for cell in sorted(hidden) if room(table, hidden, cell, least - 1) < least - 1), None)
        if open_one is None:
            return frozenset(hidden)
        extra = _next_to_hide(table, hidden, open_one)
        if extra is None:
            return frozenset(table.values)
        hidden.add(extra)


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
            steps = list(zip(way, way[1:], strict=False))
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


def _next_to_hide(table: Table, hidden: set[Cell], cell: Cell) -> Cell | None:
    """The smallest shown cell that shares a sum with this one, of the parts rather than of the sums."""
    sums = set(table.arc(cell)) - {_FREE}
    known = {node for one in hidden for node in table.arc(one)} - {_FREE}
    for nodes in (sums, known):
        near = [one for one in table.values if one not in hidden and nodes & set(table.arc(one))]
        if near:
            return min(
                near, key=lambda one: (one[1] == TOTAL, one[0] == ALL, table.values[one] == 0, table.values[one], one)
            )
    return None
