"""From a parsed expression to a closure, finding on the way what it reads."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.errors import ExpressionError
from intake_app.xforms.xpath.ast import Binary, Call, Expr, Filter, Literal, Negate, Number, Path
from intake_app.xforms.xpath.compiled import Compiled, Evaluate
from intake_app.xforms.xpath.functions import FUNCTIONS
from intake_app.xforms.xpath.parser import parse
from intake_app.xforms.xpath.paths import PathCompiler, filter_nodes
from intake_app.xforms.xpath.static import Findings, Place, Places, Read, unique
from intake_app.xforms.xpath.values import (
    Context,
    Value,
    at_most,
    equal,
    less,
    to_boolean,
    to_number,
    unequal,
)

if TYPE_CHECKING:
    from intake_app.xforms.definition.model import NodeDefinition

_NODESET_FUNCTIONS = frozenset({"instance", "current", "randomize", "indexed-repeat"})


@dataclass(frozen=True)
class Expression:
    """An expression of the form, ready to run.

    `reads` are the model nodes its value depends on; `unknown` are names that lead nowhere in the model;
    `instances` are the lists it looks into;
    `uses_language` tells that the value follows the language of the texts.
    """

    source: str
    evaluate: Evaluate
    reads: tuple[Read, ...]
    unknown: tuple[str, ...]
    instances: tuple[str, ...]
    uses_language: bool
    places: Places | None


def compile_expression(source: str, root: NodeDefinition, context: NodeDefinition | None) -> Expression:
    """Read and compile an expression that stands at model node `context` (None: in a list beside the model).

    Raises ExpressionError for bad syntax, an unknown function or a wrong number of arguments.
    """
    compiler = Compiler(source, root, context)
    compiled = compiler.compile(parse(source), compiler.here)
    found = compiler.findings
    return Expression(
        source=source,
        evaluate=compiled.evaluate,
        reads=tuple(found.reads),
        unknown=tuple(found.unknown),
        instances=tuple(found.instances),
        uses_language=found.uses_language,
        places=compiled.places,
    )


class Compiler:
    """Compiles one expression; `here` is where the part being compiled stands, None inside another instance."""

    def __init__(self, source: str, root: NodeDefinition, context: NodeDefinition | None) -> None:
        self.source = source
        self.root = root
        self.origin: Places | None = None if context is None else (Place(context, context),)
        self.here: Places | None = self.origin
        self.findings = Findings()
        self.paths = PathCompiler(self)

    def fail(self, problem: str, position: int = 0) -> ExpressionError:
        """The error to raise for this expression."""
        return ExpressionError(expression=self.source, position=position, problem=problem)

    def compile(self, expr: Expr, here: Places | None) -> Compiled:
        """Compile a part that stands at `here`."""
        before, self.here = self.here, here
        try:
            return self._part(expr)
        finally:
            self.here = before

    def argument(self, expr: Expr) -> Evaluate:
        """Compile an argument of the call being built."""
        return self._part(expr).evaluate

    def _part(self, expr: Expr) -> Compiled:
        match expr:
            case Number(number) | Literal(number):
                return Compiled(lambda ctx: number)
            case Negate(operand):
                inner = self.argument(operand)
                return Compiled(lambda ctx: -to_number(inner(ctx)))
            case Binary():
                return self._binary(expr)
            case Call():
                return self._call(expr)
            case Filter(primary, predicates):
                return self._filter(primary, predicates)
            case Path():
                return self._path(expr)

    def _path(self, path: Path) -> Compiled:
        if isinstance(path.start, Call) and path.start.name not in _NODESET_FUNCTIONS:
            raise self.fail("not_a_nodeset", path.start.position)
        if isinstance(path.start, Number | Literal | Negate):
            raise self.fail("not_a_nodeset")
        return self.paths.compile(path)

    def _filter(self, primary: Expr, predicates: tuple[Expr, ...]) -> Compiled:
        inner = self._part(primary)
        tests = [self.compile(predicate, inner.places).evaluate for predicate in predicates]

        def evaluate(ctx: Context) -> Value:
            found = inner.evaluate(ctx)
            return filter_nodes(ctx, found, tests) if isinstance(found, list) else found

        return Compiled(evaluate, inner.places)

    def _binary(self, expr: Binary) -> Compiled:
        if expr.operator in _FOLDED and isinstance(expr.left, Binary) and expr.left.operator in _FOLDED:
            return self._chain(expr)
        left, right = self._part(expr.left), self._part(expr.right)
        one, other = left.evaluate, right.evaluate
        if expr.operator == "|":
            return Compiled(_union(one, other), _joined(left.places, right.places))
        if expr.operator == "and":
            return Compiled(lambda ctx: to_boolean(one(ctx)) and to_boolean(other(ctx)))
        if expr.operator == "or":
            return Compiled(lambda ctx: to_boolean(one(ctx)) or to_boolean(other(ctx)))
        compare = _COMPARISONS.get(expr.operator)
        if compare is not None:
            return Compiled(lambda ctx: compare(one(ctx), other(ctx)))
        compute = _ARITHMETIC[expr.operator]
        return Compiled(lambda ctx: compute(to_number(one(ctx)), to_number(other(ctx))))

    def _chain(self, expr: Binary) -> Compiled:
        """A long row of terms as one loop: a program may write hundreds, and each closure inside another is a call."""
        rights: list[tuple[str, Evaluate]] = []
        at: Expr = expr
        spine: list[Binary] = []
        while isinstance(at, Binary) and _FOLDED.get(at.operator) == _FOLDED[expr.operator]:
            spine.append(at)
            at = at.left
        first = self.argument(at)
        rights.extend((one.operator, self.argument(one.right)) for one in reversed(spine))
        if expr.operator in ("and", "or"):
            terms = [first, *(evaluate for _, evaluate in rights)]
            decide = all if expr.operator == "and" else any
            return Compiled(lambda ctx: decide(to_boolean(term(ctx)) for term in terms))

        def evaluate(ctx: Context) -> Value:
            total = to_number(first(ctx))
            for sign, term in rights:
                number = to_number(term(ctx))
                total = total + number if sign == "+" else total - number
            return total

        return Compiled(evaluate)

    def _call(self, call: Call) -> Compiled:
        function = FUNCTIONS.get(call.name)
        if function is None:
            raise self.fail(f"unknown_function {call.name}", call.position)
        count = len(call.arguments)
        if count < function.least or (function.most is not None and count > function.most):
            raise self.fail(f"argument_count {call.name}", call.position)
        if function.build is not None:
            return function.build(self, call)
        compute = function.compute
        assert compute is not None
        arguments = tuple(self.argument(argument) for argument in call.arguments)
        if not arguments:
            return Compiled(lambda ctx: compute(ctx, ()))
        if len(arguments) == 1:
            only = arguments[0]
            return Compiled(lambda ctx: compute(ctx, (only(ctx),)))
        return Compiled(lambda ctx: compute(ctx, [argument(ctx) for argument in arguments]))


def _union(one: Evaluate, other: Evaluate) -> Evaluate:
    def evaluate(ctx: Context) -> Value:
        left, right = one(ctx), other(ctx)
        if not isinstance(left, list) or not isinstance(right, list):
            return left if isinstance(left, list) else right
        seen = set(map(id, left))
        return left + [node for node in right if id(node) not in seen]

    return evaluate


def _joined(left: Places | None, right: Places | None) -> Places | None:
    return None if left is None or right is None else unique((*left, *right))


def _divide(left: float, right: float) -> float:
    if right == 0:
        if left == 0 or left != left:
            return float("nan")
        return float("inf") if left > 0 else float("-inf")
    return left / right


def _remainder(left: float, right: float) -> float:
    # The sign follows the dividend, as in XPath 1.0 section 3.5.
    if right == 0 or left != left or right != right or left in (float("inf"), float("-inf")):
        return float("nan")
    return math.fmod(left, right)


_FOLDED = {"or": 1, "and": 2, "+": 3, "-": 3}
_COMPARISONS: dict[str, Callable[[Value, Value], bool]] = {
    "=": equal,
    "!=": unequal,
    "<": less,
    "<=": at_most,
    ">": lambda left, right: less(right, left),
    ">=": lambda left, right: at_most(right, left),
}
_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": _divide,
    "mod": _remainder,
}
