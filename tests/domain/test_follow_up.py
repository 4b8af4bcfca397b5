"""Moments after a plan: weeks and months by the calendar, and a setting that is read as it is written."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.follow_up import USUAL_MOMENTS, FollowUpPlan, Moment, moments_from, months_back

DAYS = st.dates(date(2026, 1, 1), date(2035, 12, 31))


def test_a_month_that_is_too_short_ends_on_its_last_day() -> None:
    assert Moment(1, "m").after(date(2027, 1, 31)) == date(2027, 2, 28)
    assert Moment(13, "m").after(date(2027, 1, 31)) == date(2028, 2, 29)
    assert Moment(2, "w").after(date(2027, 2, 20)) == date(2027, 3, 6)


@given(DAYS, st.integers(1, 24))
def test_months_later_is_in_that_month_and_on_that_day_or_the_last(day: date, count: int) -> None:
    found = Moment(count, "m").after(day)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == count
    assert found.day <= day.day


@given(st.sets(st.builds(Moment, st.integers(1, 30), st.sampled_from("wm")), min_size=1, max_size=8))
def test_moments_read_as_they_are_written(moments: set[Moment]) -> None:
    assert set(moments_from(" ".join(map(str, moments)))) == moments


def test_what_is_no_moment_makes_the_usual_ones() -> None:
    for text in ("", "soon", "2w soon", "0w", "2d", " ".join(["1w"] * 9)):
        assert moments_from(text) == USUAL_MOMENTS


def test_a_day_belongs_to_the_nearest_moment() -> None:
    plan, start = FollowUpPlan(), date(2027, 3, 1)
    assert plan.moment_of(start, date(2027, 3, 10)) == Moment(2, "w")
    assert plan.moment_of(start, date(2027, 6, 20)) == Moment(3, "m")
    assert plan.moment_of(start, date(2028, 5, 1)) == Moment(12, "m")


def test_months_that_have_been_go_back_over_the_new_year() -> None:
    assert months_back(date(2027, 2, 15), 3) == (date(2027, 2, 1), date(2027, 1, 1), date(2026, 12, 1))
