"""Pictograms as drawings: SVG files read into paths, and QR codes; both drawn as vectors in the PDF.

Reads the part of SVG 1.1 that OpenMoji uses: path, circle, rect, line, polyline, polygon, ellipse, groups, transforms.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import segno
from lxml import etree
from reportlab.lib.colors import Color, toColor
from reportlab.pdfgen.canvas import Canvas

from intake_app.errors import FileMissing, PlanError
from intake_app.plan.svg_path import Segment, path_segments, transformed

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_INHERITED = ("fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "fill-rule", "opacity")
_SHAPES = frozenset({"path", "circle", "ellipse", "rect", "line", "polyline", "polygon"})
_PATH = {"M": "m", "L": "l", "C": "c", "Z": "h"}
_KAPPA = 0.5522847498


@dataclass(frozen=True)
class Shape:
    """One outline with its paint; `fill` and `stroke` are CSS colours or "none", widths in picture units."""

    segments: tuple[Segment, ...]
    fill: str
    stroke: str
    stroke_width: float
    cap: int
    join: int
    even_odd: bool


@dataclass(frozen=True)
class Picture:
    """A picture in its own units: `width` and `height` of its view box, y downwards."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


@cache
def load_picture(path: Path) -> Picture:
    """Read an SVG file. Raises FileMissing, and PlanError for a file that is no plain SVG."""
    if not path.is_file():
        raise FileMissing(path=path.name)
    return parse_picture(path.read_bytes())


def first_name(folder: Path, name: str, or_else: str = "") -> str:
    """The name of the picture that there is: the first, or the other where that has no drawing."""
    return or_else if or_else and not (folder / f"{name}.svg").is_file() else name


