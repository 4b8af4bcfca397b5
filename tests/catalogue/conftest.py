"""The shipped catalogue, and copies of it that a test may spoil."""

import shutil
from pathlib import Path

import pytest

from intake_app.catalogue.load import load_catalogue
from intake_app.domain.catalogue import Catalogue

SHIPPED = Path(__file__).parents[2] / "resources" / "catalogue"


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(SHIPPED)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped folder."""
    copy = tmp_path / "catalogue"
    shutil.copytree(SHIPPED, copy)
    return copy
