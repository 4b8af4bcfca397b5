"""Choice questions: filters, cascades, properties, choices made from a repeat."""

import pytest

from tests.xforms.story import Story, ask, bind, form, pick, repeat, rows

LIST = rows(
    "l",
    {"name": "a", "label": "A", "kind": "p", "size": "1"},
    {"name": "b", "label": "B", "kind": "q", "size": "2"},
    {"name": "c", "label": "C", "kind": "p", "size": "3"},
    {"name": "d", "label": "D", "kind": "r", "size": "10"},
)


def chooser(predicate: str, kind: str = "select1") -> Story:
    return Story(
        form(
            "<f/><n>2</n><c/><after/>",
            bind("n", type="int") + bind("after", calculate="concat('<', /data/c, '>')"),
            ask("f") + ask("n") + pick("c", f"instance('l')/root/item{predicate}", kind),
            LIST,
        )
    )


@pytest.mark.parametrize(
    ("predicate", "filter_by", "offered"),
    [
        ("", "", "abcd"),
        ("[kind = /data/f]", "", ""),
        ("[kind = /data/f]", "p", "ac"),
        ("[kind = /data/f]", "none", ""),
        ("[kind != /data/f]", "p", "bd"),
        ("[/data/f = '' or kind = /data/f]", "", "abcd"),
        ("[/data/f = '' or kind = /data/f]", "q", "b"),
        ("[size > /data/n]", "", "cd"),
        ("[size <= /data/n]", "", "ab"),
        ("[selected(/data/f, name)]", "d b", "bd"),
        ("[not(selected(/data/f, name))]", "d b", "ac"),
        ("[selected(/data/f, kind)]", "p r", "acd"),
        ("[starts-with(label, /data/f)]", "C", "c"),
        ("[kind = /data/f][size > 1]", "p", "c"),
        ("[position() < 3]", "", "ab"),
        ("[position() = last()]", "", "d"),
        ("[name != current()/../f]", "a", "bcd"),
        ("[size = max(instance('l')/root/item/size)]", "", "d"),
        ("[kind = instance('l')/root/item[name = /data/f]/kind]", "c", "ac"),
    ],
)
def test_a_filter_offers_what_it_says(predicate: str, filter_by: str, offered: str) -> None:
    story = chooser(predicate)
    story.answer("f", filter_by)

    assert "".join(story.offered("c")) == offered


@pytest.mark.parametrize(
    ("chosen", "filter_by", "left"),
    [
        ("a b c", "p", "a c"),
        ("c b a", "p", "c a"),
        ("a", "p", "a"),
        ("b", "p", ""),
        ("a b c d", "none", ""),
        ("d c b a", "", "d c b a"),
        ("b d", "q r", "b d"),
    ],
)
def test_of_several_values_only_the_missing_go(chosen: str, filter_by: str, left: str) -> None:
    story = chooser("[/data/f = '' or selected(/data/f, kind)]", "select")
    story.answer("c", chosen)

    story.answer("f", filter_by)

    assert story.values("c", "after") == [left, f"<{left}>"]


@pytest.mark.parametrize(("value", "kept"), [("a", "a"), (" a ", "a"), ("zz", ""), ("A", ""), ("", "")])
def test_one_value_must_be_offered(value: str, kept: str) -> None:
    story = chooser("")
    story.answer("c", value)

    assert story.value("c") == kept


@pytest.mark.parametrize(
    ("value", "kept"), [("a b", "a b"), ("b a", "b a"), ("a zz", "a"), ("  a   c ", "a c"), ("zz yy", "")]
)
def test_several_values_must_be_offered(value: str, kept: str) -> None:
    story = chooser("", "select")
    story.answer("c", value)

    assert story.value("c") == kept


@pytest.mark.parametrize("changed", ["top", "middle"])
def test_a_cascade_falls_at_once_through_all_its_steps(changed: str) -> None:
    story = Story(
        form(
            "<top/><middle/><low/>",
            "",
            pick("top", "instance('t')/root/item")
            + pick("middle", "instance('m')/root/item[up = /data/top]")
            + pick("low", "instance('w')/root/item[up = /data/middle]"),
            rows("t", {"name": "t1"}, {"name": "t2"})
            + rows("m", {"name": "m1", "up": "t1"}, {"name": "m2", "up": "t1"}, {"name": "m3", "up": "t2"})
            + rows("w", {"name": "w1", "up": "m1"}, {"name": "w2", "up": "m2"}),
        )
    )
    for ref, value in (("top", "t1"), ("middle", "m1"), ("low", "w1")):
        story.answer(ref, value)
    assert story.values("top", "middle", "low") == ["t1", "m1", "w1"]

    story.answer(changed, "t2" if changed == "top" else "m2")

    assert story.values("top", "middle", "low") == (["t2", "", ""] if changed == "top" else ["t1", "m2", ""])


def people() -> Story:
    story = Story(
        form(
            "<p><name/><age/></p><who/><also/>",
            bind("p/age", type="int"),
            repeat("p", ask("p/name") + ask("p/age"))
            + pick("who", "/data/p[name != '']", value="name", label="name")
            + pick("also", "/data/p[age > 17]", "select", value="name", label="name"),
        )
    )
    for number, (name, age) in enumerate((("Ali", "40"), ("Noor", "12"), ("Sam", "20")), start=1):
        if number > 1:
            story.add("p")
        story.answer(f"p[{number}]/name", name)
        story.answer(f"p[{number}]/age", age)
    return story


def test_choices_from_a_repeat_follow_adding_changing_and_removing() -> None:
    story = people()
    assert (story.offered("who"), story.offered("also")) == (["Ali", "Noor", "Sam"], ["Ali", "Sam"])

    story.answer("p[2]/age", "18")
    story.answer("p[1]/name", "Alia")
    story.remove("p[3]")

    assert (story.offered("who"), story.offered("also")) == (["Alia", "Noor"], ["Alia", "Noor"])


