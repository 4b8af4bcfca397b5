"""The one place that touches ReportLab's private parts: fonts, HarfBuzz glyphs, their drawing and their text.

ReportLab sets no Arabic by itself: it has no font fallback, no bidi and writes presentation forms as the text of a
glyph. It is pinned; `tests/plan/test_glyphs.py` fails when a call used here changes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import Any

import uharfbuzz as hb
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfgen.canvas import Canvas

_UNITS = 1000
_STILL = 0.5
"""Moves below this, in 1/1000 of the size, cannot be seen."""
_FEATURES = {"kern": True, "liga": True}

_sources: dict[str, dict[int, str]] = {}
_hb_fonts: dict[str, hb.Font] = {}
_codes: dict[str, dict[int, int]] = {}
"""Font to glyph number to the character by which ReportLab knows it."""
_lock = Lock()


@dataclass(frozen=True)
class Glyphs:
    """One shaped run in visual order: ReportLab's own string of glyph codes and its width in 1/1000 of the size."""

    font: str
    shaped: Any
    advance: float
    ids: tuple[int, ...] = ()
    """The numbers of the glyphs in the font; 0 would be a missing one."""
    moves: Mapping[int, float] = field(default_factory=dict)
    """How far to go to the left before a glyph, or after the last one, in 1/1000; glyphs without are absent."""
    rises: Mapping[int, float] = field(default_factory=dict)
    """How high a glyph stands above the baseline, in 1/1000; glyphs on it are absent."""

    @property
    def places(self) -> Sequence[Any]:
        """Per glyph: `cluster` (index of its first character) and `x_advance` in 1/1000 of the size."""
        return self.shaped.__shapeData__  # type: ignore[no-any-return]  # ReportLab's own list


def _font(name: str) -> Any:
    return pdfmetrics.getFont(name)


def register(name: str, path: Path) -> None:
    """Make a TrueType file known under `name`; a name that is known already stays as it is."""
    with _lock:
        if name in _hb_fonts:
            return
        font = ttfonts.TTFont(name, str(path))
        pdfmetrics.registerFont(font)
        _sources.setdefault(_face_name(font), {})
        _codes[name] = {}
        _hb_fonts[name] = font.hbFont(_UNITS)


def covers(name: str, codepoint: int) -> bool:
    """Whether the font has a glyph for this character."""
    # the table of a font ends with U+FFFF, which stands for no glyph (OpenType, cmap format 4)
    return bool(_font(name).face.charToGlyph.get(codepoint))


def shape(text: str, name: str, *, rtl: bool) -> Glyphs:
    """Shape one run of one font and one direction. HarfBuzz mirrors brackets in right-to-left runs."""
    font = _font(name)
    buffer = hb.Buffer()
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(text)
    buffer.guess_segment_properties()
    # guessing takes the direction from the script, and would turn Persian digits around
    buffer.direction = "rtl" if rtl else "ltr"
    with _lock:
        hb.shape(_hb_fonts[name], buffer, _FEATURES)
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        clusters = _cluster_texts(text, [info.cluster for info in infos])
        scale, codes, data = font.pdfScale, "", []
        known, sources = _codes[name], _sources[_face_name(font)]
        for info, place, source in zip(infos, positions, clusters, strict=True):
            glyph = info.codepoint
            if glyph not in known:
                known[glyph] = _code(name, glyph, place.x_advance)
            code = known[glyph]
            sources.setdefault(code, source)
            codes += chr(code)
            x, y = place.x_offset, place.y_offset
            advance, up = scale(place.x_advance), place.y_advance
            offsets = (scale(up) if up else 0, scale(x) if x else 0, scale(y) if y else 0)
            data.append(ttfonts.ShapeData(info.cluster, advance, *offsets, font.face.charWidths[code]))
    shaped_string: Any = ttfonts.ShapedStr
    moves, rises = _placing(data)
    return Glyphs(
        name,
        shaped_string(codes, shapeData=data),
        sum(item.x_advance for item in data),
        tuple(info.codepoint for info in infos),
        moves,
        rises,
    )


def _placing(data: Sequence[Any]) -> tuple[dict[int, float], dict[int, float]]:
    """Moves and rises: PDF goes on by a glyph's own width, HarfBuzz by its advance, from its offset."""
    moves: dict[int, float] = {}
    rises: dict[int, float] = {}
    carried = 0.0
    for index, item in enumerate(data):
        moves[index] = carried - item.x_offset
        carried = item.width - item.x_advance + item.x_offset
        if item.y_offset:
            rises[index] = item.y_offset
    moves[len(data)] = carried
    return {index: move for index, move in moves.items() if abs(move) > _STILL}, rises


