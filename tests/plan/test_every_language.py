"""The print matrix: every sheet and paper in every shipped language, within its page, whole and in its letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from devtools.gates import SCRIPTS, shipped
from intake_app.domain.catalogue import Catalogue
from intake_app.domain.plan import Installation, PlanDocument
from intake_app.i18n.languages import LANGUAGES, is_rtl
from intake_app.papers import short_talk
from intake_app.plan import fonts as paper_fonts
from intake_app.plan.content import Sheet
from intake_app.plan.document import KINDS, sheet_for
from intake_app.plan.handouts import HANDOUTS, HandoutSetting, handout_sheet
from intake_app.plan.pdf import render_sheet

from .reading import read_tree, said_by, shape_of, walk
from .test_handouts import PAGES

pytestmark = pytest.mark.usefixtures("fonts")
Sample = Callable[[str], PlanDocument]
PLACE = Installation("Bibliotheek Achterhoek", "Groenlo", "0544 000 000")
LARGE = frozenset({"card-deck", "table-deck", "addresses", "short-intake"})
"""Papers of many pages."""
MOST_PAGES = {"plan": 2, "private": 2, "appointment": 1}
EDGE = 12
"""Points at the side of a page that a printer may not reach."""


def complaints(sheet: Sheet, raw: bytes, language: str) -> list[str]:
    """What is wrong with a printed sheet: lost words, letters without a font, text past the edge or over other text."""
    found = []
    if shape_of(read_tree(raw).kids) != shape_of(said_by(sheet)):
        found.append("what can be read is not what it says")
    said = [one for top in said_by(sheet) for one in walk(top) if one.text and one.tag not in ("Lbl", "Figure")]
    for one in said:
        paper_fonts.check_coverage(one.text)
        if one.language == language and is_rtl(language) and "\ufffd" in one.text:
            found.append(f"a letter lost: {one.text}")
    own = SCRIPTS[LANGUAGES[language].script]
    if not any(own in unicodedata.name(letter, "") for one in said for letter in one.text):
        found.append("nothing in the letters of the language")
    document = pypdfium2.PdfDocument(raw)
    for number, page in enumerate(document, 1):
        found += [f"page {number}: {wrong}" for wrong in laid_out(page)]
    document.close()
    return found


def laid_out(page: pypdfium2.PdfPage) -> list[str]:
    """Texts of a page that come past its edge, or lie over each other."""
    width, height = page.get_size()
    text = page.get_textpage()
    boxes = [text.get_rect(index) for index in range(text.count_rects())]
    found = [
        f"past the edge: {text.get_text_bounded(*box)!r}"
        for box in boxes
        if box[0] < EDGE or box[2] > width - EDGE or box[1] < EDGE or box[3] > height - EDGE
    ]
    # a vowel mark has a box of its own, which lies over its letter
    boxes = [box for box in boxes if not any(map(unicodedata.combining, text.get_text_bounded(*box)))]
    for place, first in enumerate(boxes):
        for second in boxes[place + 1 :]:
            across = min(first[2], second[2]) - max(first[0], second[0])
            upward = min(first[3], second[3]) - max(first[1], second[1])
            lower = min(first[3] - first[1], second[3] - second[1])
            if across > 1.5 and upward > max(4.0, lower / 2):
                found.append(f"over each other: {text.get_text_bounded(*first)!r}, {text.get_text_bounded(*second)!r}")
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", shipped())
def test_every_sheet_of_a_plan_is_whole_in_every_language(
    sample: Sample, catalogue: Catalogue, resources: Path, language: str, kind: str
) -> None:
    sheet = sheet_for(sample("refugee-cook"), catalogue, kind=kind, language=language)
    raw = render_sheet(sheet, resources)

    if kind != "counsellor":
        assert complaints(sheet, raw, language) == []
    with pikepdf.open(BytesIO(raw)) as pdf:
        assert len(pdf.pages) <= MOST_PAGES.get(kind, 9)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.long if name in LARGE else ()) for name in HANDOUTS]
)
@pytest.mark.parametrize("language", shipped())
def test_every_paper_for_the_table_is_whole_in_every_language(
    catalogue: Catalogue, resources: Path, language: str, name: str
) -> None:
    setting = HandoutSetting(PLACE, date(2026, 11, 22))
    if name == "short-intake":
        setting = replace(setting, questions=short_talk(language))
    sheet = handout_sheet(name, language, catalogue, setting)
    raw = render_sheet(sheet, resources)

    assert complaints(sheet, raw, language) == []
    with pikepdf.open(BytesIO(raw)) as pdf:
        assert len(pdf.pages) <= PAGES.get(name, 1)
