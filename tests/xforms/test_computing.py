"""Calculates run in dependency order; circles are refused with the names of their nodes."""

import pytest

from intake_app.errors import EventRefused, FormInvalid
from intake_app.xforms.api import parse_form
from tests.xforms.story import Story, ask, bind, form, repeat


def test_a_chain_of_calculates_is_computed_in_one_change_whatever_the_order_of_binds() -> None:
    story = Story(
        form(
            "<c/><b/><a>1</a>",
            bind("c", type="int", calculate="/data/b * 2")
            + bind("b", type="int", calculate="/data/a + 1")
            + bind("a", type="int"),
            ask("a"),
        )
    )
    assert story.values("b", "c") == ["2", "4"]

    story.answer("a", "10")
    assert story.values("b", "c") == ["11", "22"]


def test_a_calculate_overwrites_a_default_and_writes_to_a_readonly_node() -> None:
    story = Story(form("<a>7</a>", bind("a", readonly="true()", calculate="3 * 4")))

    assert story.value("a") == "12"


@pytest.mark.parametrize(
    "binds",
    [
        bind("a", calculate="/data/b") + bind("b", calculate="/data/a"),
        bind("a", calculate=". + 1"),
        bind("a", relevant=". = ''"),
        bind("a", required=". = ''"),
        bind("a", readonly="/data/a != ''"),
        bind("a", relevant="/data/b = ''") + bind("b", calculate="/data/a"),
        bind("g", relevant="/data/g/k = ''"),
        bind("r/p", calculate="sum(../../r/p)"),
        bind("r/p", calculate="../q") + bind("r/q", calculate="../p"),
        bind("r/p", calculate="/data/a") + bind("a", calculate="sum(/data/r/p)"),
        bind("a", readonly="/data/b = ''") + bind("b", readonly="/data/a = ''"),
    ],
)
def test_a_circle_is_refused_with_its_nodes(binds: str) -> None:
    xml = form("<a/><b/><g><k/></g><r><p/><q/></r>", binds, repeat("r", ask("r/p")))

    with pytest.raises(FormInvalid) as refused:
        parse_form(xml)

    problems = refused.value.params["problems"]
    assert {problem.code for problem in problems} == {"cycle"}
    assert all(problem.where in problem.params["nodes"] for problem in problems)


def test_a_constraint_may_look_at_its_own_node() -> None:
    parse_form(form("<a/>", bind("a", constraint=". > 3 and /data/a < 9"), ask("a")))


def test_looking_at_the_same_question_of_another_instance_is_no_circle() -> None:
    story = Story(
        form(
            "<r><x/><run/></r>",
            bind("r/x", type="int")
            + bind(
                "r/run",
                type="int",
                calculate="../x + coalesce(indexed-repeat(/data/r/run, /data/r, position(..) - 1), 0)",
            ),
            repeat("r", ask("r/x")),
        )
    )
    story.answer("r[1]/x", "1")
    for number, value in ((2, "10"), (3, "100")):
        story.add("r")
        story.answer(f"r[{number}]/x", value)

    assert story.values("r[1]/run", "r[2]/run", "r[3]/run") == ["1", "11", "111"]

    story.answer("r[1]/x", "2")
    assert story.values("r[1]/run", "r[2]/run", "r[3]/run") == ["2", "12", "112"]

    story.remove("r[2]")
    assert story.values("r[1]/run", "r[2]/run") == ["2", "102"]


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


@pytest.mark.parametrize(
    ("ref", "reason"), [("c", "calculated"), ("ro", "readonly"), ("nowhere", "unknown_ref"), ("g", "not_a_question")]
)
def test_an_answer_to_what_takes_none_is_refused(ref: str, reason: str) -> None:
    story = Story(
        form("<c/><ro/><g><k/></g>", bind("c", calculate="1") + bind("ro", readonly="true()"), ask("ro") + ask("g/k"))
    )

    with pytest.raises(EventRefused) as refused:
        story.answer(ref, "x")

    assert refused.value.params["reason"] == reason


def test_readonly_is_inherited_and_required_is_not() -> None:
    story = Story(form("<a/><g><k/></g>", bind("g", readonly="/data/a = 1", required="true()"), ask("a") + ask("g/k")))
    story.answer("a", "1")

    assert story.node("g/k").readonly
    assert not story.node("g/k").required


def test_only_what_depends_on_an_answer_is_named_as_changed() -> None:
    story = Story(form("<a/><b/><c/>", bind("b", calculate="/data/a") + bind("c", calculate="5"), ask("a")))

    assert story.answer("a", "x").changed == {"/data/a", "/data/b"}
    assert story.answer("a", "x").changed == frozenset()
