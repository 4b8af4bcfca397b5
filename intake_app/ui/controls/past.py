"""A day or a month that has been: the last ones as large choices."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from intake_app.domain.follow_up import months_back
from intake_app.i18n.gettext import mark
from intake_app.ui.controls.base import QuestionControl
from intake_app.ui.controls.when import read_date
from intake_app.ui.widgets.answer_grid import Answer, AnswerGrid
from intake_app.ui.widgets.date_entry import DateEntry

TODAY = mark("Vandaag")
YESTERDAY = mark("Gisteren")
WEEK_AGO = mark("1 week geleden")
TWO_WEEKS_AGO = mark("2 weken geleden")
_QUICK = ((TODAY, 0), (YESTERDAY, -1), (WEEK_AGO, -7), (TWO_WEEKS_AGO, -14))
_MONTHS = 12


class PastDateControl(QuestionControl):
    """A day up to today: one of the last, or any other."""

    def build(self) -> None:
        quick = [(self.words.pair(text), days) for text, days in _QUICK]
        self.entry = DateEntry(self.helpers.today(), self.words.date_words(), quick, rtl=self.model.rtl)
        self.entry.chosen.connect(lambda day: self.answered.emit(self.model.ref, day.isoformat()))
        self.body.addWidget(self.entry)

    def show_value(self, value: str) -> None:
        self.entry.set_value(read_date(value))

    def first_focus(self) -> QWidget | None:
        return self.entry.choices.first_focus()


class PastMonthControl(QuestionControl):
    """One of the last twelve months, this one included; the answer is its first day."""

    def build(self) -> None:
        months = months_back(self.helpers.today(), _MONTHS)
        answers = [Answer(first.isoformat(), self.words.month(first)) for first in months]
        self.grid = AnswerGrid(answers, tile=False, columns=4, least=200, rtl=self.model.rtl, parent=self)
        self.grid.changed.connect(lambda values: self.answered.emit(self.model.ref, " ".join(values)))
        self.body.addWidget(self.grid)

    def show_value(self, value: str) -> None:
        day = read_date(value)
        self.grid.set_values([_first(day).isoformat()] if day else [])

    def first_focus(self) -> QWidget | None:
        return self.grid.first_focus()


def _first(day: date) -> date:
    return day.replace(day=1)
