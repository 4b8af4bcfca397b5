"""The submission, the savepoint of a draft, and the edit of a submitted record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from intake_app.errors import FormInvalid, UnsafeXml
from intake_app.xforms.api import FormEntry, parse_form, serialize
from tests.xforms.story import MOMENT, Story, ask, bind, form, pick, repeat, rows

XML = form(
    '<name/><private/><kid jr:template=""><name/><age/></kid><kid><name/><age/></kid><count/><start/>',
    bind("private", relevant="/data/name != ''")
    + bind("kid/age", type="int")
    + bind("count", calculate="count(/data/kid)")
    + bind("start", jr__preload="timestamp", jr__preloadParams="start", type="dateTime"),
    ask("name") + ask("private") + repeat("kid", ask("kid/name") + ask("kid/age")),
)


def filled() -> Story:
    story = Story(XML)
    story.answer("name", "Ali")
    story.answer("private", "kept")
    story.add("kid")
    story.answer("kid[2]/age", "7")
    story.answer("name", "")
    return story


def restored(story: Story) -> FormEntry:
    return FormEntry.restore(story.definition, story.entry.savepoint(), now=lambda: MOMENT, seed=99)


def test_a_restored_draft_is_the_draft() -> None:
    story = filled()

    again = restored(story)

    assert list(again.nodes()) == list(story.entry.nodes())
    assert again.instance_id == story.entry.instance_id
    assert again.value("/data/private") == "kept"


def test_a_restored_draft_with_no_instances_has_none() -> None:
    story = filled()
    story.remove("kid[2]")
    story.remove("kid[1]")

    assert restored(story).instances("/data/kid") == ()


def test_the_submission_is_utf8_xml_with_the_form_and_its_version() -> None:
    root = etree.fromstring(serialize(filled().entry))

    assert (root.tag, root.get("id"), root.get("version")) == ("data", "story", "1")
    assert [kid.findtext("age") for kid in root.findall("kid")] == ["", "7"]
    assert root.find("private") is None


def test_a_form_without_meta_still_sends_an_instance_id() -> None:
    story = filled()

    meta = etree.fromstring(serialize(story.entry)).find("{http://openrosa.org/xforms}meta")

    assert meta is not None
    assert meta.findtext("{http://openrosa.org/xforms}instanceID") == story.entry.instance_id


def test_prefixes_and_root_attributes_are_kept() -> None:
    xml = form("<a/><orx:meta><orx:instanceID/></orx:meta>").replace(
        b'version="1"', b'version="1" xmlns:z="https://example.org/z" z:colour="red"'
    )

    root = etree.fromstring(serialize(Story(xml).entry))

    assert root.get("{https://example.org/z}colour") == "red"
    assert root.find("{http://openrosa.org/xforms}meta") is not None


def test_only_what_is_kept_leaves() -> None:
    story = filled()
    story.answer("name", "Ali")

    root = etree.fromstring(serialize(story.entry, keep={"/data/count", "/data/kid[2]/age"}))

    assert root.find("name") is None
    assert root.findtext("count") == "2"
    assert [kid.findtext("age") for kid in root.findall("kid")] == ["7"]
    assert len(root) == 3


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=40))
def test_every_answer_survives_being_saved(text: str) -> None:
    story = Story(XML)
    story.answer("name", text)

    assert restored(story).value("/data/name") == story.value("name")


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\ufffe"])
def test_what_xml_cannot_hold_is_left_out_of_an_answer(bad: str) -> None:
    story = Story(XML)
    story.answer("name", f"a{bad}b")

    assert story.value("name") == "ab"
    assert restored(story).value("/data/name") == "ab"


def test_composed_and_decomposed_letters_are_sent_alike() -> None:
    story = Story(XML)
    story.answer("name", "e\u0301")

    assert "é".encode() in serialize(story.entry)


def edited(story: Story) -> FormEntry:
    return FormEntry.edit(story.definition, serialize(story.entry), now=lambda: MOMENT, seed=5)


def test_an_edit_names_the_record_it_replaces() -> None:
    story = filled()

    again = edited(story)

    assert again.value("/data/meta/deprecatedID") == story.entry.instance_id
    assert again.instance_id != story.entry.instance_id
    assert again.instance_id.encode() in serialize(again)


def test_an_edit_of_an_edit_names_the_last_one() -> None:
    first = edited(filled())

    second = FormEntry.edit(first.definition, serialize(first), now=lambda: MOMENT, seed=6)

    assert second.value("/data/meta/deprecatedID") == first.instance_id


def test_an_edit_keeps_answers_and_its_first_start_and_omitted_nodes_come_back_empty() -> None:
    story = filled()

    again = edited(story)

    assert again.value("/data/kid[2]/age") == "7"
    assert again.value("/data/start") == story.value("start")
    assert again.value("/data/private") == ""


@pytest.mark.parametrize("other", [b'<data id="other"/>', b"<wrong/>"])
def test_another_forms_record_is_refused(other: bytes) -> None:
    with pytest.raises(FormInvalid):
        FormEntry.restore(parse_form(XML), other)


def test_a_broken_savepoint_is_refused() -> None:
    with pytest.raises(UnsafeXml):
        FormEntry.restore(parse_form(XML), b"<data>")


def test_a_restored_choice_list_is_offered_again() -> None:
    xml = form("<a/>", "", pick("a", "instance('l')/root/item"), rows("l", {"name": "x", "label": "X"}))
    story = Story(xml)
    story.answer("a", "x")

    again = restored(story)

    assert again.value("/data/a") == "x"
    assert [choice.label for choice in again.node("/data/a").choices or ()] == ["X"]
