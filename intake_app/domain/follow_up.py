"""After the talk: when people are spoken to again, what a follow-up told, and its record (DOMAIN 6.8, 7.2)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from intake_app.domain.ids import AccountId, FormId, FormVersion, InstanceId, ParticipantId
from intake_app.domain.instance import InstanceStatus

_MOMENT = re.compile(r"([1-9]\d?)([wm])")
MOST_MOMENTS = 8
REPLACED = "follow_up_replaced"
"""Kind under which a correction holds the version that both places started from, while it waits to be sent."""
MET = "follow_up_met"
"""Kind under which a follow-up, or its counts, holds what met at the desk."""


@dataclass(frozen=True)
class Moment:
    """So long after the plan: `count` weeks or months (`unit` w or m)."""

    count: int
    unit: str

    def after(self, day: date) -> date:
        """The day that lies so far after `day`; a month that is too short ends on its last day."""
        if self.unit == "w":
            return day + timedelta(weeks=self.count)
        months = day.month - 1 + self.count
        year, month = day.year + months // 12, months % 12 + 1
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))

    def __str__(self) -> str:
        """As the setting is written: `2w`, `3m`."""
        return f"{self.count}{self.unit}"


USUAL_MOMENTS = (Moment(2, "w"), Moment(3, "m"), Moment(6, "m"), Moment(12, "m"))
"""2 weeks for the first step; 3, 6 and 12 months for what came of it (DOMAIN 6.8)."""


@dataclass(frozen=True)
class FollowUpPlan:
    """Settings of the place: when people are spoken to after their plan, and how soon again when that failed."""

    moments: tuple[Moment, ...] = USUAL_MOMENTS
    again_days: int = 7

    def next_after(self, start: date, day: date) -> date | None:
        """The first moment after `day` for a plan of `start`; None when all have passed."""
        return next((on for on in (moment.after(start) for moment in self.moments) if on > day), None)

    def moment_of(self, start: date, day: date) -> Moment | None:
        """The moment to which a talk on `day` belongs: the one that lies nearest."""
        return min(self.moments, key=lambda moment: abs((moment.after(start) - day).days), default=None)


def moments_from(text: str) -> tuple[Moment, ...]:
    """Moments as the setting writes them (`2w 3m 6m 12m`), in order; the usual ones when it cannot be read."""
    words = text.split()
    found = [match for word in words if (match := _MOMENT.fullmatch(word))]
    if not found or len(found) != len(words) or len(found) > MOST_MOMENTS:
        return USUAL_MOMENTS
    start = date(2027, 1, 1)
    moments = {Moment(int(match[1]), match[2]) for match in found}
    return tuple(sorted(moments, key=lambda moment: moment.after(start)))


def months_back(day: date, count: int) -> tuple[date, ...]:
    """The first days of `count` months up to that of `day`, the newest in front."""
    place = day.year * 12 + day.month - 1
    return tuple(date(month // 12, month % 12 + 1, 1) for month in range(place, place - count, -1))


class TasterState(StrEnum):
    """How far somebody is with a taster or a work-learning place."""

    INTEREST = "interest"
    REGISTERED = "registered"
    ATTENDED = "attended"
    NOT_GOING = "not_going"


@dataclass(frozen=True)
class TasterStep:
    """A taster or work-learning place that somebody chose: a step like the others (C3 keeps steps)."""

    offer: str
    label_nl: str
    state: TasterState = TasterState.INTEREST
    since: date | None = None


@dataclass(frozen=True)
class FollowUpRecord:
    """A follow-up talk, or the counts it renewed, with its bytes; it hangs on the case card, or without one on the
    person.

    `owner` is the id of the card or of the participant, under whose key it is sealed; `typing` is text still being
    typed, by ref, while the talk is open. A finished record's bytes never change.
    """

    instance_id: InstanceId
    owner: ParticipantId
    form_id: FormId
    form_version: FormVersion
    account_id: AccountId
    status: InstanceStatus
    at: datetime
    xml: bytes = field(repr=False)
    released_xml: bytes | None = field(default=None, repr=False)
    deprecated_id: InstanceId | None = None
    typing: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def is_open(self) -> bool:
        """Whether the talk is not finished yet."""
        return self.status is InstanceStatus.INCOMPLETE
