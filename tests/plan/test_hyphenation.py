"""Words on paper are divided only when they must be, and copy out whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.i18n.hyphenation import _patterns
from intake_app.plan.content import Pair, Said, Sheet, Text
from intake_app.plan.pdf import render_sheet
from intake_app.plan.typeset import Style, forget_texts, set_text, text_width

from .reading import poppler_text

pytestmark = pytest.mark.usefixtures("fonts")
STYLE = Style(11)
LONG = "Arbeidsongeschiktheidsverzekering"


def test_a_word_that_fits_on_a_line_stays_whole() -> None:
    width = text_width(LONG, STYLE, rtl=False) + 1

    block = set_text(f"Vraag naar {LONG} en meer", STYLE, width, rtl=False, language="nl")

    assert [line.text for line in block.lines] == ["Vraag naar", LONG, "en meer"]
    assert not any(line.hyphen for line in block.lines)


@settings(max_examples=40)
@given(st.floats(45, 150), st.sampled_from(["nl", "uk", "en", "pl"]))
def test_a_divided_word_keeps_every_letter_and_every_line_its_width(width: float, language: str) -> None:
    text = f"Een {LONG} сільськогосподарський internationalisation-od odpowiedzialność nu"

    block = set_text(text, STYLE, width, rtl=False, language=language)

    assert "".join(line.text for line in block.lines).replace(" ", "") == text.replace(" ", "")
    assert block.widest <= width + 0.01
    for line in block.lines[:-1]:
        if line.hyphen:
            assert line.text[-1].isalpha()


def test_a_divided_word_is_copied_whole(resources: Path, tmp_path: Path) -> None:
    said = Pair(Said(f"{LONG}s{LONG.lower()}", "nl"), Said(f"{LONG}s{LONG.lower()}", "nl"))
    sheet = Sheet("plan", "nl", said, ((Text(said, "phone"),),), said, paper="A6")

    raw = render_sheet(sheet, resources)

    read = poppler_text(raw, tmp_path, "-raw")
    assert f"{LONG}s{LONG.lower()}" in read.replace("\u00ad", "")
    assert read.count("\u00ad") >= 2


def test_what_was_divided_is_not_remembered() -> None:
    set_text("Geheimzinnighedenverzameling", STYLE, 50, rtl=False, language="nl")

    forget_texts()

    assert not _patterns("nl").hd.cache
