"""The one way to read foreign XML: no document types, no entities, no network, limited depth and size."""

from __future__ import annotations

from lxml import etree

from intake_app.errors import UnsafeXml

MAX_BYTES = 50_000_000
"""Larger documents are refused: a form, a manifest or a submission is far smaller."""


def parse(data: bytes) -> etree._Element:
    """Read one XML document and return its root element.

    Comments and processing instructions are left out. A document type declaration is refused whole, since
    entities (the billion-laughs attack, reading local files) need one. Raises UnsafeXml (`problem` is
    `doctype`, `too_large`, `empty` or `not_well_formed`; `line` where known).
    """
    if len(data) > MAX_BYTES:
        raise UnsafeXml(problem="too_large", line=None)
    if not data.strip():
        raise UnsafeXml(problem="empty", line=None)
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        strip_cdata=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnsafeXml(problem="not_well_formed", line=getattr(error, "lineno", None)) from None
    if _doctype(root):
        raise UnsafeXml(problem="doctype", line=1)
    return root


def _doctype(root: etree._Element) -> bool:
    return bool(getattr(root.getroottree().docinfo, "doctype", ""))


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace."""
    # the tag is "{address}name" or "name"; cut by hand: a form in twelve languages asks it a hundred thousand times
    return str(element.tag).rpartition("}")[2]


def namespace(element: etree._Element) -> str:
    """The element's namespace address, empty when it has none."""
    return etree.QName(element).namespace or ""


def serialize(root: etree._Element) -> bytes:
    """UTF-8 bytes of a tree of our own, with an XML declaration."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)
