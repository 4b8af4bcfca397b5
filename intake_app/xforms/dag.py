"""The dependency graph: what must be computed after what, what a change sets off, and which forms run in circles.

DAG.md beside this file says the rules clause by clause.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from intake_app.xforms.definition.model import NodeDefinition
from intake_app.xforms.problems import Problem
from intake_app.xforms.xpath.compiler import Expression
from intake_app.xforms.xpath.static import Read

CALCULATE, RELEVANT, READONLY, REQUIRED = "calculate", "relevant", "readonly", "required"
CONSTRAINT = "constraint"
CHOICES, COUNT, TEXT = "choices", "count", "text"
_INHERITED = frozenset({RELEVANT, READONLY})


@dataclass(frozen=True, eq=False)
class Trigger:
    """An expression at a model node, and what its result decides there."""

    kind: str
    target: NodeDefinition
    expression: Expression | None
    reads: tuple[Read, ...]


@dataclass(frozen=True)
class Reader:
    """A trigger that reads a node. `order` is its turn in a recalculation, -1 when it takes no part in one.

    `depth` tells how near reader and node are: they have the same instances down to this depth.
    """

    trigger: Trigger
    order: int
    depth: int


@dataclass(frozen=True)
class Graph:
    """All triggers in the order of computing, and for every generic ref the triggers that read it.

    `language_bound` and `at` (by target ref) are numbers into `order`; `constraints` stand outside the order.
    """

    order: tuple[Trigger, ...]
    readers: Mapping[str, tuple[Reader, ...]]
    language_bound: tuple[int, ...] = ()
    choices: Mapping[str, Trigger] = field(default_factory=dict)
    at: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    constraints: Mapping[str, Expression] = field(default_factory=dict)


def build_graph(
    computed: list[Trigger],
    others: list[Trigger],
    constraints: Mapping[str, Expression],
    nodes: Mapping[str, NodeDefinition],
) -> Graph:
    """Order the computed triggers (calculate, relevant, readonly, required).

    `others` (choices, count, text) only follow changes. Cycles must have been refused before (find_cycles).
    """
    edges = _edges(computed, nodes)
    order = _sorted(computed, edges)
    readers: dict[str, dict[tuple[int, int, int], Reader]] = defaultdict(dict)
    for number, trigger in [*enumerate(order), *((-1, trigger) for trigger in others)]:
        for read in trigger.reads:
            depth = len(nodes[read.shared].chain) if read.shared in nodes else 0
            readers[read.ref][(number, depth, id(trigger))] = Reader(trigger, number, depth)
    at: dict[str, list[int]] = defaultdict(list)
    for number, trigger in enumerate(order):
        at[trigger.target.ref].append(number)
    return Graph(
        order=tuple(order),
        readers={ref: tuple(found.values()) for ref, found in readers.items()},
        language_bound=tuple(
            number for number, trigger in enumerate(order) if trigger.expression and trigger.expression.uses_language
        ),
        choices={trigger.target.ref: trigger for trigger in others if trigger.kind == CHOICES},
        at={ref: tuple(numbers) for ref, numbers in at.items()},
        constraints=constraints,
    )


def find_cycles(computed: list[Trigger], nodes: Mapping[str, NodeDefinition]) -> list[Problem]:
    """A problem for every circle of triggers, naming its nodes."""
    problems: list[Problem] = []
    edges = _edges(computed, nodes)
    for number, trigger in enumerate(computed):
        if number in edges[number]:
            problems.append(Problem(trigger.target.ref, "cycle", {"nodes": trigger.target.ref}))
    for component in _components(edges):
        if len(component) > 1 and not _only_relevance(component, computed):
            refs = sorted({computed[number].target.ref for number in component})
            problems.append(Problem(refs[0], "cycle", {"nodes": ", ".join(refs)}))
    return problems


def _edges(computed: list[Trigger], nodes: Mapping[str, NodeDefinition]) -> list[set[int]]:
    """For every trigger the triggers that must come after it."""
    writers: dict[str, list[int]] = defaultdict(list)
    for number, trigger in enumerate(computed):
        for ref in _written(trigger):
            writers[ref].append(number)
    edges: list[set[int]] = [set() for _ in computed]
    for number, trigger in enumerate(computed):
        for read in trigger.reads:
            for writer in writers.get(read.ref, ()):
                if not _elsewhere(read, computed[writer].target, trigger.target, nodes):
                    edges[writer].add(number)
    return edges


def _written(trigger: Trigger) -> Iterable[str]:
    if trigger.kind not in _INHERITED:
        return (trigger.target.ref,)
    return (node.ref for node in _below(trigger.target))


def _below(node: NodeDefinition) -> Iterable[NodeDefinition]:
    yield node
    for child in node.children.values():
        yield from _below(child)


def _elsewhere(read: Read, writer: NodeDefinition, reader: NodeDefinition, nodes: Mapping[str, NodeDefinition]) -> bool:
    """Whether the read picks out another instance of a repeat that writer and reader are both in."""
    if not read.crossed:
        return False
    shared = len(nodes[read.shared].chain) if read.shared in nodes else 0
    return any(
        mine is theirs and mine.repeat and depth > shared
        for depth, (mine, theirs) in enumerate(zip(writer.chain, reader.chain, strict=False), start=1)
    )


def _only_relevance(component: list[int], computed: list[Trigger]) -> bool:
    return all(computed[number].kind == RELEVANT for number in component)


def _sorted(computed: list[Trigger], edges: list[set[int]]) -> list[Trigger]:
    """Document order as far as the edges allow; edges inside a circle of relevance are let go."""
    place = {number: at for at, component in enumerate(_components(edges)) for number in component}
    waiting = [0] * len(computed)
    kept = [{after for after in edges[number] if place[after] != place[number]} for number in range(len(computed))]
    for afters in kept:
        for after in afters:
            waiting[after] += 1
    ready = [number for number, count in enumerate(waiting) if count == 0]
    heapq.heapify(ready)
    order: list[Trigger] = []
    while ready:
        number = heapq.heappop(ready)
        order.append(computed[number])
        for after in kept[number]:
            waiting[after] -= 1
            if waiting[after] == 0:
                heapq.heappush(ready, after)
    return order


def _components(edges: list[set[int]]) -> list[list[int]]:
    """Strongly connected components (Tarjan, without recursion: forms can be deep)."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    on_stack: set[int] = set()
    found: list[list[int]] = []
    for start in range(len(edges)):
        if start in index:
            continue
        work = [(start, iter(sorted(edges[start])))]
        index[start] = low[start] = len(index)
        stack.append(start)
        on_stack.add(start)
        while work:
            node, following = work[-1]
            step = next(following, None)
            if step is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    found.append(_pop_component(stack, on_stack, node))
            elif step not in index:
                index[step] = low[step] = len(index)
                stack.append(step)
                on_stack.add(step)
                work.append((step, iter(sorted(edges[step]))))
            elif step in on_stack:
                low[node] = min(low[node], index[step])
    return found


def _pop_component(stack: list[int], on_stack: set[int], root: int) -> list[int]:
    component: list[int] = []
    while True:
        node = stack.pop()
        on_stack.discard(node)
        component.append(node)
        if node == root:
            return component
