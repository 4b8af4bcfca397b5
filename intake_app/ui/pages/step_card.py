"""One step that is open to be changed: what, who, by when, and how one sees that it is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cached_property, partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from intake_app.errors import IntakeError
from intake_app.i18n.gettext import mark
from intake_app.i18n.languages import is_rtl
from intake_app.services.days import working_day
from intake_app.services.plan_steps import StepFields
from intake_app.ui.controls import words as said
from intake_app.ui.pages.shared import text
from intake_app.ui.presenters.edit_steps import StepsPresenter
from intake_app.ui.widgets import (
    Answer,
    AnswerGrid,
    BilingualLabel,
    Card,
    DateEntry,
    IconButton,
    LineEntry,
    Pair,
    TextEntry,
    TextLabel,
    column,
    row,
)
from intake_app.ui.widgets.buttons import QuietButton
from intake_app.ui.widgets.flow import Flow
from intake_app.ui.widgets.reveal import reveal

_DONE_WHEN = mark("Waaraan ziet u dat het klaar is?")
_WHO = mark("Wie doet dit?")
_WHAT = mark("Wat gaat u doen?")
_WHEN = mark("Voor welke datum?")
_NO_DAY = mark("Nog geen datum")
_QUICK = ((said.IN_ONE_WEEK, 7), (said.IN_TWO_WEEKS, 14), (said.IN_FOUR_WEEKS, 28))


class StepCard(Card):
    """One step that is open to be changed. `changed()` after each change, `failed(error)` when it was not kept."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, presenter: StepsPresenter, step: StepFields, today: date) -> None:
        super().__init__(margin=1.5, gap=1.5)
        self._presenter, self._number = presenter, step.number
        rtl, words = is_rtl(presenter.language), presenter.words
        values = step.values
        self.what = TextEntry(words.pair(_WHAT).spoken, rtl=rtl, lines=2, most_lines=4)
        self.what.set_text(values["step"])
        self.what.changed.connect(partial(self._held, "step"))
        self.what.typing_paused.connect(partial(self._typed, "step"))
        self.what.finished.connect(partial(self._set, "step"))
        self.verbs = [QuietButton(verb) for verb in presenter.verbs()]
        for button, verb in zip(self.verbs, presenter.verbs(), strict=True):
            button.clicked.connect(lambda _checked=False, verb=verb: self._begin(verb))
        self.who = AnswerGrid([Answer(code, pair) for code, pair in presenter.who()], columns=2, least=180,
                              tile=False, role="small", height=48, rtl=rtl)  # fmt: skip
        self.who.setAccessibleName(words.pair(_WHO).spoken)
        self.who.set_values([values["who"] or "together"])
        self.who.changed.connect(self._who)
        self._partner_fields(presenter, step, rtl=rtl)
        self._day_fields(presenter, step, today, rtl=rtl)
        self.sign = LineEntry(words.pair(_DONE_WHEN).spoken, rtl=rtl)
        self.sign.set_text(values["done_when"])
        self.sign.changed.connect(partial(self._held, "done_when"))
        self.sign.typing_paused.connect(partial(self._typed, "done_when"))
        self.sign.finished.connect(partial(self._set, "done_when"))
        self.hint = TextLabel("", "small")
        for part in (
            self.what, Flow(*self.verbs, gap=0.5), self.hint,
            BilingualLabel(words.pair(_WHO), "strong"), self.who, self._partner, self._partner_place,
            BilingualLabel(words.pair(_WHEN), "strong"), self._day, self._days_place,
            BilingualLabel(words.pair(_DONE_WHEN), "strong"), self.sign,
        ):  # fmt: skip
            self.add(part)

    def _partner_fields(self, presenter: StepsPresenter, step: StepFields, *, rtl: bool) -> None:
        """Which organisation: the list while there is none, then its name."""
        self._partners = dict(presenter.partners())
        self._partner_place = _place()
        self.partner_said = BilingualLabel(Pair.plain(""), "body")
        self.change_partner = IconButton("pencil", text("Andere organisatie"))
        self.change_partner.clicked.connect(self._turn_partners)
        self._partner = _beside(self.partner_said, self.change_partner)
        self._show_partner(step.values["who"], step.values["partner"])

    # Most steps are done by the two at the table, on a day that stands: what is not asked for is not made.
    @cached_property
    def partner(self) -> AnswerGrid:
        """The organisations to choose from."""
        answers = [Answer(code, pair) for code, pair in self._partners.items()]
        rtl = is_rtl(self._presenter.language)
        grid = AnswerGrid(answers, columns=2, least=180, tile=False, role="small", height=48, rtl=rtl)
        grid.setAccessibleName(text("Welke organisatie"))
        grid.changed.connect(self._partner_chosen)
        self._partner_place.layout().addWidget(grid)
        return grid

    @cached_property
    def days(self) -> DateEntry:
        """The days to choose from."""
        words, rtl = self._presenter.words, is_rtl(self._presenter.language)
        quick = [(words.pair(said_), _from(self._today, days)) for said_, days in _QUICK]
        entry = DateEntry(self._today, words.date_words(), quick, first=self._today, rtl=rtl)
        entry.set_value(self._first_day)
        entry.chosen.connect(self._day_chosen)
        self._days_place.layout().addWidget(entry)
        return entry

    def _show_partner(self, who: str, partner: str) -> None:
        self._partner_now = partner
        known = self._partners.get(partner)
        self.partner_said.set_pair(known or Pair.plain(""))
        reveal(self._partner, who == "partner" and known is not None)
        wanted = who == "partner" and known is None
        if wanted or "partner" in self.__dict__:
            self.partner.set_values([partner] if known else [])
        reveal(self._partner_place, wanted)

    def _turn_partners(self) -> None:
        self.partner.set_values([self._partner_now])
        reveal(self._partner_place, self._partner_place.isHidden())

    def _partner_chosen(self, chosen: list[str]) -> None:
        partner = chosen[0] if chosen else ""
        self._show_partner("partner", partner)
        self._set("partner", partner)

    def _day_fields(self, presenter: StepsPresenter, step: StepFields, today: date, *, rtl: bool) -> None:
        self.day_said = BilingualLabel(Pair.plain(""), "body")
        self.change_day = IconButton("calendar", text("Andere dag"))
        self.change_day.clicked.connect(self._turn_days)
        self._day = _beside(self.day_said, self.change_day)
        self._today, self._first_day = today, presenter.day(step)
        self._days_place = _place()
        reveal(self._days_place, False)
        self._say_day(presenter.day(step))

    def tell(self, hint: str) -> None:
        """Say kindly what could still be said; "" for nothing."""
        self.hint.setText(hint)
        reveal(self.hint, bool(hint))

    def finish(self) -> None:
        """Keep what is typed and not yet kept."""
        self.what.finish()
        self.sign.finish()

    def _begin(self, verb: Pair) -> None:
        text_now = self._presenter.begun(self.what.text(), verb)
        self.what.set_text(text_now)
        self._set("step", text_now)
        self.what.setFocus(Qt.FocusReason.OtherFocusReason)
        cursor = self.what.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.what.setTextCursor(cursor)

    def _who(self, chosen: list[str]) -> None:
        who = chosen[0] if chosen else "together"
        self._show_partner(who, "")
        self._set("who", who)

    def _day_chosen(self, day: date) -> None:
        self._days_place.hide()
        self._say_day(day)
        self._set("date", day.isoformat())

    def _turn_days(self) -> None:
        self.days.show()
        reveal(self._days_place, self._days_place.isHidden())

    def _say_day(self, day: date | None) -> None:
        words = self._presenter.words
        self.day_said.set_pair(words.day(day) if day else words.pair(_NO_DAY))

    def _held(self, name: str, given: str) -> None:
        self._presenter.editor.hold(self._number, name, given)
        self.changed.emit()

    def _typed(self, name: str, given: str) -> None:
        self._try(lambda: self._presenter.editor.type(self._number, name, given))

    def _set(self, name: str, given: str) -> None:
        self._try(lambda: self._presenter.editor.set(self._number, name, given))

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
        except IntakeError as error:
            self.failed.emit(error)
        self.changed.emit()


def _place() -> QWidget:
    """Room for what is made later."""
    place = QWidget()
    place.setLayout(column(gap=0))
    return place


def _beside(label: QWidget, button: QWidget) -> QWidget:
    line = row(gap=1)
    line.addWidget(label, 1, Qt.AlignmentFlag.AlignVCenter)
    line.addWidget(button)
    whole = QWidget()
    whole.setLayout(line)
    return whole


def _from(today: date, days: int) -> int:
    """So many days from today, or a little more where that falls on a day off."""
    return (working_day(today + timedelta(days=days)) - today).days
