"""Somebody asks to see, mend or erase what is kept of them: what to do, or whom to ask, for everybody who picks up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake_app.i18n.phrases import joined
from intake_app.services.office import Office
from intake_app.services.policy import Action, may
from intake_app.ui.pages.shared import heading, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.widgets import Card, PrimaryButton, TextLabel, column


class DataWishPage(SidePage):
    """The way for who guides people, and for everybody else a note to hand on. `helpers` are names of who may do it.

    Signals: `people_requested`: to the list of people; `back_requested`.
    """

    back_requested = Signal()
    people_requested = Signal()

    def __init__(self, office: Office, helpers: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(text("Gegevens inzien of wissen"), widest=900, parent=parent)
        self.back.connect(self.back_requested)
        self._office = office
        self.may_do = may(office.store.account, Action.RIGHTS)
        self.lines = self._own_way() if self.may_do else self._hand_on(helpers)
        self.add(self._right())
        title = text("Zo doet u het") if self.may_do else text("Wat u nu doet")
        self.add(Card(heading(title, "check"), column(*map(self._line, self.lines), gap=1.5), gap=2))
        self.add_stretch()
        self.find = PrimaryButton(text("Zoek de persoon"), "search")
        self.find.clicked.connect(self.people_requested)
        self.find.setVisible(self.may_do)
        self.set_footer(end=[self.find] if self.may_do else [])

    def _right(self) -> Card:
        told = text(
            "Iedereen mag vragen wat er staat, het laten verbeteren of het laten wissen. Dat staat in de wet (AVG). "
            "De deelnemer hoeft niet te zeggen waarom."
        )
        return Card(heading(text("Wissen, verwijderen, een kopie"), "info"), TextLabel(told, "body"), gap=1.5)

    def _own_way(self) -> list[str]:
        return [
            text("Belt iemand? Bel terug op het nummer dat u van deze persoon kent. Zo weet u wie het is."),
            text("Zoek de persoon in “Mijn mensen”. Geen dossier? Dan kan een collega het hebben, of het is al weg."),
            text("Kies in het dossier “Inzien, veranderen of wissen”. Dat staat onderaan in beeld."),
            text("Wissen kan niet terug. Schrijf vóór het wissen op waar het bewijs heen moet."),
            text("Geef het bewijs mee, of stuur het op. U kunt het later niet nog eens maken."),
        ]

    def _hand_on(self, helpers: Sequence[str]) -> list[str]:
        phone = self._office.installation.phone
        lines = [
            text("Een vrijwilliger kan niets wissen. U hoeft ook niets te beloven."),
            text("Schrijf op papier: de roepnaam, het nummer van het plan als het er is, en de dag van vandaag."),
        ]
        if helpers:
            names = joined(list(helpers), "nl")
            lines.append(text("Geef het vandaag nog aan een begeleider. Op deze laptop werken: {names}.", names=names))
        else:
            lines.append(text("Geef het vandaag nog aan uw begeleider of aan de coördinator van deze plek."))
        lines.append(text("Zeg: wij bellen u terug op het nummer dat wij al hebben. Dan weten wij dat u het bent."))
        if phone:
            lines.append(text("De deelnemer kan ook zelf bellen: {phone}.", phone=phone))
        return lines

    def _line(self, words: str) -> TextLabel:
        return TextLabel(f"•  {words}", "body")
