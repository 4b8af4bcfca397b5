"""The profile file of `match`: what fits its schema is read, what does not is named (DESIGN 6)."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.eligibility import OFFER_ANSWERS, Circumstances
from intake_app.domain.profile import SkillsProfile
from intake_app.errors import FileMissing, ProfileInvalid, RulesInvalid
from intake_app.matching.eligibility import answers_of
from intake_app.matching.profile_file import profile_from_json, with_derived_skills
from intake_app.matching.rules import Rules, load_rules

MATCHING = Path(__file__).parents[2] / "resources" / "matching"
ProfileOf = Callable[..., SkillsProfile]
FULL: dict[str, Any] = {
    "skills": {"cooking": "seen", "welding": "teach"},
    "cards": ["h1"],
    "top_cards": ["h1"],
    "interests": {"R": 0, "I": 10, "A": 4.5},
    "interests_confirmed": "partly",
    "cefr": {"understand": "a2", "speak": "a1"},
    "rather_not": ["nights"],
    "hours": "16_24",
    "times": ["morning"],
    "transport": ["bike"],
    "max_travel_minutes": 30,
    "municipality": "aalten",
    "care": "no",
    "physical_wish": ["standing"],
    "level": "mbo2",
    "papers": ["vca"],
    "learn_kind": ["learn_on_job"],
    "learn_hours": "lt4",
    "taster": "maybe",
    "taster_sectors": ["care"],
    "jobs": [{"occupation": "tm3", "sector": "technology", "years": "gt10", "when": "now"}],
    "own_idea": "tm4",
}
WRONG: list[tuple[Any, str]] = [
    ([], ""),
    ({"skills": ["cooking"]}, "skills"),
    ({"skills": {"cooking": "expert"}}, "skills.cooking"),
    ({"interests": {"X": 3}}, "interests.X"),
    ({"interests": {"R": 11}}, "interests.R"),
    ({"interests": {"R": True}}, "interests.R"),
    ({"cefr": {"speak": "b3"}}, "cefr.speak"),
    ({"cefr": {"sing": "b1"}}, "cefr.sing"),
    ({"max_travel_minutes": "30"}, "max_travel_minutes"),
    ({"max_travel_minutes": -1}, "max_travel_minutes"),
    ({"max_travel_minutes": 7.5}, "max_travel_minutes"),
    ({"max_travel_minutes": True}, "max_travel_minutes"),
    ({"times": "morning"}, "times"),
    ({"times": [1]}, "times"),
    ({"jobs": {"occupation": "tm3"}}, "jobs"),
    ({"jobs": [{"title": "welder"}]}, "jobs[0].title"),
    ({"jobs": [{"occupation": 3}]}, "jobs[0].occupation"),
    ({"level": 3}, "level"),
    ({"gender": "x"}, "gender"),
    ({"age": "18_26"}, "age"),
    ({"talk_form": "long"}, "talk_form"),
]


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    content = json.loads((MATCHING / "profile.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(content)
    return Draft202012Validator(content)


def test_a_full_profile_fits_schema_and_reader(schema: Draft202012Validator) -> None:
    schema.validate(FULL)

    profile = profile_from_json(FULL)

    assert profile.max_travel_minutes == 30
    assert profile.jobs[0].occupation == "tm3"
    assert profile.interests == {"R": 0, "I": 10, "A": 4.5}
    assert profile.taster_sectors == ("care",)


@pytest.mark.parametrize("key", sorted(FULL))
def test_every_key_is_optional(schema: Draft202012Validator, key: str) -> None:
    alone = {key: FULL[key]}
    without = {name: value for name, value in FULL.items() if name != key}

    for content in (alone, without, {}):
        schema.validate(content)
        assert isinstance(profile_from_json(content), SkillsProfile)


@pytest.mark.parametrize(("content", "field"), WRONG)
def test_what_is_wrong_is_named_by_reader_and_refused_by_schema(
    schema: Draft202012Validator, content: Any, field: str
) -> None:
    assert not schema.is_valid(content)
    with pytest.raises(ProfileInvalid) as caught:
        profile_from_json(content)
    assert caught.value.params["field"] == field


@pytest.mark.parametrize(
    ("keys", "field"), [({"skills": {"flying": "seen"}}, "skills.flying"), ({"cards": ["q9"]}, "cards.q9")]
)
def test_unknown_ids_are_named(profile_of: ProfileOf, keys: dict[str, Any], field: str) -> None:
    content = {"cards": keys.get("cards", []), "skills": keys.get("skills", {})}
    with pytest.raises(ProfileInvalid) as caught:
        profile_of(cards=" ".join(content["cards"]), skills=content["skills"])
    assert caught.value.params["field"] == field


@pytest.mark.parametrize(
    ("content", "form"), [({}, "short"), ({"interests": {"R": 5}}, "full"), ({"talk_form": "full"}, "full")]
)
def test_a_profile_with_interests_is_one_of_a_full_talk(content: dict[str, Any], form: str) -> None:
    assert profile_from_json(content).talk_form == form


def test_cards_and_jobs_bring_their_skills_with_their_evidence(catalogue: Catalogue, rules: Rules) -> None:
    profile = with_derived_skills(profile_from_json(FULL), catalogue, rules)

    assert {"cooking", "task_planning", "food_hygiene", "menu_planning"} <= set(profile.skills)
    assert {"arc_welding", "drawings"} <= set(profile.skills)
    assert profile.skills["welding"].level == "teach"
    assert profile.skills["cooking"].evidence[0].source == "h1"


def test_the_shipped_rules_name_only_what_the_catalogue_knows(catalogue: Catalogue, rules: Rules) -> None:
    routes, body = set(catalogue.terms["route"]), set(catalogue.terms["body"])

    assert set(rules.lists.route_order) == routes
    assert set(rules.lists.route_limits) <= routes
    assert {route for routes_of in rules.codes.routes_of_learn_kind.values() for route in routes_of} <= routes
    assert {wish["code"] for wish in rules.codes.body_of_physical_wish.values()} <= body
    assert set(rules.codes.avoid_body.values()) <= body
    avoided = {skill for skills in rules.codes.avoid_core_skills.values() for skill in skills}
    assert avoided <= set(catalogue.skills)


def test_every_answer_that_offers_may_name_exists(rules: Rules) -> None:
    assert set(answers_of(SkillsProfile(), (), Circumstances(), rules)) == OFFER_ANSWERS


@pytest.mark.parametrize(("content", "problem"), [("{", None), ("[]", "not_an_object"), ('{"weights": {}}', "missing")])
def test_rules_that_cannot_be_used_are_refused(tmp_path: Path, content: str, problem: str | None) -> None:
    for path in MATCHING.glob("*.json"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "score.json").write_text(content, encoding="utf-8")

    with pytest.raises(RulesInvalid) as caught:
        load_rules(tmp_path)

    assert caught.value.params["file"] == "score.json"
    assert problem in (None, caught.value.params["problem"])


def test_missing_rules_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        load_rules(tmp_path)
