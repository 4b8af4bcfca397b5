"""The direction of mixed text, checked against a second implementation."""

from __future__ import annotations

import bidi as oracle
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from intake_app.plan.bidi import base_level, embedding_levels, line_levels, visual_order

_LETTERS = "ab YZçأبتعشم۱۲٣٤ⅣАבא019 .,:;/+-()[]{}<>«»%$€#'\"ሰላም"
_CONTROLS = "\u2066\u2067\u2068\u2069\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
_BRACKETS, _ISOLATES = frozenset("()[]{}<>«»"), frozenset("\u2066\u2067\u2068\u2069")
_INVISIBLE = dict.fromkeys(map(ord, _CONTROLS))


def display(text: str, base: int) -> str:
    levels = line_levels(text, embedding_levels(text, base), base)
    return "".join(text[i] for i in visual_order(levels)).translate(_INVISIBLE)


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet=_LETTERS + "\u064b\u0301" + _CONTROLS, max_size=30), st.sampled_from([0, 1]))
def test_mixed_text_stands_in_the_order_of_the_unicode_rules(text: str, base: int) -> None:
    # the other one pairs no brackets over an isolate (rule N0 on isolating run sequences)
    assume(_BRACKETS.isdisjoint(text) or _ISOLATES.isdisjoint(text))
    theirs = oracle.get_display(text, base_dir="LR"[base])

    assert display(text, base) == theirs.translate(_INVISIBLE)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=_LETTERS + _CONTROLS, max_size=40), st.sampled_from([0, 1]))
def test_every_character_is_placed_exactly_once(text: str, base: int) -> None:
    levels = embedding_levels(text, base)

    assert len(levels) == len(text)
    assert all(level >= base for level in levels)
    assert sorted(visual_order(levels)) == list(range(len(text)))


@pytest.mark.parametrize(
    ("text", "level"),
    [("plan", 0), ("خطة", 1), ("123 خطة", 1), ("\u2068خطة\u2069 plan", 0), ("2026", 0), ("", 0)],
)
def test_the_first_strong_letter_outside_isolates_gives_the_direction(text: str, level: int) -> None:
    assert base_level(text) == level


def test_a_phone_number_keeps_its_order_in_arabic() -> None:
    shown = display("هاتف \u20660544-123 456\u2069 اليوم", 1)

    assert "0544-123 456" in shown


def test_a_name_in_latin_letters_keeps_its_own_brackets_in_arabic() -> None:
    shown = display("مع \u2068Anna (Groenlo)\u2069 غدا", 1)

    assert "Anna (Groenlo)" in shown


def test_white_space_at_the_end_of_a_line_takes_the_direction_of_the_paragraph() -> None:
    text = "Anna خطة  "

    levels = line_levels(text, embedding_levels(text, 0), 0)

    assert levels[-2:] == [0, 0]
