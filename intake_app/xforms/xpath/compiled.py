"""What compiling a part of an expression gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from intake_app.xforms.xpath.static import Places
from intake_app.xforms.xpath.values import Context, Value

Evaluate = Callable[[Context], Value]


@dataclass(frozen=True)
class Compiled:
    """A closure, with the model nodes its node-set may hold (None: another instance, or no node-set)."""

    evaluate: Evaluate
    places: Places | None = None