def draw(canvas: Canvas, x: float, baseline: float, runs: Iterable[Glyphs], size: float) -> None:
    """Draw shaped runs one after another, the first with its left end at `x` (points)."""
    document: Any = getattr(canvas, "_doc")  # noqa: B009 - private: the fonts' subsets belong to the document
    code = [f"BT 1 0 0 1 {x:.3f} {baseline:.3f} Tm"]
    for run in runs:
        font = _font(run.font)
        place, rise = 0, 0.0
        for subset, data in font.splitString(str(run.shaped), document):
            code.append(f"{font.getSubsetInternalName(subset, document)} {size:g} Tf")
            end = place + len(data)
            for first, last, higher in _levels(run.rises, place, end):
                if higher != rise:
                    rise = higher
                    code.append(f"{rise * size / _UNITS:.3f} Ts")
                code.append(_shown(data[first - place : last - place].hex(), run.moves, first, last))
            place = end
        if rise:
            code.append("0 Ts")
    code.append("ET")
    canvas.addLiteral(" ".join(code))


def _levels(rises: Mapping[int, float], start: int, end: int) -> Iterator[tuple[int, int, float]]:
    """Stretches of glyphs at one height above the baseline: start, end and height."""
    if not rises:
        yield start, end, 0.0
        return
    first = start
    for index in range(start + 1, end + 1):
        if index == end or rises.get(index, 0.0) != rises.get(first, 0.0):
            yield first, index, rises.get(first, 0.0)
            first = index


def _shown(data: str, moves: Mapping[int, float], start: int, end: int) -> str:
    """Glyphs `start` to `end` as hexadecimal codes, with the moves to the left before each (ISO 32000-1, 9.4.3)."""
    parts: list[str] = []
    last = start
    for index in range(start, end + 1) if moves else ():
        move = moves.get(index, 0.0) if index < end or end not in moves else 0.0
        if move:
            parts.append(f"<{data[2 * (last - start) : 2 * (index - start)]}>{move:.5g}")
            last = index
    parts.append(f"<{data[2 * (last - start) :]}>")
    return f"[{''.join(parts).replace('<>', '')}]TJ"


def _code(name: str, glyph: int, advance: int) -> int:
    """The character by which ReportLab knows this glyph; glyphs without one get a private-use code."""
    font = _font(name)
    known = font.face.glyphToChar.get(glyph)
    if known:
        return int(known[0])
    label = _hb_fonts[name].glyph_to_string(glyph)
    return int(font.hbAddPrivate(label, glyph, font.pdfScale(advance)))


def _face_name(font: Any) -> str:
    name = font.face.name
    return str(name.decode("latin-1") if isinstance(name, bytes) else name)


def _cluster_texts(text: str, clusters: list[int]) -> list[str]:
    """The source characters of every glyph: the first glyph of a cluster has them all, the others none."""
    starts = [*sorted(set(clusters)), len(text)]
    ends = dict(pairwise(starts))
    seen: set[int] = set()
    sources = []
    for cluster in clusters:
        sources.append("" if cluster in seen else text[cluster : ends[cluster]])
        seen.add(cluster)
    return sources


def _text_of(face: str, code: int) -> str:
    """What a reader gets for a glyph code: the letters as typed, one letter for a presentation form.

    A ligature keeps its presentation form where Unicode has one: readers turn right-to-left text around glyph by
    glyph, and NFKC gives its letters in the right order afterwards.
    """
    plain = unicodedata.normalize("NFKC", chr(code))
    if not 0xE000 <= code <= 0xF8FF:
        return plain if len(plain) == 1 else chr(code)
    return _sources[face].get(code) or "\u200b"


def _to_unicode(font_name: str, subset: list[int]) -> str:
    """ReportLab's ToUnicode table with the letters of `_text_of` (PDF 32000-1, 9.10.3)."""
    table = str(_original_to_unicode(font_name, subset))
    face = font_name.partition("+")[2]
    if face not in _sources:
        return table
    for place, code in enumerate(subset):
        letters = _text_of(face, code).encode("utf-16-be").hex().upper()
        table = table.replace(f"\n<{place:02X}> <{code:04X}>", f"\n<{place:02X}> <{letters}>", 1)
    return table


# text of letters only: half as large again, and slow to make
rl_config.useA85 = 0
_original_to_unicode = ttfonts.makeToUnicodeCMap
setattr(ttfonts, "makeToUnicodeCMap", _to_unicode)  # noqa: B010 - the stubs name other parameters
