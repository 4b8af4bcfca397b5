"""How the program looks to the counsellor: letters and colours, tried at once, at the first start and in settings."""

from __future__ import annotations

from collections.abc import Mapping

from intake_app.ui.pages.shared import heading, text
from intake_app.ui.presenters.settings import SCHEMES, SIZES, Look, show
from intake_app.ui.theme import Scheme, TextSize
from intake_app.ui.widgets import Answer, AnswerGrid, Card, Pair
from intake_app.ui.widgets.field import Field


class LookCard(Card):
    """Begins at `look`; a choice shows at once, and keeping it is for the page."""

    def __init__(self, look: Look) -> None:
        super().__init__(heading(text("Lezen op dit scherm"), "text-size"), gap=2)
        self.sizes = _choice(SIZES, text("Grootte van de letters"))
        self.colours = _choice(SCHEMES, text("Kleuren"))
        for grid in (self.sizes, self.colours):
            self.add(Field(grid.accessibleName(), grid))
        self.set_look(look)
        for grid in (self.sizes, self.colours):
            grid.changed.connect(lambda _values: show(self.look()))

    def set_look(self, look: Look) -> None:
        """Mark another look as chosen, without showing it."""
        self.sizes.set_values([look.size.name.lower()])
        self.colours.set_values([look.scheme.value])

    def look(self) -> Look:
        """What is chosen now."""
        return Look(TextSize[self.sizes.values()[0].upper()], Scheme(self.colours.values()[0]))


def _choice(options: Mapping[str, str], name: str) -> AnswerGrid:
    answers = [Answer(code, Pair.plain(text(label))) for code, label in options.items()]
    grid = AnswerGrid(answers, columns=4, least=160, tile=False, role="strong")
    grid.setAccessibleName(name)
    return grid
