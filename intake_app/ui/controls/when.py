"""A day and a time, chosen with large quick choices."""

from __future__ import annotations

from datetime import date, time, timedelta

from PySide6.QtWidgets import QWidget

from intake_app.services.days import working_day
from intake_app.ui.controls import words
from intake_app.ui.controls.base import QuestionControl
from intake_app.ui.widgets.answer_grid import Answer, AnswerGrid
from intake_app.ui.widgets.card import Card
from intake_app.ui.widgets.date_entry import DateEntry
from intake_app.ui.widgets.layout import row
from intake_app.ui.widgets.stepper import Stepper

_QUICK = ((words.IN_ONE_WEEK, 7), (words.IN_TWO_WEEKS, 14), (words.IN_FOUR_WEEKS, 28))
_TIMES = tuple(time(hour, minute) for hour in range(9, 17) for minute in (0, 30))
_OTHER = "other"


def read_date(value: str) -> date | None:
    """The day of an answer, if it holds one."""
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def read_time(value: str) -> time | None:
    """The time of the day of an answer, if it holds one; seconds and zone do not matter here."""
    try:
        return time.fromisoformat(value[:5])
    except ValueError:
        return None


def _to_working_day(today: date, days: int) -> int:
    """So many days from today, or a little more where that falls in a weekend or on a holiday."""
    return (working_day(today + timedelta(days=days)) - today).days


class DateControl(QuestionControl):
    """A day to come: a working day in one, two or four weeks, or any other day."""

    def build(self) -> None:
        today = self.helpers.today()
        quick = [(self.words.pair(text), _to_working_day(today, days)) for text, days in _QUICK]
        self.entry = DateEntry(today, self.words.date_words(), quick, first=today, rtl=self.model.rtl)
        self.entry.chosen.connect(lambda day: self.answered.emit(self.model.ref, day.isoformat()))
        self.body.addWidget(self.entry)

    def show_value(self, value: str) -> None:
        self.entry.set_value(read_date(value))

    def first_focus(self) -> QWidget | None:
        return self.entry.choices.first_focus()


class TimeControl(QuestionControl):
    """A time of an appointment: half hours of a working day, or any other in steps of five minutes."""

    def build(self) -> None:
        answers = [Answer(f"{moment:%H:%M}", self.words.clock(moment)) for moment in _TIMES]
        answers.append(Answer(_OTHER, self.words.pair(words.OTHER_TIME)))
        self.grid = AnswerGrid(answers, tile=False, columns=6, least=136, rtl=self.model.rtl, parent=self)
        self.grid.changed.connect(self._chosen)
        show = self.words.two_figures
        self.hours = Stepper(self.words.pair(words.HOURS).dutch, 0, 23, value=10, show=show, around=True)
        self.minutes = Stepper(self.words.pair(words.MINUTES).dutch, 0, 55, step=5, show=show, around=True)
        for stepper in (self.hours, self.minutes):
            stepper.changed.connect(self._stepped)
        self.panel = Card(row(self.hours, self.minutes, None, gap=4), margin=2)
        self.body.addWidget(self.grid)
        self.body.addWidget(self.panel)
        self.panel.hide()

    def _chosen(self, values: list[str]) -> None:
        if values == [_OTHER]:
            self.panel.show()
            self._stepped()
        elif values:
            self.panel.hide()
            self._say(time.fromisoformat(values[0]))

    def _stepped(self, _value: int = 0) -> None:
        self._say(time(self.hours.value(), self.minutes.value()))

    def _say(self, moment: time) -> None:
        # XForms wants seconds: https://getodk.github.io/xforms-spec/#data-types (time).
        self.answered.emit(self.model.ref, moment.isoformat(timespec="milliseconds"))

    def show_value(self, value: str) -> None:
        moment = read_time(value)
        text = f"{moment:%H:%M}" if moment else ""
        stepping = self.panel.isVisibleTo(self)
        known = any(card.value == text for card in self.grid.cards) and not stepping
        self.panel.setVisible(bool(text) and not known)
        self.grid.set_values([text if known else _OTHER] if text else [])
        if moment:
            self.hours.set_value(moment.hour)
            self.minutes.set_value(moment.minute)

    def first_focus(self) -> QWidget | None:
        return self.grid.first_focus()
