"""Ranks, ranges and triggers: controls with rules of their own."""

import pytest

from intake_app.errors import FormInvalid
from intake_app.xforms.api import read_range, serialize
from tests.xforms.story import Story, ask, bind, form, pick, rows

ITEMS = [("a", "1"), ("b", "1"), ("c", "1"), ("d", "2"), ("b", "2")]
RANKED = form(
    "<kind/><order/>",
    "",
    ask("kind") + pick("order", "instance('l')/root/item[kind = /data/kind]", "odk:rank"),
    rows("l", *({"name": name, "label": name, "kind": kind} for name, kind in ITEMS)),
)


def test_an_answered_rank_always_holds_every_item_once() -> None:
    story = Story(RANKED)
    story.answer("kind", "1")
    story.answer("order", "c a a")
    assert story.value("order") == "c a b"

    story.answer("kind", "2")
    assert story.value("order") == "b d"

    story.answer("order", "")
    assert story.value("order") == ""


def scale(start: str, end: str, step: str, kind: str = "decimal") -> bytes:
    return form("<r/>", bind("r", type=kind), f'<range ref="/data/r" start="{start}" end="{end}" step="{step}"/>')


@pytest.mark.parametrize(
    ("ends", "good", "bad"),
    [
        (("1", "10", "3"), ["1", "4", "10"], ["2", "13", "-2"]),
        (("10", "1", "3"), ["10", "7", "1"], ["9", "0"]),
        (("0", "1", "0.1"), ["0.3", "0.7", "1"], ["0.35", "1.1"]),
        (("-1.5", "1.5", "0.5"), ["-1.5", "0", "1.0"], ["0.25"]),
    ],
)
def test_a_range_takes_the_numbers_on_its_scale(ends: tuple[str, str, str], good: list[str], bad: list[str]) -> None:
    story = Story(scale(*ends))

    assert [value for value in good if story.answer("r", value).rejected] == []
    assert [value for value in bad if not story.answer("r", value).rejected] == []


def test_a_range_lists_its_numbers_in_the_order_of_the_scale() -> None:
    downward = read_range({"start": "1", "end": "0", "step": "0.25"})

    assert downward is not None
    assert downward.numbers() == ("1", "0.75", "0.5", "0.25", "0")


@pytest.mark.parametrize("ends", [("1", "", "1"), ("1", "10", "0"), ("one", "10", "1"), ("1", "NaN", "1")])
def test_a_range_without_a_scale_is_refused(ends: tuple[str, str, str]) -> None:
    with pytest.raises(FormInvalid, match="bad_range"):
        Story(scale(*ends))


def confirmation() -> Story:
    return Story(
        form(
            "<ok/><next/>",
            bind("ok", required="true()") + bind("next", relevant="/data/ok = 'OK'"),
            '<trigger ref="/data/ok"><label>Gelezen?</label></trigger>' + ask("next"),
        )
    )


def test_a_trigger_is_answered_with_ok_and_opens_what_waits_for_it() -> None:
    story = confirmation()
    assert (story.node("ok").label, story.node("next").relevant) == ("Gelezen?", False)

    story.answer("ok", "OK")

    assert story.node("next").relevant
    assert b"<ok>OK</ok>" in serialize(story.entry)
    assert story.entry.finalize() == ()


def test_a_required_trigger_that_was_not_pressed_is_told() -> None:
    story = confirmation()
    story.answer("ok", "OK")
    story.answer("ok", "")

    assert [(one.ref, one.reason) for one in story.entry.finalize()] == [("/data/ok", "required")]
