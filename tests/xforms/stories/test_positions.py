"""Places: `position()`, `indexed-repeat()` and `current()`."""

import pytest

from tests.xforms.stories.numbers import filled, row
from tests.xforms.story import Story, ask, bind, form, repeat, rows


def test_indexed_repeat_reaches_through_three_levels() -> None:
    story = Story(
        form(
            "<a><b><c><x/></c></b></a><far/>",
            bind("far", calculate="indexed-repeat(/data/a/b/c/x, /data/a, 2, /data/a/b, 1, /data/a/b/c, 1)"),
            repeat("a", repeat("a/b", repeat("a/b/c", ask("a/b/c/x")))),
        )
    )
    story.add("a")
    story.answer("a[2]/b[1]/c[1]/x", "found")

    assert story.value("far") == "found"


@pytest.mark.parametrize(
    ("expression", "seen"),
    [
        ("position(..)", ["1", "2", "3"]),
        ("count(../../r)", ["3", "3", "3"]),
        ("sum(../../r/x)", ["111", "111", "111"]),
        ("../x + 1", ["2", "11", "101"]),
        ("../preceding-sibling::r[1]/x", ["", "1", "10"]),
        ("../following-sibling::r[1]/x", ["10", "100", ""]),
        ("count(../preceding-sibling::r)", ["0", "1", "2"]),
        ("count(../following-sibling::r)", ["2", "1", "0"]),
        ("sum(../preceding-sibling::r/x) + ../x", ["1", "11", "111"]),
        ("../../r[1]/x", ["1", "1", "1"]),
        ("../../r[last()]/x", ["100", "100", "100"]),
        ("../../r[position() = /data/which]/x", ["10", "10", "10"]),
        ("../../r[position() = position(current()/..) + 1]/x", ["10", "100", ""]),
        ("indexed-repeat(/data/r/x, /data/r, 1)", ["1", "1", "1"]),
        ("indexed-repeat(/data/r/x, /data/r, position(..))", ["1", "10", "100"]),
        ("indexed-repeat(/data/r/x, /data/r, 9)", ["", "", ""]),
        ("/data/r/x", ["1", "10", "100"]),
        ("count(/data/r)", ["1", "1", "1"]),
        ("if(position(..) = last(), 'last', 'other')", ["last", "other", "other"]),
        ("count(../../r[x > current()/../x])", ["2", "1", "0"]),
    ],
)
def test_what_an_instance_sees(expression: str, seen: list[str]) -> None:
    story = filled(row(expression), "1", "10", "100")

    assert story.values("r[1]/y", "r[2]/y", "r[3]/y") == seen


def test_three_levels_tell_their_places() -> None:
    story = Story(
        form(
            "<a><b><c><p/></c></b></a>",
            bind("a/b/c/p", calculate="concat(position(../../..), position(../..), position(..))"),
            repeat("a", repeat("a/b", repeat("a/b/c", ask("a/b/c/p")))),
        )
    )
    story.add("a")
    story.add("a[2]/b")
    story.add("a[2]/b[2]/c")
    assert story.value("a[2]/b[2]/c[2]/p") == "222"

    story.remove("a[1]")
    assert story.value("a[1]/b[2]/c[2]/p") == "122"


def test_two_repeats_side_by_side_meet_by_place() -> None:
    story = Story(
        form(
            "<r><x/></r><s><twin/></s>",
            bind("s/twin", calculate="indexed-repeat(/data/r/x, /data/r, position(..))"),
            repeat("r", ask("r/x")) + repeat("s", ask("s/twin")),
        )
    )
    story.add("r")
    story.add("s")
    story.answer("r[1]/x", "one")
    story.answer("r[2]/x", "two")

    assert story.values("s[1]/twin", "s[2]/twin") == ["one", "two"]


@pytest.mark.parametrize(
    ("test", "found"),
    [
        ("name = current()/../wanted", "b"),
        ("name = /data/wanted", "b"),
        ("./name = ../item[2]/name", "b"),
        ("./name = current()/../wanted", "b"),
        ("name = ./wanted", ""),
        ("position() = string-length(current()/../wanted)", "a"),
    ],
)
def test_in_a_predicate_the_dot_is_the_row_and_current_is_the_question(test: str, found: str) -> None:
    listed = rows("l", {"name": "a"}, {"name": "b"})
    story = Story(
        form(
            "<wanted>b</wanted><seen/>",
            bind("seen", calculate=f"instance('l')/root/item[{test}]/name"),
            ask("wanted"),
            listed,
        )
    )

    assert story.value("seen") == found
