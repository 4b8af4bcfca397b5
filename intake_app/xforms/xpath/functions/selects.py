"""Functions on answers of choice questions, and on the texts of the form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from intake_app.errors import ExpressionError
from intake_app.xforms.xpath.ast import Call, Expr, Literal, Path
from intake_app.xforms.xpath.compiled import Compiled
from intake_app.xforms.xpath.functions.registry import built, plain
from intake_app.xforms.xpath.parser import parse
from intake_app.xforms.xpath.values import Context, Value, to_integer, to_string

if TYPE_CHECKING:
    from intake_app.xforms.xpath.compiler import Compiler


def _selected(ctx: Context, args: Sequence[Value]) -> Value:
    return to_string(args[1]).strip() in (to_string(args[0]).split() or [""])


plain("selected", 2)(_selected)
plain("is-selected", 2)(_selected)


@plain("selected-at", 2)
def _selected_at(ctx: Context, args: Sequence[Value]) -> Value:
    chosen = to_string(args[0]).split()
    index = to_integer(args[1])
    return chosen[index] if index is not None and 0 <= index < len(chosen) else ""


@plain("count-selected", 1)
def _count_selected(ctx: Context, args: Sequence[Value]) -> Value:
    return float(len(to_string(args[0]).split()))


@built("jr:choice-name", 2)
def _choice_name(compiler: Compiler, call: Call) -> Compiled:
    """The label of a choice; the second argument is the path of its select, in quotes."""
    value = compiler.argument(call.arguments[0])
    control = compiler.argument(_control_path(compiler, call))
    compiler.findings.uses_language = True

    def evaluate(ctx: Context) -> Value:
        found = control(ctx)
        chosen = to_string(value(ctx))
        if not isinstance(found, list) or not found or not chosen:
            return ""
        return ctx.runtime.choice_name(chosen, found[0])

    return Compiled(evaluate)


def _control_path(compiler: Compiler, call: Call) -> Expr:
    written = call.arguments[1]
    if isinstance(written, Literal):
        try:
            written = parse(written.value)
        except ExpressionError:
            raise compiler.fail("not_a_path", call.position) from None
    if not isinstance(written, Path):
        raise compiler.fail("not_a_path", call.position)
    return written


@built("jr:itext", 1)
def _itext(compiler: Compiler, call: Call) -> Compiled:
    text_id = compiler.argument(call.arguments[0])
    compiler.findings.uses_language = True
    return Compiled(lambda ctx: ctx.runtime.itext(to_string(text_id(ctx)), ctx.node))


@plain("property", 1)
def _property(ctx: Context, args: Sequence[Value]) -> Value:
    """A property of the device, as far as the app tells it."""
    return ctx.runtime.property(to_string(args[0]).strip())


@plain("version", 0)
def _version(ctx: Context, args: Sequence[Value]) -> Value:
    """The version of the form."""
    return ctx.runtime.version()
