"""What an import brought, in numbers; sentences are made elsewhere."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class ImportReport:
    """What was read and what was linked to the shipped catalogue."""

    kind: str
    version: str = ""
    languages: dict[str, int] = field(default_factory=dict)
    """Language code to number of names."""
    kept_languages: tuple[str, ...] = ()
    """Languages taken over from the list that stood before."""
    counts: dict[str, int] = field(default_factory=dict)
    """Kind of row to number read."""
    skipped: dict[str, int] = field(default_factory=dict)
    """Reason to number of rows left out."""
    linked_skills: int = 0
    """Skills of the shipped catalogue that got official names."""
    unlinked_skills: tuple[str, ...] = ()
    """Ids of the shipped skills that the list does not hold."""
    linked_occupations: int = 0
    """Shipped occupations whose ISCO code the list holds."""
    unlinked_occupations: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """All of it as plain values."""
        return asdict(self)
