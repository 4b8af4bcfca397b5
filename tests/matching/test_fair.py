"""Fairness and repeatability: what the law protects has no way in, order of rows changes no byte, sectors spread."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from random import Random
from typing import Any, TypeVar

import pytest

from intake_app.commands.match import as_json
from intake_app.domain.catalogue import Catalogue
from intake_app.domain.eligibility import Circumstances
from intake_app.domain.profile import SkillsProfile
from intake_app.matching.eligibility import suggest_offers
from intake_app.matching.profile_file import LIST_KEYS, profile_from_json, with_derived_skills
from intake_app.matching.recommend import rank_all, recommend
from intake_app.matching.road import road_to
from intake_app.matching.rules import Rules
from intake_app.matching.score import assess
from intake_app.matching.spread import random_person, spread_over_sectors
from tests.matching.test_people import NAMES, content

V = TypeVar("V")
ProfileOf = Callable[..., SkillsProfile]
CIRCUMSTANCES = (
    Circumstances(),
    Circumstances(age_group="18_26", income=("bijstand",), location_is_azc=True, foreign_schooling=True),
    Circumstances(age_group="57_plus", income=("ww",), diploma_valued="no"),
)


def as_bytes(profile: SkillsProfile, catalogue: Catalogue, rules: Rules) -> bytes:
    found = [as_json(item) for item in (*recommend(profile, catalogue, rules), *rank_all(profile, catalogue, rules))]
    roads = [
        [
            (way.route, [offer.id for offer in way.offers])
            for way in road_to(catalogue.occupations[item["id"]], profile, Circumstances(), catalogue, rules).ways
        ]
        for item in found[:3]
    ]
    offers = [one.id for one in suggest_offers(profile, ("hd2", "tm6"), Circumstances(), catalogue, rules)]
    return json.dumps([found, roads, offers]).encode()


def shuffled(table: Mapping[str, V], chance: Random) -> dict[str, V]:
    ids = list(table)
    chance.shuffle(ids)
    return {name: table[name] for name in ids}


def other_rows(catalogue: Catalogue, seed: int) -> Catalogue:
    chance = Random(seed)
    places = list(catalogue.places)
    chance.shuffle(places)
    return replace(
        catalogue,
        skills=shuffled(catalogue.skills, chance),
        cards=shuffled(catalogue.cards, chance),
        occupations=shuffled(catalogue.occupations, chance),
        offers=shuffled(catalogue.offers, chance),
        organisations=shuffled(catalogue.organisations, chance),
        municipalities=shuffled(catalogue.municipalities, chance),
        places=tuple(places),
    )


def told_otherwise(told: dict[str, Any], seed: int) -> dict[str, Any]:
    """The same answers, every list and every key in another order."""
    chance = Random(seed)
    found: dict[str, Any] = {}
    for key in chance.sample(sorted(told), len(told)):
        value = told[key]
        if isinstance(value, list):
            value = chance.sample(value, len(value))
        if isinstance(value, dict):
            value = shuffled(value, chance)
        found[key] = value
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_same_input_gives_the_same_bytes_in_any_order_of_rows(
    name: str, catalogue: Catalogue, rules: Rules
) -> None:
    told = content(name)
    expected = as_bytes(with_derived_skills(profile_from_json(told), catalogue, rules), catalogue, rules)

    for seed in (1, 2):
        rows = other_rows(catalogue, seed)
        profile = with_derived_skills(profile_from_json(told_otherwise(told, seed)), rows, rules)
        assert as_bytes(profile, rows, rules) == expected


def test_the_keys_that_hold_lists_are_those_that_are_shuffled() -> None:
    assert {key for name in NAMES for key, value in content(name).items() if isinstance(value, list)} <= {
        *LIST_KEYS,
        "jobs",
    }


@pytest.mark.parametrize("name", NAMES)
def test_circumstances_filter_offers_and_touch_no_occupation(name: str, catalogue: Catalogue, rules: Rules) -> None:
    """Occupations are ranked without them: there is no parameter to hand them in; offers do change."""
    profile = with_derived_skills(profile_from_json(content(name)), catalogue, rules)
    chosen = tuple(item.id for item in recommend(profile, catalogue, rules))

    offered = {
        tuple(one.id for one in suggest_offers(profile, chosen, each, catalogue, rules)) for each in CIRCUMSTANCES
    }

    assert not {"circumstances", "participant", "counsellor"} & set(recommend.__kwdefaults__ or {})
    assert offered


WHERE_ONE_LIVES = {"municipality": "aalten", "max_travel_minutes": 10, "transport": ["walk"], "hours": "lt8"}
WHAT_ONE_LACKS = {
    "letter": "cannot_read",
    "basic_wish": ["read", "speak"],
    "devices": [],
    "digital_can": [],
    "obstacles": ["money", "housing"],
    "care": "needs_childcare",
    "learn_hours": "0",
    "cefr": {"understand": "a0", "speak": "a0", "read": "a0", "write": "a0"},
}


@pytest.mark.parametrize("changed", [WHERE_ONE_LIVES, WHAT_ONE_LACKS], ids=["place", "needs"])
@pytest.mark.parametrize("name", NAMES)
def test_where_one_lives_and_what_one_lacks_change_no_occupation_and_no_order(
    name: str, changed: dict[str, Any], catalogue: Catalogue, rules: Rules
) -> None:
    told = content(name)
    profiles = [with_derived_skills(profile_from_json(each), catalogue, rules) for each in (told, {**told, **changed})]

    before, after = (
        [(i.id, i.fit, i.score, i.contributions, i.missing_skills) for i in rank_all(each, catalogue, rules)]
        for each in profiles
    )

    assert before == after


def test_a_profile_has_no_room_for_what_the_law_protects() -> None:
    names = {field.name for field in fields(SkillsProfile)}

    assert not names & {
        "name", "call_name", "age", "age_group", "birth_year", "gender", "origin", "born_abroad", "nationality",
        "postcode", "income", "benefit", "target_group", "needs", "health", "talk_language", "counsellor", "migration",
    }  # fmt: skip


# ---------------------------------------------------------------- own skills


def test_exactly_the_skills_and_interests_of_an_occupation_rank_it_in_the_first_three(
    catalogue: Catalogue, rules: Rules, profile_of: ProfileOf
) -> None:
    for name, occupation in catalogue.occupations.items():
        letters = dict(zip(occupation.riasec, (10, 8, 6), strict=False))
        for keys in ({"interests": letters, "interests_confirmed": "yes"}, {}):
            skills = dict.fromkeys((*occupation.core_skills, *occupation.other_skills), "teach")
            person = profile_of(skills=skills, jobs=(name,), **keys)
            assert name in [item.id for item in rank_all(person, catalogue, rules)][:3]
            assert name in [item.id for item in recommend(person, catalogue, rules)]


def test_removing_a_skill_never_raises_the_occupation(
    catalogue: Catalogue, rules: Rules, profile_of: ProfileOf
) -> None:
    for name, occupation in catalogue.occupations.items():
        whole = profile_of(jobs=(name,), interests=dict(zip(occupation.riasec, (10, 8, 6), strict=False)))
        best = assess(occupation, whole, catalogue, rules)
        for gone in whole.skills:
            less = replace(whole, skills={skill: value for skill, value in whole.skills.items() if skill != gone})
            after = assess(occupation, less, catalogue, rules)
            assert after.order >= best.order


def test_nine_household_cards_put_no_regulated_or_technical_work_above_with_learning(
    catalogue: Catalogue, rules: Rules, profile_of: ProfileOf
) -> None:
    household = [card.id for card in catalogue.cards.values() if card.family == "h"]
    household += ["z1", "z3", "z4", "z6", "o1", "o2", "o3"]
    chance, seen = Random(4), 0

    for _ in range(60):
        cards = chance.sample(sorted(household), 9)
        for item in rank_all(profile_of(" ".join(cards[:3]), " ".join(cards[3:])), catalogue, rules):
            occupation = catalogue.occupations[item.id]
            if occupation.regulated or occupation.sector in {"technology", "construction", "ict"}:
                seen += 1
                assert item.fit.value == "with_learning", (cards, item.id)

    assert seen > 60 * 30


# ---------------------------------------------------------------- spread


def test_no_sector_is_never_or_always_proposed(catalogue: Catalogue, rules: Rules) -> None:
    found = spread_over_sectors(catalogue, rules, people=400, seed=6)

    assert {row.sector for row in found.sectors} == set(catalogue.terms["sector"])
    for row in found.sectors:
        assert 0.03 * found.people < row.seen < 0.9 * found.people, row
        assert 0 < row.first < 0.5 * found.people, row


def test_the_same_seed_draws_the_same_people(catalogue: Catalogue, rules: Rules) -> None:
    assert spread_over_sectors(catalogue, rules, 30, seed=2) == spread_over_sectors(catalogue, rules, 30, seed=2)
    assert spread_over_sectors(catalogue, rules, 30, seed=2) != spread_over_sectors(catalogue, rules, 30, seed=3)


def test_random_people_differ(catalogue: Catalogue, rules: Rules) -> None:
    chance = Random(1)

    assert len({random_person(chance, catalogue, rules).cards for _ in range(20)}) == 20
