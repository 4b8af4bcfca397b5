"""Who counts for what: the answers beside each case were worked out by hand from DOMAIN 7.2."""

from __future__ import annotations

from datetime import date

import pytest

from intake_app.domain.counting import Contact, CountedTalk, Evidence, Period, add_months
from intake_app.monitoring.people import counts_of_people
from tests.monitoring.people import TWO_YEARS, contact, counted, talk

WEEKS_LATER = date(2027, 3, 24)
DAY_90 = date(2027, 6, 8)
"""10 March + 21 days to the 31st + 30 April + 31 May + 8 = 90 days."""


@pytest.mark.parametrize(
    ("talks", "contacts", "guided"),
    [
        # finished, plan in hand, spoken to after two weeks: 1
        ([talk()], [contact(WEEKS_LATER)], 1),
        # day 90 still counts, day 91 no longer
        ([talk()], [contact(DAY_90)], 1),
        ([talk()], [contact(date(2027, 6, 9))], 0),
        # a call that nobody answered is no contact; a later one within 90 days is
        ([talk()], [Contact(WEEKS_LATER, reached=False)], 0),
        ([talk()], [Contact(WEEKS_LATER, reached=False), contact(DAY_90)], 1),
        # stopped halfway, or no plan handed over: not guided
        ([talk(state="stopped_by_participant")], [contact(WEEKS_LATER)], 0),
        ([talk(handed_over=False)], [contact(WEEKS_LATER)], 0),
        # a short talk counts like a full one
        ([talk(talk_form="short")], [contact(WEEKS_LATER)], 1),
        # two talks by one person are one person, also when only the second leads to guidance
        ([talk(), talk(day=date(2027, 5, 1))], [contact(WEEKS_LATER), contact(date(2027, 5, 20))], 1),
        ([talk(), talk(day=date(2027, 9, 1))], [contact(date(2027, 9, 20))], 1),
        # the consent to count was taken back: the record has no flags any more, and nothing counts
        ([talk(counted=False)], [contact(WEEKS_LATER)], 0),
        # the edges of the period: first and last day count, the day before and the day after do not
        ([talk(day=date(2027, 1, 1))], [contact(date(2027, 1, 20))], 1),
        ([talk(day=date(2026, 12, 31))], [contact(date(2027, 1, 20))], 0),
        ([talk(day=date(2028, 12, 31))], [contact(date(2029, 1, 20))], 1),
        ([talk(day=date(2029, 1, 1))], [contact(date(2029, 1, 20))], 0),
        # the laptop worked it out itself, and no contact came along (no C3): its word holds
        ([talk(guided=True)], [], 1),
        ([talk(guided=True, state="stopped_by_participant")], [], 0),
    ],
)
def test_ind01_actively_guided(talks: list[CountedTalk], contacts: list[Contact], guided: int) -> None:
    assert counted(*talks, a=tuple(contacts)).get("guided", 0) == guided


def test_ind01_two_people_are_two_and_a_contact_belongs_to_its_own_person() -> None:
    # b was never spoken to: 2 persons, 1 guided
    found = counted(talk("a"), talk("b"), a=(contact(WEEKS_LATER),))
    assert (found["persons"], found["guided"]) == (2, 1)


def test_ind01_nothing_of_after_the_day_of_the_report_is_known() -> None:
    # on 20 March the contact of the 24th has not been yet
    early = Period(TWO_YEARS.first, TWO_YEARS.last, date(2027, 3, 20))
    assert "guided" not in counted(talk(), period=early, a=(contact(WEEKS_LATER),))
    # and on 1 March the talk of the 10th has not either
    assert counted(talk(), period=Period(TWO_YEARS.first, TWO_YEARS.last, date(2027, 3, 1))) == {}


@pytest.mark.parametrize(
    ("days", "pilot"),
    [
        ([date(2027, 1, 1)], 1),
        ([date(2027, 6, 30)], 1),
        ([date(2027, 7, 1)], 0),
        # two talks in the pilot are one participant
        ([date(2027, 2, 1), date(2027, 4, 1)], 1),
        # the second talk lies after it, the first in it
        ([date(2027, 6, 1), date(2027, 9, 1)], 1),
    ],
)
def test_ind03_pilot(days: list[date], pilot: int) -> None:
    assert counted(*(talk(day=day) for day in days)).get("pilot", 0) == pilot


@pytest.mark.parametrize(
    ("contacts", "moved"),
    [
        # work at the contact after three months: within 3, 6 and 12
        ([contact(date(2027, 6, 10), "work")], (1, 1, 1)),
        # one day later is not within 3 months
        ([contact(date(2027, 6, 11), "work")], (0, 1, 1)),
        ([contact(date(2027, 9, 10), "education")], (0, 1, 1)),
        ([contact(date(2028, 3, 10), "work_learning")], (0, 0, 1)),
        ([contact(date(2028, 3, 11), "more_work")], (0, 0, 0)),
        # told in March 2028 that it began in May 2027: the month decides, 1 May lies within 3 months
        ([contact(date(2028, 3, 30), "work", outcome_month=date(2027, 5, 1))], (1, 1, 1)),
        # a job from before the month of the talk is no step forward; in the same month it is
        ([contact(date(2027, 6, 1), "work", outcome_month=date(2027, 2, 1))], (0, 0, 0)),
        ([contact(date(2027, 6, 1), "work", outcome_month=date(2027, 3, 1))], (1, 1, 1)),
        # what is no progression: only a taster, volunteering, a language class, nothing, unknown
        *(
            ([contact(date(2027, 6, 1), one)], (0, 0, 0))
            for one in ("taster_only", "volunteer", "language_digital", "none", "unknown", "")
        ),
        # it was lost again afterwards: it did happen within the months
        ([contact(date(2027, 6, 1), "work"), contact(date(2028, 3, 1), "none")], (1, 1, 1)),
        # not reached, so nothing was told
        ([Contact(date(2027, 6, 1), reached=False, outcome="work")], (0, 0, 0)),
    ],
)
def test_ind04_progression_within_3_6_and_12_months(contacts: list[Contact], moved: tuple[int, int, int]) -> None:
    found = counted(talk(), a=(contact(WEEKS_LATER), *contacts))
    assert tuple(found.get(f"moved_{months}", 0) for months in (3, 6, 12)) == moved
    # unknown, not reached or nothing: the person stays in the denominator
    assert [found[f"due_{months}"] for months in (3, 6, 12)] == [1, 1, 1]


