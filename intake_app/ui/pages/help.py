"""Help for the page in sight: what can be done here, and every key that works here."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake_app.ui.keys import keys_of
from intake_app.ui.pages.manual import has_manual
from intake_app.ui.pages.shared import at_start, heading, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.help import about_keys, help_lines
from intake_app.ui.widgets import Card, Divider, PrimaryButton, SecondaryButton, TextLabel, column, row
from intake_app.ui.widgets.reveal import reveal


class HelpPage(SidePage):
    """Shows what one can do on the page `about` (None for an empty window). The keys are read from page and window.

    Emits `back_requested`; the page it is about stays as it was. `manual_requested`: to the manual, where there is one.
    """

    back_requested = Signal()
    manual_requested = Signal()

    def __init__(self, about: QWidget | None, window: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(text("Hulp"), widest=900, parent=parent)
        self.back.connect(self.back_requested)
        kind = type(about).__name__ if about is not None else ""
        self.lines = [text(line) for line in help_lines(kind)]
        self.add(Card(heading(text("Wat kunt u hier doen?"), "question"), column(*map(self._line, self.lines), gap=1)))
        self.keys = [*(keys_of(about) if about is not None else ()), *keys_of(window)]
        self.add(self._key_card(kind))
        self.add(self._more_card())
        self.add_stretch()
        self.close_button = PrimaryButton(text("Terug naar de bladzijde"), "back")
        self.close_button.clicked.connect(self.back_requested)
        self.set_footer(end=[self.close_button])

    def _more_card(self) -> Card:
        card = Card(heading(text("Meer weten"), "people"), gap=1.5)
        card.add(TextLabel(text("Komt u er niet uit? Vraag de coördinator van deze plek."), "body"))
        self.manual = SecondaryButton(text("Lees de handleiding, met plaatjes"), "list")
        self.manual.clicked.connect(self.manual_requested)
        at_start(card.body, self.manual)
        reveal(self.manual, has_manual())
        return card

    def _line(self, words: str) -> TextLabel:
        return TextLabel(f"•  {words}", "body")

    def _key_card(self, kind: str) -> Card:
        card = Card(heading(text("Toetsen"), "text-size"), gap=1)
        pairs = dict.fromkeys((key.keys, key.words) for key in self.keys)
        for number, (keys, words) in enumerate(
            (*pairs, *((text(keys), text(does)) for keys, does in about_keys(kind)))
        ):
            if number:
                card.add(Divider())
            line = QWidget()
            both = row(gap=2)
            both.addWidget(TextLabel(keys, "strong"), 2)
            both.addWidget(TextLabel(words, "body"), 5)
            line.setLayout(both)
            card.add(line)
        return card
