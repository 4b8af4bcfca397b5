"""What the engine shows of a node, and what it reports of an event: plain values that never change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from intake_app.xforms.choices import choices_of, items_of
from intake_app.xforms.definition.lists import file_name
from intake_app.xforms.definition.model import NodeDefinition
from intake_app.xforms.definition.texts import Label
from intake_app.xforms.instance.node import Node, ref_of
from intake_app.xforms.render import text_of
from intake_app.xforms.xpath.values import Context, to_boolean

if TYPE_CHECKING:
    from intake_app.xforms.live import Live

REQUIRED, CONSTRAINT = "required", "constraint"


@dataclass(frozen=True)
class ChoiceView:
    """A choice. `image` is a file name of the form's media; `properties` are its other columns, in list order."""

    value: str
    label: str
    image: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class NodeView:
    """A node of the live tree, its texts in the current language.

    `ref` has `[n]` for every repeat instance, `generic_ref` has none. `kind` is group, repeat (one per
    instance) or value; `type` is the same for groups and repeats, and the bind's data type for values.
    `value` is None for groups and repeats; a node that is not relevant shows the value it keeps. `valid` is
    false while a relevant node is required and empty or breaks its constraint. `image` and `audio` are file
    names of the form's media. `control` is the kind of its body control, None when it has none.
    """

    ref: str
    generic_ref: str
    kind: str
    type: str
    relevant: bool
    readonly: bool
    required: bool
    value: str | None
    valid: bool
    label: str | None
    hint: str | None
    guidance: str | None
    image: str | None
    audio: str | None
    choices: tuple[ChoiceView, ...] | None
    control: str | None
    appearance: tuple[str, ...]
    tags: Mapping[str, str]


@dataclass(frozen=True)
class Violation:
    """An answer that cannot stand: `reason` is required or constraint; `message` is the form's, "" without one."""

    ref: str
    reason: str
    message: str


@dataclass(frozen=True)
class Change:
    """What an event did.

    `rejected` tells why an answer was not kept; `changed` are refs, as they are now, of nodes whose value,
    relevance, state or shown texts may have changed; `added` is the ref of a new repeat instance. `hidden` are
    answers that no longer count since this event: they are kept, and left out of the submission. `shown` are
    kept answers that count again.
    """

    event: Mapping[str, object]
    rejected: Violation | None = None
    changed: frozenset[str] = frozenset()
    added: str | None = None
    hidden: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()


def view(live: Live, node: Node) -> NodeView:
    """The node as it stands."""
    definition = node.definition
    assert definition is not None
    control = live.definition.controls.get(definition.ref)
    bind = definition.bind
    label = None if control is None else control.label
    return NodeView(
        ref=ref_of(node),
        generic_ref=definition.ref,
        kind=definition.kind,
        type=bind.type if definition.leaf else definition.kind,
        relevant=node.relevant,
        readonly=node.readonly,
        required=node.required,
        value=node.text if definition.leaf else None,
        valid=broken_rule(live, node) is None,
        label=text_of(live, label, node),
        hint=None if control is None else text_of(live, control.hint, node),
        guidance=None if control is None else text_of(live, control.hint, node, "guidance"),
        image=media_name(text_of(live, label, node, "image")),
        audio=media_name(text_of(live, label, node, "audio")),
        choices=choice_views(live, node),
        control=None if control is None else control.kind,
        appearance=() if control is None else control.appearance,
        tags=bind.tags,
    )


def media_name(address: str | None) -> str | None:
    """The file name in a jr:// address."""
    if not address:
        return None
    return (file_name(address) if "://" in address else address) or None


def choice_views(live: Live, node: Node) -> tuple[ChoiceView, ...] | None:
    """The choices as shown in the current language; None for a node without choices."""
    items = items_of(live, node)
    if items is None:
        return None
    found: list[ChoiceView] = []
    for choice in choices_of(live, node):
        properties = choice.properties(items)
        image = media_name(text_of(live, choice.label, node, "image", choice.item)) or media_name(
            properties.get("image")
        )
        label = text_of(live, choice.label, node, item=choice.item)
        found.append(ChoiceView(choice.value, label or choice.value, image, properties))
    return tuple(found)


def broken_rule(live: Live, node: Node) -> str | None:
    """`required` or `constraint` when the node's answer cannot stand; None when it can, or is not relevant."""
    definition = node.definition
    if definition is None or not node.relevant or not definition.leaf:
        return None
    if node.text == "":
        return REQUIRED if node.required else None
    return None if satisfies(live, node, definition) else CONSTRAINT


def satisfies(live: Live, node: Node, definition: NodeDefinition) -> bool:
    """Whether the node's value satisfies its constraint; the empty value always does."""
    constraint = live.definition.graph.constraints.get(definition.ref)
    return constraint is None or node.text == "" or to_boolean(constraint.evaluate(Context(node, live, node)))


def violation(live: Live, node: Node, reason: str) -> Violation:
    """The violation with the form's own message in the current language."""
    assert node.definition is not None
    return Violation(ref_of(node), reason, text_of(live, message_label(node.definition, reason), node) or "")


def message_label(definition: NodeDefinition, reason: str) -> Label | None:
    """The message the form has for a broken rule."""
    bind = definition.bind
    return bind.required_message if reason == REQUIRED else bind.constraint_message


def answers_that_became(live: Live, relevant: bool, added: Node | None) -> frozenset[str]:
    """Questions whose kept answer became relevant, or stopped being so, since the last event."""
    if not live.flipped:
        return frozenset()
    new = set() if added is None else set(added.walk())
    return frozenset(
        ref_of(node)
        for node, before in live.flipped.items()
        if node.relevant is relevant
        and before is not relevant
        and node.text != ""
        and node not in new
        and node.definition is not None
        and node.definition.ref in live.definition.controls
        and live.holds(node)
    )


def violations(live: Live) -> Iterator[Violation]:
    """Every relevant answer that cannot stand, in document order."""
    for node in live.root.walk():
        reason = broken_rule(live, node)
        if reason is not None:
            yield violation(live, node, reason)
