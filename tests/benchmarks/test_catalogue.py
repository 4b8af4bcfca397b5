"""The measurement of the catalogue runs, the invented files are the same each time and say that they are invented."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.catalogue import ask, name_questions, real_questions, slips
from benchmarks.catalogue_files import MARK, SMALL, Download, Size, write_folder
from benchmarks.catalogue_plain import FuzzySearch, LikeSearch
from intake_app.catalogue.imported import open_imported
from intake_app.catalogue.imports.esco import import_esco

REPOSITORY = Path(__file__).parents[2]


def test_the_measurement_runs_and_keeps_its_promises() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.catalogue", "--small", "--markdown"],
        cwd=REPOSITORY,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "beside SQL LIKE and a loop" in done.stdout
    assert "beside rapidfuzz over all" in done.stdout
    assert "cancelled half-way" in done.stdout


def test_invented_files_are_the_same_each_time_have_the_official_columns_and_say_what_they_are() -> None:
    once, again = (dict(Download(SMALL).files("nl")) for _ in range(2))

    assert once == again
    heading = next(csv.reader(once["occupations_nl.csv"].splitlines()))
    assert heading[:6] == ["conceptType", "conceptUri", "iscoGroup", "preferredLabel", "altLabels", "hiddenLabels"]
    assert MARK in once["occupations_nl.csv"]
    assert {name.split("_")[0] for name in once} >= {"occupations", "skills", "occupationSkillRelations", "ISCOGroups"}


def test_the_real_size_is_that_of_the_official_list() -> None:
    size = Size()

    assert (size.occupations, size.skills, size.relations) == (3_039, 13_939, 129_004)


def test_the_plain_searches_find_what_they_can() -> None:
    rows = [("a", "lasser"), ("b", "bakker in de nacht"), ("c", "bakker")]

    assert LikeSearch(rows).find("Bakker", 2) == ["c", "b"]
    assert FuzzySearch(rows).find("bakkr", 1) == ["c"]


def test_questions_know_what_is_expected(tmp_path: Path) -> None:
    download = Download(SMALL)
    import_esco(write_folder(tmp_path / "files", ("nl",), download), tmp_path / "kept", download.catalogue)
    (imported,) = open_imported(tmp_path / "kept")
    names = name_questions(imported)
    imported.close()

    assert all(question.expected for question in [*names, *real_questions()])
    assert any(slip.text != question.text for slip, question in zip(slips(names), names, strict=True))
    assert ask(names[:4], lambda question: list(question.expected)).found == 1.0
    assert ask(names[:4], lambda question: []).found == 0.0


@pytest.mark.parametrize("how", ["ours", "plain"])
def test_an_import_measured_by_itself_tells_what_it_took(tmp_path: Path, how: str) -> None:
    write_folder(tmp_path / "files", ("nl",), Download(SMALL))
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.catalogue_plain", how, tmp_path / "files", tmp_path / "out"],
        cwd=REPOSITORY,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert '"seconds"' in done.stdout
