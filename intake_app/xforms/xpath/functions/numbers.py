"""Functions on numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from decimal import ROUND_FLOOR, Decimal

from intake_app.xforms.xpath.functions.registry import plain
from intake_app.xforms.xpath.values import Context, Value, to_integer, to_number

_MAX_PLACES = 30


@plain("number", 0, 1)
def _number(ctx: Context, args: Sequence[Value]) -> Value:
    return to_number(args[0] if args else ctx.node.typed)


@plain("int", 1)
def _int(ctx: Context, args: Sequence[Value]) -> Value:
    number = to_number(args[0])
    return float(math.trunc(number)) if math.isfinite(number) else number


@plain("round", 1, 2)
def _round(ctx: Context, args: Sequence[Value]) -> Value:
    """Halves go up, also below zero (XPath 1.0 section 4.4); negative places round to tens, hundreds."""
    number = to_number(args[0])
    places = to_integer(args[1]) if len(args) == 2 else 0
    if not math.isfinite(number) or places is None or abs(places) > _MAX_PLACES:
        return number
    unit = Decimal(1).scaleb(-places)
    return float(((Decimal(repr(number)) + unit / 2) / unit).to_integral_value(ROUND_FLOOR) * unit)


@plain("random", 0)
def _random(ctx: Context, args: Sequence[Value]) -> Value:
    return ctx.runtime.random.random()


@plain("sum", 1)
def _sum(ctx: Context, args: Sequence[Value]) -> Value:
    return float(sum(0.0 if value == "" else to_number(value) for value in _each(args)))


@plain("min", 1, None)
def _min(ctx: Context, args: Sequence[Value]) -> Value:
    return min(_numbers(args), default=math.nan)


@plain("max", 1, None)
def _max(ctx: Context, args: Sequence[Value]) -> Value:
    return max(_numbers(args), default=math.nan)


@plain("pow", 2)
def _pow(ctx: Context, args: Sequence[Value]) -> Value:
    return _safely(math.pow, to_number(args[0]), to_number(args[1]))


@plain("atan2", 2)
def _atan2(ctx: Context, args: Sequence[Value]) -> Value:
    return math.atan2(to_number(args[0]), to_number(args[1]))


@plain("pi", 0)
def _pi(ctx: Context, args: Sequence[Value]) -> Value:
    return math.pi


def _each(args: Sequence[Value]) -> list[Value]:
    found: list[Value] = []
    for arg in args:
        found.extend([node.typed for node in arg] if isinstance(arg, list) else [arg])
    return found


def _numbers(args: Sequence[Value]) -> list[float]:
    return [number for value in _each(args) if not math.isnan(number := to_number(value))]


def _safely(compute: Callable[..., float], *numbers: float) -> float:
    try:
        return float(compute(*numbers))
    except ValueError:
        return math.nan
    except OverflowError:
        return math.inf


def _one(name: str, compute: Callable[[float], float]) -> None:
    @plain(name, 1)
    def function(ctx: Context, args: Sequence[Value]) -> Value:
        return _safely(compute, to_number(args[0]))


def _log(base: Callable[[float], float]) -> Callable[[float], float]:
    return lambda number: -math.inf if number == 0 else base(number)


def _whole(compute: Callable[[float], int]) -> Callable[[float], float]:
    return lambda number: float(compute(number)) if math.isfinite(number) else number


for _name, _compute in {
    "log": _log(math.log),
    "log10": _log(math.log10),
    "abs": math.fabs,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
    "sqrt": math.sqrt,
    "exp": math.exp,
    "exp10": lambda number: math.pow(10, number),
    "floor": _whole(math.floor),
    "ceiling": _whole(math.ceil),
}.items():
    _one(_name, _compute)
