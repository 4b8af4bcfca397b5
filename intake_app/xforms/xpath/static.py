"""What is known of an expression before it runs: which model nodes it reads, and which of them are its neighbours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from intake_app.xforms.definition.model import NodeDefinition


@dataclass(frozen=True)
class Place:
    """A model node a path may stand on.

    `shared` is the deepest model node of which the path and the expression's own node certainly have the
    same instance: None means only the document. `crossed` tells that a repeat was stepped into with a
    predicate, so that the path may pick out another instance of the expression's own repeat.
    """

    node: NodeDefinition | None
    shared: NodeDefinition | None
    crossed: bool = False


Places = tuple[Place, ...]


@dataclass(frozen=True)
class Read:
    """A model node that an expression reads, with how near it is (see Place)."""

    ref: str
    shared: str
    crossed: bool


@dataclass
class Findings:
    """What compiling an expression brought to light."""

    reads: dict[Read, None] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    instances: list[str] = field(default_factory=list)
    uses_language: bool = False

    def read(self, places: Iterable[Place]) -> None:
        """Note that these places are read."""
        for place in places:
            if place.node is not None:
                shared = "" if place.shared is None else place.shared.ref
                self.reads[Read(place.node.ref, shared, place.crossed)] = None


def up(place: Place) -> Place | None:
    """The place of the parent; None above the document."""
    if place.node is None:
        return None
    parent = place.node.parent
    shared = place.shared
    if shared is place.node:
        shared = parent
    return Place(parent, shared, place.crossed)


def down(place: Place, root: NodeDefinition, test: str) -> Places:
    """The places of the children that pass a name test."""
    known = {root.name: root} if place.node is None else place.node.children
    children: Iterable[NodeDefinition] = known.values()
    if test not in ("*", "node()"):
        children = (known[test],) if test in known else ()
    found = (child for child in children if test == child.name or (test in ("*", "node()") and not child.attribute))
    return tuple(Place(child, place.shared, place.crossed) for child in found)


def below(place: Place, root: NodeDefinition) -> Places:
    """The places of all descendants."""
    found: list[Place] = []
    for child in down(place, root, "*"):
        found.append(child)
        found.extend(below(child, root))
    return tuple(found)


def siblings(place: Place, root: NodeDefinition) -> Places:
    """The places of the node and its siblings, as seen through the parent."""
    parent = up(place)
    if parent is None:
        return ()
    return tuple(Place(child.node, child.shared, True) for child in down(parent, root, "*"))


def unique(places: Iterable[Place]) -> Places:
    """Without doubles, order kept."""
    return tuple(dict.fromkeys(places))
