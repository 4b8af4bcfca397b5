"""What follows a change without being part of the computing: choice lists, counts of repeats, shown texts."""

from __future__ import annotations

from collections.abc import Iterable

from intake_app.errors import ExpressionError
from intake_app.xforms.dag import CHOICES, COUNT, TEXT, Trigger
from intake_app.xforms.definition.body import BodyReader
from intake_app.xforms.definition.model import ControlDefinition, Items, NodeDefinition
from intake_app.xforms.definition.texts import Label, Text, Texts
from intake_app.xforms.problems import Problem
from intake_app.xforms.xpath.compiler import Expression
from intake_app.xforms.xpath.parser import parse
from intake_app.xforms.xpath.static import Read


def follower_triggers(
    nodes: dict[str, NodeDefinition], reader: BodyReader, texts: Texts, problems: list[Problem]
) -> list[Trigger]:
    """The triggers that only follow; bad expressions in shown texts become problems."""
    found = [Trigger(COUNT, nodes[ref], expression, expression.reads) for ref, expression in reader.counts.items()]
    for ref, control in reader.controls.items():
        node = nodes[ref]
        if control.items is not None:
            found.append(Trigger(CHOICES, node, control.items.nodeset, _item_reads(control.items)))
        reads = _shown_reads(control, node, texts, problems)
        if reads:
            found.append(Trigger(TEXT, node, None, tuple(dict.fromkeys(reads))))
    return found


def unreadable_outputs(texts: Texts) -> list[Problem]:
    """A problem for every output in the form's texts that is no expression."""
    found: dict[tuple[str, str], Problem] = {}
    readable: set[str] = set()
    for entries in texts.translations.values():
        for text_id, forms in entries.items():
            for output in (output for text in forms.values() for output in text.outputs):
                if output.source in readable:
                    continue
                try:
                    parse(output.source)
                    readable.add(output.source)
                except ExpressionError as error:
                    params = {"attribute": "output", **error.params}
                    found[text_id, output.source] = Problem(f"itext({text_id})", error.code, params)
    return list(found.values())


def _item_reads(items: Items) -> tuple[Read, ...]:
    if items.nodeset is None:
        return ()
    found = list(items.nodeset.reads)
    # Value and label stand at the item: the select shares with them only what the node-set shares with the select.
    place = items.nodeset.places[0] if items.nodeset.places else None
    shared = "" if place is None or place.shared is None else place.shared.ref
    for expression in (items.value, items.label.value if items.label else None):
        found.extend(Read(read.ref, shared, True) for read in (expression.reads if expression else ()))
    return tuple(dict.fromkeys(found))


def _shown_reads(control: ControlDefinition, node: NodeDefinition, texts: Texts, problems: list[Problem]) -> list[Read]:
    bind = node.bind
    labels = [control.label, control.hint, bind.required_message, bind.constraint_message]
    if control.items is not None:
        labels.extend(item.label for item in control.items.static)
    reads: list[Read] = []
    for expression in _expressions(labels, node, texts, problems):
        reads.extend(expression.reads)
    return reads


def _expressions(
    labels: list[Label | None], node: NodeDefinition, texts: Texts, problems: list[Problem]
) -> Iterable[Expression]:
    seen: set[str] = set()
    for label in labels:
        if label is None:
            continue
        if label.value is not None:
            yield label.value
        for text in _texts_of(label, texts):
            for output in text.outputs:
                if output.source in seen:
                    continue
                seen.add(output.source)
                try:
                    yield texts.output(output, node)
                except ExpressionError as error:
                    problems.append(Problem(node.ref, error.code, {"attribute": "output", **error.params}))


def _texts_of(label: Label, texts: Texts) -> list[Text]:
    if label.inline is not None:
        return [label.inline]
    return texts.everywhere(label.text_id) if label.text_id is not None else []
