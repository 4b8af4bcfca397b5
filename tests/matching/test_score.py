"""Scores, labels and their order follow the rules (DOMAIN 4.4-2 to 4.4-8)."""

from collections.abc import Callable
from dataclasses import fields, replace
from fractions import Fraction
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.catalogue import Catalogue, Occupation
from intake_app.domain.eligibility import Circumstances
from intake_app.domain.profile import Evidence, Job, ProfileSkill, SkillLevel, SkillsProfile
from intake_app.domain.recommendation import Fit
from intake_app.matching import criteria
from intake_app.matching.profile_file import with_derived_skills
from intake_app.matching.ranking import ranked
from intake_app.matching.recommend import rank_all, recommend
from intake_app.matching.rules import Rules
from intake_app.matching.score import LABEL_ORDER, assess, half_up, language_gap, route_level

ProfileOf = Callable[..., SkillsProfile]
LEVELS = st.sampled_from(list(SkillLevel))


def own(skills: dict[str, SkillLevel], kind: str = "own") -> dict[str, ProfileSkill]:
    return {skill: ProfileSkill(skill, level, (Evidence(kind, "told"),)) for skill, level in skills.items()}


def all_skills(occupation: Occupation) -> tuple[str, ...]:
    return (*occupation.core_skills, *occupation.other_skills)


# ------------------------------------------------------------------ what may be an input


def test_nothing_protected_can_be_an_input_of_occupations() -> None:
    """4.4-1: the type itself has no place for it, so no rule can ever read it."""
    known = {field.name for field in fields(SkillsProfile)}
    protected = {
        "name", "age", "age_group", "birth_year", "gender", "nationality", "religion", "born_abroad", "origin",
        "migration_type", "status", "permit", "needs", "health", "income", "benefit", "target_group", "language",
        "talk_language", "postcode", "counsellor", "civic", "tool_help", "school_country",
    }  # fmt: skip

    assert known & protected == set()


def test_benefit_and_status_have_no_way_into_occupations() -> None:
    """4.4-13: no function that ranks or scores takes circumstances."""
    for function in (recommend, rank_all, ranked, assess, criteria.wishes, criteria.interest, criteria.skill_means):
        assert Circumstances not in get_type_hints(function).values()


# ------------------------------------------------------------------ numbers


@pytest.mark.parametrize(("value", "rounded"), [("0.125", "0.13"), ("0.124", "0.12"), ("0.005", "0.01"), ("1", "1")])
def test_halves_are_rounded_up(value: str, rounded: str) -> None:
    assert half_up(Fraction(value)) == Fraction(rounded)


@pytest.mark.parametrize(
    ("level", "value"), [("seen", "0.6"), ("help", "0.5"), ("alone", "0.8"), ("teach", "1"), (None, "0")]
)
def test_levels_count_as_the_rules_say(rules: Rules, level: str | None, value: str) -> None:
    skills = own({"cooking": SkillLevel(level)}) if level else {}

    assert criteria.skill_level(SkillsProfile(skills=skills), "cooking", rules) == Fraction(value)


def test_a_removed_skill_counts_for_nothing(catalogue: Catalogue, rules: Rules) -> None:
    removed = {"cooking": replace(own({"cooking": SkillLevel.TEACH})["cooking"], confirmed=False)}

    assert rank_all(SkillsProfile(skills=removed), catalogue, rules) == rank_all(SkillsProfile(), catalogue, rules)


def test_the_highest_of_several_sources_counts(profile_of: ProfileOf) -> None:
    profile = profile_of(cards="t9", jobs=("tm3",))

    assert profile.skills["welding"].level is SkillLevel.ALONE
    assert {evidence.kind for evidence in profile.skills["welding"].evidence} == {"card", "job"}


def test_a_job_of_less_than_a_year_gives_help(catalogue: Catalogue, rules: Rules) -> None:
    short = with_derived_skills(SkillsProfile(jobs=(Job("tm3", years="lt1"),)), catalogue, rules)
    long = with_derived_skills(SkillsProfile(jobs=(Job("tm3", years="1_3"),)), catalogue, rules)

    assert {skill.level for skill in short.skills.values()} == {SkillLevel.HELP}
    assert {skill.level for skill in long.skills.values()} == {SkillLevel.ALONE}


