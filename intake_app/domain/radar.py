"""Occupations as a person explores them: how near their skills are, the road to them, what is in the neighbourhood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from intake_app.domain.recommendation import Fit, OfferSuggestion


@dataclass(frozen=True)
class Reach:
    """An estimate: minutes to the next five, and the way of going (a code of l03); `minutes` 0 is in the same place."""

    minutes: int
    way: str
    km: int


@dataclass(frozen=True)
class Way:
    """One route letter; `feasible` when nothing known stands in its way; offers of that kind, each a "misschien"."""

    route: str
    feasible: bool
    offers: tuple[OfferSuggestion, ...]


@dataclass(frozen=True)
class Road:
    """How to get to an occupation: `ways` with the proposed one first, then from small to large.

    `soon` are codes of ready sentences for a first step, each possible within two weeks; never empty.
    """

    occupation: str
    ways: tuple[Way, ...]
    language: tuple[OfferSuggestion, ...]
    money: tuple[OfferSuggestion, ...]
    soon: tuple[str, ...]


@dataclass(frozen=True)
class Blip:
    """One occupation on the radar. `own_sector` is false where it fills up a small sector by the skills it shares."""

    occupation: str
    fit: Fit | None
    kansberoep: bool
    share: int
    """How many of its skills, in hundredths, the person has; 0 without a profile."""
    own_sector: bool = True


@dataclass(frozen=True)
class Neighbour:
    """An occupation of another sector and the skills, not useful everywhere, that both ask."""

    occupation: str
    shared: tuple[str, ...]


@dataclass(frozen=True)
class NearOffer:
    """An offer on the way to an occupation, and how far it is when that is known."""

    offer: str
    reach: Reach | None


@dataclass(frozen=True)
class Close:
    """One occupation from close by. `have`, `partly` and `missing` are its skills, core ones first."""

    occupation: str
    fit: Fit | None
    have: tuple[str, ...]
    partly: tuple[str, ...]
    missing: tuple[str, ...]
    road: Road
    near: tuple[NearOffer, ...]
    neighbours: tuple[Neighbour, ...]


@dataclass(frozen=True)
class WorkFacts:
    """What is told of an occupation beside the table of occupations: a day of it, and pay where a source is loaded."""

    day_nl: str = ""
    pay_nl: str = ""
    pay_source: str = ""
    pay_checked_on: date | None = None
