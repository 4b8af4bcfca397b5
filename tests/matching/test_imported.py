"""Matching over an imported list: own work that only ESCO knows, with the skills that are ours too."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.catalogue_files import SMALL, Download, write_folder
from intake_app.bootstrap import IMPORTED
from intake_app.catalogue.imported import imported_occupations, open_imported
from intake_app.catalogue.imports.esco import import_esco
from intake_app.cli import main
from intake_app.domain.catalogue import Catalogue, Occupation
from intake_app.matching.profile_file import ESCO_OCCUPATION


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Path:
    folder = tmp_path_factory.mktemp("esco")
    write_folder(folder / "download", ("nl",), Download(SMALL))
    import_esco(folder / "download", folder / IMPORTED, catalogue)
    return folder


@pytest.fixture(scope="module")
def own_work(data_dir: Path, catalogue: Catalogue) -> Occupation:
    """An imported occupation that asks special skills of ours, and shares its ISCO group with one of ours."""
    (esco,) = open_imported(data_dir / IMPORTED)
    groups = {one.isco[:3] for one in catalogue.occupations.values()}
    found = imported_occupations(catalogue, esco).values()
    chosen = max(found, key=lambda one: (one.isco[:3] in groups, len(one.core_skills)))
    esco.close()
    return chosen


def matched(capsys: pytest.CaptureFixture[str], path: Path, told: object, *more: str) -> dict[str, Any]:
    path.write_text(json.dumps(told), encoding="utf-8")
    assert main(["match", "--profile", str(path), "--json", *more], lambda _: 1) == 0
    result: dict[str, Any] = json.loads(capsys.readouterr().out)
    return result


def test_own_work_that_only_esco_knows_comes_first_and_shows_its_skills(
    data_dir: Path, own_work: Occupation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = {"jobs": [{"occupation": ESCO_OCCUPATION + own_work.id.removeprefix("esco:"), "when": "now"}]}

    found = matched(capsys, tmp_path / "p.json", told, "--imported", "--data-dir", str(data_dir))

    first = found["recommendations"][0]
    assert first["id"] == own_work.id
    assert "near_your_work" in [reason["code"] for reason in first["reasons"]]
    assert own_work.core_skills
    assert not set(own_work.core_skills) & set(first["missing_skills"])


def test_every_occupation_of_both_lists_is_ranked(
    data_dir: Path, catalogue: Catalogue, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = {"cards": ["t9", "t7", "w3"]}

    found = matched(capsys, tmp_path / "p.json", told, "--imported", "--all", "--data-dir", str(data_dir))

    ids = [item["id"] for item in found["recommendations"]]
    assert len(ids) == len(set(ids)) == SMALL.occupations + len(catalogue.occupations)


def test_without_the_switch_only_the_shipped_list_is_ranked(
    data_dir: Path, catalogue: Catalogue, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = matched(capsys, tmp_path / "p.json", {"cards": ["t9"]}, "--all", "--data-dir", str(data_dir))

    assert len(found["recommendations"]) == len(catalogue.occupations)


def test_the_switch_without_an_imported_list_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "p.json").write_text("{}", encoding="utf-8")

    code = main(
        ["match", "--profile", str(tmp_path / "p.json"), "--imported", "--data-dir", str(tmp_path)], lambda _: 1
    )

    assert code == 1
    assert capsys.readouterr().err.strip()
