"""Our engine and JavaRosa tell the same story of a form; where they do not, the reason stands in the story."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from intake_app.xforms.api import trace
from tests.xforms.oracle import javarosa

STORIES = Path(__file__).parents[2] / "data" / "xforms" / "javarosa"
NAMES = sorted(path.stem for path in STORIES.glob("*.json"))
KEYS = ("relevant", "readonly", "required", "value", "label", "choices")


def read(name: str) -> dict:
    return json.loads((STORIES / f"{name}.json").read_text(encoding="utf-8"))


def nodes_of(state: dict) -> dict[str, dict]:
    return {node["ref"]: node for node in state["nodes"] if not node["ref"].startswith("/data/meta")}


def differences(ours: dict, theirs: dict) -> list[tuple[str, str, object, object]]:
    mine, other = nodes_of(ours), nodes_of(theirs)
    found = [("", "refs", ref, "") for ref in mine.keys() ^ other.keys()]
    if bool(ours["rejected"]) != bool(theirs["rejected"]):
        found.append(("", "rejected", ours["rejected"], theirs["rejected"]))
    for ref in mine.keys() & other.keys():
        for key in KEYS:
            # JavaRosa shows texts and choices of asked questions only, and values of leaves only.
            silent = other[ref][key] is None or mine[ref][key] is None
            if not silent and mine[ref][key] != other[ref][key]:
                found.append((ref, key, mine[ref][key], other[ref][key]))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_engine_tells_the_story_as_javarosa_does(name: str) -> None:
    story = read(name)
    xml = (STORIES / f"{name}.xml").read_bytes()

    states = trace(xml, story["events"], today="2026-03-02T09:30:00+00:00", seed=1)["states"]

    excused = {(one["ref"], one["key"]) for one in story["deviations"]}
    for number, (ours, theirs) in enumerate(zip(states, story["states"], strict=True)):
        unexpected = [one for one in differences(ours, theirs) if one[:2] not in excused]
        assert unexpected == [], f"after event {number}"


@pytest.mark.parametrize("name", [name for name in NAMES if read(name)["deviations"]])
def test_every_deviation_that_is_excused_is_real(name: str) -> None:
    story = read(name)
    xml = (STORIES / f"{name}.xml").read_bytes()
    states = trace(xml, story["events"], today="2026-03-02T09:30:00+00:00", seed=1)["states"]

    seen = {one[:2] for ours, theirs in zip(states, story["states"], strict=True) for one in differences(ours, theirs)}

    assert {(one["ref"], one["key"]) for one in story["deviations"]} <= seen


@pytest.mark.java
@pytest.mark.skipif(not javarosa.available(), reason="needs a Java runtime and pyxform's ODK_Validate.jar")
def test_the_recorded_stories_are_what_javarosa_says(tmp_path: Path) -> None:
    stories = [read(name) for name in NAMES]

    answers = javarosa.ask(
        [(STORIES / f"{name}.xml", story["events"], None) for name, story in zip(NAMES, stories, strict=True)], tmp_path
    )

    for name, story, answer in zip(NAMES, stories, answers, strict=True):
        assert [nodes_of(state) for state in answer] == [nodes_of(state) for state in story["states"]], name
