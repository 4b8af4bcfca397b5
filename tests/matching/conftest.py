"""The shipped catalogue and rules, and profiles built as a talk builds them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from intake_app.catalogue.load import load_catalogue
from intake_app.domain.catalogue import Catalogue
from intake_app.domain.profile import SkillsProfile
from intake_app.matching.profile_file import profile_from_json, with_derived_skills
from intake_app.matching.rules import Rules, load_rules

RESOURCES = Path(__file__).parents[2] / "resources"
ProfileOf = Callable[..., SkillsProfile]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(RESOURCES / "catalogue")


@pytest.fixture(scope="session")
def rules() -> Rules:
    return load_rules(RESOURCES / "matching")


@pytest.fixture(scope="session")
def profile_of(catalogue: Catalogue, rules: Rules) -> ProfileOf:
    """A profile from cards (`top` are those of i03, `cards` the others), jobs by occupation id, and other keys."""

    def build(top: str = "", cards: str = "", jobs: tuple[str, ...] = (), **keys: Any) -> SkillsProfile:
        content = {
            "cards": [*top.split(), *cards.split()],
            "top_cards": top.split(),
            "jobs": [{"occupation": job} for job in jobs],
            **keys,
        }
        return with_derived_skills(profile_from_json(content), catalogue, rules)

    return build
