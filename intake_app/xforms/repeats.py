"""Repeat instances: adding, removing, and following jr:count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.xforms import actions
from intake_app.xforms.definition.model import NodeDefinition
from intake_app.xforms.instance.build import from_template
from intake_app.xforms.instance.node import Node
from intake_app.xforms.limits import MAX_LIVE_NODES, refuse_above
from intake_app.xforms.xpath.values import Context, to_integer, to_string

if TYPE_CHECKING:
    from intake_app.xforms.live import Live

MAX_INSTANCES = 2000
"""A count beyond this is a mistake in the form, and is cut off."""


def add(live: Live, parent: Node, definition: NodeDefinition) -> Node:
    """A new last instance, with its template's values, its preloads and its new-repeat actions."""
    assert definition.template is not None
    instance = from_template(definition, definition.template, live.zone)
    live.added_nodes += sum(1 for _ in instance.walk())
    refuse_above(live.added_nodes, MAX_LIVE_NODES, "live_nodes", definition.ref)
    parent.attach(instance, place_for(parent, definition))
    inherit(instance)
    actions.preload(live, instance)
    actions.new_repeat(live, instance)
    live.changed.update(dict.fromkeys(instance.walk()))
    live.enqueue_below(instance)
    structure_changed(live, parent, definition)
    return instance


def remove(live: Live, instance: Node) -> None:
    """Take an instance out; those after it are renumbered."""
    parent, definition = instance.parent, instance.definition
    assert parent is not None
    assert definition is not None
    live.added_nodes -= sum(1 for _ in instance.walk())
    after = parent.named(definition.name)[instance.position :]
    parent.detach(instance)
    for sibling in after:
        live.changed.update(dict.fromkeys(sibling.walk()))
    structure_changed(live, parent, definition)


def inherit(top: Node) -> None:
    """Give a newly attached subtree the relevance and readonly of its parent."""
    for node in top.walk():
        if node.parent is not None:
            node.relevant = node.own_relevant and node.parent.relevant
            node.readonly = node.own_readonly or node.parent.readonly


def place_for(parent: Node, definition: NodeDefinition) -> int:
    """Where among the children a further instance belongs: in the model's order, after its siblings."""
    assert definition.parent is not None
    order = {name: number for number, name in enumerate(definition.parent.children)}
    mine = order[definition.name]
    place = 0
    for number, child in enumerate(parent.children, start=1):
        if order.get(child.name, -1) <= mine:
            place = number
    return place


def structure_changed(live: Live, parent: Node, definition: NodeDefinition) -> None:
    """Schedule what depends on how many instances there are, on their places, or on values across them."""
    live.changed[parent] = None
    level = len(definition.chain)
    readers = live.definition.graph.readers
    for node in _below(definition):
        for reader in readers.get(node.ref, ()):
            if node is definition:
                live.schedule(reader, parent, min(reader.depth, level - 1))
            elif reader.depth < level:
                live.schedule(reader, parent, reader.depth)


def _below(definition: NodeDefinition) -> list[NodeDefinition]:
    found = [definition]
    for child in definition.children.values():
        found.extend(_below(child))
    return found


def follow_count(live: Live, parent: Node, definition: NodeDefinition) -> None:
    """Make as many instances as jr:count says. A count that is empty or no number changes nothing."""
    expression = live.definition.counts[definition.ref]
    standing = Node(definition.name, definition, parent)
    value = expression.evaluate(Context(standing, live, standing))
    wanted = to_integer(value)
    if wanted is None or to_string(value) == "":
        return
    wanted = max(0, min(wanted, MAX_INSTANCES))
    while len(instances := parent.named(definition.name)) > wanted:
        remove(live, instances[-1])
    while len(parent.named(definition.name)) < wanted:
        add(live, parent, definition)
