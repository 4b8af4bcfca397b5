"""Functions on places on earth: points are `lat lon alt accuracy`, lines and areas are points joined by `;`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from intake_app.xforms.xpath.functions.registry import plain
from intake_app.xforms.xpath.functions.strings import texts
from intake_app.xforms.xpath.values import Context, Value, to_string

_EARTH_RADIUS = 6378100.0
"""Metres; the radius JavaRosa reckons with, so that sums agree with ODK Collect."""

Point = tuple[float, float]


@plain("distance", 1, None)
def _distance(ctx: Context, args: Sequence[Value]) -> Value:
    """Metres along a line, or along points one after the other; NaN for what is no place."""
    points = _points(args)
    if points is None:
        return math.nan
    return float(sum(_between(one, other) for one, other in pairwise(points)))


@plain("area", 1, None)
def _area(ctx: Context, args: Sequence[Value]) -> Value:
    """Square metres inside a closed line on a sphere; NaN for what is no place."""
    points = _points(args)
    if points is None:
        return math.nan
    if len(points) < 3:
        return 0.0
    if points[0] != points[-1]:
        points = [*points, points[0]]
    total = 0.0
    for (lat, lon), (next_lat, next_lon) in pairwise(points):
        span = math.radians(next_lon - lon)
        total += span * (2 + math.sin(math.radians(lat)) + math.sin(math.radians(next_lat)))
    return abs(total * _EARTH_RADIUS**2 / 2)


plain("enclosed-area", 1, None)(_area)


@plain("geofence", 2)
def _geofence(ctx: Context, args: Sequence[Value]) -> Value:
    """Whether a point lies inside an area."""
    point, area = _read(to_string(args[0])), _read(to_string(args[1]))
    if not point or area is None or len(area) < 3:
        return False
    y, x = point[0]
    inside = False
    for (lat, lon), (next_lat, next_lon) in pairwise([*area, area[0]]):
        if (lat > y) != (next_lat > y) and x < (next_lon - lon) * (y - lat) / (next_lat - lat) + lon:
            inside = not inside
    return inside


@plain("intersects", 1)
def _intersects(ctx: Context, args: Sequence[Value]) -> Value:
    """Whether a line crosses itself."""
    points = _read(to_string(args[0]))
    segments = list(pairwise(points or []))
    closed = bool(points) and points is not None and points[0] == points[-1]
    for at, first in enumerate(segments):
        for later in range(at + 2, len(segments)):
            if closed and at == 0 and later == len(segments) - 1:
                continue
            if _cross(first, segments[later]):
                return True
    return False


def _points(args: Sequence[Value]) -> list[Point] | None:
    found: list[Point] = []
    for text in texts(args):
        points = _read(text)
        if points is None:
            return None
        found.extend(points)
    return found


def _read(text: str) -> list[Point] | None:
    """The points of a text, none for the empty text; None when it holds something else."""
    found: list[Point] = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        numbers = part.split()
        try:
            lat, lon = float(numbers[0]), float(numbers[1])
        except (ValueError, IndexError):
            return None
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            return None
        found.append((lat, lon))
    return found


def _between(one: Point, other: Point) -> float:
    lat, lon, next_lat, next_lon = map(math.radians, (*one, *other))
    cosine = math.sin(lat) * math.sin(next_lat) + math.cos(lat) * math.cos(next_lat) * math.cos(next_lon - lon)
    return _EARTH_RADIUS * math.acos(max(-1.0, min(1.0, cosine)))


def _cross(first: tuple[Point, Point], second: tuple[Point, Point]) -> bool:
    def side(a: Point, b: Point, c: Point) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    (a, b), (c, d) = first, second
    return side(a, b, c) * side(a, b, d) <= 0 and side(c, d, a) * side(c, d, b) <= 0
