"""Compiling an XLSForm: sources, languages, versions, and the same bytes every time."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from intake_app.errors import FileMissing, FormInvalid, FormVersionTaken
from intake_app.xforms.compile import compile_form, published_name

SHEET = """
| settings | | | | |
| | form_id | version | default_language | namespaces |
| | tea | 1 | Nederlands (nl) | intake="https://llo-portaal.nl/xforms/intake" |

| survey | | | | | | | |
| | type | name | label | hint | constraint | constraint_message | bind::intake:concept |
# a comment for the reader of the sheet
| | select_multiple drink | a01_drink | Wat drinkt u? | | count-selected(.) <= 2 | Niet meer dan twee. | drink |
| | text | a02_name | Hoe heet u? | ${a01_drink} | | | name |

| choices | | | | |
| | list_name | name | label | pictogram |
| | drink | tea | Thee | cup |
| | drink | water | Water | glass |
"""

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgctxt "tea:a01_drink:label"
msgid "Wat drinkt u?"
msgstr "What do you drink?"

msgctxt "tea:a01_drink:constraint_message"
msgid "Niet meer dan twee."
msgstr "No more than two."

#, fuzzy
msgctxt "tea:a02_name:label"
msgid "Hoe heet u?"
msgstr "Who are you?"

msgctxt "tea:drink:tea:label"
msgid "Thee"
msgstr "Tea"

msgctxt "tea:drink:water:label"
msgid "Water"
msgstr "Water"
"""


@pytest.fixture
def translations(tmp_path: Path) -> Path:
    folder = tmp_path / "translations" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "intake.po").write_text(PO, encoding="utf-8")
    return tmp_path / "translations"


@pytest.fixture
def no_translations(tmp_path: Path) -> Path:
    folder = tmp_path / "none"
    folder.mkdir()
    return folder


def sheet(tmp_path: Path, text: str = SHEET) -> Path:
    path = tmp_path / "tea.md"
    path.write_text(text, encoding="utf-8")
    return path


def texts(xml: bytes) -> dict[str, dict[str, str]]:
    root = etree.fromstring(xml)
    return {
        translation.get("lang"): {text.get("id"): " ".join("".join(text.itertext()).split()) for text in translation}
        for translation in root.iter("{*}translation")
    }


def test_translations_stand_in_the_form_as_a_language_of_its_own(tmp_path, translations):
    form = compile_form(sheet(tmp_path), translations)

    english = texts(form.xml)["English (en)"]
    assert english["/data/a01_drink:label"] == "What do you drink?"
    assert english["/data/a01_drink:jr:constraintMsg"] == "No more than two."
    assert "Tea" in english.values()
    assert texts(form.xml)["Nederlands (nl)"]["/data/a01_drink:label"] == "Wat drinkt u?"
    assert (form.form_id, form.version) == ("tea", "1")


def test_a_gap_shows_dutch_and_is_reported_and_fuzzy_counts_as_a_gap(tmp_path, translations):
    form = compile_form(sheet(tmp_path), translations)

    assert texts(form.xml)["English (en)"]["/data/a02_name:label"] == "Hoe heet u?"
    assert form.gaps == ("en: tea:a02_name:label",)


def test_a_changed_dutch_sentence_loses_its_old_translation(tmp_path, translations):
    form = compile_form(sheet(tmp_path, SHEET.replace("Wat drinkt u?", "Wat wilt u drinken?")), translations)

    assert texts(form.xml)["English (en)"]["/data/a01_drink:label"] == "Wat wilt u drinken?"
    assert "en: tea:a01_drink:label" in form.gaps


def test_a_column_of_the_sheet_itself_wins_over_the_catalogue(tmp_path, translations):
    own = SHEET.replace(
        "| list_name | name | label | pictogram |", "| list_name | name | label | label::English (en) |"
    )
    own = own.replace("| Thee | cup |", "| Thee | A cup of tea |").replace("| Water | glass |", "| Water | |")
    form = compile_form(sheet(tmp_path, own), translations)

    english = texts(form.xml)["English (en)"]
    assert "A cup of tea" in english.values()
    assert "Tea" not in english.values()
    assert "Water" in english.values()


