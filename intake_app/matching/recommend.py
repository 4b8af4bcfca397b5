"""The proposals of a talk: rank every occupation, then compose the list (DOMAIN 4.4)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from intake_app.domain.catalogue import Catalogue, Occupation
from intake_app.domain.profile import SkillsProfile
from intake_app.domain.reasons import ReasonCode
from intake_app.domain.recommendation import Recommendation
from intake_app.matching.compose import Listing, first_list, spread
from intake_app.matching.explain import Setting, explain
from intake_app.matching.ranking import ranked
from intake_app.matching.rules import Rules
from intake_app.matching.score import assess


def recommend(
    profile: SkillsProfile,
    catalogue: Catalogue,
    rules: Rules,
    *,
    show_all: bool = False,
    wish_filter: bool = True,
    today: date | None = None,
    without: Collection[str] = (),
) -> tuple[Recommendation, ...]:
    """What to propose: three occupations after a short talk, at most six after a full one.

    `show_all` gives every occupation in order instead. `wish_filter` off lets through what k02 would keep out.
    With `today`, entries that were checked too long ago carry the reason to check them. Occupations `without` were
    refused or taken away: the list is composed as if they were not there.
    """
    setting = Setting(profile, catalogue, rules, today)
    if show_all:
        return tuple(_explained(each.occupation, setting) for each in ranked(profile, catalogue, rules))
    listing = _list(profile, catalogue, rules, wish_filter=wish_filter, without=without)
    return tuple(_explained(item.standing.occupation, setting, item.fixed, item.extra) for item in listing)


def listed(
    profile: SkillsProfile, catalogue: Catalogue, rules: Rules, *, wish_filter: bool = True
) -> tuple[Occupation, ...]:
    """The occupations of the list alone, without their explanations."""
    return tuple(item.standing.occupation for item in _list(profile, catalogue, rules, wish_filter=wish_filter))


def _list(
    profile: SkillsProfile, catalogue: Catalogue, rules: Rules, *, wish_filter: bool, without: Collection[str] = ()
) -> Listing:
    ranking = ranked(profile, catalogue, rules)
    if without:
        ranking = tuple(standing for standing in ranking if standing.occupation.id not in without)
    listing = first_list(ranking, profile, catalogue, rules, wish_filter=wish_filter, without=without)
    return spread(listing, ranking, profile, rules, wish_filter=wish_filter)


def rank_all(
    profile: SkillsProfile, catalogue: Catalogue, rules: Rules, *, today: date | None = None
) -> tuple[Recommendation, ...]:
    """Every occupation with its explanation, in the order of 4.4-8."""
    return recommend(profile, catalogue, rules, show_all=True, today=today)


def explain_one(
    occupation: Occupation, profile: SkillsProfile, catalogue: Catalogue, rules: Rules, *, today: date | None = None
) -> Recommendation:
    """What matching says of one occupation, whether it is in the list or not."""
    return _explained(occupation, Setting(profile, catalogue, rules, today))


def _explained(
    occupation: Occupation, setting: Setting, fixed: str = "", extra: ReasonCode | None = None
) -> Recommendation:
    assessment = assess(occupation, setting.profile, setting.catalogue, setting.rules)
    return explain(assessment, setting, fixed=fixed, extra=extra)
