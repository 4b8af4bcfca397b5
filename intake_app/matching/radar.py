"""The promising occupations by sector: what a person has and misses, neighbours elsewhere, what is near."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from intake_app.domain.catalogue import Catalogue, Occupation
from intake_app.domain.eligibility import Circumstances
from intake_app.domain.profile import SkillsProfile
from intake_app.domain.radar import Blip, Close, NearOffer, Neighbour, Road
from intake_app.matching.compose import candidates
from intake_app.matching.criteria import skill_level
from intake_app.matching.near import reach_of_offer
from intake_app.matching.ranking import Standing, ranked
from intake_app.matching.road import road_to
from intake_app.matching.rules import Rules
from intake_app.matching.score import assess

LEAST_PER_SECTOR = 5
MOST_NEIGHBOURS = 3
LEAST_SHARED = 1
MOST_IMPORTED = 3
"""So many occupations of an imported list stand in a sector, behind ours."""


def radar(profile: SkillsProfile | None, catalogue: Catalogue, rules: Rules) -> Mapping[str, tuple[Blip, ...]]:
    """Sector code to its occupations, at least five: best first for a person; without one, kansberoepen first.

    A sector with fewer rows is filled up with the occupations of other sectors that share most of its skills. For a
    person the best of an imported list follow, where such occupations may be proposed.
    """
    standings = ranked(profile or SkillsProfile(), catalogue, rules)
    order = [one for one in standings if not one.occupation.imported]
    if profile is None:
        order.sort(key=lambda one: (not one.occupation.is_kansberoep, one.rank))
    found: dict[str, list[Blip]] = {sector: [] for sector in catalogue.terms.get("sector", {})}
    for standing in order:
        if standing.occupation.sector in found:
            found[standing.occupation.sector].append(_blip(standing, profile, rules))
    for sector, blips in found.items():
        blips.extend(_filling(sector, LEAST_PER_SECTOR - len(blips), order, profile, catalogue, rules))
    if profile is not None:
        for sector, blip in _joining(standings, profile, rules):
            found[sector].append(blip)
    return {sector: tuple(blips) for sector, blips in found.items()}


def _joining(standings: Sequence[Standing], profile: SkillsProfile, rules: Rules) -> Iterator[tuple[str, Blip]]:
    """The first few of each sector among the occupations of an imported list that may be proposed."""
    room: dict[str, int] = {}
    for standing in candidates(standings, rules, wish_filter=True):
        sector = standing.occupation.sector
        if standing.occupation.imported and sector and room.setdefault(sector, MOST_IMPORTED):
            room[sector] -= 1
            yield sector, _blip(standing, profile, rules)


def _blip(standing: Standing, profile: SkillsProfile | None, rules: Rules, *, own: bool = True) -> Blip:
    occupation = standing.occupation
    skills = _skills(occupation)
    known = sum(1 for skill in skills if profile and _level(skill, profile, rules) > 0)
    fit = standing.label if profile else None
    return Blip(occupation.id, fit, occupation.is_kansberoep, round(100 * known / max(1, len(skills))), own)


def _filling(
    sector: str,
    room: int,
    order: list[Standing],
    profile: SkillsProfile | None,
    catalogue: Catalogue,
    rules: Rules,
) -> list[Blip]:
    here = [one.occupation for one in order if one.occupation.sector == sector]
    if room <= 0 or not here:
        return []
    asked = {skill for occupation in here for skill in _special(occupation, catalogue)}
    others = [one for one in order if one.occupation.sector != sector]
    others.sort(key=lambda one: -len(asked & set(_special(one.occupation, catalogue))))
    return [_blip(standing, profile, rules, own=False) for standing in others[:room]]


def close_by(
    occupation: Occupation,
    profile: SkillsProfile,
    circumstances: Circumstances,
    catalogue: Catalogue,
    rules: Rules,
    *,
    today: date | None = None,
    known_person: bool = True,
) -> Close:
    """One occupation from close by, for a person or (without `known_person`) for anyone."""
    enough = rules.score.labels["core_strong"]
    levels = {skill: _level(skill, profile, rules) for skill in _skills(occupation)}
    road = road_to(occupation, profile, circumstances, catalogue, rules, today=today)
    fit = assess(occupation, profile, catalogue, rules).label if known_person else None
    return Close(
        occupation=occupation.id,
        fit=fit,
        have=tuple(skill for skill, level in levels.items() if level >= enough),
        partly=tuple(skill for skill, level in levels.items() if 0 < level < enough),
        missing=tuple(skill for skill, level in levels.items() if level == 0),
        road=road,
        near=_near(road, profile, catalogue, rules),
        neighbours=neighbours(occupation, catalogue),
    )


def _near(road: Road, profile: SkillsProfile, catalogue: Catalogue, rules: Rules) -> tuple[NearOffer, ...]:
    """What has a place of its own, the nearest first, then the rest in the order of the road."""
    ids = dict.fromkeys(offer.id for way in road.ways for offer in way.offers)
    found = [NearOffer(name, reach_of_offer(catalogue.offers[name], profile, catalogue, rules)) for name in ids]
    placed = [one for one in found if catalogue.offers[one.offer].municipality]
    placed.sort(key=lambda one: one.reach.km if one.reach else 0)
    return (*placed, *(one for one in found if one not in placed))


def neighbours(occupation: Occupation, catalogue: Catalogue) -> tuple[Neighbour, ...]:
    """The occupations of other sectors that share most special skills with this one; core skills count twice."""
    own, core = _special(occupation, catalogue), set(occupation.core_skills)
    found: list[tuple[int, int, Neighbour]] = []
    for other in catalogue.occupations.values():
        if not other.sector or other.sector == occupation.sector:
            continue
        theirs = set(_special(other, catalogue))
        shared = tuple(skill for skill in own if skill in theirs)
        weight = sum(1 + (skill in core) + (skill in other.core_skills) for skill in shared)
        if len(shared) >= LEAST_SHARED:
            found.append((-weight, other.rank, Neighbour(other.id, shared)))
    found.sort(key=lambda one: one[:2])
    return tuple(neighbour for _, _, neighbour in found[:MOST_NEIGHBOURS])


def _skills(occupation: Occupation) -> tuple[str, ...]:
    return (*occupation.core_skills, *occupation.other_skills)


def _special(occupation: Occupation, catalogue: Catalogue) -> tuple[str, ...]:
    return tuple(skill for skill in _skills(occupation) if not catalogue.skills[skill].generic)


def _level(skill: str, profile: SkillsProfile, rules: Rules) -> float:
    return float(skill_level(profile, skill, rules))
