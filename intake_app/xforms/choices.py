"""The choices of a select at a node: which there are now, what they are called, and what goes when one disappears."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.xforms.definition.model import Items
from intake_app.xforms.definition.texts import Label
from intake_app.xforms.instance.node import Node
from intake_app.xforms.render import text_of
from intake_app.xforms.xpath.values import Context, to_string

if TYPE_CHECKING:
    from intake_app.xforms.live import Live

_NOT_PROPERTIES = frozenset({"itextId"})


@dataclass(frozen=True)
class Choice:
    """A choice as it stands in its list: `item` is its node there, None when written out in the body."""

    value: str
    label: Label | None
    item: Node | None

    def properties(self, items: Items) -> dict[str, str]:
        """The extra columns of the choice, in document order; choices made from a repeat have none."""
        if self.item is None or self.item.definition is not None:
            return {}
        taken = {items.value_name, *_NOT_PROPERTIES}
        if items.label is not None and items.label.value is not None:
            taken.add(items.label.value.source.strip())
        return {child.name: child.text for child in self.item.children if child.name not in taken}


def items_of(live: Live, node: Node) -> Items | None:
    """How the node's choices are defined; None when it has no choices."""
    assert node.definition is not None
    control = live.definition.controls.get(node.definition.ref)
    return None if control is None else control.items


def choices_of(live: Live, node: Node) -> list[Choice]:
    """The choices that are there now, in the list's order."""
    items = items_of(live, node)
    if items is None:
        return []
    written = [Choice(item.value, item.label, None) for item in items.static]
    if items.nodeset is None:
        return written
    found = items.nodeset.evaluate(Context(node, live, node))
    if not isinstance(found, list):
        return written
    listed = [Choice(value, items.label, item) for item in found if (value := _value(live, items, item, node)) != ""]
    return written + listed if written else listed


def _value(live: Live, items: Items, item: Node, node: Node) -> str:
    if item.definition is None and len(cells := item.named(items.value_name)) == 1:
        return cells[0].text.strip()
    if items.value is None:
        return ""
    return to_string(items.value.evaluate(Context(item, live, node))).strip()


def label_of(live: Live, value: str, node: Node) -> str:
    """The label of the choice with this value in the current language; the value itself when it has none."""
    for choice in choices_of(live, node):
        if choice.value == value:
            return text_of(live, choice.label, node, item=choice.item) or value
    return ""


def drop_missing(live: Live, node: Node) -> None:
    """Take out of an answer the values that are no longer among the choices.

    A node that is not relevant keeps its answer until it is relevant again; a list whose file is missing
    proves nothing, so answers from it stay.
    """
    if not node.relevant or node.text == "" or not live.holds(node):
        return
    items = items_of(live, node)
    if items is None or not _lists_present(live, items):
        return
    there = dict.fromkeys(choice.value for choice in choices_of(live, node))
    assert node.definition is not None
    control = live.definition.controls[node.definition.ref]
    if control.kind == "select1":
        if node.text not in there:
            live.store_text(node, "")
        return
    chosen = node.text.split()
    kept = [value for value in chosen if value in there]
    if control.kind == "rank":
        kept = list(dict.fromkeys([*kept, *there])) if kept else []
    if kept != chosen:
        live.store_text(node, " ".join(kept))


def _lists_present(live: Live, items: Items) -> bool:
    return items.nodeset is None or all(name in live.instances for name in items.nodeset.instances)
