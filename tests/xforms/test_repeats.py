"""Repeats: adding, removing, counting, and looking from one instance at another."""

import pytest

from intake_app.errors import EventRefused
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


def test_what_is_no_repeat_cannot_be_added_to() -> None:
    with pytest.raises(EventRefused):
        children().add("total")
    with pytest.raises(EventRefused):
        children().remove("kid[2]")
