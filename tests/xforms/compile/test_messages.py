"""The template for translators: every sentence once per place, with its context and a comment."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from intake_app.xforms.compile import extract_messages

SHEET = """
| settings | | | |
| | form_id | version | default_language |
| | tea | 1 | Nederlands (nl) |

| survey | | | | | | |
| | type | name | label | hint | constraint | constraint_message |
| | select_one drink | a01_drink | Wat drinkt u? | Kies één. | | |
| | integer | a02_cups | Hoeveel koppen? | ${a01_drink} | . < 9 | Niet meer dan acht. |

| choices | | | |
| | list_name | name | label |
| | drink | tea | Thee |
| | drink | same | Thee |
"""


@pytest.fixture
def template(tmp_path: Path) -> Catalog:
    path = tmp_path / "tea.md"
    path.write_text(SHEET, encoding="utf-8")
    return read_po(io.BytesIO(extract_messages([path])))


def test_every_sentence_has_the_place_it_stands_in_as_context(template):
    assert {(message.context, message.id) for message in template if message.id} == {
        ("tea:a01_drink:label", "Wat drinkt u?"),
        ("tea:a01_drink:hint", "Kies één."),
        ("tea:a02_cups:label", "Hoeveel koppen?"),
        ("tea:a02_cups:constraint_message", "Niet meer dan acht."),
        ("tea:drink:tea:label", "Thee"),
        ("tea:drink:same:label", "Thee"),
    }


def test_a_choice_tells_the_translator_its_question(template):
    assert template.get("Thee", "tea:drink:tea:label").auto_comments == ["Antwoord bij: Wat drinkt u?"]


def test_the_template_depends_on_the_sheets_alone(repository):
    sources = [repository / "resources" / "forms" / f"{name}.md" for name in ("intake", "follow_up")]
    assert extract_messages(sources) == extract_messages(sources)
    assert b"EMAIL" not in extract_messages(sources)
