"""Functions on truth, and the lazy ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from intake_app.xforms.xpath.ast import Call
from intake_app.xforms.xpath.compiled import Compiled
from intake_app.xforms.xpath.functions.registry import built, plain
from intake_app.xforms.xpath.values import Context, Value, to_boolean, to_integer, to_number, to_string

if TYPE_CHECKING:
    from intake_app.xforms.xpath.compiler import Compiler


@plain("true", 0)
def _true(ctx: Context, args: Sequence[Value]) -> Value:
    return True


@plain("false", 0)
def _false(ctx: Context, args: Sequence[Value]) -> Value:
    return False


@plain("not", 1)
def _not(ctx: Context, args: Sequence[Value]) -> Value:
    return not to_boolean(args[0])


@plain("boolean", 1)
def _boolean(ctx: Context, args: Sequence[Value]) -> Value:
    return to_boolean(args[0])


@plain("boolean-from-string", 1)
def _from_string(ctx: Context, args: Sequence[Value]) -> Value:
    return to_string(args[0]).strip().lower() in {"1", "true"}


@built("if", 3)
def _if(compiler: Compiler, call: Call) -> Compiled:
    test, yes, no = (compiler.argument(argument) for argument in call.arguments)
    return Compiled(lambda ctx: yes(ctx) if to_boolean(test(ctx)) else no(ctx))


@built("coalesce", 1, None)
def _coalesce(compiler: Compiler, call: Call) -> Compiled:
    arguments = [compiler.argument(argument) for argument in call.arguments]

    def evaluate(ctx: Context) -> Value:
        value: Value = ""
        for argument in arguments:
            value = argument(ctx)
            if to_string(value) != "":
                break
        return value

    return Compiled(evaluate)


@built("once", 1)
def _once(compiler: Compiler, call: Call) -> Compiled:
    inner = compiler.argument(call.arguments[0])
    return Compiled(lambda ctx: ctx.current.typed if ctx.current.text != "" else inner(ctx))


@plain("checklist", 2, None)
def _checklist(ctx: Context, args: Sequence[Value]) -> Value:
    values = [value for arg in args[2:] for value in _each(arg)]
    return _within(float(sum(to_boolean(value) for value in values)), args[0], args[1])


@plain("weighted-checklist", 2, None)
def _weighted(ctx: Context, args: Sequence[Value]) -> Value:
    flat = [value for arg in args[2:] for value in _each(arg)]
    if isinstance(args[2] if len(args) > 2 else None, list) and len(args) == 4:
        values, weights = _each(args[2]), _each(args[3])
    else:
        values, weights = flat[0::2], flat[1::2]
    total = sum(to_number(weight) for value, weight in zip(values, weights, strict=False) if to_boolean(value))
    return _within(float(total), args[0], args[1])


def _each(value: Value) -> list[Value]:
    return [node.typed for node in value] if isinstance(value, list) else [value]


def _within(total: float, least: Value, most: Value) -> bool:
    """A bound of -1 is no bound."""
    low, high = to_integer(least), to_integer(most)
    return (low is None or low == -1 or total >= low) and (high is None or high == -1 or total <= high)
