"""Repeats: what an instance sees of its neighbours, how counts drive them, how places are told."""

import pytest

from tests.xforms.story import Story, ask, bind, form, repeat

MODEL = "<which>2</which><r><x/><y/></r><total/>"


def row(expression: str = "", total: str = "''", count: str = "") -> Story:
    return Story(
        form(
            MODEL,
            (bind("r/y", calculate=expression) if expression else "")
            + bind("r/x", type="int")
            + bind("which", type="int")
            + bind("total", calculate=total),
            ask("which") + repeat("r", ask("r/x"), count),
        )
    )


def filled(story: Story, *values: str) -> Story:
    for number, value in enumerate(values, start=1):
        if story.count("r") < number:
            story.add("r")
        story.answer(f"r[{number}]/x", value)
    return story


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


@pytest.mark.parametrize(
    ("total", "after"),
    [
        ("count(/data/r)", ["3", "2", "3"]),
        ("sum(/data/r/x)", ["111", "101", "101"]),
        ("max(/data/r/x)", ["100", "100", "100"]),
        ("min(/data/r/x)", ["1", "1", "1"]),
        ("join('-', /data/r/x)", ["1-10-100", "1-100", "1-100-"]),
        ("/data/r[2]/x", ["10", "100", "100"]),
        ("/data/r[last()]/x", ["100", "100", ""]),
        ("/data/r[position() = /data/which]/x", ["10", "100", "100"]),
        ("count(/data/r[x > 5])", ["2", "1", "1"]),
        ("count(/data/r[x = ''])", ["0", "0", "1"]),
        ("count-non-empty(/data/r/x)", ["3", "2", "2"]),
        ("indexed-repeat(/data/r/x, /data/r, /data/which)", ["10", "100", "100"]),
        ("position(/data/r[last()])", ["3", "2", "3"]),
        ("sum(/data/r[position() > 1]/x)", ["110", "100", "100"]),
    ],
)
def test_what_the_form_sees_after_removing_and_adding(total: str, after: list[str]) -> None:
    story = filled(row(total=total), "1", "10", "100")
    seen = [story.value("total")]

    story.remove("r[2]")
    seen.append(story.value("total"))
    story.add("r")
    seen.append(story.value("total"))

    assert seen == after


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


@pytest.mark.parametrize("removed", [1, 2, 3])
def test_removing_moves_up_all_that_comes_after(removed: int) -> None:
    story = filled(row("position(..)"), "1", "10", "100")
    left = [value for number, value in enumerate(("1", "10", "100"), start=1) if number != removed]

    story.remove(f"r[{removed}]")

    assert story.values("r[1]/x", "r[2]/x") == left
    assert story.values("r[1]/y", "r[2]/y") == ["1", "2"]


def test_a_repeat_may_become_empty_and_grow_again() -> None:
    story = filled(row(total="count(/data/r)"), "5")
    story.remove("r[1]")
    assert (story.count("r"), story.value("total")) == (0, "0")

    story.add("r")
    assert story.values("r[1]/x", "total") == ["", "1"]


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
