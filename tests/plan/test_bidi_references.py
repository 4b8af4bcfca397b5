"""Our order of mixed text beside two independent implementations and Unicode's own list of cases."""

from __future__ import annotations

import random
import unicodedata
from pathlib import Path

import bidi as first_reference
import pytest
from fontTools import unicodedata as font_unicode
from fpdf.bidi import BidiParagraph
from fpdf.enums import TextDirection

from intake_app.plan import glyphs
from intake_app.plan.bidi import base_level, embedding_levels, line_levels, visual_order
from intake_app.plan.fonts import CONTROLS
from intake_app.plan.typeset import Style, set_text

CASES = Path("/usr/share/unicode/BidiCharacterTest.txt")
"""Where Debian's package unicode-data puts it."""
STRINGS = 5000
_WORDS = """
    Anna Groenlo plan kok mbo 2 0544 000 000 10.00 uur € 148,83 3-12-2026 50% a/b e-mail@voorbeeld.nl C++ łóżko
    їжа робота підприємство ґанок خطتي موعدنا العمل واللغة ١٢٣ ٤٥٫٦ ٪ ۱۲۳۴۵ کار زبان می‌خواهم پ چ ک ښځه سَلَامٌ
    ሰላም ኣነ እየ። (x) [y] {z} « » < > " ' . , : ; ! ? ؟ ، ؛ - – / & # + =
""".split()  # noqa: SIM905 - read more easily as a text
_BRACKETS = frozenset("()[]{}")
_JOINS = (" ", " ", " ", "", "(", ")", "[", "]", "، ", ", ", " - ", "/", "\u00a0")
_ISOLATES = (("\u2066", "\u2069"), ("\u2067", "\u2069"), ("\u2068", "\u2069"), ("", ""), ("", ""))
_UNSEEN = CONTROLS | {"\u200c", "\u200d"}


def mixed_strings(count: int, seed: int, *, isolates: bool, brackets: bool) -> list[tuple[str, int]]:
    """Sentences of the kind that stand on a plan, in every mixture, each with a base direction.

    With `brackets` they also stand alone or around words of both directions, else only in pairs around a letter.
    """
    chance = random.Random(seed)
    joins = _JOINS if brackets else [join for join in _JOINS if join not in _BRACKETS]
    found = []
    for _ in range(count):
        text = ""
        for _ in range(chance.randint(1, 9)):
            opening, closing = chance.choice(_ISOLATES) if isolates else ("", "")
            words = [chance.choice(_WORDS) for _ in range(chance.randint(1, 3))]
            if not opening and isolates and not brackets:
                words = [word for word in words if _BRACKETS.isdisjoint(word)]
            text += chance.choice(joins) + opening + " ".join(words) + closing
        found.append((text, chance.randint(0, 1)))
    return found


MIXED = [
    *mixed_strings(STRINGS // 2, 7, isolates=True, brackets=False),
    *mixed_strings(STRINGS // 2, 8, isolates=False, brackets=True),
]
EVERYTHING = mixed_strings(STRINGS, 9, isolates=True, brackets=True)
"""python-bidi pairs no brackets over an isolate (rule N0 on isolating run sequences), so it is no judge of these."""


def drawn(text: str, base: int) -> list[tuple[str, int]]:
    """The characters from left to right with their levels, without those that are never drawn."""
    levels = line_levels(text, embedding_levels(text, base), base)
    return [(text[i], levels[i]) for i in visual_order(levels) if text[i] not in CONTROLS]


def without_controls(text: str) -> str:
    return "".join(char for char in text if char not in CONTROLS)


def test_five_thousand_mixed_texts_stand_as_python_bidi_puts_them() -> None:
    wrong = [
        text
        for text, base in MIXED
        if "".join(char for char, _ in drawn(text, base))
        != without_controls(first_reference.get_display(text, base_dir="LR"[base]))
    ]

    assert wrong == []


@pytest.mark.parametrize("texts", [MIXED, EVERYTHING], ids=["mixed", "brackets around isolates"])
def test_five_thousand_mixed_texts_have_the_levels_that_fpdf2_gives_them(texts: list[tuple[str, int]]) -> None:
    wrong = []
    for text, base in texts:
        direction = TextDirection.RTL if base else TextDirection.LTR
        theirs = BidiParagraph(text, base_direction=direction).reorder_resolved_levels()
        # fpdf2 leaves out joiners
        expected = [(c.character, c.embedding_level) for c in theirs if c.character not in _UNSEEN]
        if [(char, level) for char, level in drawn(text, base) if char not in _UNSEEN] != expected:
            wrong.append(text)

    assert wrong == []


@pytest.mark.usefixtures("fonts")
def test_five_thousand_mixed_texts_lack_no_glyph_and_no_letter() -> None:
    style = Style(11.0)
    for text, base in EVERYTHING:
        block = set_text(text, style, 180.0, rtl=bool(base))

        assert all(0 not in run.ids for line in block.lines for run in line.runs), text
        assert "".join("".join(line.text for line in block.lines).split()) == "".join(without_controls(text).split()), (
            text
        )


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize("family", ["NotoSans", "NotoSansArabic", "NotoSansEthiopic"])
def test_every_mirrored_character_turns_in_text_from_right_to_left(family: str) -> None:
    font = f"{family}-Regular"
    turned = 0
    for point in range(0x20, 0x3100):
        twin = font_unicode.mirrored(point) if unicodedata.mirrored(chr(point)) else None
        if twin is None or not glyphs.covers(font, point) or not glyphs.covers(font, twin):
            continue
        turned += 1
        assert glyphs.shape(chr(point), font, rtl=True).ids == glyphs.shape(chr(twin), font, rtl=False).ids

    assert turned >= ({"NotoSans": 6, "NotoSansArabic": 2}.get(family, 0))


def test_unicodes_own_cases_come_out_as_unicode_says() -> None:
    if not CASES.is_file():
        pytest.skip("needs BidiCharacterTest.txt of Unicode (Debian: unicode-data)")
    checked = 0
    for line in CASES.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        points, asked, level, levels, order = line.split(";")
        text = "".join(chr(int(point, 16)) for point in points.split())
        base = base_level(text) if asked == "2" else int(asked)
        assert base == int(level), line
        ours = line_levels(text, embedding_levels(text, base), base)
        kept = [index for index, told in enumerate(levels.split()) if told != "x"]
        assert [ours[index] for index in kept] == [int(told) for told in levels.split() if told != "x"], line
        assert [kept[i] for i in visual_order([ours[index] for index in kept])] == list(map(int, order.split())), line
        checked += 1

    assert checked > 90_000
