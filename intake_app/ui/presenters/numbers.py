"""The numbers in words and bars, in the order in which a coordinator asks for them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from intake_app.domain.report import Indicator, Report, most_of, shares
from intake_app.i18n.formats import format_date
from intake_app.i18n.gettext import mark, translator
from intake_app.i18n.report_texts import (
    NOT_COUNTED,
    ONE_QUESTION,
    also_name,
    figure_name,
    figure_text,
    indicator_text,
    municipality_name,
    target_text,
)
from intake_app.services.fairness import fairness, fairness_check
from intake_app.services.indicators import read_period, report_of, training_days
from intake_app.services.office import Office
from intake_app.services.policy import Action, may

FIRST = (("ind01", "count"), ("ind04", "months_12"), ("ind05", "count"))
"""What the programme promised: 200 people, 60 percent a step further, 50 at a taster."""
LEFT = ("ind02", "ind04", "ind12", "ind03")
RIGHT = ("ind11", "ind06", "ind07", "ind08", "ind09", "ind10", "ind13")

_PERIOD = mark("{first} tot en met {last}")
_HERE = mark("Wat deze laptop heeft geteld.")
_CENTRAL = mark("Wat in het bestand van de server staat.")
_INVENTED = mark("Verzonnen mensen, om te oefenen.")
_FAIR = mark("De groepen zien ongeveer dezelfde sectoren.")
_UNFAIR = mark("Eén groep ziet deze sectoren twee keer zo vaak als een andere: {sectors}.")
_TRAINED = mark("training gedaan op {day}")
_NOT_TRAINED = mark("nog geen training")
_TOO_SMALL = mark("De groepen zijn nog te klein om te vergelijken.")
_TWICE = mark("Kijk dit twee keer per jaar na")
_NEVER = mark("Nog niet nagekeken. Doe het uiterlijk op {due}.")
_LAST = mark("Het laatst nagekeken op {last}. De volgende keer is uiterlijk op {due}.")
# Translators: a mark beside a check that has to be done now.
_NOW = mark("Nu nakijken")


@dataclass(frozen=True)
class FigureLine:
    """A figure: its name, what it says, its target, and its bar (None: no bar)."""

    name: str
    told: str
    target: str = ""
    share: float | None = None
    aim: float | None = None
    hidden: bool = False

    @property
    def spoken(self) -> str:
        """All of it in one go."""
        return ", ".join(part for part in (self.name, self.told, self.target) if part)

    @property
    def drawn(self) -> bool:
        """Whether there is a bar."""
        return self.share is not None or self.aim is not None


@dataclass(frozen=True)
class FairLine:
    """The check on fairness in words; `when` and `how` are empty for invented numbers, `badge` where it is not due."""

    even: bool
    told: str
    when: str = ""
    how: str = ""
    badge: str = ""
    may_note: bool = False


@dataclass(frozen=True)
class Section:
    """An indicator: its name, what it counts, its lines."""

    id: str
    title: str
    definition: str
    lines: tuple[FigureLine, ...]


class NumbersPresenter:
    """Holds the report that is looked at: of this laptop, of files of the server, or an invented one."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.practice = False
        self.exports: tuple[Path, ...] = ()
        self.location = ""
        self.report = self.made()

    def made(self) -> Report:
        """The report of what was chosen, made anew. Raises IntakeError."""
        store = self.office.store
        period = read_period(store, self.office.clock)
        return report_of(store, period, exports=self.exports, practice=self.practice, location=self.location)

    def renew(self) -> None:
        """Read again what was counted meanwhile. Raises IntakeError."""
        self.report = self.made()

    def show(self, *, practice: bool = False, exports: tuple[Path, ...] = ()) -> None:
        """Choose another source; what stood stays when that fails. Raises IntakeError."""
        before = self.practice, self.exports, self.location
        self.practice, self.exports, self.location = practice, exports, ""
        try:
            self.report = self.made()
        except Exception:
            self.practice, self.exports, self.location = before
            raise

    def show_place(self, location: str) -> None:
        """Only one place, or all ("") . Raises IntakeError."""
        before, self.location = self.location, location
        try:
            self.report = self.made()
        except Exception:
            self.location = before
            raise

    # ------------------------------------------------------------------ words
    def source(self) -> str:
        """Where the numbers come from, and over which days."""
        period = self.report.period
        days = _text(_PERIOD).format(
            first=format_date(period.first, "nl", "long"), last=format_date(period.last, "nl", "long")
        )
        told = _INVENTED if self.report.practice else _CENTRAL if self.exports else _HERE
        return f"{days}. {_text(told)}"

    def promises(self) -> tuple[Section, ...]:
        """The three that were promised, each with its one figure."""
        found = []
        for name, code in FIRST:
            section = self.section(name)
            figures = [one.code for one in self.report.indicator(name).figures]
            found.append(replace(section, lines=(section.lines[figures.index(code)],)))
        return tuple(found)

    def section(self, name: str) -> Section:
        """One indicator in words."""
        indicator = self.report.indicator(name)
        title, definition = indicator_text(name)
        return Section(name, title, definition, _lines(indicator))

    def others(self) -> tuple[FigureLine, ...]:
        """The two numbers that are no indicator."""
        return tuple(
            FigureLine(_text(words), figure_text(figure), hidden=figure.hidden)
            for words, figure in ((NOT_COUNTED, self.report.not_counted), (ONE_QUESTION, self.report.one_question))
        )

    def places(self) -> tuple[str, ...]:
        """The places that can be looked at by themselves, where there is more than one."""
        names = tuple(figure.code for figure in self.report.places)
        return names if len(names) > 1 else ()

    def fair(self) -> tuple[bool, str]:
        """Whether proposals spread evenly over the groups, in words."""
        odd = fairness(self.report)
        if odd is None:
            return True, _text(_TOO_SMALL)
        if not odd:
            return True, _text(_FAIR)
        labels = self.office.catalogue.terms.get("sector", {})
        return False, _text(_UNFAIR).format(sectors=", ".join(labels.get(one, one) for one in odd))

    def fair_line(self) -> FairLine:
        """The check with the day on which it is due. Raises StorageError."""
        even, told = self.fair()
        if self.report.practice:
            return FairLine(even, told)
        store = self.office.store
        check = fairness_check(store, self.office.clock)
        due = format_date(check.due, "nl", "long")
        last = format_date(check.last, "nl", "long") if check.last else ""
        how = _text(_LAST if check.last else _NEVER).format(last=last, due=due)
        may_note = may(store.account, Action.SETTINGS)
        return FairLine(even, told, _text(_TWICE), how, _text(_NOW) if check.late else "", may_note)

    def first_day(self) -> date:
        """The day on which the two years of this place begin. Raises StorageError."""
        return read_period(self.office.store, self.office.clock).first

    def may_settle(self) -> bool:
        """Whether whoever looks may set that day."""
        return may(self.office.store.account, Action.SETTINGS) and not self.report.practice

    def crossed(self) -> tuple[FigureLine, ...]:
        """Groups by municipality, as far as they may be shown."""
        return tuple(
            FigureLine(
                f"{municipality_name(one.municipality)}: {figure_name('ind02', one.group)}", figure_text(one.figure)
            )
            for one in self.report.municipalities
            if not one.figure.hidden
        )

    def also(self) -> tuple[FigureLine, ...]:
        """Second flags of the groups, as far as they may be shown; they are never added to a total."""
        shown = (figure for figure in self.report.also if not figure.hidden)
        return tuple(FigureLine(also_name(figure.code), figure_text(figure)) for figure in shown)


@dataclass(frozen=True)
class TrainedLine:
    """A colleague and when they were trained, in words; `account` is empty once that is known."""

    name: str
    told: str
    account: str = ""


def trained_lines(office: Office) -> tuple[TrainedLine, ...]:
    """Everybody who works here, for the site lead; nothing for anybody else."""
    if not may(office.store.account, Action.ACCOUNTS):
        return ()
    days = training_days(office.store)
    found = []
    for member in office.store.staff.members():
        day = days.get(member.account.account_id)
        told = _text(_TRAINED).format(day=format_date(day, "nl", "long")) if day else _text(_NOT_TRAINED)
        found.append(TrainedLine(member.account.name, told, "" if day else member.account.account_id))
    return tuple(found)


def _lines(indicator: Indicator) -> tuple[FigureLine, ...]:
    most, found = most_of(indicator), []
    for figure in indicator.figures:
        share, aim = shares(figure, most)
        called = figure_name(indicator.id, figure.code) if len(indicator.figures) > 1 else ""
        found.append(FigureLine(called, figure_text(figure), target_text(figure), share, aim, hidden=figure.hidden))
    return tuple(found)


def _text(message: str) -> str:
    return translator("nl").text(message)
