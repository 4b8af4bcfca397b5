"""`match`: the proposals for a profile file, or every occupation in order."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from intake_app.errors import FileMissing, ProfileInvalid

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from intake_app.domain.catalogue import Catalogue
    from intake_app.domain.profile import SkillsProfile
    from intake_app.domain.recommendation import Contribution, Recommendation

DECIMALS = 4
"""Enough to recompute a score of two decimals from its contributions."""


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand; `handler` of its arguments runs it."""
    parser = subparsers.add_parser(
        "match",
        help="propose occupations for a profile file",
        description="Proposes occupations for a profile file; resources/matching/profile.schema.json describes it.",
    )
    parser.add_argument("--profile", type=Path, required=True, metavar="FILE", help="profile file (JSON)")
    parser.add_argument("--catalogue", type=Path, metavar="DIR", help="another folder than the shipped one")
    parser.add_argument("--all", action="store_true", help="every occupation in order")
    parser.add_argument("--json", action="store_true", help="results as JSON")
    parser.set_defaults(handler=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the proposals. Raises FileMissing, ProfileInvalid, CatalogueInvalid, RulesInvalid."""
    from intake_app.catalogue.load import load_catalogue
    from intake_app.matching.profile_file import profile_from_json, with_derived_skills
    from intake_app.matching.recommend import recommend
    from intake_app.matching.rules import load_rules
    from intake_app.paths import resource_dir

    profile = profile_from_json(_decoded(arguments.profile))
    catalogue = load_catalogue(arguments.catalogue or resource_dir("catalogue"))
    rules = load_rules(resource_dir("matching"))
    profile = with_derived_skills(_with_idea_found(profile, catalogue), catalogue, rules)
    found = recommend(profile, catalogue, rules, show_all=arguments.all)
    if arguments.json:
        result = {"recommendations": [_as_json(item) for item in found], "catalogue_version": catalogue.version}
        print(json.dumps(result, ensure_ascii=False))
    else:
        for item in found:
            print(f"{item.id}\t{item.label_nl}\t{item.fit.value}\t{item.score:.2f}")
    return 0


def _with_idea_found(profile: SkillsProfile, catalogue: Catalogue) -> SkillsProfile:
    """An own idea told in words becomes the occupation it names exactly; there is nobody here to choose."""
    if not profile.own_idea or profile.own_idea in catalogue.occupations:
        return profile
    from intake_app.catalogue.search import search

    hits = search(catalogue, profile.own_idea, "nl")
    named = next((hit.id for hit in hits if hit.kind == "occupation" and hit.why == "exact"), "")
    if not named:
        print("own_idea: not in the catalogue, left out", file=sys.stderr)
    return replace(profile, own_idea=named)


def _decoded(path: Path) -> object:
    if not path.is_file():
        raise FileMissing(path=str(path))
    try:
        decoded: object = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as wrong:
        raise ProfileInvalid(field="", problem="not_json") from wrong
    return decoded


def _as_json(item: Recommendation) -> dict[str, Any]:
    return {
        "id": item.id,
        "label": item.label_nl,
        "fit": item.fit.value,
        "score": item.score,
        "contributions": [_contribution(each) for each in item.contributions],
        "reasons": [{"code": reason.code.value, "params": dict(reason.params)} for reason in item.reasons],
        "missing_skills": list(item.missing_skills),
        "routes": list(item.routes),
        "cautions": list(item.cautions),
    }


def _contribution(each: Contribution) -> dict[str, Any]:
    return {
        "criterion": each.criterion,
        "value": round(each.value, DECIMALS),
        "weight": round(each.weight, DECIMALS),
    }
