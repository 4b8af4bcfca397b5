"""SVG path data as moves, lines and cubic curves (SVG 1.1, chapter 8): the only shapes that a PDF knows."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator

from intake_app.errors import PlanError

Segment = tuple[str | float, ...]
"""("M", x, y), ("L", x, y), ("C", x1, y1, x2, y2, x, y) or ("Z",)."""
Matrix = tuple[float, float, float, float, float, float]

_TOKEN = re.compile(r"([MmZzLlHhVvCcSsQqTtAa])|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)")
_ARC_FLAGS = re.compile(r"\s*,?\s*([01])")
_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}


def path_segments(data: str) -> list[Segment]:
    """The segments of a `d` attribute, all absolute. Raises PlanError for data that is no path."""
    pen = _Pen()
    for command, values in _commands(data):
        pen.step(command, values)
    return pen.segments


def transformed(segments: Iterable[Segment], m: Matrix) -> Iterator[Segment]:
    """The segments under an affine matrix (a, b, c, d, e, f)."""
    for name, *values in segments:
        numbers = [float(value) for value in values]
        moved: list[float] = []
        for x, y in zip(numbers[::2], numbers[1::2], strict=True):
            moved += [m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]]
        yield (name, *moved)


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    command, place = "", 0
    values: list[float] = []
    while place < len(data):
        flag = command.upper() == "A" and len(values) % 7 in (3, 4)
        match = (_ARC_FLAGS if flag else _TOKEN).search(data, place)
        if match is None:
            break
        place = match.end()
        if flag:
            values.append(float(match[1]))
        elif match[1]:
            yield from _split(command, values)
            command, values = match[1], []
        else:
            values.append(float(match[2]))
    yield from _split(command, values)


def _split(command: str, values: list[float]) -> Iterator[tuple[str, list[float]]]:
    """One command per set of numbers; more numbers after a move are lines."""
    if not command:
        return
    count = _COUNTS[command.upper()]
    if count == 0:
        yield command, []
        return
    if not values or len(values) % count:
        raise PlanError(problem="svg path")
    for start in range(0, len(values), count):
        yield command, values[start : start + count]
        command = {"M": "L", "m": "l"}.get(command, command)


class _Pen:
    """The current point, the start of the subpath and the last control point."""

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self._x = self._y = self._start_x = self._start_y = 0.0
        self._control: tuple[str, float, float] = ("", 0.0, 0.0)

    def step(self, command: str, values: list[float]) -> None:
        name = command.upper()
        if command.islower():
            values = self._absolute(name, values)
        before = self._control
        self._control = ("", 0.0, 0.0)
        if name == "Z":
            self.segments.append(("Z",))
            self._x, self._y = self._start_x, self._start_y
        elif name == "M":
            self._to("M", values)
            self._start_x, self._start_y = self._x, self._y
        elif name in ("L", "H", "V"):
            self._line(name, values)
        elif name in ("C", "S"):
            self._cubic(values if name == "C" else [*self._reflected("C", before), *values])
        elif name in ("Q", "T"):
            self._quadratic(values if name == "Q" else [*self._reflected("Q", before), *values])
        else:
            self._arc(values)

    def _absolute(self, name: str, values: list[float]) -> list[float]:
        if name == "H":
            return [values[0] + self._x]
        if name == "V":
            return [values[0] + self._y]
        if name == "A":
            return [*values[:5], values[5] + self._x, values[6] + self._y]
        return [value + (self._y if i % 2 else self._x) for i, value in enumerate(values)]

    def _to(self, name: str, values: list[float]) -> None:
        self.segments.append((name, *values))
        self._x, self._y = values[-2], values[-1]

    def _line(self, name: str, values: list[float]) -> None:
        x = self._x if name == "V" else values[0]
        y = self._y if name == "H" else values[-1]
        self._to("L", [x, y])

    def _reflected(self, kind: str, before: tuple[str, float, float]) -> tuple[float, float]:
        if before[0] != kind:
            return self._x, self._y
        return 2 * self._x - before[1], 2 * self._y - before[2]

    def _cubic(self, v: list[float]) -> None:
        self._to("C", v)
        self._control = ("C", v[2], v[3])

    def _quadratic(self, v: list[float]) -> None:
        qx, qy, x, y = v
        first = [self._x + (qx - self._x) * 2 / 3, self._y + (qy - self._y) * 2 / 3]
        self._to("C", [*first, x + (qx - x) * 2 / 3, y + (qy - y) * 2 / 3, x, y])
        self._control = ("Q", qx, qy)

    def _arc(self, v: list[float]) -> None:
        for curve in _arc_curves((self._x, self._y), v):
            self._to("C", curve)


def _arc_curves(start: tuple[float, float], v: list[float]) -> list[list[float]]:
    """An elliptical arc as cubic curves of at most a quarter turn (SVG 1.1, appendix F.6)."""
    rx, ry, turn, large, sweep, x, y = v
    rx, ry, phi = abs(rx), abs(ry), math.radians(turn)
    if start == (x, y):
        return []
    if rx == 0 or ry == 0:
        return [[*start, x, y, x, y]]
    cos, sin = math.cos(phi), math.sin(phi)
    dx, dy = (start[0] - x) / 2, (start[1] - y) / 2
    px, py = cos * dx + sin * dy, -sin * dx + cos * dy
    grow = max(1.0, math.sqrt((px / rx) ** 2 + (py / ry) ** 2))
    rx, ry = rx * grow, ry * grow
    rest = max(0.0, (rx * ry) ** 2 - (rx * py) ** 2 - (ry * px) ** 2)
    factor = math.sqrt(rest / ((rx * py) ** 2 + (ry * px) ** 2)) * (-1 if large == sweep else 1)
    ox, oy = factor * rx * py / ry, -factor * ry * px / rx
    first = math.atan2((py - oy) / ry, (px - ox) / rx)
    angle = (math.atan2((-py - oy) / ry, (-px - ox) / rx) - first) % (2 * math.pi)
    if not sweep:
        angle -= 2 * math.pi
    centre = (cos * ox - sin * oy + (start[0] + x) / 2, sin * ox + cos * oy + (start[1] + y) / 2)
    count = max(1, math.ceil(abs(angle) / (math.pi / 2) - 1e-9))
    frame = (rx * cos, rx * sin, -ry * sin, ry * cos, *centre)
    return [_unit_curve(first + angle * i / count, angle / count, frame) for i in range(count)]


def _unit_curve(start: float, angle: float, frame: Matrix) -> list[float]:
    """One piece of the unit circle as a cubic curve, in the frame of the ellipse."""
    k = 4 / 3 * math.tan(angle / 4)
    c1, s1, c2, s2 = math.cos(start), math.sin(start), math.cos(start + angle), math.sin(start + angle)
    points = [(c1 - k * s1, s1 + k * c1), (c2 + k * s2, s2 - k * c2), (c2, s2)]
    a, b, c, d, e, f = frame
    return [value for x, y in points for value in (a * x + c * y + e, b * x + d * y + f)]
