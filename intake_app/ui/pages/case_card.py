"""The case card (belkaart): who, how to reach, what was agreed; from here the follow-up begins, moves or ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from intake_app.domain.follow_up import TasterState, TasterStep
from intake_app.domain.keeping import CaseCard
from intake_app.errors import IntakeError
from intake_app.i18n.formats import format_date
from intake_app.services.follow_up_end import close_follow_up, move_follow_up
from intake_app.services.follow_up_plan import read_follow_up_plan, try_again_on
from intake_app.services.follow_up_talk import can_correct
from intake_app.services.office import Office
from intake_app.services.tasters import places, set_taster
from intake_app.ui.pages.shared import heading, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.follow_ups import appointment_file, card_text, days_to_choose, place_line, taster_line
from intake_app.ui.presenters.plan import save_file
from intake_app.ui.widgets import (
    Answer,
    AnswerGrid,
    Card,
    Divider,
    MessageBar,
    MessageKind,
    Pair,
    PrimaryButton,
    QuietButton,
    SecondaryButton,
    TextLabel,
    column,
    row,
)
from intake_app.ui.widgets.big_buttons import RowButton
from intake_app.ui.widgets.field import Field
from intake_app.ui.widgets.reveal import reveal

ChooseFile = Callable[[QWidget, str], str]


def ask_place(parent: QWidget, name: str) -> str:
    """The place for a calendar file that was chosen in the system's dialog, or empty."""
    return QFileDialog.getSaveFileName(parent, text("Bewaar voor uw agenda"), name, "iCalendar (*.ics)")[0]


