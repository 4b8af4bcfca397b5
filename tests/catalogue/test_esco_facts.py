"""What an ESCO occupation tells besides its skills: sector and school level by its ISCO group, what the law asks."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from intake_app.catalogue.imported import imported_occupations, open_imported, wider_occupations
from intake_app.catalogue.imports.esco import import_esco
from intake_app.domain.catalogue import Catalogue, Occupation

ROOT = "http://data.europa.eu/esco/"
OCCUPATION = [
    "conceptType",
    "conceptUri",
    "iscoGroup",
    "preferredLabel",
    "altLabels",
    "hiddenLabels",
    "status",
    "modifiedDate",
    "regulatedProfessionNote",
    "scopeNote",
    "definition",
    "inScheme",
    "description",
    "code",
    "naceCode",
]
SKILL = [
    "conceptType",
    "conceptUri",
    "skillType",
    "reuseLevel",
    "preferredLabel",
    "altLabels",
    "hiddenLabels",
    "status",
    "modifiedDate",
    "scopeNote",
    "definition",
    "inScheme",
    "description",
]
RELATION = ["occupationUri", "relationType", "skillType", "skillUri"]
PEOPLE = {
    "a1": ("5120", "kampkok", "unregulated"),
    "a2": ("2221", "nachtzuster", "regulated"),
    "a3": ("9112", "ramenlapper", "unregulated"),
    "a4": ("0110", "kapitein", ""),
    "a5": ("3111", "meetknecht", "unregulated"),
}
"""Invented occupations in the columns of v1.2, with the two notes that release knows."""


def table(path: Path, columns: list[str], rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def found(tmp_path: Path, catalogue: Catalogue) -> dict[str, Occupation]:
    folder = tmp_path / "ESCO dataset - v1.2.0 - classification - nl - csv"
    folder.mkdir()
    skill = f"{ROOT}skill/{catalogue.skills['cooking'].esco_uuid}"
    occupations = [
        {
            "conceptType": "Occupation",
            "conceptUri": f"{ROOT}occupation/{name}",
            "iscoGroup": isco,
            "preferredLabel": label,
            "altLabels": f"{label}ster\n{label} in ploegen",
            "status": "released",
            "modifiedDate": "2024-01-25T11:28:50.295Z",
            "regulatedProfessionNote": f"{ROOT}regulated-professions/{note}" if note else "",
            "code": f"{isco}.1",
            "naceCode": f"{ROOT}nace2.1/5610",
        }
        for name, (isco, label, note) in PEOPLE.items()
    ]
    table(folder / "occupations_nl.csv", OCCUPATION, occupations)
    table(folder / "skills_nl.csv", SKILL, [{"conceptUri": skill, "preferredLabel": "koken", "status": "released"}])
    relations = [
        {"occupationUri": f"{ROOT}occupation/{name}", "relationType": "essential", "skillUri": skill} for name in PEOPLE
    ]
    table(folder / "occupationSkillRelations_nl.csv", RELATION, relations)
    import_esco(folder, tmp_path / "kept", catalogue)
    return wider_occupations(catalogue, tmp_path / "kept")


def test_every_occupation_is_there_with_its_skills_of_ours(found: dict[str, Occupation]) -> None:
    assert [one.label_nl for one in found.values()] == [label for _, label, _ in PEOPLE.values()]
    assert {one.core_skills for one in found.values()} == {("cooking",)}
    assert all(one.imported and not one.is_kansberoep for one in found.values())


def test_only_the_note_that_says_so_makes_work_regulated(found: dict[str, Occupation]) -> None:
    assert [name for name, one in found.items() if one.regulated] == ["esco:a2"]


@pytest.mark.parametrize(("name", "level"), [("a1", 2), ("a2", 6), ("a3", 0), ("a4", 0), ("a5", 4)])
def test_the_school_level_follows_from_the_major_group(found: dict[str, Occupation], name: str, level: int) -> None:
    assert found[f"esco:{name}"].lowest_level == level


def test_the_sector_is_that_of_ours_with_the_same_group(found: dict[str, Occupation], catalogue: Catalogue) -> None:
    sectors = {one.sector for one in catalogue.occupations.values() if one.isco == "5120"}
    assert {found["esco:a1"].sector} == sectors
    assert found["esco:a4"].sector == ""


def test_without_an_imported_list_there_is_nothing_to_propose(tmp_path: Path, catalogue: Catalogue) -> None:
    assert wider_occupations(catalogue, tmp_path) == {}


def test_one_read_alone_tells_the_same(tmp_path: Path, catalogue: Catalogue, found: dict[str, Occupation]) -> None:
    (esco,) = open_imported(tmp_path / "kept")
    alone = imported_occupations(catalogue, esco, "esco:a2")
    esco.close()

    assert alone["esco:a2"].regulated
    assert alone["esco:a2"].sector == found["esco:a2"].sector
