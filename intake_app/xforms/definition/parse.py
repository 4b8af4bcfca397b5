"""From the XML of a form to its definition, gathering every problem before refusing."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from lxml import etree

from intake_app import safe_xml
from intake_app.errors import ExpressionError, FormInvalid
from intake_app.xforms.dag import (
    CALCULATE,
    CONSTRAINT,
    READONLY,
    RELEVANT,
    REQUIRED,
    Graph,
    Trigger,
    build_graph,
    find_cycles,
)
from intake_app.xforms.definition.binds import normal_ref, read_binds
from intake_app.xforms.definition.body import BodyReader, repeat_refs
from intake_app.xforms.definition.followers import follower_triggers
from intake_app.xforms.definition.lists import read_lists
from intake_app.xforms.definition.model import BindDefinition, ExternalList, FormDefinition, NodeDefinition
from intake_app.xforms.definition.names import XFORMS, child, children
from intake_app.xforms.definition.texts import Text, Texts, read_text
from intake_app.xforms.definition.tree import OPENROSA_PREFIX, define_attributes, ensure_instance_id, read_tree, walk
from intake_app.xforms.problems import Problem
from intake_app.xforms.xpath.compiler import Expression, compile_expression

_ACTION_NAMES = ("setvalue", "setgeopoint")


def parse_form(xml: bytes) -> FormDefinition:
    """Read a form. Raises FormInvalid with every problem and its place; UnsafeXml for XML that is not safe."""
    html = safe_xml.parse(xml)
    head, body = child(html, "head"), child(html, "body")
    model_element = child(head, "model")
    primary = _primary(model_element)
    if model_element is None or primary is None:
        raise _refused([Problem("model", "no_instance")], "model")
    problems: list[Problem] = []
    warnings: list[Problem] = []
    model, template = read_tree(primary, repeat_refs(body))
    template = ensure_instance_id(model, template)
    nodes = {node.ref: node for node in walk(model)}
    define_attributes(nodes, _aims(model_element, body))
    read_binds(model_element, nodes, warnings)
    reader = BodyReader(model, nodes, problems)
    for element in children(model_element, *_ACTION_NAMES):
        reader.action(element, None, None)
    reader.read(body)
    texts = Texts(_translations(model_element), model)
    instances = list(children(model_element, "instance"))
    lists, external = read_lists([one for one in instances if one is not instances[0]], problems)
    graph = _graph(nodes, reader, texts, problems, warnings, {*lists, *(one.instance_id for one in external)})
    if problems:
        raise _refused(problems, primary.get("id") or model.ref)
    languages, default = _languages(model_element)
    return FormDefinition(
        form_id=primary.get("id") or "",
        version=primary.get("version") or "",
        title=_title(head),
        languages=languages,
        default_language=default,
        root=model.ref,
        binds={ref: node.bind for ref, node in nodes.items()},
        controls=reader.controls,
        repeats=tuple(ref for ref, node in nodes.items() if node.repeat),
        media=_media(texts, external),
        warnings=tuple(warnings),
        model=model,
        nodes=nodes,
        namespaces=_namespaces(primary, model),
        template=template,
        texts=texts,
        lists=lists,
        external=external,
        actions=tuple(reader.actions),
        counts=reader.counts,
        graph=graph,
    )


def _aims(*parents: etree._Element | None) -> list[str]:
    """The refs of all binds and actions."""
    elements = (element for parent in parents if parent is not None for element in parent.iter())
    return [
        normal_ref(element.get("nodeset") or element.get("ref") or "")
        for element in elements
        if safe_xml.local_name(element) in ("bind", *_ACTION_NAMES)
    ]


def _refused(problems: list[Problem], where: str) -> FormInvalid:
    return FormInvalid(problems=tuple(problems), where=where)


def _primary(model_element: etree._Element | None) -> etree._Element | None:
    first = child(model_element, "instance")
    return None if first is None or first.get("src") or not len(first) else first[0]


def _title(head: etree._Element | None) -> str:
    title = child(head, "title")
    return "" if title is None else (title.text or "").strip()


def _languages(model_element: etree._Element) -> tuple[tuple[str, ...], str]:
    translations = list(children(child(model_element, "itext"), "translation"))
    names = tuple(one.get("lang") or "" for one in translations)
    marked = [one.get("lang") or "" for one in translations if one.get("default") is not None]
    return names, (marked or list(names) or [""])[0]


def _translations(model_element: etree._Element) -> dict[str, dict[str, dict[str, Text]]]:
    found: dict[str, dict[str, dict[str, Text]]] = {}
    for translation in children(child(model_element, "itext"), "translation"):
        entries = found.setdefault(translation.get("lang") or "", {})
        for entry in children(translation, "text"):
            entries[entry.get("id") or ""] = {
                value.get("form") or "": read_text(value) for value in children(entry, "value")
            }
    return found


def _namespaces(primary: etree._Element, model: NodeDefinition) -> dict[str, str]:
    prefixes = {part for node in walk(model) for part in [node.qname.rpartition(":")[0]] if part}
    known = {**OPENROSA_PREFIX, **{prefix: uri for prefix, uri in primary.nsmap.items() if prefix}}
    prefixes.update(prefix for name in primary.attrib if (prefix := _prefix(primary, str(name))))
    found = {prefix: known[prefix] for prefix in sorted(prefixes) if prefix in known}
    default = primary.nsmap.get(None)
    return {"": default, **found} if default and default != XFORMS else found


def _prefix(element: etree._Element, name: str) -> str:
    address = etree.QName(name).namespace
    return next((prefix for prefix, uri in element.nsmap.items() if prefix and uri == address), "")


def _media(texts: Texts, external: Iterable[ExternalList]) -> frozenset[str]:
    written = (
        text.plain
        for entries in texts.translations.values()
        for forms in entries.values()
        for form, text in forms.items()
        if form
    )
    addresses = (one.address for one in external)
    return frozenset(
        address for address in chain(written, addresses) if address.startswith("jr://") and "/instance/" not in address
    )


def _graph(
    nodes: dict[str, NodeDefinition],
    reader: BodyReader,
    texts: Texts,
    problems: list[Problem],
    warnings: list[Problem],
    lists: set[str],
) -> Graph:
    computed: list[Trigger] = []
    constraints: dict[str, Expression] = {}
    for node in nodes.values():
        for kind, source in _sources(node.bind).items():
            try:
                expression = compile_expression(source, texts.root, node)
            except ExpressionError as error:
                problems.append(Problem(node.ref, error.code, {"attribute": kind, **error.params}))
                continue
            if kind == CONSTRAINT:
                constraints[node.ref] = expression
            else:
                computed.append(Trigger(kind, node, expression, expression.reads))
            warnings.extend(_doubts(node.ref, kind, expression, lists))
    problems.extend(find_cycles(computed, nodes))
    others = follower_triggers(nodes, reader, texts, problems)
    return Graph((), {}) if problems else build_graph(computed, others, constraints, nodes)


def _sources(bind: BindDefinition) -> dict[str, str]:
    sources = {
        RELEVANT: bind.relevant,
        CALCULATE: bind.calculate,
        READONLY: bind.readonly,
        REQUIRED: bind.required,
        CONSTRAINT: bind.constraint,
    }
    return {kind: source for kind, source in sources.items() if source is not None}


def _doubts(ref: str, kind: str, expression: Expression, lists: set[str]) -> list[Problem]:
    paths = [Problem(ref, "unknown_path", {"attribute": kind, "name": name}) for name in expression.unknown]
    missing = [name for name in expression.instances if name not in lists]
    return [*paths, *(Problem(ref, "unknown_instance", {"attribute": kind, "name": name}) for name in missing)]
