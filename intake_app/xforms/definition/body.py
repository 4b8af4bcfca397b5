"""The body: controls, their choices and the actions inside them."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from intake_app.errors import ExpressionError
from intake_app.safe_xml import local_name
from intake_app.xforms.definition.binds import itext_id, normal_ref
from intake_app.xforms.definition.model import Action, ControlDefinition, Items, NodeDefinition, StaticItem
from intake_app.xforms.definition.names import attributes, child, children, event_names, jr
from intake_app.xforms.definition.texts import Label, read_text
from intake_app.xforms.problems import Problem
from intake_app.xforms.ranges import read_range
from intake_app.xforms.xpath.compiler import Expression, compile_expression
from intake_app.xforms.xpath.parser import local

_QUESTIONS = frozenset({"input", "select1", "select", "rank", "range", "trigger", "upload", "secret", "textarea"})
_KINDS = {"secret": "input", "textarea": "input"}
_ACTIONS = ("setvalue", "setgeopoint", "setaudio", "recordaudio")
KNOWN_EVENTS = frozenset(
    {"odk-instance-first-load", "odk-instance-load", "odk-new-repeat", "xforms-value-changed", "xforms-ready",
     "xforms-revalidate"}
)  # fmt: skip
_OWN_ATTRIBUTES = frozenset({"ref", "nodeset", "appearance", "bind"})


def repeat_refs(body: etree._Element | None) -> frozenset[str]:
    """Generic refs of every repeat of the body."""
    if body is None:
        return frozenset()
    return frozenset(
        normal_ref(element.get("nodeset") or element.get("ref") or "")
        for element in body.iter()
        if local_name(element) == "repeat"
    )


class BodyReader:
    """Reads the body in order. Problems are gathered, not raised."""

    def __init__(self, model: NodeDefinition, nodes: dict[str, NodeDefinition], problems: list[Problem]) -> None:
        self.model = model
        self.nodes = nodes
        self.problems = problems
        self.controls: dict[str, ControlDefinition] = {}
        self.actions: list[Action] = []
        self.counts: dict[str, Expression] = {}

    def read(self, parent: etree._Element | None, scope: str | None = None) -> None:
        """Take in everything below an element; `scope` is the repeat it stands in."""
        for element in () if parent is None else parent:
            name = local_name(element)
            if name == "group":
                self._group(element, scope)
            elif name == "repeat":
                self._repeat(element)
            elif name in _QUESTIONS:
                self._question(element, name, scope)
            elif name in _ACTIONS:
                self.action(element, None, scope)

    def _group(self, element: etree._Element, scope: str | None) -> None:
        ref = self._ref(element, required=False)
        repeat = child(element, "repeat")
        if repeat is not None:
            ref = self._ref(repeat) or ref
        if ref:
            control = self._control(element, ref, "repeat" if repeat is not None else "group")
            if repeat is not None:
                control = replace(control, parameters={**control.parameters, **_parameters(repeat)})
                control = replace(control, appearance=control.appearance or _tokens(repeat))
            self.controls[ref] = control
        self.read(element, scope)

    def _repeat(self, element: etree._Element) -> None:
        ref = self._ref(element)
        if not ref:
            return
        if ref not in self.controls:
            self.controls[ref] = self._control(element, ref, "repeat")
        count = jr(element, "count")
        if count and (expression := self.expression(count, self.nodes[ref], ref)) is not None:
            self.counts[ref] = expression
        self.read(element, ref)

    def _question(self, element: etree._Element, name: str, scope: str | None) -> None:
        ref = self._ref(element)
        if not ref:
            return
        control = self._control(element, ref, _KINDS.get(name, name))
        if name == "range" and read_range(control.parameters) is None:
            self.problems.append(Problem(ref, "bad_range"))
        self.controls[ref] = replace(control, items=self._items(element, self.nodes[ref]))
        for action in children(element, *_ACTIONS):
            self.action(action, ref, scope)

    def _control(self, element: etree._Element, ref: str, kind: str) -> ControlDefinition:
        node = self.nodes[ref]
        return ControlDefinition(
            ref=ref,
            kind=kind,
            appearance=_tokens(element),
            parameters=_parameters(element),
            label=self.label(child(element, "label"), node),
            hint=self.label(child(element, "hint"), node),
        )

    def _ref(self, element: etree._Element, required: bool = True) -> str:
        written = element.get("ref") or element.get("nodeset") or ""
        ref = normal_ref(written)
        if ref in self.nodes:
            return ref
        if required or ref:
            self.problems.append(Problem(written or local_name(element), "control_without_node"))
        return ""

    def label(self, element: etree._Element | None, node: NodeDefinition) -> Label | None:
        """A label or hint: from the form's texts, from an expression, or written in place."""
        if element is None:
            return None
        source = element.get("ref")
        if source:
            return self.label_source(source, node)
        text = read_text(element)
        return Label(inline=text) if text.parts else None

    def label_source(self, source: str, node: NodeDefinition | None) -> Label | None:
        """A label that is said by an expression."""
        text_id = itext_id(source)
        if text_id is not None:
            return Label(text_id=text_id)
        where = node.ref if node is not None else "itemset"
        inner = source.strip()
        if inner.startswith("jr:itext(") and inner.endswith(")"):
            expression = self.expression(inner[len("jr:itext(") : -1], node, where)
            return None if expression is None else Label(id_expression=expression)
        expression = self.expression(source, node, where)
        return None if expression is None else Label(value=expression)

    def expression(self, source: str, node: NodeDefinition | None, where: str) -> Expression | None:
        """Compile, or note the problem and return None."""
        try:
            return compile_expression(source, self.model, node)
        except ExpressionError as error:
            self.problems.append(Problem(where, error.code, error.params))
            return None

    def _items(self, element: etree._Element, node: NodeDefinition) -> Items | None:
        itemset = child(element, "itemset")
        items = tuple(
            StaticItem(_text_of(child(item, "value")), self.label(child(item, "label"), node))
            for item in children(element, "item")
        )
        if itemset is None:
            return Items(None, None, "", None, items) if items else None
        nodeset = self.expression(itemset.get("nodeset") or "", node, node.ref)
        if nodeset is None:
            return None
        inside = nodeset.places[0].node if nodeset.places else None
        value, label = child(itemset, "value"), child(itemset, "label")
        value_source = "." if value is None else value.get("ref") or "."
        return Items(
            nodeset=nodeset,
            value=self.expression(value_source, inside, node.ref),
            value_name=local(value_source.strip()),
            label=None if label is None else self.label_source(label.get("ref") or ".", inside),
            static=items,
        )

    def action(self, element: etree._Element, trigger: str | None, scope: str | None) -> None:
        """A setvalue. Unknown events and actions we cannot perform are problems."""
        ref = normal_ref(element.get("ref") or element.get("bind") or "")
        events = event_names(element)
        for event in sorted(events - KNOWN_EVENTS):
            self.problems.append(Problem(ref or local_name(element), "unknown_event", {"event": event}))
        if ref not in self.nodes:
            self.problems.append(Problem(ref or local_name(element), "action_without_node"))
            return
        if local_name(element) != "setvalue":
            # Places are typed in by hand and nothing is recorded here; the question itself stays (DAG.md 8).
            return
        source = element.get("value")
        expression = None if source is None else self.expression(source, self.nodes[ref], ref)
        self.actions.append(Action(events, ref, expression, (element.text or "").strip(), trigger, scope))


def _parameters(element: etree._Element) -> dict[str, str]:
    return {local(name): value for name, value in attributes(element).items() if name not in _OWN_ATTRIBUTES}


def _tokens(element: etree._Element) -> tuple[str, ...]:
    return tuple((element.get("appearance") or "").split())


def _text_of(element: etree._Element | None) -> str:
    return "" if element is None else (element.text or "").strip()
