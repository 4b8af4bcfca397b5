"""Making our pictograms from OpenMoji's SVG files: one picture as it is, or two or three side by side."""

from __future__ import annotations

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

USELESS = ("id", "class", "stroke-miterlimit")


def compose(parts: Sequence[Path], codes: str) -> str:
    """One SVG of 72 by 72 from one to three OpenMoji files, with its origin written in it."""
    credit = _credit(codes.split("+"))
    root = ElementTree.Element("svg", {"xmlns": SVG, "viewBox": "0 0 72 72"})
    root.append(ElementTree.Comment(f" {credit} "))
    for part, place in zip(parts, PLACES[len(parts)], strict=True):
        group = ElementTree.SubElement(root, "g", {"transform": place} if place else {})
        for child in ElementTree.parse(part).getroot():
            _add(group, child)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _credit(codes: Sequence[str]) -> str:
    foreign = [code for code in codes if not code.startswith("own:")]
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
