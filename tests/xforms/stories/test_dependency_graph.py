"""The dependency graph: order of computing, circles refused, references that are no circle."""

import pytest

from intake_app.errors import FormInvalid
from intake_app.xforms.api import parse_form
from tests.xforms.story import Story, ask, bind, form, repeat

ABC = "<a/><b/><c/><d/>"


@pytest.mark.parametrize(
    "binds",
    [
        bind("a", calculate="/data/a + 1"),
        bind("a", relevant="/data/a = ''"),
        bind("a", readonly="/data/a != ''"),
        bind("a", required="/data/a = ''"),
        bind("a", calculate="../a"),
        bind("a", calculate=". + 1"),
        bind("a", calculate="/data/b") + bind("b", calculate="/data/a"),
        bind("a", calculate="/data/b") + bind("b", relevant="/data/a != ''"),
        bind("a", calculate="/data/b") + bind("b", calculate="/data/c") + bind("c", calculate="/data/a"),
        bind("g", relevant="/data/g/x = 1"),
        bind("g", readonly="/data/g/x = 1"),
        bind("g", relevant="/data/a = 1") + bind("a", calculate="/data/g/x"),
        bind("r/x", calculate="sum(/data/r/y)") + bind("r/y", calculate="../x"),
        bind("r/x", calculate="/data/a") + bind("a", calculate="sum(/data/r/x)"),
    ],
)
def test_a_circle_is_refused_with_the_names_of_its_nodes(binds: str) -> None:
    xml = form(f"{ABC}<g><x/></g><r><x/><y/></r>", binds, repeat("r"))

    with pytest.raises(FormInvalid) as refused:
        parse_form(xml)

    assert any(
        problem.code == "cycle" and "/data/" in problem.params["nodes"] for problem in refused.value.params["problems"]
    )


@pytest.mark.parametrize(
    "binds",
    [
        bind("a", constraint=". > 1 and /data/a < 9"),
        bind("a", relevant="/data/b = ''") + bind("b", relevant="/data/a = ''"),
        bind("a", constraint="/data/b = 1") + bind("b", constraint="/data/a = 1"),
        bind("r/x", calculate="../y") + bind("a", calculate="sum(/data/r/x)"),
        bind("r/x", calculate="/data/r[position() = position(current()/..) - 1]/x + 1"),
        bind("r/x", calculate="indexed-repeat(/data/r/x, /data/r, position(..) - 1)"),
        bind("a", required="/data/b = 1", calculate="/data/c"),
        bind("g/x", relevant="/data/a = 1") + bind("b", calculate="/data/g/x"),
    ],
)
def test_what_is_no_circle_is_taken(binds: str) -> None:
    assert parse_form(form(f"{ABC}<g><x/></g><r><x/><y/></r>", binds, repeat("r")))


@pytest.mark.parametrize("order", ["abcd", "dcba", "bdac"])
def test_a_chain_is_computed_in_the_order_of_its_links_whatever_the_order_of_the_binds(order: str) -> None:
    links = {
        "a": "",
        "b": bind("b", calculate="/data/a + 1"),
        "c": bind("c", calculate="/data/b * 2"),
        "d": bind("d", calculate="concat(/data/b, '-', /data/c)"),
    }
    story = Story(form(ABC, "".join(links[name] for name in order), ask("a")))

    story.answer("a", "4")

    assert story.values("b", "c", "d") == ["5", "10", "5-10"]


@pytest.mark.parametrize(
    ("answers", "shown"),
    [((), (True, True)), (("a",), (True, False)), (("b",), (False, True)), (("a", "-a", "b"), (False, True))],
)
def test_two_questions_that_exclude_each_other(answers: tuple[str, ...], shown: tuple[bool, bool]) -> None:
    story = Story(
        form(ABC, bind("a", relevant="/data/b = ''") + bind("b", relevant="/data/a = ''"), ask("a") + ask("b"))
    )

    for name in answers:
        story.answer(name.strip("-"), "" if name.startswith("-") else "x")

    assert (story.node("a").relevant, story.node("b").relevant) == shown


def test_an_answer_says_which_nodes_it_touched_and_no_others() -> None:
    story = Story(form(ABC, bind("b", calculate="/data/a + 1") + bind("d", calculate="/data/c"), ask("a") + ask("c")))

    assert story.answer("a", "1").changed == {"/data/a", "/data/b"}
    assert story.answer("a", "1").changed == frozenset()


def test_what_comes_to_the_same_is_not_followed() -> None:
    story = Story(form(ABC, bind("b", calculate="/data/a > 1") + bind("c", calculate="/data/b"), ask("a")))
    story.answer("a", "5")

    assert story.answer("a", "6").changed == {"/data/a"}


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


def test_only_what_depends_on_an_answer_is_named_as_changed() -> None:
    story = Story(form("<a/><b/><c/>", bind("b", calculate="/data/a") + bind("c", calculate="5"), ask("a")))

    assert story.answer("a", "x").changed == {"/data/a", "/data/b"}
    assert story.answer("a", "x").changed == frozenset()
