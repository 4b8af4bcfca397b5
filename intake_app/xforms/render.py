"""Texts as a person reads them: outputs filled in, in the language asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.xforms.definition.texts import PLAIN, Label, Text
from intake_app.xforms.instance.node import Node
from intake_app.xforms.xpath.values import Context, to_string

if TYPE_CHECKING:
    from intake_app.xforms.live import Live

GAP = "-"
"""What pyxform writes for a text that has no translation."""


def text_of(live: Live, label: Label | None, node: Node, form: str = PLAIN, item: Node | None = None) -> str | None:
    """A label's text in the current language; None when the form has none.

    `form` asks for another form of it (short, guidance, image, …); `item` is the choice a label belongs to.
    """
    if label is None:
        return None
    if label.text_id is not None:
        return find(live, label.text_id, node, form)
    at = node if item is None else item
    if label.id_expression is not None:
        return find(live, to_string(label.id_expression.evaluate(Context(at, live, node))), node, form)
    if form != PLAIN:
        return None
    if label.value is not None:
        return to_string(label.value.evaluate(Context(at, live, node)))
    return None if label.inline is None else filled(live, label.inline, node)


def find(live: Live, text_id: str, node: Node, form: str = PLAIN) -> str | None:
    """An entry of the form's texts; a gap in the language shows the form's default language."""
    definition = live.definition
    found = definition.texts.find(live.language, definition.default_language, text_id, form)
    if found is not None and found.plain == GAP and live.language != definition.default_language:
        default = definition.texts.find(definition.default_language, definition.default_language, text_id, form)
        found = default if default is not None else found
    return None if found is None else filled(live, found, node)


def itext(live: Live, text_id: str, node: Node) -> str:
    """A text for an expression; empty when the form has none of that id."""
    return find(live, text_id, node if node.definition is not None else live.root) or ""


def filled(live: Live, text: Text, node: Node) -> str:
    """The text with its outputs evaluated at a node; the space around what was written is left out."""
    if not text.outputs:
        return text.plain
    assert node.definition is not None
    parts: list[str] = []
    last = len(text.parts) - 1
    for place, part in enumerate(text.parts):
        if isinstance(part, str):
            trimmed = part.lstrip() if place == 0 else part
            parts.append(trimmed.rstrip() if place == last else trimmed)
        else:
            expression = live.definition.texts.output(part, node.definition)
            parts.append(to_string(expression.evaluate(Context(node, live, node))))
    return "".join(parts)
