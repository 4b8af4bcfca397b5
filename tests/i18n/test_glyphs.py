"""No text shows a box instead of a letter: the fonts of the app have every character, on screen and on paper."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from fontTools.ttLib import TTFont

from devtools.gates import SCRIPTS, catalogue, shipped
from devtools.made_up import MADE_UP
from intake_app.errors import FontMissing
from intake_app.i18n.formats import format_date, format_moment, format_number, format_time
from intake_app.i18n.gettext import DOMAINS
from intake_app.i18n.languages import LANGUAGES
from intake_app.plan import fonts

REPOSITORY = Path(__file__).parents[2]
FONTS = REPOSITORY / "resources" / "fonts"
SCREEN = ("NotoSans", "NotoSansArabicUI", "NotoSansEthiopic")
"""The families of the window's theme, in files; a test of the window compares the two."""
INVISIBLE = fonts.CONTROLS | {"\n", "\u200c", "\u200d"}
WEIGHTS = ("Regular", "Bold")


@cache
def covered(family: str, weight: str) -> frozenset[str]:
    """Every character that a font of ours has."""
    with TTFont(FONTS / f"{family}-{weight}.ttf") as font:
        return frozenset(map(chr, font.getBestCmap()))


def texts(code: str) -> Iterator[str]:
    """Everything the app can say in a language, as source or as translation."""
    for domain in DOMAINS:
        if code == "nl":
            with (REPOSITORY / "translations" / f"{domain}.pot").open("rb") as file:
                found = [(message.id, message.id) for message in read_po(file)]
        else:
            found = [(message.id, message.string) for message in catalogue(code, domain)]
        for dutch, said in found:
            if dutch:
                yield from [said] if isinstance(said, str) else said


def moments(code: str) -> Iterator[str]:
    """Every day of a year, some hours and numbers, as a language writes them."""
    first = date(2026, 1, 1)
    for days in range(365):
        yield format_date(first + timedelta(days), code)
        yield format_date(first + timedelta(days), code, "short")
        yield format_moment(datetime(2026, 1, 1, 9, 30) + timedelta(days), code)
    yield format_time(time(23, 59), code)
    yield format_number(1234567.5, code)
    yield format_number(-0.5, code)


@pytest.mark.parametrize("weight", WEIGHTS)
@pytest.mark.parametrize("code", ["nl", *MADE_UP, *shipped()])
def test_the_screen_has_a_letter_for_every_character_of_every_text(code: str, weight: str) -> None:
    known = frozenset().union(*(covered(family, weight) for family in SCREEN)) | INVISIBLE
    boxes = {char: said for said in texts(code) for char in said if char not in known}
    assert boxes == {}


@pytest.mark.parametrize("code", ["nl", *MADE_UP, *shipped()])
def test_the_paper_has_a_letter_for_every_character_of_every_text(code: str) -> None:
    fonts.load_fonts(FONTS)
    boxes = []
    for said in texts(code):
        try:
            fonts.check_coverage(said)
        except FontMissing as missing:
            boxes.append((missing.params["codepoint"], said))
    assert boxes == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_names_of_languages_and_their_dates_and_numbers_have_their_letters(code: str) -> None:
    fonts.load_fonts(FONTS)
    known = frozenset().union(*(covered(family, "Regular") for family in SCREEN)) | INVISIBLE
    for said in (LANGUAGES[code].name, *moments(code)):
        fonts.check_coverage(said)
        assert {char for char in said if char not in known} == set(), said


@pytest.mark.parametrize("weight", WEIGHTS)
@pytest.mark.parametrize("code", shipped())
def test_the_letters_of_a_script_come_from_one_font(code: str, weight: str) -> None:
    own = SCRIPTS[LANGUAGES[code].script]
    letters = {char for said in texts(code) for char in said if char.isalpha() and own in _name(char)}
    assert letters
    assert any(letters <= covered(family, weight) for family in SCREEN)


def _name(char: str) -> str:
    return unicodedata.name(char, "")


def test_a_character_that_no_font_has_is_a_box() -> None:
    fonts.load_fonts(FONTS)
    assert "\u05d0" not in frozenset().union(*(covered(family, "Regular") for family in SCREEN))
    with pytest.raises(FontMissing):
        fonts.check_coverage("\u05d0")
