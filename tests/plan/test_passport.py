"""The skills file: ESCO, CompetentNL, CEFR and NLQF codes, and nothing that may hurt a person."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from intake_app.commands.plan import sample_names
from intake_app.domain.catalogue import Catalogue
from intake_app.domain.plan import OwnWords, PlanDocument
from intake_app.plan.passport import skills_file

Sample = Callable[[str], PlanDocument]


@pytest.fixture(scope="module")
def schema(resources: Path) -> Any:
    found = json.loads((resources / "print" / "skills.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(found)
    return found


def full(sample: Sample) -> PlanDocument:
    return replace(
        sample("refugee-cook"),
        skill_levels=(("cooking", "teach"), ("hygiene", "alone"), ("teamwork", "help")),
        dutch=(("speak", "a2"), ("read", "a0")),
        languages=("ar", "en"),
        level="mbo2",
        papers=("haccp", "licence_b"),
        contact="0612345678",
    )


@pytest.mark.parametrize("name", sample_names())
def test_every_skills_file_holds_to_its_schema(sample: Sample, catalogue: Catalogue, schema: Any, name: str) -> None:
    for document in (sample(name), full(sample)):
        jsonschema.validate(json.loads(skills_file(document, catalogue)), schema)


def test_skills_carry_esco_concepts_in_three_languages(sample: Sample, catalogue: Catalogue) -> None:
    told = json.loads(skills_file(full(sample), catalogue))

    assert [one["@id"] for one in told["knowsAbout"]] == [
        catalogue.skills["cooking"].esco_uri,
        catalogue.skills["hygiene"].esco_uri,
    ]
    assert {name["@language"] for name in told["knowsAbout"][0]["name"]} == {"nl", "en", "ar"}
    assert told["knowsAbout"][0]["description"]["@value"] == "leer ik anderen"
    assert [one.get("educationalLevel") for one in told["hasCredential"]] == ["NLQF 2", None, None]
    assert told["knowsLanguage"][-1]["additionalProperty"] == [
        {"@type": "PropertyValue", "propertyID": "CEFR speak", "value": "A2"}
    ]


def test_a_loaded_mapping_shows_the_competentnl_code(sample: Sample, catalogue: Catalogue, schema: Any) -> None:
    mapped = replace(
        catalogue, skills={**catalogue.skills, "cooking": replace(catalogue.skills["cooking"], cnl_code="4f2a")}
    )

    told = json.loads(skills_file(full(sample), mapped))

    jsonschema.validate(told, schema)
    assert told["knowsAbout"][0]["sameAs"]["termCode"] == "4f2a"


def test_obstacles_origin_needs_and_contact_stay_out(sample: Sample, catalogue: Catalogue) -> None:
    plain = replace(full(sample), obstacles=(), referrals=(), steps=(), goal=None, question=(), contact="", values=())

    assert skills_file(full(sample), catalogue) == skills_file(plain, catalogue)
    assert b"4711" not in skills_file(full(sample), catalogue)


def test_the_story_stands_in_it_only_when_the_document_has_it(
    sample: Sample, catalogue: Catalogue, schema: Any
) -> None:
    told = json.loads(skills_file(replace(full(sample), story=OwnWords("طبخت لعرس كبير.", "ar")), catalogue))

    jsonschema.validate(told, schema)
    assert told["description"] == {"@value": "طبخت لعرس كبير.", "@language": "ar"}
    assert "description" not in json.loads(skills_file(replace(full(sample), story=None), catalogue))
