"""What matching proposes: a label in words, a score that explains itself, and reasons."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from intake_app.domain.reasons import Reason


class Fit(StrEnum):
    """The label shown instead of a number (DOMAIN 4.4-7): past goed, past deels, met leren."""

    GOOD = "good"
    PARTLY = "partly"
    WITH_LEARNING = "with_learning"


@dataclass(frozen=True)
class Contribution:
    """One named part of a score: `value` 0-1, and its weight. `parts` are what the value itself is made of."""

    criterion: str
    value: float
    weight: float
    parts: tuple[Contribution, ...] = ()


@dataclass(frozen=True)
class Recommendation:
    """A proposed occupation. `score` 0-1 is for ordering and tests, never for a screen."""

    id: str
    label_nl: str
    sector: str
    fit: Fit
    score: float
    contributions: tuple[Contribution, ...]
    reasons: tuple[Reason, ...]
    missing_skills: tuple[str, ...]
    routes: tuple[str, ...]
    cautions: tuple[str, ...]
    fixed: str = ""
    """Why it stands in the list whatever its score: own_idea, own_work, neighbour or ""."""


@dataclass(frozen=True)
class OfferSuggestion:
    """A possible offer, always "misschien": why it is shown and what to ask where."""

    id: str
    label_nl: str
    kinds: tuple[str, ...]
    reasons: tuple[Reason, ...]
    is_sample: bool


@dataclass(frozen=True)
class Advice:
    """Everything one talk is offered, with the catalogue it rests on."""

    occupations: tuple[Recommendation, ...]
    offers: tuple[OfferSuggestion, ...]
    catalogue_version: str
