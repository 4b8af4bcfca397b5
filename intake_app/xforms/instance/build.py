"""From templates and saved XML to a live tree."""

from __future__ import annotations

from lxml import etree

from intake_app.safe_xml import local_name
from intake_app.xforms.definition.model import NodeDefinition, Template
from intake_app.xforms.definition.names import attributes
from intake_app.xforms.instance.datatypes import Zone, accepts, canonical, put
from intake_app.xforms.instance.node import Node


def from_template(definition: NodeDefinition, template: Template, zone: Zone) -> Node:
    """A node with its starting values, and below it the repeat instances that the form writes out."""
    node = Node(definition.name, definition)
    node.attributes = dict(template.attributes)
    if definition.leaf:
        kind = definition.bind.type
        put(node, canonical(kind, template.text) if accepts(kind, template.text) else template.text, zone)
    _attach_attributes(node, definition, zone)
    for child in template.children:
        if not child.is_template:
            node.attach(from_template(definition.children[child.name], child, zone))
    return node


def _attach_attributes(node: Node, definition: NodeDefinition, zone: Zone) -> None:
    """Attributes that the form computes or sets become nodes; all others stay as written."""
    for child in definition.children.values():
        if child.attribute:
            attribute = Node(child.name, child)
            put(attribute, node.attributes.pop(child.name[1:], ""), zone)
            node.attach(attribute)


def from_xml(definition: NodeDefinition, element: etree._Element, template: Template | None, zone: Zone) -> Node:
    """A node as it was saved.

    A child that was left out comes back with its starting value, except repeat instances: there are as many
    as were saved. Elements that the form does not know are left out.
    """
    node = Node(definition.name, definition)
    if template is not None:
        node.attributes = dict(template.attributes)
    node.attributes.update({name: text for name, text in attributes(element).items() if name in node.attributes})
    _attach_attributes(node, definition, zone)
    if definition.leaf:
        put(node, element.text or "", zone)
        return node
    saved: dict[str, list[etree._Element]] = {}
    for child in element:
        saved.setdefault(local_name(child), []).append(child)
    for name, child_definition in definition.children.items():
        if child_definition.attribute:
            continue
        start = child_template(child_definition, template)
        found = saved.get(name, [])
        if child_definition.repeat:
            for one in found:
                node.attach(from_xml(child_definition, one, child_definition.template, zone))
        elif found:
            node.attach(from_xml(child_definition, found[0], start, zone))
        elif start is not None:
            node.attach(from_template(child_definition, start, zone))
    return node


def child_template(definition: NodeDefinition, parent: Template | None) -> Template | None:
    """What the form writes for a child inside this parent; None when it writes nothing there."""
    if parent is None:
        return None
    return next((child for child in parent.children if child.name == definition.name), None)
