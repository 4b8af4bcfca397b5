"""From the text of an XPath expression to its words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from intake_app.errors import ExpressionError

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<number>\d+(?:\.\d*)?|\.\d+)
      | (?P<literal>"[^"]*"|'[^']*')
      | (?P<symbol>::|//|\.\.|<=|>=|!=|[()\[\].@,/|+\-=<>*$])
      | (?P<name>[^\W\d][\w.\-]*(?::(?!:)(?:\*|[^\W\d][\w.\-]*))?)
    )""",
    re.VERBOSE,
)
_OPERATOR_NAMES = frozenset({"and", "or", "div", "mod"})
_BEFORE_OPERAND = frozenset({"@", "::", "(", "[", ",", "/", "//", "|", "+", "-", "=", "!=", "<", "<=", ">", ">="})


@dataclass(frozen=True)
class Token:
    """One word: kind is number, literal, name, symbol, operator or end."""

    kind: str
    text: str
    position: int


def tokenize(source: str) -> list[Token]:
    """Split an expression into tokens, the last of kind `end`. Raises ExpressionError at a stray character."""
    tokens: list[Token] = []
    at = 0
    end = len(source.rstrip())
    while at < end:
        found = _TOKEN.match(source, at)
        if found is None:
            raise ExpressionError(expression=source, position=_first_ink(source, at), problem="unexpected_character")
        kind = found.lastgroup or "symbol"
        text = found.group(kind)
        position = found.start(kind)
        _refuse_glued_number(source, kind, found.end(), position)
        tokens.append(Token(_kind(kind, text, tokens), text, position))
        at = found.end()
    tokens.append(Token("end", "", end))
    return tokens


def _kind(kind: str, text: str, before: list[Token]) -> str:
    # XPath 1.0 section 3.7: after an operand, `*` and the words and, or, div, mod are operators.
    after_operand = bool(before) and not (before[-1].kind == "operator" or before[-1].text in _BEFORE_OPERAND)
    if kind == "symbol" and text in {"|", "+", "-", "=", "!=", "<", "<=", ">", ">="}:
        return "operator"
    if after_operand and (text == "*" or (kind == "name" and text in _OPERATOR_NAMES)):
        return "operator"
    return kind


def _refuse_glued_number(source: str, kind: str, end: int, position: int) -> None:
    if kind == "number" and end < len(source) and (source[end].isalpha() or source[end] == "_"):
        raise ExpressionError(expression=source, position=position, problem="bad_number")


def _first_ink(source: str, at: int) -> int:
    while at < len(source) and source[at].isspace():
        at += 1
    return at
