"""Where a reading back began, which section it is about, and which sections were said to be right."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from intake_app.ui.presenters.between import Between


@dataclass
class Reading:
    """`section` is "" for the whole talk; `came_from` is the screen that was in sight; `heard` were confirmed.

    `for_plan`: what is corrected was missing in the plan, which comes in sight again afterwards.
    """

    section: str = ""
    came_from: str = ""
    heard: set[str] = field(default_factory=set)
    correcting: bool = False
    for_plan: bool = False

    def begin(self, section: str, came_from: str) -> None:
        """Look at what was told; a correction in between does not forget where it began."""
        self.section = section
        if not self.correcting:
            self.came_from = came_from
        self.correcting = self.for_plan = False

    def left(self, between: Between) -> Between:
        """What is still to be said: a section that was confirmed is not read back again."""
        return replace(between, closing=None) if between.section in self.heard else between
