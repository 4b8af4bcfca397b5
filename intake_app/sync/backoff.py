"""How long to wait before trying again: longer each time, never twice the same, without an end."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
JITTER = 0.25


class Backoff:
    """Waits that double from `first` to `longest` and stay there; we never give up on a record.

    Each wait is moved by at most a quarter either way, so that the laptops of one library do not all call at the
    same moment. The same `seed` gives the same waits.
    """

    def __init__(
        self, first: timedelta = FIRST_WAIT, longest: timedelta = LONGEST_WAIT, *, seed: int | None = None
    ) -> None:
        self._first, self._longest = first, longest
        self._random = Random(seed)

    def is_over(self, until: datetime, now: datetime) -> bool:
        """Whether a wait has ended; one that is longer than any we set was set under another clock, and has too."""
        return until <= now or until - now > self._longest * (1 + JITTER)

    def wait_after(self, attempts: int) -> timedelta:
        """The wait after this many attempts (1 after the first)."""
        doublings = min(max(attempts - 1, 0), 40)
        wait = min(self._first.total_seconds() * 2.0**doublings, self._longest.total_seconds())
        return timedelta(seconds=wait * self._random.uniform(1 - JITTER, 1 + JITTER))
