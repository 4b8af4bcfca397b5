"""Choices that stand alone, days that can be kept, and a tally that knows nobody."""

from __future__ import annotations

from datetime import date

import pytest

from intake_app.services.choices import settled
from intake_app.services.days import working_day
from intake_app.services.office import Office
from intake_app.services.reading_back import read_back_section
from intake_app.services.tally import count_one_question, quarter_of, tally
from tests.services.helps import begun, ref_of, told


@pytest.mark.parametrize(
    ("before", "given", "kept"),
    [
        ("", "read write", "read write"),
        ("read write", "read write nothing_now", "nothing_now"),
        ("nothing_now", "nothing_now read", "read"),
        ("", "nothing_now", "nothing_now"),
        ("", "read nothing_now", "nothing_now"),
    ],
)
def test_a_choice_that_stands_alone_is_kept_alone_whoever_gives_it(
    office: Office, before: str, given: str, kept: str
) -> None:
    conversation = begun(office)
    ref = ref_of(conversation, "basic_wish")
    if before:
        told(conversation, {"basic_wish": before})
    change = conversation.answer(ref, given)

    assert change.rejected is None
    assert conversation.talk.entry.value(ref) == kept


def test_two_that_stand_alone_leave_the_one_that_is_new(office: Office) -> None:
    conversation = begun(office)
    told(conversation, {"obstacles": "nothing"})

    assert settled(conversation.talk.entry, ref_of(conversation, "obstacles"), "nothing skip") == "skip"


def test_every_list_with_a_choice_that_stands_alone_is_settled(office: Office) -> None:
    conversation = begun(office, version="full")
    entry, looked_at = conversation.talk.entry, 0
    for ref, control in conversation.talk.definition.controls.items():
        choices = (
            entry.node(ref).choices if control.kind == "select" and "[" not in ref and ref.count("/") == 2 else None
        )
        alone = [choice.value for choice in choices or () if choice.properties.get("exclusive") == "yes"]
        others = [choice.value for choice in choices or () if choice.value not in alone]
        for one in alone if others else ():
            assert settled(entry, ref, f"{others[0]} {one}") == one, ref
            looked_at += 1
    assert looked_at >= 10


@pytest.mark.parametrize(
    ("day", "kept"),
    [
        (date(2026, 11, 27), date(2026, 11, 27)),
        (date(2026, 11, 28), date(2026, 11, 30)),
        (date(2026, 11, 29), date(2026, 11, 30)),
        (date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
def test_a_proposed_day_never_falls_in_a_weekend(day: date, kept: date) -> None:
    assert working_day(day) == kept


def test_a_talk_of_one_question_is_a_number_by_quarter_and_question(office: Office) -> None:
    count_one_question(office.store, ("work", "unsure"), date(2027, 3, 31))
    count_one_question(office.store, (), date(2027, 3, 1))
    count_one_question(office.store, ("work",), date(2027, 4, 1))

    assert quarter_of(date(2027, 12, 31)) == "2027-Q4"
    assert tally(office.store, "2027-Q1") == {
        "one_question": 2, "one_question:not_said": 1, "one_question:unsure": 1, "one_question:work": 1,
    }  # fmt: skip
    assert tally(office.store, "2027-Q2") == {"one_question": 1, "one_question:work": 1}
    assert tally(office.store, "2027-Q3") == {}


# ---------------------------------------------------------------- reading back a section
def test_a_section_is_read_back_in_short_with_own_words_between_quotes(office: Office) -> None:
    conversation = begun(office, ever_worked="yes", job="Kok bij mijn oom.")
    _, dutch = read_back_section(conversation, "H")

    assert dutch == "U vertelde: gewerkt: \u2068Ja\u2069 · werk: \u2068“Kok bij mijn oom”\u2069. Klopt dat?"


def test_private_answers_and_a_single_answer_are_not_read_back(office: Office) -> None:
    conversation = begun(office, basic_wish="read", letter="leave_it", obstacles="money", rather_not="nights")

    assert read_back_section(conversation, "K") == ("", "")
    assert "geld" not in read_back_section(conversation, "F")[1].casefold()
    assert read_back_section(conversation, "M") == ("", "")


def test_a_name_is_read_back_as_a_name(office: Office) -> None:
    _, dutch = read_back_section(begun(office), "C")

    assert dutch.startswith("U vertelde: naam: \u2068Truus Verzonnen\u2069")
    assert "“" not in dutch
