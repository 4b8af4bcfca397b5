"""`form text --answers`: the talk of one person as a readable script, for each of the talks that ship."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.conftest import Command

REPOSITORY = Path(__file__).resolve().parents[2]
INTAKE = REPOSITORY / "resources" / "forms" / "compiled" / "intake.xml"
TALKS = REPOSITORY / "resources" / "sample" / "talks"


@pytest.mark.parametrize("path", sorted(TALKS.glob("*.json")), ids=lambda path: path.stem)
def test_the_talk_of_a_person_is_written_out_in_the_own_language(command: Command, path: Path) -> None:
    script = json.loads(path.read_text("utf-8"))
    result = command("form", "text", INTAKE, "--lang", script["answers"]["talk_language"], "--answers", path)
    lines = result.out.splitlines()

    assert result.code == 0
    assert lines[0].startswith(script["name"])
    assert any("[a05_question]" in line for line in lines)
    name = script["answers"].get("call_name", "")
    assert name == "" or f"    > {name}" in lines
    assert sum(line.startswith("    > ") for line in lines) >= 5


def test_the_second_time_only_what_is_new_is_asked(command: Command) -> None:
    path = TALKS / "care-at-home-short-to-full-nl.json"
    first, second = command("form", "text", INTAKE, "--answers", path).out.split("* * *")

    assert "Hoe mag ik u noemen? [c01_call_name]\n    > Ineke" in first
    assert "c01_call_name" not in second
    assert "Wat zijn de vier cijfers van uw postcode? [c05_postcode4]\n    > 7101" in second


def test_answers_that_do_not_exist_are_one_clear_line(command: Command, tmp_path: Path) -> None:
    result = command("form", "text", INTAKE, "--answers", tmp_path / "nergens.json")

    assert (result.code, result.out) == (1, "")
    assert "nergens.json" in result.err


def test_a_language_that_the_form_does_not_have_is_one_clear_line(command: Command) -> None:
    path = TALKS / "low-literate-short-nl.json"
    result = command("form", "text", INTAKE, "--lang", "klingon", "--answers", path)

    assert result.code == 1
    assert "klingon" in result.err
