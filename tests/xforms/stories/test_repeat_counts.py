"""Counted repeats: `jr:count` from a number, an answer or an expression, and `jr:noAddRemove`."""

import pytest

from intake_app.errors import EventRefused
from tests.xforms.stories.numbers import row
from tests.xforms.story import Story, ask, bind, form, repeat


def counted(count: str) -> Story:
    return Story(
        form(
            '<n>2</n><r jr:template=""><x/><again/></r><r><x/><again/></r>',
            bind("n", type="int"),
            ask("n") + repeat("r", ask("r/x") + ask("r/again"), count),
        )
    )


def test_a_count_is_followed_at_once_and_shrinks_from_the_end() -> None:
    story = counted("/data/n")
    assert story.count("r") == 2
    story.answer("r[1]/x", "first")
    story.answer("r[2]/x", "second")

    story.answer("n", "1")
    assert [story.count("r"), story.value("r[1]/x")] == [1, "first"]

    story.answer("n", "3")
    assert story.values("r[2]/x", "r[3]/x") == ["", ""]


def test_an_empty_count_changes_nothing_and_zero_empties() -> None:
    story = counted("/data/n")

    story.answer("n", "")
    assert story.count("r") == 2

    story.answer("n", "0")
    assert story.count("r") == 0


def test_a_counted_repeat_takes_no_adding_and_no_removing() -> None:
    story = counted("/data/n")

    with pytest.raises(EventRefused):
        story.add("r")
    with pytest.raises(EventRefused):
        story.remove("r[1]")


def test_a_count_of_a_nested_repeat_is_relative_to_its_own_instance() -> None:
    story = Story(
        form(
            '<r><n/><q jr:template=""><x/></q></r>',
            bind("r/n", type="int"),
            repeat("r", ask("r/n") + repeat("r/q", ask("r/q/x"), "../n")),
        )
    )
    story.add("r")
    story.answer("r[2]/n", "3")

    assert [story.count("r[1]/q"), story.count("r[2]/q")] == [0, 3]


@pytest.mark.parametrize(
    ("count", "counts"),
    [
        ("3", [3, 3, 3]),
        ("/data/which", [2, 4, 0]),
        ("/data/which + 1", [3, 5, 1]),
        ("/data/which * 2", [4, 8, 0]),
        ("if(/data/which > 3, 3, /data/which)", [2, 3, 0]),
        ("string-length(/data/which)", [1, 1, 1]),
        ("'2'", [2, 2, 2]),
        ("/data/which div 2", [1, 2, 0]),
        ("-1 + /data/which", [1, 3, 0]),
        ("/data/total", [1, 1, 1]),
    ],
)
def test_how_many_instances_a_count_makes(count: str, counts: list[int]) -> None:
    story = row(count=count)
    seen = [story.count("r")]
    for which in ("4", "0"):
        story.answer("which", which)
        seen.append(story.count("r"))

    assert seen == counts


def test_a_count_that_waits_for_an_answer_inside_grows_until_the_answer_comes() -> None:
    story = Story(
        form(
            "<r><more/></r><n/>",
            bind("n", type="int", calculate="count(/data/r[more = 'yes']) + 1"),
            repeat("r", ask("r/more"), "/data/n"),
        )
    )
    seen = [story.count("r")]
    for number, more in enumerate(("yes", "yes", "no"), start=1):
        story.answer(f"r[{number}]/more", more)
        seen.append(story.count("r"))

    assert seen == [1, 2, 3, 3]


def test_a_repeat_that_is_fixed_keeps_the_instances_the_form_wrote() -> None:
    xml = form("<r><x>1</x></r><r><x>2</x></r>", "", repeat("r", ask("r/x"))).replace(
        b'<repeat nodeset="/data/r">', b'<repeat nodeset="/data/r" jr:noAddRemove="true()">'
    )
    story = Story(xml)

    with pytest.raises(EventRefused):
        story.add("r")
    with pytest.raises(EventRefused):
        story.remove("r[1]")

    assert story.values("r[1]/x", "r[2]/x") == ["1", "2"]
