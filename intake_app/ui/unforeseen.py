"""Where a failure that nobody foresaw is written down, of the window or of work behind it."""

from __future__ import annotations

from collections.abc import Callable


def ignore(_error: BaseException) -> None:
    """Write nothing down."""


def report_unforeseen(report: Callable[[BaseException], None]) -> None:
    """Let a failure in background work that nobody foresaw be written down too; its text must not be."""
    reporters[:] = [report]


reporters: list[Callable[[BaseException], None]] = [ignore]
