"""What a process told before it ended, one JSON line each, over a pipe that outlives it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import Any

Line = list[Any]
"""What was done and with what: ["try", …] before it, ["kept", …] once the program would show it as kept."""


@dataclass(frozen=True)
class Teller:
    """The writing end. A line is one write, so that it arrives whole or not at all (POSIX: up to PIPE_BUF bytes)."""

    pipe: int

    def __call__(self, *line: object) -> None:
        os.write(self.pipe, json.dumps(line).encode() + b"\n")


class Listener:
    """The reading end: collects lines until so many came, or until the other end has gone."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe
        self._raw = b""
        self.ended = False

    @property
    def lines(self) -> list[Line]:
        """The whole lines so far."""
        return [json.loads(line) for line in self._raw.split(b"\n")[:-1]]

    def read(self, most: int) -> None:
        """Wait for the first `most` lines, or for the end."""
        while not self.ended and self._raw.count(b"\n") < most:
            self._more()

    def read_all(self) -> None:
        """Everything up to the end; the writer must have ended or be about to."""
        while not self.ended:
            self._more()
        os.close(self._pipe)

    def _more(self) -> None:
        found = os.read(self._pipe, 65536)
        self.ended = not found
        self._raw += found
