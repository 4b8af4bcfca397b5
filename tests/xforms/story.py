"""Forms written inside a test, and steps as a person takes them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import quoteattr

from intake_app.xforms.api import Change, FormDefinition, FormEntry, NodeView, Ports, parse_form

MOMENT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
FIRST, LOAD, NEW, CHANGED = "odk-instance-first-load", "odk-instance-load", "odk-new-repeat", "xforms-value-changed"

_HEAD = (
    '<?xml version="1.0"?><h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms" '
    'xmlns:odk="http://www.opendatakit.org/xforms" xmlns:tag="https://llo-portaal.nl/xforms/intake">'
)


def form(model: str, binds: str = "", body: str = "", extra: str = "", itext: str = "") -> bytes:
    """A form: the children of /data, its binds and actions, its body, its lists and its texts."""
    return (
        f"{_HEAD}<h:head><h:title>Story</h:title><model>{itext}"
        f'<instance><data id="story" version="1">{model}</data></instance>{extra}{binds}</model></h:head>'
        f"<h:body>{body}</h:body></h:html>"
    ).encode()


def bind(ref: str, **attributes: str) -> str:
    """A bind; `jr__constraintMsg` stands for jr:constraintMsg."""
    written = " ".join(f"{name.replace('__', ':')}={quoteattr(value)}" for name, value in attributes.items())
    return f'<bind nodeset="/data/{ref}" {written}/>'


def ask(ref: str, inside: str = "") -> str:
    """A text question."""
    return f'<input ref="/data/{ref}">{inside}</input>'


def pick(ref: str, nodeset: str, kind: str = "select1", value: str = "name", label: str = "label") -> str:
    """A choice question over a node-set."""
    return (
        f'<{kind} ref="/data/{ref}"><itemset nodeset={quoteattr(nodeset)}>'
        f'<value ref="{value}"/><label ref="{label}"/></itemset></{kind}>'
    )


def repeat(ref: str, body: str = "", count: str = "") -> str:
    """A repeat with its questions."""
    counted = f" jr:count={quoteattr(count)}" if count else ""
    return f'<group ref="/data/{ref}"><repeat nodeset="/data/{ref}"{counted}>{body}</repeat></group>'


def rows(name: str, *items: dict[str, str]) -> str:
    """A list inside the form."""
    written = "".join(
        "<item>" + "".join(f"<{key}>{value}</{key}>" for key, value in item.items()) + "</item>" for item in items
    )
    return f'<instance id="{name}"><root>{written}</root></instance>'


def setvalue(ref: str, event: str, value: str = "", literal: str = "") -> str:
    """An action: to the outcome of an expression, to a literal text, or to nothing."""
    source = f" value={quoteattr(value)}" if value else ""
    return f'<setvalue ref="/data/{ref}" event="{event}"{source}>{literal}</setvalue>'


def opened(xml: bytes, ports: Ports) -> FormEntry:
    """A new record of a form, with what the app hands over."""
    return FormEntry.new(parse_form(xml), now=lambda: MOMENT, seed=1, ports=ports)


class Story:
    """A form being filled in, with short words for the steps. Refs are written without `/data/`."""

    def __init__(self, xml: bytes, *, seed: int = 1, media: Path | None = None, language: str | None = None) -> None:
        self.definition: FormDefinition = parse_form(xml)
        self.entry = FormEntry.new(self.definition, now=lambda: MOMENT, seed=seed, media=media, language=language)

    def answer(self, ref: str, value: str) -> Change:
        return self.entry.set_value(f"/data/{ref}", value)

    def add(self, ref: str) -> Change:
        return self.entry.add_repeat(f"/data/{ref}")

    def remove(self, ref: str) -> Change:
        return self.entry.remove_repeat(f"/data/{ref}")

    def value(self, ref: str) -> str:
        return self.entry.value(f"/data/{ref}")

    def values(self, *refs: str) -> list[str]:
        return [self.value(ref) for ref in refs]

    def node(self, ref: str) -> NodeView:
        return self.entry.node(f"/data/{ref}")

    def offered(self, ref: str) -> list[str]:
        return [choice.value for choice in self.node(ref).choices or ()]

    def count(self, ref: str) -> int:
        return len(self.entry.instances(f"/data/{ref}"))


def computed(expression: str, kind: str = "string", model: str = "", binds: str = "", extra: str = "") -> str:
    """What a calculate comes to."""
    story = Story(form(f"{model}<x/>", binds + bind("x", type=kind, calculate=expression), extra=extra))
    return story.value("x")
