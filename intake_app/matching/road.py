"""From a gap to a road: routes with what may help on each, language, money, and a step within two weeks (4.4-15)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from intake_app.domain.catalogue import Catalogue, Occupation
from intake_app.domain.eligibility import Circumstances
from intake_app.domain.profile import SkillsProfile
from intake_app.domain.radar import Road, Way
from intake_app.domain.recommendation import OfferSuggestion
from intake_app.matching.eligibility import suggest_offers
from intake_app.matching.route import TASTER, feasible_routes, propose_route
from intake_app.matching.rules import Rules
from intake_app.matching.score import language_gap

MONEY = "M"
LEADS = frozenset("LRW")
"""Kinds of offers that lead somewhere: learning, recognition, a work place; money and help come beside them."""
_ALL = 10_000


def road_to(
    occupation: Occupation,
    profile: SkillsProfile,
    circumstances: Circumstances,
    catalogue: Catalogue,
    rules: Rules,
    *,
    today: date | None = None,
) -> Road:
    """The road from where a person stands to an occupation; who may get what is asked here, after the ranking."""

    def offers(**wishes: object) -> tuple[OfferSuggestion, ...]:
        asked = replace(profile, **_NO_WISHES, **wishes)  # type: ignore[arg-type]  # fields by name
        wide = replace(rules, offers=replace(rules.offers, most=_ALL))
        found = suggest_offers(asked, (occupation.id,), circumstances, catalogue, wide, today=today)
        return found[: rules.offers.most]

    proposed = propose_route(occupation, profile, circumstances, rules)
    feasible = feasible_routes(occupation, profile, circumstances, rules)
    order = [route for route in rules.lists.route_order if route in occupation.routes]
    order.sort(key=lambda route: route != proposed)
    ways = []
    for route in order:
        kinds = tuple(kind for kind, routes in rules.codes.routes_of_learn_kind.items() if route in routes)
        taster = rules.lists.taster_yes[0] if route == TASTER else ""
        found = offers(learn_kind=kinds, taster=taster, taster_sectors=(occupation.sector,))
        called = tuple(one for one in found if LEADS & set(one.kinds) and _for_route(one, kinds, taster, catalogue))
        ways.append(Way(route, route in feasible, called))
    gap = language_gap(occupation, profile, rules)
    language = offers(learn_kind=("language",)) if gap else ()
    every = tuple(dict.fromkeys(kind for kind in rules.codes.routes_of_learn_kind))
    return Road(
        occupation=occupation.id,
        ways=tuple(ways),
        language=tuple(one for one in language if _calls(one, "learn_kind", {"language"}, catalogue)),
        money=tuple(one for one in offers(learn_kind=every) if MONEY in one.kinds),
        soon=_soon(proposed, bool(gap), profile, rules),
    )


_NO_WISHES: dict[str, object] = {"basic_wish": (), "letter": ""}
"""What calls up offers beside the route; the road asks for each kind of help by itself."""


def _for_route(offer: OfferSuggestion, kinds: tuple[str, ...], taster: str, catalogue: Catalogue) -> bool:
    return _calls(offer, "learn_kind", set(kinds), catalogue) or bool(
        taster and _calls(offer, "taster", {taster}, catalogue)
    )


def _calls(offer: OfferSuggestion, key: str, values: set[str], catalogue: Catalogue) -> bool:
    return bool(set(catalogue.offers[offer.id].shown_for.get(key, ())) & values)


def _soon(route: str, language: bool, profile: SkillsProfile, rules: Rules) -> tuple[str, ...]:
    lists = rules.lists
    found = [lists.step_of_route[route]] if route in lists.step_of_route else []
    if language or "language" in profile.learn_kind:
        found.append(lists.step_language)
    if "digital" in profile.learn_kind:
        found.append(lists.step_digital)
    return tuple(dict.fromkeys((*found, lists.step_always)))