def test_a_told_level_replaces_what_a_card_shows(profile_of: ProfileOf) -> None:
    assert profile_of(cards="h1", skills={"cooking": "help"}).skills["cooking"].level is SkillLevel.HELP


@pytest.mark.parametrize(
    ("groups", "weights"),
    [
        ({"core", "other", "generic"}, ("0.5", "0.25", "0.25")),
        ({"core", "generic"}, ("0.75", None, "0.25")),
        ({"core", "other"}, ("0.7", "0.3", None)),
        ({"core"}, ("1", None, None)),
    ],
)
def test_the_skill_part_weighs_what_is_present(rules: Rules, groups: set[str], weights: tuple[str | None, ...]) -> None:
    found = criteria.skill_weights({group: Fraction(1) for group in groups}, rules)

    for group, weight in zip(("core", "other", "generic"), weights, strict=True):
        assert found.get(group) == (None if weight is None else Fraction(weight))


def test_generic_skills_alone_never_exceed_thirty_per_cent(catalogue: Catalogue, rules: Rules) -> None:
    generic = own({skill.id: SkillLevel.TEACH for skill in catalogue.skills.values() if skill.generic})

    for item in rank_all(SkillsProfile(skills=generic), catalogue, rules):
        assert item.score <= 0.3
        assert item.fit is Fit.WITH_LEARNING


def test_the_score_is_the_weighted_mean_of_its_contributions(
    catalogue: Catalogue, rules: Rules, profile_of: ProfileOf
) -> None:
    profile = profile_of("z4 z1 z6", "h1", interests={"S": 8, "R": 4}, learn_kind=["diploma"], taster_sectors=["care"])

    for item in rank_all(profile, catalogue, rules):
        total = sum(each.weight for each in item.contributions)
        mean = sum(each.value * each.weight for each in item.contributions) / total
        assert item.score == pytest.approx(mean, abs=0.0051)
        assert [each.criterion for each in item.contributions] == ["skills", "interests", "wishes"]
        for each in item.contributions:
            assert 0 <= each.value <= 1
            if each.parts:
                inner = sum(part.value * part.weight for part in each.parts)
                assert each.value == pytest.approx(inner)


def test_interests_weigh_three_two_one(catalogue: Catalogue, rules: Rules) -> None:
    profile = SkillsProfile(interests={"S": 10, "R": 5, "C": 2})

    assert criteria.interest(catalogue.occupations["zw2"], profile, rules) == Fraction(3 * 10 + 2 * 5 + 1 * 2, 60)
    assert criteria.interest(catalogue.occupations["tm3"], profile, rules) == Fraction(5, 10)


def test_interests_the_person_does_not_recognise_are_left_out(catalogue: Catalogue, rules: Rules) -> None:
    profile = SkillsProfile(interests={"S": 10}, interests_confirmed="no")

    assert criteria.interest(catalogue.occupations["zw2"], profile, rules) is None
    assert criteria.interest(catalogue.occupations["zw2"], replace(profile, interests_confirmed="partly"), rules)


@pytest.mark.parametrize(
    ("keys", "occupation", "expected"),
    [
        ({"learn_kind": ["diploma", "look_around"]}, "zw1", {"learn_kind": Fraction(1, 2)}),
        ({"learn_kind": ["language", "digital"]}, "zw1", {}),
        ({"learn_kind": ["certificate", "language"]}, "zw1", {"learn_kind": Fraction(0)}),
        ({"physical_wish": ["standing", "outdoors"]}, "tm3", {"body": Fraction(1, 2)}),
        ({"physical_wish": ["light_lifting", "varied"]}, "zw1", {"body": Fraction(0)}),
        ({"physical_wish": ["light_lifting", "varied"]}, "tm3", {"body": Fraction(1)}),
        ({"taster_sectors": ["technology"]}, "tm3", {"sector": Fraction(1)}),
        ({"taster_sectors": ["care"]}, "tm3", {"sector": Fraction(0)}),
        ({"top": "t9 h1 h5"}, "tm3", {"liked_card": Fraction(1)}),
        ({"top": "h1 h5 h6"}, "tm3", {"liked_card": Fraction(0)}),
        ({"cards": "h1 t9"}, "tm3", {"liked_card": Fraction(1)}),
        ({"cards": "h1 t9 h5"}, "tm3", {}),
    ],
)
def test_wishes_count_only_when_asked_and_answered(
    catalogue: Catalogue,
    rules: Rules,
    profile_of: ProfileOf,
    keys: dict[str, object],
    occupation: str,
    expected: dict[str, Fraction],
) -> None:
    assert criteria.wishes(catalogue.occupations[occupation], profile_of(**keys), catalogue, rules) == expected


