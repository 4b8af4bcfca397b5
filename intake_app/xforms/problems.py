"""What can be wrong with a form, said as a place, a code and parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: `where` is a ref or an element, `code` names it, `params` explain it."""

    where: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        shown = "".join(f" {name}={value}" for name, value in self.params.items())
        return f"{self.where}: {self.code}{shown}"
