"""How a record begins: new, as a saved draft, or as a submitted record to be changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from random import Random

from intake_app import safe_xml
from intake_app.errors import FormInvalid
from intake_app.safe_xml import local_name
from intake_app.xforms import actions
from intake_app.xforms.definition.model import FormDefinition, NodeDefinition
from intake_app.xforms.instance.build import from_template, from_xml
from intake_app.xforms.instance.external import load_list
from intake_app.xforms.instance.node import Node
from intake_app.xforms.live import Live

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """This computer's time, with its offset."""
    return datetime.now().astimezone()


def opened(
    definition: FormDefinition, media: Path | None, now: Clock | None, seed: int | None, language: str | None
) -> Live:
    """A live form without a record yet, its lists read from the media folder."""
    lists = dict(definition.lists)
    for external in definition.external:
        found = load_list(external, media)
        if found is not None:
            lists[external.instance_id] = found
    spoken = definition.language(language) if language else ""
    return Live(definition, lists, now or system_clock, Random(seed), spoken or definition.default_language)


def fill_new(live: Live) -> None:
    """Starting values, preloads, first-load actions, then everything that is computed."""
    definition = live.definition
    live.document.attach(from_template(definition.model, definition.template, live.zone()))
    actions.preload(live, live.root)
    actions.first_load(live)
    _compute_all(live)


def take_in(live: Live, xml: bytes) -> None:
    """Put a saved record in place. Raises FormInvalid for XML of another form, UnsafeXml for broken XML."""
    root = safe_xml.parse(xml)
    definition = live.definition
    if local_name(root) != definition.model.name or (root.get("id") or "") != definition.form_id:
        raise FormInvalid(problems=("other_form",), where=root.get("id") or local_name(root))
    live.document.attach(from_xml(definition.model, root, definition.template, live.zone()))
    if meta(live, "instanceID").text == "":
        actions.preload(live, meta(live, "instanceID"))


def deprecate(live: Live) -> None:
    """A new instanceID; the record's own becomes deprecatedID (OpenRosa metadata)."""
    current = meta(live, "instanceID")
    parent = current.parent
    assert parent is not None
    assert parent.definition is not None
    assert current.definition is not None
    if not parent.named("deprecatedID"):
        prefix = current.definition.qname.rpartition(":")[0]
        qname = f"{prefix}:deprecatedID" if prefix else "deprecatedID"
        parent.attach(Node("deprecatedID", NodeDefinition("deprecatedID", parent.definition, qname)))
    live.store_text(parent.named("deprecatedID")[0], current.text)
    live.store_text(current, actions.new_instance_id(live))


def start(live: Live) -> None:
    """Run what belongs to every load, then compute everything."""
    actions.load(live)
    _compute_all(live)


def _compute_all(live: Live) -> None:
    live.enqueue_below(live.root)
    live.settle()
    live.loading = False
    live.changed.clear()


def meta(live: Live, name: str) -> Node:
    """A node of the meta block."""
    return live.root.named("meta")[0].named(name)[0]
