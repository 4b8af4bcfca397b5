"""The settings of the place: what stands on every plan, the legal basis, and how large the texts are."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake_app.errors import IntakeError
from intake_app.services.installation import read_installation, write_installation
from intake_app.services.office import Office
from intake_app.ui.pages.shared import heading, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.settings import FIELDS, SIZES, Look, read_look, show, still_empty, with_texts, write_look
from intake_app.ui.theme import TextSize
from intake_app.ui.widgets import (
    Answer,
    AnswerGrid,
    Card,
    LineEntry,
    MessageBar,
    MessageKind,
    Pair,
    PrimaryButton,
    Tiles,
)
from intake_app.ui.widgets.field import Field


class SettingsPage(SidePage):
    """Shows and keeps the settings. A text size is shown at once and kept with the rest."""

    back_requested = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(text("Instellingen"), widest=960, parent=parent)
        self._office = office
        self._before = read_look(office.store)
        self.back.connect(self._leave)
        self.message = MessageBar()
        self.entries: dict[str, LineEntry] = {}
        self.add(self.message)
        self.add(self._place_card())
        self.add(self._law_card())
        self.add(self._look_card())
        self.add_stretch()
        self.save = PrimaryButton(text("Bewaar"), "save")
        self.save.clicked.connect(self._save)
        self.set_footer(end=[self.save])
        self._fill()

    def _place_card(self) -> Card:
        tiles = Tiles(380, 2, 3)
        for name, label, help_text in FIELDS:
            entry = LineEntry(text(label))
            self.entries[name] = entry
            tiles.add_tile(Field(text(label), entry, text(help_text) if help_text else ""))
        return Card(heading(text("Deze plek"), "home"), tiles, gap=3)

    def _law_card(self) -> Card:
        self.basis = AnswerGrid(
            [
                Answer("consent", Pair.plain(text("Toestemming"))),
                Answer("public_task", Pair.plain(text("Publieke taak"))),
            ],
            columns=2,
            tile=False,
            role="strong",
        )
        self.basis.setAccessibleName(text("Grondslag"))
        self.no_control = AnswerGrid(
            [Answer("no", Pair.plain(text("Nee"))), Answer("yes", Pair.plain(text("Ja, ondertekend")))],
            columns=2,
            tile=False,
            role="strong",
        )
        self.no_control.setAccessibleName(text("Afspraak over controle"))
        self.no_control.changed.connect(self._warn)
        self.warning = MessageBar()
        return Card(
            heading(text("Gegevens en afspraken"), "lock"),
            Field(
                text("Grondslag"),
                self.basis,
                text("De functionaris gegevensbescherming beslist. Dit bepaalt hoe de eerste toestemming klinkt."),
            ),
            Field(
                text("Is er een ondertekende afspraak dat de uitkering niet wordt gecontroleerd?"),
                self.no_control,
                text("Alleen dan staat op het blad: “Wij gebruiken dit niet om uw uitkering te controleren.”"),
            ),
            self.warning,
            gap=3,
        )

    def _look_card(self) -> Card:
        self.size = AnswerGrid(
            [Answer(code, Pair.plain(text(label))) for code, label in SIZES.items()],
            columns=4,
            least=160,
            tile=False,
            role="strong",
        )
        self.size.setAccessibleName(text("Grootte van de letters"))
        self.contrast = AnswerGrid(
            [Answer("no", Pair.plain(text("Gewoon"))), Answer("yes", Pair.plain(text("Zwart op wit, sterke randen")))],
            columns=2,
            tile=False,
            role="strong",
        )
        self.contrast.setAccessibleName(text("Kleuren"))
        for grid in (self.size, self.contrast):
            grid.changed.connect(lambda _values: show(self._look()))
        return Card(
            heading(text("Lezen op dit scherm"), "text-size"),
            Field(text("Grootte van de letters"), self.size),
            Field(text("Kleuren"), self.contrast),
            gap=3,
        )

    def _fill(self) -> None:
        installation = read_installation(self._office.store)
        for name, entry in self.entries.items():
            entry.set_text(getattr(installation, name))
        self.basis.set_values([installation.legal_basis])
        self.no_control.set_values(["yes" if installation.no_control_agreement else "no"])
        self.size.set_values([self._before.size.name.lower()])
        self.contrast.set_values(["yes" if self._before.contrast else "no"])
        self._warn()

    def _look(self) -> Look:
        return Look(TextSize[self.size.values()[0].upper()], self.contrast.values() == ["yes"])

    def _warn(self) -> None:
        if self.no_control.values() == ["yes"]:
            self.warning.say(
                MessageKind.WARNING,
                text("Dit is een belofte aan elke deelnemer."),
                text("Kies dit alleen als de afspraak is ondertekend. Zonder afspraak is het niet waar."),
            )
        else:
            self.warning.say(MessageKind.INFO, "")

    def _save(self) -> None:
        store = self._office.store
        try:
            changed = with_texts(read_installation(store), {name: entry.text() for name, entry in self.entries.items()})
            changed = replace(
                changed,
                legal_basis=self.basis.values()[0],
                no_control_agreement=self.no_control.values() == ["yes"],
            )
            write_installation(store, changed)
            write_look(store, self._look())
        except IntakeError as error:
            say_error(self.message, error)
        else:
            self._before = self._look()
            self.message.say(MessageKind.GOOD, text("Bewaard."), still_empty(changed))
        self.scroll.verticalScrollBar().setValue(0)

    def _leave(self) -> None:
        """A text size that was only tried on goes back."""
        show(self._before)
        self.back_requested.emit()
