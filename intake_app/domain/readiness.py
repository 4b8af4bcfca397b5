"""One light of the readiness board: what it is about, how it stands, and the facts behind it; no sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from intake_app.errors import IntakeError


class Level(StrEnum):
    """How a thing stands: fine, good to know, needs a person soon, needs a person now."""

    GOOD = "good"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def colour(self) -> str:
        """green, amber or red."""
        return {"good": "green", "error": "red"}.get(self.value, "amber")


@dataclass(frozen=True)
class Light:
    """`name` is the subject and `code` how it stands; `params` are safe to show. `error` where one is the reason."""

    name: str
    level: Level
    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    error: IntakeError | None = None
