"""How proposals for random, invented people spread over the sectors, for the coordinator."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from intake_app.errors import IntakeError
from intake_app.services.office import Office
from intake_app.services.radar import RANDOM_PEOPLE, Spread, sector_spread
from intake_app.ui.errands import run_errand
from intake_app.ui.pages.shared import say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.widgets import BusyOverlay, Card, MessageBar, MessageKind, TextLabel, stretch
from intake_app.ui.widgets.growth import Parts
from intake_app.ui.widgets.share_bar import ShareBar

LEAST, MOST = 0.03, 0.9
"""Below and above these shares a sector counts as never or always proposed."""


class SpreadPage(SidePage):
    """One bar for each sector. Nobody real is counted here: the people are drawn by chance, the same each time."""

    back_requested = Signal()

    def __init__(self, office: Office, people: int = RANDOM_PEOPLE, parent: QWidget | None = None) -> None:
        super().__init__(text("Verdeling over de sectoren"), widest=1000, parent=parent)
        self.back.connect(self.back_requested)
        self._office = office
        self.message = MessageBar()
        self.add(self.message)
        self.busy = BusyOverlay(self)
        self.add(
            TextLabel(
                text(
                    "Het programma verzint {people} mensen: hun kaarten, werk en school zijn toeval. Dan kijkt het "
                    "welke beroepen zij zouden zien. Zo ziet u of een sector nooit of altijd wordt voorgesteld. "
                    "Het zijn geen echte mensen.",
                    people=people,
                ),
                "body",
            )
        )
        told = text("Het programma kijkt welke beroepen {people} verzonnen mensen zien …", people=people)
        run_errand(self, self.busy, told, lambda _watch: sector_spread(office, people), self._show, self._failed)

    def _show(self, spread: Spread) -> None:
        self.spread = spread
        self.grow(self._parts())

    def _parts(self) -> Parts:
        self.add(self._verdict(self._office))
        yield
        self.add(Card(self._table(self._office), margin=3))

    def _failed(self, error: IntakeError) -> None:
        say_error(self.message, error)

    def _verdict(self, office: Office) -> QWidget:
        labels = office.catalogue.terms["sector"]
        odd = [labels[row.sector] for row in self.spread.sectors if not LEAST <= row.seen / self.spread.people <= MOST]
        if not odd:
            return MessageBar(MessageKind.GOOD, text("Elke sector komt voor, en geen enkele altijd."))
        return MessageBar(
            MessageKind.WARNING,
            text("Kijk naar deze sectoren: {sectors}.", sectors=", ".join(odd)),
            text("Meld dit bij het Werkcentrum. De regels staan in gegevens en kunnen worden bijgesteld."),
        )

    def _table(self, office: Office) -> QGridLayout:
        grid = QGridLayout()
        for column, words in enumerate((text("Sector"), text("Staat in de lijst"), "", text("Staat bovenaan"))):
            grid.addWidget(TextLabel(words, "strong"), 0, column)
        for number, row in enumerate(self.spread.sectors, start=1):
            label, seen = office.catalogue.terms["sector"][row.sector], row.seen / self.spread.people
            share, first = text("{share}%", share=round(seen * 100)), round(row.first / self.spread.people * 100)
            grid.addWidget(TextLabel(label, "body", wrap=False), number, 0)
            grid.addWidget(stretch(ShareBar(seen, f"{label}: {share}")), number, 1)
            grid.addWidget(TextLabel(share, "body", wrap=False), number, 2)
            grid.addWidget(TextLabel(text("{share}%", share=first), "body", wrap=False), number, 3)
        grid.setColumnStretch(1, 1)
        return grid
