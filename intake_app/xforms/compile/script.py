"""A form as a readable script: sections, questions with their choices, conditions. For reviewers and interpreters."""

from __future__ import annotations

from collections.abc import Iterator

from intake_app.errors import UnknownName
from intake_app.xforms.definition.model import ControlDefinition, FormDefinition, Items
from intake_app.xforms.definition.texts import PLAIN, Label, Output, Text
from intake_app.xforms.instance.node import Node

_ANSWER_LINE = "______"
_MARKS = {"select1": "( )", "select": "[ ]", "rank": " # ", "range": "<->", "upload": "^^^"}
_SECTIONS = "section"
_WRITTEN_OUT_EACH_TIME = 9
"""Longer lists stand once; later questions point to the first."""


def form_text(definition: FormDefinition, language: str) -> str:
    """The whole form in one language, in document order; outputs stand as `<path>`, conditions in braces.

    A long list that was already written out is named by the question where it stands.
    `language` is a code or the form's own name of it. Raises UnknownName.
    """
    name = definition.language(language) if definition.languages else ""
    if definition.languages and not name:
        known = ", ".join(definition.languages)
        raise UnknownName(kind="language", name=language, known=known)
    return "\n".join(_Script(definition, name).lines()) + "\n"


class _Script:
    """Writes one form in one language."""

    def __init__(self, definition: FormDefinition, language: str) -> None:
        self._form = definition
        self._language = language
        self._shown: dict[str, str] = {}

    def lines(self) -> Iterator[str]:
        yield f"{self._form.title} ({self._form.form_id} {self._form.version}) {self._language}".rstrip()
        sections = self._sections()
        section = ""
        for ref, control in self._form.controls.items():
            tags = self._form.binds[ref].tags if ref in self._form.binds else {}
            if tags.get("section", section) != section:
                section = tags["section"]
                yield ""
                yield f"== {section} {sections.get(section, '')}".rstrip()
            yield from self._control(ref, control)

    def _sections(self) -> dict[str, str]:
        return dict(self._choices_of(_SECTIONS)) if _SECTIONS in self._form.lists else {}

    def _control(self, ref: str, control: ControlDefinition) -> Iterator[str]:
        depth = "  " * sum(ref.startswith(f"{repeat}/") for repeat in self._form.repeats)
        name = ref.rsplit("/", 1)[-1]
        label = self._text(control.label)
        if control.kind in ("group", "repeat"):
            if label and self._asks_within(ref):
                yield ""
                yield f"{depth}+ {label} [{name}]"
            return
        yield ""
        yield f"{depth}{label} [{name}]"
        bind = self._form.binds.get(ref)
        if bind is not None and bind.relevant:
            yield f"{depth}  {{{' '.join(bind.relevant.split())}}}"
        hint = self._text(control.hint)
        if hint:
            yield f"{depth}  ({hint})"
        yield from (f"{depth}  {line}" for line in self._answers(name, control))

    def _asks_within(self, ref: str) -> bool:
        return any(
            inner.startswith(f"{ref}/") and control.kind not in ("group", "repeat")
            for inner, control in self._form.controls.items()
        )

    def _answers(self, name: str, control: ControlDefinition) -> Iterator[str]:
        bind = self._form.binds.get(control.ref)
        if control.items is None:
            if not (bind is not None and bind.readonly == "true()"):
                yield _MARKS.get(control.kind, _ANSWER_LINE)
            return
        mark = _MARKS.get(control.kind, "-")
        source = control.items.nodeset.source if control.items.nodeset is not None else ""
        if "[" in source:
            yield f"{{{' '.join(source.partition('[')[2].rpartition(']')[0].split())}}}"
        labels = [label for _, label in self._items(control.items)]
        list_name = source.partition("[")[0]
        if len(labels) > _WRITTEN_OUT_EACH_TIME and list_name in self._shown:
            yield f"{mark} = [{self._shown[list_name]}]"
            return
        self._shown.setdefault(list_name, name)
        yield from (f"{mark} {label}" for label in labels)

    def _items(self, items: Items) -> Iterator[tuple[str, str]]:
        for static in items.static:
            yield static.value, self._text(static.label)
        if items.nodeset is not None:
            for list_id in items.nodeset.instances[:1]:
                yield from self._choices_of(list_id)

    def _choices_of(self, list_id: str) -> Iterator[tuple[str, str]]:
        for node in self._form.lists[list_id].walk() if list_id in self._form.lists else ():
            if node.name == "item":
                yield _child(node, "name"), self._choice_label(node)

    def _choice_label(self, node: Node) -> str:
        text_id = _child(node, "itextId")
        if text_id:
            return self._text(Label(text_id=text_id))
        return _child(node, "label") or _child(node, "name")

    def _text(self, label: Label | None) -> str:
        if label is None:
            return ""
        if label.text_id is not None:
            found = self._form.texts.find(self._language, self._form.default_language, label.text_id, PLAIN)
            return _plain(found) if found is not None else ""
        return _plain(label.inline) if label.inline is not None else ""


def _plain(text: Text) -> str:
    pieces = (f"<{part.source.rsplit('/', 1)[-1]}>" if isinstance(part, Output) else part for part in text.parts)
    return " ".join("".join(pieces).split())


def _child(node: Node, name: str) -> str:
    found = node.named(name)
    return found[0].text if found else ""
