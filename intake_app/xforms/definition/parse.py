"""From the XML of a form to its definition, gathering every problem before refusing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain

from lxml import etree

from intake_app import safe_xml
from intake_app.xforms.definition.binds import normal_ref, read_binds
from intake_app.xforms.definition.body import BodyReader, repeat_refs
from intake_app.xforms.definition.lists import file_name, read_lists
from intake_app.xforms.definition.model import ExternalList, FormDefinition, NodeDefinition, Template
from intake_app.xforms.definition.names import XFORMS, child, children
from intake_app.xforms.definition.search import unfold_searches
from intake_app.xforms.definition.texts import Text, Texts, read_text
from intake_app.xforms.definition.tree import OPENROSA_PREFIX, define_attributes, ensure_instance_id, read_tree, walk
from intake_app.xforms.definition.triggers import read_graph
from intake_app.xforms.entities import read_entities
from intake_app.xforms.limits import MAX_MODEL_NODES, refuse_above, refuse_large_xml
from intake_app.xforms.problems import Findings, Problem

_ACTION_NAMES = ("setvalue", "setgeopoint", "setaudio", "recordaudio")


def parse_form(xml: bytes) -> FormDefinition:
    """Read a form. Raises FormInvalid with every problem and its place; UnsafeXml for XML that is not safe."""
    refuse_large_xml(xml, "form")
    html = safe_xml.parse(xml)
    head, body = child(html, "head"), child(html, "body")
    model_element = child(head, "model")
    primary = _primary(model_element)
    found = Findings()
    if model_element is None or primary is None:
        found.problems.append(Problem("model", "no_instance"))
        raise found.refusal("model")
    unfold_searches(model_element, body)
    model, template = read_tree(primary, repeat_refs(body))
    template = ensure_instance_id(model, template)
    nodes = {node.ref: node for node in walk(model)}
    refuse_above(len(nodes), MAX_MODEL_NODES, "model_nodes", model.ref)
    define_attributes(nodes, _aims(model_element, body))
    read_binds(model_element, nodes, found.warnings)
    reader = BodyReader(model, nodes, found.problems)
    for element in children(model_element, *_ACTION_NAMES):
        reader.action(element, None, None)
    reader.read(body)
    form = _form(model_element, primary, reader, template, found)
    if found.problems:
        raise found.refusal(form.form_id or model.ref)
    return replace(form, title=_title(head), warnings=tuple(found.warnings))


def _form(
    model_element: etree._Element,
    primary: etree._Element,
    reader: BodyReader,
    template: Template,
    found: Findings,
) -> FormDefinition:
    model, nodes = reader.model, reader.nodes
    texts = Texts(_translations(model_element), model)
    found.problems.extend(unsafe_media(texts.translations))
    lists, external = read_lists(list(children(model_element, "instance"))[1:], found.problems)
    names = {*lists, *(one.instance_id for one in external)}
    languages, default = _languages(model_element)
    return FormDefinition(
        form_id=primary.get("id") or "",
        version=primary.get("version") or "",
        title="",
        languages=languages,
        default_language=default,
        root=model.ref,
        binds={ref: node.bind for ref, node in nodes.items()},
        controls=reader.controls,
        repeats=tuple(ref for ref, node in nodes.items() if node.repeat),
        media=_media(texts, external),
        warnings=(),
        model=model,
        nodes=nodes,
        namespaces=_namespaces(primary, model),
        template=template,
        texts=texts,
        lists=lists,
        external=external,
        actions=tuple(reader.actions),
        counts=reader.counts,
        graph=read_graph(reader, texts, names, found),
        entities=read_entities(model_element, nodes, template, found.problems),
        public_key=_public_key(model_element),
    )


def _public_key(model_element: etree._Element) -> str:
    submission = child(model_element, "submission")
    return "" if submission is None else "".join((submission.get("base64RsaPublicKey") or "").split())


def _aims(*parents: etree._Element | None) -> list[str]:
    """The refs of all binds and actions."""
    names = [f"{{*}}{name}" for name in ("bind", *_ACTION_NAMES)]
    elements = (element for parent in parents if parent is not None for element in parent.iter(*names))
    return [normal_ref(element.get("nodeset") or element.get("ref") or "") for element in elements]


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


def unsafe_media(translations: Mapping[str, Mapping[str, Mapping[str, Text]]]) -> list[Problem]:
    """A problem for every picture or sound whose address leads out of the media folder."""
    written = {
        (text_id, text.plain)
        for entries in translations.values()
        for text_id, forms in entries.items()
        for form, text in forms.items()
        if form and text.plain.startswith("jr://")
    }
    return [Problem(f"itext({name})", "unsafe_address") for name, address in sorted(written) if not file_name(address)]


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
