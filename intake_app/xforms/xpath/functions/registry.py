"""The table of functions an expression may call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.xforms.xpath.compiled import Compiled
from intake_app.xforms.xpath.values import Context, Value

if TYPE_CHECKING:
    from intake_app.xforms.xpath.ast import Call
    from intake_app.xforms.xpath.compiler import Compiler

Plain = Callable[[Context, Sequence[Value]], Value]


@dataclass(frozen=True)
class Function:
    """A function: how many arguments it takes, and either what it computes or how a call of it is built.

    `most` is None when there is no upper bound. A built function sees its arguments unevaluated.
    """

    name: str
    least: int
    most: int | None
    compute: Plain | None = None
    build: Callable[[Compiler, Call], Compiled] | None = None


FUNCTIONS: dict[str, Function] = {}


def plain(name: str, least: int, most: int | None = -1) -> Callable[[Plain], Plain]:
    """Register a function whose arguments are all evaluated first; `most` left out means exactly `least`."""

    def register(compute: Plain) -> Plain:
        FUNCTIONS[name] = Function(name, least, least if most == -1 else most, compute=compute)
        return compute

    return register


Builder = Callable[["Compiler", "Call"], "Compiled"]


def built(name: str, least: int, most: int | None = -1) -> Callable[[Builder], Builder]:
    """Register a function that builds its own call, because it is lazy or looks at its arguments' shape."""

    def register(build: Builder) -> Builder:
        FUNCTIONS[name] = Function(name, least, least if most == -1 else most, build=build)
        return build

    return register
