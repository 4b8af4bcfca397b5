"""The access log for the site lead: who did what when, without content, and whether it is whole."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake_app.errors import IntakeError
from intake_app.services.audit import read_log
from intake_app.services.office import Office
from intake_app.ui.pages.shared import heading, plural, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.keeping import log_rows
from intake_app.ui.widgets import Card, Divider, MessageBar, MessageKind, TextLabel
from intake_app.ui.widgets.list_line import ListLine

MOST = 200


class AccessLogPage(SidePage):
    """Shows the newest lines. Raises nothing: what cannot be read is said on the page."""

    back_requested = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(text("Logboek"), widest=960, parent=parent)
        self.back.connect(self.back_requested)
        self.message = MessageBar()
        self.add(self.message)
        try:
            found = read_log(office.store)
        except IntakeError as error:
            say_error(self.message, error)
            self.add_stretch()
            return
        if found.broken is None:
            told = plural("Het logboek is heel: {count} regel.", "Het logboek is heel: {count} regels.", found.count)
            self.message.say(MessageKind.GOOD, told, text("Er staat niets in van wat iemand vertelde."))
        else:
            say_error(self.message, found.broken)
        card = Card(heading(text("De laatste handelingen"), "list"), gap=1)
        rows = log_rows(found.lines, found.accounts, MOST)
        if not rows:
            card.add(TextLabel(text("Er is nog niets gedaan."), "body", tone="soft"))
        for number, line in enumerate(rows):
            if number:
                card.add(Divider())
            card.add(ListLine(line.title, line.detail))
        self.add(card)
        self.add_stretch()
