"""The model tree: from the primary instance to node definitions and the values a record starts with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from intake_app.safe_xml import local_name
from intake_app.xforms.definition.model import BindDefinition, NodeDefinition, Template
from intake_app.xforms.definition.names import JAVAROSA, OPENROSA, attributes, qualified
from intake_app.xforms.limits import MAX_DEPTH, refuse_above


def read_tree(root: etree._Element, repeats: frozenset[str]) -> tuple[NodeDefinition, Template]:
    """The model tree and the starting values; `repeats` are the generic refs that the body repeats."""
    model = NodeDefinition(local_name(root), None, qualified(root))
    _define(model, root, repeats)
    template = _template(root)
    _give_repeats_templates(model, template)
    return model, template


def _define(node: NodeDefinition, element: etree._Element, repeats: frozenset[str]) -> None:
    node.repeat = node.ref in repeats
    refuse_above(len(node.chain), MAX_DEPTH, "depth", node.chain[0].ref)
    for child in element:
        name = local_name(child)
        if name not in node.children:
            node.children[name] = NodeDefinition(name, node, qualified(child))
        _define(node.children[name], child, repeats)


def _template(element: etree._Element) -> Template:
    return Template(
        name=local_name(element),
        text="" if len(element) else (element.text or "").strip(),
        attributes=attributes(element),
        children=tuple(_template(child) for child in element),
        is_template=element.get(f"{{{JAVAROSA}}}template") is not None,
    )


def _give_repeats_templates(model: NodeDefinition, template: Template) -> None:
    """A repeat's template is the one so marked, else its first instance as written."""
    for child in template.children:
        node = model.children[child.name]
        if node.repeat and (node.template is None or (child.is_template and not node.template.is_template)):
            node.template = child
        _give_repeats_templates(node, child)


def walk(node: NodeDefinition) -> Iterator[NodeDefinition]:
    """The node definition and all below it, in document order."""
    yield node
    for child in node.children.values():
        yield from walk(child)


def ensure_instance_id(model: NodeDefinition, template: Template) -> Template:
    """The starting values with `meta/instanceID`, which OpenRosa requires; added where the form has none."""
    meta = next((child for child in template.children if child.name == "meta"), None)
    if meta is not None and any(child.name == "instanceID" for child in meta.children):
        return template
    if "meta" not in model.children:
        model.children["meta"] = NodeDefinition("meta", model, "orx:meta")
    node = model.children["meta"]
    prefix = node.qname.rpartition(":")[0]
    known = NodeDefinition("instanceID", node, f"{prefix}:instanceID" if prefix else "instanceID")
    known.bind = BindDefinition(known.ref, readonly="true()", preload="uid")
    node.children["instanceID"] = known
    added = Template("instanceID", "", {}, ())
    others = tuple(child for child in template.children if child is not meta)
    inside = () if meta is None else meta.children
    return Template(
        template.name, template.text, template.attributes, (*others, Template("meta", "", {}, (*inside, added)))
    )


def define_attributes(nodes: dict[str, NodeDefinition], refs: Iterable[str]) -> None:
    """Give attributes that a bind or an action aims at (`/data/meta/entity/@id`) a definition of their own."""
    for ref in refs:
        above, _, name = ref.rpartition("/")
        parent = nodes.get(above)
        if name.startswith("@") and parent is not None and name not in parent.children:
            parent.children[name] = NodeDefinition(name, parent)
            nodes[ref] = parent.children[name]


OPENROSA_PREFIX = {"orx": OPENROSA}
