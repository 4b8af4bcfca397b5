"""Filling in a form: the one object that takes answers and tells what follows from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from intake_app.errors import EventRefused
from intake_app.xforms import actions, hosts, opening, repeats, views
from intake_app.xforms.definition.model import FormDefinition, NodeDefinition
from intake_app.xforms.form_reader import FormReader
from intake_app.xforms.instance.datatypes import accepts, canonical, put
from intake_app.xforms.instance.files import bare_name, free_name
from intake_app.xforms.instance.node import Node, held_ref, ref_of
from intake_app.xforms.live import Live
from intake_app.xforms.ports import Ports
from intake_app.xforms.ranges import read_range
from intake_app.xforms.refs import find, find_family
from intake_app.xforms.views import Change, Violation

Rows = Sequence[Mapping[str, str]]
_FREE = ("string", "barcode", "binary", "intent")
"""Types whose text is kept with the space around it."""


class FormEntry(FormReader):
    """A form being filled in. Make one with `new`, `restore` or `edit`.

    Events are refused with EventRefused when aimed at a node that takes none; a value that breaks its
    constraint or type is not kept and comes back as `Change.rejected`.
    """

    @classmethod
    def new(
        cls,
        definition: FormDefinition,
        *,
        media: Path | None = None,
        now: opening.Clock | None = None,
        seed: int | None = None,
        language: str | None = None,
        ports: Ports | None = None,
    ) -> FormEntry:
        """A new record: starting values, preloads, first-load actions, then everything that is computed.

        `media` is the folder with the form's lists; `now` must give moments with an offset; `seed` fixes
        identifiers and random numbers; `language` is a name or code of the form, else its default; `ports` are the
        means the app gives the form. Raises LimitExceeded for a form or list too large to run, VerifierMissing.
        """
        live = opening.opened(definition, media, now, seed, language, ports)
        opening.fill_new(live)
        return cls(definition, live)

    @classmethod
    def restore(
        cls,
        definition: FormDefinition,
        savepoint: bytes,
        *,
        media: Path | None = None,
        now: opening.Clock | None = None,
        seed: int | None = None,
        language: str | None = None,
        ports: Ports | None = None,
    ) -> FormEntry:
        """A draft as it was when saved, its identity unchanged. Raises FormInvalid for XML of another form.

        A draft made with another version of the form keeps all that still fits; `fit` tells what was added, moved
        and lost. Its journal must have been played on its own version before it was saved.
        """
        live = opening.opened(definition, media, now, seed, language, ports)
        fit = opening.take_in(live, savepoint)
        opening.start(live)
        if fit.made_with != definition.version:
            fit = opening.drop_gone_choices(live, fit)
        return cls(definition, live, fit)

    @classmethod
    def edit(
        cls,
        definition: FormDefinition,
        submission: bytes,
        *,
        media: Path | None = None,
        now: opening.Clock | None = None,
        seed: int | None = None,
        language: str | None = None,
        ports: Ports | None = None,
    ) -> FormEntry:
        """A submitted record to be changed: a new instanceID, the old one as deprecatedID.

        Nodes the submission left out come back with their starting value. First-load actions and preloads
        do not run again. Raises FormInvalid for XML of another form.
        """
        live = opening.opened(definition, media, now, seed, language, ports)
        fit = opening.take_in(live, submission)
        opening.deprecate(live)
        opening.start(live)
        return cls(definition, live, fit)

    def return_to(self, savepoint: bytes) -> None:
        """Stand again as at a savepoint of this same entry: the way back when an answer could not be kept.

        The language, the clock and the lists stay as they are now.
        """
        now = self.live
        live = Live(self.definition, now.instances, now.now, now.random, now.language, now.ports)
        opening.take_in(live, savepoint)
        opening.start(live)
        self.live = live
        self.moved()

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
        if not accepts(definition.bind.type, kept) or not self._on_the_scale(definition, kept):
            return Change(event, rejected=views.violation(self.live, node, views.CONSTRAINT))
        kept = canonical(definition.bind.type, kept)
        if kept != "" and not self._would_satisfy(node, definition, kept):
            return Change(event, rejected=views.violation(self.live, node, views.CONSTRAINT))
        self.live.store_text(node, kept)
        if definition.ref in self.definition.graph.choices:
            self.live.stale_choices[node] = None
        return self._settled(event)

    def attach(self, ref: str, name: str, content: bytes) -> Change:
        """Answer an upload question with a file: the port keeps the bytes, the record holds only the file's name.

        `name` is what the file was called; the folder it came from is left out, and a name that another question
        holds already is numbered. Raises EventRefused for a question that takes no file or when there is no port.
        """
        node = find(self.live.document, ref)
        definition = self._answerable(node, ref)
        control = self.definition.controls.get(definition.ref)
        keep = self.live.ports.keep_file
        if control is None or control.kind != "upload" or keep is None:
            raise EventRefused(ref=ref, reason="takes_no_file")
        taken = {one.text for one in self.live.root.walk() if one is not node}
        return self.set_value(ref, bare_name(keep(free_name(name, taken), content)))

    def _on_the_scale(self, definition: NodeDefinition, value: str) -> bool:
        control = self.definition.controls.get(definition.ref)
        if value == "" or control is None or control.kind != "range":
            return True
        scale = read_range(control.parameters)
        return scale is None or scale.holds(value)

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
        if definition.bind.type not in _FREE or (control is not None and control.kind == "select1"):
            return value.strip()
        return value

    def _would_satisfy(self, node: Node, definition: NodeDefinition, value: str) -> bool:
        if definition.ref not in self.definition.graph.constraints:
            return True
        before = node.text, node.typed
        relevant, node.relevant = node.relevant, True
        try:
            put(node, value, self.live.zone)
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
        definition = None if parent.definition is None else parent.definition.children.get(name)
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
        self.moved()
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
        self.moved()
        live.settle()
        document = live.document
        refs = frozenset([ref for node in live.changed if (ref := held_ref(node, document))])
        hidden = shown = frozenset[str]()
        if live.flipped:
            hidden, shown = (views.answers_that_became(live, relevant, added) for relevant in (False, True))
            live.flipped.clear()
        live.changed.clear()
        return Change(event, None, refs, None if added is None else ref_of(added), hidden, shown)

    def finalize(self) -> tuple[Violation, ...]:
        """The violations; when there are none, end timestamps are set and the record is ready to be serialized."""
        found = self.violations()
        if not found:
            actions.stamp_end(self.live)
            self._settled({"finalize": True})
        return found


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
