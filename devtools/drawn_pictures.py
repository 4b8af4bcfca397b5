"""Pictures drawn from a few numbers or letters: clocks, days of a week, how much, places, letters.

In `index.csv` they are named `made:KIND:VALUE`; the kinds stand in `KINDS`. All are 72 by 72, in the line of OpenMoji:
strokes of two, round ends, its colours. On paper the fillings fall away.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable
from dataclasses import dataclass

import uharfbuzz
from fontTools.pens.boundsPen import ControlBoundsPen
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from devtools.shell import REPOSITORY

BLUE, RED, GREEN, GREY = "#92D3F5", "#EA5A47", "#B1CC33", "#D0CFCE"
FONTS = REPOSITORY / "resources" / "fonts"
PLACES = REPOSITORY / "resources" / "catalogue" / "places.csv"
DAYS = 5
STEPS = 4


@dataclass(frozen=True)
class Pen:
    """Shapes for the screen, or for paper, where a filling is white or, for what is said to be there, black."""

    colour: bool

    def shape(self, tag: str, fill: str = "none", **where: object) -> str:
        """One shape with a black line around it."""
        paint = fill if self.colour or fill == "none" else "#fff"
        return self._element(tag, fill=paint, stroke="#000000", **LINE, **where)

    def filled(self, tag: str, fill: str, **where: object) -> str:
        """One shape without a line: what counts in the picture, so black on paper."""
        return self._element(tag, fill=fill if self.colour else "#000000", **where)

    @staticmethod
    def _element(tag: str, **attributes: object) -> str:
        written = (f'{key}="{value}"' for key, value in attributes.items())
        return f"<{tag} {' '.join(written)}/>"


LINE = {"stroke-width": 2, "stroke-linecap": "round", "stroke-linejoin": "round"}


def drawing(code: str, *, colour: bool) -> str:
    """The SVG of `made:KIND:VALUE`. Raises KeyError for a kind that is not there."""
    _, kind, value = code.split(":", 2)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72">{KINDS[kind](Pen(colour), value)}</svg>'


def clock(pen: Pen, minutes: str) -> str:
    """A clock with so many minutes of its hour filled."""
    part = int(minutes) / 60
    whole = pen.shape("circle", cx=36, cy=36, r=27)
    if part == 1:
        pie = pen.filled("circle", BLUE, cx=36, cy=36, r=23)
    else:
        x, y = 36 + 23 * math.sin(2 * math.pi * part), 36 - 23 * math.cos(2 * math.pi * part)
        pie = pen.filled("path", BLUE, d=f"M36 36V13A23 23 0 {int(part > 0.5)} 1 {x:.2f} {y:.2f}Z")
    ticks = "".join(pen.shape("path", d=d) for d in ("M36 9v5", "M63 36h-5", "M36 63v-5", "M9 36h5"))
    return pie + whole + ticks


def week(pen: Pen, days: str) -> str:
    """A week of five days, so many of them (and parts of them) filled."""
    top = pen.shape("path", RED, d="M6 16h60v10H6z") + pen.shape("path", d="M18 11v8M54 11v8")
    cells = []
    for day in range(DAYS):
        part, x = min(1.0, max(0.0, float(days) - day)), 6 + 12 * day
        height = 32 * part
        if part:
            cells.append(pen.filled("rect", BLUE, x=x, y=f"{58 - height:g}", width=12, height=f"{height:g}"))
        cells.append(pen.shape("rect", x=x, y=26, width=12, height=32))
    return top + "".join(cells)


def amount(pen: Pen, filled: str) -> str:
    """Four bars that grow, so many of them filled."""
    bars = []
    for bar in range(STEPS):
        x, y, height = 10 + 14 * bar, 46 - 12 * bar, 16 + 12 * bar
        if bar < int(filled):
            bars.append(pen.filled("rect", BLUE, x=x, y=y, width=10, height=height))
        bars.append(pen.shape("rect", x=x, y=y, width=10, height=height))
    return "".join(bars)


def place(pen: Pen, municipality: str) -> str:
    """A map of the region by the places of the catalogue, with a pin on one municipality, or none for elsewhere."""
    with PLACES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    spots = {row["municipality"]: (float(row["longitude"]), float(row["latitude"])) for row in reversed(rows)}
    west, east = min(x for x, _ in spots.values()), max(x for x, _ in spots.values())
    south, north = min(y for _, y in spots.values()), max(y for _, y in spots.values())
    dots, pin = [pen.shape("rect", GREEN, x=6, y=26, width=60, height=42, rx=4)], ""
    for name, (longitude, latitude) in sorted(spots.items()):
        x, y = 14 + 44 * (longitude - west) / (east - west), 62 - 20 * (latitude - south) / (north - south)
        if name == municipality:
            d = f"M{x:.1f} {y:.1f}c-8-11-11-14-11-20a11 11 0 0 1 22 0c0 6-3 9-11 20z"
            pin = pen.shape("path", RED, d=d) + pen.filled("circle", "#FFFFFF", cx=f"{x:.1f}", cy=f"{y - 20:.1f}", r=4)
        else:
            dots.append(pen.filled("circle", "#000000", cx=f"{x:.1f}", cy=f"{y:.1f}", r=2))
    return "".join(dots) + pin


def letters(pen: Pen, text: str) -> str:
    """A few letters or digits as large as the square allows."""
    return pen.filled("path", "#000000", d=_outline(text, (6, 12, 66, 60)))


def spoken(pen: Pen, text: str) -> str:
    """Letters of a language in a bubble of speech."""
    edge = "M10 10h52a4 4 0 0 1 4 4v34a4 4 0 0 1-4 4H34L22 64V52H10a4 4 0 0 1-4-4V14a4 4 0 0 1 4-4z"
    return pen.shape("path", BLUE, d=edge) + pen.filled("path", "#000000", d=_outline(text, (14, 15, 58, 47)))


def _outline(text: str, box: tuple[float, float, float, float]) -> str:
    """The outline of a text in a font that has its letters, shaped as its script asks, to fit a box in its middle."""
    for name in ("NotoSans-Bold.ttf", "NotoSansArabic-Bold.ttf", "NotoSansEthiopic-Bold.ttf"):
        font = TTFont(FONTS / name)
        if all(ord(letter) in font.getBestCmap() for letter in text):
            break
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(uharfbuzz.Font(uharfbuzz.Face((FONTS / name).read_bytes())), buffer)
    glyphs, placed, x = font.getGlyphSet(), [], 0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        placed.append((font.getGlyphName(info.codepoint), x + position.x_offset, position.y_offset))
        x += position.x_advance
    bounds = ControlBoundsPen(glyphs)
    for glyph, dx, dy in placed:
        glyphs[glyph].draw(TransformPen(bounds, (1, 0, 0, 1, dx, dy)))
    left, bottom, right, top = bounds.bounds
    scale = min((box[2] - box[0]) / (right - left), (box[3] - box[1]) / (top - bottom))
    across, down = (box[0] + box[2] - scale * (left + right)) / 2, (box[1] + box[3] + scale * (top + bottom)) / 2
    path = SVGPathPen(glyphs, ntos=lambda number: f"{number:.2f}")
    for glyph, dx, dy in placed:
        glyphs[glyph].draw(TransformPen(path, (scale, 0, 0, -scale, across + scale * dx, down - scale * dy)))
    return str(path.getCommands())


KINDS: dict[str, Callable[[Pen, str], str]] = {
    "clock": clock,
    "week": week,
    "amount": amount,
    "place": place,
    "letters": letters,
    "spoken": spoken,
}
