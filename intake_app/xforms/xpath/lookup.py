"""Looking rows up by equal columns: what a filter such as `[town = /data/town and …]` needs not read row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from intake_app.xforms.instance.node import Node
from intake_app.xforms.xpath.ast import Binary, Call, Expr, Filter, Literal, Negate, Number, Path, Step
from intake_app.xforms.xpath.values import Context, Value

if TYPE_CHECKING:
    from intake_app.xforms.xpath.compiler import Compiler

_FROM_CONTEXT = frozenset({"position", "last", "name", "local-name", "jr:itext"})
_EVERY_TIME_NEW = frozenset({"random", "uuid", "randomize"})
Narrow = Callable[[Context, Node], Sequence[Node] | None]


def narrowing(compiler: Compiler, step: Step) -> Narrow | None:
    """For a step into a list beside the model: the rows its first predicate may pass, found through an index.

    None when no part of the predicate compares a column with something that is the same for every row. What is
    found still has to pass the predicate itself. A predicate that counts places cannot be narrowed.
    """
    if not step.predicates or step.axis != "child":
        return None
    predicate = step.predicates[0]
    if not isinstance(predicate, Binary) or any(_counts_places(part) for part in _parts(predicate)):
        return None
    keys = [key for part in _conjuncts(predicate) if (key := _key(part)) is not None]
    if not keys:
        return None
    columns = [(column, compiler.compile(other, None).evaluate) for column, other in keys]
    test = step.test

    def narrow(ctx: Context, parent: Node) -> Sequence[Node] | None:
        if parent.definition is not None or test.endswith("()"):
            return None
        best: Sequence[Node] | None = None
        for column, other in columns:
            found = _rows(parent, test, column, other(ctx))
            if found is not None and (best is None or len(found) < len(best)):
                best = found
        return best

    return narrow


def first_row(parent: Node, column: str, key: str) -> Node | None:
    """The first row of a list with this text in a column."""
    return next(iter(parent.index("*", column).texts.get(key, ())), None)


def _rows(parent: Node, test: str, column: str, value: Value) -> Sequence[Node] | None:
    if isinstance(value, list):
        if len(value) > 1:
            return None
        value = value[0].typed if value else ""
    index = parent.index(test, column)
    if isinstance(value, str):
        return index.texts.get(value, ())
    if isinstance(value, float) and value.is_integer():
        return index.numbers.get(value, ())
    return None


def _conjuncts(expr: Expr) -> Iterator[Expr]:
    if isinstance(expr, Binary) and expr.operator == "and":
        yield from _conjuncts(expr.left)
        yield from _conjuncts(expr.right)
    else:
        yield expr


def _key(expr: Expr) -> tuple[str, Expr] | None:
    """The column and the other side of an equation between them."""
    if not isinstance(expr, Binary) or expr.operator != "=":
        return None
    for one, other in ((expr.left, expr.right), (expr.right, expr.left)):
        column = _column(one)
        if column and _same_for_every_row(other):
            return column, other
    return None


def _column(expr: Expr) -> str:
    if not isinstance(expr, Path) or expr.start is not None or len(expr.steps) != 1:
        return ""
    step = expr.steps[0]
    plain = step.axis == "child" and not step.predicates and step.test != "*" and not step.test.endswith("()")
    return step.test if plain else ""


def _same_for_every_row(expr: Expr) -> bool:
    match expr:
        case Number() | Literal():
            return True
        case Path("/", steps):
            # In a predicate of a list an absolute path starts from the question, not from the row.
            return not any(step.predicates for step in steps)
        case Path(Call("current" | "instance"), steps):
            return not any(step.predicates for step in steps)
        case Negate(operand):
            return _same_for_every_row(operand)
        case Binary(_, left, right):
            return _same_for_every_row(left) and _same_for_every_row(right)
        case Call("current" | "instance" | "today" | "true" | "false", _):
            return True
        case Call(name, arguments) if arguments and name not in _FROM_CONTEXT | _EVERY_TIME_NEW:
            return all(map(_same_for_every_row, arguments))
        case _:
            return False


def _counts_places(expr: Expr) -> bool:
    return isinstance(expr, Call) and expr.name in _EVERY_TIME_NEW | {"position", "last"}


def _parts(expr: Expr) -> Iterator[Expr]:
    """The expression and everything inside it."""
    yield expr
    inside: list[Expr] = []
    match expr:
        case Negate(operand):
            inside = [operand]
        case Binary(_, left, right):
            inside = [left, right]
        case Call(_, arguments):
            inside = list(arguments)
        case Filter(primary, predicates):
            inside = [primary, *predicates]
        case Path(start, steps):
            inside = [] if start is None or isinstance(start, str) else [start]
            inside.extend(predicate for step in steps for predicate in step.predicates)
        case _:
            return
    for part in inside:
        yield from _parts(part)
