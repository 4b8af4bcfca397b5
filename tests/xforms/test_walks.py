"""Random walks through forms of every kind: what our engine and JavaRosa say is the same, or excused by a clause."""

from __future__ import annotations

from pathlib import Path
from random import SystemRandom

import pytest

from tests.xforms import excuses, walker
from tests.xforms.oracle import javarosa

needs_java = pytest.mark.skipif(not javarosa.available(), reason="needs a Java runtime and pyxform's ODK_Validate.jar")
RULES = Path(__file__).parents[2] / "intake_app" / "xforms" / "DAG.md"


@pytest.mark.parametrize("name", walker.NAMES)
def test_a_recorded_walk_goes_as_javarosa_went_it(name: str) -> None:
    for seed, tale in walker.recorded(name).items():
        outcome = walker.replay(walker.compiled(name), tale, seed)

        assert outcome.unexplained == [], f"seed {seed}"
        assert outcome.answers > 400


def test_the_recorded_walks_hold_twenty_thousand_answers() -> None:
    tales = [tale for name in walker.NAMES for tale in walker.recorded(name).values()]

    assert len(walker.NAMES) >= 15
    assert sum("set" in told.event for tale in tales for told in tale) >= 20_000


@pytest.mark.parametrize("clause", [clause.partition(" ")[0] for clause, _ in excuses.EXCUSES])
def test_every_excuse_stands_in_the_rules(clause: str) -> None:
    chapter, number = clause.split(".")
    chapters = RULES.read_text(encoding="utf-8").split("\n## ")

    (found,) = (text for text in chapters if text.startswith(f"{chapter}. "))
    assert f"\n{number}. " in found


@pytest.mark.java
@needs_java
def test_a_short_walk_beside_javarosa_shows_no_unexplained_difference(tmp_path: Path) -> None:
    with javarosa.Session() as session:
        for name in walker.NAMES:
            outcome, _ = walker.live(session, walker.compiled(name), tmp_path / f"{name}.xml", 30, seed=77)

            assert outcome.unexplained == [], name


@pytest.mark.long
@pytest.mark.java
@needs_java
@pytest.mark.parametrize("name", walker.NAMES)
def test_long_new_walks_beside_javarosa_show_no_unexplained_difference(name: str, tmp_path: Path) -> None:
    seed = SystemRandom().randrange(1_000_000)
    with javarosa.Session() as session:
        outcome, _ = walker.live(session, walker.compiled(name), tmp_path / f"{name}.xml", 1200, seed)

    assert outcome.unexplained == [], f"seed {seed}"


@pytest.mark.long
@pytest.mark.java
@needs_java
def test_the_recorded_walks_are_what_javarosa_says(tmp_path: Path) -> None:
    with javarosa.Session() as session:
        for name in walker.NAMES:
            for seed, tale in walker.recorded(name).items():
                _, now = walker.live(session, walker.compiled(name), tmp_path / f"{name}.xml", len(tale) - 1, seed)

                assert [told.event for told in now] == [told.event for told in tale], f"{name} {seed}"
                assert [told.rejected for told in now] == [told.rejected for told in tale], f"{name} {seed}"
