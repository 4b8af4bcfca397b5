"""How far something is, in words a person uses: about so many minutes by bicycle (DOMAIN 4.4-9, l03 and l04)."""

from __future__ import annotations

from intake_app.domain.catalogue import Catalogue, Offer, Place
from intake_app.domain.distance import road_km
from intake_app.domain.profile import SkillsProfile
from intake_app.domain.radar import Reach
from intake_app.matching.eligibility import centre_of
from intake_app.matching.rules import Rules

STEP_MINUTES = 5
USUAL_WAY = "bike"
LONGEST_BY_BIKE = 60


def reach(place: Place, home: Place, profile: SkillsProfile, rules: Rules) -> Reach:
    """How long from home to a place: with the fastest own way, else by bicycle; by car beyond an hour's cycling."""
    speeds = {way: float(rules.offers.km_per_hour[way]) for way in profile.transport if way in rules.offers.km_per_hour}
    way = max(speeds, key=lambda each: (speeds[each], each), default=USUAL_WAY)
    km = road_km(home.latitude, home.longitude, place.latitude, place.longitude)
    minutes = _minutes(km, float(rules.offers.km_per_hour[way]))
    if not speeds and minutes > LONGEST_BY_BIKE:
        way = "car"
        minutes = _minutes(km, float(rules.offers.km_per_hour[way]))
    return Reach(minutes if place != home else 0, way, max(1, round(km)))


def reach_of_offer(offer: Offer, profile: SkillsProfile, catalogue: Catalogue, rules: Rules) -> Reach | None:
    """The same for an offer; None when it or the person has no place that is known."""
    home = centre_of(profile.municipality, catalogue)
    named = [p for p in catalogue.places if p.name == offer.place and offer.municipality in {"", p.municipality}]
    there = named[0] if named else centre_of(offer.municipality, catalogue)
    return reach(there, home, profile, rules) if home and there else None


def _minutes(km: float, km_per_hour: float) -> int:
    return max(STEP_MINUTES, round(km / km_per_hour * 60 / STEP_MINUTES) * STEP_MINUTES)
