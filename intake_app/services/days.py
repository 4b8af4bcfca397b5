"""Days on which people can be met: proposed days never fall in a weekend."""

from __future__ import annotations

from datetime import date, timedelta

_SATURDAY = 5


def working_day(day: date) -> date:
    """This day, or the Monday after it where it falls in a weekend; feast days are not known here."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= _SATURDAY else day
