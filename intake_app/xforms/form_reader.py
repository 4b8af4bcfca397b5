"""Looking at a form that is being filled in, in any of its languages, without changing it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from intake_app.xforms import entities, views
from intake_app.xforms.definition.model import ControlDefinition, FormDefinition
from intake_app.xforms.entities import EntityChange
from intake_app.xforms.fitting import Fit
from intake_app.xforms.instance.node import Node, ref_of
from intake_app.xforms.live import Live
from intake_app.xforms.opening import meta
from intake_app.xforms.refs import find, find_family
from intake_app.xforms.render import text_of
from intake_app.xforms.serialize import savepoint
from intake_app.xforms.views import ChoiceView, NodeView, Violation


class FormReader:
    """What can be read of a form that is being filled in."""

    def __init__(self, definition: FormDefinition, live: Live, fit: Fit | None = None) -> None:
        self.definition = definition
        self.live = live
        self.fit = fit or Fit()
        """What became of a record made with another version of the form; nothing for a new record."""
        self.revision = 0
        """Another number after every event: what was made of the form stays right as long as this stays the same."""
        self._found: dict[str, Node] = {}
        self._views: dict[tuple[str, str], NodeView] = {}

    def moved(self) -> None:
        """Something may have changed: nothing that was remembered of the tree is right any more."""
        self.revision += 1
        self._found.clear()
        self._views.clear()

    def _find(self, ref: str) -> Node:
        node = self._found.get(ref)
        if node is None:
            node = self._found[ref] = find(self.live.document, ref)
        return node

    @property
    def instance_id(self) -> str:
        """The record's `uuid:…` identifier."""
        return meta(self.live, "instanceID").text

    @property
    def language(self) -> str:
        """The current language, by the form's own name."""
        return self.live.language

    def node(self, ref: str) -> NodeView:
        """The node of an exact ref. Raises EventRefused when there is none."""
        key = (ref, self.live.language)
        view = self._views.get(key)
        if view is None:
            view = self._views[key] = views.view(self.live, self._find(ref))
        return view

    def nodes(self) -> Iterator[NodeView]:
        """Every group, repeat instance and leaf in document order, the root itself left out."""
        for node in self.live.root.walk():
            if node is not self.live.root and not node.name.startswith("@"):
                yield views.view(self.live, node)

    def value(self, ref: str) -> str:
        """The stored text of a node, also when it is not relevant. Raises EventRefused."""
        return self._find(ref).text

    def is_relevant(self, ref: str) -> bool:
        """Whether a node counts now, without the cost of its whole view. Raises EventRefused."""
        return self._find(ref).relevant

    def is_required(self, ref: str) -> bool:
        """Whether a node must be answered now, likewise."""
        return self._find(ref).required

    def answer(self, ref: str) -> str:
        """The stored text of a node that is relevant, else "", likewise."""
        node = self._find(ref)
        return node.text if node.relevant else ""

    def takes_answer(self, ref: str) -> bool:
        """Whether a person can answer this node now: a relevant question that is not computed or readonly, likewise."""
        node, control = self._with_control(ref)
        definition = node.definition
        assert definition is not None
        asks = control is not None and definition.leaf and definition.bind.calculate is None
        return asks and "host" not in definition.bind.tags and node.relevant and not node.readonly

    def set_aside(self) -> tuple[str, ...]:
        """Refs of answers that are kept but do not count, since their question is not relevant, in document order."""
        controls = self.definition.controls
        return tuple(
            ref_of(node)
            for node in self.live.root.walk()
            if node.text != "" and not node.relevant and node.definition and node.definition.ref in controls
        )

    def tags(self, ref: str) -> Mapping[str, str]:
        """Our own attributes on the bind of a node, likewise."""
        definition = self._find(ref).definition
        assert definition is not None
        return definition.bind.tags

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
        node = self._find(ref)
        with self.live.in_language(self._spoken(language)):
            return views.choice_views(self.live, node)

    def message(self, ref: str, language: str, reason: str = views.CONSTRAINT) -> str | None:
        """The form's message for a broken rule (`constraint` or `required`), likewise."""
        node = self._find(ref)
        assert node.definition is not None
        with self.live.in_language(self._spoken(language)):
            return text_of(self.live, views.message_label(node.definition, reason), node)

    def _with_control(self, ref: str) -> tuple[Node, ControlDefinition | None]:
        node = self._find(ref)
        assert node.definition is not None
        return node, self.definition.controls.get(node.definition.ref)

    def _spoken(self, language: str) -> str:
        return self.definition.language(language) or self.definition.default_language

    def entities(self) -> tuple[EntityChange, ...]:
        """What the record as it stands creates and updates in shared lists."""
        return entities.changes(self.live)

    def violations(self) -> tuple[Violation, ...]:
        """Every relevant answer that is required and empty or breaks its constraint, in document order."""
        return tuple(views.violations(self.live))

    def savepoint(self, leave_empty: Collection[str] = ()) -> bytes:
        """The whole instance, kept answers of nodes that are not relevant included, for `restore`.

        Leaves whose generic ref is in `leave_empty` are written without their value.
        """
        return savepoint(self, leave_empty)
