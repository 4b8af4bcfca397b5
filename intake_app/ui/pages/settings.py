"""The settings of the place: what stands on every plan, the legal basis, and how large the texts are."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake_app.domain.clocks import LONGEST, RetentionClocks
from intake_app.errors import IntakeError
from intake_app.services.installation import (
    missing_settings,
    read_clocks,
    read_installation,
    read_lock_minutes,
    write_clocks,
    write_installation,
    write_lock_minutes,
)
from intake_app.services.lock_time import LOCK_MINUTES
from intake_app.services.office import Office
from intake_app.services.policy import Action, may
from intake_app.services.ports import Store
from intake_app.ui.pages.address_card import AddressCard
from intake_app.ui.pages.follow_up_settings import FollowUpCard
from intake_app.ui.pages.look_card import LookCard
from intake_app.ui.pages.shared import at_start, heading, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.pages.voice_card import VoiceCard
from intake_app.ui.presenters.settings import (
    CLOCKS,
    FIELDS,
    LOCKS,
    period,
    read_look,
    show,
    still_empty,
    with_texts,
    write_look,
)
from intake_app.ui.widgets import (
    Answer,
    AnswerGrid,
    Card,
    LineEntry,
    MessageBar,
    MessageKind,
    Pair,
    PrimaryButton,
    SecondaryButton,
    Stepper,
    TextLabel,
    Tiles,
    column,
)
from intake_app.ui.widgets.field import Field
from intake_app.ui.widgets.growth import Parts


class SettingsPage(SidePage):
    """Shows and keeps the settings; those of the place are the site lead's. A text size is shown at once."""

    back_requested = Signal()
    lists_requested = Signal()
    recordings_requested = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(text("Instellingen"), widest=960, parent=parent)
        self._office = office
        self._lead = may(office.store.account, Action.SETTINGS)
        self._before = read_look(office.store)
        self.back.connect(self._leave)
        self.message = MessageBar()
        self.entries: dict[str, LineEntry] = {}
        self.clocks: dict[str, Stepper] = {}
        self.add(self.message)
        self.save = PrimaryButton(text("Bewaar"), "save")
        self.save.clicked.connect(self._save)
        self.set_footer(end=[self.save])
        self._say_missing()
        self.grow(self._parts())

    def _parts(self) -> Parts:
        """One card after the other; the letters come last for the site lead and first for everybody else."""
        place = [self._place_card, self._address_card, self._law_card, self._lock_card, self._clock_card]
        for make in (*place, self._look_card) if self._lead else (self._look_card, *place):
            card = make()
            card.setEnabled(self._lead or make not in place)
            self.add(card)
            yield
        if may(self._office.store.account, Action.OFFICIAL_LISTS):
            self.add(self._lists_card())
            yield
        self.follow_ups = FollowUpCard(self._office)
        self.add(self.follow_ups)
        yield
        self.voice = VoiceCard(self._office)
        self.voice.recordings_requested.connect(self._go_to_recordings)
        self.add(self.voice)

    def _say_missing(self) -> None:
        """What a talk still waits for; everybody may look, one may change."""
        if not self._lead:
            self.message.say(
                MessageKind.INFO,
                text("De coördinator van deze plek vult dit in."),
                text("U kunt hier zelf de letters en de kleuren kiezen."),
            )
        elif missing := missing_settings(self._office.store):
            self.message.say(MessageKind.WARNING, text("Nog niet alles is ingevuld."), still_empty(missing))

    def _look_card(self) -> Card:
        self.looks = LookCard(self._before)
        self.looks.set_look(self._before)
        return self.looks

    def _place_card(self) -> Card:
        tiles, kept = Tiles(380, 2, 3), read_installation(self._office.store)
        for name, label, help_text in FIELDS:
            entry = LineEntry(text(label))
            entry.set_text(getattr(kept, name))
            self.entries[name] = entry
            tiles.add_tile(Field(text(label), entry, text(help_text) if help_text else ""))
        return Card(heading(text("Deze plek"), "home"), tiles, gap=3)

    def _address_card(self) -> Card:
        self.addresses = AddressCard(tuple(self._office.catalogue.organisations.values()))
        return self.addresses

    def _lock_card(self) -> Card:
        self.lock = AnswerGrid(
            [Answer(str(each), Pair.plain(text(LOCKS, count=each))) for each in LOCK_MINUTES],
            columns=5,
            least=150,
            tile=False,
            role="strong",
        )
        self.lock.setAccessibleName(text("Vanzelf op slot"))
        self.lock.set_values([str(read_lock_minutes(self._office.store))])
        told = text("Als niemand de laptop aanraakt. Met F12 gaat het scherm meteen op slot.")
        return Card(heading(text("Op slot"), "lock"), Field(text("Vanzelf op slot"), self.lock, told), gap=3)

    def _clock_card(self) -> Card:
        tiles, kept = Tiles(380, 2, 3), read_clocks(self._office.store)
        for name, label, _ in CLOCKS:
            clock = Stepper(text(label), 1, LONGEST[name], show=lambda count, which=name: period(which, count))
            clock.set_value(getattr(kept, name))
            self.clocks[name] = clock
            tiles.add_tile(Field(text(label), clock))
        told = text(
            "Daarna verwijdert het programma het. De functionaris gegevensbescherming beslist over deze tijden."
        )
        return Card(heading(text("Hoe lang blijft het bewaard?"), "clock"), TextLabel(told, "small"), tiles, gap=3)

    def _lists_card(self) -> Card:
        self.lists = SecondaryButton(text("Bekijk de lijsten"), "list")
        self.lists.clicked.connect(self._go_to_lists)
        told = TextLabel(text("Meer woorden om mee te zoeken: ESCO, CompetentNL en de beroepen van het CBS."), "body")
        lines = column(told, gap=2)
        at_start(lines, self.lists)
        return Card(heading(text("Officiële lijsten"), "list"), lines)

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
        kept, missing = read_installation(self._office.store), missing_settings(self._office.store)
        self.basis.set_values([] if "legal_basis" in missing else [kept.legal_basis])
        self.no_control.set_values(["yes" if kept.no_control_agreement else "no"])
        self._warn()
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
        self.whole()
        store = self._office.store
        try:
            if self._lead:
                self._keep_place(store)
                self.follow_ups.keep()
            write_look(store, self.looks.look())
            missing = missing_settings(store)
        except IntakeError as error:
            say_error(self.message, error)
        else:
            self._before = self.looks.look()
            self.message.say(MessageKind.GOOD, text("Bewaard."), still_empty(missing) if self._lead else "")
        self.scroll.verticalScrollBar().setValue(0)

    def _keep_place(self, store: Store) -> None:
        changed = with_texts(read_installation(store), {name: entry.text() for name, entry in self.entries.items()})
        basis = self.basis.values()
        write_installation(
            store,
            replace(
                changed,
                legal_basis=basis[0] if basis else "",
                no_control_agreement=self.no_control.values() == ["yes"],
            ),
        )
        write_clocks(store, RetentionClocks(**{name: clock.value() for name, clock in self.clocks.items()}))
        write_lock_minutes(store, int(self.lock.values()[0]))

    def _leave(self) -> None:
        """A text size that was only tried on goes back."""
        show(self._before)
        self.back_requested.emit()

    def _go_to_lists(self) -> None:
        show(self._before)
        self.lists_requested.emit()

    def _go_to_recordings(self) -> None:
        show(self._before)
        self.recordings_requested.emit()
