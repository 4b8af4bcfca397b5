"""pdftotext reads every sentence of every print back, in order, in both languages."""

from __future__ import annotations

import shutil
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intake_app.commands.plan import sample_names, sample_plan
from intake_app.domain.catalogue import Catalogue
from intake_app.domain.plan import PlanDocument
from intake_app.i18n.bidi import strip_controls
from intake_app.i18n.languages import is_rtl
from intake_app.plan.document import KINDS, sheet_for
from intake_app.plan.pdf import render_sheet

from .reading import Element, normal, poppler_text, said_by, walk

pytestmark = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext of Poppler")
LANGUAGES = ("nl", "en", "uk")


def spoken(elements: list[Element]) -> Iterator[Element]:
    """The words on the page: figures and boxes are drawn, not written."""
    for top in elements:
        for one in walk(top):
            if one.text and one.tag not in ("Figure", "Lbl"):
                yield one


def letters(text: str) -> Counter[str]:
    """Which letters, without vowel marks and tatweel, which Arabic fonts place by themselves."""
    return Counter(c for c in normal(text) if not unicodedata.combining(c) and c != "\u0640")


@pytest.mark.parametrize(
    ("name", "language"),
    [*((name, sample_plan(name).language) for name in sample_names()), *(("refugee-cook", code) for code in LANGUAGES)],
)
def test_every_sentence_is_there_and_in_order(
    sample: Callable[[str], PlanDocument],
    catalogue: Catalogue,
    resources: Path,
    tmp_path: Path,
    name: str,
    language: str,
) -> None:
    for kind in KINDS:
        sheet = sheet_for(sample(name), catalogue, kind=kind, language=language)
        # in the order of the file: two columns on one line would otherwise be read across
        read = poppler_text(render_sheet(sheet, resources), tmp_path, "-raw")
        place = 0
        for one in spoken(said_by(sheet)):
            words = normal(strip_controls(one.text))
            if is_rtl(one.language) or has_rtl(words):
                continue
            found = read.find(words, place)
            assert found >= 0, (kind, one.language, one.text)
            place = found + len(words)


def has_rtl(text: str) -> bool:
    """Whether a reader turns parts of this text around line by line."""
    return any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in text)


@pytest.mark.parametrize(
    "name", [*(name for name in sample_names() if sample_plan(name).language == "ar"), "farm-worker"]
)
def test_every_arabic_sentence_is_there_letter_for_letter_and_every_word_in_the_order_of_speech(
    sample: Callable[[str], PlanDocument], catalogue: Catalogue, resources: Path, tmp_path: Path, name: str
) -> None:
    """Poppler turns lines from right to left around itself. Known limits: it does so for the whole line, so that parts
    around Latin names change places, and vowel marks move, so that vowelled words are compared by their letters.
    """
    for kind in KINDS:
        sheet = sheet_for(sample(name), catalogue, kind=kind, language="ar")
        raw = render_sheet(sheet, resources)
        said = [one.text for one in spoken(said_by(sheet))]
        read = poppler_text(raw, tmp_path)

        assert letters("".join(said)) - letters(read) == Counter(), kind
        words = [word for text in said for word in text.split() if is_plain_arabic(word)]
        assert [word for word in words if normal(word) not in read] == [], kind


def is_plain_arabic(word: str) -> bool:
    """Arabic letters alone: no vowel marks, no punctuation that belongs to a neighbour."""
    return all(unicodedata.bidirectional(char) == "AL" and char.isalpha() for char in word)
