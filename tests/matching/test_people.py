"""Twelve invented people: what the rules of the field say they must be proposed, agreed before any result was seen."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from intake_app.cli import main
from intake_app.domain.catalogue import Catalogue
from intake_app.domain.recommendation import Recommendation
from intake_app.i18n.phrases import fit_sentence, reason_sentence
from intake_app.matching.profile_file import profile_from_json, with_derived_skills
from intake_app.matching.recommend import recommend
from intake_app.matching.rules import Rules

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "resources" / "sample" / "profiles"
PEOPLE: dict[str, Any] = json.loads((ROOT / "tests/data/matching/people.json").read_text(encoding="utf-8"))["people"]
NAMES = sorted(PEOPLE)
everyone = pytest.mark.parametrize("name", NAMES)


def content(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def proposed(name: str, catalogue: Catalogue, rules: Rules) -> dict[str, Recommendation]:
    profile = with_derived_skills(profile_from_json(content(name)), catalogue, rules)
    return {item.id: item for item in recommend(profile, catalogue, rules)}


def test_there_are_twelve_each_with_a_file_and_a_line_in_the_readme() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")

    assert len(NAMES) == 12
    assert {path.stem for path in FOLDER.glob("*.json")} == set(NAMES)
    assert all(f"`{name}.json`" in readme for name in NAMES)


@everyone
def test_every_file_fits_the_schema(name: str) -> None:
    schema = json.loads((ROOT / "resources/matching/profile.schema.json").read_text(encoding="utf-8"))

    assert list(Draft202012Validator(schema).iter_errors(content(name))) == []


@everyone
def test_the_proposals_contain_what_was_expected(name: str, catalogue: Catalogue, rules: Rules) -> None:
    found = proposed(name, catalogue, rules)

    for occupation, fits in PEOPLE[name]["contains"].items():
        assert occupation in found
        assert found[occupation].fit.value in fits


@everyone
def test_the_reasons_quote_their_evidence_in_words(name: str, catalogue: Catalogue, rules: Rules) -> None:
    found = proposed(name, catalogue, rules)

    for occupation, sources in PEOPLE[name]["evidence"].items():
        said = " ".join(reason_sentence(reason, "nl", catalogue) for reason in found[occupation].reasons)
        for source in sources:
            things = catalogue.cards if source in catalogue.cards else catalogue.occupations
            assert things[source].label_nl in said, f"{occupation}: {source} not in: {said}"


@everyone
def test_the_command_says_it_all_in_words(
    name: str, catalogue: Catalogue, rules: Rules, capsys: pytest.CaptureFixture[str]
) -> None:
    found = proposed(name, catalogue, rules)

    code = main(["match", "--profile", str(FOLDER / f"{name}.json")], lambda _: 1)

    out = capsys.readouterr().out
    assert code == 0
    for item in found.values():
        assert f"{item.label_nl}\t{fit_sentence(item.fit, 'nl')}" in out
        assert all(reason_sentence(reason, "nl", catalogue) in out for reason in item.reasons)