class CaseCardPage(SidePage):
    """One card. `talk_requested(participant_id, language)`: begin the follow-up, Dutch alone or both languages.

    `missed_requested(participant_id)`: nobody was reached; `correct_requested(participant_id)`: the newest finished
    follow-up is to be corrected; `changed(told)`: put off or closed; `back_requested`;
    `referrals_requested(participant_id)`; `renewed(participant_id)`: the card holds more now.
    """

    back_requested = Signal()
    talk_requested = Signal(str, str)
    missed_requested = Signal(str)
    correct_requested = Signal(str)
    changed = Signal(str)
    referrals_requested = Signal(str)
    renewed = Signal(str)

    def __init__(
        self, office: Office, card: CaseCard, *, choose_file: ChooseFile = ask_place, parent: QWidget | None = None
    ) -> None:
        self._text = card_text(card)
        super().__init__(self._text.name, widest=1180, parent=parent)
        self._office, self._card, self.choose_file = office, card, choose_file
        self.back.connect(self.back_requested)
        self.message = MessageBar(closable=True)
        self.add(self.message)
        halves = QWidget()
        both = row(gap=3)
        both.addLayout(column(self._who(), self._agreed(), None, gap=3), 3)
        both.addLayout(column(self._when(), None, gap=3), 2)
        halves.setLayout(both)
        self.add(halves)
        self.add_stretch()
        self._foot()

    def _who(self) -> Card:
        card = Card(heading(text("Belkaart"), "phone"), gap=1.5)
        for way in self._text.contact:
            card.add(TextLabel(way, "display"))
        if not self._text.contact:
            card.add(TextLabel(text("Er is geen nummer of adres."), "body", tone="soft"))
        for line in self._text.facts:
            card.add(TextLabel(line, "body"))
        card.add(TextLabel(text("Vraag eerst: spreek ik met u zelf? Kan het nu?"), "small"))
        return card

    def _agreed(self) -> Card:
        card = Card(heading(text("Dit spraken we af"), "list"), gap=1.5)
        for step in self._text.steps:
            card.add(TextLabel(step, "strong"))
        if not self._text.steps:
            card.add(TextLabel(text("Er zijn geen stappen die nog open staan."), "body", tone="soft"))
        self.referrals = SecondaryButton(text("Verwijzingen en brieven"), "people")
        self.referrals.clicked.connect(lambda: self.referrals_requested.emit(self._card.participant_id))
        card.add(row(self.referrals, None))
        self.tasters: dict[str, AnswerGrid] = {}
        for step in self._card.tasters:
            card.add(Divider())
            card.add(self._taster(step))
        card.add(Divider())
        card.add(self._more_tasters())
        return card

    def _more_tasters(self) -> QWidget:
        """Places that are not on the card yet, behind one button."""
        here = {step.offer for step in self._card.tasters}
        self._elsewhere = [
            one for one in places(self._office.catalogue, self._office.clock.today()) if one.offer not in here
        ]
        self.more_tasters = SecondaryButton(text("Proeverij of leerwerkplek erbij"), "plus")
        reveal(self.more_tasters, bool(self._elsewhere))
        self._shelf = QWidget()
        self._shelf.setLayout(column(gap=1))
        self._shelf.hide()
        self.more_tasters.clicked.connect(self._open_shelf)
        whole = QWidget()
        whole.setLayout(column(row(self.more_tasters, None), self._shelf, gap=1))
        return whole

    # They are made when somebody asks for them: most cards are opened to make a call.
    @cached_property
    def offered(self) -> dict[str, RowButton]:
        """A button for each of these places, by its offer."""
        found: dict[str, RowButton] = {}
        for one in self._elsewhere:
            button = RowButton(one.label_nl, place_line(one, self._office.clock.today()), "search")
            button.setEnabled(one.left != 0)
            button.clicked.connect(lambda _checked=False, offer=one.offer: self._add_taster(offer))
            found[one.offer] = button
            self._shelf.layout().addWidget(button)
        return found

    def _open_shelf(self) -> None:
        if self.offered:
            self._shelf.setVisible(self._shelf.isHidden())
        self.chain()

    def _add_taster(self, offer: str) -> None:
        who = self._card.participant_id
        try:
            set_taster(self._office, who, offer, TasterState.INTEREST)
        except IntakeError as error:
            say_error(self.message, error)
        else:
            self.renewed.emit(who)

    def _taster(self, step: TasterStep) -> QWidget:
        known = self._office.catalogue.offers.get(step.offer)
        told = TextLabel(taster_line(step, known.capacity if known else None), "small")
        answers = [
            Answer(TasterState.INTEREST.value, Pair.plain(text("Interesse"))),
            Answer(TasterState.REGISTERED.value, Pair.plain(text("Aangemeld"))),
            Answer(TasterState.ATTENDED.value, Pair.plain(text("Geweest"))),
            Answer(TasterState.NOT_GOING.value, Pair.plain(text("Gaat niet door"))),
        ]
        grid = AnswerGrid(answers, columns=4, least=120, tile=False, role="body")
        grid.setAccessibleName(step.label_nl)
        grid.set_values([step.state.value])
        grid.changed.connect(lambda values, offer=step.offer, line=told: self._note(offer, values, line))
        self.tasters[step.offer] = grid
        inside = QWidget()
        inside.setLayout(column(TextLabel(step.label_nl, "strong"), told, grid, gap=1))
        return inside

    def _note(self, offer: str, values: list[str], line: TextLabel) -> None:
        if not values:
            return
        try:
            step = set_taster(self._office, self._card.participant_id, offer, TasterState(values[0]))
        except IntakeError as error:
            say_error(self.message, error)
            return
        known = self._office.catalogue.offers.get(offer)
        line.setText(taster_line(step, known.capacity if known else None))

    def _when(self) -> Card:
        card = Card(heading(text("Wanneer"), "calendar"), gap=2)
        self.next_time = TextLabel(self._text.next_time, "strong")
        card.add(self.next_time)
        self.calendar = SecondaryButton(text("Zet in uw agenda"), "calendar")
        self.calendar.setAccessibleDescription(text("Een bestand met het nummer en de dag, zonder naam."))
        reveal(self.calendar, self._card.next_date is not None)
        self.calendar.clicked.connect(self._save_calendar)
        card.add(row(self.calendar, None))
        card.add(Divider())
        today = self._office.clock.today()
        again = try_again_on(read_follow_up_plan(self._office.store), today)
        self._days = {day.isoformat(): day for _, day in days_to_choose(today, again)}
        answers = [Answer(day.isoformat(), Pair.plain(words)) for words, day in days_to_choose(today, again)]
        self.later = AnswerGrid(answers, columns=1, tile=False, role="body")
        self.later.setAccessibleName(text("Verzet naar een andere dag"))
        self.later.changed.connect(self._move)
        card.add(Field(text("Verzet naar een andere dag"), self.later))
        card.add(Divider())
        self.close_card = QuietButton(text("Sluit af: we spreken elkaar niet meer"), "check")
        self.close_card.clicked.connect(self._close)
        card.add(row(self.close_card, None))
        return card

    def _foot(self) -> None:
        who = self._card.participant_id
        self.missed = SecondaryButton(text("Niet bereikt"), "clock")
        self.missed.clicked.connect(lambda: self.missed_requested.emit(who))
        own = self._card.language
        self.here = SecondaryButton(text("Gesprek aan tafel"), "people")
        self.here.setAccessibleDescription(text("In twee talen op het scherm."))
        self.here.clicked.connect(lambda: self.talk_requested.emit(who, own))
        self.call = PrimaryButton(text("Gesprek aan de telefoon"), "phone")
        self.call.clicked.connect(lambda: self.talk_requested.emit(who, "nl"))
        self.correct = QuietButton(text("Verbeter het vorige vervolggesprek"), "pencil")
        self.correct.setAccessibleDescription(
            text("Ook als het al verstuurd is. De verbetering gaat er dan achteraan.")
        )
        reveal(self.correct, can_correct(self._office, who))
        self.correct.clicked.connect(lambda: self.correct_requested.emit(who))
        self.set_footer(start=[self.missed, self.correct], end=[self.here, self.call])

    def _move(self, values: list[str]) -> None:
        if values:
            day = self._days[values[0]]
            self._change(lambda: move_follow_up(self._office, self._card.participant_id, day), _moved(day))

    def _close(self) -> None:
        told = text("Afgerond. De kaart gaat vanzelf weg.")
        self._change(lambda: close_follow_up(self._office, self._card.participant_id), told)

    def _change(self, change: Callable[[], object], told: str) -> None:
        try:
            change()
        except IntakeError as error:
            say_error(self.message, error)
        else:
            self.changed.emit(told)

    def _save_calendar(self) -> None:
        if self._card.next_date is None:
            return
        name, content = appointment_file(self._card.number, self._card.next_date)
        path = self.choose_file(self, name)
        if not path:
            return
        path = path if path.lower().endswith(".ics") else f"{path}.ics"
        if save_file(path, content):
            self.message.say(MessageKind.GOOD, text("Het bestand voor uw agenda is bewaard."))
        else:
            self.message.say(MessageKind.ERROR, text("Bewaren lukte niet."), text("Kies een andere plek."))


def _moved(day: date) -> str:
    return text("Verzet naar {date}.", date=format_date(day, "nl"))
