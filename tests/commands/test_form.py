"""`form trace|check|text|compile`: the questionnaire without a screen."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Command

REPOSITORY = Path(__file__).resolve().parents[2]
COMPILED = REPOSITORY / "resources" / "forms" / "compiled"
INTAKE = COMPILED / "intake.xml"
SMALL = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:orx="http://openrosa.org/xforms" xmlns:jr="http://openrosa.org/javarosa"
 xmlns:intake="https://llo-portaal.nl/xforms/intake"><h:head><h:title>Klein</h:title><model>
 <itext><translation lang="Nederlands (nl)" default="true()"><text id="age"><value>Hoe oud?</value></text></translation>
 <translation lang="English (en)"><text id="age"><value>How old?</value></text></translation></itext>
 <instance><data id="klein" version="1"><role/><age/><adult/><g><work/></g>
 <job><title/></job><orx:meta><orx:instanceID/></orx:meta></data></instance>
 <bind nodeset="/data/role" type="string" intake:host="role"/>
 <bind nodeset="/data/age" type="int" required="true()" constraint=". &lt; 120" jr:constraintMsg="Zo oud?"/>
 <bind nodeset="/data/adult" type="string" calculate="if(/data/age &gt;= 18, 'yes', 'no')"/>
 <bind nodeset="/data/g/work" type="string" relevant="/data/adult = 'yes'"/>
 <bind nodeset="/data/job/title" type="string"/>
 <bind nodeset="/data/orx:meta/orx:instanceID" type="string" readonly="true()" jr:preload="uid"/>
 </model></h:head><h:body><input ref="/data/age"><label ref="jr:itext('age')"/></input>
 <group ref="/data/g"><label>Werk</label><select1 ref="/data/g/work"><label>Werkt u?</label>
 <item><label>ja</label><value>yes</value></item><item><label>nee</label><value>no</value></item></select1></group>
 <group ref="/data/job"><label>Banen</label><repeat nodeset="/data/job"><input ref="/data/job/title">
 <label>Welk werk?</label></input></repeat></group></h:body></h:html>"""
EVENTS: list[dict[str, object]] = [
    {"set": "/data/age", "value": "200"},
    {"validate": True},
    {"set": "/data/age", "value": "30"},
    {"set": "/data/g/work", "value": "yes"},
    {"add_repeat": "/data/job"},
    {"set": "/data/job[2]/title", "value": "Lasser"},
    {"remove_repeat": "/data/job[1]"},
    {"language": "en"},
    {"host": "role", "value": "volunteer"},
    {"set": "/data/age", "value": "10"},
    {"finalize": True},
]
KEYS = {"ref", "type", "relevant", "readonly", "required", "value", "valid", "label", "hint", "choices"}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "klein.xml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def traced(command: Command, form: Path, events: object, tmp_path: Path, *options: object) -> dict[str, Any]:
    file = tmp_path / "events.json"
    file.write_text(json.dumps(events), encoding="utf-8")
    result = command("form", "trace", form, "--events", file, *options)
    assert result.code == 0, result.err
    assert result.err == ""
    found: dict[str, Any] = json.loads(result.out)
    return found


def node(state: dict[str, Any], ref: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in state["nodes"] if one["ref"] == ref)
    return found


def test_a_trace_tells_the_state_after_the_load_and_after_each_event(
    command: Command, small: Path, tmp_path: Path
) -> None:
    result = traced(command, small, EVENTS, tmp_path, "--seed", 1)
    states = result["states"]

    assert set(result) == {"states", "xml"}
    assert [state["event"] for state in states] == [None, *EVENTS]
    assert all(set(state) == {"event", "rejected", "invalid", "nodes"} for state in states)
    assert all(set(one) == KEYS for state in states for one in state["nodes"])
    assert states[1]["rejected"] == {"ref": "/data/age", "message": "Zo oud?"}
    assert node(states[1], "/data/age")["value"] == ""
    assert states[2]["invalid"] == [{"ref": "/data/age", "reason": "required", "message": ""}]
    assert node(states[3], "/data/adult")["value"] == "yes"
    assert not node(states[0], "/data/g/work")["relevant"]
    assert node(states[4], "/data/g/work")["choices"] == [["yes", "ja"], ["no", "nee"]]
    assert [one["ref"] for one in states[5]["nodes"] if one["type"] == "repeat"] == ["/data/job[1]", "/data/job[2]"]
    assert node(states[7], "/data/job[1]/title")["value"] == "Lasser"
    assert node(states[8], "/data/age")["label"] == "How old?"
    assert node(states[9], "/data/role")["value"] == "volunteer"
    assert (node(states[10], "/data/g/work")["relevant"], node(states[10], "/data/g/work")["value"]) == (False, "yes")
    assert node(states[10], "/data/g") == {
        **dict.fromkeys(KEYS),
        "ref": "/data/g",
        "type": "group",
        "relevant": True,
        "readonly": False,
        "required": False,
        "valid": True,
        "label": "Werk",
    }
    assert states[11]["invalid"] == []
    assert result["xml"].startswith("<data ")
    assert "<work>" not in result["xml"]


