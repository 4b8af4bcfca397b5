"""Secondary instances: the lists written inside the form, and the addresses of those beside it."""

from __future__ import annotations

from pathlib import PurePosixPath

from lxml import etree

from intake_app.safe_xml import local_name
from intake_app.xforms.definition.model import ExternalList
from intake_app.xforms.definition.names import attributes
from intake_app.xforms.instance.node import Node
from intake_app.xforms.problems import Problem

LAST_SAVED = "jr://instance/last-saved"
"""Where a form finds the record that was saved before this one (ODK XForms, secondary instances)."""


def file_name(address: str) -> str:
    """The file a jr:// address names, inside the media folder; "" when it would lead out of it."""
    rest = address.partition("://")[2].partition("/")[2]
    parts = PurePosixPath(rest.replace("\\", "/")).parts
    safe = parts and not any(part in ("..", "/") or ":" in part or "\x00" in part for part in parts)
    return "/".join(parts) if safe else ""


def read_lists(
    instances: list[etree._Element], problems: list[Problem]
) -> tuple[dict[str, Node], tuple[ExternalList, ...]]:
    """Internal lists by id, as documents; and the external ones."""
    inside: dict[str, Node] = {}
    outside: list[ExternalList] = []
    for element in instances:
        instance_id = element.get("id") or ""
        address = element.get("src")
        if not instance_id:
            problems.append(Problem("instance", "instance_without_id"))
        elif instance_id in inside or any(one.instance_id == instance_id for one in outside):
            problems.append(Problem(f"instance({instance_id})", "instance_id_doubled"))
        elif address and not address.startswith(LAST_SAVED) and not file_name(address):
            problems.append(Problem(f"instance({instance_id})", "unsafe_address"))
        elif address:
            outside.append(ExternalList(instance_id, address))
        else:
            inside[instance_id] = document_of(list(element))
    return inside, tuple(outside)


def document_of(roots: list[etree._Element]) -> Node:
    """A document node above these root elements."""
    document = Node("")
    for root in roots:
        document.attach(node_of(root))
    return document


def node_of(element: etree._Element) -> Node:
    """An element as a node, with all that is below it."""
    node = Node(local_name(element))
    node.attributes = attributes(element)
    if not len(element):
        node.text = (element.text or "").strip()
        node.typed = node.text
    for child in element:
        node.attach(node_of(child))
    return node
