"""The numbers of a range control: from start to end by steps, also downward and in decimals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation


@dataclass(frozen=True)
class Range:
    """`step` is positive; `start` may lie above `end`, and the scale then runs downward."""

    start: Decimal
    end: Decimal
    step: Decimal

    def holds(self, text: str) -> bool:
        """Whether a text is a number on the scale: within its ends, a whole number of steps from the start."""
        number = _number(text)
        if number is None or not min(self.start, self.end) <= number <= max(self.start, self.end):
            return False
        return (number - self.start) % self.step == 0

    def numbers(self, most: int = 1000) -> tuple[str, ...]:
        """The numbers in the order of the scale, at most so many."""
        count = min(int(abs(self.end - self.start) / self.step) + 1, most)
        step = self.step if self.end >= self.start else -self.step
        return tuple(f"{(self.start + number * step).normalize():f}" for number in range(count))


def read_range(parameters: Mapping[str, str]) -> Range | None:
    """The range of a control's `start`, `end` and `step`; None when one is missing, no number, or a step of nothing."""
    start, end, step = (_number(parameters.get(name, "")) for name in ("start", "end", "step"))
    if start is None or end is None or not step:
        return None
    return Range(start, end, abs(step))


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    # Beyond fifteen digits the remainder of a division is no longer exact.
    return number if number.is_finite() and abs(number.adjusted()) < 15 else None