# ------------------------------------------------------------------ route level and language


@pytest.mark.parametrize(
    ("years", "level", "expected"),
    [
        ("y0", "", 0),
        ("y1_6", "", 0),
        ("y7_9", "", 1),
        ("y10_12", "", 2),
        ("y13_plus", "", 3),
        ("unsure", "", None),
        ("", "", None),
        ("y13_plus", "vmbo", 1),
        ("y0", "mbo4", 4),
        ("y7_9", "unsure", 1),
        ("", "wo", 6),
        ("", "havo_vwo", 2),
    ],
)
def test_the_route_level_comes_from_school_or_a_dutch_level(
    rules: Rules, years: str, level: str, expected: int | None
) -> None:
    assert route_level(SkillsProfile(years_at_school=years, level=level), rules) == expected


@pytest.mark.parametrize(
    ("cefr", "gap"),
    [
        ({}, 0),
        ({"speak": "a0"}, 2),
        ({"speak": "a2"}, 0),
        ({"understand": "c1", "speak": "a1"}, 1),
        ({"read": "a1"}, 1),
    ],
)
def test_the_language_gap_is_that_of_the_weakest_spoken_skill(
    catalogue: Catalogue, rules: Rules, cefr: dict[str, str], gap: int
) -> None:
    assert language_gap(catalogue.occupations["tm3"], SkillsProfile(cefr=cefr), rules) == gap


def test_language_changes_no_score_and_no_order(catalogue: Catalogue, rules: Rules, profile_of: ProfileOf) -> None:
    low = rank_all(profile_of("z4 z1 z6", cefr={"understand": "a0", "speak": "a0"}), catalogue, rules)
    high = rank_all(profile_of("z4 z1 z6", cefr={"understand": "c1", "speak": "c1"}), catalogue, rules)

    assert [(item.id, item.score, item.fit) for item in low] == [(item.id, item.score, item.fit) for item in high]


# ------------------------------------------------------------------ labels


def test_without_a_core_skill_it_takes_learning(catalogue: Catalogue, rules: Rules) -> None:
    occupation = catalogue.occupations["tm1"]
    others = own(dict.fromkeys(occupation.other_skills, SkillLevel.TEACH))

    found = assess(occupation, SkillsProfile(skills=others), catalogue, rules)

    assert found.label is Fit.WITH_LEARNING
    assert found.no_core_skill


@pytest.mark.parametrize(("level", "fit"), [("vmbo", Fit.PARTLY), ("primary", Fit.WITH_LEARNING), ("", Fit.PARTLY)])
def test_two_levels_higher_takes_learning(catalogue: Catalogue, rules: Rules, level: str, fit: Fit) -> None:
    occupation = catalogue.occupations["tm3"]
    skills = own(dict.fromkeys(all_skills(occupation), SkillLevel.ALONE))

    assert assess(occupation, SkillsProfile(skills=skills, level=level), catalogue, rules).label is fit


@pytest.mark.parametrize(
    ("papers", "kind", "fit"),
    [
        ((), "own", Fit.WITH_LEARNING),
        (("licence_c",), "own", Fit.WITH_LEARNING),
        (("licence_c", "code95"), "own", Fit.PARTLY),
        ((), "job", Fit.GOOD),
        ((), "job_task", Fit.GOOD),
    ],
)
def test_regulated_work_asks_job_evidence_or_the_papers(
    catalogue: Catalogue, rules: Rules, papers: tuple[str, ...], kind: str, fit: Fit
) -> None:
    occupation = catalogue.occupations["lt3"]
    skills = own(dict.fromkeys(all_skills(occupation), SkillLevel.TEACH), kind)

    assert assess(occupation, SkillsProfile(skills=skills, papers=papers), catalogue, rules).label is fit


