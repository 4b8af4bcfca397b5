"""Without a connection: records on a stick to the Werkcentrum, their receipts back, and a plan for another place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from intake_app.errors import IntakeError
from intake_app.services.envelopes import Booked, MadeEnvelope
from intake_app.services.hand_over import OpenedHandOver
from intake_app.services.meeting import Meeting
from intake_app.services.office import Office
from intake_app.ui.pages.shared import heading, in_background, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.envelope import EnvelopePresenter
from intake_app.ui.widgets import (
    BusyOverlay,
    Card,
    LineEntry,
    MessageBar,
    MessageKind,
    PrimaryButton,
    SecondaryButton,
    TextLabel,
    clear,
    column,
    row,
)
from intake_app.ui.widgets.field import Field

Choose = Callable[[QWidget], str]


def ask_folder(parent: QWidget) -> str:
    """The folder that was chosen in the system's dialog, or empty."""
    return QFileDialog.getExistingDirectory(parent, text("Kies de stick of de map"))


def ask_file(parent: QWidget) -> str:
    """The file that was chosen in the system's dialog, or empty."""
    return QFileDialog.getOpenFileName(parent, text("Kies het bestand op de stick"))[0]


class EnvelopePage(SidePage):
    """Puts on a stick and takes from it; with `opening` the card for what one got stands in front.

    `talk_requested(instance_id)` leads to a talk that was handed over, `meeting_requested(participant_id, name)` to the
    conflict desk.
    """

    back_requested = Signal()
    talk_requested = Signal(str)
    meeting_requested = Signal(str, str)

    def __init__(
        self,
        office: Office,
        *,
        opening: bool = False,
        choose_folder: Choose = ask_folder,
        choose_file: Choose = ask_file,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text("Op een stick"), widest=960, parent=parent)
        self.presenter = EnvelopePresenter(office)
        self._choose_folder, self._choose_file = choose_folder, choose_file
        self._talk = ""
        self.back.connect(self.back_requested)
        self.message = MessageBar(closable=True)
        self.go_on = PrimaryButton(text("Ga naar dit gesprek"), "next", icon_after=True)
        self.go_on.clicked.connect(lambda: self.talk_requested.emit(self._talk))
        self.go_on.hide()
        self._meeting = ("", "")
        self.go_desk = PrimaryButton(text("Leg beide plannen naast elkaar"), "next", icon_after=True)
        self.go_desk.clicked.connect(lambda: self.meeting_requested.emit(*self._meeting))
        self.go_desk.hide()
        self.add(self.message)
        cards = self._cards()
        for card in cards[2:3] + cards[:2] + cards[3:] if opening else cards:
            self.add(card)
        self.add_stretch()
        self.set_footer(end=[self.go_on, self.go_desk])
        self.busy = BusyOverlay(self)

    def _cards(self) -> list[Card]:
        cards = [self._send_card()]
        if self.presenter.guides:
            cards += [self._give_card(), self._open_card()]
        if self.presenter.sets_key:
            cards.append(self._key_card())
        return cards

    def _send_card(self) -> Card:
        self.waiting = TextLabel(self.presenter.waiting(), "strong")
        self.close_button = PrimaryButton(text("Op een stick zetten"), "save")
        self.close_button.clicked.connect(self._close)
        self.book_button = SecondaryButton(text("Bewijs terughalen"), "check")
        self.book_button.clicked.connect(self._book)
        why = text(
            "Is er geen verbinding? Zet de verslagen op een stick en breng die naar het Werkcentrum. Alleen het "
            "Werkcentrum kan de envelop openen. Haal daarna hier het bewijs terug. Tot dan blijft alles op deze laptop."
        )
        return Card(
            heading(text("Naar het Werkcentrum"), "send"),
            TextLabel(why, "body"),
            self.waiting,
            row(self.close_button, self.book_button, None),
            gap=2,
        )

    def _give_card(self) -> Card:
        self.plan_number = LineEntry(text("Nummer van het plan"), widest=320)
        self.find_plan = SecondaryButton(text("Zoek"), "search")
        self.find_plan.clicked.connect(self._find)
        self.plan_number.returnPressed.connect(self.find_plan.click)
        self._agreed = column(gap=1)
        help_ = text("Het nummer staat onderaan het plan. Doorgeven kan alleen als de deelnemer daar ja op zei.")
        return Card(
            heading(text("Een plan doorgeven"), "people"),
            Field(text("Nummer van het plan"), self.plan_number, help_),
            row(self.find_plan, None),
            self._agreed,
            gap=2,
        )

    def _open_card(self) -> Card:
        self.number = LineEntry(text("Nummer van de deelnemer"), widest=320)
        self.code = LineEntry(text("Code van de deelnemer"), widest=320)
        self.open_button = SecondaryButton(text("Kies het bestand en open het"), "lock")
        self.open_button.clicked.connect(self._open)
        plan = text("Kreeg u een plan? Nummer en code staan op het blad Mijn gegevens van de deelnemer.")
        return Card(
            heading(text("Een plan of verslag openen dat u kreeg"), "lock"),
            TextLabel(plan, "body"),
            TextLabel(text("Kreeg u een verslag van het Werkcentrum? Dan zijn nummer en code niet nodig."), "body"),
            Field(text("Nummer van de deelnemer"), self.number),
            Field(text("Code van de deelnemer"), self.code),
            row(self.open_button, None),
            gap=2,
        )

    def _key_card(self) -> Card:
        self.key = LineEntry(text("Sleutel van het Werkcentrum"))
        self.key.set_text(self.presenter.key())
        self.key_told = TextLabel(self.presenter.key_told(), "body", tone="soft")
        self.keep_key = SecondaryButton(text("Bewaar de sleutel"), "save")
        self.keep_key.clicked.connect(self._keep_key)
        return Card(
            heading(text("Sleutel van het Werkcentrum"), "settings"),
            Field(text("Sleutel"), self.key, text("Hij begint met OT1. Deze sleutel is niet geheim.")),
            self.key_told,
            row(self.keep_key, None),
            gap=2,
        )

    def _close(self) -> None:
        folder = self._choose_folder(self)
        if not folder:
            return

        def done(made: tuple[Path, MadeEnvelope]) -> None:
            self._good(text("De envelop is klaar."), self.presenter.closed(*made))

        self._work(text("De envelop wordt gemaakt …"), lambda: self.presenter.close(Path(folder)), done)

    def _book(self) -> None:
        file = self._choose_file(self)
        if not file:
            return

        def done(booked: Booked) -> None:
            self._good(text("Het bewijs is verwerkt."), self.presenter.booked(booked))

        self._work(text("Het bewijs wordt gelezen …"), lambda: self.presenter.book(Path(file)), done)

    def _find(self) -> None:
        clear(self._agreed)
        self.give: list[SecondaryButton] = []
        try:
            found = self.presenter.organisations(self.plan_number.text())
        except IntakeError as error:
            say_error(self.message, error, MessageKind.WARNING)
            return
        if not found:
            none = text("De deelnemer gaf geen toestemming om dit plan door te geven.")
            self._agreed.addWidget(TextLabel(none, "strong"))
        for name, label in found:
            button = SecondaryButton(text("Op een stick voor {organisation}", organisation=label), "save")
            button.clicked.connect(lambda _checked=False, name=name: self._give(name))
            self.give.append(button)
            self._agreed.addLayout(row(button, None))
        self.chain()

    def _give(self, organisation: str) -> None:
        folder, number = self._choose_folder(self), self.plan_number.text()
        if not folder:
            return

        def done(told: str) -> None:
            self._good(text("Het plan kan mee."), told)

        work = lambda: self.presenter.hand_over(number, organisation, Path(folder))  # noqa: E731 - for the lane
        self._work(text("De envelop wordt gemaakt …"), work, done)

    def _open(self) -> None:
        number, code = self.number.text(), self.code.text()
        file = self._choose_file(self)
        if not file:
            return

        def done(opened: OpenedHandOver | Meeting) -> None:
            self.code.set_text("")
            if isinstance(opened, Meeting):
                self._met(opened)
                return
            self._talk = opened.instance_id
            self.go_on.show()
            self._good(text("Het plan is open. U kunt verder praten."), self.presenter.opened(opened))

        self._work(text("De envelop gaat open …"), lambda: self.presenter.open(Path(file), number, code), done)

    def _met(self, meeting: Meeting) -> None:
        self._meeting = (meeting.participant_id, meeting.name)
        self.go_on.hide()
        self.go_desk.set_text(self.presenter.to_desk(meeting))
        self.go_desk.show()
        self._good(self.presenter.met_title(meeting), self.presenter.met(meeting), MessageKind.INFO)

    def _keep_key(self) -> None:
        try:
            told = self.presenter.keep_key(self.key.text())
        except IntakeError as error:
            say_error(self.message, error, MessageKind.WARNING)
            self.scroll.verticalScrollBar().setValue(0)
            return
        self.key_told.setText(told)
        self._good(text("De sleutel is bewaard."), told)

    def _work(self, words: str, work: Callable[[], object], done: Callable[..., None]) -> None:
        self.busy.start(words, whole=True)
        in_background(self, work, done, self._failed)

    def _good(self, what: str, told: str, kind: MessageKind = MessageKind.GOOD) -> None:
        self.busy.stop()
        self.waiting.setText(self.presenter.waiting())
        self.message.say(kind, what, told)
        self.scroll.verticalScrollBar().setValue(0)
        self.chain()

    def _failed(self, error: IntakeError) -> None:
        self.busy.stop()
        say_error(self.message, error, MessageKind.WARNING)
        self.scroll.verticalScrollBar().setValue(0)
