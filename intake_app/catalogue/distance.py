"""How far two places lie apart, over the road and about."""

from __future__ import annotations

from intake_app.domain.catalogue import Catalogue, Place
from intake_app.domain.distance import about_minutes, road_km


def distance_km(place_a: Place, place_b: Place) -> float:
    """Kilometres over the road, an estimate (straight line times 1.3): show it rounded, with "ongeveer"."""
    return road_km(place_a.latitude, place_a.longitude, place_b.latitude, place_b.longitude)


def cycling_minutes(place_a: Place, place_b: Place) -> int:
    """Minutes on a bicycle, rounded to five: show them with "ongeveer"."""
    return about_minutes(distance_km(place_a, place_b))


def find_place(catalogue: Catalogue, name: str, municipality: str) -> Place | None:
    """The place of that name in that municipality; some names stand for two places, so the name alone is too little."""
    return next((each for each in catalogue.places if (each.name, each.municipality) == (name, municipality)), None)
