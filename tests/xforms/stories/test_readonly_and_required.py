"""Readonly and required: what a group passes on, what takes no answer, what must be answered."""

import pytest

from intake_app.errors import EventRefused
from tests.xforms.story import FIRST, Story, ask, bind, form, repeat, setvalue


@pytest.mark.parametrize(
    ("ref", "reason"), [("c", "calculated"), ("ro", "readonly"), ("nowhere", "unknown_ref"), ("g", "not_a_question")]
)
def test_an_answer_to_what_takes_none_is_refused(ref: str, reason: str) -> None:
    story = Story(
        form("<c/><ro/><g><k/></g>", bind("c", calculate="1") + bind("ro", readonly="true()"), ask("ro") + ask("g/k"))
    )

    with pytest.raises(EventRefused) as refused:
        story.answer(ref, "x")

    assert refused.value.params["reason"] == reason


def test_readonly_is_inherited_and_required_is_not() -> None:
    story = Story(form("<a/><g><k/></g>", bind("g", readonly="/data/a = 1", required="true()"), ask("a") + ask("g/k")))
    story.answer("a", "1")

    assert story.node("g/k").readonly
    assert not story.node("g/k").required


TREE = "<show/><g><x>1</x><h><y>2</y></h></g><r><z>3</z></r><seen/>"
QUESTIONS = ask("show") + ask("g/x") + ask("g/h/y") + repeat("r", ask("r/z"))


@pytest.mark.parametrize(("attribute", "inherited"), [("readonly", True), ("required", False), ("relevant", True)])
def test_what_a_group_passes_on(attribute: str, inherited: bool) -> None:
    story = Story(form(TREE, bind("g", **{attribute: "/data/show = 'no'"}), QUESTIONS))
    before = getattr(story.node("g/h/y"), attribute)

    story.answer("show", "no")
    first = getattr(story.node("g/h/y"), attribute)
    story.answer("show", "yes")

    assert (first != getattr(story.node("g/h/y"), attribute)) is inherited
    assert getattr(story.node("g/h/y"), attribute) == before


@pytest.mark.parametrize("attributes", [{"readonly": "true()"}, {"calculate": "1 + 1"}])
def test_what_is_not_for_people_takes_no_answer(attributes: dict[str, str]) -> None:
    story = Story(form(TREE, bind("g/x", **attributes), QUESTIONS))

    with pytest.raises(EventRefused):
        story.answer("g/x", "5")


def test_required_does_not_count_on_an_irrelevant_node() -> None:
    told = Story(form("<a/>", bind("a", required="true()", relevant="false()"), ask("a")))

    assert told.entry.finalize() == ()


def test_an_action_writes_to_what_people_cannot() -> None:
    story = Story(form("<a/>", bind("a", readonly="true()") + setvalue("a", FIRST, "'set'"), ask("a")))

    assert story.value("a") == "set"


def test_clearing_a_required_answer_is_allowed_and_told_at_the_end() -> None:
    story = Story(form("<a/>", bind("a", required="true()"), ask("a")))
    story.answer("a", "x")
    assert story.entry.violations() == ()

    assert story.answer("a", "").rejected is None
    assert [(one.ref, one.reason) for one in story.entry.finalize()] == [("/data/a", "required")]
