"""Relevance: what is asked, what is read, what is sent."""

from intake_app.xforms.api import serialize
from tests.xforms.story import Story, ask, bind, form, repeat


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
