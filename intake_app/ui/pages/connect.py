"""The connection of this laptop: a code pasted or in an image, or address and token by hand; trying it; keeping it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from intake_app.errors import FileMissing, IntakeError
from intake_app.services.connecting import ReadCode, TriedLine, connect, read_code, read_code_image, try_connection
from intake_app.services.installation import ServerSettings, read_server
from intake_app.services.office import Office
from intake_app.services.policy import Action, may
from intake_app.services.sending import send_during_talks
from intake_app.ui.errands import run_errand
from intake_app.ui.pages.shared import heading, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.connect import tried, works
from intake_app.ui.widgets import (
    Answer,
    AnswerGrid,
    BusyOverlay,
    Card,
    LineEntry,
    MessageBar,
    MessageKind,
    Pair,
    PrimaryButton,
    SecondaryButton,
    clear,
    column,
    row,
)
from intake_app.ui.widgets.field import Field, SecretEntry
from intake_app.ui.widgets.light import Light

IMAGES = "*.png *.jpg *.jpeg *.gif *.bmp *.webp"


def ask_image(parent: QWidget) -> str:
    """The image that was chosen in the system's dialog, or empty."""
    kinds = f"{text('Afbeeldingen')} ({IMAGES})"
    return QFileDialog.getOpenFileName(parent, text("Kies de afbeelding"), "", kinds)[0]


