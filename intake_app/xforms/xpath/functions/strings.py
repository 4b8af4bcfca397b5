"""Functions on text."""

from __future__ import annotations

import base64
import binascii
import string
import sys
import unicodedata
import uuid
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

import regex

from intake_app.errors import LimitExceeded
from intake_app.xforms.instance.node import Node
from intake_app.xforms.limits import MAX_PATTERN, MAX_PATTERN_SECONDS, MAX_VALUE, refuse_above
from intake_app.xforms.xpath.ast import Call, Literal
from intake_app.xforms.xpath.compiled import Compiled
from intake_app.xforms.xpath.functions.registry import built, plain
from intake_app.xforms.xpath.values import Context, Value, to_integer, to_string

if TYPE_CHECKING:
    from intake_app.xforms.xpath.compiler import Compiler

_ID_LETTERS = string.ascii_uppercase + string.digits
_PROPERTY = regex.compile(r"\\(p|P)\{(?:Is)?(\w+)\}")


def texts(values: Sequence[Value]) -> list[str]:
    """Every value as text, the nodes of a node-set one by one."""
    found: list[str] = []
    for value in values:
        found.extend([to_string(node.typed) for node in value] if isinstance(value, list) else [to_string(value)])
    return found


@plain("string", 0, 1)
def _string(ctx: Context, args: Sequence[Value]) -> Value:
    return to_string(args[0] if args else ctx.node.typed)


@plain("concat", 0, None)
def _concat(ctx: Context, args: Sequence[Value]) -> Value:
    return _joined("", texts(args))


@plain("join", 1, None)
def _join(ctx: Context, args: Sequence[Value]) -> Value:
    return _joined(to_string(args[0]), texts(args[1:]))


def _joined(between: str, parts: list[str]) -> str:
    refuse_above(sum(map(len, parts)) + len(between) * len(parts), MAX_VALUE, "value", "concat")
    return between.join(parts)


@plain("substr", 2, 3)
def _substr(ctx: Context, args: Sequence[Value]) -> Value:
    text = to_string(args[0])
    # A place that is no number counts as 0, as in JavaRosa.
    start = to_integer(args[1]) or 0
    end = to_integer(args[2]) or 0 if len(args) == 3 else len(text)
    return text[start:end]


@plain("substring-before", 2)
def _before(ctx: Context, args: Sequence[Value]) -> Value:
    head, found, _ = to_string(args[0]).partition(to_string(args[1])) if to_string(args[1]) else ("", "", "")
    return head if found else ""


@plain("substring-after", 2)
def _after(ctx: Context, args: Sequence[Value]) -> Value:
    if not to_string(args[1]):
        return to_string(args[0])
    return to_string(args[0]).partition(to_string(args[1]))[2]


@plain("translate", 3)
def _translate(ctx: Context, args: Sequence[Value]) -> Value:
    text, old, new = (to_string(arg) for arg in args)
    table: dict[int, str | None] = {}
    for place, letter in enumerate(old):
        table.setdefault(ord(letter), new[place] if place < len(new) else None)
    return text.translate(table)


@plain("string-length", 0, 1)
def _length(ctx: Context, args: Sequence[Value]) -> Value:
    return float(len(to_string(args[0] if args else ctx.node.typed)))


@plain("normalize-space", 0, 1)
def _normalize(ctx: Context, args: Sequence[Value]) -> Value:
    return " ".join(to_string(args[0] if args else ctx.node.typed).split())


@plain("contains", 2)
def _contains(ctx: Context, args: Sequence[Value]) -> Value:
    return to_string(args[1]) in to_string(args[0])


@plain("starts-with", 2)
def _starts(ctx: Context, args: Sequence[Value]) -> Value:
    return to_string(args[0]).startswith(to_string(args[1]))


@plain("ends-with", 2)
def _ends(ctx: Context, args: Sequence[Value]) -> Value:
    return to_string(args[0]).endswith(to_string(args[1]))


@plain("uuid", 0, 1)
def _uuid(ctx: Context, args: Sequence[Value]) -> Value:
    if not args:
        return str(uuid.UUID(int=ctx.runtime.random.getrandbits(128), version=4))
    length = to_integer(args[0]) or 0
    refuse_above(length, MAX_VALUE, "value", "uuid")
    return "".join(ctx.runtime.random.choice(_ID_LETTERS) for _ in range(max(0, length)))


@plain("base64-decode", 1)
def _decode(ctx: Context, args: Sequence[Value]) -> Value:
    try:
        return base64.b64decode(to_string(args[0]), validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


@built("regex", 2)
def _regex(compiler: Compiler, call: Call) -> Compiled:
    """The pattern must fit the whole text. A literal pattern that is no pattern is refused at load."""
    subject, pattern = (compiler.argument(argument) for argument in call.arguments)
    written = call.arguments[1]
    if isinstance(written, Literal) and compiled_pattern(written.value) is None:
        raise compiler.fail("bad_pattern", call.position)

    def evaluate(ctx: Context) -> Value:
        found = compiled_pattern(to_string(pattern(ctx)))
        return found is not None and _fits(found, to_string(subject(ctx)), ctx.current)

    return Compiled(evaluate)


def _fits(pattern: regex.Pattern[str], text: str, at: Node) -> bool:
    try:
        return pattern.fullmatch(text, timeout=MAX_PATTERN_SECONDS) is not None
    except TimeoutError:
        where = "regex" if at.definition is None else at.definition.ref
        raise LimitExceeded(where=where, limit="pattern_seconds", most=MAX_PATTERN_SECONDS) from None


@lru_cache(maxsize=256)
def compiled_pattern(pattern: str) -> regex.Pattern[str] | None:
    """A Java pattern for Python: `\\p{L}` and its kin written out. None when it is no pattern."""
    refuse_above(len(pattern), MAX_PATTERN, "pattern", "regex")
    try:
        return regex.compile(_with_categories(pattern), regex.VERSION0)
    except (regex.error, KeyError):
        return None


def _with_categories(pattern: str) -> str:
    parts: list[str] = []
    at = 0
    inside = False
    while at < len(pattern):
        found = _PROPERTY.match(pattern, at)
        if found:
            ranges = _ranges(_CATEGORY_NAMES.get(found[2], found[2]), found[1] == "P")
            parts.append(ranges if inside else f"[{ranges}]")
            at = found.end()
            continue
        if pattern[at] == "\\":
            parts.append(pattern[at : at + 2])
            at += 2
            continue
        inside = pattern[at] == "[" or (inside and pattern[at] != "]")
        parts.append(pattern[at])
        at += 1
    return "".join(parts)


_CATEGORY_NAMES = {
    "Alpha": "L",
    "Alphabetic": "L",
    "Letter": "L",
    "Upper": "Lu",
    "Lower": "Ll",
    "Digit": "Nd",
    "Punct": "P",
}


@lru_cache(maxsize=32)
def _ranges(category: str, outside: bool) -> str:
    codes = [
        code for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)).startswith(category) != outside
    ]
    found: list[str] = []
    for _, run in groupby(enumerate(codes), key=lambda pair: pair[1] - pair[0]):
        members = [code for _, code in run]
        found.append(f"\\U{members[0]:08x}-\\U{members[-1]:08x}")
    if not found:
        raise KeyError(category)
    return "".join(found)
