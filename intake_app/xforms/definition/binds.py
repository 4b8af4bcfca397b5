"""Binds: what the model says of each node."""

from __future__ import annotations

import re

from lxml import etree

from intake_app.xforms.definition.model import BindDefinition, NodeDefinition
from intake_app.xforms.definition.names import ENTITIES, INTAKE, children, jr
from intake_app.xforms.definition.texts import Label, Output, Text
from intake_app.xforms.instance.datatypes import type_name
from intake_app.xforms.problems import Problem
from intake_app.xforms.xpath.parser import local

_ITEXT = re.compile(r"""\s*jr:itext\(\s*(?:'([^']*)'|"([^"]*)")\s*\)\s*""")


def read_binds(model_element: etree._Element, nodes: dict[str, NodeDefinition], warnings: list[Problem]) -> None:
    """Give every node definition its bind. A bind without a node is a warning."""
    for element in children(model_element, "bind"):
        written = element.get("nodeset") or element.get("ref") or ""
        ref = normal_ref(written)
        node = nodes.get(ref)
        if node is None:
            warnings.append(Problem(written or "bind", "bind_without_node"))
            continue
        node.bind = _bind(ref, element)


def _bind(ref: str, element: etree._Element) -> BindDefinition:
    def source(name: str) -> str | None:
        text = (element.get(name) or "").strip()
        return text or None

    return BindDefinition(
        ref=ref,
        type=type_name(element.get("type") or ""),
        relevant=source("relevant"),
        required=source("required"),
        readonly=source("readonly"),
        constraint=source("constraint"),
        calculate=source("calculate"),
        tags=tags_of(element),
        preload=jr(element, "preload"),
        preload_params=jr(element, "preloadParams"),
        required_message=message(jr(element, "requiredMsg")),
        constraint_message=message(jr(element, "constraintMsg")),
        saveto=element.get(f"{{{ENTITIES}}}saveto"),
    )


def tags_of(element: etree._Element) -> dict[str, str]:
    """Our own attributes by local name, whatever prefix the form binds to our namespace."""
    names = {key: etree.QName(key) for key in element.attrib}
    return {name.localname: str(element.attrib[key]) for key, name in names.items() if name.namespace == INTAKE}


def message(written: str | None) -> Label | None:
    """A message attribute: a reference to the form's texts, or the text itself."""
    if written is None or not written.strip():
        return None
    found = _ITEXT.fullmatch(written)
    if found:
        return Label(text_id=found[1] if found[1] is not None else found[2])
    parts: tuple[str | Output, ...] = (written,)
    return Label(inline=Text(parts))


def itext_id(source: str) -> str | None:
    """The id in `jr:itext('id')`; None when the source is something else."""
    found = _ITEXT.fullmatch(source)
    return None if found is None else (found[1] if found[1] is not None else found[2])


def normal_ref(written: str) -> str:
    """A nodeset as a generic ref: no spaces, no prefixes, no predicates."""
    bare = re.sub(r"\[[^\]]*\]", "", written).strip()
    return "/".join(local(part.strip()) for part in bare.split("/"))
