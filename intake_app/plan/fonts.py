"""The fonts of the plan: which font sets which character, and which characters none can set."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from intake_app.errors import FileMissing, FontMissing
from intake_app.plan import glyphs

FAMILIES = ("NotoSans", "NotoSansArabic", "NotoSansEthiopic")
"""In the order in which they are asked for a character."""

WEIGHTS = ("Regular", "Bold")

CONTROLS = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad")
"""Characters that steer the setting and are never drawn."""
_JOINERS = frozenset("\u200c\u200d")
_LEADING = {"NotoSans": 1.28, "NotoSansArabic": 1.42, "NotoSansEthiopic": 1.45}


@dataclass(frozen=True)
class FontRun:
    """Characters `start` to `end` of a text that one font sets in one direction."""

    start: int
    end: int
    level: int
    font: str


@cache
def load_fonts(folder: Path) -> None:
    """Make the plan's fonts known to the printer. Raises FileMissing."""
    for family in FAMILIES:
        for weight in WEIGHTS:
            path = folder / f"{family}-{weight}.ttf"
            if not path.is_file():
                raise FileMissing(path=path.name)
            glyphs.register(f"{family}-{weight}", path)


def font_runs(text: str, levels: list[int], *, bold: bool) -> list[FontRun]:
    """Split a text by level and by the font that covers each character. Raises FontMissing.

    A space, digit or bracket stays with the letters before it where their font has it.
    """
    weight = "Bold" if bold else "Regular"
    runs: list[FontRun] = []
    family = ""
    start, begun = 0, ("", -1)
    for index, char in enumerate(text):
        family = _family(char, family, weight)
        here = (family, levels[index])
        if here != begun:
            if index:
                runs.append(FontRun(start, index, begun[1], f"{begun[0]}-{weight}"))
            start, begun = index, here
    if text:
        runs.append(FontRun(start, len(text), begun[1], f"{begun[0]}-{weight}"))
    return runs


@cache
def can_set(char: str) -> bool:
    """Whether the plan has a glyph for this character in both weights."""
    return any(all(_covers(f"{family}-{weight}", ord(char)) for weight in WEIGHTS) for family in FAMILIES)


def check_coverage(text: str) -> None:
    """Raise FontMissing for the first character that no font of the plan can set."""
    family = ""
    for char in text:
        if char not in CONTROLS and char != "\n":
            family = _family(char, family, "Regular")


def leading(text: str) -> float:
    """Line height in multiples of the size: the tallest that a script of this text asks for."""
    return max((_leading(char) for char in set(text)), default=_LEADING["NotoSans"])


@cache
def _leading(char: str) -> float:
    unseen = char in CONTROLS or char in _JOINERS or char == "\n"
    return _LEADING["NotoSans"] if unseen else max(_LEADING["NotoSans"], _LEADING[_family(char, "", "Regular")])


@cache
def _family(char: str, previous: str, weight: str) -> str:
    if char in _JOINERS and previous:
        return previous
    order = (previous, *FAMILIES) if previous and not char.isalpha() else FAMILIES
    for family in order:
        if _covers(f"{family}-{weight}", ord(char)):
            return family
    raise FontMissing(codepoint=f"U+{ord(char):04X}")


@cache
def _covers(font: str, codepoint: int) -> bool:
    return glyphs.covers(font, codepoint)
