"""All expressions of the binds: compiled, checked, and put in the order of computing."""

from __future__ import annotations

from intake_app.errors import ExpressionError
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
from intake_app.xforms.definition.body import BodyReader
from intake_app.xforms.definition.followers import follower_triggers, unreadable_outputs
from intake_app.xforms.definition.model import BindDefinition
from intake_app.xforms.definition.texts import Texts
from intake_app.xforms.limits import MAX_READS, refuse_above
from intake_app.xforms.problems import Findings, Problem
from intake_app.xforms.xpath.compiler import Expression, compile_expression


def read_graph(reader: BodyReader, texts: Texts, lists: set[str], found: Findings) -> Graph:
    """The graph of a form; empty when there are problems. `lists` are the ids of the form's instances."""
    computed: list[Trigger] = []
    constraints: dict[str, Expression] = {}
    reads = 0
    for node in reader.nodes.values():
        for kind, source in _sources(node.bind).items():
            try:
                expression = compile_expression(source, reader.model, node)
            except ExpressionError as error:
                found.problems.append(Problem(node.ref, error.code, {"attribute": kind, **error.params}))
                continue
            reads += len(expression.reads)
            refuse_above(reads, MAX_READS, "reads", node.ref)
            if kind == CONSTRAINT:
                constraints[node.ref] = expression
            else:
                computed.append(Trigger(kind, node, expression, expression.reads))
            found.warnings.extend(_doubts(node.ref, kind, expression, lists))
    found.problems.extend(find_cycles(computed, reader.nodes))
    found.problems.extend(unreadable_outputs(texts))
    others = follower_triggers(reader.nodes, reader, texts, found.problems)
    return Graph((), {}) if found.problems else build_graph(computed, others, constraints, reader.nodes)


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
