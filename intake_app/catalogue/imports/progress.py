"""How far an import is, and the way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from intake_app.errors import ImportCancelled

ROWS_BETWEEN_REPORTS = 1000
READING_SHARE = 0.7
ORDERED_SHARE = 0.8
INDEXED_SHARE = 0.9
"""Parts of the time: when all is read, when the names stand in order, when their words are indexed."""


def _nobody(_: Progress) -> None:
    return None


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Progress:
    """What is being done (`reading`, `indexing`), the file, and the share of the whole import that is done (0-1)."""

    phase: str
    file: str
    share: float


@dataclass
class Watch:
    """Tells an observer how far it is, and stops the import when somebody asked for that."""

    tell: Callable[[Progress], None] = _nobody
    cancelled: Callable[[], bool] = _never
    total: int = 1
    before: int = 0
    _rows: int = field(default=0, init=False)

    def reading(self, file: str, position: Callable[[], int]) -> None:
        """To be called for every row read; `position` gives the bytes read of this file. Raises ImportCancelled."""
        self._rows += 1
        if self._rows % ROWS_BETWEEN_REPORTS == 0:
            self.step("reading", file, READING_SHARE * min(1.0, (self.before + position()) / max(1, self.total)))

    def step(self, phase: str, file: str, share: float) -> None:
        """One step of the way. Raises ImportCancelled."""
        if self.cancelled():
            raise ImportCancelled
        self.tell(Progress(phase, file, share))

    def interrupt(self) -> int:
        """For SQLite, which asks now and then whether a long statement must stop: 1 stops it."""
        return int(self.cancelled())
