"""The first route to propose towards a chosen occupation, and when to consult first (DOMAIN 4.4-12 and 4.4-15)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from intake_app.domain.catalogue import Occupation
from intake_app.domain.eligibility import Circumstances
from intake_app.domain.profile import SkillsProfile
from intake_app.matching.compose import income_needed_now
from intake_app.matching.criteria import learn_kinds
from intake_app.matching.rules import Rules
from intake_app.matching.score import has_job_evidence, language_gap, route_level

TASTER = "P"


def propose_route(occupation: Occupation, profile: SkillsProfile, circumstances: Circumstances, rules: Rules) -> str:
    """A route letter of the occupation, by level, language, hours and income; the two may change it.

    A taster comes first for who wants one and has not done this work; then what the person chose in n04; then the
    fixed order from small to large. Always a letter: when nothing is feasible yet, the smallest step there is.
    """
    lists = rules.lists
    offered = [route for route in lists.route_order if route in occupation.routes]
    if not offered:
        return ""
    known_work = has_job_evidence(occupation, profile, rules)
    if TASTER in offered and profile.taster in lists.taster_yes and not known_work:
        return TASTER
    feasible = list(feasible_routes(occupation, profile, circumstances, rules))
    if known_work or profile.taster in lists.taster_no:
        feasible = [route for route in feasible if route != TASTER]
    wanted = {route for kind in learn_kinds(profile, rules) for route in rules.codes.routes_of_learn_kind[kind]}
    chosen = [route for route in feasible if route in wanted] or feasible or offered
    return chosen[0]


def feasible_routes(
    occupation: Occupation, profile: SkillsProfile, circumstances: Circumstances, rules: Rules
) -> tuple[str, ...]:
    """The routes of an occupation that nothing known stands in the way of, from small to large."""
    limits = rules.lists.route_limits
    return tuple(
        route
        for route in rules.lists.route_order
        if route in occupation.routes and _feasible(limits.get(route, {}), occupation, profile, circumstances, rules)
    )


def _feasible(
    limits: Mapping[str, Any],
    occupation: Occupation,
    profile: SkillsProfile,
    circumstances: Circumstances,
    rules: Rules,
) -> bool:
    """Whether no limit of the route is broken; what is unknown breaks none, except a level that must be shown."""
    level = route_level(profile, rules)
    gap = None if level is None else occupation.lowest_level - level
    earning = circumstances.work_now or profile.work_now
    needs_income = income_needed_now(profile, rules) or earning in {"employee", "agency_flex", "self_employed"}
    broken = (
        "hours" in limits and profile.hours != "" and profile.hours not in limits["hours"],
        "highest_route_level" in limits and level is not None and level > limits["highest_route_level"],
        "lowest_route_level" in limits and (level is None or level < limits["lowest_route_level"]),
        "largest_level_gap" in limits and gap is not None and gap > limits["largest_level_gap"],
        "largest_language_gap" in limits and language_gap(occupation, profile, rules) > limits["largest_language_gap"],
        limits.get("income_now") is False and needs_income,
    )
    return not any(broken)


def consult_first_applies(
    cautions: Collection[str], chosen_route: str, circumstances: Circumstances, rules: Rules
) -> bool:
    """Whether "Overleg eerst met UWV, gemeente of COA." is said at this route of an occupation (4.4-12)."""
    return (
        "consult_first" in cautions
        and chosen_route in rules.codes.consult_first_routes
        and consult_first_needed(circumstances, rules)
    )


def consult_first_needed(circumstances: Circumstances, rules: Rules) -> bool:
    """A benefit is named, or income is not known, or the talk is in an azc."""
    if circumstances.location_is_azc or not circumstances.income:
        return True
    income = set(circumstances.income)
    return bool(income & set(rules.codes.unknown_income)) or bool(income - set(rules.codes.no_benefit))
