"""What is counted, without names: talks, contacts after them, and the counters of a tally (DOMAIN 7.2, 8.10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

MIGRANT, JOBSEEKER, EMPLOYED, OTHER = "migrant", "jobseeker_distance", "employed_upskill", "other"
GROUPS = (MIGRANT, JOBSEEKER, EMPLOYED, OTHER)
"""The choices of d09; who has none was not asked yet."""
NOT_ASKED = "not_asked"

PROGRESSION = frozenset({"work", "more_work", "education", "work_learning"})
"""Outcomes of u03 that count as moving on (ind04)."""
PROGRESS_MONTHS = (3, 6, 12)
FOLLOW_UP_DAYS = 90
"""Within so many days after the talk somebody has to have spoken to the person (DOMAIN 7.2, actively guided)."""


def quarter_of(day: date) -> str:
    """The quarter of a day as the tally names it, `2027-Q1`."""
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def quarter_start(quarter: str) -> date:
    """The first day of a quarter. Raises ValueError for anything else."""
    year, _, number = quarter.partition("-Q")
    return date(int(year), 3 * int(number) - 2, 1)


def quarter_end(quarter: str) -> date:
    """The last day of a quarter. Raises ValueError for anything else."""
    return add_months(quarter_start(quarter), 3) - timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or the last day of that month where it has no such day."""
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))


@dataclass(frozen=True)
class Contact:
    """One follow-up contact (form `follow_up`): what the person told, nothing of who it is.

    `outcome_month` is the first day of the month in which it began, where that was told. `arrived` and `attended` are
    the referrals and tasters that were told of at this contact.
    """

    day: date
    reached: bool = True
    outcome: str = ""
    outcome_month: date | None = None
    attended: int = 0
    arrived: int = 0
    steps_done: tuple[date, ...] = ()


@dataclass(frozen=True)
class ContactFacts:
    """What one follow-up adds to the counts of a laptop, without any number of a person; "" and None are unknown.

    `month` is the moment of the follow-up in whole months after the talk (0: the first weeks). `skills` is higher, same
    or "" (`monitoring.skills.grew`). `arrived` and `made` are referrals that were told of, or made, at this contact.
    """

    reached: bool
    month: int = 0
    outcome: str = ""
    attended: int = 0
    made: int = 0
    arrived: int = 0
    skills: str = ""
    first_step_days: int | None = None


@dataclass(frozen=True)
class CountedTalk:
    """One finished talk as the form `status` tells it. `person` only keeps two talks of one person together.

    `counted` is the consent to count (C6). `guided`, `outcome`, `taster`, `first_step_days` and `arrived` are what the
    laptop itself worked out, for talks of which no contact came along.
    """

    person: str = field(repr=False)
    location: str
    finished: date
    talk_form: str
    state: str
    handed_over: bool
    counted: bool
    guided: bool = False
    outcome: str = ""
    taster: bool = False
    first_step_days: int | None = None
    referrals: int = 0
    arrived: int = 0


@dataclass(frozen=True)
class TallyCount:
    """One counter of one place and quarter: it says of how many something holds, and of nobody in particular."""

    location: str
    quarter: str
    counter: str
    count: int


@dataclass(frozen=True)
class Evidence:
    """All that a report is made of. `contacts` belong to the persons of the talks.

    `sources` names where it came from; `practice` says that all of it is invented.
    """

    talks: tuple[CountedTalk, ...] = ()
    contacts: Mapping[str, tuple[Contact, ...]] = field(default_factory=dict, repr=False)
    tally: tuple[TallyCount, ...] = ()
    sources: tuple[str, ...] = ()
    practice: bool = False


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both included, as it stands on the day `as_of`: nothing later is known."""

    first: date
    last: date
    as_of: date

    def holds(self, day: date) -> bool:
        """Whether a day lies in the period and is not in the future of the report."""
        return self.first <= day <= self.last and day <= self.as_of


def usual_period(as_of: date) -> Period:
    """The two years of the programme (DOMAIN 7.2): 1 January 2027 up to and including 31 December 2028."""
    return Period(date(2027, 1, 1), date(2028, 12, 31), as_of)
