"""A record made with another version of a form, brought into this one: what fits stays, the rest is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from intake_app.safe_xml import local_name
from intake_app.xforms.definition.model import FormDefinition, NodeDefinition
from intake_app.xforms.instance.datatypes import accepts

GONE, TYPE, CHOICE, SHAPE = "gone", "type", "choice", "shape"


@dataclass(frozen=True)
class Lost:
    """An answer that has no place any more: its ref in the old version, why, and what it said.

    `reason` is gone (the question is no longer there), type (its kind of answer changed), choice (it is no longer
    among the choices) or shape (a repeat, group or question became another of these).
    """

    ref: str
    reason: str
    value: str = field(repr=False)


@dataclass(frozen=True)
class Fit:
    """What became of a record made with version `made_with` of the form.

    `added` are generic refs of questions that version did not have; `moved` pairs of an answer's old and new ref.
    """

    made_with: str = ""
    added: tuple[str, ...] = ()
    moved: tuple[tuple[str, str], ...] = ()
    lost: tuple[Lost, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.added or self.moved or self.lost)


@dataclass(frozen=True)
class _Standing:
    """An element that has its place in this version: its definition and its exact ref."""

    definition: NodeDefinition
    element: etree._Element
    ref: str


@dataclass(frozen=True)
class _Homeless:
    """An answer without a place, with the elements above it that have one."""

    ref: str
    element: etree._Element
    above: tuple[_Standing, ...]


class Fitting:
    """Compares one saved record with a form and moves, inside the XML, what has a new place."""

    def __init__(self, definition: FormDefinition, root: etree._Element) -> None:
        self._form = definition
        self._root = root
        self._homeless: list[_Homeless] = []
        self._added: dict[str, None] = {}
        self._moved: list[tuple[str, str]] = []
        self._lost: list[Lost] = []
        self.new_repeats: list[str] = []

    def run(self) -> Fit:
        """Fit the record in place; it then names this version. A record of this very version is left alone."""
        made_with = self._root.get("version") or ""
        if made_with == self._form.version:
            return Fit(made_with)
        self._compare((_Standing(self._form.model, self._root, self._form.model.ref),))
        for one in self._homeless:
            self._rehouse(one)
        self._root.set("version", self._form.version)
        return Fit(made_with, tuple(self._added), tuple(self._moved), tuple(self._lost))

    def _compare(self, above: tuple[_Standing, ...]) -> None:
        here = above[-1]
        families: dict[str, list[etree._Element]] = {}
        for child in here.element:
            families.setdefault(local_name(child), []).append(child)
        for name, elements in families.items():
            definition = here.definition.children.get(name)
            if definition is None:
                self._leave(elements, f"{here.ref}/{name}", above)
                continue
            if not definition.repeat:
                self._lose(elements[1:], f"{here.ref}/{name}", SHAPE)
                del elements[1:]
            for number, element in enumerate(elements, start=1):
                ref = f"{here.ref}/{name}[{number}]" if definition.repeat else f"{here.ref}/{name}"
                self._take(_Standing(definition, element, ref), above)
        for name, definition in here.definition.children.items():
            if name not in families and not definition.attribute and name != "meta":
                self._note_added(definition)

    def _take(self, standing: _Standing, above: tuple[_Standing, ...]) -> None:
        definition, element = standing.definition, standing.element
        if not definition.leaf:
            if not len(element) and (element.text or "").strip():
                self._lose([element], standing.ref, SHAPE)
            self._compare((*above, standing))
        elif len(element):
            self._lose([element], standing.ref, SHAPE)
        elif not accepts(definition.bind.type, element.text or ""):
            self._lose([element], standing.ref, TYPE)

    def _note_added(self, definition: NodeDefinition) -> None:
        if definition.repeat:
            self.new_repeats.append(definition.ref)
        for node in _leaves_of(definition):
            if node.ref in self._form.controls:
                self._added[node.ref] = None

    def _leave(self, elements: list[etree._Element], ref: str, above: tuple[_Standing, ...]) -> None:
        for number, element in enumerate(elements, start=1):
            numbered = f"{ref}[{number}]" if len(elements) > 1 else ref
            for at, leaf in _answers(element, numbered):
                self._homeless.append(_Homeless(at, leaf, above))

    def _lose(self, elements: list[etree._Element], ref: str, reason: str) -> None:
        for number, element in enumerate(elements, start=2):
            at = f"{ref}[{number}]" if reason == SHAPE and len(elements) > 1 else ref
            for where, leaf in list(_answers(element, at)):
                self._lost.append(Lost(where, reason, leaf.text or ""))
                leaf.text = None

    def _rehouse(self, one: _Homeless) -> None:
        """Give an answer the one new place of its name, in the same repeat instances; else it is lost."""
        name, text = local_name(one.element), one.element.text or ""
        places = [ref for ref in self._added if ref.rpartition("/")[2] == name]
        standing = {above.definition: above for above in one.above}
        rivals = [other for other in self._homeless if local_name(other.element) == name and other is not one]
        if len(places) != 1 or any(other.above[-1].element is one.above[-1].element for other in rivals):
            self._lost.append(Lost(one.ref, GONE, text))
            return
        target = self._form.nodes[places[0]]
        owner = next(node for node in reversed(target.chain) if node.repeat or node.parent is None)
        if owner not in standing or any(other.above != one.above and owner.parent is None for other in rivals):
            self._lost.append(Lost(one.ref, GONE, text))
        elif not accepts(target.bind.type, text):
            self._lost.append(Lost(one.ref, TYPE, text))
        else:
            here = standing[owner]
            tail = target.names[len(owner.chain) :]
            _put(here.element, tail, text)
            self._moved.append((one.ref, "/".join((here.ref, *tail))))

    def settled(self, fit: Fit) -> Fit:
        """The report without the places that were filled."""
        filled = {_generic(new) for _, new in fit.moved}
        added = tuple(ref for ref in fit.added if ref not in filled)
        return Fit(fit.made_with, added, fit.moved, fit.lost)


def _answers(element: etree._Element, ref: str) -> Iterator[tuple[str, etree._Element]]:
    """The leaves that say something, with their refs as far as names tell."""
    if not len(element):
        if (element.text or "").strip():
            yield ref, element
        return
    for child in element:
        yield from _answers(child, f"{ref}/{local_name(child)}")


def _leaves_of(definition: NodeDefinition) -> Iterator[NodeDefinition]:
    if definition.leaf:
        yield definition
    for child in definition.children.values():
        yield from _leaves_of(child)


def _put(at: etree._Element, names: tuple[str, ...], text: str) -> None:
    for name in names:
        found = next((child for child in at if local_name(child) == name), None)
        at = etree.SubElement(at, name) if found is None else found
    at.text = text


def _generic(ref: str) -> str:
    return "/".join(part.partition("[")[0] for part in ref.split("/"))
