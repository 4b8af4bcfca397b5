"""From a written ref to the live node it names."""

from __future__ import annotations

import re
from functools import lru_cache

from intake_app.errors import EventRefused
from intake_app.xforms.instance.node import Node
from intake_app.xforms.xpath.parser import local

_PART = re.compile(r"([^\[\]/]+)(?:\[(\d+)\])?")


def find(document: Node, ref: str) -> Node:
    """The node of an exact ref such as `/data/job[2]/title`; a repeat without `[n]` means its first instance.

    Raises EventRefused (`unknown_ref`) when there is none.
    """
    node = document
    for name, index in _steps(ref):
        family = node.named(name)
        if not 1 <= index <= len(family):
            raise EventRefused(ref=ref, reason="unknown_ref")
        node = family[index - 1]
    if node.definition is None:
        raise EventRefused(ref=ref, reason="unknown_ref")
    return node


@lru_cache(maxsize=4096)
def _steps(ref: str) -> tuple[tuple[str, int], ...]:
    """The names and places in a ref. Raises EventRefused for what is no ref."""
    steps: list[tuple[str, int]] = []
    for part in ref.strip().split("/")[1:]:
        found = _PART.fullmatch(part.strip())
        if found is None:
            raise EventRefused(ref=ref, reason="unknown_ref")
        steps.append((local(found[1]), int(found[2] or 1)))
    return tuple(steps)


def find_family(document: Node, ref: str) -> tuple[Node, str]:
    """The parent and the name of a repeat's ref, which may have no instances; a `[n]` at its end is ignored.

    Raises EventRefused (`unknown_ref`).
    """
    above, _, last = ref.strip().rpartition("/")
    found = _PART.fullmatch(last)
    if found is None or not above:
        raise EventRefused(ref=ref, reason="unknown_ref")
    return find(document, above), local(found[1])
