"""The catalogue laid out for ranking: from a skill to the occupations that ask it, with whole numbers for weights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from intake_app.domain.catalogue import Catalogue, Occupation
from intake_app.matching import criteria
from intake_app.matching.rules import Rules
from intake_app.matching.score import required_by_law


class Signature(NamedTuple):
    """All that wishes and interests look at; occupations that share it share that part of the score."""

    riasec: str
    routes: tuple[str, ...]
    body: tuple[str, ...]
    sector: str


@dataclass(frozen=True)
class OccupationTable:
    """One catalogue under one set of rules. Places are positions in `occupations`; lists run along with it.

    The skill part of an occupation is the sum over its skills of level x weight, divided by `denominators`; levels are
    whole numbers too: `level_unit` of them make 1.
    """

    catalogue: Catalogue
    rules: Rules
    occupations: tuple[Occupation, ...]
    weights: dict[str, tuple[tuple[int, int], ...]]
    """Skill to (place, weight) of every occupation that asks it."""
    cores: dict[str, tuple[int, ...]]
    """Skill to the places of the occupations of which it is a core skill."""
    denominators: tuple[int, ...]
    core_sizes: tuple[int, ...]
    signatures: tuple[Signature, ...]
    signature_of: tuple[int, ...]
    level_unit: int
    regulated: tuple[tuple[int, tuple[frozenset[str], ...]], ...]
    """Place of every regulated occupation with the papers that meet each of its requirements by law."""


def lay_out(catalogue: Catalogue, rules: Rules) -> OccupationTable:
    """Lay the occupations of a catalogue out for ranking, those of an imported list that may be proposed included."""
    occupations = (*catalogue.occupations.values(), *catalogue.wider.values())
    unit = lcm(*(Fraction(level).denominator for level in rules.score.skill_levels.values()))
    weights: dict[str, list[tuple[int, int]]] = {}
    cores: dict[str, list[int]] = {}
    denominators: list[int] = []
    for place, occupation in enumerate(occupations):
        shares = _shares(occupation, catalogue, rules)
        whole = lcm(*(share.denominator for _, share in shares))
        denominators.append(whole * unit)
        for skills, share in shares:
            weighed = (place, int(share * whole))
            for skill in skills:
                weights.setdefault(skill, []).append(weighed)
        for skill in occupation.core_skills:
            cores.setdefault(skill, []).append(place)
    signatures, signature_of = _numbered(Signature(one.riasec, one.routes, one.body, one.sector) for one in occupations)
    return OccupationTable(
        catalogue=catalogue,
        rules=rules,
        occupations=occupations,
        weights={skill: tuple(found) for skill, found in weights.items()},
        cores={skill: tuple(found) for skill, found in cores.items()},
        denominators=tuple(denominators),
        core_sizes=tuple(max(1, len(one.core_skills)) for one in occupations),
        signatures=signatures,
        signature_of=signature_of,
        level_unit=unit,
        regulated=tuple(
            (place, tuple(frozenset(asked.papers) for asked in required_by_law(one, rules)))
            for place, one in enumerate(occupations)
            if one.regulated
        ),
    )


def _shares(occupation: Occupation, catalogue: Catalogue, rules: Rules) -> list[tuple[tuple[str, ...], Fraction]]:
    """Each group of skills with the share of one of them: the weight of the group, divided among it (4.4-3)."""
    groups = criteria.skill_groups(occupation, catalogue)
    inner = criteria.skill_weights(groups, rules)
    return [(skills, inner[name] / max(1, len(skills))) for name, skills in groups.items()]


def _numbered(found: Iterable[Signature]) -> tuple[tuple[Signature, ...], tuple[int, ...]]:
    numbers: dict[Signature, int] = {}
    along = tuple(numbers.setdefault(one, len(numbers)) for one in found)
    return tuple(numbers), along


_KEPT = 4
_kept: list[OccupationTable] = []


def table_of(catalogue: Catalogue, rules: Rules) -> OccupationTable:
    """The table of a catalogue and its rules; made once, the last few are kept."""
    found = _among(_kept, catalogue, rules)
    if found is None:
        found = lay_out(catalogue, rules)
        _kept[:] = [*_kept[-_KEPT + 1 :], found]
    return found


def _among(tables: Sequence[OccupationTable], catalogue: Catalogue, rules: Rules) -> OccupationTable | None:
    """By identity: both are values that never change, and comparing them whole would cost more than a ranking."""
    return next((one for one in tables if one.catalogue is catalogue and one.rules is rules), None)
