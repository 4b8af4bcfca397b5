"""How the window asks for the battery, whatever the system."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class Charge(Protocol):
    """A battery, as `platform.power` reads it: the charge in percent, and whether the plug is in."""

    @property
    def charge(self) -> int: ...
    @property
    def plugged(self) -> bool: ...


def no_battery() -> Charge | None:
    """A computer of which no battery is known."""
    return None


ReadBattery = Callable[[], Charge | None]
"""Reads the battery; None where there is none."""
