"""The shapes of a parsed XPath expression."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Number:
    """A number as written."""

    value: float


@dataclass(frozen=True)
class Literal:
    """A quoted text."""

    value: str


@dataclass(frozen=True)
class Negate:
    """A minus sign before an operand."""

    operand: Expr


@dataclass(frozen=True)
class Binary:
    """Two operands and the operator between them, `|` included."""

    operator: str
    left: Expr
    right: Expr


@dataclass(frozen=True)
class Call:
    """A function with its arguments; `position` is where its name begins in the source."""

    name: str
    arguments: tuple[Expr, ...]
    position: int


@dataclass(frozen=True)
class Step:
    """One step of a path: axis, name test (`*`, `node()`, `text()` or a local name), predicates."""

    axis: str
    test: str
    predicates: tuple[Expr, ...] = ()


@dataclass(frozen=True)
class Path:
    """A path. `start` is None for a relative path, `/` for an absolute one, else the expression it starts from."""

    start: Expr | str | None
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Filter:
    """An expression whose node-set is filtered by predicates."""

    primary: Expr
    predicates: tuple[Expr, ...]


Expr = Number | Literal | Negate | Binary | Call | Path | Filter
