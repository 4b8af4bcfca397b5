"""Data types: how answers are spelled, how expressions read them, how results are written; dates and places."""

import pytest

from tests.xforms.story import Story, ask, bind, computed, form


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


@pytest.mark.parametrize(
    ("kind", "answer", "kept"),
    [
        ("int", "007", "7"),
        ("int", " 12 ", "12"),
        ("int", "-0", "0"),
        ("decimal", "5", "5.0"),
        ("decimal", "-0.250", "-0.25"),
        ("decimal", ".5", "0.5"),
        ("string", " a  b ", " a  b "),
        ("string", "007", "007"),
        ("barcode", " 12 ", " 12 "),
        ("date", "2026-03-02", "2026-03-02"),
        ("time", "10:30:00.000Z", "10:30:00.000Z"),
        ("dateTime", "2026-03-02T10:30:00.000+01:00", "2026-03-02T10:30:00.000+01:00"),
        ("geopoint", "52 6", "52.0 6.0 0.0 0.0"),
        ("geopoint", "52.1 6.2 3 4", "52.1 6.2 3.0 4.0"),
        ("geotrace", "52 6;53 7", "52.0 6.0 0.0 0.0; 53.0 7.0 0.0 0.0"),
        ("boolean", "true", "1"),
        ("boolean", "0", "0"),
        ("binary", "foto.jpg", "foto.jpg"),
        ("unheard", "x", "x"),
    ],
)
def test_how_an_answer_is_spelled(kind: str, answer: str, kept: str) -> None:
    story = Story(form("<x/>", bind("x", type=kind), ask("x")))

    assert story.answer("x", answer).rejected is None
    assert story.value("x") == kept
    story.answer("x", "")
    assert story.value("x") == ""


@pytest.mark.parametrize(
    ("kind", "expression", "written"),
    [
        ("int", "7 div 2", "3"),
        ("int", "-7 div 2", "-3"),
        ("int", "''", ""),
        ("int", "0 div 0", ""),
        ("int", "true()", "1"),
        ("decimal", "7 div 2", "3.5"),
        ("decimal", "3", "3"),
        ("string", "7 div 2", "3.5"),
        ("string", "1 = 1", "1"),
        ("string", "1 = 2", "0"),
        ("boolean", "1 = 1", "1"),
        ("boolean", "''", ""),
        ("date", "today()", "2026-03-02"),
        ("date", "date('2026-03-02') + 1", "2026-03-03"),
        ("date", "20515", "2026-03-03"),
        ("date", "now()", "2026-03-02"),
        ("date", "''", ""),
        ("dateTime", "now()", "2026-03-02T09:30:00.000Z"),
        ("int", "today()", "20514"),
    ],
)
def test_how_a_result_is_written(kind: str, expression: str, written: str) -> None:
    assert computed(expression, kind) == written


@pytest.mark.parametrize(
    ("born", "age"),
    [("2000-03-01", "26"), ("2000-03-03", "25"), ("1950-12-31", "75"), ("2026-03-02", "0"), ("", "")],
)
def test_an_age_in_whole_years(born: str, age: str) -> None:
    story = Story(
        form(
            "<b/><age/>",
            bind("b", type="date") + bind("age", calculate="int((today() - /data/b) div 365.25)"),
            ask("b"),
        )
    )
    story.answer("b", born)

    assert story.value("age") == age


@pytest.mark.parametrize(
    ("pattern", "shown"),
    [
        ("%Y", "2026"),
        ("%y", "26"),
        ("%m", "03"),
        ("%n", "3"),
        ("%d", "02"),
        ("%e", "2"),
        ("%b", "Mar"),
        ("%a", "Mon"),
        ("%e %b %Y", "2 Mar 2026"),
        ("%%", "%"),
        ("week van %e/%n", "week van 2/3"),
    ],
)
def test_a_day_by_its_pattern(pattern: str, shown: str) -> None:
    assert computed(f"format-date('2026-03-02', '{pattern}')") == shown


@pytest.mark.parametrize(
    ("pattern", "shown"), [("%H", "09"), ("%h", "9"), ("%M", "30"), ("%S", "00"), ("%3", "000"), ("%H:%M", "09:30")]
)
def test_a_moment_by_its_pattern(pattern: str, shown: str) -> None:
    assert computed(f"format-date-time(now(), '{pattern}')") == shown


@pytest.mark.parametrize(
    ("expression", "far"),
    [
        ("distance('0 0; 0 0')", 0.0),
        ("distance('0 0; 1 0')", 111_319.0),
        ("distance('0 0; 0 1; 0 2')", 222_638.0),
        ("distance('52 6; 52 7')", 68_535.0),
        ("distance(/data/here, /data/there)", 111_319.0),
    ],
)
def test_how_far_it_is(expression: str, far: float) -> None:
    binds = bind("here", type="geopoint") + bind("there", type="geopoint")
    found = float(computed(expression, "string", "<here>0 0 0 0</here><there>0 1 0 0</there>", binds))

    assert found == pytest.approx(far, rel=0.005)
