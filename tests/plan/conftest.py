"""The shipped catalogue, fonts and samples: what the printed plan really rests on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from intake_app.catalogue.load import load_catalogue
from intake_app.domain.catalogue import Catalogue
from intake_app.domain.plan import PlanDocument
from intake_app.plan.document import document_from_json
from intake_app.plan.fonts import load_fonts

RESOURCES = Path(__file__).parents[2] / "resources"


@pytest.fixture(scope="session")
def resources() -> Path:
    return RESOURCES


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(RESOURCES / "catalogue")


@pytest.fixture(scope="session")
def fonts() -> None:
    load_fonts(RESOURCES / "fonts")


@pytest.fixture(scope="session")
def sample() -> Callable[[str], PlanDocument]:
    return lambda name: document_from_json((RESOURCES / "sample" / "plans" / f"{name}.json").read_bytes())
