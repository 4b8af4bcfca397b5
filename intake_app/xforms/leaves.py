"""What the bytes of a record hold, read from the bytes themselves: every leaf with text, where it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from lxml import etree

from intake_app.safe_xml import local_name, parse


@dataclass(frozen=True)
class Leaf:
    """A leaf that holds text. `ref` has `[n]` for the elements of `repeats`, as the refs of a live entry have."""

    ref: str
    text: str = field(repr=False)


def leaves(xml: bytes, repeats: Collection[str] = ()) -> tuple[Leaf, ...]:
    """Every leaf of a record that holds more than white space, in document order.

    `repeats` are the refs, without numbers, of the form's repeats. Raises UnsafeXml.
    """
    root = parse(xml)
    return tuple(_leaves(root, f"/{local_name(root)}", f"/{local_name(root)}", frozenset(repeats)))


def _leaves(element: etree._Element, ref: str, generic: str, repeats: frozenset[str]) -> Iterator[Leaf]:
    inside = list(element.iterchildren("*"))
    if not inside:
        text = (element.text or "").strip()
        if text:
            yield Leaf(ref, text)
        return
    counts: dict[str, int] = {}
    for child in inside:
        name = local_name(child)
        counts[name] = counts.get(name, 0) + 1
        below = f"{generic}/{name}"
        number = f"[{counts[name]}]" if below in repeats else ""
        yield from _leaves(child, f"{ref}/{name}{number}", below, repeats)
