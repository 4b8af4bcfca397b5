"""How far two places lie apart, over the road and about."""

from __future__ import annotations

from intake_app.domain.catalogue import Place
from intake_app.domain.distance import road_km


def distance_km(place_a: Place, place_b: Place) -> float:
    """Kilometres over the road, an estimate (straight line times 1.3): show it rounded, with "ongeveer"."""
    return road_km(place_a.latitude, place_a.longitude, place_b.latitude, place_b.longitude)