class ConnectPage(SidePage):
    """For the site lead; others see it, but change nothing. The token is hidden, and is shown on request only."""

    back_requested = Signal()

    def __init__(
        self, office: Office, *, choose_image: Callable[[QWidget], str] = ask_image, parent: QWidget | None = None
    ) -> None:
        super().__init__(text("Verbinding"), widest=960, parent=parent)
        self._office = office
        self._choose_image = choose_image
        self.back.connect(self.back_requested)
        self.message = MessageBar(closable=True)
        cards = (self._code_card(), self._server_card(), self._talks_card())
        self._outcome = column(gap=1.5)
        self._outcome_card = Card(heading(text("Uitkomst van de proef"), "sync"), self._outcome, gap=2)
        self._outcome_card.hide()
        for part in (self.message, self._outcome_card, *cards):
            self.add(part)
        for card in cards:
            card.setEnabled(may(office.store.account, Action.SETTINGS))
        self.add_stretch()
        self.try_it = SecondaryButton(text("Probeer de verbinding"), "sync")
        self.try_it.clicked.connect(self.try_now)
        self.keep = PrimaryButton(text("Bewaar de verbinding"), "save")
        self.keep.clicked.connect(self._keep)
        for button in (self.try_it, self.keep):
            button.setEnabled(may(office.store.account, Action.SETTINGS))
        self.set_footer(end=[self.try_it, self.keep])
        self.busy = BusyOverlay(self)

    def _code_card(self) -> Card:
        self.code = LineEntry(text("Instelcode"))
        self.read = SecondaryButton(text("Lees de code"), "check")
        self.read.clicked.connect(lambda: self._take(lambda: read_code(self._office, self.code.text())))
        self.code.returnPressed.connect(self.read.click)
        self.image = SecondaryButton(text("Kies een afbeelding met de QR-code"), "search")
        self.image.clicked.connect(self._read_image)
        help_ = text("Plak de code die u van het Werkcentrum kreeg, of kies het plaatje met de blokjes.")
        return Card(
            heading(text("Met een code"), "why"),
            Field(text("Instelcode"), self.code, help_),
            row(self.read, self.image, None),
            gap=2,
        )

    def _server_card(self) -> Card:
        server = read_server(self._office.store)
        self.address = LineEntry(text("Adres van de server"))
        self.address.set_text(server.address)
        self.token = SecretEntry(text("Toegangscode"))
        self.token.set_text(server.token)
        self.trial = AnswerGrid(
            [
                Answer("no", Pair.plain(text("De server van het Werkcentrum"))),
                Answer(
                    "yes", Pair.plain(text("Een proefserver")), note=Pair.plain(text("Ook oefengesprekken gaan mee"))
                ),
            ],
            columns=2,
            tile=False,
            role="strong",
        )
        self.trial.setAccessibleName(text("Soort server"))
        self.trial.set_values(["yes" if server.trial else "no"])
        return Card(
            heading(text("Of vul het zelf in"), "pencil"),
            Field(text("Adres van de server"), self.address, text("Plak het adres dat u van het Werkcentrum kreeg.")),
            Field(text("Toegangscode"), self.token, text("Deze laptop logt ermee in. Laat hem aan niemand zien.")),
            Field(text("Soort server"), self.trial),
            gap=3,
        )

    def _talks_card(self) -> Card:
        self.during = AnswerGrid(
            [
                Answer("no", Pair.plain(text("Wacht tot het gesprek klaar is"))),
                Answer("yes", Pair.plain(text("Verstuur ook tijdens een gesprek"))),
            ],
            columns=2,
            tile=False,
            role="strong",
        )
        self.during.setAccessibleName(text("Tijdens een gesprek"))
        self.during.set_values(["yes" if self._office.valve.during_talks else "no"])
        self.during.changed.connect(self._keep_during)
        return Card(heading(text("Tijdens een gesprek"), "people"), self.during, gap=2)

    def _read_image(self) -> None:
        chosen = self._choose_image(self)
        if chosen:
            self._take(lambda: read_code_image(self._office, _content(Path(chosen))))

    def _take(self, read: Callable[[], ReadCode]) -> None:
        """Put what a code holds in the fields; it is kept only when somebody says so."""
        try:
            found = read()
        except IntakeError as error:
            say_error(self.message, error)
        else:
            self.address.set_text(found.base_url)
            if found.token:
                self.token.set_text(found.token)
            self.code.set_text("")
            what = text("De code is gelezen.")
            if found.project:
                what = text("De code van project “{name}” is gelezen.", name=found.project)
            self.message.say(MessageKind.GOOD, what, text("Probeer nu de verbinding. Bewaar die daarna."))
        self._to_top()

    def try_now(self) -> None:
        """Try what stands in the fields, beside the window; nothing is kept and nothing is sent."""
        office, address, token = self._office, self.address.text(), self.token.text()
        self.message.say(MessageKind.INFO, "")
        words = text("De verbinding wordt geprobeerd …")
        run_errand(
            self, self.busy, words, lambda _watch: try_connection(office, address, token), self._tried, self._not_tried
        )

    def _tried(self, lines: tuple[TriedLine, ...]) -> None:
        clear(self._outcome)
        for one in tried(lines):
            self._outcome.addWidget(Light(one.kind, one.name, one.detail))
        self._outcome_card.show()
        if works(lines):
            self.message.say(
                MessageKind.GOOD, text("De verbinding werkt."), text("Bewaar haar als u haar wilt houden.")
            )
        else:
            told = text("De verbinding werkt nog niet.")
            self.message.say(MessageKind.WARNING, told, text("Hieronder staat wat wel en wat niet lukt."))
        self._to_top()

    def _not_tried(self, error: IntakeError) -> None:
        say_error(self.message, error)

    def _keep(self) -> None:
        address = self.address.text().strip().rstrip("/")
        server = ServerSettings(address, self.token.text().strip(), self.trial.values() == ["yes"])
        try:
            connect(self._office, server)
        except IntakeError as error:
            say_error(self.message, error)
        else:
            then = text("Verslagen gaan hier voortaan naartoe.")
            if not address:
                then = text("Er is geen adres. Alles blijft op deze laptop.")
            self.message.say(MessageKind.GOOD, text("De verbinding is bewaard."), then)
        self._to_top()

    def _keep_during(self, values: list[str]) -> None:
        try:
            send_during_talks(self._office, values == ["yes"])
        except IntakeError as error:
            say_error(self.message, error)

    def _to_top(self) -> None:
        self.scroll.verticalScrollBar().setValue(0)


def _content(path: Path) -> bytes:
    """The bytes of a chosen file. Raises FileMissing."""
    try:
        return path.read_bytes()
    except OSError:
        raise FileMissing(path=path.name) from None
