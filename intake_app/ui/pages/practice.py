"""Practising: who to practise with, the card of who plays that part, and kind words when it is over."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from intake_app.services.practice import CardLine, PracticePerson
from intake_app.ui.pages.shared import heading, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.practice import Told, person_line, summary
from intake_app.ui.widgets import (
    Card,
    Divider,
    MessageBar,
    MessageKind,
    PrimaryButton,
    SecondaryButton,
    TextLabel,
    Tiles,
    column,
    row,
)
from intake_app.ui.widgets.big_buttons import RowButton
from intake_app.ui.widgets.growth import Parts
from intake_app.ui.widgets.halves import Halves
from intake_app.ui.widgets.icons import IconMark
from intake_app.ui.widgets.list_line import list_parts

_LEFT_OVER = 0.45
"""The least part of the width for what to think of; where there is less, what went well stands below it."""


class PracticePage(SidePage):
    """Leads to a practice talk: `chosen(PracticePerson)` for one with a card, `alone` for an empty sheet."""

    back_requested = Signal()
    chosen = Signal(object)
    alone = Signal()

    def __init__(self, people: Sequence[PracticePerson], parent: QWidget | None = None) -> None:
        super().__init__(text("Oefenen"), parent=parent)
        self.back.connect(self.back_requested)
        self.add(
            MessageBar(
                MessageKind.INFO,
                text("Oefen met een verzonnen deelnemer. Er wordt niets verstuurd en niets geteld."),
                text("Een collega speelt de deelnemer met de rolkaart. Alleen? Dan geeft u zelf de antwoorden."),
            )
        )
        self.buttons: dict[str, RowButton] = {}
        tiles = Tiles(420, 2, 1.5)
        for person in people:
            button = RowButton(
                person.name, person_line(person), "person", badge=text("verzonnen"), badge_kind="warning"
            )
            button.clicked.connect(lambda _checked=False, one=person: self.chosen.emit(one))
            self.buttons[person.code] = button
            tiles.add_tile(button)
        self.add(tiles)
        self.free = RowButton(text("Iemand anders"), text("U verzint zelf wie er komt: een leeg blad."), "plus")
        self.free.clicked.connect(self.alone)
        self.add(self.free)
        self.add_stretch()


class RoleCardPage(SidePage):
    """What the player says. `begin_requested` where the talk has still to begin; else only a way back."""

    back_requested = Signal()
    begin_requested = Signal()

    def __init__(
        self, person: PracticePerson, lines: Sequence[CardLine], *, begun: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(text("Rolkaart: {name}", name=person.name), widest=1000, parent=parent)
        self.back.connect(self.back_requested)
        self.add(
            MessageBar(
                MessageKind.WARNING,
                text("{name} bestaat niet. Alles op deze kaart is verzonnen.", name=person.name),
                person_line(person),
            )
        )
        self.lines: list[QWidget] = []
        if begun:
            self.go = PrimaryButton(text("Terug naar het gesprek"), "back")
            self.go.clicked.connect(self.back_requested)
        else:
            self.go = PrimaryButton(text("Begin de oefening"), "next", icon_after=True)
            self.go.clicked.connect(self.begin_requested)
        self.set_footer(end=[self.go])
        self.grow(self._parts(lines))

    def _parts(self, lines: Sequence[CardLine]) -> Parts:
        card = Card(heading(text("Dit zegt u als deelnemer"), "person"), gap=1)
        self.add(card)
        yield
        yield from list_parts(card.body, [partial(self._line, line) for line in lines], gap=1)

    def _line(self, line: CardLine) -> QWidget:
        whole = QWidget()
        both = row(gap=2)
        both.addWidget(TextLabel(line.question, "body", tone="soft"), 1, Qt.AlignmentFlag.AlignTop)
        both.addWidget(TextLabel(line.answer or text("Kies zelf."), "strong"), 1, Qt.AlignmentFlag.AlignTop)
        whole.setLayout(both)
        self.lines.append(whole)
        return whole


class FeedbackPage(SidePage):
    """What went well and what could be thought of next time. Nothing of it is kept."""

    done = Signal()
    again = Signal()

    def __init__(self, found: Sequence[Told], parent: QWidget | None = None) -> None:
        super().__init__(text("Hoe ging het oefenen?"), back=False, widest=1180, parent=parent)
        self.told = tuple(found)
        better, good = [one for one in found if not one.good], [one for one in found if one.good]
        self.add(MessageBar(MessageKind.GOOD, summary(found), text("Dit ziet alleen u. Er wordt niets van bewaard.")))
        cards = []
        if better:
            cards.append(self._card(text("Denk de volgende keer hieraan"), "star", better, "info"))
        if good:
            cards.append(self._card(text("Dit ging goed"), "check", good, "good"))
        for card in [Halves(*cards, gap=3, shares=(3, 2), left_over=_LEFT_OVER)] if len(cards) > 1 else cards:
            self.add(card)
        self.add_stretch()
        more = SecondaryButton(text("Nog een keer oefenen"), "star")
        more.clicked.connect(self.again)
        self.go = PrimaryButton(text("Klaar"), "check")
        self.go.clicked.connect(self.done)
        self.set_footer(start=[more], end=[self.go])

    def _card(self, title: str, icon: str, found: Sequence[Told], kind: str) -> Card:
        card = Card(heading(title, icon), gap=1.5)
        for number, one in enumerate(found):
            if number:
                card.add(Divider())
            words = column(TextLabel(one.what, "strong"), gap=0.25)
            if one.then:
                words.addWidget(TextLabel(one.then, "small"))
            line = row(gap=1.5)
            line.addWidget(IconMark(kind, kind, 26), 0, Qt.AlignmentFlag.AlignTop)
            line.addLayout(words, 1)
            card.add(line)
        card.body.addStretch(1)
        return card
