"""What the coordinator keeps beside the numbers: who was trained and when, when the two years began, the fair check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Signal

from intake_app.domain.ids import AccountId
from intake_app.i18n.formats import format_date
from intake_app.services.fairness import note_fairness
from intake_app.services.indicators import note_training, write_period
from intake_app.services.office import Office
from intake_app.ui.controls.past import TODAY, TWO_WEEKS_AGO, WEEK_AGO, YESTERDAY
from intake_app.ui.controls.words import Words
from intake_app.ui.pages.shared import text
from intake_app.ui.presenters.numbers import FairLine, NumbersPresenter, TrainedLine
from intake_app.ui.widgets import Card, MessageBar, MessageKind, QuietButton, SecondaryButton, TextLabel
from intake_app.ui.widgets.date_entry import DateEntry
from intake_app.ui.widgets.list_line import ListLine

_PAST = ((TODAY, 0), (YESTERDAY, -1), (WEEK_AGO, -7), (TWO_WEEKS_AGO, -14))


class AskingCard(Card):
    """A card that asks for a day under its lines. `kept` says that something was written; what it writes may raise."""

    kept = Signal(object)
    """A call that writes what was chosen."""

    def __init__(self, office: Office, title: str) -> None:
        super().__init__(TextLabel(title, "strong"), margin=2, gap=0.75)
        self._office = office
        self.entry: DateEntry | None = None
        self._asked: list[TextLabel | DateEntry | QuietButton | MessageBar] = []

    def ask_day(self, question: str, chosen: Callable[[date], None], *, past: bool) -> None:
        """Show a day entry; with `past` only a day that has been is taken."""
        self.leave()
        words, today = Words("nl"), self._office.clock.today()
        quick = [(words.pair(name), days) for name, days in _PAST] if past else [(words.pair(TODAY), 0)]
        refused = MessageBar(MessageKind.WARNING, text("Kies een dag die al is geweest."))
        refused.hide()
        self.entry = DateEntry(today, words.date_words(), quick)
        self.entry.setAccessibleName(question)

        def take(day: date) -> None:
            refused.setVisible(past and day > today)
            if not (past and day > today):
                chosen(day)

        self.entry.chosen.connect(take)
        back = QuietButton(text("Toch niet"), "back")
        back.clicked.connect(self.leave)
        self._asked = [TextLabel(question, "body"), self.entry, refused, back]
        for part in self._asked:
            self.add(part)
        self.entry.choices.first_focus().setFocus()

    def leave(self) -> None:
        """Ask no longer."""
        for part in self._asked:
            part.hide()
            part.deleteLater()
        self._asked, self.entry = [], None


class TrainingCard(AskingCard):
    """Everybody who works here; the site lead says on which day somebody was trained."""

    def __init__(self, office: Office, lines: tuple[TrainedLine, ...]) -> None:
        super().__init__(office, text("Wie heeft de training gedaan?"))
        self.buttons: list[SecondaryButton] = []
        for line in lines:
            button = None
            if line.account:
                button = SecondaryButton(text("Training gedaan"), "check")
                button.setAccessibleName(f"{text('Training gedaan')}: {line.name}")
                button.clicked.connect(lambda _checked=False, who=line: self._ask(who))
                self.buttons.append(button)
            self.add(ListLine(line.name, line.told, button=button))

    def _ask(self, who: TrainedLine) -> None:
        store, clock = self._office.store, self._office.clock
        question = text("Wanneer had {name} de training?", name=who.name)

        def keep(day: date) -> None:
            self.kept.emit(lambda: note_training(store, AccountId(who.account), day, clock))

        self.ask_day(question, keep, past=True)


class PeriodCard(AskingCard):
    """The two years over which is counted, and the day on which they begin."""

    def __init__(self, office: Office, presenter: NumbersPresenter) -> None:
        super().__init__(office, text("De twee jaar van het project"))
        self.change = SecondaryButton(text("Andere begindag"), "calendar")
        self.change.clicked.connect(self._ask)
        first = format_date(presenter.first_day(), "nl", "long")
        told = text("Wat daarvoor of daarna was, telt niet mee.")
        self.add(ListLine(text("Begint op {day}", day=first), told, button=self.change))

    def _ask(self) -> None:
        store, clock = self._office.store, self._office.clock

        def keep(day: date) -> None:
            self.kept.emit(lambda: write_period(store, day, clock))

        self.ask_day(text("Op welke dag begint het project?"), keep, past=False)


class FairCard(Card):
    """Whether every group sees the same, when somebody looked last, and when it is due again."""

    kept = Signal(object)

    def __init__(self, office: Office, line: FairLine) -> None:
        kind = MessageKind.INFO if line.even else MessageKind.WARNING
        title = TextLabel(text("Krijgt elke groep dezelfde kansen te zien?"), "strong")
        super().__init__(title, MessageBar(kind, line.told), margin=2, gap=1)
        self.looked: SecondaryButton | None = None
        if line.may_note:
            self.looked = SecondaryButton(text("Ik heb dit bekeken"), "check")
            keep = partial(note_fairness, office.store, office.clock)
            self.looked.clicked.connect(lambda: self.kept.emit(keep))
        if line.when:
            self.add(ListLine(line.when, line.how, line.badge, "warning", self.looked))
