"""Host nodes: what the app itself writes into a form, single values and rows of a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from intake_app.errors import EventRefused
from intake_app.xforms import repeats
from intake_app.xforms.definition.model import NodeDefinition
from intake_app.xforms.instance.build import from_template
from intake_app.xforms.instance.node import Node, descend, ref_of

if TYPE_CHECKING:
    from intake_app.xforms.live import Live

HOST = "host"
ROW_ID = "id"
Rows = Sequence[Mapping[str, str]]


def host_parents(live: Live, name: str, within: Node | None) -> tuple[NodeDefinition, list[Node]]:
    """The host node of this name and the live nodes it hangs under, one unless it stands in a repeat.

    Raises EventRefused when the form has no such host node, or it stands elsewhere than `within`.
    """
    for definition in live.definition.nodes.values():
        if definition.bind.tags.get(HOST) != name or definition.parent is None:
            continue
        if within is None:
            if not _in_host_row(definition):
                return definition, descend(live.document, definition.parent.names)
        elif within.definition in definition.chain[:-1]:
            assert within.definition is not None
            names = definition.parent.names[len(within.definition.chain) :]
            return definition, descend(within, names)
    raise _refused(live.definition.model.ref if within is None else ref_of(within), name, "no_such_host")


def _refused(where: str, name: str, reason: str) -> EventRefused:
    """The refusal of a host event: at which node, and which host."""
    return EventRefused(ref=f"{where} ({HOST} {name})", name=name, reason=reason)


def _in_host_row(definition: NodeDefinition) -> bool:
    return any(above.repeat and HOST in above.bind.tags for above in definition.chain[:-1])


def set_value(live: Live, definition: NodeDefinition, parents: list[Node], value: str) -> None:
    """Write a single host value. Raises EventRefused when it stands in several places or holds rows."""
    if not definition.leaf:
        raise _refused(definition.ref, definition.bind.tags[HOST], "host_takes_rows")
    nodes = [node for parent in parents for node in parent.named(definition.name)]
    if len(nodes) != 1:
        raise _refused(definition.ref, definition.bind.tags[HOST], "host_needs_within")
    live.store_text(nodes[0], value)


def set_rows(live: Live, definition: NodeDefinition, parents: list[Node], rows: Rows) -> None:
    """Make the repeat hold these rows, in this order.

    Rows are told apart by `id`: an instance whose id stays keeps its other answers. In a list without ids the
    first row goes into the first instance, and so on. One pristine instance (nothing filled in) is taken for the
    first new row; when there are no rows it stays as it is.
    """
    name = definition.bind.tags[HOST]
    if not definition.repeat:
        raise _refused(definition.ref, name, "host_takes_value")
    if len(parents) != 1:
        raise _refused(definition.ref, name, "host_needs_within")
    columns = _columns(definition)
    _check(definition.ref, name, columns, rows)
    parent = parents[0]
    before = list(parent.named(definition.name))
    pristine = len(before) == 1 and _is_pristine(before[0], live)
    if not rows and pristine:
        return
    if ROW_ID not in columns:
        _set_by_place(live, parent, definition, columns, rows)
        return
    for instance in before:
        if pristine or _id_of(instance, columns) not in {row.get(ROW_ID) for row in rows}:
            repeats.remove(live, instance)
    known = {_id_of(instance, columns): instance for instance in parent.named(definition.name)}
    for row in rows:
        instance = known.get(row.get(ROW_ID, "")) or repeats.add(live, parent, definition)
        _fill(live, instance, definition, columns, row)
    _put_in_order(live, parent, definition, columns, rows)


def _set_by_place(
    live: Live, parent: Node, definition: NodeDefinition, columns: Mapping[str, NodeDefinition], rows: Rows
) -> None:
    for instance in list(parent.named(definition.name))[len(rows) :]:
        repeats.remove(live, instance)
    for number, row in enumerate(rows):
        standing = parent.named(definition.name)
        instance = standing[number] if number < len(standing) else repeats.add(live, parent, definition)
        _fill(live, instance, definition, columns, dict.fromkeys(columns, "") | dict(row))


def _fill(
    live: Live,
    instance: Node,
    definition: NodeDefinition,
    columns: Mapping[str, NodeDefinition],
    row: Mapping[str, str],
) -> None:
    for column, value in row.items():
        for node in descend(instance, columns[column].names[len(definition.chain) :]):
            live.store_text(node, value)


def _columns(definition: NodeDefinition) -> dict[str, NodeDefinition]:
    found: dict[str, NodeDefinition] = {}
    for child in definition.children.values():
        if child.leaf and HOST in child.bind.tags:
            found[child.bind.tags[HOST]] = child
        elif not child.repeat:
            found.update(_columns(child))
    return found


def _check(where: str, name: str, columns: Mapping[str, NodeDefinition], rows: Rows) -> None:
    ids = [row.get(ROW_ID) for row in rows]
    if ROW_ID in columns and (None in ids or "" in ids):
        raise _refused(where, name, "row_without_id")
    if len(set(ids)) < len(ids) and ROW_ID in columns:
        raise _refused(where, name, "row_id_doubled")
    for row in rows:
        for column in row:
            if column not in columns:
                raise _refused(where, f"{name}.{column}", "no_such_column")


def _id_of(instance: Node, columns: Mapping[str, NodeDefinition]) -> str | None:
    definition = columns.get(ROW_ID)
    if definition is None or instance.definition is None:
        return None
    found = descend(instance, definition.names[len(instance.definition.chain) :])
    return found[0].text if found else None


def _is_pristine(instance: Node, live: Live) -> bool:
    definition = instance.definition
    assert definition is not None
    assert definition.template is not None
    start = from_template(definition, definition.template, live.zone)
    inside = [(node.name, node.text) for node in instance.walk() if not _is_computed(node)]
    return inside == [(node.name, node.text) for node in start.walk() if not _is_computed(node)]


def _is_computed(node: Node) -> bool:
    return node.definition is None or node.definition.bind.calculate is not None


def _put_in_order(
    live: Live, parent: Node, definition: NodeDefinition, columns: Mapping[str, NodeDefinition], rows: Rows
) -> None:
    instances = list(parent.named(definition.name))
    order = {row[ROW_ID]: number for number, row in enumerate(rows)}
    wanted = sorted(instances, key=lambda instance: order[_id_of(instance, columns) or ""])
    if wanted == instances:
        return
    first = parent.children.index(instances[0])
    for instance in instances:
        parent.detach(instance)
    for number, instance in enumerate(wanted):
        parent.attach(instance, first + number)
        live.changed.update(dict.fromkeys(instance.walk()))
    repeats.structure_changed(live, parent, definition)
