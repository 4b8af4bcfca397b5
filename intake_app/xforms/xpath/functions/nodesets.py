"""Functions on node-sets and on the place in them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from intake_app.xforms.instance.node import Node
from intake_app.xforms.xpath.ast import Call, Literal, Path
from intake_app.xforms.xpath.compiled import Compiled, Evaluate
from intake_app.xforms.xpath.functions.registry import built, plain
from intake_app.xforms.xpath.lookup import first_row
from intake_app.xforms.xpath.static import Place
from intake_app.xforms.xpath.values import Context, Value, to_integer, to_number, to_string

if TYPE_CHECKING:
    from intake_app.xforms.definition.model import NodeDefinition
    from intake_app.xforms.xpath.compiler import Compiler

_MODULUS = 2147483647
_MULTIPLIER = 16807


@plain("count", 1)
def _count(ctx: Context, args: Sequence[Value]) -> Value:
    return float(len(args[0])) if isinstance(args[0], list) else 0.0


@plain("count-non-empty", 1)
def _count_non_empty(ctx: Context, args: Sequence[Value]) -> Value:
    return float(sum(node.text != "" for node in args[0])) if isinstance(args[0], list) else 0.0


@plain("position", 0, 1)
def _position(ctx: Context, args: Sequence[Value]) -> Value:
    if not args:
        return float(ctx.position)
    found = args[0]
    return float(found[0].position) if isinstance(found, list) and found else float("nan")


@plain("last", 0)
def _last(ctx: Context, args: Sequence[Value]) -> Value:
    return float(ctx.size)


def _name(ctx: Context, args: Sequence[Value]) -> Value:
    if not args:
        return ctx.node.name
    return args[0][0].name if isinstance(args[0], list) and args[0] else ""


plain("name", 0, 1)(_name)
plain("local-name", 0, 1)(_name)


@plain("depend", 1, None)
def _depend(ctx: Context, args: Sequence[Value]) -> Value:
    return args[0]


@built("current", 0)
def _current(compiler: Compiler, call: Call) -> Compiled:
    return Compiled(lambda ctx: [ctx.current], compiler.origin)


@built("instance", 1)
def _instance(compiler: Compiler, call: Call) -> Compiled:
    """The document of a list; an id that the form does not declare is an empty node-set."""
    written = call.arguments[0]
    if not isinstance(written, Literal):
        raise compiler.fail("instance_id_not_literal", call.position)
    instance_id = written.value
    compiler.findings.instances.append(instance_id)

    def evaluate(ctx: Context) -> Value:
        found = ctx.runtime.instances.get(instance_id)
        return [] if found is None else [found]

    return Compiled(evaluate, None)


@built("randomize", 1, 2)
def _randomize(compiler: Compiler, call: Call) -> Compiled:
    inner = compiler.compile(call.arguments[0], compiler.here)
    seed = compiler.argument(call.arguments[1]) if len(call.arguments) == 2 else None

    def evaluate(ctx: Context) -> Value:
        found = inner.evaluate(ctx)
        if not isinstance(found, list):
            return found
        number = _seed_of(seed(ctx)) if seed else ctx.runtime.random.getrandbits(31)
        return shuffled(found, number)

    return Compiled(evaluate, inner.places)


def _seed_of(value: Value) -> int:
    number = to_integer(value)
    if number is not None:
        return number
    # ODK XForms: a seed that is no number is the first 64 bits of its SHA-256.
    return int.from_bytes(hashlib.sha256(to_string(value).encode()).digest()[:8], signed=True)


def shuffled(nodes: Sequence[Node], seed: int) -> list[Node]:
    """The nodes in ODK's random order: an inside-out Fisher-Yates shuffle drawing from Park and Miller's generator."""
    # The remainder keeps the sign of the seed, as in Java.
    state = seed % _MODULUS if seed >= 0 else -(-seed % _MODULUS)
    if state <= 0:
        state += _MODULUS - 1
    result: list[Node] = []
    for place, node in enumerate(nodes):
        state = state * _MULTIPLIER % _MODULUS
        other = int((state - 1) / (_MODULUS - 1) * (place + 1))
        result.append(node)
        if other != place:
            result[place], result[other] = result[other], node
    return result


@built("pulldata", 4)
def _pulldata(compiler: Compiler, call: Call) -> Compiled:
    """The value in column 2 of the row of list 1 whose column 3 equals value 4; empty when there is none."""
    arguments = [compiler.argument(argument) for argument in call.arguments]

    def evaluate(ctx: Context) -> Value:
        name, column, key_column, key = (to_string(argument(ctx)) for argument in arguments)
        document = ctx.runtime.instances.get(name)
        for root in () if document is None else document.children:
            row = first_row(root, key_column, key)
            if row is not None:
                return next((cell.text for cell in row.named(column)), "")
        return ""

    return Compiled(evaluate)


@built("indexed-repeat", 3, None)
def _indexed_repeat(compiler: Compiler, call: Call) -> Compiled:
    """The node under the n-th instance of a repeat, or of repeats one inside the other."""
    if len(call.arguments) % 2 == 0:
        raise compiler.fail("argument_count indexed-repeat", call.position)
    target = _model_node(compiler, call, 0)
    chain = _chain(target)
    indexes: dict[str, Evaluate] = {}
    for at in range(1, len(call.arguments), 2):
        repeat = _model_node(compiler, call, at)
        if repeat not in chain or not repeat.repeat:
            raise compiler.fail("indexed_repeat_outside", call.position)
        indexes[repeat.ref] = compiler.argument(call.arguments[at + 1])
    place = _indexed_place(compiler, chain, indexes)
    compiler.findings.read([place])

    def evaluate(ctx: Context) -> Value:
        return _pick(ctx, chain, indexes)

    return Compiled(evaluate, (place,))


def _model_node(compiler: Compiler, call: Call, at: int) -> NodeDefinition:
    written = call.arguments[at]
    if not isinstance(written, Path):
        raise compiler.fail("not_a_path", call.position)
    # Only the model node is wanted here; what the plain path would read is no reading of this call.
    reads = dict(compiler.findings.reads)
    places = compiler.compile(written, compiler.here).places
    compiler.findings.reads = reads
    if not places or places[0].node is None:
        raise compiler.fail("indexed_repeat_outside", call.position)
    return places[0].node


def _chain(node: NodeDefinition) -> list[NodeDefinition]:
    chain = [node]
    while chain[0].parent is not None:
        chain.insert(0, chain[0].parent)
    return chain


def _indexed_place(compiler: Compiler, chain: list[NodeDefinition], indexes: dict[str, Evaluate]) -> Place:
    shared: NodeDefinition | None = None
    origin = compiler.origin[0].node if compiler.origin else None
    own = _chain(origin) if origin is not None else []
    for mine, theirs in zip(own, chain, strict=False):
        if mine is not theirs or mine.ref in indexes:
            break
        shared = mine
    return Place(chain[-1], shared, True)


def _pick(ctx: Context, chain: list[NodeDefinition], indexes: dict[str, Evaluate]) -> list[Node]:
    own = _live_chain(ctx.current)
    found = [ctx.runtime.document]
    for level, definition in enumerate(chain):
        found = [child for node in found for child in node.named(definition.name)]
        if definition.ref in indexes:
            index = to_integer(to_number(indexes[definition.ref](ctx)))
            found = [node for node in found if node.position == index]
        elif level < len(own) and own[level] in found:
            found = [own[level]]
    return [node for node in found if node.relevant]


def _live_chain(node: Node) -> list[Node]:
    chain: list[Node] = []
    at: Node | None = node
    while at is not None and at.definition is not None:
        chain.insert(0, at)
        at = at.parent
    return chain
