"""Proposed days are days on which the library and the Werkcentrum are open."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.services.days import easter_sunday, holidays, working_day


@pytest.mark.parametrize(
    "easter",
    [
        date(1818, 3, 22), date(1954, 4, 18), date(2000, 4, 23), date(2008, 3, 23), date(2024, 3, 31),
        date(2025, 4, 20), date(2026, 4, 5), date(2027, 3, 28), date(2038, 4, 25),
    ],
)  # fmt: skip
def test_easter_falls_where_the_church_has_it(easter: date) -> None:
    assert easter_sunday(easter.year) == easter


def test_the_public_holidays_of_2026_and_2027_are_those_of_the_law() -> None:
    assert sorted(holidays(2026)) == [
        date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 6), date(2026, 4, 27), date(2026, 5, 5),
        date(2026, 5, 14), date(2026, 5, 25), date(2026, 12, 25), date(2026, 12, 26),
    ]  # fmt: skip
    assert date(2025, 4, 26) in holidays(2025)
    assert date(2025, 4, 27) not in holidays(2025)


@pytest.mark.parametrize(
    ("day", "kept"),
    [
        (date(2026, 12, 25), date(2026, 12, 28)),
        (date(2026, 12, 31), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 1, 4)),
        (date(2026, 4, 3), date(2026, 4, 7)),
        (date(2026, 5, 14), date(2026, 5, 15)),
        (date(2026, 11, 29), date(2026, 11, 30)),
    ],
)
def test_a_holiday_gives_way_to_the_next_working_day(day: date, kept: date) -> None:
    assert working_day(day) == kept


@given(st.dates(date(2020, 1, 1), date(2100, 12, 31)))
def test_a_proposed_day_is_a_working_day_soon_after(day: date) -> None:
    found = working_day(day)

    assert found.weekday() < 5
    assert found not in holidays(found.year)
    assert timedelta(0) <= found - day <= timedelta(days=5)
    assert working_day(found) == found
