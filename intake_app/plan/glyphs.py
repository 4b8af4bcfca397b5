"""The one place that touches ReportLab's private parts: fonts, HarfBuzz glyphs, their drawing and their text.

ReportLab sets no Arabic by itself: it has no font fallback, no bidi and writes presentation forms as the text of a
glyph. It is pinned; `tests/plan/test_glyphs.py` fails when a call used here changes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import Any

import uharfbuzz as hb
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfgen.canvas import Canvas

_UNITS = 1000
_FEATURES = {"kern": True, "liga": True}

_sources: dict[str, dict[int, str]] = {}
_hb_fonts: dict[str, hb.Font] = {}
_lock = Lock()


@dataclass(frozen=True)
class Glyphs:
    """One shaped run in visual order: ReportLab's own string of glyph codes and its width in 1/1000 of the size."""

    font: str
    shaped: Any
    advance: float
    ids: tuple[int, ...] = ()
    """The numbers of the glyphs in the font; 0 would be a missing one."""

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
        _hb_fonts[name] = font.hbFont(_UNITS)


def covers(name: str, codepoint: int) -> bool:
    """Whether the font has a glyph for this character."""
    return codepoint in _font(name).face.charToGlyph


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
        for info, place, source in zip(infos, positions, clusters, strict=True):
            code = _code(name, info.codepoint, place.x_advance)
            _remember(font, code, source)
            codes += chr(code)
            data.append(
                ttfonts.ShapeData(
                    info.cluster,
                    scale(place.x_advance),
                    scale(place.y_advance),
                    scale(place.x_offset),
                    scale(place.y_offset),
                    font.face.charWidths[code],
                )
            )
    shaped_string: Any = ttfonts.ShapedStr
    return Glyphs(
        name,
        shaped_string(codes, shapeData=data),
        sum(item.x_advance for item in data),
        tuple(info.codepoint for info in infos),
    )


def draw(canvas: Canvas, x: float, baseline: float, glyphs: Glyphs, size: float) -> None:
    """Draw a shaped run with its left end at `x` (points)."""
    text: Any = canvas.beginText(x, baseline)
    text.setFont(glyphs.font, size)
    text._textOut(glyphs.shaped)
    canvas.drawText(text)


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


def _remember(font: Any, code: int, source: str) -> None:
    _sources[_face_name(font)].setdefault(code, source)


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


_original_to_unicode = ttfonts.makeToUnicodeCMap
setattr(ttfonts, "makeToUnicodeCMap", _to_unicode)  # noqa: B010 - the stubs name other parameters
