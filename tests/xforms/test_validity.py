"""Constraints, required questions, data types and their messages."""

import pytest

from tests.xforms.story import Story, ask, bind, form

TEXTS = (
    '<itext><translation lang="Dutch (nl)" default="true()"><text id="m"><value>Te hoog: <output value="."/></value>'
    '</text></translation><translation lang="English (en)"><text id="m"><value>Too high</value></text></translation>'
    "</itext>"
)


def story() -> Story:
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
    told = story()
    told.answer("a", "4")

    change = told.answer("a", "11")

    assert change.rejected is not None
    assert (change.rejected.ref, change.rejected.reason) == ("/data/a", "constraint")
    assert told.value("a") == "4"
    assert change.changed == frozenset()


def test_the_message_comes_in_any_language_without_switching() -> None:
    told = story()
    told.answer("a", "4")

    assert told.entry.message("/data/a", "nl") == "Te hoog: 4"
    assert told.entry.message("/data/a", "English (en)") == "Too high"
    assert told.entry.message("/data/must", "en", "required") == "Vul in"


def test_the_empty_answer_satisfies_every_constraint() -> None:
    told = story()
    told.answer("a", "4")

    assert told.answer("a", "").rejected is None
    assert told.value("a") == ""


def test_an_answer_made_wrong_by_another_is_found_at_the_end() -> None:
    told = story()
    told.answer("a", "9")
    told.answer("must", "x")

    told.answer("limit", "3")

    assert [(one.ref, one.reason) for one in told.entry.violations()] == [("/data/a", "constraint")]
    assert not told.node("a").valid


def test_required_counts_only_while_its_condition_holds() -> None:
    told = story()
    assert told.entry.violations() == ()

    told.answer("a", "6")
    assert [(one.ref, one.reason, one.message) for one in told.entry.violations()] == [
        ("/data/must", "required", "Vul in")
    ]


def test_required_does_not_count_on_an_irrelevant_node() -> None:
    told = Story(form("<a/>", bind("a", required="true()", relevant="false()"), ask("a")))

    assert told.entry.finalize() == ()


@pytest.mark.parametrize(
    ("kind", "good", "kept", "bad"),
    [
        ("int", "007", "7", "1.5"),
        ("int", "-3", "-3", "abc"),
        ("decimal", "5", "5.0", "5,5"),
        ("date", "2024-02-29", "2024-02-29", "2023-02-29"),
        ("dateTime", "2026-03-02T10:00:00.000+01:00", "2026-03-02T10:00:00.000+01:00", "10:00"),
        ("time", "10:30", "10:30", "25:00"),
        ("boolean", "true", "1", "maybe"),
        ("geopoint", "52.1 6.2", "52.1 6.2 0.0 0.0", "91 0"),
        ("geotrace", "52 6; 53 7", "52.0 6.0 0.0 0.0; 53.0 7.0 0.0 0.0", "52 6"),
        ("geoshape", "0 0; 0 1; 1 1; 0 0", "0.0 0.0 0.0 0.0; 0.0 1.0 0.0 0.0; 1.0 1.0 0.0 0.0; 0.0 0.0 0.0 0.0", "0 0"),
        ("string", " as typed ", " as typed ", None),
    ],
)
def test_a_typed_node_keeps_only_what_fits_its_type(kind: str, good: str, kept: str, bad: str | None) -> None:
    told = Story(form("<a/>", bind("a", type=kind), ask("a")))

    told.answer("a", good)
    assert told.value("a") == kept

    if bad is not None:
        assert told.answer("a", bad).rejected is not None
        assert told.value("a") == kept
