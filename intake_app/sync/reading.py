"""Small helps for reading foreign XML whose namespaces differ from server to server."""

from __future__ import annotations

from lxml import etree


def children(parent: etree._Element, name: str) -> list[etree._Element]:
    """The children with this local name, in any namespace."""
    return list(parent.iterchildren(f"{{*}}{name}"))


def text_of(element: etree._Element) -> str:
    """All text inside, without white space around it."""
    return "".join(str(part) for part in element.itertext()).strip()


def child_text(parent: etree._Element, name: str) -> str:
    """The text of the first child with this local name; empty without one."""
    return next((text_of(child) for child in children(parent, name)), "")
