"""The trace of a form, as the command line gives it."""

import pytest
from lxml import etree

from intake_app.errors import EventRefused, UnknownName
from intake_app.xforms.api import trace
from tests.xforms.story import ask, bind, form, pick, repeat, rows

XML = form(
    '<name/><age/><pet/><g><k/></g><r jr:template=""><x/></r><r><x/></r><day/>',
    bind("name", required="true()", jr__requiredMsg="Vul uw naam in")
    + bind("age", type="int", constraint=". < 120", jr__constraintMsg="Te oud")
    + bind("day", type="date", calculate="today()"),
    ask("name", "<label>Naam</label><hint>Uw naam</hint>")
    + ask("age")
    + pick("pet", "instance('pets')/root/item")
    + ask("g/k")
    + repeat("r", ask("r/x")),
    rows("pets", {"name": "cat", "label": "Kat"}),
)
KEYS = ["ref", "type", "relevant", "readonly", "required", "value", "valid", "label", "hint", "choices"]


def play(*events: dict[str, object]) -> dict:
    return trace(XML, events, media=None, language=None, today="2026-03-02", seed=3)


def test_there_is_a_state_after_the_load_and_after_each_event() -> None:
    told = play({"set": "/data/name", "value": "Ali"}, {"validate": True})

    assert [state["event"] for state in told["states"]] == [
        None,
        {"set": "/data/name", "value": "Ali"},
        {"validate": True},
    ]
    assert [state["invalid"] for state in told["states"]] == [None, None, []]


def test_nodes_stand_in_document_order_with_every_field() -> None:
    nodes = play()["states"][0]["nodes"]

    assert [node["ref"] for node in nodes][:8] == [
        "/data/name",
        "/data/age",
        "/data/pet",
        "/data/g",
        "/data/g/k",
        "/data/r[1]",
        "/data/r[1]/x",
        "/data/day",
    ]
    assert [node["type"] for node in nodes][:8] == [
        "string",
        "int",
        "string",
        "group",
        "string",
        "repeat",
        "string",
        "date",
    ]
    assert all(list(node) == KEYS for node in nodes)
    assert (nodes[0]["label"], nodes[0]["hint"]) == ("Naam", "Uw naam")
    assert nodes[2]["choices"] == [["cat", "Kat"]]
    assert (nodes[3]["value"], nodes[5]["value"]) == (None, None)
    assert nodes[7]["value"] == "2026-03-02"


def test_a_refused_answer_is_told_and_not_kept() -> None:
    state = play({"set": "/data/age", "value": "140"})["states"][1]

    assert state["rejected"] == {"ref": "/data/age", "message": "Te oud"}
    assert state["nodes"][1]["value"] == ""


def test_validate_and_finalize_tell_what_is_missing() -> None:
    expected = [{"ref": "/data/name", "reason": "required", "message": "Vul uw naam in"}]

    told = play({"validate": True}, {"finalize": True})

    assert [state["invalid"] for state in told["states"]] == [None, expected, expected]
    assert told["states"][0]["nodes"][0]["valid"] is False


def test_the_submission_ends_the_story() -> None:
    root = etree.fromstring(play({"set": "/data/name", "value": "Ali"}, {"add_repeat": "/data/r"})["xml"])

    assert root.findtext("name") == "Ali"
    assert len(root.findall("r")) == 2


def test_the_same_events_and_seed_give_the_same_trace() -> None:
    assert play({"add_repeat": "/data/r"}) == play({"add_repeat": "/data/r"})


def test_the_clock_can_be_stopped_at_a_moment() -> None:
    xml = form("<t/>", bind("t", type="dateTime", calculate="now()"))

    told = trace(xml, [], today="2026-03-02T10:00:00+01:00")

    assert told["states"][0]["nodes"][0]["value"] == "2026-03-02T10:00:00.000+01:00"


@pytest.mark.parametrize("ref", ["/data/day", "/data/unknown", "/data/g", "/data/r[2]/x"])
def test_an_event_that_is_no_answer_is_refused(ref: str) -> None:
    with pytest.raises(EventRefused):
        play({"set": ref, "value": "x"})


def test_an_unknown_language_or_day_is_refused() -> None:
    with pytest.raises(UnknownName):
        trace(XML, [], language="fr")
    with pytest.raises(UnknownName):
        trace(XML, [], today="yesterday")
