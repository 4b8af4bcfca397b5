"""The texts of a form: pieces of plain text with outputs between them, by language and by form (short, image, …)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from intake_app.safe_xml import local_name
from intake_app.xforms.limits import MAX_LABEL, refuse_above
from intake_app.xforms.xpath.compiler import Expression, compile_expression

if TYPE_CHECKING:
    from intake_app.xforms.definition.model import NodeDefinition

PLAIN = ""
"""The form of an itext value that has no `form` attribute: the text itself."""


@dataclass(frozen=True)
class Output:
    """The source of an expression inside a text."""

    source: str


@dataclass(frozen=True)
class Text:
    """A text as written: plain pieces and outputs in turn."""

    parts: tuple[str | Output, ...]

    @property
    def plain(self) -> str:
        """The text without its outputs."""
        return "".join(part for part in self.parts if isinstance(part, str)).strip()

    @property
    def outputs(self) -> tuple[Output, ...]:
        """Its outputs, in order."""
        return tuple(part for part in self.parts if isinstance(part, Output))


@dataclass(frozen=True)
class Label:
    """Where a text comes from: an id of the form's texts, an expression that gives such an id, an expression
    that gives the text itself, or the text written in place."""

    text_id: str | None = None
    id_expression: Expression | None = None
    value: Expression | None = None
    inline: Text | None = None


Translations = Mapping[str, Mapping[str, Mapping[str, Text]]]
"""language -> text id -> form of the text -> text"""


@dataclass
class Texts:
    """All translations, and the compiled outputs by the place they are shown at."""

    translations: Translations
    root: NodeDefinition
    _compiled: dict[tuple[str, str], Expression] = field(default_factory=dict)

    def find(self, language: str, fallback: str, text_id: str, form: str) -> Text | None:
        """The text in the language, or in the fallback when the language lacks the whole entry."""
        entry = self.translations.get(language, {}).get(text_id)
        if entry is None:
            entry = self.translations.get(fallback, {}).get(text_id, {})
        return entry.get(form)

    def output(self, output: Output, context: NodeDefinition) -> Expression:
        """The expression of an output, compiled once for each node it is shown at."""
        key = (output.source, context.ref)
        if key not in self._compiled:
            self._compiled[key] = compile_expression(output.source, self.root, context)
        return self._compiled[key]

    def everywhere(self, text_id: str) -> list[Text]:
        """The entry in every language and form."""
        return [text for entries in self.translations.values() for text in entries.get(text_id, {}).values()]


def read_text(element: etree._Element) -> Text:
    """A label, hint, value or message element as a text."""
    if not len(element):
        # nearly every text of a form in many languages is one plain piece
        plain = element.text or ""
        if len(plain) > MAX_LABEL:
            refuse_above(len(plain), MAX_LABEL, "label", local_name(element))
        return Text((plain,) if plain else ())
    parts: list[str | Output] = [element.text or ""]
    for child in element:
        if local_name(child) == "output":
            parts.append(Output((child.get("value") or child.get("ref") or "''").strip()))
        else:
            parts.extend(read_text(child).parts)
        parts.append(child.tail or "")
    refuse_above(sum(len(part) for part in parts if isinstance(part, str)), MAX_LABEL, "label", local_name(element))
    return Text(tuple(part for part in parts if part != ""))
