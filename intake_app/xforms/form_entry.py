"""Filling in a form: the one object that takes answers and tells what follows from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from random import Random

from intake_app import safe_xml
from intake_app.errors import EventRefused, FormInvalid
from intake_app.safe_xml import local_name
from intake_app.xforms import actions, hosts, repeats, views
from intake_app.xforms.definition.model import ControlDefinition, FormDefinition, NodeDefinition
from intake_app.xforms.instance.build import from_template, from_xml
from intake_app.xforms.instance.datatypes import accepts, canonical, put
from intake_app.xforms.instance.external import load_list
from intake_app.xforms.instance.node import Node, ref_of
from intake_app.xforms.live import Live
from intake_app.xforms.refs import find, find_family
from intake_app.xforms.render import text_of
from intake_app.xforms.serialize import savepoint
from intake_app.xforms.views import Change, ChoiceView, NodeView, Violation

Clock = Callable[[], datetime]
Rows = Sequence[Mapping[str, str]]


def system_clock() -> datetime:
    """This computer's time, with its offset."""
    return datetime.now().astimezone()


class FormEntry:
    """A form being filled in. Make one with `new`, `restore` or `edit`.

    Events are refused with EventRefused when aimed at a node that takes none; a value that breaks its
    constraint or type is not kept and comes back as `Change.rejected`.
    """

    def __init__(self, definition: FormDefinition, live: Live) -> None:
        self.definition = definition
        self.live = live

    @classmethod
    def new(
        cls,
        definition: FormDefinition,
        *,
        media: Path | None = None,
        now: Clock | None = None,
        seed: int | None = None,
        language: str | None = None,
    ) -> FormEntry:
        """A new record: starting values, preloads, first-load actions, then everything that is computed.

        `media` is the folder with the form's lists; `now` must give moments with an offset; `seed` fixes
        identifiers and random numbers; `language` is a name or code of the form, else its default.
        """
        entry = cls._made(definition, media, now, seed, language)
        live = entry.live
        live.document.attach(from_template(definition.model, definition.template, live.zone()))
        actions.preload(live, live.root)
        actions.first_load(live)
        entry._start()
        return entry

    @classmethod
    def restore(
        cls,
        definition: FormDefinition,
        savepoint: bytes,
        *,
        media: Path | None = None,
        now: Clock | None = None,
        seed: int | None = None,
        language: str | None = None,
    ) -> FormEntry:
        """A draft as it was when saved, its identity unchanged. Raises FormInvalid for XML of another form."""
        entry = cls._made(definition, media, now, seed, language)
        entry._take_in(savepoint)
        actions.load(entry.live)
        entry._start()
        return entry

    @classmethod
    def edit(
        cls,
        definition: FormDefinition,
        submission: bytes,
        *,
        media: Path | None = None,
        now: Clock | None = None,
        seed: int | None = None,
        language: str | None = None,
    ) -> FormEntry:
        """A submitted record to be changed: a new instanceID, the old one as deprecatedID.

        Nodes the submission left out come back with their starting value. First-load actions and preloads
        do not run again. Raises FormInvalid for XML of another form.
        """
        entry = cls._made(definition, media, now, seed, language)
        entry._take_in(submission)
        entry._deprecate()
        actions.load(entry.live)
        entry._start()
        return entry

    @classmethod
    def _made(
        cls,
        definition: FormDefinition,
        media: Path | None,
        now: Clock | None,
        seed: int | None,
        language: str | None,
    ) -> FormEntry:
        lists = dict(definition.lists)
        for external in definition.external:
            found = load_list(external, media)
            if found is not None:
                lists[external.instance_id] = found
        spoken = definition.language(language) if language else ""
        random = Random(seed)
        live = Live(definition, lists, now or system_clock, random, spoken or definition.default_language)
        return cls(definition, live)

    def _take_in(self, xml: bytes) -> None:
        root = safe_xml.parse(xml)
        definition = self.definition
        if local_name(root) != definition.model.name or (root.get("id") or "") != definition.form_id:
            raise FormInvalid(problems=("other_form",), where=root.get("id") or local_name(root))
        live = self.live
        live.document.attach(from_xml(definition.model, root, definition.template, live.zone()))
        if self._meta("instanceID").text == "":
            actions.preload(live, self._meta("instanceID"))

    def _deprecate(self) -> None:
        current = self._meta("instanceID")
        parent = current.parent
        assert parent is not None
        assert parent.definition is not None
        assert current.definition is not None
        if not parent.named("deprecatedID"):
            prefix = current.definition.qname.rpartition(":")[0]
            qname = f"{prefix}:deprecatedID" if prefix else "deprecatedID"
            parent.attach(Node("deprecatedID", NodeDefinition("deprecatedID", parent.definition, qname)))
        self.live.store_text(parent.named("deprecatedID")[0], current.text)
        self.live.store_text(current, actions.new_instance_id(self.live))

    def _start(self) -> None:
        live = self.live
        live.enqueue_below(live.root)
        live.settle()
        live.loading = False
        live.changed.clear()

    def _meta(self, name: str) -> Node:
        return self.live.root.named("meta")[0].named(name)[0]

    @property
    def instance_id(self) -> str:
        """The record's `uuid:…` identifier."""
        return self._meta("instanceID").text

    @property
    def language(self) -> str:
        """The current language, by the form's own name."""
        return self.live.language

    def apply(self, event: Mapping[str, object]) -> Change:
        """Take one event of the shapes a journal holds:

        `{"set": ref, "value": text}`, `{"add_repeat": ref}`, `{"remove_repeat": ref}`, `{"language": code}`,
        `{"host": name, "value": text}` or `{"host": name, "rows": [...]}` with `"within": ref` where the host
        node stands in a repeat. Raises EventRefused.
        """
        match event:
            case {"set": str(ref), "value": str(value)}:
                return self.set_value(ref, value)
            case {"add_repeat": str(ref)}:
                return self.add_repeat(ref)
            case {"remove_repeat": str(ref)}:
                return self.remove_repeat(ref)
            case {"language": str(code)}:
                return self.set_language(code)
            case {"host": str(name), "rows": list() | tuple() as rows}:
                return self.set_host(name, _rows(name, rows), _within(event))
            case {"host": str(name), "value": str(value)}:
                return self.set_host(name, value, _within(event))
            case _:
                raise EventRefused(reason="unknown_event", keys=" ".join(sorted(map(str, event))))

    def set_value(self, ref: str, value: str) -> Change:
        """Answer a question; "" clears it. Raises EventRefused for readonly, calculated, host and unknown refs."""
        node = find(self.live.document, ref)
        definition = self._answerable(node, ref)
        event: dict[str, object] = {"set": ref, "value": value}
        kept = self._cleaned(definition, value)
        if not accepts(definition.bind.type, kept):
            return Change(event, rejected=views.violation(self.live, node, views.CONSTRAINT))
        kept = canonical(definition.bind.type, kept)
        if kept != "" and not self._would_satisfy(node, definition, kept):
            return Change(event, rejected=views.violation(self.live, node, views.CONSTRAINT))
        self.live.store_text(node, kept)
        if definition.ref in self.definition.graph.choices:
            self.live.stale_choices[node] = None
        return self._settled(event)

    def _answerable(self, node: Node, ref: str) -> NodeDefinition:
        definition = node.definition
        assert definition is not None
        reason = None
        if not definition.leaf:
            reason = "not_a_question"
        elif definition.bind.calculate is not None:
            reason = "calculated"
        elif hosts.HOST in definition.bind.tags:
            reason = "host"
        elif node.readonly:
            reason = "readonly"
        if reason is not None:
            raise EventRefused(ref=ref, reason=reason)
        return definition

    def _cleaned(self, definition: NodeDefinition, value: str) -> str:
        control = self.definition.controls.get(definition.ref)
        if control is not None and control.kind in ("select", "rank"):
            return " ".join(value.split())
        if definition.bind.type != "string" or (control is not None and control.kind == "select1"):
            return value.strip()
        return value

    def _would_satisfy(self, node: Node, definition: NodeDefinition, value: str) -> bool:
        before = node.text, node.typed
        relevant, node.relevant = node.relevant, True
        try:
            put(node, value, self.live.zone())
            return views.satisfies(self.live, node, definition)
        finally:
            node.text, node.typed = before
            node.relevant = relevant

    def add_repeat(self, ref: str) -> Change:
        """Add a last instance; `ref` is the repeat's, without its last `[n]`. Raises EventRefused."""
        parent, name = find_family(self.live.document, ref)
        definition = self._repeat(parent, name, ref)
        instance = repeats.add(self.live, parent, definition)
        return self._settled({"add_repeat": ref}, instance)

    def remove_repeat(self, ref: str) -> Change:
        """Remove one instance, named with its `[n]`; those after it move up. Raises EventRefused."""
        instance = find(self.live.document, ref)
        parent = instance.parent
        assert parent is not None
        self._repeat(parent, instance.name, ref)
        repeats.remove(self.live, instance)
        return self._settled({"remove_repeat": ref})

    def _repeat(self, parent: Node, name: str, ref: str) -> NodeDefinition:
        assert parent.definition is not None
        definition = parent.definition.children.get(name)
        if definition is None or not definition.repeat:
            raise EventRefused(ref=ref, reason="not_a_repeat")
        control = self.definition.controls.get(definition.ref)
        fixed = control is not None and control.parameters.get("noAddRemove", "").strip() == "true()"
        if definition.ref in self.definition.counts or fixed:
            raise EventRefused(ref=ref, reason="count_controlled")
        if hosts.HOST in definition.bind.tags:
            raise EventRefused(ref=ref, reason="host")
        return definition

    def set_language(self, code: str) -> Change:
        """Switch to another language of the form, by its name or bare code. Raises EventRefused."""
        name = self.definition.language(code)
        if not name:
            raise EventRefused(reason="unknown_language", language=code)
        live = self.live
        live.language = name
        graph = self.definition.graph
        for node in live.root.walk():
            live.changed[node] = None
            if node.definition is not None:
                for order in set(graph.at.get(node.definition.ref, ())) & set(graph.language_bound):
                    live.enqueue(order, (node,))
        return self._settled({"language": code})

    def set_host(self, name: str, value: str | Rows, within: str | None = None) -> Change:
        """Write a host node: a text, or the rows of a list, each a mapping of host column to text.

        `within` is the ref of the repeat instance that the host node stands in. Raises EventRefused.
        """
        inside = None if within is None else find(self.live.document, within)
        definition, parents = hosts.host_parents(self.live, name, inside)
        event: dict[str, object] = {"host": name}
        if isinstance(value, str):
            event["value"] = value
            hosts.set_value(self.live, definition, parents, value)
        else:
            event["rows"] = [dict(row) for row in value]
            hosts.set_rows(self.live, definition, parents, value)
        if within is not None:
            event["within"] = within
        return self._settled(event)

    def _settled(self, event: Mapping[str, object], added: Node | None = None) -> Change:
        live = self.live
        live.settle()
        refs = frozenset(ref_of(node) for node in live.changed if live.holds(node))
        live.changed.clear()
        return Change(event, changed=refs, added=None if added is None else ref_of(added))

    def node(self, ref: str) -> NodeView:
        """The node of an exact ref. Raises EventRefused when there is none."""
        return views.view(self.live, find(self.live.document, ref))

    def nodes(self) -> Iterator[NodeView]:
        """Every group, repeat instance and leaf in document order, the root itself left out."""
        for node in self.live.root.walk():
            if node is not self.live.root:
                yield views.view(self.live, node)

    def value(self, ref: str) -> str:
        """The stored text of a node, also when it is not relevant. Raises EventRefused."""
        return find(self.live.document, ref).text

    def instances(self, repeat_ref: str) -> tuple[str, ...]:
        """The refs of a repeat's live instances, in order. Raises EventRefused."""
        parent, name = find_family(self.live.document, repeat_ref)
        return tuple(ref_of(node) for node in parent.named(name))

    def label(self, ref: str, language: str) -> str | None:
        """The label in any language of the form, without switching. Raises EventRefused."""
        node, control = self._with_control(ref)
        with self.live.in_language(self._spoken(language)):
            return None if control is None else text_of(self.live, control.label, node)

    def hint(self, ref: str, language: str) -> str | None:
        """The hint, likewise."""
        node, control = self._with_control(ref)
        with self.live.in_language(self._spoken(language)):
            return None if control is None else text_of(self.live, control.hint, node)

    def guidance(self, ref: str, language: str) -> str | None:
        """The guidance for the interviewer, likewise."""
        node, control = self._with_control(ref)
        with self.live.in_language(self._spoken(language)):
            return None if control is None else text_of(self.live, control.hint, node, "guidance")

    def choices(self, ref: str, language: str) -> tuple[ChoiceView, ...] | None:
        """The choices, likewise; None for a node without choices."""
        node = find(self.live.document, ref)
        with self.live.in_language(self._spoken(language)):
            return views.choice_views(self.live, node)

    def message(self, ref: str, language: str, reason: str = views.CONSTRAINT) -> str | None:
        """The form's message for a broken rule (`constraint` or `required`), likewise."""
        node = find(self.live.document, ref)
        assert node.definition is not None
        with self.live.in_language(self._spoken(language)):
            return text_of(self.live, views.message_label(node.definition, reason), node)

    def _with_control(self, ref: str) -> tuple[Node, ControlDefinition | None]:
        node = find(self.live.document, ref)
        assert node.definition is not None
        return node, self.definition.controls.get(node.definition.ref)

    def _spoken(self, language: str) -> str:
        return self.definition.language(language) or self.definition.default_language

    def violations(self) -> tuple[Violation, ...]:
        """Every relevant answer that is required and empty or breaks its constraint, in document order."""
        return tuple(views.violations(self.live))

    def finalize(self) -> tuple[Violation, ...]:
        """The violations; when there are none, end timestamps are set and the record is ready to be serialized."""
        found = self.violations()
        if not found:
            actions.stamp_end(self.live)
            self._settled({"finalize": True})
        return found

    def savepoint(self) -> bytes:
        """The whole instance, kept answers of nodes that are not relevant included, for `restore`."""
        return savepoint(self)


def _rows(name: str, rows: Sequence[object]) -> Rows:
    found: list[Mapping[str, str]] = []
    for row in rows:
        if not isinstance(row, Mapping) or not all(isinstance(value, str) for value in row.values()):
            raise EventRefused(name=name, reason="bad_row")
        found.append({str(column): value for column, value in row.items()})
    return found


def _within(event: Mapping[str, object]) -> str | None:
    within = event.get("within")
    return within if isinstance(within, str) else None
