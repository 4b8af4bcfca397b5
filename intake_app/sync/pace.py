"""How many records go into one transaction: one where things go wrong, a few where all is well."""

from __future__ import annotations

import time

MOST = 48
SECONDS = 0.5
"""So long the records of one transaction take together, about."""


class Pace:
    """`width` doubles with every group that went well and in time, and falls back to 1 with the first that did not."""

    def __init__(self) -> None:
        self.width = 1
        self._began = 0.0
        self._stumbled = False

    def begin(self) -> None:
        """A group begins to go."""
        self._began, self._stumbled = time.monotonic(), False

    def stumble(self) -> None:
        """A record did not go as it should."""
        self._stumbled = True
        self.width = 1

    def end(self, count: int) -> None:
        """So many records went, or were left."""
        if self._stumbled:
            return
        each = (time.monotonic() - self._began) / count
        fitting = int(SECONDS / each) if each else MOST
        self.width = max(1, min(self.width * 2, MOST, fitting))
