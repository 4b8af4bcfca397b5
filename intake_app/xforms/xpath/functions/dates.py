"""Functions on days and moments."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from intake_app.xforms.xpath.ast import Call, Literal
from intake_app.xforms.xpath.compiled import Compiled
from intake_app.xforms.xpath.dates import (
    day_fraction,
    days_since_epoch,
    from_days,
    midnight,
    moment_from_days,
    read_date,
    read_moment,
    read_time,
)
from intake_app.xforms.xpath.functions.registry import built, plain
from intake_app.xforms.xpath.values import Context, Value, to_string, unpack

if TYPE_CHECKING:
    from intake_app.xforms.xpath.compiler import Compiler

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_CODE = re.compile(r"%(.)")
_CODES: dict[str, Callable[[datetime], str]] = {
    "Y": lambda moment: f"{moment.year:04}",
    "y": lambda moment: f"{moment.year % 100:02}",
    "m": lambda moment: f"{moment.month:02}",
    "n": lambda moment: str(moment.month),
    "b": lambda moment: _MONTHS[moment.month - 1],
    "d": lambda moment: f"{moment.day:02}",
    "e": lambda moment: str(moment.day),
    "a": lambda moment: _DAYS[moment.weekday()],
    "H": lambda moment: f"{moment.hour:02}",
    "h": lambda moment: str(moment.hour),
    "M": lambda moment: f"{moment.minute:02}",
    "S": lambda moment: f"{moment.second:02}",
    "3": lambda moment: f"{moment.microsecond // 1000:03}",
    "%": lambda moment: "%",
}


@plain("today", 0)
def _today(ctx: Context, args: Sequence[Value]) -> Value:
    return ctx.runtime.now().date()


@plain("now", 0)
def _now(ctx: Context, args: Sequence[Value]) -> Value:
    return ctx.runtime.now()


@plain("date", 1)
def _date(ctx: Context, args: Sequence[Value]) -> Value:
    """The day of a day, a moment, a text or a number of days; empty when there is no such day."""
    value = unpack(args[0])
    if isinstance(value, datetime):
        return value.astimezone(ctx.runtime.zone()).date()
    if isinstance(value, date):
        return value
    if isinstance(value, float):
        return (from_days(value) if value == value else None) or ""
    if isinstance(value, str) and "T" in value:
        moment = read_moment(value, ctx.runtime.zone())
        return "" if moment is None else moment.astimezone(ctx.runtime.zone()).date()
    return (read_date(value) if isinstance(value, str) else None) or ""


@plain("date-time", 1)
def _date_time(ctx: Context, args: Sequence[Value]) -> Value:
    return moment_of(ctx, args[0]) or ""


@plain("decimal-date-time", 1)
def _decimal_date_time(ctx: Context, args: Sequence[Value]) -> Value:
    value = unpack(args[0])
    if isinstance(value, float):
        return value
    moment = moment_of(ctx, value)
    return float("nan") if moment is None else days_since_epoch(moment)


@plain("decimal-time", 1)
def _decimal_time(ctx: Context, args: Sequence[Value]) -> Value:
    value = unpack(args[0])
    if isinstance(value, datetime):
        return day_fraction(value.time())
    time = read_time(to_string(value).rpartition("T")[2])
    if time is None:
        return float("nan")
    if time.tzinfo is not None:
        time = datetime.combine(ctx.runtime.now().date(), time).astimezone(ctx.runtime.zone()).time()
    return day_fraction(time)


@built("format-date", 2)
def _format_date(compiler: Compiler, call: Call) -> Compiled:
    return _formatter(compiler, call)


@built("format-date-time", 2)
def _format_date_time(compiler: Compiler, call: Call) -> Compiled:
    return _formatter(compiler, call)


def _formatter(compiler: Compiler, call: Call) -> Compiled:
    value, pattern = (compiler.argument(argument) for argument in call.arguments)
    written = call.arguments[1]
    if isinstance(written, Literal) and any(code not in _CODES for code in _CODE.findall(written.value)):
        raise compiler.fail("bad_date_format", call.position)

    def evaluate(ctx: Context) -> Value:
        moment = moment_of(ctx, value(ctx))
        return "" if moment is None else formatted(moment, to_string(pattern(ctx)))

    return Compiled(evaluate)


def formatted(moment: datetime, pattern: str) -> str:
    """The moment by ODK's codes (%Y %y %m %n %b %d %e %a %H %h %M %S %3); month and day names are English."""
    return _CODE.sub(lambda found: _CODES[found[1]](moment) if found[1] in _CODES else found[0], pattern)


def moment_of(ctx: Context, value: Value) -> datetime | None:
    """A value as a moment on the form's own clock; None when it is none."""
    value = unpack(value)
    zone = ctx.runtime.zone()
    if isinstance(value, datetime):
        return value.astimezone(zone)
    if isinstance(value, date):
        return midnight(value, zone)
    if isinstance(value, float):
        return moment_from_days(value, zone) if value == value else None
    if isinstance(value, str):
        moment = read_moment(value, zone)
        return None if moment is None else moment.astimezone(zone)
    return None
