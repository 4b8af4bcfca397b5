"""Checking tags: each way in which a form can lose its binding to the code is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake_app.xforms.compile import check_tags, compile_form
from intake_app.xforms.definition.parse import parse_form

FORM_IDS = ("data_request", "follow_up", "intake", "participant", "plan", "status")

SHEET = """
| settings | | | |
| | form_id | version | namespaces |
| | tea | 1 | intake="https://llo-portaal.nl/xforms/intake" |

| survey | | | | | | | | |
| | type | name | label | @concept | @consent | @sensitive | @central | @short |
| | text | a01_goal | Wat wilt u? | goal | T | 0 | no | 10 |
| | text | a02_step | Wat gaat u doen? | step | C4 C5 | 9 | yes | 20 30 |
| | note | a03_hello | Dag! | | T | 0 | yes | |
""".replace("@", "bind::intake:")


def problems(tmp_path: Path, text: str) -> set[tuple[str, str]]:
    source = tmp_path / "tea.md"
    source.write_text(text, encoding="utf-8")
    definition = parse_form(compile_form(source, tmp_path).xml)
    return {(problem.where, problem.code) for problem in check_tags(definition)}


def test_a_well_tagged_form_has_no_problems(tmp_path):
    assert (
        problems(tmp_path, SHEET.replace("| note | a03_hello | Dag! | |", "| note | a03_hello | Dag! | welcome |"))
        == set()
    )


@pytest.mark.parametrize(
    ("old", "new", "where", "code"),
    [
        ("| goal |", "| gaol |", "/data/a01_goal", "concept_unknown"),
        ("| step |", "| goal |", "/data/a02_step", "concept_doubled"),
        ("| step |", "| |", "/data/a02_step", "concept_missing"),
        ("| C4 C5 |", "| C4 or C5 |", "/data/a02_step", "tag_value"),
        ("| C4 C5 |", "| |", "/data/a02_step", "release_unclear"),
        ("| 20 30 |", "| twenty |", "/data/a02_step", "tag_value"),
        ("| 9 | yes |", "| 5 | yes |", "/data/a02_step", "tag_value"),
        ("| 9 | yes |", "| 9 | perhaps |", "/data/a02_step", "tag_value"),
        ("bind::intake:short", "bind::intake:shrot", "/data/a01_goal", "tag_unknown"),
    ],
)
def test_a_wrong_tag_is_told_with_its_place(tmp_path, old, new, where, code):
    assert (where, code) in problems(tmp_path, SHEET.replace(old, new))


def test_a_form_without_tags_was_written_elsewhere_and_is_left_alone(tmp_path):
    plain = "\n".join(
        "|".join(line.split("|")[:5]) + "|" if "text |" in line or "| type" in line else line
        for line in SHEET.splitlines()
        if "note" not in line
    )
    assert problems(tmp_path, plain) == set()


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_our_forms_are_well_tagged_and_parse_without_warnings(repository, form_id):
    definition = parse_form((repository / "resources" / "forms" / "compiled" / f"{form_id}.xml").read_bytes())
    assert check_tags(definition) == ()
    assert definition.warnings == ()
