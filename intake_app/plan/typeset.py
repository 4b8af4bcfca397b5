"""Setting text of any of our scripts: bidi, fonts, shaping, line breaks and drawing, measured before drawn."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from reportlab.pdfgen.canvas import Canvas

from intake_app.plan import glyphs
from intake_app.plan.bidi import embedding_levels, visual_order
from intake_app.plan.fonts import CONTROLS, FontRun, font_runs, leading
from intake_app.plan.printable import printable

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

    def first_line(self) -> TextBlock:
        """The same with its first line alone."""
        return replace(self, text=self.lines[0].text, lines=self.lines[:1])


def set_text(text: str, style: Style, width: float, *, rtl: bool, at_right: bool | None = None) -> TextBlock:
    """Break and shape a text for a column of `width` points; `rtl` is its base direction.

    `at_right` aligns it with the right edge of its column; without it the direction decides.
    Line feeds end a line. A word wider than the column is broken, never clipped.
    """
    return _set(text, style, width, rtl, rtl if at_right is None else at_right)


def forget_texts() -> None:
    """Empty everything that was kept to be fast: it holds words of people."""
    for kept in (_set, _prepare, _shaped, printable):
        kept.cache_clear()


@lru_cache(maxsize=2048)
def _set(text: str, style: Style, width: float, rtl: bool, at_right: bool) -> TextBlock:
    text = printable(text)
    lines: list[Line] = []
    for paragraph in text.split("\n"):
        lines += _paragraph(paragraph, style, width, rtl=rtl)
    return TextBlock(text, style, rtl, width, at_right, tuple(lines), style.size * leading(text))


def draw_text(canvas: Canvas, block: TextBlock, x: float, top: float, *, centred: bool = False) -> None:
    """Draw a block in the column that begins at `x`, with its upper edge at `top` (points)."""
    canvas.setFillGray(block.style.grey)
    extra = block.line_height - block.style.size
    baseline = top - extra / 2 - block.style.size * _ASCENT
    for line in block.lines:
        left = x + (block.width - line.width if block.at_right else 0.0)
        if centred:
            left = x + (block.width - line.width) / 2
        glyphs.draw(canvas, left, baseline, line.runs, block.style.size)
        baseline -= block.line_height


def text_width(text: str, style: Style, *, rtl: bool) -> float:
    """The width of a text on one line, in points."""
    return sum(line.width for line in _paragraph(printable(text), style, float("inf"), rtl=rtl))


@dataclass(frozen=True)
class _Prepared:
    """A paragraph before its size is known: what is drawn of it, its font runs, and where a line may end.

    `ends`, `solid` and `full` go together: the end of each piece, its advance without and with the space after it,
    in 1/1000 of the size.
    """

    text: str
    runs: tuple[FontRun, ...]
    ends: tuple[int, ...]
    solid: tuple[float, ...]
    full: tuple[float, ...]

    def between(self, start: int, end: int) -> Iterator[FontRun]:
        """The runs of a part of the text."""
        first = bisect_right(self.runs, start, key=lambda run: run.end)
        for run in self.runs[first:]:
            if run.start >= end or start >= end:
                return
            yield FontRun(max(run.start, start), min(run.end, end), run.level, run.font)


def _paragraph(text: str, style: Style, width: float, *, rtl: bool) -> list[Line]:
    prepared = _prepare(text, 1 if rtl else 0, style.bold)
    return [_line(prepared, start, end, style.size) for start, end in _breaks(prepared, width * 1000 / style.size)]


@lru_cache(maxsize=2048)
def _prepare(text: str, base: int, bold: bool) -> _Prepared:
    # a phone number or short date keeps together
    text = _UNIT.sub("\u00a0", text)
    text = _NUMBER.sub(lambda match: match[0].replace(" ", "\u00a0"), text)
    levels = embedding_levels(text, base)
    kept = [index for index, char in enumerate(text) if char not in CONTROLS]
    plain = "".join(text[index] for index in kept)
    # rule L1 asks nothing more: lines end without their space, and there are no separators left
    prepared = _Prepared(plain, tuple(font_runs(plain, [levels[index] for index in kept], bold=bold)), (), (), ())
    ends = tuple(dict.fromkeys([*(match.end() for match in _BREAK.finditer(plain)), len(plain)]))
    starts = (0, *ends[:-1])
    solids = tuple(start + len(plain[start:end].rstrip()) for start, end in zip(starts, ends, strict=True))
    solid = tuple(_advance(prepared, start, end) for start, end in zip(starts, solids, strict=True))
    space = tuple(_advance(prepared, end, whole) for end, whole in zip(solids, ends, strict=True))
    return replace(prepared, ends=ends, solid=solid, full=tuple(map(sum, zip(solid, space, strict=True))))


def _breaks(prepared: _Prepared, limit: float) -> list[tuple[int, int]]:
    """Greedy breaking after spaces, and hyphens between letters: (start, end) of every line without its last space.

    `limit` is in 1/1000 of the size. A piece that is wider than a line ends a line after any letter.
    """
    lines: list[tuple[int, int]] = []
    start = end = 0
    used = 0.0
    for stop, solid, full in zip(prepared.ends, prepared.solid, prepared.full, strict=True):
        if solid > limit:
            for index, wide in _letters(prepared, end, stop):
                if used + wide > limit and index > start:
                    lines.append((start, index))
                    start, used = index, 0.0
                used += wide
        else:
            if used + solid > limit and end > start:
                lines.append((start, end))
                start, used = end, 0.0
            used += full
        end = stop
    lines.append((start, end))
    return [(first, first + len(prepared.text[first:last].rstrip())) for first, last in lines]


def _letters(prepared: _Prepared, start: int, end: int) -> Iterator[tuple[int, float]]:
    """Where letters with their marks begin, and the advance of each."""
    for run in prepared.between(start, end):
        text = prepared.text[run.start : run.end]
        wide: dict[int, float] = {}
        for place in _shaped(text, run.font, run.level & 1).places:
            wide[place.cluster] = wide.get(place.cluster, 0.0) + place.x_advance
        for cluster in sorted(wide):
            yield run.start + cluster, wide[cluster]


def _advance(prepared: _Prepared, start: int, end: int) -> float:
    return sum(
        _shaped(prepared.text[run.start : run.end], run.font, run.level & 1).advance
        for run in prepared.between(start, end)
    )


def _line(prepared: _Prepared, start: int, end: int, size: float) -> Line:
    runs = list(prepared.between(start, end))
    shaped = [_shaped(prepared.text[run.start : run.end], run.font, run.level & 1) for run in runs]
    ordered = tuple(shaped[i] for i in visual_order([run.level for run in runs]))
    return Line(prepared.text[start:end], ordered, sum(run.advance for run in ordered) * size / 1000)


@lru_cache(maxsize=8192)
def _shaped(text: str, font: str, rtl: int) -> glyphs.Glyphs:
    return glyphs.shape(text, font, rtl=bool(rtl))
