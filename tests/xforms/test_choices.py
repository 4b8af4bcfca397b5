"""Choice questions: filters, cascades, properties, names of choices, random order."""

import pytest

from intake_app.xforms.api import FormEntry, parse_form
from tests.xforms.story import MOMENT, Story, ask, bind, form, pick, repeat, rows

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


@pytest.mark.parametrize(("seed", "order"), [("42", "AFCBDE"), ("1", "BFEACD"), ("11111111", "ACDBFE")])
def test_a_seed_gives_the_order_that_all_odk_tools_give(seed: str, order: str) -> None:
    letters = rows("s", *({"name": letter, "label": letter} for letter in "ABCDEF"))
    story = Story(form("<a/>", "", pick("a", f"randomize(instance('s')/root/item, {seed})"), letters))

    assert "".join(story.offered("a")) == order


def test_a_missing_list_drops_no_answers() -> None:
    xml = form(
        "<a/><place/>",
        "",
        ask("a") + pick("place", "instance('far')/root/item[land = /data/a]"),
        '<instance id="far" src="jr://file-csv/far.csv"/>',
    )
    entry = FormEntry.new(parse_form(xml), now=lambda: MOMENT)
    entry.set_value("/data/place", "ams")

    entry.set_value("/data/a", "nl")

    assert entry.value("/data/place") == "ams"
