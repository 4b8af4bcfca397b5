"""What expressions compute with, and how one type becomes another (XPath 1.0 section 4, as JavaRosa reads it)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from random import Random
from typing import Protocol

from intake_app.xforms.instance.node import Node, Scalar, plain_number
from intake_app.xforms.xpath.dates import days_since_epoch, write_moment

Value = str | float | bool | date | list[Node]
_CLOSE = 1.0e-12


class Runtime(Protocol):
    """What an expression may ask of the form being filled in."""

    document: Node
    instances: Mapping[str, Node]
    random: Random

    def now(self) -> datetime:
        """The moment, with offset."""
        ...

    def zone(self) -> tzinfo:
        """The offset in which days and clock times are reckoned."""
        ...

    def property(self, name: str) -> str:
        """A property of the device, "" when it is not told."""
        ...

    def version(self) -> str:
        """The version of the form."""
        ...

    def verifier(self) -> Callable[[bytes, bytes, bytes], bool] | None:
        """What checks a signature: public key, signature, message."""
        ...

    def choice_name(self, value: str, control: Node) -> str:
        """The label, in the current language, of a choice of the select that answers this node."""
        ...

    def itext(self, text_id: str, node: Node) -> str:
        """A text of the form in the current language."""
        ...


@dataclass(slots=True)
class Context:
    """Where an expression stands: the node, its place in the node-set, and the node of the whole expression."""

    node: Node
    runtime: Runtime
    current: Node
    position: int = 1
    size: int = 1


def unpack(value: Value) -> Scalar:
    """One plain value: of a node-set its first node, of an empty one the empty text."""
    if isinstance(value, list):
        return value[0].typed if value else ""
    return value


def to_string(value: Value) -> str:
    """The text of a value. Numbers are written without exponent; days and moments in ISO 8601."""
    value = unpack(value)
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value)
    return write_moment(value) if isinstance(value, datetime) else value.isoformat()


def number_text(value: float) -> str:
    """A number as text: whole numbers without a point, never an exponent."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == int(value):
        return str(int(value))
    text = repr(value)
    if "e" not in text:
        return text
    return f"{value:.20f}".rstrip("0").rstrip(".") or "0"


def to_number(value: Value) -> float:
    """The number of a value; NaN for text that is no plain decimal number (so also for the empty text)."""
    if isinstance(value, list):
        value = value[0].typed if value else ""
    if isinstance(value, float):
        return value
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, str):
        number = plain_number(value)
        return math.nan if number is None else number
    return days_since_epoch(value)


def to_boolean(value: Value) -> bool:
    """The truth of a value: text that is not empty, a number that is neither zero nor NaN, any day."""
    if isinstance(value, bool):
        return value
    value = unpack(value)
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return not (math.isnan(value) or abs(value) < _CLOSE)
    return bool(value)


def to_integer(value: Value) -> int | None:
    """The whole part of a number; None when it is not finite."""
    number = to_number(value)
    return int(number) if math.isfinite(number) else None


def equal(left: Value, right: Value) -> bool:
    """XPath equality: true when any node on either side is equal; an empty node-set reads as empty text."""
    if _many(left) or _many(right):
        return any(_same(one, other) for one in _scalars(left) for other in _scalars(right))
    return _same(unpack(left), unpack(right))


def unequal(left: Value, right: Value) -> bool:
    """XPath inequality: true when any node on either side differs."""
    if _many(left) or _many(right):
        return any(not _same(one, other) for one in _scalars(left) for other in _scalars(right))
    return not _same(unpack(left), unpack(right))


def less(left: Value, right: Value) -> bool:
    """Whether any number on the left is less than any on the right."""
    if _many(left) or _many(right):
        return any(to_number(one) < to_number(other) for one in _scalars(left) for other in _scalars(right))
    return to_number(left) < to_number(right)


def at_most(left: Value, right: Value) -> bool:
    """Whether any number on the left is at most any on the right."""
    if _many(left) or _many(right):
        return any(to_number(one) <= to_number(other) for one in _scalars(left) for other in _scalars(right))
    return to_number(left) <= to_number(right)


def _many(value: Value) -> bool:
    return isinstance(value, list) and len(value) > 1


def _scalars(value: Value) -> list[Scalar]:
    if isinstance(value, list):
        return [node.typed for node in value] if value else [""]
    return [value]


def _same(left: Scalar, right: Scalar) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) == to_boolean(right)
    if isinstance(left, float) or isinstance(right, float):
        one, other = to_number(left), to_number(right)
        return one == other or abs(one - other) < _CLOSE
    return to_string(left) == to_string(right)
