"""Calculates and starting values: what comes first, what is written over, how a result is written."""

import pytest

from intake_app.xforms.api import FormEntry, serialize
from tests.xforms.story import FIRST, MOMENT, Story, ask, bind, form, rows, setvalue


def test_a_calculate_overwrites_a_default_and_writes_to_a_readonly_node() -> None:
    story = Story(form("<a>7</a>", bind("a", readonly="true()", calculate="3 * 4")))

    assert story.value("a") == "12"


def test_a_true_or_false_result_is_1_or_0_and_stays_a_truth() -> None:
    story = Story(
        form(
            "<a>5</a><big/><note/>",
            bind("a", type="int") + bind("big", calculate="/data/a > 3") + bind("note", relevant="/data/big"),
            ask("a") + ask("note"),
        )
    )
    assert story.value("big") == "1"
    assert story.node("note").relevant

    story.answer("a", "1")
    assert story.value("big") == "0"
    assert not story.node("note").relevant


@pytest.mark.parametrize(
    ("kind", "expression", "kept"),
    [
        ("int", "5.7", "5"),
        ("int", "0 div 0", ""),
        ("string", "5 + 1", "6"),
        ("decimal", "1 div 4", "0.25"),
        ("date", "date('2026-03-02') + 1", "2026-03-03"),
        ("date", "now()", "2026-03-02"),
        ("dateTime", "today()", "2026-03-02T00:00:00.000Z"),
        ("time", "now()", "09:30:00.000Z"),
        ("boolean", "'x'", "1"),
        ("string", "true()", "1"),
    ],
)
def test_a_result_is_written_as_its_type_asks(kind: str, expression: str, kept: str) -> None:
    assert Story(form("<a/>", bind("a", type=kind, calculate=expression))).value("a") == kept


def test_the_order_at_first_load_is_literal_then_setvalue_then_calculate() -> None:
    story = Story(
        form(
            "<a>1</a><b>1</b><c>1</c>",
            bind("c", calculate="concat(/data/a, /data/b)")
            + setvalue("b", FIRST, "concat(/data/a, 'x')")
            + setvalue("c", FIRST, "'lost'"),
        )
    )

    assert story.values("a", "b", "c") == ["1", "1x", "11x"]


def test_a_dynamic_default_fills_a_node() -> None:
    assert Story(form("<d/>", bind("d", type="date") + setvalue("d", FIRST, "today()"))).value("d") == "2026-03-02"


def test_several_predicates_in_one_path_are_taken_one_after_the_other() -> None:
    listed = rows("l", *({"name": f"{kind}{size}", "kind": kind, "size": size} for kind in "ab" for size in "123"))
    story = Story(
        form(
            "<kind>a</kind><seen/>",
            bind("seen", calculate="instance('l')/root/item[kind = /data/kind][size > 1][2]/name"),
            ask("kind"),
            listed,
        )
    )
    assert story.value("seen") == "a3"

    story.answer("kind", "b")
    assert story.value("seen") == "b3"


def test_an_edit_computes_anew_and_runs_no_first_load_action() -> None:
    story = Story(
        form(
            "<a/><b/><c/>",
            bind("b", calculate="concat(/data/a, '!')") + setvalue("c", FIRST, "'start'"),
            ask("a") + ask("c"),
        )
    )
    story.answer("a", "x")
    story.answer("c", "mine")
    sent = serialize(story.entry).replace(b"<b>x!</b>", b"<b>old</b>")

    again = FormEntry.edit(story.definition, sent, now=lambda: MOMENT, seed=2)

    assert [again.value(f"/data/{name}") for name in "abc"] == ["x", "x!", "mine"]
