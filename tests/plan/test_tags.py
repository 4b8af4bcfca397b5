"""Screen readers get the document itself: the structure tree equals what the sheet says (ISO 14289-1, Matterhorn)."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from intake_app.commands.plan import sample_names
from intake_app.domain.catalogue import Catalogue
from intake_app.domain.plan import OwnWords, PlanDocument
from intake_app.plan.content import Sheet
from intake_app.plan.document import KINDS, sheet_for
from intake_app.plan.pdf import render_sheet

from .reading import Element, read_tree, said_by, shape_of, walk

Make = Callable[[str, str, str], tuple[Sheet, bytes]]
LANGUAGES = ("nl", "ar", "uk")
STANDARD = {"Document", "Sect", "H1", "H2", "H3", "P", "L", "LI", "Lbl", "Span", "Figure", "Table", "TR", "TH", "TD"}


@pytest.fixture(scope="module")
def make(sample: Callable[[str], PlanDocument], catalogue: Catalogue, resources: Path) -> Make:
    made: dict[tuple[str, str, str], tuple[Sheet, bytes]] = {}

    def of(name: str, language: str, kind: str) -> tuple[Sheet, bytes]:
        if (name, language, kind) not in made:
            sheet = sheet_for(sample(name), catalogue, kind=kind, language=language)
            made[name, language, kind] = (sheet, render_sheet(sheet, resources))
        return made[name, language, kind]

    return of


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_tags_read_back_equal_the_document(make: Make, kind: str, language: str) -> None:
    sheet, raw = make("refugee-cook", language, kind)

    assert shape_of(read_tree(raw).kids) == shape_of(said_by(sheet))


@pytest.mark.parametrize("name", sample_names())
def test_every_sample_is_read_aloud_whole(make: Make, name: str) -> None:
    sheet, raw = make(name, "ar", "plan")

    assert shape_of(read_tree(raw).kids) == shape_of(said_by(sheet))


def elements(raw: bytes) -> list[Element]:
    return list(walk(read_tree(raw)))


@pytest.fixture(scope="module", params=KINDS)
def printed(request: pytest.FixtureRequest, make: Make) -> bytes:
    return make("refugee-cook", "ar", request.param)[1]


def test_headings_begin_with_one_title_and_skip_no_level(printed: bytes) -> None:
    levels = [int(one.tag[1]) for one in elements(printed) if one.tag in ("H1", "H2", "H3")]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_lists_hold_items_and_items_a_label_and_words(printed: bytes) -> None:
    for one in elements(printed):
        assert one.tag in STANDARD
        if one.tag == "L":
            assert {kid.tag for kid in one.kids} == {"LI"}
        if one.tag == "LI":
            assert [kid.tag for kid in one.kids].index("Lbl") == 0
            assert len(one.kids) >= 2


def test_every_word_has_a_language_and_every_figure_a_description(printed: bytes) -> None:
    for one in elements(printed):
        if one.marks:
            assert one.language in ("ar", "nl", "en"), one
            assert one.text, one
        if one.tag == "Figure":
            assert one.text.strip()


def test_every_mark_on_a_page_belongs_to_one_element(printed: bytes) -> None:
    with pikepdf.open(BytesIO(printed)) as pdf:
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        for index, page in enumerate(pdf.pages):
            assert page.obj.StructParents == index
            marks = [
                int(one.operands[1].MCID)
                for one in pikepdf.parse_content_stream(page)
                if str(one.operator) == "BDC" and "/MCID" in one.operands[1]
            ]
            assert marks == list(range(len(marks)))
            owners = numbers[2 * index + 1]
            assert len(owners) == len(marks)
            for number, owner in enumerate(owners):
                assert number in [int(kid.MCID) for kid in owner.K if kid.Pg.objgen == page.obj.objgen]


def test_the_file_says_that_it_is_accessible_and_in_which_language(printed: bytes) -> None:
    """Matterhorn 06-001 to 06-004, 07-001 to 07-003, 11-006: metadata, title shown, marked, language."""
    with pikepdf.open(BytesIO(printed)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert "/Suspects" not in pdf.Root.MarkInfo
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.Root.Lang) in ("ar", "nl")
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"].strip()
        assert not pdf.is_encrypted


def test_every_font_is_embedded_and_tells_its_letters(printed: bytes) -> None:
    """Matterhorn 10-001, 31-009, 31-018 to 31-022: ToUnicode, embedded, simple symbolic TrueType without encoding."""
    with pikepdf.open(BytesIO(printed)) as pdf:
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        assert fonts
        for font in fonts:
            assert "/ToUnicode" in font
            descriptor = font.FontDescriptor
            assert "/FontFile2" in descriptor
            symbolic, plain = bool(int(descriptor.Flags) & 4), bool(int(descriptor.Flags) & 32)
            assert symbolic != plain
            assert symbolic is ("/Encoding" not in font)
            assert int(font.LastChar) - int(font.FirstChar) + 1 == len(font.Widths)


def test_nothing_moves_asks_or_hides(printed: bytes) -> None:
    """Matterhorn 02-001 (no odd tags), 25-001, 26-001, 28, 29, 30: no forms, scripts, files, annotations, layers."""
    with pikepdf.open(BytesIO(printed)) as pdf:
        assert not {"/AcroForm", "/OpenAction", "/AA", "/Names", "/OCProperties"} & set(pdf.Root.keys())
        assert "/RoleMap" not in pdf.Root.StructTreeRoot
        for page in pdf.pages:
            assert "/Annots" not in page
            assert str(page.Tabs) == "/S"


def test_no_mark_stands_inside_another_and_nothing_outside(printed: bytes) -> None:
    """Matterhorn 01-003 to 01-005."""
    with pikepdf.open(BytesIO(printed)) as pdf:
        for page in pdf.pages:
            depth = 0
            for one in pikepdf.parse_content_stream(page):
                operator = str(one.operator)
                depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(operator, 0)
                assert depth in (0, 1)
                if operator in ("Tj", "TJ", "S", "f", "B", "b*", "f*", "B*", "Do"):
                    assert depth == 1, operator


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="needs pdfinfo of Poppler")
def test_poppler_too_calls_it_tagged(make: Make, tmp_path: Path) -> None:
    file = tmp_path / "plan.pdf"
    file.write_bytes(make("refugee-cook", "ar", "plan")[1])

    told = subprocess.run(["pdfinfo", str(file)], capture_output=True, check=True, text=True).stdout
    tree = subprocess.run(["pdfinfo", "-struct", str(file)], capture_output=True, check=True, text=True).stdout

    assert any(line.split() == ["Tagged:", "yes"] for line in told.splitlines())
    assert tree.count("H1") == 1
    assert tree.count("LI") >= 2


def test_a_text_over_two_pages_stays_one_element(make: Make, resources: Path, sample: Any, catalogue: Any) -> None:
    words = " ".join(f"woord{n}" for n in range(1500))
    document = replace(sample("nt1-cleaner"), goal=OwnWords(words, "nl"))
    found = [
        one
        for one in elements(render_sheet(sheet_for(document, catalogue, kind="plan", language="nl"), resources))
        if one.text == words
    ]

    assert [one.tag for one in found if one.tag == "P"] == ["P"]
    assert max(one.marks for one in found) > 20
