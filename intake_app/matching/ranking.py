"""Every occupation in the order of 4.4-8, in whole numbers and one pass; `score.assess` says the same in fractions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from intake_app.domain.catalogue import Catalogue, Occupation
from intake_app.domain.profile import SkillsProfile
from intake_app.domain.recommendation import Fit
from intake_app.matching import criteria
from intake_app.matching.mixing import mixes_of
from intake_app.matching.rules import Rules
from intake_app.matching.score import LABEL_ORDER, route_level
from intake_app.matching.table import OccupationTable, lay_out, table_of


class Standing(NamedTuple):
    """Where one occupation stands. As a tuple it sorts in the order of 4.4-8; fit and core are hundredths, negated."""

    label_place: int
    minus_fit: int
    minus_core: int
    rank: int
    place: int
    level_gap: int | None
    avoided: bool
    occupation: Occupation

    @property
    def label(self) -> Fit:
        """The label in words."""
        return LABEL_ORDER[self.label_place]

    @property
    def fit(self) -> Fraction:
        """Fit, 0-1, rounded to two decimals."""
        return Fraction(-self.minus_fit, 100)

    @property
    def core(self) -> Fraction:
        """Mean level of the core skills, 0-1, rounded to two decimals."""
        return Fraction(-self.minus_core, 100)


@dataclass
class _Sums:
    """What the skills of a person add up to, per place."""

    skills: list[int]
    core: list[int]
    known: bytearray
    strong: bytearray
    evidence: bytearray
    liked: bytearray
    avoided: bytearray


@dataclass(frozen=True)
class _Bounds:
    """The thresholds of labels; fits in hundredths."""

    least_fit: int
    good_fit: int
    strong_count: int
    level_gap: int
    entry_levels: tuple[int, ...]


def ranked(profile: SkillsProfile, catalogue: Catalogue, rules: Rules) -> tuple[Standing, ...]:
    """Every occupation, best first (4.4-8)."""
    return rank_table(profile, table_of(catalogue, rules))


def standing_of(occupation: Occupation, profile: SkillsProfile, catalogue: Catalogue, rules: Rules) -> Standing:
    """Where one occupation stands that the ranking leaves out: own work or an idea that only an imported list knows."""
    alone = replace(catalogue, occupations={occupation.id: occupation}, wider={})
    (standing,) = rank_table(profile, lay_out(alone, rules))
    return standing


def rank_table(profile: SkillsProfile, table: OccupationTable) -> tuple[Standing, ...]:
    """The same over a table that was laid out before."""
    sums = _add_up(profile, table)
    mixes = mixes_of(profile, table)
    level, bounds = route_level(profile, table.rules), _bounds(table.rules)
    unproven = _unproven(profile, sums.evidence, table)
    standing = Standing._make
    found = []
    along = zip(
        table.occupations,
        table.denominators,
        table.core_sizes,
        table.signature_of,
        sums.skills,
        sums.core,
        sums.known,
        sums.liked,
        strict=True,
    )
    for place, (one, denominator, core_size, signature, skills, core, known, liked) in enumerate(along):
        mix = mixes[signature][liked]
        whole = 2 * denominator * mix.whole
        fit = (200 * (skills * mix.factor + mix.extra * denominator) + whole // 2) // whole
        if core:
            core_whole = core_size * table.level_unit
            core = (200 * core + core_whole) // (2 * core_whole)
        gap = None if level is None else one.lowest_level - level
        label = 2
        if known and fit >= bounds.least_fit and (gap is None or gap < bounds.level_gap) and place not in unproven:
            strong = fit >= bounds.good_fit and sums.strong[place] >= bounds.strong_count
            label = 0 if strong and (one.lowest_level in bounds.entry_levels or sums.evidence[place]) else 1
        found.append(standing((label, -fit, -core, one.rank, place, gap, bool(sums.avoided[place]), one)))
    # ranks and places differ, so nothing behind them is ever compared
    found.sort()
    return tuple(found)


def _bounds(rules: Rules) -> _Bounds:
    labels = rules.score.labels
    return _Bounds(
        least_fit=ceil(labels["least_fit"] * 100),
        good_fit=ceil(labels["good_fit"] * 100),
        strong_count=labels["core_strong_count"],
        level_gap=labels["level_gap"],
        entry_levels=labels["entry_levels"],
    )


def _add_up(profile: SkillsProfile, table: OccupationTable) -> _Sums:
    size = len(table.occupations)
    sums = _Sums([0] * size, [0] * size, *(bytearray(size) for _ in range(5)))
    bounds, kinds = table.rules.score.labels, frozenset(table.rules.codes.job_evidence)
    known_from, strong_from = (bounds[name] * table.level_unit for name in ("core_known", "core_strong"))
    levels: dict[str, int] = {}
    for skill in profile.skills:
        level = int(criteria.skill_level(profile, skill, table.rules) * table.level_unit)
        if level == 0:
            continue
        levels[skill] = level
        for place, weight in table.weights.get(skill, ()):
            sums.skills[place] += weight * level
        worked = any(evidence.kind in kinds for evidence in profile.skills[skill].evidence)
        known, strong = level >= known_from, level >= strong_from
        places = table.cores.get(skill, ())
        for place in places:
            sums.core[place] += level
        for counts, marks in ((known, sums.known), (worked, sums.evidence)):
            if counts:
                for place in places:
                    marks[place] = 1
        if strong:
            for place in places:
                sums.strong[place] += 1
    for card in criteria.liked_cards(profile):
        shown = table.catalogue.cards[card].skills if card in table.catalogue.cards else ()
        _mark(sums.liked, (skill for skill in shown if skill in levels), table)
    _mark_avoided(sums, profile, table)
    return sums


def _mark(marks: bytearray, skills: Iterable[str], table: OccupationTable) -> None:
    for skill in skills:
        for place in table.cores.get(skill, ()):
            marks[place] = 1


def _mark_avoided(sums: _Sums, profile: SkillsProfile, table: OccupationTable) -> None:
    codes = table.rules.codes
    for code in profile.rather_not:
        _mark(sums.avoided, codes.avoid_core_skills.get(code, ()), table)
    unwanted = {codes.avoid_body[code] for code in profile.rather_not if code in codes.avoid_body}
    if unwanted:
        for place, signature in enumerate(table.signature_of):
            if not unwanted.isdisjoint(table.signatures[signature].body):
                sums.avoided[place] = 1


def _unproven(profile: SkillsProfile, evidence: bytearray, table: OccupationTable) -> frozenset[int]:
    """Regulated occupations without job evidence and without every required paper (4.4-7)."""
    held = frozenset(profile.papers)
    return frozenset(
        place
        for place, needed in table.regulated
        if not evidence[place] and any(held.isdisjoint(papers) for papers in needed)
    )
