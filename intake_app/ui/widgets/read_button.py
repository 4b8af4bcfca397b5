"""The button that reads aloud: in words where they stand on one line, else its sign alone."""

from __future__ import annotations

from intake_app.ui.theme import GRID, TARGET
from intake_app.ui.widgets.buttons import SecondaryButton
from intake_app.ui.widgets.pair import Pair


class ReadButton(SecondaryButton):
    """Its words never break: what reads aloud is known by its sign, and the room is for the paper it stands below."""

    def show_action(self, icon: str, words: Pair) -> None:
        """What a press does now."""
        self.set_text(words)
        self.setToolTip(words.dutch)
        self.mark.set_icon(icon)

    def least_width(self, *, tight: bool) -> int:
        sign = max(TARGET, self.mark.sizeHint().width() + 2 * GRID)
        return sign if tight else self.usual_width(tight=False)

    def set_tight(self, tight: bool) -> None:
        super().set_tight(tight)
        self.mark.show()
        self.label.setVisible(not tight)
