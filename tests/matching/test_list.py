"""Which occupations make the list, one rule at a time (DOMAIN 4.4-9 and 4.4-10)."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.profile import Job, SkillsProfile
from intake_app.domain.reasons import ReasonCode
from intake_app.domain.recommendation import Recommendation
from intake_app.matching.profile_file import with_derived_skills
from intake_app.matching.recommend import rank_all, recommend
from intake_app.matching.rules import Rules

ProfileOf = Callable[..., SkillsProfile]
Recommended = Callable[..., tuple[Recommendation, ...]]


@pytest.fixture
def recommended(catalogue: Catalogue, rules: Rules) -> Recommended:
    def of(profile: SkillsProfile, **options: object) -> tuple[Recommendation, ...]:
        return recommend(profile, catalogue, rules, **options)  # type: ignore[arg-type]  # options by name

    return of


def ids(found: tuple[Recommendation, ...]) -> list[str]:
    return [item.id for item in found]


def codes(item: Recommendation) -> set[ReasonCode]:
    return {reason.code for reason in item.reasons}


@pytest.mark.parametrize(("form", "size"), [("short", 3), ("full", 6)])
def test_three_in_the_short_talk_and_six_in_the_full_one(
    profile_of: ProfileOf, recommended: Recommended, form: str, size: int
) -> None:
    assert len(recommended(profile_of("h1 t9 z4", "b5 o7", talk_form=form))) == size


def test_the_own_idea_comes_first_whatever_its_score(profile_of: ProfileOf, recommended: Recommended) -> None:
    first = recommended(profile_of("z4 z1 z6", own_idea="ic3"))[0]

    assert (first.id, first.fixed) == ("ic3", "own_idea")
    assert ReasonCode.OWN_IDEA in codes(first)


def test_own_work_comes_next_one_in_the_short_talk_and_two_in_the_full_one(
    profile_of: ProfileOf, recommended: Recommended
) -> None:
    jobs = ("ad2", "lt4", "zw1")

    short = recommended(profile_of(jobs=jobs, own_idea="ic3"))
    full = recommended(profile_of(jobs=jobs, own_idea="ic3", talk_form="full"))

    assert [item.id for item in short if item.fixed == "own_work"] == ["zw1"]
    assert [item.id for item in full if item.fixed == "own_work"] == ["zw1", "lt4"]


def test_the_latest_work_comes_first(catalogue: Catalogue, rules: Rules, recommended: Recommended) -> None:
    jobs = (Job("zw1", when="gt10y"), Job("ad2"), Job("lt4", when="now"), Job("hd2", when="last2y"))
    profile = with_derived_skills(SkillsProfile(jobs=jobs, talk_form="full"), catalogue, rules)

    assert ids(recommended(profile))[:2] == ["lt4", "hd2"]


def test_the_order_in_which_work_was_told_changes_nothing(
    catalogue: Catalogue, rules: Rules, recommended: Recommended
) -> None:
    jobs = (Job("zw1", years="lt1"), Job("ad2"), Job("lt4", years="gt10"))

    lists = {
        tuple(ids(recommended(with_derived_skills(SkillsProfile(jobs=told, talk_form="full"), catalogue, rules))))
        for told in (jobs, jobs[::-1], (jobs[1], jobs[2], jobs[0]))
    }

    assert {each[:2] for each in lists} == {("lt4", "zw1")}
    assert len(lists) == 1


def test_own_idea_that_is_own_work_stands_there_once(profile_of: ProfileOf, recommended: Recommended) -> None:
    found = recommended(profile_of(jobs=("tm3",), own_idea="tm3"))

    assert ids(found).count("tm3") == 1
    assert found[0].fixed == "own_idea"


def test_the_best_neighbour_shares_the_first_three_isco_digits(
    catalogue: Catalogue, profile_of: ProfileOf, recommended: Recommended
) -> None:
    neighbour = next(item for item in recommended(profile_of(jobs=("tm6",))) if item.fixed == "neighbour")

    assert catalogue.occupations[neighbour.id].isco[:3] == "723"
    assert ReasonCode.NEAR_YOUR_WORK in codes(neighbour)
    named = next(reason for reason in neighbour.reasons if reason.code is ReasonCode.NEAR_YOUR_WORK)
    assert named.params["occupation"] == "tm6"


def test_a_job_outside_the_catalogue_breaks_nothing(profile_of: ProfileOf, recommended: Recommended) -> None:
    elsewhere = profile_of("z4 z1 z6", jobs=("http://data.europa.eu/esco/occupation/unknown",))

    assert ids(recommended(elsewhere)) == ids(recommended(profile_of("z4 z1 z6")))


@pytest.mark.parametrize(
    ("wish", "gone"),
    [("nights", "hd2"), ("noise", "tm3"), ("heights", "bi5"), ("animals", "gv3"), ("dirty", "hd4"), ("screen", "ad1")],
)
def test_what_the_person_would_rather_not_do_stays_out(
    profile_of: ProfileOf, recommended: Recommended, catalogue: Catalogue, wish: str, gone: str
) -> None:
    skills = dict.fromkeys(catalogue.occupations[gone].core_skills, "teach")
    skills |= dict.fromkeys(catalogue.occupations[gone].other_skills, "teach")
    free = profile_of(skills=skills)
    unwilling = replace(free, rather_not=(wish,))

    assert gone in ids(recommended(free))
    assert gone not in ids(recommended(unwilling))
    assert gone in ids(recommended(unwilling, wish_filter=False))


def test_own_idea_and_own_work_stay_although_a_wish_is_against_them(
    profile_of: ProfileOf, recommended: Recommended
) -> None:
    found = recommended(profile_of(jobs=("gv3",), own_idea="gv7", rather_not=["animals", "meat"]))

    assert ids(found)[:2] == ["gv7", "gv3"]
    assert ReasonCode.WISH_AVOIDED in codes(found[0])


@pytest.mark.parametrize("wish", ["alone", "crowds", "none", "something_new"])
def test_wishes_that_only_go_on_the_plan_filter_nothing(
    profile_of: ProfileOf, recommended: Recommended, wish: str
) -> None:
    free = profile_of("h1 h2 w5")

    assert ids(recommended(replace(free, rather_not=(wish,)))) == ids(recommended(free))


def test_there_are_at_least_two_sectors(catalogue: Catalogue, profile_of: ProfileOf, recommended: Recommended) -> None:
    found = recommended(profile_of("z4 z5 z8", "z6 h1 h5", learn_kind=["learn_on_job"]))

    assert ids(found)[:2] == ["zw3", "zw5"]
    assert len({item.sector for item in found}) == 2
    assert ReasonCode.SECTOR_SPREAD in codes(found[-1])


def test_with_little_schooling_one_occupation_has_no_entry_level(
    catalogue: Catalogue, profile_of: ProfileOf, recommended: Recommended
) -> None:
    profile = profile_of("b5 t5 t10", "b1 b6 b7 t1 t4 t7", years_at_school="y7_9")

    without = recommended(replace(profile, years_at_school="y13_plus"))
    found = recommended(profile)

    assert all(catalogue.occupations[item.id].lowest_level > 0 for item in without)
    entry = [item for item in found if catalogue.occupations[item.id].lowest_level == 0]
    assert entry
    assert ReasonCode.ENTRY_NOW in codes(entry[0])


@pytest.mark.parametrize(
    ("keys", "entry"),
    [
        ({"work_now": "no", "work_wish": ["first_job"]}, True),
        ({"work_now": "no", "start": "now"}, True),
        ({"work_now": "no", "work_wish": ["unsure"], "start": "later"}, False),
        ({"work_now": "employee", "work_wish": ["first_job"], "start": "now"}, False),
    ],
)
def test_who_needs_income_now_sees_work_that_can_start_now(
    catalogue: Catalogue, profile_of: ProfileOf, recommended: Recommended, keys: dict[str, object], entry: bool
) -> None:
    found = recommended(profile_of("b5 t5 t10", "b1 b6 b7 t1 t4 t7", **keys))

    assert any(catalogue.occupations[item.id].lowest_level == 0 for item in found) is entry


def test_the_full_talk_shows_one_step_up(catalogue: Catalogue, profile_of: ProfileOf, recommended: Recommended) -> None:
    keys = {"learn_kind": ["learn_on_job"], "level": "mbo3"}
    short = recommended(profile_of("b5 t5 t10", "b1 b6 b7 t1 t4 t7", **keys))
    full = recommended(profile_of("b5 t5 t10", "b1 b6 b7 t1 t4 t7", talk_form="full", **keys))

    assert not any(catalogue.occupations[item.id].lowest_level == 4 for item in short)
    step = [item for item in full if catalogue.occupations[item.id].lowest_level == 4]
    assert step
    assert ReasonCode.GROWTH_STEP in codes(step[0])


def test_spreading_never_removes_own_idea_or_own_work(
    profile_of: ProfileOf, recommended: Recommended, catalogue: Catalogue
) -> None:
    for job in catalogue.occupations:
        found = recommended(profile_of(jobs=(job,), own_idea="tm4", years_at_school="y0"))
        assert ids(found)[: 1 if job == "tm4" else 2] == (["tm4"] if job == "tm4" else ["tm4", job])
        assert len({item.sector for item in found}) >= 2
        assert any(catalogue.occupations[item.id].lowest_level == 0 for item in found)


def test_work_with_blood_appears_only_when_asked_for(
    catalogue: Catalogue, profile_of: ProfileOf, recommended: Recommended
) -> None:
    butcher = catalogue.occupations["gv7"]
    skills = dict.fromkeys((*butcher.core_skills, *butcher.other_skills), "teach")

    assert "gv7" not in ids(recommended(profile_of(skills=skills, talk_form="full")))
    assert "gv7" in ids(recommended(profile_of(skills=skills, own_idea="gv7")))
    assert "gv7" in ids(recommended(profile_of(jobs=("gv7",))))
    assert "gv7" in ids(recommended(profile_of(jobs=("gv6",))))


def test_nothing_told_means_nothing_proposed(recommended: Recommended) -> None:
    assert recommended(SkillsProfile()) == ()


def test_all_of_them_are_ranked_for_the_counsellor(catalogue: Catalogue, rules: Rules, profile_of: ProfileOf) -> None:
    found = rank_all(profile_of("z4 z1 z6", rather_not=["body_care"]), catalogue, rules)

    assert sorted(ids(found)) == sorted(catalogue.occupations)
    assert ReasonCode.WISH_AVOIDED in codes(next(item for item in found if item.id == "zw3"))
