"""Choosing a day: large quick choices first, a month behind the last of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from intake_app.ui.widgets.answer_grid import Answer, AnswerGrid
from intake_app.ui.widgets.bilingual import BilingualLabel
from intake_app.ui.widgets.buttons import IconButton
from intake_app.ui.widgets.card import Card
from intake_app.ui.widgets.layout import column, row
from intake_app.ui.widgets.month_grid import MonthGrid
from intake_app.ui.widgets.pair import Pair

_OTHER = "other"


@dataclass(frozen=True)
class DateWords:
    """Everything a date entry says, by the one formatter: a day in both languages, a month, a weekday, a number."""

    day: Callable[[date], Pair]
    month: Callable[[date], Pair]
    weekday: Callable[[int], str]
    figure: Callable[[int], str]
    earlier: str
    later: str
    other: Pair


class DateEntry(QWidget):
    """A day, chosen from `quick` (texts with a number of days from today) or from a month. Emits `chosen(day)`."""

    chosen = Signal(object)

    def __init__(
        self,
        today: date,
        words: DateWords,
        quick: Sequence[tuple[Pair, int]],
        *,
        first: date | None = None,
        rtl: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._value: date | None = None
        self._quick = {(today + timedelta(days=days)).isoformat(): text for text, days in quick}
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        answers = [
            Answer(value, text, note=words.day(date.fromisoformat(value))) for value, text in self._quick.items()
        ]
        answers.append(Answer(_OTHER, words.other))
        self.choices = AnswerGrid(answers, tile=False, columns=2, least=260, rtl=rtl)
        self.choices.changed.connect(self._quick_chosen)
        self.month = MonthGrid(
            today, words.weekday, lambda day: words.day(day).spoken, figure=words.figure, first=first
        )
        self.month.chosen.connect(self._day_chosen)
        self.month.month_changed.connect(self._show_month)
        self.shown = BilingualLabel(Pair.plain(""), "title")
        self.panel = self._make_panel(rtl)
        self.setLayout(column(self.choices, self.panel, gap=2))
        self._show_month(self.month.month())
        self.panel.hide()

    def _make_panel(self, rtl: bool) -> Card:
        self.earlier = IconButton("back", self._words.earlier)
        self.later = IconButton("next", self._words.later)
        self.earlier.quick = self.later.quick = True
        self.earlier.clicked.connect(lambda: self.month.turn(-1))
        self.later.clicked.connect(lambda: self.month.turn(1))
        self.name = BilingualLabel(Pair.plain(""), "strong", centred=True)
        head = row(self.earlier, gap=1)
        head.addWidget(self.name, 1)
        head.addWidget(self.later)
        side = column(self.shown, None, gap=1, margin=1)
        inner = row(column(head, self.month, gap=0.5), gap=3)
        inner.addLayout(side, 1)
        return Card(inner, margin=2)

    def value(self) -> date | None:
        """The chosen day."""
        return self._value

    def set_value(self, day: date | None) -> None:
        """Show a day as chosen, silently."""
        self._value = day
        text = day.isoformat() if day else ""
        other = bool(text) and text not in self._quick
        self.choices.set_values([_OTHER if other else text] if text else [])
        self.panel.setVisible(other)
        self.month.select(day)
        self.shown.set_pair(self._words.day(day) if day else Pair.plain(""))

    def _quick_chosen(self, values: list[str]) -> None:
        if values == [_OTHER]:
            self.panel.show()
            self.month.setFocus(Qt.FocusReason.TabFocusReason)
        elif values:
            self.panel.hide()
            self._say(date.fromisoformat(values[0]))

    def _day_chosen(self, day: date) -> None:
        self._say(day)

    def _say(self, day: date) -> None:
        self._value = day
        self.month.select(day)
        self.shown.set_pair(self._words.day(day))
        self.chosen.emit(day)

    def _show_month(self, first: date) -> None:
        self.name.set_pair(self._words.month(first))