def test_no_paper_of_the_questionnaire_replaces_a_big_registration(catalogue: Catalogue, rules: Rules) -> None:
    occupation = catalogue.occupations["zw6"]
    skills = own(dict.fromkeys(all_skills(occupation), SkillLevel.TEACH))
    papers = ("vca", "forklift", "bhv_ehbo", "haccp", "welding", "evc", "mbo_certificate", "other")

    assert assess(occupation, SkillsProfile(skills=skills, papers=papers), catalogue, rules).proof_missing


def test_a_weak_fit_takes_learning_although_a_core_skill_is_there(catalogue: Catalogue, rules: Rules) -> None:
    found = assess(
        catalogue.occupations["tm3"], SkillsProfile(skills=own({"welding": SkillLevel.HELP})), catalogue, rules
    )

    assert not found.no_core_skill
    assert found.label is Fit.WITH_LEARNING


def test_past_goed_asks_two_strong_core_skills_and_an_easy_entry_or_a_job(catalogue: Catalogue, rules: Rules) -> None:
    easy, school = catalogue.occupations["lt1"], catalogue.occupations["tm3"]

    def label(occupation: Occupation, core: SkillLevel, kind: str = "own") -> Fit:
        levels = dict.fromkeys(occupation.other_skills, SkillLevel.TEACH) | dict.fromkeys(occupation.core_skills, core)
        return assess(occupation, SkillsProfile(skills=own(levels, kind)), catalogue, rules).label

    assert label(easy, SkillLevel.ALONE) is Fit.GOOD
    assert label(easy, SkillLevel.SEEN) is Fit.PARTLY
    assert label(school, SkillLevel.TEACH) is Fit.PARTLY
    assert label(school, SkillLevel.TEACH, "job") is Fit.GOOD


# ------------------------------------------------------------------ order and properties


@given(levels=st.dictionaries(st.sampled_from(["cooking", "welding", "cleaning", "driving", "home_care"]), LEVELS))
def test_the_order_is_label_fit_core_and_then_the_table(
    catalogue: Catalogue, rules: Rules, levels: dict[str, SkillLevel]
) -> None:
    found = ranked(SkillsProfile(skills=own(levels)), catalogue, rules)

    keys = [(LABEL_ORDER.index(a.label), -a.fit, -a.core, a.occupation.rank) for a in found]
    assert keys == sorted(keys)
    assert len(found) == len(catalogue.occupations)


def test_who_has_exactly_the_skills_of_a_job_finds_it_among_the_first_three(
    catalogue: Catalogue, rules: Rules, profile_of: ProfileOf
) -> None:
    for occupation in catalogue.occupations:
        profile = profile_of(jobs=(occupation,))
        assert occupation in [item.id for item in recommend(profile, catalogue, rules)]
        assert occupation in [item.id for item in rank_all(profile, catalogue, rules)][:3]


@given(data=st.data())
def test_taking_a_skill_away_never_raises_an_occupation(
    catalogue: Catalogue, rules: Rules, data: st.DataObject
) -> None:
    occupation = catalogue.occupations[data.draw(st.sampled_from(sorted(catalogue.occupations)))]
    held = data.draw(st.dictionaries(st.sampled_from(all_skills(occupation)), LEVELS, min_size=1))
    gone = data.draw(st.sampled_from(sorted(held)))
    profile = SkillsProfile(
        skills=own(held, data.draw(st.sampled_from(["own", "job"]))),
        top_cards=tuple(data.draw(st.lists(st.sampled_from(sorted(catalogue.cards)), max_size=3))),
        level=data.draw(st.sampled_from(["", "primary", "vmbo", "mbo4"])),
    )
    less = replace(profile, skills={skill: value for skill, value in profile.skills.items() if skill != gone})

    before, after = (assess(occupation, each, catalogue, rules) for each in (profile, less))

    assert after.fit <= before.fit
    assert after.core <= before.core
    assert LABEL_ORDER.index(after.label) >= LABEL_ORDER.index(before.label)
