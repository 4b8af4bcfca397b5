"""Why not, and what would change it: nothing more than needed, and enough."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.profile import ProfileSkill, SkillLevel, SkillsProfile
from intake_app.domain.reasons import Reason, ReasonCode
from intake_app.matching.change import is_open, what_would_change, why_not
from intake_app.matching.recommend import recommend
from intake_app.matching.rules import Rules
from intake_app.matching.spread import random_person

ProfileOf = Callable[..., SkillsProfile]


def taken(steps: tuple[Reason, ...], profile: SkillsProfile, rules: Rules) -> tuple[SkillsProfile, set[str]]:
    """The person after these steps, and the requirements met on the way."""
    met: set[str] = set()
    order = rules.codes.cefr_order
    for step in steps:
        match step.code:
            case ReasonCode.CHANGE_LANGUAGE:
                told = {p: max(v, str(step.params["cefr"]), key=order.index) for p, v in profile.cefr.items()}
                profile = replace(profile, cefr=told)
            case ReasonCode.CHANGE_LEVEL:
                place = rules.lists.level_words.index(str(step.params["level"]))
                profile = replace(profile, level=rules.lists.level_codes[place])
            case ReasonCode.CHANGE_PAPER:
                met.add(step.params["requirement"]["code"])  # type: ignore[index]  # a named requirement
            case ReasonCode.CHANGE_HOURS:
                profile = replace(profile, hours=str(step.params["hours"]))
            case ReasonCode.CHANGE_SKILL:
                learnt = {
                    skill: ProfileSkill(skill, SkillLevel.ALONE)
                    for skill in step.params["skills"]  # type: ignore[attr-defined]  # a list of ids
                }
                profile = replace(profile, skills={**profile.skills, **learnt})
    return profile, met


@settings(max_examples=120, deadline=None)
@given(seed=st.integers(0, 10_000), data=st.data())
def test_the_steps_open_the_work_and_none_of_them_can_be_left_out(
    catalogue: Catalogue, rules: Rules, seed: int, data: st.DataObject
) -> None:
    person = random_person(Random(seed), catalogue, rules)
    level = data.draw(st.sampled_from(["a0", "a1", "a2", "b1", "b2"]))
    person = replace(
        person,
        interests={},
        learn_kind=(),
        top_cards=(),
        cards=tuple(sorted(catalogue.cards)[:3]),
        cefr={"understand": level, "speak": level},
        hours=data.draw(st.sampled_from(["", "lt8", "16_24", "gt32"])),
    )
    occupation = catalogue.occupations[data.draw(st.sampled_from(sorted(set(catalogue.occupations) - {"ok6", "ok7"})))]

    steps = what_would_change(occupation, person, catalogue, rules)

    after, met = taken(steps, person, rules)
    opened = is_open(occupation, after, catalogue, rules, met=met)
    assert opened or any(step.code is ReasonCode.CHANGE_SKILL for step in steps)
    if opened:
        for step in steps:
            rest = tuple(one for one in steps if one is not step)
            almost, some = taken(rest, person, rules)
            assert not is_open(occupation, almost, catalogue, rules, met=some), step


def codes(found: tuple[Reason, ...]) -> list[ReasonCode]:
    return [reason.code for reason in found]


def test_one_step_of_language_opens_school_work_for_who_has_the_skills(
    catalogue: Catalogue, rules: Rules, profile_of: ProfileOf
) -> None:
    person = profile_of(jobs=("zw7",), level="mbo4", cefr={"understand": "a2", "speak": "b1"})

    assert what_would_change(catalogue.occupations["zw7"], person, catalogue, rules) == (
        Reason(ReasonCode.CHANGE_LANGUAGE, {"cefr": "b1"}),
    )


def test_one_certificate_opens_regulated_work(catalogue: Catalogue, rules: Rules, profile_of: ProfileOf) -> None:
    skills = dict.fromkeys(catalogue.occupations["lt4"].core_skills, "alone")
    person = profile_of("w1 w2", skills=skills)

    (step,) = what_would_change(catalogue.occupations["lt4"], person, catalogue, rules)

    assert step.code is ReasonCode.CHANGE_PAPER
    assert step.params["requirement"]["code"] == "LICENCE"  # type: ignore[index]  # a named requirement


def test_more_hours_open_work_that_only_school_leads_to(
    catalogue: Catalogue, rules: Rules, profile_of: ProfileOf
) -> None:
    person = profile_of(jobs=("tm9",), level="mbo2", hours="8_16")

    assert what_would_change(catalogue.occupations["tm9"], person, catalogue, rules) == (
        Reason(ReasonCode.CHANGE_HOURS, {"hours": "16_24"}),
    )


def test_one_skill_learnt_in_practice_opens_simple_work(
    catalogue: Catalogue, rules: Rules, profile_of: ProfileOf
) -> None:
    person = profile_of("h6", "h5 w5", learn_kind=["learn_on_job"])

    (step,) = what_would_change(catalogue.occupations["hd1"], profile_of("v2 h8 c1"), catalogue, rules)

    assert step.code is ReasonCode.CHANGE_SKILL
    assert what_would_change(catalogue.occupations["hd4"], person, catalogue, rules) == ()


def test_what_stands_in_the_list_and_fits_needs_no_excuse(
    catalogue: Catalogue, rules: Rules, profile_of: ProfileOf
) -> None:
    person = profile_of("t9 t7 w3", "t4", jobs=("tm3",), learn_kind=["learn_on_job"])
    listed = [item.id for item in recommend(person, catalogue, rules)]

    assert why_not(catalogue.occupations["tm3"], person, catalogue, rules, listed=listed) == ()


@pytest.mark.parametrize(
    ("occupation", "keys", "code"),
    [
        ("zw6", {}, ReasonCode.NO_CORE_SKILL),
        ("zw6", {"level": "primary"}, ReasonCode.LEVEL_GAP),
        ("lt3", {}, ReasonCode.REGULATED_NO_PROOF),
        ("gv7", {}, ReasonCode.ONLY_WHEN_ASKED),
        ("bi5", {"rather_not": ["heights"]}, ReasonCode.WISH_AVOIDED),
        ("ok2", {"cefr": {"speak": "a1"}}, ReasonCode.LANGUAGE_FIRST),
        ("tm13", {}, ReasonCode.FIT_LOW),
    ],
)
def test_every_obstacle_is_named(
    catalogue: Catalogue,
    rules: Rules,
    profile_of: ProfileOf,
    occupation: str,
    keys: dict[str, object],
    code: ReasonCode,
) -> None:
    person = profile_of("h1 h2 w5", **keys)

    assert code in codes(why_not(catalogue.occupations[occupation], person, catalogue, rules))


def test_work_with_nothing_against_it_only_stands_behind_other_work(
    catalogue: Catalogue, rules: Rules, profile_of: ProfileOf
) -> None:
    person = profile_of("h1 h2 w5", "h4 h8 v2 h5", jobs=("hd2",), learn_kind=["learn_on_job"])

    found = why_not(catalogue.occupations["hd4"], person, catalogue, rules, listed=["hd2", "hd1", "hd3"])

    assert codes(found) == [ReasonCode.OTHERS_FIRST]
