"""Entities: what a record creates and updates in shared lists."""

import pytest

from intake_app.errors import FormInvalid
from intake_app.xforms.api import EntityChange
from tests.xforms.story import Story, ask, bind, form, repeat

PREFIX = b'xmlns:entities="http://www.opendatakit.org/xforms/entities"'
META = '<orx:meta><entity dataset="{name}" id="" {more}><label/></entity></orx:meta>'


def entity_form(model: str, binds: str, body: str, version: str = "2024.1.0") -> bytes:
    written = form(model, binds, body).replace(b"<model>", f'<model entities:entities-version="{version}">'.encode(), 1)
    return written.replace(b"<h:html ", b"<h:html " + PREFIX + b" ", 1)


def tree(create: str = "1", update: str = "", version: str = "2024.1.0") -> Story:
    attributes = {"create": create, "update": update}
    bound = "".join(bind(f"meta/entity/@{name}", calculate=test) for name, test in attributes.items() if test)
    more = " ".join(f'{name}=""' for name, test in attributes.items() if test)
    return Story(
        entity_form(
            "<kind/><height/><note/>" + META.format(name="trees", more=more + ' baseVersion="3"'),
            bind("kind", entities__saveto="species")
            + bind("height", type="int", entities__saveto="height")
            + bind("note", relevant="/data/kind = 'oak'", entities__saveto="note")
            + bind("meta/entity/@id", calculate="once(uuid())")
            + bind("meta/entity/label", calculate="/data/kind")
            + bound,
            ask("kind") + ask("height") + ask("note"),
            version,
        )
    )


def only(story: Story) -> EntityChange:
    (change,) = story.entry.entities()
    return change


@pytest.mark.parametrize(
    ("create", "update", "action"),
    [
        ("'1'", "", "create"),
        ("true()", "", "create"),
        ("'true'", "'0'", "create"),
        ("", "'1'", "update"),
        ("'1'", "'1'", "upsert"),
    ],
)
def test_the_attributes_say_whether_a_row_is_made_or_changed(create: str, update: str, action: str) -> None:
    story = tree(create, update)
    story.answer("kind", "ash")

    assert only(story).action == action


@pytest.mark.parametrize("create", ["'0'", "'yes'", "''", "false()"])
def test_any_other_truth_makes_no_row(create: str) -> None:
    story = tree(create)
    story.answer("kind", "ash")

    assert story.entry.entities() == ()


def test_a_row_holds_what_relevant_questions_say_and_blanks_as_empty_text() -> None:
    story = tree("/data/height > 3")
    story.answer("kind", "ash")
    assert story.entry.entities() == ()

    story.answer("height", "7")
    change = only(story)
    assert (change.dataset, change.label, dict(change.properties)) == (
        "trees",
        "ash",
        {"species": "ash", "height": "7"},
    )
    assert (len(change.id), change.base_version) == (36, "3")

    story.answer("kind", "oak")
    assert dict(only(story).properties) == {"species": "oak", "height": "7", "note": ""}


def test_a_new_row_needs_a_label_and_an_update_without_one_leaves_it() -> None:
    assert tree("'1'").entry.entities() == ()

    change = only(tree("", "'1'"))

    assert (change.action, change.label) == ("update", None)


LISTS = ("trees", "towns")


def in_repeats(version: str) -> Story:
    return Story(
        entity_form(
            "<town/><tree><kind/>{}</tree>{}".format(*(META.format(name=name, more='create="1"') for name in LISTS)),
            bind("town", entities__saveto="name")
            + bind("tree/kind", entities__saveto="species")
            + bind("tree/meta/entity/@id", calculate="once(uuid())")
            + bind("meta/entity/@id", calculate="once(uuid())")
            + bind("tree/meta/entity/label", calculate="../../../kind")
            + bind("meta/entity/label", calculate="/data/town"),
            ask("town") + repeat("tree", ask("tree/kind")),
            version,
        )
    )


def test_each_repeat_instance_makes_its_own_row() -> None:
    story = in_repeats("2025.1.0")
    story.answer("town", "Zutphen")
    story.answer("tree[1]/kind", "ash")
    story.add("tree")
    story.answer("tree[2]/kind", "oak")

    rows = [(one.dataset, dict(one.properties)) for one in story.entry.entities()]

    assert rows == [
        ("trees", {"species": "ash"}),
        ("trees", {"species": "oak"}),
        ("towns", {"name": "Zutphen"}),
    ]


@pytest.mark.parametrize("version", ["", "2021.1.0", "2099.1.0"])
def test_a_version_of_entities_that_we_do_not_know_is_refused(version: str) -> None:
    with pytest.raises(FormInvalid, match="entities_version"):
        tree(version=version)


def test_rows_from_repeats_need_the_version_that_has_them() -> None:
    with pytest.raises(FormInvalid, match="entities_version"):
        in_repeats("2024.1.0")


def test_a_property_without_an_entity_is_refused() -> None:
    with pytest.raises(FormInvalid, match="saveto_without_entity"):
        Story(entity_form("<a/>", bind("a", entities__saveto="x"), ask("a")))
