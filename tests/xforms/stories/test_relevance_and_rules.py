"""Relevance, readonly, required, constraints: what is inherited, what is kept, what is checked when."""

import pytest

from intake_app.errors import EventRefused
from intake_app.xforms.api import serialize
from tests.xforms.story import Story, ask, bind, form, pick, repeat, rows

TREE = "<show/><g><x>1</x><h><y>2</y></h></g><r><z>3</z></r><seen/>"
QUESTIONS = ask("show") + ask("g/x") + ask("g/h/y") + repeat("r", ask("r/z"))


@pytest.mark.parametrize(
    ("where", "expression", "hidden"),
    [
        ("g", "count(/data/g/x)", "0"),
        ("g", "count(/data/g/h/y)", "0"),
        ("g/h", "count(/data/g/h/y)", "0"),
        ("g/x", "concat('[', /data/g/x, ']')", "[]"),
        ("g/x", "sum(/data/g/x | /data/g/h/y)", "2"),
        ("r", "count(/data/r)", "0"),
        ("r", "sum(/data/r/z)", "0"),
        ("r/z", "count(/data/r[z != ''])", "0"),
        ("r/z", "count(/data/r/z)", "0"),
        ("g", "string-length(/data/g/x)", "0"),
        ("g", "if(/data/g/x = '', 'empty', 'full')", "empty"),
        ("g", "coalesce(/data/g/x, 'other')", "other"),
        ("g/x", "boolean(/data/g/x)", "0"),
    ],
)
def test_a_node_that_is_not_relevant_reads_as_empty_and_drops_out(where: str, expression: str, hidden: str) -> None:
    story = Story(
        form(TREE, bind(where, relevant="/data/show != 'no'") + bind("seen", calculate=expression), QUESTIONS)
    )
    before = story.value("seen")

    story.answer("show", "no")
    assert story.value("seen") == hidden != before

    story.answer("show", "yes")
    assert story.value("seen") == before


@pytest.mark.parametrize(
    ("where", "left_out"), [("g", "<g>"), ("g/h", "<h>"), ("g/x", "<x>"), ("r", "<r>"), ("r/z", "<z>")]
)
def test_what_is_not_relevant_is_not_sent_but_kept(where: str, left_out: str) -> None:
    story = Story(form(TREE, bind(where, relevant="/data/show != 'no'"), QUESTIONS))
    assert left_out in serialize(story.entry).decode()

    story.answer("show", "no")
    assert left_out not in serialize(story.entry).decode()
    assert left_out in story.entry.savepoint().decode()

    story.answer("show", "")
    assert left_out in serialize(story.entry).decode()


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


@pytest.mark.parametrize(
    ("constraint", "good", "bad"),
    [
        (". > 5", "6", "5"),
        (". >= 5 and . <= 7", "7", "8"),
        (". = 1 or . = 3", "3", "2"),
        (". != /data/limit", "1", "10"),
        (". < /data/limit", "9", "10"),
        (". mod 2 = 0", "4", "5"),
        ("string-length(.) = 3", "123", "12"),
        ("regex(., '[0-9]{2}')", "12", "1"),
        ("not(. = 7)", "6", "7"),
        ("/data/x > 5", "6", "5"),
        ("../x > 5", "6", "5"),
        ("current() > 5", "6", "5"),
        ("if(/data/limit > 5, . > 5, true())", "6", "5"),
        ("selected('1 2 3', .)", "2", "4"),
        ("instance('l')/root/item[name = current()]/ok = 'yes'", "1", "2"),
        ("count(instance('l')/root/item[name = current()]) = 1", "2", "3"),
    ],
)
def test_a_constraint_takes_the_good_and_keeps_out_the_bad(constraint: str, good: str, bad: str) -> None:
    story = Story(
        form(
            "<x/><limit>10</limit>",
            bind("x", type="string", constraint=constraint, jr__constraintMsg="No") + bind("limit", type="int"),
            ask("x"),
            rows("l", {"name": "1", "ok": "yes"}, {"name": "2", "ok": "no"}),
        )
    )
    assert story.answer("x", good).rejected is None

    rejected = story.answer("x", bad).rejected

    assert rejected is not None
    assert (rejected.reason, rejected.message, story.value("x")) == ("constraint", "No", good)
    assert story.answer("x", "").rejected is None


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("int", "12", "1.5"),
        ("int", "-3", "drie"),
        ("decimal", "1.5", "1,5"),
        ("date", "2026-03-02", "2026-02-30"),
        ("date", "2024-02-29", "02-03-2026"),
        ("time", "10:30", "25:00"),
        ("dateTime", "2026-03-02T10:00:00Z", "vandaag"),
        ("geopoint", "52 6", "52"),
        ("geopoint", "52.1 6.2 10 5", "91 0"),
        ("geotrace", "52 6; 53 7", "52 6"),
        ("geoshape", "0 0; 0 1; 1 1; 0 0", "0 0; 0 1; 1 1"),
        ("boolean", "true", "ja"),
    ],
)
def test_an_answer_must_fit_its_type(kind: str, good: str, bad: str) -> None:
    story = Story(form("<x/>", bind("x", type=kind), ask("x")))
    assert story.answer("x", good).rejected is None
    kept = story.value("x")

    assert story.answer("x", bad).rejected is not None
    assert story.value("x") == kept != ""


@pytest.mark.parametrize(
    ("answers", "broken"),
    [
        ({}, [("/data/a", "required")]),
        ({"a": "1"}, []),
        ({"a": "9"}, [("/data/b", "required")]),
        ({"a": "9", "b": "8"}, []),
        ({"a": "9", "b": "8", "limit": "8"}, [("/data/b", "constraint")]),
        ({"a": "9", "b": "8", "limit": "8", "show": "no"}, []),
    ],
)
def test_the_check_at_the_end_looks_at_all_that_is_relevant(
    answers: dict[str, str], broken: list[tuple[str, str]]
) -> None:
    story = Story(
        form(
            "<show/><limit>10</limit><a/><b/>",
            bind("a", type="int", required="/data/show != 'no'")
            + bind(
                "b", type="int", required="/data/a > 5", relevant="/data/show != 'no'", constraint=". < /data/limit"
            ),
            ask("show") + ask("limit") + ask("a") + ask("b"),
        )
    )
    for ref, value in answers.items():
        story.answer(ref, value)

    assert [(one.ref, one.reason) for one in story.entry.violations()] == broken
    assert [(one.ref, one.reason) for one in story.entry.finalize()] == broken


def test_a_repeat_that_is_hidden_keeps_its_instances() -> None:
    story = Story(form(TREE, bind("r", relevant="/data/show != 'no'"), QUESTIONS))
    story.add("r")
    story.answer("r[2]/z", "second")

    story.answer("show", "no")
    story.answer("show", "yes")

    assert story.values("r[1]/z", "r[2]/z") == ["3", "second"]


def test_a_choice_hidden_with_its_question_comes_back() -> None:
    story = Story(
        form(
            "<show/><c/>",
            bind("c", relevant="/data/show != 'no'"),
            ask("show") + pick("c", "instance('l')/root/item"),
            rows("l", {"name": "a", "label": "A"}),
        )
    )
    story.answer("c", "a")
    story.answer("show", "no")
    story.answer("show", "")

    assert story.value("c") == "a"
