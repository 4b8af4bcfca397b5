"""Setting text of any of our scripts: bidi, fonts, shaping, line breaks and drawing, measured before drawn."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import overload

from reportlab.pdfgen.canvas import Canvas

from intake_app.i18n.hyphenation import forget_words, places
from intake_app.plan import glyphs
from intake_app.plan.bidi import embedding_levels, visual_order
from intake_app.plan.fonts import CONTROLS, FontRun, font_runs, leading
from intake_app.plan.printable import printable

HYPHEN = "\u2010"
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
    """One line: its text as it is read, shaped runs from left to right, and its width in points.

    `hyphen` is the sign at the end of a line that divides a word; it is drawn, but no part of the text.
    """

    text: str
    runs: tuple[glyphs.Glyphs, ...]
    width: float
    hyphen: glyphs.Glyphs | None = None


class _Lines(Sequence[Line]):
    """Lines that are set when somebody asks for them: to measure a text their number is enough."""

    def __init__(self, size: float) -> None:
        self._size = size
        self._parts: list[tuple[_Prepared, int, int, glyphs.Glyphs | None]] = []
        self._made: tuple[Line, ...] | None = None

    def add(self, prepared: _Prepared, start: int, end: int, hyphen: glyphs.Glyphs | None) -> None:
        self._parts.append((prepared, start, end, hyphen))

    def _all(self) -> tuple[Line, ...]:
        if self._made is None:
            self._made = tuple(_line(part, start, end, self._size, sign) for part, start, end, sign in self._parts)
        return self._made

    @overload
    def __getitem__(self, index: int) -> Line: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Line, ...]: ...

    def __getitem__(self, index: int | slice) -> Line | tuple[Line, ...]:
        return self._all()[index]

    def __iter__(self) -> Iterator[Line]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._parts)


@dataclass(frozen=True)
class TextBlock:
    """Set text that knows its size: `width` is what it was given, `height` what it takes (points)."""

    text: str
    style: Style
    rtl: bool
    width: float
    at_right: bool
    lines: Sequence[Line]
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


def set_text(
    text: str, style: Style, width: float, *, rtl: bool, at_right: bool | None = None, language: str = ""
) -> TextBlock:
    """Break and shape a text for a column of `width` points; `rtl` is its base direction.

    `at_right` aligns it with the right edge of its column; without it the direction decides.
    Line feeds end a line. A word wider than the column is divided as its `language` does, with a hyphen, else after
    any letter; it is never clipped.
    """
    return _set(text, style, width, rtl, rtl if at_right is None else at_right, language)


def forget_texts() -> None:
    """Empty everything that was kept to be fast: it holds words of people."""
    for kept in (_set, _prepare, _shaped, printable):
        kept.cache_clear()
    forget_words()


@lru_cache(maxsize=2048)
def _set(text: str, style: Style, width: float, rtl: bool, at_right: bool, language: str) -> TextBlock:
    text = printable(text)
    lines = _Lines(style.size)
    for paragraph in text.split("\n"):
        _paragraph(lines, paragraph, style, width, rtl=rtl, language=language)
    return TextBlock(text, style, rtl, width, at_right, lines, style.size * leading(text))


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
        if line.hyphen is not None:
            end = left + line.width - line.hyphen.advance * block.style.size / 1000
            # whoever copies or hears the text gets the word whole (ISO 32000-1, 14.9.4)
            canvas.addLiteral("/Span <</ActualText <FEFF00AD>>> BDC")
            glyphs.draw(canvas, end, baseline, (line.hyphen,), block.style.size)
            canvas.addLiteral("EMC")
        baseline -= block.line_height


def text_width(text: str, style: Style, *, rtl: bool) -> float:
    """The width of a text on one line, in points."""
    lines = _Lines(style.size)
    _paragraph(lines, printable(text), style, float("inf"), rtl=rtl)
    return sum(line.width for line in lines)


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


def _paragraph(lines: _Lines, text: str, style: Style, width: float, *, rtl: bool, language: str = "") -> None:
    prepared = _prepare(text, 1 if rtl else 0, style.bold)
    # from right to left the end of a line is not where its last word ends
    sign = None if rtl or not language else _shaped(HYPHEN, "NotoSans-Bold" if style.bold else "NotoSans-Regular", 0)
    for start, end, divided in _breaks(prepared, width * 1000 / style.size, _Divider(language, sign)):
        lines.add(prepared, start, end, sign if divided else None)


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


@dataclass(frozen=True)
class _Divider:
    """Where words of a language may be divided, and the sign for it; without a sign nowhere."""

    language: str
    sign: glyphs.Glyphs | None

    def places(self, text: str, start: int) -> frozenset[int]:
        """The places in a piece of text that begins at `start`."""
        if self.sign is None:
            return frozenset()
        return frozenset(start + place for place in places(text, self.language))


def _breaks(prepared: _Prepared, limit: float, divider: _Divider) -> list[tuple[int, int, bool]]:
    """Greedy breaking after spaces, and hyphens between letters: (start, end without the last space, divided).

    `limit` is in 1/1000 of the size. A piece that is wider than a line is divided, if it must be after any letter.
    """
    lines: list[tuple[int, int, bool]] = []
    start = end = 0
    used = 0.0
    for stop, solid, full in zip(prepared.ends, prepared.solid, prepared.full, strict=True):
        if solid > limit:
            parts, used = _divided(prepared, (start, end, stop), used, limit, divider)
            lines += parts[:-1]
            start = parts[-1][0]
        else:
            if used + solid > limit and end > start:
                lines.append((start, end, False))
                start, used = end, 0.0
            used += full
        end = stop
    lines.append((start, end, False))
    return [(first, first + len(prepared.text[first:last].rstrip()), cut) for first, last, cut in lines]


def _divided(
    prepared: _Prepared, piece: tuple[int, int, int], used: float, limit: float, divider: _Divider
) -> tuple[list[tuple[int, int, bool]], float]:
    """A piece that is wider than a line, from `start` of the line on which it begins: lines, and the last one's width.

    A word that cannot be divided in the room that a line has left begins on the next one.
    """
    start, begin, stop = piece
    may = divider.places(prepared.text[begin:stop], begin)
    sign = divider.sign.advance if divider.sign else 0.0
    lines: list[tuple[int, int, bool]] = []
    # the last place at which the line may end with a hyphen, and how much of the line lies before it
    place, at = 0, 0.0
    for index, wide in _letters(prepared, begin, stop):
        if index in may and used + sign <= limit:
            place, at = index, used
        if used + wide > limit and index > start:
            if place > start:
                cut, divided, left = place, True, used - at
            elif may and begin > start:
                cut, divided, left = begin, False, used - _advance(prepared, start, begin)
            else:
                cut, divided, left = index, False, 0.0
            lines.append((start, cut, divided))
            start, used = cut, left
        used += wide
    lines.append((start, stop, False))
    return lines, used


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


def _line(prepared: _Prepared, start: int, end: int, size: float, hyphen: glyphs.Glyphs | None) -> Line:
    runs = list(prepared.between(start, end))
    shaped = [_shaped(prepared.text[run.start : run.end], run.font, run.level & 1) for run in runs]
    ordered = tuple(shaped[i] for i in visual_order([run.level for run in runs]))
    wide = sum(run.advance for run in (*ordered, *([hyphen] if hyphen else [])))
    return Line(prepared.text[start:end], ordered, wide * size / 1000, hyphen)


@lru_cache(maxsize=8192)
def _shaped(text: str, font: str, rtl: int) -> glyphs.Glyphs:
    return glyphs.shape(text, font, rtl=bool(rtl))
