"""Weights, thresholds and lists of matching, read from data and never from code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from intake_app.errors import FileMissing, RulesInvalid

Number = int | Fraction
"""Numbers of the files are exact fractions, so that rounding half up means what it says."""
Section = TypeVar("Section")


@dataclass(frozen=True)
class ScoreRules:
    """How a score comes about (`score.json`, DOMAIN 4.4-2 to 4.4-7)."""

    skill_levels: Mapping[str, Number]
    skill_parts: Mapping[str, Mapping[str, Number]]
    interest_letters: tuple[Number, ...]
    interest_highest: Number
    interest_off: tuple[str, ...]
    interest_shown: Number
    weights: Mapping[str, Number]
    labels: Mapping[str, Any]


@dataclass(frozen=True)
class CodeRules:
    """What answer codes mean for matching (`codes.json`)."""

    route_level_of_years: Mapping[str, int]
    route_level_of_level: Mapping[str, int]
    job_evidence: tuple[str, ...]
    short_job_years: tuple[str, ...]
    routes_of_learn_kind: Mapping[str, tuple[str, ...]]
    body_of_physical_wish: Mapping[str, Mapping[str, Any]]
    avoid_body: Mapping[str, str]
    avoid_core_skills: Mapping[str, tuple[str, ...]]
    cefr_order: tuple[str, ...]
    spoken_cefr: tuple[str, ...]
    written_cefr: tuple[str, ...]
    language_at_work: Mapping[str, Any]
    own_transport: tuple[str, ...]
    irregular_hours: str
    school_hours: str
    needs_childcare: str
    licence_requirement: str
    certificate_of_conduct: str
    registration_requirement: str
    consult_first_routes: tuple[str, ...]
    no_benefit: tuple[str, ...]
    unknown_income: tuple[str, ...]
    older_than_days: int


@dataclass(frozen=True)
class ListRules:
    """How a list and a route are composed (`list.json`, DOMAIN 4.4-10 and 4.4-15)."""

    list_size: Mapping[str, int]
    own_occupations: Mapping[str, int]
    job_when_order: tuple[str, ...]
    job_years_order: tuple[str, ...]
    neighbour_isco_digits: int
    least_sectors: int
    entry_route_levels: tuple[int, ...]
    entry_level: int
    income_now: Mapping[str, tuple[str, ...]]
    growth_forms: tuple[str, ...]
    growth_step: int
    only_when_asked: tuple[str, ...]
    skills_in_reason: int
    route_order: tuple[str, ...]
    taster_yes: tuple[str, ...]
    taster_no: tuple[str, ...]
    route_limits: Mapping[str, Mapping[str, Any]]
    hours_order: tuple[str, ...]
    level_codes: tuple[str, ...]
    """Level 0 to 6 as a code of `level`."""
    level_words: tuple[str, ...]
    """The same in the words of the catalogue."""
    step_of_route: Mapping[str, str]
    step_language: str
    step_digital: str
    step_always: str
    """First steps that can be done within two weeks, as codes of ready sentences."""
    imported: Mapping[str, Any]
    """When an occupation of an imported list may enter by rank: `most` of them per talk form, with at least
    `least_core` core skills of ours, out of the ISCO major groups `isco_major`."""


@dataclass(frozen=True)
class OfferRules:
    """How offers are called up and filtered (`offers.json`, DOMAIN 4.4-13 and 5)."""

    most: int
    kinds_order: tuple[str, ...]
    ask_kinds: tuple[str, ...]
    consult_first_kinds: tuple[str, ...]
    low_cefr: tuple[str, ...]
    long_job_years: tuple[str, ...]
    minutes_unknown: tuple[str, ...]
    km_per_hour: Mapping[str, Number]
    reason_of: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Rules:
    """All rules of matching, one value per file."""

    score: ScoreRules
    codes: CodeRules
    lists: ListRules
    offers: OfferRules

    def list_size(self, talk_form: str) -> int:
        """How many proposals a talk of this form shows at most."""
        return self.lists.list_size.get(talk_form, min(self.lists.list_size.values()))


def load_rules(folder: Path) -> Rules:
    """Read the four files of a folder. Raises FileMissing, RulesInvalid."""
    return Rules(
        score=_section(folder / "score.json", ScoreRules),
        codes=_section(folder / "codes.json", CodeRules),
        lists=_section(folder / "list.json", ListRules),
        offers=_section(folder / "offers.json", OfferRules),
    )


def _section(path: Path, kind: type[Section]) -> Section:
    if not path.is_file():
        raise FileMissing(path=str(path))
    try:
        data = json.loads(path.read_text(encoding="utf-8"), parse_float=Fraction)
    except ValueError as wrong:
        raise RulesInvalid(file=path.name, key="", problem=str(wrong)) from wrong
    if not isinstance(data, dict):
        raise RulesInvalid(file=path.name, key="", problem="not_an_object")
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]  # every Section is a dataclass
    for name in names:
        if name not in data:
            raise RulesInvalid(file=path.name, key=name, problem="missing")
    return kind(**{name: _frozen(data[name]) for name in names})


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(item) for key, item in value.items()})
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    return value
