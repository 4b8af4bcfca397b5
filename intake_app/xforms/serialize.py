"""The instance as XML: the submission, and the savepoint of a draft."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, cast

from lxml import etree

from intake_app import safe_xml
from intake_app.xforms.instance.node import Node, ref_of

if TYPE_CHECKING:
    from intake_app.xforms.form_reader import FormReader

_META = "meta"
Keep = Callable[[Node], bool]


def serialize(entry: FormReader, keep: Collection[str] | None = None) -> bytes:
    """The submission as UTF-8 XML: relevant nodes only, text in Unicode form NFC.

    With `keep`, only leaves whose generic or exact ref is in it; the meta block always stays. A dropped node
    is simply left out, as a node that is not relevant is.
    """
    live = entry.live

    def kept(node: Node) -> bool:
        if node.definition is None or not node.relevant:
            return False
        if keep is None or not node.definition.leaf or _in_meta(node):
            return True
        return node.definition.ref in keep or ref_of(node) in keep

    root = _element(live.root, live.definition.namespaces, None, kept, drop_empty=keep is not None)
    return safe_xml.serialize(root)


def savepoint(entry: FormReader, leave_empty: Collection[str] = ()) -> bytes:
    """The whole instance as UTF-8 XML, answers of nodes that are not relevant included, for `FormEntry.restore`.

    Leaves whose generic ref is in `leave_empty` are written without their value.
    """
    namespaces = entry.definition.namespaces
    return safe_xml.serialize(
        _element(entry.live.root, namespaces, None, lambda node: True, without=frozenset(leave_empty))
    )


def _in_meta(node: Node) -> bool:
    assert node.definition is not None
    chain = node.definition.chain
    return len(chain) > 1 and chain[1].name == _META


def _element(
    node: Node,
    namespaces: Mapping[str, str],
    parent: etree._Element | None,
    kept: Keep,
    drop_empty: bool = False,
    without: frozenset[str] = frozenset(),
) -> etree._Element:
    assert node.definition is not None
    name = _clark(node.definition.qname, namespaces, namespaces.get(""))
    element = _root(name, namespaces) if parent is None else etree.SubElement(parent, name)
    for key, value in node.attributes.items():
        element.set(_clark(key, namespaces, None), value)
    if node.definition.leaf and node.definition.ref not in without:
        element.text = unicodedata.normalize("NFC", node.text) or None
    for child in node.children:
        if child.name.startswith("@"):
            element.set(child.name[1:], child.text)
        elif kept(child):
            inside = _element(child, namespaces, element, kept, drop_empty, without)
            if drop_empty and child.children and not len(inside):
                element.remove(inside)
    return element


def _root(name: str, namespaces: Mapping[str, str]) -> etree._Element:
    # The stubs know no None key, which is how lxml names the default namespace.
    prefixes = cast("Mapping[str, str]", {prefix or None: uri for prefix, uri in namespaces.items()})
    return etree.Element(name, nsmap=prefixes)


def _clark(qname: str, namespaces: Mapping[str, str], default: str | None) -> str:
    prefix, found, name = qname.rpartition(":")
    uri = namespaces.get(prefix) if found else default
    return f"{{{uri}}}{name}" if uri else name
