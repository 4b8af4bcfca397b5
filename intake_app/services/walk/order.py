"""The order columns of a form, read once: places, screens that share a number, repeats that stand together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from intake_app.xforms.api import FormDefinition

AFTER_GUEST = 2000
"""Questions from this place on are asked after the guest has left."""


@dataclass(frozen=True)
class Slot:
    """One question at one place. `repeat` is the generic ref of the innermost repeat it stands in, or "".

    `together` repeats show all their instances on one screen; `runs` is the nearest repeat around the question
    that runs its screens once per instance, or "".
    """

    place: int
    ref: str
    repeat: str
    together: bool
    runs: str = ""


@dataclass(frozen=True)
class Block:
    """Slots that run as one: `screens` are groups of slots that share a place; `repeat` runs once per instance."""

    repeat: str
    screens: tuple[tuple[Slot, ...], ...]


def slots(definition: FormDefinition, talk_form: str) -> tuple[Slot, ...]:
    """Every question with a place in this talk form, by place, then by the order of the sheet."""
    found = [
        Slot(place, ref, repeat, together, runs)
        for ref, repeat, together, runs in _questions(definition)
        for place in _places(definition.binds[ref].tags.get(_column(talk_form), ""))
    ]
    return tuple(sorted(found, key=lambda slot: slot.place))


def blocks(definition: FormDefinition, talk_form: str) -> tuple[Block, ...]:
    """The order of a talk form: runs of one repeat's own screens, and all other screens one by one.

    A form without order columns gives no block; `document_blocks` then serves.
    """
    groups = [(place, tuple(group)) for place, group in groupby(slots(definition, talk_form), lambda s: s.place)]
    runs = groupby(groups, lambda item: _own_repeat(item[1]))
    found: list[Block] = []
    for repeat, run in runs:
        screens = tuple(group for _, group in run)
        found.extend([Block(repeat, screens)] if repeat else [Block("", (screen,)) for screen in screens])
    return tuple(found)


def document_blocks(definition: FormDefinition) -> tuple[Block, ...]:
    """Document order, for a form written elsewhere: a field-list group is one screen."""
    repeats = frozenset(definition.repeats)
    found: list[Block] = []
    for key, run in groupby(_controls(definition), lambda ref: _enclosing(ref, repeats) or ""):
        screens = [
            tuple(Slot(0, ref, key, together=False, runs=key) for ref in group)
            for _, group in groupby(run, lambda ref: _field_list(definition, ref) or ref)
        ]
        found.extend([Block(key, tuple(screens))] if key else [Block("", (screen,)) for screen in screens])
    return tuple(found)


def has_order(definition: FormDefinition, talk_form: str) -> bool:
    """Whether the form carries an order for this talk form."""
    return any(bind.tags.get(_column(talk_form)) for bind in definition.binds.values())


def _column(talk_form: str) -> str:
    """The column of a talk form: the answer of a06 is `one_question`, its column `one`."""
    return talk_form.removesuffix("_question")


def _own_repeat(group: Iterable[Slot]) -> str:
    """The repeat whose instances run this screen one by one, if all its slots stand in that one repeat."""
    repeats = {slot.runs for slot in group}
    return repeats.pop() if len(repeats) == 1 else ""


def _questions(definition: FormDefinition) -> Iterator[tuple[str, str, bool, str]]:
    repeats = frozenset(definition.repeats)
    one_by_one = frozenset(ref for ref in repeats if definition.binds[ref].tags.get("together") != "yes")
    for ref in definition.binds:
        if ref in repeats:
            continue
        repeat = _enclosing(ref, repeats) or ""
        yield ref, repeat, bool(repeat) and repeat not in one_by_one, _enclosing(ref, one_by_one) or ""


def _controls(definition: FormDefinition) -> Iterator[str]:
    return (ref for ref, control in definition.controls.items() if control.kind not in {"group", "repeat"})


def _enclosing(ref: str, parents: frozenset[str]) -> str | None:
    parent = ref.rsplit("/", 1)[0]
    while parent:
        if parent in parents:
            return parent
        parent = parent.rsplit("/", 1)[0]
    return None


def _field_list(definition: FormDefinition, ref: str) -> str | None:
    groups = frozenset(
        name
        for name, control in definition.controls.items()
        if control.kind == "group" and "field-list" in control.appearance
    )
    return _enclosing(ref, groups)


def _places(cell: str) -> Iterator[int]:
    return (int(word) for word in cell.split() if word.isdigit())
