"""`form trace` to the letter: lists beside the form, languages, the day, the seed, host nodes, ends and refusals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.commands.conftest import Command
from tests.xforms.story import FIRST, ask, bind, form, pick, repeat, setvalue

ITEXT = (
    '<itext><translation lang="Nederlands (nl)" default="true()"><text id="q"><value>Welke stad?</value></text>'
    '<text id="h"><value>Kies er een</value></text><text id="m"><value>Te veel</value></text></translation>'
    '<translation lang="العربية (ar)"><text id="q"><value>أي مدينة؟</value></text>'
    '<text id="h"><value>اختر واحدة</value></text><text id="m"><value>كثير</value></text></translation></itext>'
)
TOWNS = form(
    "<town/><shop/><size/><told/>",
    bind("size", type="int", calculate="pulldata('towns', 'size', 'name', /data/town)")
    + bind("told", calculate="count(instance('shops')/root/item)"),
    '<select1 ref="/data/town"><label ref="jr:itext(\'q\')"/><hint ref="jr:itext(\'h\')"/>'
    '<itemset nodeset="instance(\'towns\')/root/item"><value ref="name"/><label ref="label"/></itemset></select1>'
    + pick("shop", "instance('shops')/root/item[town = /data/town]"),
    '<instance id="towns" src="jr://file-csv/towns.csv"/><instance id="shops" src="jr://file/shops.xml"/>',
    ITEXT,
)
ANSWERS = form(
    '<role/><name/><age/><fixed/><sum/><g><k/></g><kid jr:template=""><n/></kid><kid><n/></kid>'
    '<tip jr:template=""><id/><label/><react/></tip><tip><id/><label/><react/></tip>',
    bind("role", tag__host="role")
    + bind("name", required="true()", jr__requiredMsg="jr:itext('q')")
    + bind("age", type="int", constraint=". < 120", jr__constraintMsg="jr:itext('m')")
    + bind("fixed", readonly="true()")
    + bind("sum", type="int", calculate="count(/data/kid[n != ''])")
    + bind("g/k", relevant="/data/role = 'volunteer'")
    + bind("tip", tag__host="tips")
    + bind("tip/id", tag__host="id")
    + bind("tip/label", tag__host="label"),
    ask("name") + ask("age") + ask("fixed") + ask("g/k") + repeat("kid", ask("kid/n"))
    + repeat("tip", ask("tip/react", '<label><output value="../label"/>?</label>')),
    itext=ITEXT,
)  # fmt: skip
CHANCE = form(
    "<moment/><day/><id/><chance/>",
    bind("moment", type="dateTime", calculate="now()")
    + bind("day", type="date", calculate="today()")
    + bind("id", calculate="once(uuid())")
    + setvalue("chance", FIRST, "random()"),
)
KEYS = ["ref", "type", "relevant", "readonly", "required", "value", "valid", "label", "hint", "choices"]


class Tracer:
    """Traces a form that stands in a file."""

    def __init__(self, command: Command, folder: Path) -> None:
        self.command, self.folder = command, folder

    def run(self, xml: bytes, events: object, *options: object) -> tuple[int, str, str]:
        path, told = self.folder / "form.xml", self.folder / "events.json"
        path.write_bytes(xml)
        told.write_text(json.dumps(events), encoding="utf-8")
        return self.command("form", "trace", path, "--events", told, *options)

    def trace(self, xml: bytes, *events: object, options: tuple[object, ...] = ()) -> dict[str, Any]:
        code, out, err = self.run(xml, list(events), *options)
        assert (code, err) == (0, "")
        found: dict[str, Any] = json.loads(out)
        assert set(found) == {"states", "xml"}
        assert [list(node) for state in found["states"] for node in state["nodes"] if list(node) != KEYS] == []
        return found


@pytest.fixture
def tracer(command: Command, tmp_path: Path) -> Tracer:
    return Tracer(command, tmp_path)


@pytest.fixture
def media(tmp_path: Path) -> Path:
    folder = tmp_path / "media"
    folder.mkdir()
    (folder / "towns.csv").write_text("name,label,size\nzut,Zutphen,48\nloc,Lochem,33\n", encoding="utf-8")
    items = [("bakker", "Bakker", "zut"), ("slager", "Slager", "loc"), ("kapper", "Kapper", "zut")]
    written = "".join(
        f"<item><name>{name}</name><label>{label}</label><town>{town}</town></item>" for name, label, town in items
    )
    (folder / "shops.xml").write_text(f"<root>{written}</root>", encoding="utf-8")
    return folder


def node(state: dict[str, Any], ref: str) -> dict[str, Any]:
    (found,) = (one for one in state["nodes"] if one["ref"] == f"/data/{ref}")
    return dict(found)


def value(state: dict[str, Any], ref: str) -> object:
    return node(state, ref)["value"]


def refs(state: dict[str, Any]) -> list[str]:
    return [one["ref"].removeprefix("/data/") for one in state["nodes"]]


def test_lists_in_csv_and_xml_beside_the_form_fill_choices_and_look_ups(tracer: Tracer, media: Path) -> None:
    first, last = tracer.trace(TOWNS, {"set": "/data/town", "value": "zut"}, options=("--media", media))["states"]

    assert node(first, "town")["choices"] == [["zut", "Zutphen"], ["loc", "Lochem"]]
    assert node(first, "shop")["choices"] == []
    assert node(last, "shop")["choices"] == [["bakker", "Bakker"], ["kapper", "Kapper"]]
    assert (value(last, "size"), value(last, "told")) == ("48", "3")


def test_an_answer_that_the_other_list_lets_go_is_dropped(tracer: Tracer, media: Path) -> None:
    events = [{"set": "/data/town", "value": "zut"}, {"set": "/data/shop", "value": "kapper"}]
    states = tracer.trace(TOWNS, *events, {"set": "/data/town", "value": "loc"}, options=("--media", media))["states"]

    assert [value(state, "shop") for state in states] == ["", "", "kapper", ""]


@pytest.mark.parametrize("given", [(), ("--media", "nowhere")])
def test_without_the_folder_every_list_is_empty(tracer: Tracer, given: tuple[str, ...]) -> None:
    options = tuple(str(tracer.folder / one) if one == "nowhere" else one for one in given)
    (state,) = tracer.trace(TOWNS, options=options)["states"]

    assert (node(state, "town")["choices"], node(state, "shop")["choices"]) == ([], [])
    assert (value(state, "size"), value(state, "told")) == ("", "0")


@pytest.mark.parametrize("language", ["ar", "العربية (ar)"])
def test_a_language_is_chosen_by_its_code_and_by_its_name(tracer: Tracer, media: Path, language: str) -> None:
    told = tracer.trace(TOWNS, {"language": "Nederlands (nl)"}, {"language": language}, options=("--lang", language))
    seen = [(node(state, "town")["label"], node(state, "town")["hint"]) for state in told["states"]]

    assert seen == [("أي مدينة؟", "اختر واحدة"), ("Welke stad?", "Kies er een"), ("أي مدينة؟", "اختر واحدة")]
    assert node(told["states"][0], "shop")["label"] is node(told["states"][0], "shop")["hint"] is None


def test_a_language_the_form_lacks_ends_an_event_with_one(tracer: Tracer) -> None:
    code, out, err = tracer.run(TOWNS, [{"language": "fr"}])

    assert (code, out, len(err.strip().splitlines())) == (1, "", 1)


@pytest.mark.parametrize(
    ("today", "moment", "day"),
    [
        ("2026-03-02T23:30:00+01:00", "2026-03-02T23:30:00.000+01:00", "2026-03-02"),
        ("2026-03-02T23:30:00-05:00", "2026-03-02T23:30:00.000-05:00", "2026-03-02"),
        ("2026-03-02T00:10:00.250Z", "2026-03-02T00:10:00.250Z", "2026-03-02"),
    ],
)
def test_a_moment_with_its_offset_stops_the_clock(tracer: Tracer, today: str, moment: str, day: str) -> None:
    (state,) = tracer.trace(CHANCE, options=("--today", today))["states"]

    assert (value(state, "moment"), value(state, "day")) == (moment, day)


def test_a_day_stops_the_clock_at_its_beginning(tracer: Tracer) -> None:
    (state,) = tracer.trace(CHANCE, options=("--today", "2024-02-29"))["states"]

    assert value(state, "day") == "2024-02-29"
    assert str(value(state, "moment")).startswith("2024-02-29T00:00:00.000")


def test_a_seed_fixes_identities_and_chance_and_another_seed_changes_them(tracer: Tracer) -> None:
    def drawn(seed: int) -> tuple[object, ...]:
        told = tracer.trace(CHANCE, options=("--seed", seed, "--today", "2026-03-02"))
        sent = etree.fromstring(told["xml"])
        identity = sent.findtext("{*}meta/{*}instanceID")
        return value(told["states"][0], "id"), value(told["states"][0], "chance"), identity

    once, again, other = drawn(7), drawn(7), drawn(8)
    assert once == again
    assert all(one != two for one, two in zip(once, other, strict=True))
    assert len(str(once[0])) == 36
    assert 0 <= float(str(once[1])) < 1


def test_host_rows_and_a_host_value_come_in_and_rows_that_stay_keep_their_answers(tracer: Tracer) -> None:
    tips = [{"id": "tm3", "label": "Lasser"}, {"id": "zw2", "label": "Zorg"}]
    events = [
        {"host": "tips", "rows": tips},
        {"set": "/data/tip[2]/react", "value": "ja"},
        {"host": "tips", "rows": tips[::-1]},
        {"host": "role", "value": "volunteer"},
        {"host": "tips", "rows": []},
    ]
    told = tracer.trace(ANSWERS, *events)
    states = told["states"]

    assert [state["event"] for state in states] == [None, *events]
    assert [node(states[1], f"tip[{number}]/react")["label"] for number in (1, 2)] == ["Lasser?", "Zorg?"]
    assert (value(states[3], "tip[1]/id"), value(states[3], "tip[1]/react")) == ("zw2", "ja")
    assert [node(state, "g/k")["relevant"] for state in states[3:5]] == [False, True]
    assert not [ref for ref in refs(states[5]) if ref.startswith("tip")]
    assert "<tip>" not in told["xml"]


def test_removing_an_instance_renumbers_those_after_it(tracer: Tracer) -> None:
    events = [
        {"set": "/data/kid[1]/n", "value": "Ali"},
        {"add_repeat": "/data/kid"},
        {"set": "/data/kid[2]/n", "value": "Noor"},
        {"remove_repeat": "/data/kid[1]"},
        {"remove_repeat": "/data/kid[1]"},
    ]
    states = tracer.trace(ANSWERS, *events)["states"]

    assert [value(state, "sum") for state in states] == ["0", "1", "1", "2", "1", "0"]
    assert [value(states[4], ref) for ref in ("kid[1]", "kid[1]/n")] == [None, "Noor"]
    assert node(states[4], "kid[1]")["type"] == "repeat"
    assert not [ref for ref in refs(states[5]) if ref.startswith("kid")]


def test_a_value_that_breaks_its_constraint_is_told_in_the_language_and_not_stored(tracer: Tracer) -> None:
    events = [
        {"set": "/data/age", "value": "30"},
        {"set": "/data/age", "value": "300"},
        {"language": "ar"},
        {"set": "/data/age", "value": "400"},
        {"set": "/data/age", "value": "oud"},
        {"set": "/data/age", "value": ""},
    ]
    states = tracer.trace(ANSWERS, *events)["states"]

    assert [state["rejected"] and state["rejected"]["ref"] for state in states] == [
        None, None, "/data/age", None, "/data/age", "/data/age", None,
    ]  # fmt: skip
    assert (states[2]["rejected"]["message"], states[4]["rejected"]["message"]) == ("Te veel", "كثير")
    assert [value(state, "age") for state in states] == ["", "30", "30", "30", "30", "30", ""]


def test_what_is_invalid_is_filled_after_validate_and_after_finalize_only(tracer: Tracer) -> None:
    events = [
        {"validate": True},
        {"set": "/data/name", "value": "Ali"},
        {"validate": True},
        {"set": "/data/name", "value": ""},
        {"finalize": True},
    ]
    states = tracer.trace(ANSWERS, *events)["states"]
    missing = [{"ref": "/data/name", "reason": "required", "message": "Welke stad?"}]

    assert [state["invalid"] for state in states] == [None, missing, None, [], None, missing]
    assert [state["rejected"] for state in states] == [None] * 6
    assert [value(state, "name") for state in states] == ["", "", "Ali", "Ali", "", ""]
    assert [node(state, "name")["valid"] for state in states] == [False, False, True, True, False, False]


def test_the_submission_leaves_out_what_does_not_count_and_the_state_shows_its_kept_value(tracer: Tracer) -> None:
    events = [
        {"host": "role", "value": "volunteer"},
        {"set": "/data/g/k", "value": "bewaard"},
        {"host": "role", "value": "counsellor"},
    ]
    told = tracer.trace(ANSWERS, *events)
    last = node(told["states"][-1], "g/k")

    assert (last["relevant"], last["value"]) == (False, "bewaard")
    assert told["xml"].startswith("<data ")
    assert told["xml"].endswith("</data>")
    assert "bewaard" not in told["xml"]


@pytest.mark.parametrize(
    "event",
    [
        {"set": "/data/fixed", "value": "x"},
        {"set": "/data/sum", "value": "5"},
        {"set": "/data/nowhere", "value": "x"},
        {"set": "/data/kid[2]/n", "value": "x"},
        {"set": "/data/role", "value": "x"},
        {"set": "/data/tip[1]/label", "value": "x"},
        {"set": "/data/g", "value": "x"},
        {"set": "/data/kid[1]", "value": "x"},
        {"add_repeat": "/data/tip"},
        {"add_repeat": "/data/g"},
        {"remove_repeat": "/data/tip[1]"},
        {"remove_repeat": "/data/kid[2]"},
        {"host": "tips", "rows": [{"label": "no id"}]},
        {"host": "nobody", "value": "x"},
        {"validate": False},
    ],
    ids=str,
)
def test_an_event_that_cannot_be_is_one_line_with_its_place_and_exit_1(tracer: Tracer, event: dict[str, Any]) -> None:
    code, out, err = tracer.run(ANSWERS, [{"set": "/data/name", "value": "Ali"}, event])

    assert (code, out, len(err.strip().splitlines())) == (1, "", 1)
    named = event.get("set") or event.get("add_repeat") or event.get("remove_repeat") or ""
    assert str(named).partition("[")[0] in err
    assert "Ali" not in err
