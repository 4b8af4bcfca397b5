"""How a record begins: new, as a saved draft, or as a submitted record to be changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from random import Random

from lxml import etree

from intake_app import safe_xml
from intake_app.errors import FormInvalid
from intake_app.safe_xml import local_name
from intake_app.xforms import actions, choices
from intake_app.xforms.definition.lists import document_of, file_name
from intake_app.xforms.definition.model import ExternalList, FormDefinition, NodeDefinition, Template
from intake_app.xforms.fitting import CHOICE, Fit, Fitting, Lost
from intake_app.xforms.instance.build import child_template, from_template, from_xml
from intake_app.xforms.instance.external import csv_list, is_last_saved, load_list
from intake_app.xforms.instance.node import Node, descend, ref_of
from intake_app.xforms.limits import refuse_large_xml
from intake_app.xforms.live import Live
from intake_app.xforms.ports import Ports
from intake_app.xforms.repeats import place_for

Clock = Callable[[], datetime]
_DEPRECATED = "/meta/deprecatedID"


def system_clock() -> datetime:
    """This computer's time, with its offset."""
    return datetime.now().astimezone()


def opened(
    definition: FormDefinition,
    media: Path | None,
    now: Clock | None,
    seed: int | None,
    language: str | None,
    ports: Ports | None = None,
) -> Live:
    """A live form without a record yet, its lists read from the media folder."""
    lists = dict(definition.lists)
    for external in definition.external:
        found = _last_saved(definition, ports) if is_last_saved(external) else _list_of(external, media, ports)
        if found is not None:
            lists[external.instance_id] = found
    spoken = definition.language(language) if language else ""
    return Live(definition, lists, now or system_clock, Random(seed), spoken or definition.default_language, ports)


def _list_of(external: ExternalList, media: Path | None, ports: Ports | None) -> Node | None:
    """A list that the app gives by the name of its file, else the one in the media folder."""
    name = file_name(external.address)
    given = ports.lists.get(name) if ports is not None and name else None
    return csv_list(given, name) if given is not None else load_list(external, media)


def _last_saved(definition: FormDefinition, ports: Ports | None) -> Node | None:
    """The record saved before this one, as a list of one; None when there is none, or it is of another form."""
    data = ports.last_saved() if ports is not None and ports.last_saved is not None else None
    if data is None:
        return None
    refuse_large_xml(data, "last-saved")
    root = safe_xml.parse(data)
    return document_of([root]) if (root.get("id") or "") == definition.form_id else None


def fill_new(live: Live) -> None:
    """Starting values, preloads, first-load actions, then everything that is computed."""
    definition = live.definition
    live.document.attach(from_template(definition.model, definition.template, live.zone))
    live.loading = False
    actions.preload(live, live.root)
    actions.first_load(live)
    _compute_all(live)


def take_in(live: Live, xml: bytes) -> Fit:
    """Put a saved record in place, and tell what became of one made with another version.

    Raises FormInvalid for XML of another form, UnsafeXml for broken XML.
    """
    refuse_large_xml(xml, "record")
    root = safe_xml.parse(xml)
    definition = live.definition
    if local_name(root) != definition.model.name or (root.get("id") or "") != definition.form_id:
        raise FormInvalid(problems=("other_form",), where=root.get("id") or local_name(root))
    fitting = Fitting(definition, root)
    fit = fitting.run()
    live.document.attach(from_xml(definition.model, root, definition.template, live.zone))
    if meta(live, "instanceID").text == "":
        actions.preload(live, meta(live, "instanceID"))
    for ref in fitting.new_repeats:
        _begin_repeat(live, definition.nodes[ref])
    fit = fitting.settled(fit)
    if replaced := _replaced(root):
        _name_replaced(live, replaced)
        fit = replace(fit, lost=tuple(lost for lost in fit.lost if not lost.ref.endswith(_DEPRECATED)))
    return fit


def _replaced(root: etree._Element) -> str:
    """The record that a saved one replaces: a draft of an edit goes on as one."""
    metas = [child for child in root if local_name(child) == "meta"]
    found = (child.text for meta in metas for child in meta if local_name(child) == "deprecatedID")
    return next((text.strip() for text in found if text), "")


def _begin_repeat(live: Live, definition: NodeDefinition) -> None:
    """Give a repeat that the record's own version did not have the instances the form writes out."""
    assert definition.parent is not None
    template: Template | None = live.definition.template
    for step in definition.parent.chain[1:]:
        template = child_template(step, template)
    written = () if template is None else template.children
    starts = [child for child in written if child.name == definition.name and not child.is_template]
    for parent in descend(live.document, definition.parent.names):
        if not parent.named(definition.name):
            for start in starts:
                parent.attach(from_template(definition, start, live.zone), place_for(parent, definition))


def drop_gone_choices(live: Live, fit: Fit) -> Fit:
    """Take out answers that this version of the form no longer offers, and add them to the report."""
    dropped: list[Lost] = []
    for node in [node for node in live.root.walk() if node.definition is not None and node.text != ""]:
        before = node.text
        choices.drop_missing(live, node)
        if node.text != before:
            kept = set(node.text.split())
            gone = " ".join(value for value in before.split() if value not in kept)
            dropped.append(Lost(ref_of(node), CHOICE, gone))
    live.settle()
    live.changed.clear()
    live.flipped.clear()
    return replace(fit, lost=(*fit.lost, *dropped))


def deprecate(live: Live) -> None:
    """A new instanceID; the record's own becomes deprecatedID (OpenRosa metadata)."""
    current = meta(live, "instanceID")
    _name_replaced(live, current.text)
    live.store_text(current, actions.new_instance_id(live))


def _name_replaced(live: Live, instance_id: str) -> None:
    """Write deprecatedID into the meta block, which the form itself need not have."""
    current = meta(live, "instanceID")
    parent = current.parent
    assert parent is not None
    assert parent.definition is not None
    assert current.definition is not None
    if not parent.named("deprecatedID"):
        prefix = current.definition.qname.rpartition(":")[0]
        qname = f"{prefix}:deprecatedID" if prefix else "deprecatedID"
        parent.attach(Node("deprecatedID", NodeDefinition("deprecatedID", parent.definition, qname)))
    live.store_text(parent.named("deprecatedID")[0], instance_id)


def start(live: Live) -> None:
    """Run what belongs to every load, then compute everything."""
    actions.load(live)
    _compute_all(live)


def _compute_all(live: Live) -> None:
    live.enqueue_below(live.root)
    live.settle()
    live.loading = False
    live.changed.clear()
    live.flipped.clear()


def meta(live: Live, name: str) -> Node:
    """A node of the meta block."""
    return live.root.named("meta")[0].named(name)[0]
