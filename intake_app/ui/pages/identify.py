"""Before a file opens: is this really the person who is here? Name and one mark more, so that nobody is mixed up."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake_app.errors import IntakeError
from intake_app.services.office import Office
from intake_app.services.people import PersonFile, PersonSummary, open_file
from intake_app.ui.pages.shared import heading, in_background, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.people import ages_to_choose, name_of
from intake_app.ui.widgets import (
    Answer,
    AnswerGrid,
    Card,
    LineEntry,
    MessageBar,
    MessageKind,
    Pair,
    PrimaryButton,
    TextLabel,
)
from intake_app.ui.widgets.field import Field


class IdentifyPage(SidePage):
    """Asks for the age or the number of the person whose name was chosen. `opened(PersonFile)` when it fits."""

    back_requested = Signal()
    opened = Signal(object)

    def __init__(self, office: Office, person: PersonSummary, parent: QWidget | None = None) -> None:
        super().__init__(text("Wie zit er voor u?"), widest=960, parent=parent)
        self._office, self._person = office, person
        self._reading = False
        self.back.connect(self.back_requested)
        self.message = MessageBar()
        self.add(self.message)
        self.age: AnswerGrid | None = None
        card = Card(heading(name_of(person), "person"), gap=3)
        lead = text("Vraag het aan de persoon zelf, of kijk op de kaart met het nummer.")
        if person.same_name:
            lead = f"{text('Let op: nog iemand in uw lijst heet zo.')} {lead}"
        card.add(TextLabel(lead, "body"))
        by_phone = text(
            "Aan de telefoon? Een naam en een leeftijd weten ook anderen. Bel terug op het nummer dat u kent."
        )
        card.add(TextLabel(by_phone, "body"))
        if ages := ages_to_choose(person):
            answers = [Answer(code, Pair.plain(words)) for code, words in ages]
            self.age = AnswerGrid(answers, columns=2, tile=False, role="strong")
            self.age.setAccessibleName(text("Hoe oud is deze persoon?"))
            self.age.changed.connect(lambda _values: self._try())
            card.add(Field(text("Hoe oud is deze persoon?"), self.age))
        self.number = LineEntry(text("Nummer op de kaart"), digits=True, widest=320)
        self.number.returnPressed.connect(self._try)
        help_text = text("Of typ het nummer over van de kaart of het plan.") if ages else ""
        card.add(Field(text("Nummer op de kaart"), self.number, help_text))
        self.add(card)
        self.add_stretch()
        self.open = PrimaryButton(text("Open het dossier"), "next", icon_after=True)
        self.open.clicked.connect(self._try)
        self.set_footer(end=[self.open])

    def _try(self) -> None:
        # A second press would write a second line in the log.
        if self._reading:
            return
        age = self.age.values() if self.age is not None else []
        number = self.number.text().strip()
        if not age and not number:
            self.message.say(MessageKind.INFO, text("Kies de leeftijd, of typ het nummer van de kaart."))
            return
        office, person = self._office, self._person

        def read() -> PersonFile:
            return open_file(
                office.store,
                office.clock,
                person.participant_id,
                call_name=person.call_name,
                age_group=age[0] if age else "",
                number=number,
            )

        self._reading = True
        in_background(self, read, self._read, self._refused)

    def _read(self, found: PersonFile) -> None:
        self._reading = False
        self.opened.emit(found)

    def _refused(self, error: IntakeError) -> None:
        self._reading = False
        say_error(self.message, error, MessageKind.WARNING)
        if self.age is not None:
            self.age.set_values([])
        self.scroll.verticalScrollBar().setValue(0)
