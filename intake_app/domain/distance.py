"""Distances over the ground, good enough to say "ongeveer"."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0
ROAD_FACTOR = 1.3
"""Roads are longer than the straight line; the usual factor for flat country."""


def straight_line_km(latitude_a: float, longitude_a: float, latitude_b: float, longitude_b: float) -> float:
    """Great-circle distance in kilometres between two points in degrees (haversine)."""
    lat_a, lat_b = radians(latitude_a), radians(latitude_b)
    half_lat, half_lon = (lat_b - lat_a) / 2, radians(longitude_b - longitude_a) / 2
    chord = sin(half_lat) ** 2 + cos(lat_a) * cos(lat_b) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))


def road_km(latitude_a: float, longitude_a: float, latitude_b: float, longitude_b: float) -> float:
    """An estimate of the way over the road in kilometres; to be shown with "ongeveer"."""
    return ROAD_FACTOR * straight_line_km(latitude_a, longitude_a, latitude_b, longitude_b)


CYCLING_KM_PER_HOUR = 15.0
"""An easy pace on a bicycle without a motor."""
MINUTES_STEP = 5


def about_minutes(kilometres: float, km_per_hour: float = CYCLING_KM_PER_HOUR) -> int:
    """The minutes of a way over the road, rounded to five and never below five: to be shown with "ongeveer"."""
    return max(MINUTES_STEP, MINUTES_STEP * round(60 * kilometres / km_per_hour / MINUTES_STEP))
