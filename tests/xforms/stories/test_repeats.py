"""Repeats: adding, removing, nesting, and what is seen of other instances."""

import pytest

from intake_app.errors import EventRefused
from tests.xforms.stories.numbers import filled, row
from tests.xforms.story import Story, ask, bind, form, repeat


def children(binds: str = "", extra: str = "") -> Story:
    return Story(
        form(
            f'<kid jr:template=""><name/><age/><info/></kid><kid><name/><age/><info/></kid><total/>{extra}',
            bind("kid/age", type="int") + binds,
            repeat("kid", ask("kid/name") + ask("kid/age")),
        )
    )


def test_a_repeat_starts_with_the_instances_the_form_writes() -> None:
    assert children().entry.instances("/data/kid") == ("/data/kid[1]",)


def test_a_repeat_with_only_a_template_starts_empty() -> None:
    story = Story(form('<r jr:template=""><x>5</x></r>', body=repeat("r", ask("r/x"))))
    assert story.count("r") == 0

    story.add("r")
    assert story.value("r[1]/x") == "5"


def test_adding_tells_the_ref_of_the_new_instance() -> None:
    story = children()

    assert story.add("kid").added == "/data/kid[2]"
    assert story.entry.instances("/data/kid") == ("/data/kid[1]", "/data/kid[2]")


def test_removing_renumbers_and_refreshes_positions_and_sums() -> None:
    story = children(
        bind("kid/info", calculate="position(..)") + bind("total", type="int", calculate="sum(/data/kid/age)")
    )
    for number, age in enumerate(("1", "10", "100"), start=1):
        if number > 1:
            story.add("kid")
        story.answer(f"kid[{number}]/age", age)
    assert story.value("total") == "111"

    story.remove("kid[2]")

    assert story.value("total") == "101"
    assert story.values("kid[1]/age", "kid[2]/age") == ["1", "100"]
    assert story.values("kid[1]/info", "kid[2]/info") == ["1", "2"]


def test_every_instance_sees_a_change_in_any_other() -> None:
    story = children(bind("kid/info", calculate="concat(count(../../kid), ':', sum(../../kid/age))"))
    story.add("kid")

    story.answer("kid[2]/age", "4")

    assert story.values("kid[1]/info", "kid[2]/info") == ["2:4", "2:4"]


def test_an_absolute_path_inside_a_repeat_means_the_own_instance() -> None:
    story = children(bind("kid/info", calculate="concat(/data/kid/name, '!')"))
    story.add("kid")
    story.answer("kid[1]/name", "Ali")
    story.answer("kid[2]/name", "Noor")

    assert story.values("kid[1]/info", "kid[2]/info") == ["Ali!", "Noor!"]


def test_the_next_and_the_last_instance_can_be_looked_at() -> None:
    story = children(
        bind(
            "kid/info", calculate="concat(../following-sibling::kid[1]/name, '/', ../../kid[position() = last()]/name)"
        )
    )
    story.answer("kid[1]/name", "Ali")
    story.add("kid")
    story.answer("kid[2]/name", "Noor")

    assert story.values("kid[1]/info", "kid[2]/info") == ["Noor/Noor", "/Noor"]


def test_nested_repeats_three_deep_each_count_their_own() -> None:
    story = Story(
        form(
            "<a><b><c><x/></c><n/></b></a>",
            bind("a/b/n", calculate="count(../c)"),
            repeat("a", repeat("a/b", repeat("a/b/c", ask("a/b/c/x")))),
        )
    )
    story.add("a[1]/b")
    story.add("a[1]/b[2]/c")
    story.add("a")

    assert story.values("a[1]/b[1]/n", "a[1]/b[2]/n", "a[2]/b[1]/n") == ["1", "2", "1"]
    assert story.entry.instances("/data/a[1]/b[2]/c") == ("/data/a[1]/b[2]/c[1]", "/data/a[1]/b[2]/c[2]")


def test_what_is_no_repeat_cannot_be_added_to() -> None:
    with pytest.raises(EventRefused):
        children().add("total")
    with pytest.raises(EventRefused):
        children().remove("kid[2]")


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
