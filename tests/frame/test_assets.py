"""The pictures and letters that ship: complete, small, and fit for the people who look at them."""

import hashlib
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from devtools.assets import FONTS, PICTOGRAMS, rows
from devtools.pictograms import parts_of
from devtools.wanted_pictures import wanted

ROWS = {row["name"]: row for row in rows()}
STYLES = ("color", "black")

FORBIDDEN = {
    "thumb or hand sign": "1F44D 1F44E 1F44C 1F595 1F91E 1F918 1F919 270C",
    "boat": "26F5 1F6F6 1F6A4 1F6F3 26F4 1F6E5 1F6A2 1F6A3 2693 1F6DF",
    "fence": "1F93A",
    "bag": "1F45B 1F45C 1F45D 1F6CD 1F392 1F4BC 1F9F3 E2D2 E309 1F4B0",
    "uniform": "1F46E 1F482 1F692 1F693 1F94B 1FA96 1F468-200D-2708-FE0F 1F469-200D-2708-FE0F 1F9D1-200D-2708-FE0F",
    "pig": "1F437 1F416 1F417 1F43D 1F953",
    "alcohol": "1F37E 1F377 1F378 1F379 1F37A 1F37B 1F942 1F943 1F376",
    "sad face": "1F622 1F62D 1F61E 1F61F 1F641 2639 1F625 1F629 1F62B 1F614 E282",
    "red cross": "E090 E140 1F3E5 26D1 E302 E303 E30B",
}
RIASEC = [f"ri_{kind}{number}" for kind in "riasec" for number in range(1, 6)]
CARDS = {"h": 8, "z": 8, "t": 10, "b": 8, "o": 8, "c": 8, "v": 9, "s": 8, "w": 9}


def test_every_card_family_sector_and_picture_item_has_its_picture():
    cards = {f"card_{family}{number}" for family, count in CARDS.items() for number in range(1, count + 1)}

    assert len(cards) == 76
    assert cards <= ROWS.keys()
    assert {f"family_{family}" for family in CARDS} <= ROWS.keys()
    assert set(RIASEC) <= ROWS.keys()
    assert len([name for name in ROWS if name.startswith("sector_")]) == 9
    assert {f"section_{letter}" for letter in "abcdefghijklmnopqrx"} <= ROWS.keys()


def test_everything_on_a_screen_has_a_picture():
    things = wanted()

    assert [thing for thing in things if thing.picture not in ROWS] == []
    assert len([thing for thing in things if thing.group == "beroepen"]) == 75
    assert {thing.group for thing in things} > {"intake: vragen", "intake: card", "intake: sector", "riasec"}


def test_no_two_answers_to_a_question_look_the_same():
    """Apart from organisations: one picture tells what kind of help they give, the name tells who."""
    seen: dict[tuple[str, str], list[str]] = {}
    for thing in wanted():
        if not thing.group.endswith((": vragen", ": ref")):
            drawing = (PICTOGRAMS / "color" / f"{thing.picture}.svg").read_text()
            seen.setdefault((thing.group, drawing), []).append(thing.id)

    assert [ids for ids in seen.values() if len(ids) > 1] == []


def test_every_card_and_picture_item_looks_different_from_its_sisters():
    for prefix in (
        "card_", "ri_", "family_", "sector_", "smile5_", "level_", "occupation_", "place_", "lang_", "week_", "age_",
        "school_years_", "work_years_", "no_work_", "ago_", "clock_", "income_", "proof_", "cefr_understand_",
        "cefr_speak_", "cefr_read_", "cefr_write_",
    ):  # fmt: skip
        drawings = {
            name: (PICTOGRAMS / "black" / f"{name}.svg").read_text() for name in ROWS if name.startswith(prefix)
        }

        assert len(set(drawings.values())) == len(drawings), prefix


@pytest.mark.parametrize("style", STYLES)
def test_the_index_and_the_files_tell_the_same(style: str):
    assert {path.stem for path in (PICTOGRAMS / style).iterdir()} == ROWS.keys()


@pytest.mark.parametrize("kind", FORBIDDEN, ids=str)
def test_no_picture_shows_what_may_hurt_or_confuse(kind: str):
    codes = FORBIDDEN[kind].split()
    shown = [name for name, row in ROWS.items() if not set(parts_of(row["openmoji"])).isdisjoint(codes)]

    assert not shown


def test_no_flag_is_shown():
    flag = re.compile(r"1F1[EF][0-9A-F]|1F3F[34]|1F6A9|1F38C")

    assert not [name for name, row in ROWS.items() if flag.search(row["openmoji"])]


@pytest.mark.parametrize("style", STYLES)
def test_every_picture_is_one_square_of_plain_shapes(style: str):
    plain = {"svg", "g", "path", "line", "polyline", "polygon", "rect", "circle", "ellipse"}
    for name in ROWS:
        root = ElementTree.parse(PICTOGRAMS / style / f"{name}.svg").getroot()
        tags = {str(element.tag).rpartition("}")[2] for element in root.iter()}

        assert root.get("viewBox") == "0 0 72 72", name
        assert tags <= plain, name


def test_a_picture_for_paper_needs_no_colour():
    colour = re.compile(r'(?:fill|stroke)="(#[0-9a-fA-F]+|[a-z]+)"')
    for name in ROWS:
        used = {value.lower() for value in colour.findall((PICTOGRAMS / "black" / f"{name}.svg").read_text())}

        assert used <= {"none", "#000", "#000000", "black", "#fff", "#ffffff", "white"}, name


def test_every_picture_says_where_it_comes_from():
    for name, row in ROWS.items():
        text = (PICTOGRAMS / "color" / f"{name}.svg").read_text()
        foreign = any(not code.startswith(("own", "made:")) for code in parts_of(row["openmoji"]))

        assert ("CC BY-SA 4.0" in text) == foreign, name
        assert foreign or "EUPL-1.2" in text, name


def test_the_fonts_are_the_ones_that_were_checked():
    listed = [line.split("  ") for line in (FONTS / "SHA256SUMS").read_text().splitlines()]

    assert {name for _, name in listed} == {path.name for path in FONTS.glob("*.ttf")}
    for expected, name in listed:
        assert hashlib.sha256((FONTS / name).read_bytes()).hexdigest() == expected, name


def test_the_licences_stand_beside_what_they_cover(repository: Path):
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text()
    assert "Attribution-ShareAlike 4.0" in (PICTOGRAMS / "LICENSE-CC-BY-SA-4.0.txt").read_text()
    licence = (repository / "LICENSE").read_text()
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert "15.Applicable Law" in licence
    assert licence.rstrip().endswith("require the production of a new EUPL version.")


def pictograms_named_in(form: Path) -> set[str]:
    named: set[str] = set()
    column = None
    for line in form.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if "pictogram" in cells:
            column = cells.index("pictogram")
        elif line.startswith("|") and column is not None and len(cells) > column:
            named.add(cells[column])
    return named - {""}


def test_every_picture_that_a_form_names_is_there(repository: Path):
    forms = sorted((repository / "resources" / "forms").glob("*.md"))
    named = {name for form in forms for name in pictograms_named_in(form) if re.fullmatch(r"[a-z0-9_]+", name)}

    assert len(named) > 100
    assert named <= ROWS.keys()
