"""A form being filled in: the live tree with everything that is computed from it, kept up to date after each change."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, tzinfo
from random import Random

from intake_app.xforms import actions, choices, render, repeats
from intake_app.xforms.dag import CALCULATE, CHOICES, COUNT, READONLY, RELEVANT, TEXT, Reader, Trigger
from intake_app.xforms.definition.model import FormDefinition
from intake_app.xforms.instance.datatypes import put, writable, written
from intake_app.xforms.instance.node import Node, Scalar, descend
from intake_app.xforms.limits import MAX_VALUE, refuse_above
from intake_app.xforms.ports import Ports, Verify
from intake_app.xforms.xpath.values import Context, Value, to_boolean

_MAX_TURNS = 2000
"""How often one trigger may come round in one recalculation: a stop for relevance that never settles."""


class Live:
    """The live tree and its recalculation; what expressions ask of the form while they run (`Runtime`)."""

    def __init__(
        self,
        definition: FormDefinition,
        instances: Mapping[str, Node],
        now: Callable[[], datetime],
        random: Random,
        language: str,
        ports: Ports | None = None,
    ) -> None:
        self.definition = definition
        self.instances = instances
        self.random = random
        self.language = language
        self.document = Node("")
        self.changed: dict[Node, None] = {}
        self.stale_choices: dict[Node, None] = {}
        self.stale_counts: dict[tuple[Node, str], None] = {}
        self.fired: dict[Node, None] = {}
        self.loading = True
        self.added_nodes = 0
        self.ports = ports or Ports()
        self.flipped: dict[Node, bool] = {}
        self._clock = now
        self._heap: list[int] = []
        self._waiting: dict[int, dict[Node, None]] = {}
        self._turns: dict[int, int] = {}
        self._watched = {action.trigger for action in definition.actions if action.trigger}

    @property
    def root(self) -> Node:
        """The root element of the instance."""
        return self.document.children[0]

    def now(self) -> datetime:
        """The moment, with offset."""
        return self._clock()

    def zone(self) -> tzinfo:
        """The offset in which days and clock times are reckoned."""
        zone = self.now().tzinfo
        assert zone is not None
        return zone

    def property(self, name: str) -> str:
        """A property of the device, "" when it is not told."""
        return self.ports.properties.get(name.lower(), "")

    def version(self) -> str:
        """The version of the form."""
        return self.definition.version

    def verifier(self) -> Verify | None:
        """What checks a signature: public key, signature, message."""
        return self.ports.verify

    def choice_name(self, value: str, control: Node) -> str:
        """The label, in the current language, of a choice of the select that answers this node."""
        return choices.label_of(self, value, control)

    def itext(self, text_id: str, node: Node) -> str:
        """A text of the form in the current language."""
        return render.itext(self, text_id, node)

    @contextmanager
    def in_language(self, language: str) -> Iterator[None]:
        """Evaluate and render in another language for a while."""
        before, self.language = self.language, language
        try:
            yield
        finally:
            self.language = before

    def holds(self, node: Node) -> bool:
        """Whether a node is still in the tree."""
        at: Node | None = node
        while at is not None and at is not self.document:
            at = at.parent
        return at is not None

    def store_text(self, node: Node, text: str) -> None:
        """Keep a text in a node, as an answer does."""
        before = node.text
        if len(text) > MAX_VALUE:
            refuse_above(len(text), MAX_VALUE, "value", node.name)
        put(node, writable(text), self.zone)
        if node.text != before:
            self._value_changed(node)

    def store_value(self, node: Node, value: Value) -> None:
        """Keep a value that an action gives a node."""
        if self._keep(node, value):
            self._value_changed(node)

    def fill(self, node: Node, value: Value) -> None:
        """Keep a value that a preload gives a node; it sets off no action."""
        if self._keep(node, value):
            self.touch(node)

    def _keep(self, node: Node, value: Value) -> bool:
        assert node.definition is not None
        text, typed = written(node.definition.bind.type, value, self.zone)
        if len(text) > MAX_VALUE:
            refuse_above(len(text), MAX_VALUE, "value", node.definition.ref)
        if text == node.text and _same(typed, node.typed):
            return False
        node.text, node.typed = text, typed
        return True

    def _value_changed(self, node: Node) -> None:
        self.touch(node)
        assert node.definition is not None
        if node.definition.ref in self._watched:
            self.fired[node] = None

    def touch(self, node: Node) -> None:
        """Note that a node's value or relevance changed, and schedule all that reads it."""
        self.changed[node] = None
        assert node.definition is not None
        for reader in self.definition.graph.readers.get(node.definition.ref, ()):
            self.schedule(reader, node, reader.depth)

    def schedule(self, reader: Reader, node: Node, depth: int) -> None:
        """Schedule a reader, for the instances it shares with the node down to `depth`."""
        assert node.definition is not None
        anchor = node
        for _ in range(len(node.definition.chain) - depth):
            if anchor.parent is None:
                return
            anchor = anchor.parent
        trigger = reader.trigger
        names = trigger.target.names[depth:]
        if trigger.kind == COUNT:
            for parent in descend(anchor, names[:-1]):
                self.stale_counts[parent, trigger.target.ref] = None
            return
        targets = descend(anchor, names)
        if trigger.kind == TEXT:
            self.changed.update(dict.fromkeys(targets))
        elif trigger.kind == CHOICES:
            self.changed.update(dict.fromkeys(targets))
            self.stale_choices.update(dict.fromkeys(targets))
        else:
            self.enqueue(reader.order, targets)

    def enqueue(self, order: int, nodes: Iterable[Node]) -> None:
        """Put a trigger's work for these nodes in its place in the queue."""
        waiting = self._waiting.get(order)
        if waiting is None:
            waiting = self._waiting[order] = {}
            heapq.heappush(self._heap, order)
        for node in nodes:
            waiting[node] = None

    def enqueue_below(self, top: Node) -> None:
        """Schedule every trigger at a node and at all below it, as for a new repeat instance or a whole record."""
        at = self.definition.graph.at
        for node in top.walk():
            if node.definition is None:
                continue
            for order in at.get(node.definition.ref, ()):
                self.enqueue(order, (node,))
            for ref in node.definition.children:
                child = node.definition.children[ref]
                if child.repeat and child.ref in self.definition.counts:
                    self.stale_counts[node, child.ref] = None

    def settle(self) -> None:
        """Compute everything that is due, then run actions, follow counts and drop choices, until nothing is due."""
        self._turns.clear()
        while True:
            self._recalculate()
            if self.fired:
                node = next(iter(self.fired))
                del self.fired[node]
                actions.value_changed(self, node)
            elif self.stale_counts:
                parent, ref = next(iter(self.stale_counts))
                del self.stale_counts[parent, ref]
                repeats.follow_count(self, parent, self.definition.nodes[ref])
            elif self.stale_choices:
                node = next(iter(self.stale_choices))
                del self.stale_choices[node]
                if not self.loading:
                    choices.drop_missing(self, node)
            else:
                return

    def _recalculate(self) -> None:
        order = self.definition.graph.order
        while self._heap:
            number = heapq.heappop(self._heap)
            nodes = self._waiting.pop(number)
            self._turns[number] = self._turns.get(number, 0) + 1
            if self._turns[number] > _MAX_TURNS:
                continue
            trigger = order[number]
            for node in nodes:
                self._compute(trigger, node)

    def _compute(self, trigger: Trigger, node: Node) -> None:
        assert trigger.expression is not None
        value = trigger.expression.evaluate(Context(node, self, node))
        if trigger.kind == CALCULATE:
            # A calculate sets off no xforms-value-changed: JavaRosa reserves that for answers and actions.
            if self._keep(node, value):
                self.touch(node)
            return
        truth = to_boolean(value)
        if trigger.kind == RELEVANT:
            if truth != node.own_relevant:
                node.own_relevant = truth
                self.spread_relevance(node)
        elif trigger.kind == READONLY:
            if truth != node.own_readonly:
                node.own_readonly = truth
                self.spread_readonly(node)
        elif truth != node.required:
            node.required = truth
            self.changed[node] = None

    def spread_relevance(self, node: Node) -> None:
        """Bring the effective relevance of a node and all below it in line with its own and its parent's."""
        effective = node.own_relevant and (node.parent is None or node.parent.relevant)
        if effective == node.relevant:
            return
        self.flipped.setdefault(node, node.relevant)
        node.relevant = effective
        self.touch(node)
        assert node.definition is not None
        if effective and node.definition.ref in self.definition.graph.choices:
            self.stale_choices[node] = None
        for child in node.children:
            self.spread_relevance(child)

    def spread_readonly(self, node: Node) -> None:
        """The same for being read-only."""
        effective = node.own_readonly or (node.parent is not None and node.parent.readonly)
        if effective == node.readonly:
            return
        node.readonly = effective
        self.changed[node] = None
        for child in node.children:
            self.spread_readonly(child)


def _same(one: Scalar, other: Scalar) -> bool:
    return type(one) is type(other) and one == other
