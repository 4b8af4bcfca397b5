"""Days on which people can be met: proposed days never fall in a weekend or on a public holiday."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

_SATURDAY, _SUNDAY = 5, 6
_FIXED = ((1, 1), (5, 5), (12, 25), (12, 26))
_AROUND_EASTER = (-2, 1, 39, 50)
"""Days from Easter Sunday: Good Friday, Easter Monday, Ascension Day, Whit Monday."""


def working_day(day: date) -> date:
    """This day, or the first one after it that is no Saturday, Sunday or public holiday."""
    while day.weekday() >= _SATURDAY or day in holidays(day.year):
        day += timedelta(days=1)
    return day


@lru_cache(maxsize=8)
def holidays(year: int) -> frozenset[date]:
    """The Dutch public holidays of a year, Sundays apart (Algemene termijnenwet, article 3, Good Friday included)."""
    easter = easter_sunday(year)
    kings_day = date(year, 4, 27)
    if kings_day.weekday() == _SUNDAY:
        kings_day -= timedelta(days=1)
    fixed = {date(year, month, number) for month, number in _FIXED}
    return frozenset({kings_day, *fixed, *(easter + timedelta(days=days) for days in _AROUND_EASTER)})


def easter_sunday(year: int) -> date:
    """Easter of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap, left = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * left + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, number = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, number + 1)
