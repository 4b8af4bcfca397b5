"""What each indicator makes of the counters: small tables whose answer was worked out by hand.

Small numbers are hidden, so every case is taken ten times over (twenty for language): ten such people at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

import pytest

from intake_app.domain.counting import Evidence, Period, TallyCount
from intake_app.domain.report import Indicator
from intake_app.errors import UnknownName
from intake_app.monitoring.groups import Proposal, propose
from intake_app.monitoring.indicators import INDICATORS, Reading
from intake_app.monitoring.make import make_report, uneven
from intake_app.monitoring.skills import grew
from tests.monitoring.people import TWO_YEARS, contact, counted, read, talk, tallied


def test_ind01_counts_guided_people_against_two_hundred() -> None:
    # a is guided, b was never spoken to: 1 of the 2, ten times over
    counts = counted(talk("a"), talk("b"), a=(contact(date(2027, 4, 1)),))
    assert read("ind01", counts, 10) == {"count": (10, None)}
    assert INDICATORS[0](Reading({"Here": Counter(counts)}, "")).figure("count").target == 200


def test_ind02_each_talk_is_in_one_group_and_who_was_not_asked_stands_apart() -> None:
    # 6 talks: 2 migrants, 1 jobseeker, 1 worker, 1 other; 6 - 5 = 1 has no group yet. A family migrant was put with
    # the job seekers by the counsellor: that is the jobseeker here.
    counts = tallied(
        "talks 6",
        "group:migrant 2",
        "group:jobseeker_distance 1",
        "group:employed_upskill 1",
        "group:other 1",
    )
    assert read("ind02", counts, 10) == {
        "migrant": (20, 60),
        "jobseeker_distance": (10, 60),
        "employed_upskill": (10, 60),
        "other": (10, 60),
        "not_asked": (10, 60),
        "total": (60, None),
    }


def test_ind02_targets_are_those_of_the_plan() -> None:
    figures = INDICATORS[1](Reading({"Here": Counter({"talks": 1})}, "")).figures
    assert {one.code: one.target for one in figures if one.target} == {
        "migrant": 75,
        "jobseeker_distance": 75,
        "employed_upskill": 50,
    }


def test_ind03_a_tally_of_a_quarter_in_the_pilot_counts_and_one_after_it_does_not() -> None:
    # 3 people in Q2, 4 in Q3 of 2027: 3
    both = Counter(tallied("persons:2027-Q2 3", quarter="2027-Q2")) + Counter(
        tallied("persons:2027-Q3 4", quarter="2027-Q3")
    )
    assert both["pilot"] == 3
    assert read("ind03", dict(both), 10) == {"count": (30, None)}


def test_ind04_is_moved_on_over_guided_people_whose_talk_is_old_enough() -> None:
    # four guided people, a year old: a has work after 2 months, b a course after 8, c none, d said nothing (unknown)
    early = contact(date(2027, 4, 1))
    counts = counted(
        *(talk(name) for name in "abcd"),
        a=(early, contact(date(2027, 5, 10), "work")),
        b=(early, contact(date(2027, 11, 10), "education")),
        c=(early, contact(date(2027, 11, 10), "none")),
        d=(early,),
    )
    # after 3 months 1 of 4, after 6 months 1 of 4, after 12 months 2 of 4
    assert read("ind04", counts, 10) == {"months_3": (10, 40), "months_6": (10, 40), "months_12": (20, 40)}


def test_ind04_from_a_tally_a_quarter_is_a_year_old_when_its_last_talk_is() -> None:
    told = ("guided:2027-Q1 8", "moved_12:2027-Q1 5", "moved_3:2027-Q1 2")
    # the last talk of Q1 was on 31 March 2027 at the latest: a year old on 31 March 2028, not the day before
    ripe = Period(date(2027, 1, 1), date(2028, 12, 31), date(2028, 3, 31))
    assert tallied(*told, period=ripe)["due_12"] == 8
    assert tallied(*told, period=ripe)["moved_12"] == 5
    unripe = Period(date(2027, 1, 1), date(2028, 12, 31), date(2028, 3, 30))
    assert "due_12" not in tallied(*told, period=unripe)
    assert "moved_12" not in tallied(*told, period=unripe)
    assert tallied(*told, period=unripe)["due_3"] == 8


def test_ind05_counts_people_with_a_taster() -> None:
    counts = counted(talk("a"), talk("b"), a=(contact(date(2027, 4, 1), attended=2),))
    assert read("ind05", counts, 10) == {"count": (10, None)}


@pytest.mark.parametrize(
    ("before", "after", "meter", "answer"),
    [
        # speaking from a1 to a2: higher
        ({"nl_speak": "a1"}, {"nl_speak": "a2"}, "", True),
        ({"nl_speak": "b1"}, {"nl_speak": "b1"}, "", False),
        ({"nl_speak": "b1"}, {"nl_speak": "a2"}, "", False),
        # one lower and one higher: there is a higher one
        ({"nl_speak": "b1", "nl_read": "a1"}, {"nl_speak": "a2", "nl_read": "b1"}, "", True),
        # three things on the computer instead of two; none counts as nothing
        ({"digital_can": "search digid"}, {"digital_can": "search digid banking"}, "", True),
        ({"digital_can": "none"}, {"digital_can": "search"}, "", True),
        ({"digital_can": "search"}, {"digital_can": "none"}, "", False),
        # others instead of more: the number decides
        ({"digital_can": "search"}, {"digital_can": "digid"}, "", False),
        # a Basismeter alone
        ({}, {}, "higher", True),
        ({}, {}, "same", False),
        ({}, {}, "none", None),
        # asked once only, before or after: not measured twice
        ({"nl_speak": "a1"}, {}, "", None),
        ({}, {"nl_speak": "c1"}, "", None),
    ],
)
def test_ind06_growth_of_one_person(
    before: Mapping[str, str], after: Mapping[str, str], meter: str, answer: bool | None
) -> None:
    assert grew(before, after, meter) is answer


def test_ind06_is_over_who_was_measured_twice() -> None:
    assert read("ind06", tallied("talks 9", "measured:yes 4", "grown:yes 3"), 10) == {"grown": (30, 40)}


def test_ind07_partly_is_no_yes_and_no_answer_is_no_answer() -> None:
    # 3 yes, 1 partly, 1 no, 4 said nothing: 3 of 5
    counts = tallied("talks 9", "know_place:yes 3", "know_place:partly 1", "know_place:no 1")
    assert read("ind07", counts, 10) == {"yes": (30, 50)}


def test_ind08_mean_to_one_decimal_and_share_of_four_and_five() -> None:
    # 1, 3, 4, 5, 5: 18 / 5 = 3.6; three of five are 4 or 5
    counts = tallied("useful:1 1", "useful:3 1", "useful:4 1", "useful:5 2")
    assert read("ind08", counts, 10) == {"mean": (3.6, 50), "high": (30, 50)}


def test_ind09_confirmed_over_made() -> None:
    counts = counted(talk(referrals=3), a=(contact(date(2027, 4, 1), arrived=2),))
    assert read("ind09", counts, 10) == {"arrived": (20, 30)}


def test_ind10_spread_of_d10_and_share_below_level_three() -> None:
    # d10: 3 of 4 by the library, 1 by a friend. Level: 2 below 3, 1 at 3 or higher, unknown for the rest
    counts = tallied("talks 9", "found_us:library 3", "found_us:friend 1", "low_level:yes 2", "low_level:no 1")
    found = read("ind10", counts, 10)
    assert found["low_level"] == (20, 30)
    # the nine other ways are zero, below five, and so hidden; 40 - 30 - 10 would say that all of them are: so the
    # smallest shown one is hidden with them
    assert (found["library"], found["total"]) == ((30, 40), (40, None))
    assert "uwv" not in found
    assert "friend" not in found


def test_ind11_over_all_counted_talks_with_the_higher_minimum() -> None:
    # of 10 talks 4 not in Dutch, of those 2 with an interpreter and 1 where one was needed
    counts = tallied("talks 10", "other_language:yes 4", "interpreter:yes 2", "needed_not_here:yes 1")
    # at 20 times: 80, 40 and 20 of 200. At 5 times the last would be 5, below 10, and is hidden
    assert read("ind11", counts, 20) == {
        "other_language": (80, 200),
        "interpreter": (40, 200),
        "needed_not_here": (20, 200),
    }
    assert "needed_not_here" not in read("ind11", counts, 5)
    assert read("ind11", counts, 5)["interpreter"] == (10, 50)


def test_ind12_median_of_days() -> None:
    # 2, 4, 4, 10, 30 days: the middle one is 4; with a sixth of 12 days it lies between 4 and 10: 7
    five = {"first_step:2": 1, "first_step:4": 2, "first_step:10": 1, "first_step:30": 1}
    assert read("ind12", five) == {"median": (4, 5)}
    assert read("ind12", {**five, "first_step:12": 1}) == {"median": (7, 6)}
    assert read("ind12", {"first_step:2": 4}) == {}


def test_ind13_accounts_with_a_day_of_training() -> None:
    assert read("ind13", tallied("trained 7")) == {"count": (7, None)}


def test_a_quarter_belongs_to_the_period_in_which_it_begins() -> None:
    for quarter, told in (("2026-Q4", 0), ("2027-Q1", 3), ("2028-Q4", 3), ("2029-Q1", 0)):
        assert tallied("talks 3", quarter=quarter).get("talks", 0) == told


def test_who_did_not_want_to_be_counted_is_one_number_and_in_no_indicator() -> None:
    talks = tuple(talk(f"p{number}", counted=False, location=f"L{number % 2}") for number in range(12))
    report = make_report(Evidence(talks, {}), TWO_YEARS)
    assert report.not_counted.value == 12
    shown = [figure.value for one in report.indicators for figure in one.figures if not figure.hidden]
    assert not any(shown)


def test_a_place_that_nothing_was_heard_of_is_named_as_unknown() -> None:
    with pytest.raises(UnknownName) as refused:
        make_report(Evidence((talk(),), {}), TWO_YEARS, "Nowhere")
    assert refused.value.params["known"] == ("Here",)


def test_every_indicator_of_the_definitions_is_there_once() -> None:
    report = make_report(Evidence(), TWO_YEARS)
    assert [one.id for one in report.indicators] == [f"ind{number:02d}" for number in range(1, 14)]
    assert all(isinstance(one, Indicator) and one.figures for one in report.indicators)


@pytest.mark.parametrize(
    ("migration", "work", "wish", "consents", "answer"),
    [
        ("status_holder", "no", ["first_job"], True, Proposal("migrant", "migration")),
        ("asylum_seeker", "employee", ["other_job"], True, Proposal("migrant", "migration")),
        ("ukraine", "", [], True, Proposal("migrant", "migration")),
        ("eu_worker", "agency_flex", ["more_hours"], True, Proposal("migrant", "migration")),
        # without C5 and C6 work decides, whatever is known
        ("status_holder", "no", [], False, Proposal("jobseeker_distance", "no_work")),
        ("eu_worker", "employee", ["level_up"], False, Proposal("employed_upskill", "work_and_wish")),
        # a family migrant: the counsellor decides, work status is what is proposed
        ("family", "no", [], True, Proposal("jobseeker_distance", "family", doubt=True)),
        ("family", "self_employed", ["keep_job"], True, Proposal("employed_upskill", "family", doubt=True)),
        ("other", "", [], True, Proposal("", "family", doubt=True)),
        # no migrant: work and a wish to go on, no work, or neither
        ("", "employee", ["keep_job"], True, Proposal("employed_upskill", "work_and_wish")),
        ("skip", "no", ["volunteer_first"], True, Proposal("jobseeker_distance", "no_work")),
        ("", "employee", ["unsure"], True, Proposal("", "unclear", doubt=True)),
        ("", "skip", ["other_job"], True, Proposal("", "unclear", doubt=True)),
    ],
)
def test_the_proposed_group(migration: str, work: str, wish: list[str], consents: bool, answer: Proposal) -> None:
    assert propose(migration, work, wish, may_be_migrant=consents) == answer


def _spread(seen: Mapping[str, int]) -> Evidence:
    people = dict.fromkeys(("migrant", "jobseeker_distance", "employed_upskill"), 40)
    rows = [TallyCount("Here", "2027-Q1", f"group:{group}", count) for group, count in people.items()]
    rows += [TallyCount("Here", "2027-Q1", f"suggested:{name}", count) for name, count in seen.items()]
    rows += [TallyCount("Here", "2027-Q1", "group:other", 12), TallyCount("Here", "2027-Q1", "talks", 141)]
    return Evidence(tally=tuple(rows))


def test_a_sector_that_one_group_sees_twice_as_often_is_named() -> None:
    even = {"migrant.care": 20, "jobseeker_distance.care": 22, "employed_upskill.care": 25}
    # technology: 10 of 40 migrants and 20 of 40 workers, exactly twice
    odd = {"migrant.technology": 10, "jobseeker_distance.technology": 15, "employed_upskill.technology": 20}
    assert uneven(make_report(_spread({**even, **odd}), TWO_YEARS)) == ("technology",)


def test_a_group_whose_number_is_hidden_has_no_share_that_gives_it_away() -> None:
    # 3 others are hidden, and with them the smallest group, so that subtracting from 150 does not tell
    rows = [TallyCount("Here", "2027-Q1", f"group:{group}", count) for group, count in
            (("migrant", 40), ("jobseeker_distance", 40), ("employed_upskill", 30), ("other", 3))]  # fmt: skip
    rows += [TallyCount("Here", "2027-Q1", "suggested:employed_upskill.care", 15)]
    rows += [TallyCount("Here", "2027-Q1", "talks", 150)]
    report = make_report(Evidence(tally=tuple(rows)), TWO_YEARS)
    assert report.indicator("ind02").figure("employed_upskill").hidden
    assert {row.group: row.seen.hidden for row in report.spread}["employed_upskill"]


def test_the_spread_of_a_small_group_is_hidden() -> None:
    report = make_report(
        _spread({"migrant.care": 3, "jobseeker_distance.care": 22, "employed_upskill.care": 25}), TWO_YEARS
    )
    rows = {row.group: row.seen for row in report.spread}
    assert rows["migrant"].hidden
    assert rows["migrant"].value is None
    assert rows["other"].hidden