def test_ind04_only_guided_people_whose_talk_is_so_long_ago_are_in_the_denominator() -> None:
    # never spoken to: not guided, in no denominator
    assert "due_3" not in counted(talk())
    # on 10 September 2027 the talk is exactly 6 months old, not 12
    half = Period(TWO_YEARS.first, TWO_YEARS.last, date(2027, 9, 10))
    found = counted(talk(), period=half, a=(contact(WEEKS_LATER),))
    assert (found.get("due_3"), found.get("due_6"), found.get("due_12")) == (1, 1, None)
    # a day before, it is not
    day_less = Period(TWO_YEARS.first, TWO_YEARS.last, date(2027, 9, 9))
    assert counted(talk(), period=day_less, a=(contact(WEEKS_LATER),)).get("due_6") is None


def test_ind04_an_outcome_without_its_contact_counts_after_twelve_months_only() -> None:
    # the flag has no date: it lies within the last follow-up, which is after 12 months
    found = counted(talk(guided=True, outcome="work"))
    assert [found.get(f"moved_{months}", 0) for months in (3, 6, 12)] == [0, 0, 1]


def test_a_month_that_is_too_short_ends_on_its_last_day() -> None:
    assert add_months(date(2027, 11, 30), 3) == date(2028, 2, 29)
    assert add_months(date(2027, 12, 31), 6) == date(2028, 6, 30)
    assert add_months(date(2027, 10, 5), 3) == date(2028, 1, 5)


@pytest.mark.parametrize(
    ("talks", "contacts", "people"),
    [
        ([talk()], [contact(WEEKS_LATER, attended=1)], 1),
        # two tasters are one person
        ([talk()], [contact(WEEKS_LATER, attended=2), contact(DAY_90, attended=1)], 1),
        # registered and not gone
        ([talk()], [contact(WEEKS_LATER)], 0),
        # also of somebody who is not guided: stopped halfway, and yet at a taster
        ([talk(state="stopped_by_participant")], [contact(WEEKS_LATER, attended=1)], 1),
        # by the flag of the laptop alone
        ([talk(taster=True)], [], 1),
    ],
)
def test_ind05_tasters(talks: list[CountedTalk], contacts: list[Contact], people: int) -> None:
    assert counted(*talks, a=tuple(contacts)).get("taster", 0) == people


@pytest.mark.parametrize(
    ("talks", "contacts", "made", "arrived"),
    [
        # three made, one confirmed at the first contact and one at the second: 2 of 3
        ([talk(referrals=3)], [contact(WEEKS_LATER, arrived=1), contact(DAY_90, arrived=1)], 3, 2),
        # the laptop counted the same two: not four
        ([talk(referrals=3, arrived=2)], [contact(WEEKS_LATER, arrived=1), contact(DAY_90, arrived=1)], 3, 2),
        # told twice of the one referral there is: it arrives once
        ([talk(referrals=1)], [contact(WEEKS_LATER, arrived=1), contact(DAY_90, arrived=1)], 1, 1),
        ([talk()], [], 0, 0),
    ],
)
def test_ind09_referrals_are_counted_not_people(
    talks: list[CountedTalk], contacts: list[Contact], made: int, arrived: int
) -> None:
    found = counted(*talks, a=tuple(contacts))
    assert (found.get("referral:made", 0), found.get("referral:arrived", 0)) == (made, arrived)


@pytest.mark.parametrize(
    ("contacts", "days"),
    [
        # 10 March to 20 March
        ([contact(WEEKS_LATER, steps_done=(date(2027, 3, 20),))], 10),
        # the earliest of all, whenever it was told
        ([contact(WEEKS_LATER, steps_done=(date(2027, 3, 22),)), contact(DAY_90, steps_done=(date(2027, 3, 12),))], 2),
        # done before the plan was made: no days
        ([contact(WEEKS_LATER, steps_done=(date(2027, 3, 1),))], 0),
        ([contact(WEEKS_LATER)], None),
    ],
)
def test_ind12_days_to_the_first_step(contacts: list[Contact], days: int | None) -> None:
    found = [name for name in counted(talk(), a=tuple(contacts)) if name.startswith("first_step:")]
    assert found == ([] if days is None else [f"first_step:{days}"])


def test_a_person_counts_at_the_place_of_the_talk_that_guides() -> None:
    talks = (talk(location="There", state="stopped_by_participant"), talk(day=date(2027, 9, 1)))
    found = counts_of_people(Evidence(talks, {"a": (contact(date(2027, 9, 20)),)}), TWO_YEARS)
    assert {place: counts["persons"] for place, counts in found.items()} == {"Here": 1}
