"""The calendar file reads by the rules of RFC 5545, and tells a number and a day and nobody's name."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.i18n.calendar_file import _escaped, _folded, calendar_file

DAY = date(2027, 3, 15)
NOW = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
CONTENT_LINE = re.compile(r"([A-Z-]+)((?:;[A-Z-]+=[^;:\",]+)*):(.*)", re.DOTALL)


def read(content: bytes) -> dict[str, str]:
    """A strict reader of one event (RFC 5545, sections 3.1 and 3.6): line ends, lengths, folding, nesting, escapes."""
    assert content.endswith(b"\r\n")
    lines = content.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    unfolded = content.replace(b"\r\n ", b"").decode("utf-8").split("\r\n")[:-1]
    told: dict[str, str] = {}
    inside: list[str] = []
    for line in unfolded:
        found = CONTENT_LINE.fullmatch(line)
        assert found is not None, line
        name, parameters, value = found.groups()
        if name == "BEGIN":
            inside.append(value)
        elif name == "END":
            assert inside.pop() == value
        else:
            assert name + parameters not in told
            told[name + parameters] = re.sub(r"\\([\\;,])", r"\1", value).replace("\\n", "\n")
    assert inside == []
    return told


def test_an_event_without_a_time_takes_the_whole_day() -> None:
    told = read(calendar_file("4711-2085", DAY, now=NOW, name="e-1"))
    assert told == {
        "VERSION": "2.0",
        "PRODID": "-//llo-portaal.nl//intake//NL",
        "UID": "e-1",
        "DTSTAMP": "20270301T093000Z",
        "DTSTART;VALUE=DATE": "20270315",
        "DTEND;VALUE=DATE": "20270316",
        "SUMMARY": "Vervolggesprek 4711-2085",
        "CLASS": "PRIVATE",
    }


def test_an_event_with_a_time_lasts_half_an_hour_also_over_midnight() -> None:
    told = read(calendar_file("4711-2085", DAY, time(23, 45), now=NOW))
    assert (told["DTSTART"], told["DTEND"]) == ("20270315T234500", "20270316T001500")


def test_two_files_are_two_events() -> None:
    first, second = (read(calendar_file("4711-2085", DAY)) for _ in range(2))
    assert first["UID"] != second["UID"]


@pytest.mark.parametrize("number", ["a;b,c\\d", "één\nregel", "م" * 60])
def test_signs_with_a_meaning_and_long_lines_come_through(number: str) -> None:
    assert read(calendar_file(number, DAY))["SUMMARY"] == f"Vervolggesprek {number}"


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=300))
def test_a_folded_line_reads_as_it_was(text: str) -> None:
    folded = _folded(f"SUMMARY:{_escaped(text)}")
    assert all(len(line.encode()) <= 75 for line in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == f"SUMMARY:{_escaped(text)}"
