"""`catalogue check|status|search` as a person runs it: results on standard output, exit codes 0, 1, 2."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.catalogue_files import SMALL, Download, write_folder
from intake_app.cli import main

DATA = Path(__file__).parent / "no such data folder"
"""What a person who builds the app has imported must not change what tests find."""


def no_window(folder: Path | None) -> int:
    raise AssertionError(folder)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["--data-dir", str(DATA), "catalogue", *arguments], no_window)
    streams = capsys.readouterr()
    return code, streams.out, streams.err


def test_the_shipped_catalogue_checks_out(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check", "--json")

    assert (code, json.loads(out)) == (0, [])


def test_a_spoiled_catalogue_is_exit_one_with_every_place(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    path = folder / "occupations.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("welding", "wielding"), encoding="utf-8")

    code, out, _ = run(capsys, "check", "--catalogue", str(folder), "--json")

    assert code == 1
    problems = json.loads(out)
    assert {problem["problem"] for problem in problems} >= {"unknown wielding"}
    assert all(set(problem) == {"file", "row", "column", "problem"} for problem in problems)


def test_a_folder_that_is_not_there_is_one_clear_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, err = run(capsys, "status", "--catalogue", str(tmp_path / "gone"))

    assert (code, out) == (1, "")
    assert len(err.strip().splitlines()) == 1


def test_status_counts_and_dates(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "status", "--json")

    status = json.loads(out)
    assert code == 0
    assert (status["occupations"], status["skills"], status["cards"]) == (75, 173, 76)
    assert status["oldest_check"] == "2026-11-21"


def test_search_prints_the_shape_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "search", "lassen", "--lang", "nl", "--json")

    hits = json.loads(out)
    assert code == 0
    assert hits[0] == {
        "kind": "occupation",
        "id": "tm3",
        "label_nl": "Lasser",
        "matched": "lassen",
        "matched_lang": "nl",
        "why": "exact",
    }


def test_many_questions_give_a_list_of_lists(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "queries.json"
    path.write_text('[{"q": "طباخ", "lang": "ar"}, {"q": "xqzvw", "lang": "nl"}, {"q": "nurse"}]', encoding="utf-8")

    code, out, _ = run(capsys, "search", "--queries", str(path), "--json")

    found = json.loads(out)
    assert code == 0
    assert [hits[0]["id"] if hits else None for hits in found] == ["hd2", None, "zw6"]


def first_label(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as stream:
        return next(csv.DictReader(stream))["preferredLabel"]


@pytest.mark.parametrize("content", ["{", "{}", "[1]", '[{"q": 1}]', '[{"q": "a", "lang": 2}]'])
def test_questions_that_cannot_be_read_are_exit_one(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: str
) -> None:
    path = tmp_path / "queries.json"
    path.write_text(content, encoding="utf-8")

    code, out, err = run(capsys, "search", "--queries", str(path), "--json")

    assert (code, out) == (1, "")
    assert err.strip()


def test_search_without_words_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "search")[0] == 2


def test_searching_needs_no_window_no_database_and_no_pdf() -> None:
    """It starts quickly because it opens none of the heavy rooms."""
    heavy = ("PySide6", "sqlmodel", "reportlab", "pyxform", "httpx", "cryptography", "openpyxl")
    program = (
        "import sys; sys.argv[1:] = ['catalogue', 'search', 'kok', '--json'];"
        "from intake_app.__main__ import main; main();"
        f"sys.exit(any(name in sys.modules for name in {heavy!r}))"
    )

    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True)

    assert done.returncode == 0, done.stderr.decode()


def test_an_import_is_reported_shown_in_the_status_and_searched(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    download = write_folder(tmp_path / "download", ("nl", "en"), Download(SMALL))
    data = ("--data-dir", str(tmp_path / "data"))

    code, out, err = run(capsys, "import", "esco", str(download), "--json", *data)
    assert code == 0
    assert json.loads(out)["counts"]["occupations"] == SMALL.occupations
    assert "100% indexing" in err

    _, out, _ = run(capsys, "status", "--json", *data)
    imported = json.loads(out)["imported"]["esco"]
    assert set(imported["languages"]) == {"en", "nl"}
    assert "ESCO classification of the European Commission" in imported["credit"]

    label = first_label(download / "occupations_en.csv")
    code, out, _ = run(capsys, "search", label, "--lang", "en", "--json", *data)
    assert code == 0
    assert json.loads(out)[0]["id"].startswith("esco:")
    assert json.loads(out)[0]["matched"] == label


def test_an_import_of_something_else_is_one_clear_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, err = run(capsys, "import", "esco", str(tmp_path), "--data-dir", str(tmp_path / "data"))

    assert (code, out) == (1, "")
    assert len(err.strip().splitlines()) == 1


def test_ctrl_c_stops_an_import_and_says_so(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    download = write_folder(tmp_path / "download", ("nl",), Download(SMALL))
    monkeypatch.setattr("intake_app.commands.catalogue._Meter.__call__", interrupted)
    code, _, err = run(capsys, "import", "esco", str(download), "--data-dir", str(tmp_path / "data"))

    assert (code, err.strip().splitlines()[0][:8]) == (1, "Het inle")
    assert list((tmp_path / "data" / "reference").iterdir()) == []


def test_an_unknown_kind_of_list_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        run(capsys, "import", "onet", "x")

    assert caught.value.code == 2
    assert "competentnl" in capsys.readouterr().err


def test_the_catalogue_leaves_as_a_workbook_that_can_be_checked_and_searched(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    book = tmp_path / "catalogus.xlsx"

    assert run(capsys, "export", str(book))[:2] == (0, f"{book}\n")
    assert run(capsys, "check", "--catalogue", str(book), "--json")[:2] == (0, "[]\n")
    code, out, _ = run(capsys, "search", "lasser", "--catalogue", str(book), "--json")
    assert (code, json.loads(out)[0]["id"]) == (0, "tm3")
