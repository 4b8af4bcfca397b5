"""`print`: papers for the table from a fresh clone, without passphrase."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from intake_app.cli import main


def run(*arguments: str) -> int:
    return main(list(arguments), open_window=lambda _: 0)


def test_the_names_are_listed_one_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("print", "--list") == 0
    assert "consent-form" in capsys.readouterr().out.splitlines()


def test_a_paper_is_written(tmp_path: Path) -> None:
    target = tmp_path / "paper.pdf"

    assert run("print", "empty-plan", "--lang", "ar", "--today", "2026-11-22", "-o", str(target)) == 0
    assert target.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(("name", "pages"), [("card-deck", 40), ("table-deck", 14), ("my-cards", 1)])
def test_the_deck_is_printed_whole_or_as_the_small_set(name: str, pages: int, tmp_path: Path) -> None:
    target = tmp_path / "cards.pdf"

    assert run("print", name, "--lang", "ti", "-o", str(target)) == 0
    with pikepdf.open(target) as pdf:
        assert len(pdf.pages) == pages
        assert {tuple(round(float(edge)) for edge in page.mediabox) for page in pdf.pages} == {(0, 0, 595, 842)}


def test_the_same_day_gives_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("one.pdf", "two.pdf"):
        run("print", "cheat-sheet", "--lang", "uk", "--today", "2026-11-22", "-o", str(tmp_path / name))
        made.append((tmp_path / name).read_bytes())

    assert made[0] == made[1]


@pytest.mark.parametrize(
    "arguments", [["poster"], ["addresses", "--municipality", "atlantis"], ["cards", "--lang", "xx"]]
)
def test_unknown_names_are_exit_1_with_one_line(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("print", *arguments, "-o", str(tmp_path / "paper.pdf")) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_without_a_file_it_is_wrong_usage() -> None:
    with pytest.raises(SystemExit) as ended:
        run("print", "empty-plan")

    assert ended.value.code == 2
