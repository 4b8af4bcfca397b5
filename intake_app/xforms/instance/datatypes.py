"""The data types of ODK: which texts they take, how expressions read them, and how results are written."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo

from intake_app.xforms.instance.node import Node, Scalar
from intake_app.xforms.xpath.dates import (
    from_days,
    midnight,
    read_date,
    read_moment,
    read_time,
    write_moment,
    write_time,
)
from intake_app.xforms.xpath.values import Value, number_text, to_boolean, to_number, unpack

Zone = Callable[[], tzinfo]
"""Tells the offset in which days are reckoned; asked only where a value needs it, since asking costs time."""

_ALIASES = {"integer": "int", "long": "int", "double": "decimal", "float": "decimal", "datetime": "dateTime"}
_INTEGER = re.compile(r"[+-]?\d{1,18}")
_DECIMAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TRUTHS = {"1": True, "true": True, "0": False, "false": False}


def type_name(written: str) -> str:
    """The type a bind names, without prefix; an unknown or missing one is `string`."""
    name = written.strip().rpartition(":")[2] or "string"
    name = _ALIASES.get(name, name)
    return name if name in _KNOWN else "string"


def accepts(kind: str, text: str) -> bool:
    """Whether a text can be kept in a node of this type. The empty text always can."""
    if text == "":
        return True
    check = _CHECKS.get(kind)
    return check is None or check(text.strip())


def writable(text: str) -> str:
    """The text without the characters that XML cannot hold (XML 1.0 section 2.2)."""
    return text if text.isascii() and text.isprintable() else _UNWRITABLE.sub("", text)


def canonical(kind: str, text: str) -> str:
    """The text as it is kept, in JavaRosa's spelling: `7` for 007, `5.0` for 5, points with all four numbers."""
    if text == "":
        return ""
    if kind == "int":
        return str(int(text))
    if kind == "decimal":
        return _with_point(text)
    if kind in ("geopoint", "geotrace", "geoshape"):
        return "; ".join(_point_text(point) for point in _points(text))
    if kind == "boolean":
        return "1" if _TRUTHS[text.strip().lower()] else "0"
    return text


def read(kind: str, text: str, zone: Zone) -> Scalar:
    """The value expressions see. Text that does not fit its type is read as text."""
    if text == "":
        return ""
    if kind in ("int", "decimal"):
        return float(text) if _DECIMAL.fullmatch(text.strip()) else text
    if kind == "date":
        return read_date(text) or text
    if kind == "dateTime":
        moment = read_moment(text, zone())
        return text if moment is None else moment.astimezone(zone())
    if kind == "boolean":
        return _TRUTHS.get(text.strip().lower(), text)
    return text


def put(node: Node, text: str, zone: Zone) -> None:
    """Store a text in a node."""
    node.text = text
    node.typed = read(node.definition.bind.type, text, zone) if node.definition is not None else text


def written(kind: str, value: Value, zone: Zone) -> tuple[str, Scalar]:
    """The text and the typed value that a node of this type keeps of a computed value (JavaRosa's rules)."""
    scalar = unpack(value)
    if scalar == "" or (isinstance(scalar, float) and math.isnan(scalar)):
        return "", ""
    if kind == "boolean":
        return ("1", True) if to_boolean(scalar) else ("0", False)
    if isinstance(scalar, bool):
        numeric = kind in ("int", "decimal")
        return ("1" if scalar else "0"), (float(scalar) if numeric else scalar)
    if isinstance(scalar, float):
        return _number(kind, scalar)
    if isinstance(scalar, date):
        return _day(kind, scalar, zone)
    if kind in ("int", "decimal") and _DECIMAL.fullmatch(scalar.strip()):
        return scalar.strip(), to_number(scalar)
    return scalar, read(kind, scalar, zone)


def _number(kind: str, number: float) -> tuple[str, Scalar]:
    if kind == "int" and math.isfinite(number):
        number = float(math.trunc(number))
    if kind == "date":
        day = from_days(number) if math.isfinite(number) else None
        return ("", "") if day is None else (day.isoformat(), day)
    return number_text(number), number


def _day(kind: str, value: date, zone: Zone) -> tuple[str, Scalar]:
    if kind == "date":
        day = value.astimezone(zone()).date() if isinstance(value, datetime) else value
        return day.isoformat(), day
    moment = value if isinstance(value, datetime) else midnight(value, zone())
    if kind == "time":
        text = write_time(moment.timetz())
        return text, text
    if kind in ("int", "decimal"):
        number = float((value - date(1970, 1, 1)).days) if not isinstance(value, datetime) else to_number(value)
        return _number(kind, number)
    return write_moment(moment), (moment if kind == "dateTime" else value)


def _with_point(text: str) -> str:
    written = number_text(float(text))
    return written if "." in written else f"{written}.0"


def _point_text(text: str) -> str:
    numbers = [*text.split(), "0", "0"][:4]
    return " ".join(_with_point(number) for number in numbers)


def _point(text: str) -> bool:
    numbers = text.split()
    if not 2 <= len(numbers) <= 4 or not all(_DECIMAL.fullmatch(number) for number in numbers):
        return False
    return abs(float(numbers[0])) <= 90 and abs(float(numbers[1])) <= 180


def _points(text: str) -> list[str]:
    return [part.strip() for part in text.strip(" ;").split(";")]


def _line(text: str) -> bool:
    points = _points(text)
    return len(points) >= 2 and all(_point(point) for point in points)


def _shape(text: str) -> bool:
    points = _points(text)
    return len(points) >= 4 and points[0].split()[:2] == points[-1].split()[:2] and all(map(_point, points))


def _is_moment(text: str) -> bool:
    return read_moment(text, UTC) is not None


_CHECKS: dict[str, Callable[[str], bool]] = {
    "int": lambda text: _INTEGER.fullmatch(text) is not None,
    "decimal": lambda text: _DECIMAL.fullmatch(text) is not None,
    "date": lambda text: read_date(text) is not None,
    "dateTime": _is_moment,
    "time": lambda text: read_time(text) is not None,
    "boolean": lambda text: text.lower() in _TRUTHS,
    "binary": lambda text: "/" not in text and "\\" not in text and text not in (".", ".."),
    "geopoint": _point,
    "geotrace": _line,
    "geoshape": _shape,
}
_KNOWN = frozenset({*_CHECKS, "string", "barcode", "intent", "rank", "select", "select1"})
