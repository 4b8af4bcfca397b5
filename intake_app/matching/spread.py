"""How proposals spread over the sectors when people are drawn at random: no sector may be never or always there."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.profile import SkillsProfile
from intake_app.matching.profile_file import profile_from_json, with_derived_skills
from intake_app.matching.recommend import listed
from intake_app.matching.rules import Rules

FEWEST_CARDS, MOST_CARDS, LIKED = 5, 14, 3
FULL_TALKS = 0.5
WORKED = 0.6
YEARS = ("y0", "y1_6", "y7_9", "y10_12", "y13_plus")


@dataclass(frozen=True)
class SectorSpread:
    """Of so many people: how many see the sector in their list, how many see it first, and its places in all lists."""

    sector: str
    seen: int
    first: int
    places: int


@dataclass(frozen=True)
class Spread:
    """The outcome for a number of random people; the same seed gives the same people."""

    people: int
    seed: int
    sectors: tuple[SectorSpread, ...]


def spread_over_sectors(catalogue: Catalogue, rules: Rules, people: int, seed: int = 1) -> Spread:
    """Draw people whose cards, work and school are chance, and count the sectors of what they are proposed."""
    chance = Random(seed)
    seen, first, places = (dict.fromkeys(catalogue.terms["sector"], 0) for _ in range(3))
    for _ in range(people):
        sectors = [
            occupation.sector for occupation in listed(random_person(chance, catalogue, rules), catalogue, rules)
        ]
        for sector in set(sectors):
            seen[sector] += 1
        for sector in sectors:
            places[sector] += 1
        if sectors:
            first[sectors[0]] += 1
    rows = tuple(SectorSpread(sector, seen[sector], first[sector], places[sector]) for sector in seen)
    return Spread(people, seed, rows)


def random_person(chance: Random, catalogue: Catalogue, rules: Rules) -> SkillsProfile:
    """A person by chance: picture cards from the whole deck, perhaps earlier work, perhaps a full talk."""
    deck = sorted(catalogue.cards)
    cards = chance.sample(deck, chance.randint(FEWEST_CARDS, MOST_CARDS))
    told: dict[str, Any] = {
        "cards": cards,
        "top_cards": cards[:LIKED],
        "years_at_school": chance.choice(YEARS),
        "learn_kind": [chance.choice(sorted(rules.codes.routes_of_learn_kind))],
    }
    if chance.random() < WORKED:
        told["jobs"] = [{"occupation": chance.choice(sorted(catalogue.occupations))}]
    if chance.random() < FULL_TALKS:
        told["interests"] = {letter: chance.randint(0, 10) for letter in "RIASEC"}
        told["interests_confirmed"] = "yes"
    return with_derived_skills(profile_from_json(told), catalogue, rules)
