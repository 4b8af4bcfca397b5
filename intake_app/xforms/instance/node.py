"""The live tree: one node per group, repeat instance and value, in the main instance and in the lists beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from intake_app.xforms.definition.model import NodeDefinition

_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")


def plain_number(text: str) -> float | None:
    """The number of a text without exponent or plus sign; None when it is no such number."""
    stripped = text.strip()
    return float(stripped) if _NUMBER.fullmatch(stripped) else None


Scalar = str | float | bool | date
"""A value as expressions see it; `date` includes date-times."""


class ColumnIndex:
    """The rows of a list by the text, and by the number, of one of their columns; in the list's order."""

    def __init__(self, rows: list[Node], column: str) -> None:
        self.texts: dict[str, list[Node]] = {}
        self.numbers: dict[float, list[Node]] = {}
        for row in rows:
            cells = row.named(column)
            for text in dict.fromkeys(cell.text for cell in cells) if cells else ("",):
                self.texts.setdefault(text, []).append(row)
                number = plain_number(text)
                if number is not None and number.is_integer():
                    self.numbers.setdefault(number, []).append(row)


class Node:
    """A node. `text` is what is stored, `typed` is the same value as expressions read it.

    `relevant` and `readonly` are the effective states, inherited from the ancestors; `own_relevant` and
    `own_readonly` are what the node's own bind says. `definition` is None in secondary instances, for
    attributes and for the document node above the root.
    """

    __slots__ = (
        "_indexes",
        "_named",
        "attributes",
        "children",
        "definition",
        "name",
        "own_readonly",
        "own_relevant",
        "parent",
        "readonly",
        "relevant",
        "required",
        "text",
        "typed",
    )

    def __init__(self, name: str, definition: NodeDefinition | None = None, parent: Node | None = None) -> None:
        self.name = name
        self.definition = definition
        self.parent = parent
        self.children: list[Node] = []
        self.attributes: dict[str, str] = {}
        self.text = ""
        self.typed: Scalar = ""
        self.relevant = self.own_relevant = True
        self.readonly = self.own_readonly = False
        self.required = False
        self._named: dict[str, list[Node]] | None = None
        self._indexes: dict[tuple[str, str], ColumnIndex] | None = None

    def __repr__(self) -> str:
        return f"Node({self.name})"

    def named(self, name: str) -> list[Node]:
        """The children of this name in document order; the list is the tree's own, do not change it."""
        if self._named is None:
            self._named = {}
            for child in self.children:
                self._named.setdefault(child.name, []).append(child)
        return self._named.get(name, _NONE)

    def index(self, test: str, column: str) -> ColumnIndex:
        """The rows (children that pass the name test) by the text of a column. Only for lists, which never change."""
        if self._indexes is None:
            self._indexes = {}
        found = self._indexes.get((test, column))
        if found is None:
            rows = self.children if test == "*" else self.named(test)
            found = self._indexes[test, column] = ColumnIndex(rows, column)
        return found

    def attach(self, child: Node, index: int | None = None) -> None:
        """Put a child at an index among the children, or last."""
        child.parent = self
        self.children.insert(len(self.children) if index is None else index, child)
        self._named = None

    def detach(self, child: Node) -> None:
        """Take a child out of the tree."""
        self.children.remove(child)
        child.parent = None
        self._named = None

    def walk(self) -> Iterator[Node]:
        """This node and everything below it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def attribute(self, name: str) -> Node | None:
        """An attribute as a node without children."""
        text = self.attributes.get(name)
        if text is None:
            text = next((text for key, text in self.attributes.items() if key.rpartition(":")[2] == name), None)
        if text is None:
            return None
        node = Node(name, None, self)
        node.text = node.typed = text
        node.relevant = self.relevant
        return node

    @property
    def position(self) -> int:
        """The place, from 1, among the siblings of the same name."""
        return 1 if self.parent is None else self.parent.named(self.name).index(self) + 1


_NONE: list[Node] = []


def ref_of(node: Node) -> str:
    """The exact ref, with `[n]` for every repeat instance and nowhere else."""
    return _ref_and_top(node)[0]


def held_ref(node: Node, document: Node) -> str:
    """The exact ref of a node, "" for one that is no longer in the tree under this document."""
    ref, top = _ref_and_top(node)
    return ref if top is document else ""


def _ref_and_top(node: Node) -> tuple[str, Node | None]:
    parts: list[str] = []
    at: Node | None = node
    while at is not None and at.definition is not None:
        parts.append(f"{at.name}[{at.position}]" if at.definition.repeat else at.name)
        at = at.parent
    parts.append("")
    parts.reverse()
    return "/".join(parts), at


def descend(start: Node, names: tuple[str, ...]) -> list[Node]:
    """All nodes reached from `start` by going down through children of these names, in document order."""
    found = [start]
    for name in names:
        found = found[0].named(name) if len(found) == 1 else [kid for node in found for kid in node.named(name)]
    return found
