"""Our engine and JavaRosa tell the same story of a form; where they do not, the reason stands in the story."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from intake_app.xforms.api import FormDefinition, FormEntry, NodeView, parse_form, trace
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
def test_the_recorded_stories_are_what_javarosa_says() -> None:
    stories = [read(name) for name in NAMES]

    answers = javarosa.ask(
        [(STORIES / f"{name}.xml", story["events"], None) for name, story in zip(NAMES, stories, strict=True)]
    )

    for name, story, answer in zip(NAMES, stories, answers, strict=True):
        assert [shown(state) for state in answer] == [shown(state) for state in story["states"]], name


def shown(state: dict) -> dict[str, dict[str, object]]:
    return {ref: {key: node[key] for key in KEYS} for ref, node in nodes_of(state).items()}


def a_walk(definition: FormDefinition, steps: int, seed: int) -> list[dict[str, str]]:
    """Events as somebody might cause them who answers at random."""
    random = Random(seed)
    entry = FormEntry.new(definition, seed=seed)
    events: list[dict[str, str]] = []
    while len(events) < steps:
        free = [ref for ref in definition.repeats if may_grow(entry, ref)]
        if free and random.random() < 0.1:
            event = {"add_repeat": random.choice(free)}
        else:
            view = random.choice([view for view in entry.nodes() if may_answer(definition, view)])
            event = {"set": view.ref, "value": an_answer(view, random)}
        entry.apply(event)
        events.append(event)
    return events


def may_grow(entry: FormEntry, ref: str) -> bool:
    bind, control = entry.definition.binds[ref], entry.definition.controls[ref]
    first = entry.instances(ref)
    return (
        "host" not in bind.tags and "count" not in control.parameters and bool(first) and entry.node(first[0]).relevant
    )


def may_answer(definition: FormDefinition, view: NodeView) -> bool:
    bind = definition.binds[view.generic_ref]
    asked = view.kind == "value" and view.relevant and view.control is not None and not view.readonly
    return asked and bind.calculate is None and "host" not in bind.tags and bind.type != "binary"


def an_answer(view: NodeView, random: Random) -> str:
    if view.choices is not None:
        values = [choice.value for choice in view.choices]
        wanted = random.randint(1, 3) if view.control == "select" else 1
        return " ".join(random.sample(values, min(wanted, len(values))))
    plain = {"int": "7", "decimal": "3.5", "date": "2026-03-02", "time": "10:30:00.000Z"}
    return plain.get(view.type, random.choice(["Ali", "x y"]))


@pytest.mark.java
@pytest.mark.skipif(not javarosa.available(), reason="needs a Java runtime and pyxform's ODK_Validate.jar")
@pytest.mark.parametrize("name", ["intake", "follow_up"])
def test_our_own_forms_run_as_in_odk_collect(name: str, repository: Path) -> None:
    path = repository / "resources" / "forms" / "compiled" / f"{name}.xml"
    events = a_walk(parse_form(path.read_bytes()), steps=50, seed=11)

    (theirs,) = javarosa.ask([(path, events, None)])
    ours = trace(path.read_bytes(), events, seed=11)["states"]

    for number, (mine, other) in enumerate(zip(ours, theirs, strict=True)):
        assert differences(mine, other) == [], f"after event {number}"
