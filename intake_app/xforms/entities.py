"""Entities: which rows of shared lists a record creates or updates (ODK Entities, versions 2022.1 to 2025.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from intake_app.xforms.definition.model import EntityDefinition, NodeDefinition, Template
from intake_app.xforms.definition.names import ENTITIES
from intake_app.xforms.instance.node import Node, descend
from intake_app.xforms.problems import Problem

if TYPE_CHECKING:
    from intake_app.xforms.live import Live

_VERSIONS = ("2022.1", "2023.1", "2024.1", "2025.1")
_IN_REPEATS = "2025.1"
_TRUE = frozenset({"1", "true"})


@dataclass(frozen=True)
class EntityChange:
    """One entity that the record makes or changes.

    `action` is create, update or upsert (update it, or create it where it is not there yet). `label` is None
    where it stays as it is. `properties` hold what relevant questions say, "" for a question left empty. The
    three versions are what the form was given when the entity was chosen, for the server to merge by.
    """

    dataset: str
    id: str
    action: str
    label: str | None = field(repr=False)
    properties: Mapping[str, str] = field(repr=False)
    base_version: str = ""
    trunk_version: str = ""
    branch_id: str = ""


def read_entities(
    model_element: etree._Element, nodes: Mapping[str, NodeDefinition], template: Template, problems: list[Problem]
) -> tuple[EntityDefinition, ...]:
    """The form's entities with the questions saved to them: each question to the nearest entity above it."""
    found = [node for node in nodes.values() if _is_entity(node) and _written(template, node).get("dataset")]
    saves = [node for node in nodes.values() if node.bind.saveto]
    if not found:
        problems.extend(Problem(node.ref, "saveto_without_entity") for node in saves)
        return ()
    version = model_element.get(f"{{{ENTITIES}}}entities-version") or ""
    if not version.startswith(_VERSIONS):
        problems.append(Problem("model", "entities_version", {"version": version}))
    if any(_repeats(node) for node in found) and not version.startswith(_IN_REPEATS):
        problems.append(Problem("model", "entities_version", {"version": version, "needed": _IN_REPEATS}))
    read: list[EntityDefinition] = []
    taken: dict[str, NodeDefinition | None] = {node.ref: _nearest(node, found) for node in saves}
    for node in found:
        own = [save for save in saves if taken[save.ref] is node]
        dataset = _written(template, node)["dataset"]
        read.append(EntityDefinition(node.ref, dataset, tuple((save.bind.saveto or "", save.ref) for save in own)))
        problems.extend(Problem(one.ref, "saveto_in_repeat") for one in own if _repeats(one) != _repeats(node))
    problems.extend(Problem(ref, "saveto_without_entity") for ref, node in taken.items() if node is None)
    return tuple(read)


def _is_entity(node: NodeDefinition) -> bool:
    return node.name == "entity" and node.parent is not None and node.parent.name == "meta"


def _repeats(node: NodeDefinition) -> list[str]:
    return [above.ref for above in node.chain if above.repeat]


def _scope(entity: NodeDefinition) -> NodeDefinition:
    """The group, repeat or root that the entity's meta block stands in."""
    return entity.chain[-3]


def _nearest(node: NodeDefinition, entities: list[NodeDefinition]) -> NodeDefinition | None:
    above = [entity for entity in entities if _scope(entity) in node.chain]
    return max(above, key=lambda entity: len(entity.chain), default=None)


def _written(template: Template, node: NodeDefinition) -> Mapping[str, str]:
    at: Template | None = template
    for step in node.chain[1:]:
        if at is not None:
            at = next((child for child in at.children if child.name == step.name), None)
    return {} if at is None else at.attributes


def changes(live: Live) -> tuple[EntityChange, ...]:
    """What the record as it stands asks of the lists, in the order of the form.

    An entity that neither asks to be created nor updated, or has no id, is left out; so is a new one without a
    label (ODK Collect leaves it out too). An update without a label leaves the label as it is.
    """
    found: list[EntityChange] = []
    for definition in live.definition.entities:
        names = live.definition.nodes[definition.ref].names
        for node in descend(live.document, names):
            change = _change(live, definition, node) if node.relevant else None
            if change is not None:
                found.append(change)
    return tuple(found)


def _change(live: Live, definition: EntityDefinition, node: Node) -> EntityChange | None:
    create, update = (_attribute(node, name).strip() in _TRUE for name in ("create", "update"))
    labels = [child.text.strip() for child in node.named("label") if child.relevant]
    label = labels[0] if labels and labels[0] else None
    create = create and label is not None
    identity = _attribute(node, "id").strip()
    if not (create or update) or not identity:
        return None
    return EntityChange(
        dataset=definition.dataset,
        id=identity.removeprefix("uuid:"),
        action="upsert" if create and update else ("create" if create else "update"),
        label=label,
        properties=_properties(live, definition, node),
        base_version=_attribute(node, "baseVersion"),
        trunk_version=_attribute(node, "trunkVersion"),
        branch_id=_attribute(node, "branchId"),
    )


def _properties(live: Live, definition: EntityDefinition, node: Node) -> dict[str, str]:
    scope = node.parent.parent if node.parent is not None else None
    assert scope is not None
    assert scope.definition is not None
    depth = len(scope.definition.chain)
    found: dict[str, str] = {}
    for name, ref in definition.saves:
        for one in descend(scope, live.definition.nodes[ref].names[depth:]):
            if one.relevant:
                found[name] = one.text
    return found


def _attribute(node: Node, name: str) -> str:
    computed = node.named(f"@{name}")
    return computed[0].text if computed else node.attributes.get(name, "")
