"""What can be wrong with a form, said as a place, a code and parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from intake_app.errors import FormInvalid


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: `where` is a ref or an element, `code` names it, `params` explain it."""

    where: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        shown = "".join(f" {name}={value}" for name, value in self.params.items())
        return f"{self.where}: {self.code}{shown}"


@dataclass
class Findings:
    """What reading a form brought to light: problems refuse it, warnings do not."""

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def refusal(self, where: str) -> FormInvalid:
        """The error that tells all problems at once."""
        return FormInvalid(problems=tuple(self.problems), where=where)
