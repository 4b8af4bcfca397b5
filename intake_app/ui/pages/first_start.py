"""The first start, beside access and recovery key: how the program looks, what this place is, and practise first?"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake_app.errors import IntakeError
from intake_app.services.installation import missing_settings, read_installation, write_installation
from intake_app.services.ports import Store
from intake_app.ui.pages.look_card import LookCard
from intake_app.ui.pages.shared import heading, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.first_start import step_title
from intake_app.ui.presenters.settings import FIELDS, look_now, still_empty, with_texts
from intake_app.ui.widgets import (
    Answer,
    AnswerGrid,
    Card,
    LineEntry,
    MessageBar,
    MessageKind,
    Pair,
    PrimaryButton,
    QuietButton,
    TextLabel,
    Tiles,
    column,
)
from intake_app.ui.widgets.big_buttons import HeroButton, RowButton
from intake_app.ui.widgets.field import Field


class WelcomePage(SidePage):
    """The first step: large enough letters, and a word about the languages. `done(Look)`."""

    done = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(step_title("welcome"), back=False, widest=960, parent=parent)
        told = text("In een paar stappen is deze laptop klaar voor gesprekken. U kunt later alles veranderen.")
        self.language = AnswerGrid(
            [Answer("nl", Pair.plain("Nederlands"))], columns=3, least=200, tile=False, role="strong"
        )
        self.language.set_values(["nl"])
        self.language.setAccessibleName(text("De taal van de app voor u"))
        more = text("De deelnemer kiest bij elk gesprek een eigen taal. Die staat dan groot, met Nederlands erbij.")
        self.add(
            Card(
                heading(text("Welkom"), "home"),
                TextLabel(told, "body"),
                Field(text("De taal van de app voor u"), self.language, more),
                gap=2,
            )
        )
        self.looks = LookCard(look_now())
        self.add(self.looks)
        self.add_stretch()
        self.go = PrimaryButton(text("Verder"), "next", icon_after=True)
        self.go.clicked.connect(lambda: self.done.emit(self.looks.look()))
        self.set_footer(end=[self.go])


class PlaceStepPage(SidePage):
    """What stands on every plan and what a talk waits for; all of it may also wait. `done` either way."""

    done = Signal()

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(step_title("place"), back=False, widest=960, parent=parent)
        self._store = store
        self.message = MessageBar()
        self.add(self.message)
        told = text("Dit staat op elk plan en op elk blad over gegevens. Weet u iets nog niet? Laat het dan leeg.")
        self.entries: dict[str, LineEntry] = {}
        tiles = Tiles(380, 2, 3)
        installation = read_installation(store)
        for name, label, help_text in FIELDS:
            self.entries[name] = LineEntry(text(label))
            self.entries[name].set_text(getattr(installation, name))
            tiles.add_tile(Field(text(label), self.entries[name], text(help_text) if help_text else ""))
        self.add(Card(heading(text("Deze plek"), "home"), TextLabel(told, "body"), tiles, gap=3))
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
        if "legal_basis" not in missing_settings(store):
            self.basis.set_values([installation.legal_basis])
        law = text("De functionaris gegevensbescherming beslist. Dit bepaalt hoe de eerste toestemming klinkt.")
        self.add(Card(heading(text("Gegevens en afspraken"), "lock"), Field(text("Grondslag"), self.basis, law), gap=2))
        self.add_stretch()
        self.later = QuietButton(text("Later"), "clock")
        self.later.clicked.connect(self.done)
        self.go = PrimaryButton(text("Bewaar en ga verder"), "next", icon_after=True)
        self.go.clicked.connect(self._save)
        self.set_footer(start=[self.later], end=[self.go])

    def _save(self) -> None:
        changed = with_texts(
            read_installation(self._store), {name: entry.text() for name, entry in self.entries.items()}
        )
        basis = self.basis.values()
        try:
            write_installation(self._store, replace(changed, legal_basis=basis[0] if basis else ""))
        except IntakeError as error:
            say_error(self.message, error)
            self.scroll.verticalScrollBar().setValue(0)
            return
        self.done.emit()


class ReadyPage(SidePage):
    """The last step: practise first, or begin. `practise` and `done`."""

    practise = Signal()
    done = Signal()

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(step_title("ready"), back=False, widest=900, parent=parent)
        missing = missing_settings(store)
        if missing:
            self.add(MessageBar(MessageKind.INFO, text("De laptop is bijna klaar."), still_empty(missing)))
        else:
            self.add(MessageBar(MessageKind.GOOD, text("De laptop is klaar voor gesprekken.")))
        self.first = HeroButton(
            text("Eerst oefenen"), text("Met een verzonnen deelnemer. Er wordt niets verstuurd."), "star"
        )
        self.first.clicked.connect(self.practise)
        self.go = RowButton(
            text("Naar de eerste bladzijde"), text("Oefenen kan later altijd nog, in het menu."), "home"
        )
        self.go.clicked.connect(self.done)
        whole = QWidget()
        whole.setLayout(column(self.first, self.go, gap=2))
        self.add(whole)
        self.add(TextLabel(text("Hulp nodig? Druk op elke bladzijde op F1."), "body", tone="soft"))
        self.add_stretch()
