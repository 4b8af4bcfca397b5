"""Keeping and erasing: what goes when, requests to the Werkcentrum, and a clock that has to be confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from intake_app.domain.keeping import DataRequest
from intake_app.errors import IntakeError
from intake_app.i18n.formats import format_date
from intake_app.services.housekeeping import Cleared, clear_due, clock_doubt, coming, trust_clock
from intake_app.services.installation import read_clocks
from intake_app.services.office import Office
from intake_app.services.policy import Action, may
from intake_app.services.requests import carried_out, requests
from intake_app.ui.pages.shared import heading, in_background, plural, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.keeping import Row, due_rows, request_rows
from intake_app.ui.widgets import (
    BusyOverlay,
    Card,
    Divider,
    MessageBar,
    MessageKind,
    PrimaryButton,
    QuietButton,
    SecondaryButton,
    TextLabel,
    clear,
    column,
)
from intake_app.ui.widgets.list_line import ListLine, list_parts
from intake_app.ui.widgets.reveal import reveal

AT_ONCE = 30
"""So many lines of what goes stand on the page; more come when somebody asks."""
_ABOVE = 2
"""Lines above the list: what it is, and that it is being read or empty."""


class RetentionPage(SidePage):
    """For counsellor and site lead. Signals lead to backups, the access log and a receipt."""

    back_requested = Signal()
    backup_requested = Signal()
    log_requested = Signal()
    receipt_requested = Signal(object)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(text("Bewaren en wissen"), widest=1080, parent=parent)
        self._office = office
        self._me = office.store.account
        self.back.connect(self.back_requested)
        self.message = MessageBar(closable=True)
        self.doubt = MessageBar()
        self.trust = SecondaryButton(text("De datum klopt"), "check")
        self.trust.clicked.connect(self._trust)
        self._due, self._asked = column(gap=1.5), column(gap=1.5)
        self._turn = 0
        self._lines: Iterator[Row] = iter(())
        for part in (self.message, self.doubt, self.trust, self._rules()):
            self.add(part)
        if may(self._me, Action.RETENTION):
            self.add(Card(heading(text("Wat gaat wanneer weg"), "clock"), self._due))
        self._requests = Card(heading(text("Gevraagd aan het Werkcentrum"), "send"), self._asked)
        self.add(self._requests)
        self.add_stretch()
        self.set_footer(start=self._ways(), end=[self._clear_button()])
        self.busy = BusyOverlay(self)
        self.refresh()

    def _ways(self) -> list[QWidget]:
        ways: list[QWidget] = []
        for action, icon, words, signal in (
            (Action.BACKUP, "save", text("Reservekopie"), self.backup_requested),
            (Action.ACCESS_LOG, "list", text("Logboek"), self.log_requested),
        ):
            if may(self._me, action):
                button = SecondaryButton(words, icon)
                button.clicked.connect(signal)
                ways.append(button)
        return ways

    def _clear_button(self) -> PrimaryButton:
        self.clear = PrimaryButton(text("Ruim nu op"), "trash")
        self.clear.clicked.connect(self._clear_now)
        return self.clear

    def _rules(self) -> Card:
        clocks = read_clocks(self._office.store)
        days = plural("na {count} dag", "na {count} dagen", clocks.laptop_days)
        draft = plural("na {count} dag", "na {count} dagen", clocks.draft_days)
        card = plural("na {count} dag", "na {count} dagen", clocks.case_card_days)
        told = (
            text("Een gesprek en het plan gaan weg {days}, te tellen vanaf klaar of verstuurd.", days=days),
            text("Een niet afgemaakt gesprek gaat weg {days}, maar nooit vóór de afspraak.", days=draft),
            text("Een belkaart gaat weg {days}, te tellen vanaf het laatste contact.", days=card),
        )
        return Card(heading(text("Zo lang bewaren wij"), "info"), *(TextLabel(line, "body") for line in told), gap=1)

    def refresh(self) -> None:
        """Read again what goes when, what was asked, and whether the clock is believed."""
        try:
            self._show_doubt(clock_doubt(self._office.store, self._office.clock.now()))
            if may(self._me, Action.RETENTION):
                self._read_due()
            if may(self._me, Action.RIGHTS):
                self._fill_requests()
        except IntakeError as error:
            say_error(self.message, error)
        reveal(self._requests, may(self._me, Action.RIGHTS))
        self.chain()

    def _show_doubt(self, days: int) -> None:
        reveal(self.trust, bool(days))
        self.clear.setEnabled(not days)
        if not days:
            self.doubt.say(MessageKind.INFO, "")
            return
        today = format_date(self._office.clock.today(), "nl")
        self.doubt.say(
            MessageKind.WARNING,
            text("De laptop denkt dat het {day} is. Klopt dat?", day=today),
            text("De klok is ver versprongen. Tot u dit bevestigt, wordt er niets gewist."),
        )

    def _read_due(self) -> None:
        """Beside the window: it goes through the whole caseload."""
        clear(self._due)
        told = text("U hoeft niets te doen: het gaat vanzelf weg. Met 'Ruim nu op' gaat weg wat al aan de beurt is.")
        self._due.addWidget(TextLabel(told, "small"))
        self._wait = TextLabel(text("Even kijken wat er staat …"), "body", tone="soft")
        self._due.addWidget(self._wait)
        self._turn += 1
        office, turn = self._office, self._turn
        in_background(self, lambda: due_rows(coming(office)), lambda lines: self._fill_due(turn, lines), self._failed)

    def _fill_due(self, turn: int, lines: Sequence[Row]) -> None:
        if turn != self._turn:
            return
        self._wait.setText("" if lines else text("Er staat niets dat weg moet."))
        reveal(self._wait, not lines)
        self._lines = iter(lines)
        self._left = len(lines)
        self.more = QuietButton(text("Laat meer zien"), "down")
        self.more.clicked.connect(self._show_more)
        self._due.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        self._show_more()

    def _show_more(self) -> None:
        """The next so many, the nearest first."""
        self.whole()
        shown = list(islice(self._lines, AT_ONCE))
        self._left -= len(shown)
        makers = [partial(ListLine, line.title, line.detail, line.badge, line.kind) for line in shown]
        self.grow(list_parts(self._due, makers, below=1, first=self._due.count() == _ABOVE + 1), fills=True)
        # Translators: {count} is the number of lines of this list that are not shown yet.
        self.more.set_text(text("Laat meer zien ({count})", count=self._left))
        reveal(self.more, bool(self._left))

    def _fill_requests(self) -> None:
        clear(self._asked)
        self.done_buttons: list[SecondaryButton] = []
        found = request_rows(requests(self._office.store))
        if not found:
            self._asked.addWidget(TextLabel(text("Er is niets gevraagd."), "body", tone="soft"))
        for number, (request, line) in enumerate(found):
            if number:
                self._asked.addWidget(Divider())
            button = None
            if request.done_at is None:
                button = SecondaryButton(text("Het is gedaan"), "check")
                button.setAccessibleName(f"{text('Het is gedaan')}: {line.title}")
                button.clicked.connect(lambda _checked=False, one=request: self._carried_out(one))
                self.done_buttons.append(button)
            self._asked.addWidget(ListLine(line.title, line.detail, line.badge, line.kind, button))

    def _carried_out(self, request: DataRequest) -> None:
        try:
            carried_out(self._office.store, request.instance_id, self._office.clock.now())
        except IntakeError as error:
            say_error(self.message, error)
        else:
            self.receipt_requested.emit(request)

    def _trust(self) -> None:
        try:
            trust_clock(self._office.store, self._office.clock.now())
        except IntakeError as error:
            say_error(self.message, error)
        self.refresh()

    def _clear_now(self) -> None:
        self.busy.start(text("Er wordt opgeruimd …"), whole=True)
        in_background(self, lambda: clear_due(self._office), self._cleared, self._failed)

    def _cleared(self, done: Cleared) -> None:
        self.busy.stop()
        count = done.talks + done.cards
        told = plural("{count} ding is opgeruimd.", "{count} dingen zijn opgeruimd.", count)
        self.message.say(MessageKind.GOOD, told if count else text("Er was niets om op te ruimen."))
        self.refresh()

    def _failed(self, error: IntakeError) -> None:
        self.busy.stop()
        say_error(self.message, error)
