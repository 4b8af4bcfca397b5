"""The access log for the site lead: who did what when, without content, and whether it is whole."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake_app.errors import IntakeError
from intake_app.services.audit import AccessLog, read_log
from intake_app.services.office import Office
from intake_app.ui.errands import run_errand
from intake_app.ui.pages.shared import heading, plural, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.keeping import Row, log_rows
from intake_app.ui.widgets import BusyOverlay, Card, MessageBar, MessageKind, TextLabel, column
from intake_app.ui.widgets.list_line import ListLine, list_parts

MOST = 200


class AccessLogPage(SidePage):
    """Shows the newest lines. Raises nothing: what cannot be read is said on the page."""

    back_requested = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(text("Logboek"), widest=960, parent=parent)
        self.back.connect(self.back_requested)
        self.message = MessageBar()
        self.add(self.message)
        self.busy = BusyOverlay(self)
        words = text("Het logboek wordt nagekeken …")
        run_errand(self, self.busy, words, lambda _watch: _read(office), self._show, self._failed)

    def _show(self, read: tuple[AccessLog, tuple[Row, ...]]) -> None:
        found, rows = read
        if found.broken is None:
            told = plural("Het logboek is heel: {count} regel.", "Het logboek is heel: {count} regels.", found.count)
            self.message.say(MessageKind.GOOD, told, text("Er staat niets in van wat iemand vertelde."))
        else:
            say_error(self.message, found.broken)
        lines = column(gap=1)
        if not rows:
            lines.addWidget(TextLabel(text("Er is nog niets gedaan."), "body", tone="soft"))
        self.add(Card(heading(text("De laatste handelingen"), "list"), lines, gap=1))
        self.add_stretch()
        self.grow(list_parts(lines, [partial(ListLine, row.title, row.detail) for row in rows], gap=1), fills=True)

    def _failed(self, error: IntakeError) -> None:
        say_error(self.message, error)


def _read(office: Office) -> tuple[AccessLog, tuple[Row, ...]]:
    """The log, looked through from its first line to its last, and the newest lines in words."""
    found = read_log(office.store)
    return found, log_rows(found.lines, found.accounts, MOST)
