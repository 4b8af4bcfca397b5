"""Whom to speak to again: today, what did not work out yet, and the days that come."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake_app.errors import IntakeError
from intake_app.services.office import Office
from intake_app.ui.pages.shared import heading, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.follow_ups import CallGroup, CallLine, call_groups
from intake_app.ui.widgets import Card, MessageBar, MessageKind, SecondaryButton, TextLabel
from intake_app.ui.widgets.big_buttons import RowButton


class FollowUpsPage(SidePage):
    """The due list of who is in. `call_requested(participant_id)`: a case card; `people_requested`: everybody."""

    back_requested = Signal()
    call_requested = Signal(str)
    people_requested = Signal()

    def __init__(self, office: Office, told: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text("Vervolggesprekken"), widest=960, parent=parent)
        self.back.connect(self.back_requested)
        self.message = MessageBar(closable=True)
        self.message.say(MessageKind.GOOD, told)
        self.add(self.message)
        self.lines: dict[str, RowButton] = {}
        groups: tuple[CallGroup, ...] = ()
        try:
            groups = call_groups(office)
        except IntakeError as error:
            say_error(self.message, error)
        for group in groups:
            self.add(self._group(group))
        if not groups:
            self.add(self._nobody())
        self.everybody = SecondaryButton(text("Zoek bij al uw mensen"), "search")
        self.everybody.clicked.connect(self.people_requested)
        self.set_footer(start=[self.everybody])
        self.add_stretch()

    def _group(self, group: CallGroup) -> Card:
        card = Card(heading(group.heading, "calendar"), gap=1.5)
        for line in group.lines:
            card.add(self._line(line))
        return card

    def _line(self, line: CallLine) -> RowButton:
        button = RowButton(line.title, line.detail, "phone", badge=line.badge, badge_kind=line.badge_kind)
        button.clicked.connect(lambda _checked=False, name=line.participant_id: self.call_requested.emit(name))
        self.lines[line.participant_id] = button
        return button

    @staticmethod
    def _nobody() -> Card:
        told = text("U hoeft nu niemand te spreken. Na een gesprek met een afspraak staat iemand hier vanzelf.")
        return Card(heading(text("Niemand wacht"), "check"), TextLabel(told, "body"), gap=1.5)
