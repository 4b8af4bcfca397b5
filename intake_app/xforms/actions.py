"""What happens by itself: preloads, and setvalue at first load, at a new repeat instance, at a changed value."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING

from intake_app.xforms.definition.model import Action, NodeDefinition
from intake_app.xforms.instance.node import Node
from intake_app.xforms.xpath.values import Context, Value

if TYPE_CHECKING:
    from intake_app.xforms.live import Live

FIRST_LOAD = "odk-instance-first-load"
LOAD = "odk-instance-load"
NEW_REPEAT = "odk-new-repeat"
VALUE_CHANGED = "xforms-value-changed"
_AT_FIRST_LOAD = frozenset({FIRST_LOAD, "xforms-ready"})


def preload(live: Live, top: Node) -> None:
    """Fill the nodes whose bind asks for it (uid, timestamp start, date today); those with a value keep it."""
    for node in top.walk():
        if node.definition is None or not node.definition.leaf or node.text != "":
            continue
        value = _preloaded(live, node.definition)
        if value is not None:
            live.fill(node, value)


def _preloaded(live: Live, definition: NodeDefinition) -> Value | None:
    bind = definition.bind
    match bind.preload, (bind.preload_params or "").strip():
        case "uid", _:
            return new_instance_id(live)
        case "timestamp", "start":
            return live.now()
        case "property", name:
            return live.property(name) or None
        case "date", _:
            return live.now().date()
        case _:
            return None


def new_instance_id(live: Live) -> str:
    """A fresh `uuid:` identifier."""
    return f"uuid:{uuid.UUID(int=live.random.getrandbits(128), version=4)}"


def stamp_end(live: Live) -> None:
    """Write the moment of finalizing into every end timestamp; again at every finalisation."""
    for node in live.root.walk():
        if node.definition is None:
            continue
        bind = node.definition.bind
        if bind.preload == "timestamp" and (bind.preload_params or "").strip() == "end":
            live.fill(node, live.now())


def first_load(live: Live) -> None:
    """Run the actions of a new record, over all repeat instances the form writes out."""
    for action in live.definition.actions:
        if action.events & _AT_FIRST_LOAD or LOAD in action.events:
            _run(live, action, _targets(live.document, (), live.definition.nodes[action.target]))


def load(live: Live) -> None:
    """Run the actions that belong to every load."""
    for action in live.definition.actions:
        if LOAD in action.events:
            _run(live, action, _targets(live.document, (), live.definition.nodes[action.target]))


def new_repeat(live: Live, instance: Node) -> None:
    """Run the actions of a new repeat instance, inside it and inside the instances it came with."""
    for node in instance.walk():
        if node.definition is None or not node.definition.repeat:
            continue
        for action in live.definition.actions:
            if NEW_REPEAT in action.events and action.scope == node.definition.ref:
                _run(live, action, _near(live, node, live.definition.nodes[action.target]))


def value_changed(live: Live, node: Node) -> None:
    """Run the actions that a changed answer sets off, in the same repeat instance."""
    assert node.definition is not None
    for action in live.definition.actions:
        if VALUE_CHANGED in action.events and action.trigger == node.definition.ref:
            _run(live, action, _near(live, node, live.definition.nodes[action.target]))


def _run(live: Live, action: Action, targets: Iterable[Node]) -> None:
    for target in list(targets):
        if action.value is None:
            live.store_text(target, action.literal)
        else:
            live.store_value(target, action.value.evaluate(Context(target, live, target)))


def _near(live: Live, node: Node, definition: NodeDefinition) -> list[Node]:
    own: list[Node] = []
    at: Node | None = node
    while at is not None and at.definition is not None:
        own.insert(0, at)
        at = at.parent
    return _targets(live.document, own, definition)


def _targets(document: Node, own: Iterable[Node], definition: NodeDefinition) -> list[Node]:
    """The nodes of a definition, in the same repeat instances as `own` where both are inside them."""
    found = [document]
    chain = list(own)
    for level, step in enumerate(definition.chain):
        found = [child for node in found for child in node.named(step.name)]
        if level < len(chain) and chain[level] in found:
            found = [chain[level]]
    return found
