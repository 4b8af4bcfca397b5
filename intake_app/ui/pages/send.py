"""Sending: what waits, what arrived, what needs a hand, and which server it goes to."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from intake_app.errors import IntakeError
from intake_app.services.form_updates import UpdateReport
from intake_app.services.installation import read_server
from intake_app.services.office import Office
from intake_app.services.policy import Action, may
from intake_app.services.submissions import RoundReport
from intake_app.ui.pages.shared import heading, in_background, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.send import Row, errors_of, keep_server, news_told, receipts, rows, told
from intake_app.ui.widgets import (
    Answer,
    AnswerGrid,
    Badge,
    BusyOverlay,
    Card,
    Divider,
    LineEntry,
    MessageBar,
    MessageKind,
    Pair,
    PrimaryButton,
    SecondaryButton,
    TextLabel,
    clear,
    column,
    row,
)
from intake_app.ui.widgets.field import Field, SecretEntry
from intake_app.ui.widgets.icons import IconMark


class SendPage(SidePage):
    """Shows the outbox and sends it. Lists hold form, date and number; never a name."""

    back_requested = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(text("Versturen"), widest=960, parent=parent)
        self._office = office
        self._failed: dict[str, IntakeError] = {}
        self._underway = False
        self._news: UpdateReport | None = None
        self.back.connect(self.back_requested)
        self.message = MessageBar(closable=True)
        promise = MessageBar(
            MessageKind.INFO,
            text("Zonder toestemming gaat er niets weg."),
            text("Alleen waar de deelnemer ja tegen zei, wordt verstuurd. De rest blijft op deze laptop."),
        )
        self._waiting, self._arrived = column(gap=1.5), column(gap=1.5)
        self._waiting_title = TextLabel("", "title")
        self._arrived_card = Card(heading(text("Aangekomen"), "good"), self._arrived)
        for part in (self.message, promise, Card(heading(text("Wat wacht"), "cloud"), self._waiting)):
            self.add(part)
        self.add(self._arrived_card)
        server = self._server_card()
        server.setEnabled(may(office.store.account, Action.SETTINGS))
        self.add(server)
        self.add_stretch()
        self.send = PrimaryButton(text("Nu versturen"), "send")
        self.send.clicked.connect(self.send_now)
        self.set_footer(end=[self.send])
        self.busy = BusyOverlay(self)
        self.refresh()

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
        self.keep = SecondaryButton(text("Bewaar de server"), "save")
        self.keep.clicked.connect(self._keep_server)
        return Card(
            heading(text("Server"), "settings"),
            Field(text("Adres van de server"), self.address, text("Plak het adres dat u van het Werkcentrum kreeg.")),
            Field(text("Toegangscode"), self.token, text("Deze laptop logt ermee in. Laat hem aan niemand zien.")),
            Field(text("Soort server"), self.trial),
            row(self.keep, None),
            gap=3,
        )

    def refresh(self) -> None:
        """Read again what waits and what arrived."""
        try:
            waiting, arrived = rows(self._office, self._failed), receipts(self._office)
        except IntakeError as error:
            say_error(self.message, error)
            return
        self._fill(self._waiting, waiting, text("Er wacht niets."), "clock")
        self._fill(self._arrived, arrived, text("Nog niets."), "good")
        words = text("Nu versturen")
        self.send.set_text(f"{words} ({len(waiting)})" if waiting else words)
        self.send.setEnabled(bool(waiting) and not self._underway)

    def _fill(self, place, lines: tuple[Row, ...], empty: str, icon: str) -> None:
        clear(place)
        if not lines:
            place.addWidget(TextLabel(empty, "body", tone="soft"))
        for number, line in enumerate(lines):
            if number:
                place.addWidget(Divider())
            place.addWidget(self._line(line, icon))

    def _line(self, line: Row, icon: str) -> QWidget:
        shown = QWidget()
        texts = column(TextLabel(line.title, "strong"), TextLabel(line.detail, "small"), gap=0.25)
        if line.problem:
            texts.addWidget(TextLabel(line.problem, "body"))
        inside = row(gap=1.5)
        mark = IconMark("warning" if line.apart else icon, "warning" if line.apart else "primary", 28)
        inside.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(texts, 1)
        if line.apart:
            badge = Badge(text("hulp nodig"), "warning")
            inside.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
        shown.setLayout(inside)
        shown.setAccessibleName(". ".join(part for part in (line.title, line.detail, line.problem) if part))
        return shown

    def _keep_server(self) -> None:
        try:
            keep_server(self._office, self.address.text(), self.token.text(), self.trial.values() == ["yes"])
        except IntakeError as error:
            say_error(self.message, error)
        else:
            self.refresh()
            self.message.say(MessageKind.GOOD, text("De server is bewaard."), self._how_to_try())
        self.scroll.verticalScrollBar().setValue(0)

    def _how_to_try(self) -> str:
        """When the connection shows itself: there is nothing to try it with while nothing waits."""
        if not self.address.text().strip():
            return text("Er is geen adres. Alles blijft op deze laptop.")
        if self.send.isEnabled():
            return text("Kies “Nu versturen” om de verbinding te proberen.")
        return text("De verbinding wordt geprobeerd zodra er iets te versturen is.")

    def send_now(self) -> None:
        """Send what waits, in the background; the page stays and tells the outcome."""
        if self._underway:
            return
        self._underway = True
        self.send.setEnabled(False)
        self.message.say(MessageKind.INFO, "")
        self.busy.start(text("De verslagen worden verstuurd …"))
        in_background(self, self._round, self._sent, self._not_sent)

    def _round(self) -> RoundReport | None:
        """Send, then fetch new forms and catalogues, which nobody has to wait for."""
        report = self._office.send()
        if report is not None and not report.problem:
            self._news = self._office.fetch_new()
        return report

    def _sent(self, report: RoundReport | None) -> None:
        self._stop()
        self._failed = errors_of(report)
        outcome = told(report)
        self.message.say(MessageKind(outcome.kind), outcome.what, " ".join([outcome.then, *news_told(self._news)]))
        self.refresh()

    def _not_sent(self, error: IntakeError) -> None:
        self._stop()
        say_error(self.message, error)
        self.refresh()

    def _stop(self) -> None:
        self._underway = False
        self.busy.stop()
        self.scroll.verticalScrollBar().setValue(0)
