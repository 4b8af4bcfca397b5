"""Two texts that say the same: in the participant's language and in Dutch."""

from __future__ import annotations

from typing import NamedTuple

from intake_app.i18n.gettext import SOURCE
from intake_app.ui.theme import script_is_tall


class Pair(NamedTuple):
    """A text in the participant's language and in Dutch. An empty `own` is a gap: the Dutch stands in for it."""

    own: str
    dutch: str
    language: str = "nl"

    @staticmethod
    def plain(dutch: str) -> Pair:
        """A text that is only Dutch, for the counsellor."""
        return Pair(dutch, dutch, "nl")

    @property
    def gap(self) -> bool:
        """Whether the participant's language misses this text."""
        return self.language != "nl" and not self.own and bool(self.dutch)

    @property
    def main(self) -> str:
        """The large text."""
        return self.own or self.dutch

    @property
    def second(self) -> str:
        """The small Dutch text; empty where the large text is that already."""
        return "" if self.language == "nl" or not self.own or self.own == self.dutch else self.dutch

    @property
    def rtl(self) -> bool:
        """Whether the large text runs from right to left."""
        return bool(self.own) and self.rtl_half

    @property
    def rtl_half(self) -> bool:
        """Whether the participant's half of the screen runs from right to left."""
        if self.language == SOURCE:
            return False
        from intake_app.i18n.languages import is_rtl

        return is_rtl(self.language)

    @property
    def tall(self) -> bool:
        """Whether the large text needs a size more."""
        return self.language != SOURCE and bool(self.own) and script_is_tall(self.language)

    @property
    def spoken(self) -> str:
        """Both texts, for a screen reader."""
        return f"{self.main} – {self.second}" if self.second else self.main

    @property
    def both(self) -> str:
        """Both texts on one line, for a badge."""
        return f"{self.main} · {self.second}" if self.second else self.main

    def __bool__(self) -> bool:
        return bool(self.own or self.dutch)