def test_a_chosen_instance_that_goes_takes_the_answer_with_it() -> None:
    story = people()
    story.answer("who", "Sam")
    story.answer("also", "Sam Ali")

    story.remove("p[3]")

    assert story.values("who", "also") == ["", "Ali"]


def test_filters_inside_a_repeat_look_at_their_own_instance() -> None:
    story = Story(
        form(
            "<r><f/><c/></r>",
            "",
            repeat("r", ask("r/f") + pick("r/c", "instance('l')/root/item[kind = current()/../f]")),
            LIST,
        )
    )
    story.add("r")
    story.answer("r[1]/f", "p")
    story.answer("r[2]/f", "q")
    story.answer("r[1]/c", "a")

    assert (story.offered("r[1]/c"), story.offered("r[2]/c")) == (["a", "c"], ["b"])
    story.answer("r[2]/f", "r")
    assert story.value("r[1]/c") == "a"


PLACES = rows(
    "places",
    {"name": "ams", "label": "Amsterdam", "land": "nl", "skills": "tm3 tm4"},
    {"name": "zut", "label": "Zutphen", "land": "nl", "skills": ""},
    {"name": "ber", "label": "Berlijn", "land": "de", "skills": "tm1"},
)


def travel() -> Story:
    return Story(
        form(
            "<land/><place/><places/><said/><saids/>",
            bind("said", calculate="jr:choice-name(/data/place, '/data/place')")
            + bind("saids", calculate="concat(count-selected(/data/places), ' ', selected-at(/data/places, 0))"),
            ask("land")
            + pick("place", "instance('places')/root/item[land = /data/land]")
            + pick("places", "instance('places')/root/item[land = /data/land or land = 'nl']", "select"),
            PLACES,
        )
    )


def test_a_filter_offers_what_fits_now() -> None:
    story = travel()
    assert story.offered("place") == []

    story.answer("land", "nl")
    assert story.offered("place") == ["ams", "zut"]


def test_a_value_that_is_filtered_out_is_dropped_and_what_reads_it_follows() -> None:
    story = travel()
    story.answer("land", "de")
    story.answer("place", "ber")
    assert story.value("said") == "Berlijn"

    change = story.answer("land", "nl")

    assert story.values("place", "said") == ["", ""]
    assert {"/data/place", "/data/said"} <= change.changed


def test_of_several_values_only_the_missing_ones_go_and_the_order_stays() -> None:
    story = travel()
    story.answer("land", "de")
    story.answer("places", "ber  zut ams")

    story.answer("land", "nl")

    assert story.value("places") == "zut ams"
    assert story.value("saids") == "2 zut"


def test_a_value_that_is_not_offered_is_not_kept() -> None:
    story = travel()
    story.answer("land", "nl")

    story.answer("place", "ber")

    assert story.value("place") == ""


def test_an_irrelevant_choice_keeps_its_value_until_it_is_relevant_again() -> None:
    story = Story(
        form(
            "<land>nl</land><show>1</show><place/>",
            bind("place", relevant="/data/show = 1"),
            ask("land") + ask("show") + pick("place", "instance('places')/root/item[land = /data/land]"),
            PLACES,
        )
    )
    story.answer("place", "ams")
    story.answer("show", "0")
    story.answer("land", "de")
    assert story.value("place") == "ams"

    story.answer("show", "1")
    assert story.value("place") == ""


def test_extra_columns_of_a_choice_are_its_properties_in_order() -> None:
    story = travel()
    story.answer("land", "nl")

    first = (story.node("place").choices or ())[0]

    assert list(first.properties.items()) == [("land", "nl"), ("skills", "tm3 tm4")]
    assert first.label == "Amsterdam"


def test_a_cascade_of_three_levels_falls_together() -> None:
    lists = rows("l", *({"name": f"{a}{b}", "label": "x", "up": a} for a in "ab" for b in "12")) + rows(
        "m", *({"name": f"{a}{b}{c}", "label": "x", "up": f"{a}{b}"} for a in "ab" for b in "12" for c in "xy")
    )
    story = Story(
        form(
            "<one/><two/><three/>",
            "",
            ask("one")
            + pick("two", "instance('l')/root/item[up = /data/one]")
            + pick("three", "instance('m')/root/item[up = /data/two]"),
            lists,
        )
    )
    story.answer("one", "a")
    story.answer("two", "a2")
    story.answer("three", "a2y")

    story.answer("one", "b")

    assert story.values("two", "three") == ["", ""]


def test_a_filter_inside_a_repeat_looks_at_its_own_instance() -> None:
    story = Story(
        form(
            "<r><land/><place/></r>",
            "",
            repeat("r", ask("r/land") + pick("r/place", "instance('places')/root/item[land = current()/../land]")),
            PLACES,
        )
    )
    story.add("r")
    story.answer("r[1]/land", "nl")
    story.answer("r[2]/land", "de")

    assert [story.offered("r[1]/place"), story.offered("r[2]/place")] == [["ams", "zut"], ["ber"]]


def test_choices_made_from_a_repeat_follow_it() -> None:
    story = Story(
        form(
            "<kid><name/></kid><eldest/>",
            "",
            repeat("kid", ask("kid/name")) + pick("eldest", "/data/kid[name != '']", label="name"),
        )
    )
    story.answer("kid[1]/name", "Ali")
    story.add("kid")
    story.answer("kid[2]/name", "Noor")
    assert story.offered("eldest") == ["Ali", "Noor"]
    story.answer("eldest", "Noor")

    story.remove("kid[2]")

    assert story.offered("eldest") == ["Ali"]
    assert story.value("eldest") == ""
