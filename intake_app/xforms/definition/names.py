"""The namespaces of ODK XForms, and how elements of the form are picked out by them."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from intake_app.safe_xml import local_name, namespace

XFORMS = "http://www.w3.org/2002/xforms"
XHTML = "http://www.w3.org/1999/xhtml"
JAVAROSA = "http://openrosa.org/javarosa"
OPENROSA = "http://openrosa.org/xforms"
ODK = "http://www.opendatakit.org/xforms"
ENTITIES = "http://www.opendatakit.org/xforms/entities"
INTAKE = "https://llo-portaal.nl/xforms/intake"
"""Our own tags; a form may bind any prefix to it."""

_XML_EVENTS = "http://www.w3.org/2001/xml-events"


def children(parent: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """The child elements with one of these local names, in order."""
    if parent is not None:
        yield from parent.iterchildren(*(f"{{*}}{name}" for name in names))


def child(parent: etree._Element | None, name: str) -> etree._Element | None:
    """The first child element of this local name."""
    return next(children(parent, name), None)


def plain(element: etree._Element, name: str) -> str | None:
    """An attribute without namespace."""
    return element.get(name)


def jr(element: etree._Element, name: str) -> str | None:
    """An attribute of the JavaRosa namespace."""
    return element.get(f"{{{JAVAROSA}}}{name}")


def event_names(element: etree._Element) -> frozenset[str]:
    """The events an action answers to, with or without the XML Events namespace."""
    return frozenset((element.get("event") or element.get(f"{{{_XML_EVENTS}}}event") or "").split())


def qualified(element: etree._Element) -> str:
    """The element's name with its prefix, as written."""
    name = local_name(element)
    return f"{element.prefix}:{name}" if element.prefix else name


def attributes(element: etree._Element) -> dict[str, str]:
    """All attributes but JavaRosa's own, by their name as written."""
    found: dict[str, str] = {}
    if not element.attrib:
        return found
    prefixes = {address: prefix for prefix, address in element.nsmap.items() if prefix}
    for key, value in element.attrib.items():
        name = etree.QName(key)
        if name.namespace == JAVAROSA and name.localname == "template":
            continue
        prefix = prefixes.get(name.namespace or "", "")
        found[f"{prefix}:{name.localname}" if prefix else name.localname] = str(value)
    return found


def is_xforms(element: etree._Element) -> bool:
    """Whether the element is one of XForms' own."""
    return namespace(element) in (XFORMS, "")
