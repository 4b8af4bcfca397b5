"""Making our pictograms from OpenMoji's SVG files and our own: one as it is, two or three side by side, or a badge.

In `index.csv` parts joined by `+` stand side by side; `BASE^BADGE` puts a small picture in a corner of a large one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

SVG = "http://www.w3.org/2000/svg"
PLACES = {
    1: ("",),
    2: ("translate(-5 0) scale(0.66)", "translate(29 24) scale(0.66)"),
    3: ("translate(-2 2) scale(0.54)", "translate(35 2) scale(0.54)", "translate(17 34) scale(0.54)"),
}
"""Where each part stands on the square of 72 by 72, by the number of parts."""

BASE, BADGE = "translate(-4 -4) scale(0.88)", "translate(36 36) scale(0.5)"
HALO = {"cx": "54", "cy": "54", "r": "17", "fill": "#fff"}
"""A white disc behind the badge keeps its lines apart from those of the base."""

OURS = ("own:", "made:")
USELESS = ("id", "class", "stroke-miterlimit")


def parts_of(codes: str) -> list[str]:
    """The codes of the parts, in the order in which `compose` wants them."""
    return re.split(r"[+^]", codes)


def compose(parts: Sequence[Path], codes: str) -> str:
    """One SVG of 72 by 72 from one to three files, put together as `codes` says, with its origin written in it."""
    root = ElementTree.Element("svg", {"xmlns": SVG, "viewBox": "0 0 72 72"})
    root.append(ElementTree.Comment(f" {_credit(parts_of(codes))} "))
    badged = "^" in codes
    for part, place in zip(parts, (BASE, BADGE) if badged else PLACES[len(parts)], strict=True):
        if badged and place == BADGE:
            ElementTree.SubElement(root, "circle", HALO)
        group = ElementTree.SubElement(root, "g", {"transform": place} if place else {})
        for child in ElementTree.parse(part).getroot():
            _add(group, child)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _credit(codes: Sequence[str]) -> str:
    foreign = [code for code in codes if not code.startswith(OURS)]
    if not foreign:
        return "Own drawing of this project, EUPL-1.2"
    together = "; put together by this project" if len(codes) > 1 else ""
    return f"OpenMoji 17.0.0, {' + '.join(foreign)}; CC BY-SA 4.0{together}"


def _add(parent: ElementTree.Element, element: ElementTree.Element) -> None:
    """Copy what draws; empty groups, hidden shapes, notes and names for editors stay behind."""
    namespace, _, tag = str(element.tag).rpartition("}")  # a note has a function for a tag
    if namespace != f"{{{SVG}":
        return
    if tag in ("title", "desc", "metadata") or element.get("display") == "none":
        return
    if tag in ("g", "svg") and not len(element):
        return
    kept = {key: value for key, value in element.attrib.items() if key not in USELESS and "}" not in key}
    copy = ElementTree.SubElement(parent, tag, kept)
    for child in element:
        _add(copy, child)
