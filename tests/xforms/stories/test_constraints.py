"""Constraints: what is kept out, what is found at the end, in which words it is told."""

import pytest

from tests.xforms.story import Story, ask, bind, form, rows


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


TEXTS = (
    '<itext><translation lang="Dutch (nl)" default="true()"><text id="m"><value>Te hoog: <output value="."/></value>'
    '</text></translation><translation lang="English (en)"><text id="m"><value>Too high</value></text></translation>'
    "</itext>"
)


def limited() -> Story:
    return Story(
        form(
            "<a/><limit>10</limit><must/>",
            bind("a", type="int", constraint=". <= /data/limit", jr__constraintMsg="jr:itext('m')")
            + bind("limit", type="int")
            + bind("must", required="/data/a > 5", jr__requiredMsg="Vul in"),
            ask("a") + ask("limit") + ask("must"),
            itext=TEXTS,
        )
    )


def test_an_answer_that_breaks_its_constraint_is_not_kept() -> None:
    told = limited()
    told.answer("a", "4")

    change = told.answer("a", "11")

    assert change.rejected is not None
    assert (change.rejected.ref, change.rejected.reason) == ("/data/a", "constraint")
    assert told.value("a") == "4"
    assert change.changed == frozenset()


def test_the_message_comes_in_any_language_without_switching() -> None:
    told = limited()
    told.answer("a", "4")

    assert told.entry.message("/data/a", "nl") == "Te hoog: 4"
    assert told.entry.message("/data/a", "English (en)") == "Too high"
    assert told.entry.message("/data/must", "en", "required") == "Vul in"


def test_the_empty_answer_satisfies_every_constraint() -> None:
    told = limited()
    told.answer("a", "4")

    assert told.answer("a", "").rejected is None
    assert told.value("a") == ""


def test_an_answer_made_wrong_by_another_is_found_at_the_end() -> None:
    told = limited()
    told.answer("a", "9")
    told.answer("must", "x")

    told.answer("limit", "3")

    assert [(one.ref, one.reason) for one in told.entry.violations()] == [("/data/a", "constraint")]
    assert not told.node("a").valid


def test_required_counts_only_while_its_condition_holds() -> None:
    told = limited()
    assert told.entry.violations() == ()

    told.answer("a", "6")
    assert [(one.ref, one.reason, one.message) for one in told.entry.violations()] == [
        ("/data/must", "required", "Vul in")
    ]
