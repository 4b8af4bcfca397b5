"""The savepoint of a draft, and the edit of a submitted record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.errors import FormInvalid, UnsafeXml
from intake_app.xforms.api import FormEntry, parse_form, serialize
from tests.xforms.stories.record import XML, filled, restored
from tests.xforms.story import MOMENT, Story, ask, form, pick, rows


@pytest.mark.parametrize("times", [1, 2, 3])
def test_an_edit_names_the_record_it_takes_the_place_of(times: int) -> None:
    definition = parse_form(form("<a/>", "", ask("a")))
    entry = FormEntry.new(definition, now=lambda: MOMENT, seed=1)
    for number in range(times):
        before = entry.instance_id
        entry = FormEntry.edit(definition, serialize(entry), now=lambda: MOMENT, seed=number + 2)

        assert entry.instance_id != before
        assert f"<deprecatedID>{before}<" in serialize(entry).decode().replace("orx:", "")


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


def edited(story: Story) -> FormEntry:
    return FormEntry.edit(story.definition, serialize(story.entry), now=lambda: MOMENT, seed=5)


def test_an_edit_names_the_record_it_replaces() -> None:
    story = filled()

    again = edited(story)

    assert again.value("/data/meta/deprecatedID") == story.entry.instance_id
    assert again.instance_id != story.entry.instance_id
    assert again.instance_id.encode() in serialize(again)


def test_a_draft_of_an_edit_goes_on_as_an_edit() -> None:
    story = filled()
    first = edited(story)

    again = FormEntry.restore(story.definition, first.savepoint(), now=lambda: MOMENT, seed=6)

    assert again.instance_id == first.instance_id
    assert again.value("/data/meta/deprecatedID") == story.entry.instance_id
    assert f"deprecatedID>{story.entry.instance_id}<" in serialize(again).decode()
    assert again.fit.lost == ()


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