def parse_picture(raw: bytes) -> Picture:
    """Read SVG bytes without entities, document types or network. Raises PlanError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise PlanError(problem=f"svg line {error.lineno}") from error
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]  # lxml's stubs are looser
        raise PlanError(problem="svg doctype")
    box = [float(number) for number in root.get("viewBox", "0 0 72 72").replace(",", " ").split()]
    moved = (1.0, 0.0, 0.0, 1.0, -box[0], -box[1])
    return Picture(box[2], box[3], tuple(_shapes(root, {}, moved)))


def draw_picture(canvas: Canvas, picture: Picture, x: float, top: float, size: float) -> None:
    """Draw a picture in a square of `size` points whose upper left corner is at (`x`, `top`)."""
    scale = size / max(picture.width, picture.height)
    canvas.saveState()
    canvas.addLiteral(f"{scale:.5f} 0 0 {-scale:.5f} {x:.3f} {top:.3f} cm")
    canvas.addLiteral(_operators(picture))
    canvas.restoreState()


def draw_qr(canvas: Canvas, text: str, x: float, top: float, size: float) -> None:
    """Draw a QR code (error level M) with a quiet zone of four modules inside `size` points."""
    rows = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix]
    module = size / (len(rows) + 8)
    path = canvas.beginPath()
    for row_number, row in enumerate(rows):
        for column, dark in enumerate(row):
            if dark:
                path.rect(x + (column + 4) * module, top - (row_number + 5) * module, module, module)
    canvas.setFillGray(0)
    canvas.drawPath(path, stroke=0, fill=1)


@cache
def _operators(picture: Picture) -> str:
    """The shapes as PDF operators (ISO 32000-1, 8.5), made once: a plan shows the same few pictures again and again."""
    return "\n".join(line for shape in picture.shapes for line in _painted(shape))


def _painted(shape: Shape) -> Iterator[str]:
    fill, stroke = _colour(shape.fill), _colour(shape.stroke)
    if fill is None and stroke is None:
        return
    if fill is not None:
        yield f"{fill.red:.4g} {fill.green:.4g} {fill.blue:.4g} rg"
    if stroke is not None:
        yield f"{stroke.red:.4g} {stroke.green:.4g} {stroke.blue:.4g} RG"
        yield f"{shape.stroke_width:.4g} w {shape.cap} J {shape.join} j"
    for name, *points in shape.segments:
        yield " ".join((*(f"{float(point):.3f}" for point in points), _PATH[str(name)]))
    even_odd = "*" if shape.even_odd else ""
    if fill is None:
        yield "S"
    else:
        yield ("f" if stroke is None else "B") + even_odd


def _colour(name: str) -> Color | None:
    if name == "none":
        return None
    colour: Color = toColor("#000000" if name == "currentColor" else _long_hex(name))
    return colour


def _long_hex(name: str) -> str:
    if name.startswith("#") and len(name) == 4:
        return "#" + "".join(digit * 2 for digit in name[1:])
    return name


def _shapes(node: etree._Element, inherited: dict[str, str], matrix: Matrix) -> Iterator[Shape]:
    if node.__class__ is not etree._Element:
        return
    paint = inherited | _paint(node)
    if paint.get("display") == "none":
        return
    matrix = _multiply(matrix, _transform(node.get("transform", "")))
    name = etree.QName(node).localname
    if name in _SHAPES:
        yield _shape(name, node, paint, matrix)
    elif name in ("svg", "g"):
        for child in node:
            yield from _shapes(child, paint, matrix)


def _paint(node: etree._Element) -> dict[str, str]:
    paint = {name: node.get(name, "") for name in (*_INHERITED, "display") if node.get(name)}
    for rule in (node.get("style") or "").split(";"):
        name, _, value = rule.partition(":")
        if value:
            paint[name.strip()] = value.strip()
    return paint


def _shape(name: str, node: etree._Element, paint: dict[str, str], matrix: Matrix) -> Shape:
    scale = math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
    return Shape(
        segments=tuple(transformed(_outline(name, node), matrix)),
        fill="none" if name == "line" else paint.get("fill", "#000000"),
        stroke=paint.get("stroke", "none"),
        stroke_width=_length(paint.get("stroke-width", "1")) * scale,
        cap={"round": 1, "square": 2}.get(paint.get("stroke-linecap", ""), 0),
        join={"round": 1, "bevel": 2}.get(paint.get("stroke-linejoin", ""), 0),
        even_odd=paint.get("fill-rule") == "evenodd",
    )


def _length(text: str) -> float:
    return float(text.removesuffix("px") or 0)


def _outline(name: str, node: etree._Element) -> list[Segment]:
    def number(key: str) -> float:
        return _length(node.get(key, "0"))

    if name == "path":
        return path_segments(node.get("d", ""))
    if name == "circle":
        return _ellipse(number("cx"), number("cy"), number("r"), number("r"))
    if name == "ellipse":
        return _ellipse(number("cx"), number("cy"), number("rx"), number("ry"))
    if name == "rect":
        return _rectangle(number("x"), number("y"), number("width"), number("height"), number("rx") or number("ry"))
    if name == "line":
        return [("M", number("x1"), number("y1")), ("L", number("x2"), number("y2"))]
    values = [float(value) for value in node.get("points", "").replace(",", " ").split()]
    corners = list(zip(values[::2], values[1::2], strict=False))
    outline: list[Segment] = [("M" if i == 0 else "L", *corner) for i, corner in enumerate(corners)]
    return [*outline, ("Z",)] if name == "polygon" else outline


def _ellipse(cx: float, cy: float, rx: float, ry: float) -> list[Segment]:
    kx, ky = rx * _KAPPA, ry * _KAPPA
    return [
        ("M", cx + rx, cy),
        ("C", cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry),
        ("C", cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy),
        ("C", cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry),
        ("C", cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy),
        ("Z",),
    ]


def _rectangle(x: float, y: float, width: float, height: float, radius: float) -> list[Segment]:
    r = min(radius, width / 2, height / 2)
    if r == 0:
        return [("M", x, y), ("L", x + width, y), ("L", x + width, y + height), ("L", x, y + height), ("Z",)]
    k = r * (1 - _KAPPA)
    right, bottom = x + width, y + height
    return [
        ("M", x + r, y),
        ("L", right - r, y),
        ("C", right - k, y, right, y + k, right, y + r),
        ("L", right, bottom - r),
        ("C", right, bottom - k, right - k, bottom, right - r, bottom),
        ("L", x + r, bottom),
        ("C", x + k, bottom, x, bottom - k, x, bottom - r),
        ("L", x, y + r),
        ("C", x, y + k, x + k, y, x + r, y),
        ("Z",),
    ]


def _transform(text: str) -> Matrix:
    matrix = _IDENTITY
    for part in text.replace(",", " ").split(")"):
        name, _, values = part.strip().partition("(")
        if values:
            matrix = _multiply(matrix, _single(name.strip(), [float(value) for value in values.split()]))
    return matrix


def _single(name: str, v: list[float]) -> Matrix:
    if name == "matrix":
        return (v[0], v[1], v[2], v[3], v[4], v[5])
    if name == "translate":
        return (1.0, 0.0, 0.0, 1.0, v[0], v[1] if len(v) > 1 else 0.0)
    if name == "scale":
        return (v[0], 0.0, 0.0, v[1] if len(v) > 1 else v[0], 0.0, 0.0)
    if name != "rotate":
        raise PlanError(problem=f"svg transform {name}")
    cos, sin = math.cos(math.radians(v[0])), math.sin(math.radians(v[0]))
    turn = (cos, sin, -sin, cos, 0.0, 0.0)
    if len(v) < 3:
        return turn
    there, back = (1.0, 0.0, 0.0, 1.0, v[1], v[2]), (1.0, 0.0, 0.0, 1.0, -v[1], -v[2])
    return _multiply(_multiply(there, turn), back)


def _multiply(m: Matrix, n: Matrix) -> Matrix:
    return (
        m[0] * n[0] + m[2] * n[1],
        m[1] * n[0] + m[3] * n[1],
        m[0] * n[2] + m[2] * n[3],
        m[1] * n[2] + m[3] * n[3],
        m[0] * n[4] + m[2] * n[5] + m[4],
        m[1] * n[4] + m[3] * n[5] + m[5],
    )
