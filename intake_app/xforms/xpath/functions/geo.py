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
Segment = tuple[Point, Point]


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
    """Whether a line crosses or touches itself, or runs back over itself."""
    points = _read(to_string(args[0]))
    segments = list(pairwise(points or []))
    closed = bool(points) and points is not None and points[0] == points[-1]
    segments = [segment for segment in segments if segment[0] != segment[1]]
    for at, first in enumerate(segments):
        if at + 1 < len(segments) and _folds_back(first, segments[at + 1]):
            return True
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
    lat, next_lat, span = map(math.radians, (one[0], other[0], other[1] - one[1]))
    cosine = math.sin(lat) * math.sin(next_lat) + math.cos(lat) * math.cos(next_lat) * math.cos(span)
    return _EARTH_RADIUS * math.acos(max(-1.0, min(1.0, cosine)))


def _cross(first: Segment, second: Segment) -> bool:
    """Whether two segments touch: they cross, or an end of one lies on the other."""
    (a, b), (c, d) = first, second
    sides = _side(a, b, c), _side(a, b, d), _side(c, d, a), _side(c, d, b)
    if sides[0] * sides[1] < 0 and sides[2] * sides[3] < 0:
        return True
    ends = ((sides[0], c, first), (sides[1], d, first), (sides[2], a, second), (sides[3], b, second))
    return any(side == 0 and _beside(point, segment) for side, point, segment in ends)


def _folds_back(first: Segment, second: Segment) -> bool:
    """Whether the second segment, which starts where the first ends, runs back over it."""
    (a, b), (_, d) = first, second
    return _side(a, b, d) == 0 and (a[0] - b[0]) * (d[0] - b[0]) + (a[1] - b[1]) * (d[1] - b[1]) > 0


def _side(a: Point, b: Point, c: Point) -> float:
    """On which side of the line from a to b a point lies; 0 on the line."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _beside(point: Point, segment: Segment) -> bool:
    """Whether a point on the line of a segment lies between its ends."""
    (a, b) = segment
    return all(min(one, other) <= at <= max(one, other) for at, one, other in zip(point, a, b, strict=True))
