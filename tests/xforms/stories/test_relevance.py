"""Relevance: what is asked, what is read, what is sent."""

import pytest

from intake_app.xforms.api import serialize
from tests.xforms.story import Story, ask, bind, form, pick, repeat, rows


def household() -> Story:
    return Story(
        form(
            "<work/><job><title/><hours>8</hours></job><total/>",
            bind("work")
            + bind("job", relevant="/data/work = 'yes'")
            + bind("job/hours", type="int")
            + bind("total", type="int", calculate="sum(/data/job/hours)"),
            ask("work") + ask("job/title") + ask("job/hours"),
        )
    )


def test_a_node_inside_an_irrelevant_group_is_irrelevant() -> None:
    story = household()

    assert not story.node("job/title").relevant

    story.answer("work", "yes")
    assert story.node("job/title").relevant


def test_an_irrelevant_answer_reads_as_empty_is_kept_and_comes_back() -> None:
    story = household()
    story.answer("work", "yes")
    story.answer("job/hours", "20")
    assert story.value("total") == "20"

    story.answer("work", "no")
    assert story.value("total") == "0"
    assert story.value("job/hours") == "20"

    story.answer("work", "yes")
    assert story.value("total") == "20"


def test_the_default_of_an_irrelevant_node_does_not_leak_into_a_sum() -> None:
    assert household().value("total") == "0"


def test_the_submission_leaves_irrelevant_nodes_out() -> None:
    story = household()
    assert b"<job>" not in serialize(story.entry)

    story.answer("work", "yes")
    assert b"<hours>8</hours>" in serialize(story.entry)


def test_a_calculate_on_an_irrelevant_node_runs_but_sees_only_relevant_answers() -> None:
    story = Story(
        form(
            "<a>1</a><hidden/><gone>5</gone>",
            bind("hidden", relevant="false()", calculate="concat(/data/a, '-', /data/gone)")
            + bind("gone", relevant="false()"),
            ask("a"),
        )
    )

    assert story.value("hidden") == "1-"


def test_two_nodes_may_decide_each_others_relevance() -> None:
    story = Story(
        form("<a/><b/>", bind("a", relevant="/data/b = ''") + bind("b", relevant="/data/a = ''"), ask("a") + ask("b"))
    )

    story.answer("a", "x")
    assert not story.node("b").relevant

    story.answer("a", "")
    assert story.node("b").relevant


def test_an_irrelevant_repeat_counts_as_none() -> None:
    story = Story(
        form(
            "<a>1</a><r><x>4</x></r><n/>",
            bind("a", type="int") + bind("r", relevant="/data/a = 1") + bind("n", calculate="count(/data/r)"),
            ask("a") + repeat("r", ask("r/x")),
        )
    )
    assert story.value("n") == "1"

    story.answer("a", "2")
    assert story.value("n") == "0"


def test_a_change_names_the_nodes_whose_relevance_changed() -> None:
    story = household()

    change = story.answer("work", "yes")

    assert {"/data/work", "/data/job", "/data/job/title", "/data/job/hours", "/data/total"} <= change.changed


TREE = "<show/><g><x>1</x><h><y>2</y></h></g><r><z>3</z></r><seen/>"
QUESTIONS = ask("show") + ask("g/x") + ask("g/h/y") + repeat("r", ask("r/z"))


@pytest.mark.parametrize(
    ("where", "expression", "hidden"),
    [
        ("g", "count(/data/g/x)", "0"),
        ("g", "count(/data/g/h/y)", "0"),
        ("g/h", "count(/data/g/h/y)", "0"),
        ("g/x", "concat('[', /data/g/x, ']')", "[]"),
        ("g/x", "sum(/data/g/x | /data/g/h/y)", "2"),
        ("r", "count(/data/r)", "0"),
        ("r", "sum(/data/r/z)", "0"),
        ("r/z", "count(/data/r[z != ''])", "0"),
        ("r/z", "count(/data/r/z)", "0"),
        ("g", "string-length(/data/g/x)", "0"),
        ("g", "if(/data/g/x = '', 'empty', 'full')", "empty"),
        ("g", "coalesce(/data/g/x, 'other')", "other"),
        ("g/x", "boolean(/data/g/x)", "0"),
    ],
)
def test_a_node_that_is_not_relevant_reads_as_empty_and_drops_out(where: str, expression: str, hidden: str) -> None:
    story = Story(
        form(TREE, bind(where, relevant="/data/show != 'no'") + bind("seen", calculate=expression), QUESTIONS)
    )
    before = story.value("seen")

    story.answer("show", "no")
    assert story.value("seen") == hidden != before

    story.answer("show", "yes")
    assert story.value("seen") == before


@pytest.mark.parametrize(
    ("where", "left_out"), [("g", "<g>"), ("g/h", "<h>"), ("g/x", "<x>"), ("r", "<r>"), ("r/z", "<z>")]
)
def test_what_is_not_relevant_is_not_sent_but_kept(where: str, left_out: str) -> None:
    story = Story(form(TREE, bind(where, relevant="/data/show != 'no'"), QUESTIONS))
    assert left_out in serialize(story.entry).decode()

    story.answer("show", "no")
    assert left_out not in serialize(story.entry).decode()
    assert left_out in story.entry.savepoint().decode()

    story.answer("show", "")
    assert left_out in serialize(story.entry).decode()


def test_a_repeat_that_is_hidden_keeps_its_instances() -> None:
    story = Story(form(TREE, bind("r", relevant="/data/show != 'no'"), QUESTIONS))
    story.add("r")
    story.answer("r[2]/z", "second")

    story.answer("show", "no")
    story.answer("show", "yes")

    assert story.values("r[1]/z", "r[2]/z") == ["3", "second"]


def test_a_choice_hidden_with_its_question_comes_back() -> None:
    story = Story(
        form(
            "<show/><c/>",
            bind("c", relevant="/data/show != 'no'"),
            ask("show") + pick("c", "instance('l')/root/item"),
            rows("l", {"name": "a", "label": "A"}),
        )
    )
    story.answer("c", "a")
    story.answer("show", "no")
    story.answer("show", "")

    assert story.value("c") == "a"


def test_an_answer_that_stops_counting_is_kept_and_told() -> None:
    story = Story(form("<a/><b/><c/>", bind("b", relevant="/data/a = '1'") + bind("c", relevant="/data/b != ''"),
                       ask("a") + ask("b") + ask("c")))  # fmt: skip
    story.answer("a", "1")
    story.answer("b", "x")
    story.answer("c", "y")

    change = story.answer("a", "2")
    assert (change.hidden, change.shown) == ({"/data/b", "/data/c"}, frozenset())
    assert story.values("b", "c") == ["x", "y"]

    change = story.answer("a", "1")
    assert (change.hidden, change.shown) == (frozenset(), {"/data/b", "/data/c"})