def test_without_translations_the_form_has_one_language_and_no_gap(tmp_path, no_translations):
    form = compile_form(sheet(tmp_path), no_translations)

    assert form.gaps == ()
    assert b"English" not in form.xml


def test_a_form_that_is_not_dutch_is_left_as_it_was_written(tmp_path, translations):
    form = compile_form(sheet(tmp_path, SHEET.replace("Nederlands (nl)", "Deutsch (de)")), translations)

    assert b"What do you drink?" not in form.xml
    assert form.gaps == ()


def test_tags_stand_on_the_bind_in_our_namespace(tmp_path, translations):
    root = etree.fromstring(compile_form(sheet(tmp_path), translations).xml)

    bind = next(bind for bind in root.iter("{*}bind") if bind.get("nodeset") == "/data/a01_drink")
    assert bind.get("{https://llo-portaal.nl/xforms/intake}concept") == "drink"


def test_choice_columns_stand_in_the_list(tmp_path, translations):
    root = etree.fromstring(compile_form(sheet(tmp_path), translations).xml)

    assert [cell.text for cell in root.iter("{*}pictogram")] == ["cup", "glass"]


def test_the_same_sheet_gives_the_same_bytes(tmp_path, translations):
    source = sheet(tmp_path)
    first, second = compile_form(source, translations), compile_form(source, translations)

    assert first.xml == second.xml
    assert first.xlsx == second.xlsx


def test_the_complete_workbook_has_every_language_and_compiles_to_the_same_form(
    tmp_path, translations, no_translations
):
    form = compile_form(sheet(tmp_path), translations)
    workbook = tmp_path / "full.xlsx"
    workbook.write_bytes(form.xlsx)

    header = [cell.value for cell in openpyxl.load_workbook(workbook)["survey"][1]]
    assert {"label::Nederlands (nl)", "label::English (en)", "bind::intake:concept"} <= set(header)
    assert compile_form(workbook, no_translations).xml == form.xml


def test_csv_and_markdown_give_the_same_form(tmp_path, translations):
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in SHEET.splitlines()
        if line.startswith("|")
    ]
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    path = tmp_path / "tea.csv"
    path.write_text(buffer.getvalue(), encoding="utf-8")

    assert compile_form(path, translations).xml == compile_form(sheet(tmp_path), translations).xml


def test_a_published_version_takes_no_other_bytes(tmp_path, translations):
    published = tmp_path / "published"
    published.mkdir()
    source = sheet(tmp_path)
    (published / published_name("tea", "1")).write_bytes(compile_form(source, translations).xml)

    assert compile_form(source, translations, version_check=published).version == "1"
    sheet(tmp_path, SHEET.replace("Hoe heet u?", "Wat is uw naam?"))
    with pytest.raises(FormVersionTaken) as refused:
        compile_form(source, translations, version_check=published)
    assert refused.value.params == {"form_id": "tea", "version": "1"}


def test_changed_bytes_are_fine_under_a_new_version(tmp_path, translations):
    published = tmp_path / "published"
    published.mkdir()
    (published / published_name("tea", "1")).write_bytes(compile_form(sheet(tmp_path), translations).xml)
    changed = SHEET.replace("Hoe heet u?", "Wat is uw naam?").replace("| tea | 1 |", "| tea | 2 |")

    assert compile_form(sheet(tmp_path, changed), translations, version_check=published).version == "2"


def test_a_reference_to_nothing_is_refused_with_its_row(tmp_path, translations):
    with pytest.raises(FormInvalid) as refused:
        compile_form(sheet(tmp_path, SHEET.replace("${a01_drink}", "${a09_gone}")), translations)
    (problem,) = refused.value.params["problems"]
    assert "tea.md" in problem
    assert "a09_gone" in problem
    assert "row : 3" in problem


@pytest.mark.parametrize("text", ["", "Just a letter.", "| survey |\n| | type | name |\n"])
def test_a_file_that_is_no_form_is_refused(tmp_path, translations, text):
    with pytest.raises(FormInvalid):
        compile_form(sheet(tmp_path, text), translations)


def test_a_file_that_is_not_there_is_named(tmp_path, translations):
    with pytest.raises(FileMissing) as missing:
        compile_form(tmp_path / "gone.md", translations)
    assert missing.value.params == {"path": "gone.md"}
