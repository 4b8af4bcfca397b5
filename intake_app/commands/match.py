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
    from collections.abc import Iterator

    from intake_app.domain.catalogue import Catalogue
    from intake_app.domain.profile import SkillsProfile
    from intake_app.domain.recommendation import Contribution, Recommendation
    from intake_app.matching.rules import Rules

DECIMALS = 4
"""Enough to recompute a score of two decimals from its contributions."""


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand; `handler` of its arguments runs it."""
    parser = subparsers.add_parser(
        "match",
        help="propose occupations for a profile file",
        description="Proposes occupations for a profile file; resources/matching/profile.schema.json describes it.",
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--profile", type=Path, metavar="FILE", help="profile file (JSON)")
    what.add_argument(
        "--spread", type=int, metavar="N", help="how proposals for N random people spread over the sectors"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the random people (default 1)")
    parser.add_argument("--imported", action="store_true", help="rank the occupations of an imported ESCO as well")
    parser.add_argument("--catalogue", type=Path, metavar="DIR", help="another folder than the one in use")
    parser.add_argument("--all", action="store_true", help="every occupation in order")
    parser.add_argument("--json", action="store_true", help="results as JSON")
    parser.set_defaults(handler=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the proposals. Raises FileMissing, ProfileInvalid, CatalogueInvalid, RulesInvalid."""
    from intake_app.matching.profile_file import profile_from_json, with_derived_skills
    from intake_app.matching.recommend import recommend
    from intake_app.matching.rules import load_rules
    from intake_app.paths import resource_dir

    if arguments.spread is not None:
        return _print_spread(arguments)
    profile = profile_from_json(_decoded(arguments.profile))
    catalogue = _catalogue(arguments)
    rules = load_rules(resource_dir("matching"))
    catalogue = _with_imported(catalogue, arguments.data_dir, wanted=arguments.imported)
    profile = with_derived_skills(_with_idea_found(profile, catalogue), catalogue, rules)
    found = recommend(profile, catalogue, rules, show_all=arguments.all)
    if arguments.json:
        result = {"recommendations": [as_json(item) for item in found], "catalogue_version": catalogue.version}
        print(json.dumps(result, ensure_ascii=False))
    else:
        for line in _in_words(found, profile, catalogue, rules):
            print(line)
    return 0


def _catalogue(arguments: argparse.Namespace) -> Catalogue:
    """The one that was asked for, else the one in use in the data folder, else the shipped one."""
    from intake_app.bootstrap import load_reference, reference_dir
    from intake_app.catalogue.load import load_catalogue

    if arguments.catalogue:
        return load_catalogue(arguments.catalogue)
    return load_reference(reference_dir(arguments.data_dir))


def _in_words(
    found: tuple[Recommendation, ...], profile: SkillsProfile, catalogue: Catalogue, rules: Rules
) -> Iterator[str]:
    """Each proposal with its reasons as the person hears them, in Dutch, and what would open it."""
    from intake_app.i18n.phrases import fit_sentence, reason_sentence
    from intake_app.matching.change import what_would_change

    for item in found:
        yield f"{item.id}\t{item.label_nl}\t{fit_sentence(item.fit, 'nl')}\t{item.score:.2f}"
        known = catalogue.known_occupation(item.id)
        changes = what_would_change(known, profile, catalogue, rules) if known else ()
        for reason in (*item.reasons, *changes):
            yield f"\t{reason_sentence(reason, 'nl', catalogue)}"


def _with_imported(catalogue: Catalogue, data_dir: Path | None, *, wanted: bool) -> Catalogue:
    """The catalogue with the occupations of an imported ESCO. Raises FileMissing where none was imported."""
    if not wanted:
        return catalogue
    from intake_app.bootstrap import reference_dir
    from intake_app.catalogue.imported import imported_occupations, open_imported

    folder = reference_dir(data_dir)
    lists = open_imported(folder)
    try:
        esco = next((each for each in lists if each.kind == "esco"), None)
        if esco is None:
            raise FileMissing(path=str(folder / "esco"))
        return replace(catalogue, wider=imported_occupations(catalogue, esco))
    finally:
        for each in lists:
            each.close()


def _print_spread(arguments: argparse.Namespace) -> int:
    """How many of N random people see each sector in their list, and how many see it first."""
    from intake_app.matching.rules import load_rules
    from intake_app.matching.spread import spread_over_sectors
    from intake_app.paths import resource_dir

    catalogue = _catalogue(arguments)
    found = spread_over_sectors(catalogue, load_rules(resource_dir("matching")), arguments.spread, arguments.seed)
    if arguments.json:
        rows = [{"sector": s.sector, "seen": s.seen, "first": s.first, "places": s.places} for s in found.sectors]
        print(json.dumps({"people": found.people, "seed": found.seed, "sectors": rows}, ensure_ascii=False))
        return 0
    for row in found.sectors:
        print(f"{row.sector}\t{catalogue.terms['sector'][row.sector]}\t{row.seen}\t{row.first}\t{row.places}")
    return 0


def _with_idea_found(profile: SkillsProfile, catalogue: Catalogue) -> SkillsProfile:
    """An own idea told in words becomes the occupation it names exactly; there is nobody here to choose."""
    if not profile.own_idea or catalogue.direction(profile.own_idea):
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


def as_json(item: Recommendation) -> dict[str, Any]:
    """One proposal in the shape of the contract."""
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