def test_a_trace_with_a_fixed_day_and_seed_is_always_the_same(command: Command, tmp_path: Path) -> None:
    options = ("--today", "2027-03-01", "--seed", 7, "--lang", "ar")
    events = [{"set": "/data/a02_talk_language", "value": "ar"}, {"set": "/data/c01_call_name", "value": "Samira"}]
    once = traced(command, INTAKE, events, tmp_path, *options)

    assert traced(command, INTAKE, events, tmp_path, *options) == once
    assert node(once["states"][2], "/data/c01_call_name")["value"] == "Samira"
    assert node(once["states"][2], "/data/a04_interpreter")["relevant"]
    assert (
        "أ" in node(once["states"][0], "/data/a05_question")["label"]
        or node(once["states"][0], "/data/a05_question")["label"].strip()
    )


def test_the_shipped_form_keeps_reactions_on_rows_that_stay(command: Command, tmp_path: Path) -> None:
    rows = [{"id": "tm3", "label": "Lasser"}, {"id": "zw2", "label": "Zorgassistent"}]
    events = [
        {"host": "suggestions", "rows": rows},
        {"set": "/data/suggestions[2]/p01_reaction", "value": "nice"},
        {"host": "suggestions", "rows": rows[1:]},
    ]
    last = traced(command, INTAKE, events, tmp_path)["states"][-1]

    assert node(last, "/data/suggestions[1]/p01_reaction")["value"] == "nice"
    assert node(last, "/data/suggestions[1]/suggestion_label")["value"] == "Zorgassistent"
    assert not [one for one in last["nodes"] if one["ref"] == "/data/suggestions[2]"]


def test_events_may_come_from_standard_input(command: Command, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = b'\xef\xbb\xbf[{"set": "/data/age", "value": "30"}]'
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="cp1252"))
    result = command("form", "trace", small, "--events", "-", "--json")

    assert result.code == 0
    assert node(json.loads(result.out)["states"][1], "/data/age")["value"] == "30"


@pytest.mark.parametrize(
    ("events", "line"),
    [(b"[\n{]", "regel 2"), (b'{"set": 1}', "regel 1"), (b'["set"]', "regel 1"), (b"[\n\xff]", "regel 2")],
)
def test_events_that_cannot_be_read_are_named_with_their_line(
    command: Command, small: Path, tmp_path: Path, events: bytes, line: str
) -> None:
    file = tmp_path / "events.json"
    file.write_bytes(events)
    result = command("form", "trace", small, "--events", file)

    assert result.code == 1
    assert line in result.err
    assert result.out == ""


@pytest.mark.parametrize(
    "event",
    [
        {"set": "/data/adult", "value": "yes"},
        {"set": "/data/nowhere", "value": "x"},
        {"set": "/data/role", "value": "x"},
        {"set": "/data/g", "value": "x"},
        {"remove_repeat": "/data/job[9]"},
        {"host": "nobody", "value": "x"},
        {"unknown": True},
    ],
    ids=str,
)
def test_an_event_that_no_answer_can_be_ends_with_one(
    command: Command, small: Path, tmp_path: Path, event: dict[str, object]
) -> None:
    file = tmp_path / "events.json"
    file.write_text(json.dumps([event]), encoding="utf-8")
    result = command("form", "trace", small, "--events", file)

    assert result.code == 1
    assert len(result.err.strip().splitlines()) == 1


@pytest.mark.parametrize("options", [("--lang", "klingon"), ("--today", "gisteren")])
def test_an_unknown_language_or_day_is_named(
    command: Command, small: Path, tmp_path: Path, options: tuple[str, str]
) -> None:
    file = tmp_path / "events.json"
    file.write_text("[]", encoding="utf-8")
    result = command("form", "trace", small, "--events", file, *options)

    assert result.code == 1
    assert options[1] in result.err


@pytest.mark.parametrize("form_id", sorted(path.stem for path in COMPILED.glob("*.xml")))
def test_the_shipped_forms_have_no_problem(command: Command, form_id: str) -> None:
    result = command("form", "check", COMPILED / f"{form_id}.xml")

    assert (result.code, result.out) == (0, "")
    assert f"{form_id} " in result.err
    assert result.err.strip().endswith("no problem")


def test_a_problem_of_a_form_is_named_with_its_place(command: Command, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xml"
    broken.write_text(SMALL.replace("/data/adult = 'yes'", "/data/adult ="), encoding="utf-8")
    result = command("form", "check", broken)

    assert result.code == 1
    assert "/data/g/work" in result.out + result.err


def test_an_unknown_concept_is_a_problem(command: Command, tmp_path: Path) -> None:
    form = tmp_path / "form.xml"
    form.write_text(SMALL.replace('required="true()"', 'intake:concept="nobody"'), encoding="utf-8")
    result = command("form", "check", form)

    assert result.code == 1
    assert "/data/age: concept_unknown" in result.out


def test_the_talk_reads_as_a_script(command: Command) -> None:
    result = command("form", "text", INTAKE, "--lang", "nl")

    assert result.code == 0
    assert "Hoe mag ik u noemen?" in result.out


def test_a_sheet_compiles_to_the_form_that_ships(command: Command, tmp_path: Path) -> None:
    output, full = tmp_path / "status.xml", tmp_path / "status.xlsx"
    result = command("form", "compile", REPOSITORY / "resources" / "forms" / "status.md", "-o", output, "--xlsx", full)

    assert result.code == 0, result.err
    assert output.read_bytes() == (COMPILED / "status.xml").read_bytes()
    assert full.read_bytes()[:2] == b"PK"
