"""The one way to read XML that came from elsewhere: no document type, no entities, no network."""

from __future__ import annotations

from lxml import etree

from intake_app.errors import UnsafeXml


def parse(data: bytes) -> etree._Element:
    """The root element of a document. Raises UnsafeXml for a document type, an entity, or text that is no XML."""
    # A parser is not shared: lxml parsers must not be used by two threads at the same time.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    line = None
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 0
    if line is not None:
        raise UnsafeXml(line=line)
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnsafeXml(line=1)
    return root
