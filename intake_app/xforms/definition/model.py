"""The shapes of a parsed form; nothing in here changes after parsing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from intake_app.xforms.definition.texts import Label, Texts
from intake_app.xforms.problems import Problem
from intake_app.xforms.xpath.compiler import Expression

if TYPE_CHECKING:
    from intake_app.xforms.dag import Graph
    from intake_app.xforms.instance.node import Node


@dataclass(frozen=True)
class BindDefinition:
    """What a bind says of a node: sources of its expressions, and its tags (our own attributes, by local name)."""

    ref: str
    type: str = "string"
    relevant: str | None = None
    required: str | None = None
    readonly: str | None = None
    constraint: str | None = None
    calculate: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    preload: str | None = None
    preload_params: str | None = None
    required_message: Label | None = None
    constraint_message: Label | None = None
    saveto: str | None = None


@dataclass(frozen=True)
class Items:
    """The choices of a select: a node-set with the value and label of each node, or items written out."""

    nodeset: Expression | None
    value: Expression | None
    value_name: str
    label: Label | None
    static: tuple[StaticItem, ...] = ()


@dataclass(frozen=True)
class StaticItem:
    """One choice written out in the body."""

    value: str
    label: Label | None


@dataclass(frozen=True)
class ControlDefinition:
    """A control of the body. `kind` is input, select1, select, rank, range, trigger, upload, group or repeat.

    `parameters` are its other attributes (start, end, step, mediatype, rows, …) by local name.
    """

    ref: str
    kind: str
    appearance: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    label: Label | None = None
    hint: Label | None = None
    items: Items | None = None


@dataclass(frozen=True)
class Action:
    """A setvalue: on these events the target gets the value. `trigger` is the ref whose change sets it off."""

    events: frozenset[str]
    target: str
    value: Expression | None
    literal: str
    trigger: str | None = None
    scope: str | None = None


@dataclass(frozen=True)
class Template:
    """Nodes as the form writes them: the start of every new record and of every new repeat instance."""

    name: str
    text: str
    attributes: Mapping[str, str]
    children: tuple[Template, ...]
    is_template: bool = False


class NodeDefinition:
    """A node of the model tree. Built while parsing and left alone afterwards; compared by identity.

    `chain` are the nodes from the root down to this one, `names` their names.
    """

    __slots__ = ("bind", "chain", "children", "name", "names", "parent", "qname", "ref", "repeat", "template")

    def __init__(self, name: str, parent: NodeDefinition | None, qname: str = "") -> None:
        self.name = name
        self.qname = qname or name
        self.parent = parent
        self.children: dict[str, NodeDefinition] = {}
        self.repeat = False
        self.ref: str = f"/{name}" if parent is None else f"{parent.ref}/{name}"
        self.chain: tuple[NodeDefinition, ...] = (self,) if parent is None else (*parent.chain, self)
        self.names: tuple[str, ...] = tuple(node.name for node in self.chain)
        self.bind = BindDefinition(self.ref)
        self.template: Template | None = None

    def __repr__(self) -> str:
        return f"NodeDefinition({self.ref})"

    @property
    def leaf(self) -> bool:
        """Whether it holds a value."""
        if not self.children:
            return not self.repeat
        return not self.repeat and all(child.attribute for child in self.children.values())

    @property
    def attribute(self) -> bool:
        """Whether it is an attribute of its parent that the form binds or sets (`@id` of an entity)."""
        return self.name.startswith("@")

    @property
    def kind(self) -> str:
        """`repeat`, `group` or `value`."""
        if self.repeat:
            return "repeat"
        return "value" if self.leaf else "group"


@dataclass(frozen=True)
class ExternalList:
    """A list that lies beside the form: instance id and its jr:// address."""

    instance_id: str
    address: str


@dataclass(frozen=True)
class EntityDefinition:
    """An entity the form may create or update: its node, its list, and which nodes (refs) go into which property."""

    ref: str
    dataset: str
    saves: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FormDefinition:
    """A whole form. `binds` and `controls` are by generic ref (without `[n]`), controls in body order.

    `warnings` are problems a form can be filled in with all the same, such as paths that lead nowhere.
    """

    form_id: str
    version: str
    title: str
    languages: tuple[str, ...]
    default_language: str
    root: str
    binds: Mapping[str, BindDefinition]
    controls: Mapping[str, ControlDefinition]
    repeats: tuple[str, ...]
    media: frozenset[str]
    warnings: tuple[Problem, ...]
    model: NodeDefinition
    nodes: Mapping[str, NodeDefinition]
    namespaces: Mapping[str, str]
    template: Template
    texts: Texts
    lists: Mapping[str, Node]
    external: tuple[ExternalList, ...]
    actions: tuple[Action, ...]
    counts: Mapping[str, Expression]
    graph: Graph
    entities: tuple[EntityDefinition, ...] = ()
    public_key: str = ""
    """`base64RsaPublicKey` of the submission element: records of this form leave locked; "" where they are open."""

    def language(self, code: str) -> str:
        """The form's own name of a language, given that name or its bare code; "" when it has no such language."""
        wanted = code.strip().lower()
        for name in self.languages:
            if wanted in (name.lower(), bare_code(name)):
                return name
        return ""


def bare_code(language: str) -> str:
    """`en` of `English (en)`; a name without brackets is its own code. Lower case."""
    head, found, tail = language.rpartition("(")
    return (tail.rstrip(") ") if found and head else language).strip().lower()
