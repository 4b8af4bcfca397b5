"""The private parts of ReportLab that we use still do what we use them for."""

from __future__ import annotations

import re
import unicodedata
from io import BytesIO

import pikepdf
import pytest
import reportlab
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfgen.canvas import Canvas

from intake_app.plan import glyphs

pytestmark = pytest.mark.usefixtures("fonts")


def test_reportlab_is_the_version_these_calls_were_read_in() -> None:
    assert reportlab.Version == "5.1.0"


def test_a_shaped_string_carries_one_place_per_glyph() -> None:
    shaped = glyphs.shape("كتاب", "NotoSansArabic-Regular", rtl=True)

    assert isinstance(shaped.shaped, ttfonts.ShapedStr)
    assert len(shaped.shaped.__shapeData__) == len(shaped.shaped)
    assert shaped.advance == pytest.approx(sum(item.x_advance for item in shaped.shaped.__shapeData__))


def test_a_glyph_without_a_character_gets_a_private_code_that_the_font_knows() -> None:
    font = pdfmetrics.getFont("NotoSansArabic-Regular")
    shaped = glyphs.shape("الله محمّد ﷲ لَا", "NotoSansArabic-Regular", rtl=True)

    assert all(ord(code) in font.face.charToGlyph for code in str(shaped.shaped))


def test_arabic_letters_are_joined_and_stand_in_visual_order() -> None:
    alone = glyphs.shape("ب", "NotoSansArabic-Regular", rtl=True)
    joined = glyphs.shape("ببب", "NotoSansArabic-Regular", rtl=True)

    assert len(set(str(joined.shaped))) == 3, "first, middle and last form"
    assert joined.advance < 3 * alone.advance


def test_persian_digits_keep_their_order() -> None:
    shaped = glyphs.shape("۱۲۳", "NotoSansArabic-Regular", rtl=False)

    clusters = [item.cluster for item in shaped.shaped.__shapeData__]
    assert clusters == [0, 1, 2]


def test_brackets_are_mirrored_in_right_to_left_runs() -> None:
    opening = glyphs.shape("(", "NotoSans-Regular", rtl=True)
    closing = glyphs.shape(")", "NotoSans-Regular", rtl=False)

    assert str(opening.shaped) == str(closing.shaped)


@pytest.mark.parametrize("text", ["خطوتي الأولى", "من می‌خواهم گچپژ", "ሰላም ንዓኹም", "Ґанок і їжа", "efficiënt"])
def test_every_glyph_gives_back_its_letters_as_typed(text: str) -> None:
    font = "NotoSansArabic-Regular" if text[0] > "\u0600" and text[0] < "\u0700" else "NotoSans-Regular"
    font = "NotoSansEthiopic-Regular" if text[0] == "ሰ" else font
    words = [word for word in text.replace("\u200c", " ").split(" ") if glyphs.covers(font, ord(word[0]))]

    for word in words:
        raw = _drawn(word, font)
        assert _mapped_letters(raw) >= set(word)


def test_the_wrapped_table_is_the_one_reportlab_calls() -> None:
    assert ttfonts.makeToUnicodeCMap is glyphs._to_unicode
    assert ttfonts.makeToUnicodeCMap("AAAAAA+Unknown", [32]).count("beginbfchar") == 1


def _drawn(text: str, font: str) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    glyphs.draw(canvas, 10, 10, [glyphs.shape(text, font, rtl="\u0600" <= text[0] <= "\u06ff")], 12)
    canvas.save()
    return out.getvalue()


def _mapped_letters(raw: bytes) -> set[str]:
    """Every letter that a ToUnicode table of the PDF can give, after NFKC."""
    letters = ""
    with pikepdf.open(BytesIO(raw)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream) and b"beginbfchar" in (content := item.read_bytes()):
                found = re.findall(rb"^<..> <([0-9A-F]{4,})>$", content, re.MULTILINE)
                letters += "".join(bytes.fromhex(code.decode()).decode("utf-16-be") for code in found)
    return set(unicodedata.normalize("NFKC", letters))
