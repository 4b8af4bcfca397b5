"""Setting text of any of our scripts: bidi, fonts, shaping, line breaks and drawing, measured before drawn."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from reportlab.pdfgen.canvas import Canvas

from intake_app.plan import glyphs
from intake_app.plan.bidi import embedding_levels, line_levels, visual_order
from intake_app.plan.fonts import CONTROLS, font_runs, leading

_ASCENT = 0.78
_BREAK = re.compile(r"[^\S\u00a0\u202f]+|(?<=[^\W\d])[\-/\u2013](?=[^\W\d])")
_UNIT = re.compile(r"(?<=\d) (?=(?:uur|dagen|weken|maanden|jaar)\b)")
_NUMBER = re.compile("\u2066[^\u2066-\u2069]{1,24}\u2069")


@dataclass(frozen=True)
class Style:
    """How text is set: size in points, weight, and grey (0 is black)."""

    size: float
    bold: bool = False
    grey: float = 0.0


@dataclass(frozen=True)
class Line:
    """One line: its text as it is read, shaped runs from left to right, and its width in points."""

    text: str
    runs: tuple[glyphs.Glyphs, ...]
    width: float


@dataclass(frozen=True)
class TextBlock:
    """Set text that knows its size: `width` is what it was given, `height` what it takes (points)."""

    text: str
    style: Style
    rtl: bool
    width: float
    at_right: bool
    lines: tuple[Line, ...]
    line_height: float

    @property
    def height(self) -> float:
        """The height of all lines."""
        return self.line_height * len(self.lines)

    @property
    def widest(self) -> float:
        """The width of the longest line."""
        return max((line.width for line in self.lines), default=0.0)


def set_text(text: str, style: Style, width: float, *, rtl: bool, at_right: bool | None = None) -> TextBlock:
    """Break and shape a text for a column of `width` points; `rtl` is its base direction.

    `at_right` aligns it with the right edge of its column; without it the direction decides.
    Line feeds end a line. A word wider than the column is broken, never clipped. Raises FontMissing.
    """
    lines: list[Line] = []
    for paragraph in text.split("\n"):
        lines += _paragraph(paragraph, style, width, rtl=rtl)
    aligned = rtl if at_right is None else at_right
    return TextBlock(text, style, rtl, width, aligned, tuple(lines), style.size * leading(text))


def draw_text(canvas: Canvas, block: TextBlock, x: float, top: float, *, centred: bool = False) -> None:
    """Draw a block in the column that begins at `x`, with its upper edge at `top` (points)."""
    canvas.setFillGray(block.style.grey)
    extra = block.line_height - block.style.size
    baseline = top - extra / 2 - block.style.size * _ASCENT
    for line in block.lines:
        left = x + (block.width - line.width if block.at_right else 0.0)
        if centred:
            left = x + (block.width - line.width) / 2
        for run in line.runs:
            glyphs.draw(canvas, left, baseline, run, block.style.size)
            left += run.advance * block.style.size / 1000
        baseline -= block.line_height


def text_width(text: str, style: Style, *, rtl: bool) -> float:
    """The width of a text on one line, in points."""
    return sum(line.width for line in _paragraph(text, style, float("inf"), rtl=rtl))


def _paragraph(text: str, style: Style, width: float, *, rtl: bool) -> list[Line]:
    base = 1 if rtl else 0
    # a phone number or short date keeps together
    text = _UNIT.sub("\u00a0", text)
    text = _NUMBER.sub(lambda match: match[0].replace(" ", "\u00a0"), text)
    levels = embedding_levels(text, base)
    kept = [index for index, char in enumerate(text) if char not in CONTROLS]
    plain = "".join(text[index] for index in kept)
    plain_levels = [levels[index] for index in kept]
    return [
        _line(plain[start:end], plain_levels[start:end], style, base)
        for start, end in _breaks(plain, plain_levels, style, width)
    ]


def _breaks(text: str, levels: list[int], style: Style, width: float) -> list[tuple[int, int]]:
    """Greedy breaking after spaces, and hyphens between letters: (start, end) of every line without its last space."""
    lines: list[tuple[int, int]] = []
    start = end = 0
    for piece in _pieces(text, levels, style, width):
        if end > start and _measure(text[start:piece].rstrip(), levels[start:piece], style) > width:
            lines.append((start, end))
            start = end
        end = piece
    lines.append((start, end))
    return [(first, first + len(text[first:last].rstrip())) for first, last in lines]


def _pieces(text: str, levels: list[int], style: Style, width: float) -> list[int]:
    """Where a line may end; inside a word that is wider than the column, after any letter that no mark follows."""
    ends: list[int] = []
    start = 0
    for end in [*(match.end() for match in _BREAK.finditer(text)), len(text)]:
        if _measure(text[start:end].rstrip(), levels[start:end], style) > width:
            ends += [i for i in range(start + 1, end) if not _is_mark(text[i])]
        ends.append(end)
        start = end
    return ends


def _is_mark(char: str) -> bool:
    return char.isspace() or (not char.isalnum() and not char.isprintable()) or "\u0300" <= char <= "\u036f"


def _measure(text: str, levels: list[int], style: Style) -> float:
    advance = 0.0
    for run in font_runs(text, levels[: len(text)], bold=style.bold):
        advance += _shaped(text[run.start : run.end], run.font, run.level & 1).advance
    return advance * style.size / 1000


def _line(text: str, levels: list[int], style: Style, base: int) -> Line:
    runs = font_runs(text, line_levels(text, levels, base), bold=style.bold)
    shaped = [_shaped(text[run.start : run.end], run.font, run.level & 1) for run in runs]
    ordered = tuple(shaped[i] for i in visual_order([run.level for run in runs]))
    return Line(text, ordered, sum(run.advance for run in ordered) * style.size / 1000)


@lru_cache(maxsize=4096)
def _shaped(text: str, font: str, rtl: int) -> glyphs.Glyphs:
    return glyphs.shape(text, font, rtl=bool(rtl))
