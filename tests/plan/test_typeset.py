"""Text of any of our scripts is measured, broken and never clipped."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.errors import FontMissing
from intake_app.plan.fonts import check_coverage, font_runs
from intake_app.plan.typeset import Style, set_text, text_width

pytestmark = pytest.mark.usefixtures("fonts")
STYLE = Style(11)


@settings(max_examples=60)
@given(
    st.text(alphabet="abcé gijVW AВґї ءبتثنلا ገሰላም 0123 -/().,", min_size=1, max_size=120),
    st.floats(40, 300),
    st.booleans(),
)
def test_no_line_is_wider_than_its_column(text: str, width: float, rtl: bool) -> None:
    block = set_text(text, STYLE, width, rtl=rtl)

    assert block.widest <= width + 0.01


@settings(max_examples=60)
@given(st.text(alphabet="ab cd بت ث ሰላ 12-", min_size=1, max_size=80))
def test_breaking_loses_no_letter(text: str) -> None:
    block = set_text(text, STYLE, 90, rtl=False)

    assert "".join(line.text for line in block.lines).replace(" ", "") == text.replace(" ", "")


def test_a_word_wider_than_the_column_is_broken() -> None:
    block = set_text("ontwikkelingsbegeleidingsorganisatie", STYLE, 60, rtl=False)

    assert len(block.lines) > 2
    assert block.widest <= 60


def test_a_phone_number_is_never_broken() -> None:
    block = set_text("Bel naar \u20660544 123 456\u2069 of kom langs", STYLE, 80, rtl=False)

    assert any("0544\u00a0123\u00a0456" in line.text for line in block.lines)


def test_a_time_stays_with_its_word() -> None:
    block = set_text("donderdag 10.00 uur", STYLE, text_width("donderdag 10.00", STYLE, rtl=False) + 1, rtl=False)

    assert [line.text for line in block.lines] == ["donderdag", "10.00\u00a0uur"]


def test_a_date_in_digits_is_not_broken_at_its_hyphens() -> None:
    block = set_text("12-03-2026 12-03-2026", STYLE, text_width("12-03-2026", STYLE, rtl=False) + 8, rtl=False)

    assert [line.text for line in block.lines] == ["12-03-2026", "12-03-2026"]


def test_direction_controls_are_never_drawn() -> None:
    plain = text_width("Anna", STYLE, rtl=True)

    assert text_width("\u2068Anna\u2069\u200f", STYLE, rtl=True) == plain


def test_each_letter_is_set_by_a_font_that_has_it() -> None:
    runs = font_runs("Anna خطة ሰላም Їжа", [0] * 17, bold=False)

    assert [run.font.removesuffix("-Regular") for run in runs if run.font] == [
        "NotoSans",
        "NotoSansArabic",
        "NotoSansEthiopic",
        "NotoSans",
    ]


def test_line_feeds_end_lines() -> None:
    assert [line.text for line in set_text("een\ntwee", STYLE, 200, rtl=False).lines] == ["een", "twee"]


@pytest.mark.parametrize("char", ["😀", "汉", "\ue123"])
def test_a_character_that_no_font_has_is_named_where_texts_are_made(char: str) -> None:
    with pytest.raises(FontMissing) as caught:
        check_coverage(f"Ik wil {char}")

    assert caught.value.params == {"codepoint": f"U+{ord(char):04X}"}


@pytest.mark.parametrize(
    "text",
    [
        "Één café, naïef, ’s ochtends – 10 €",
        "خطوتي الأولى؛ «بطاقة» ٪٢٣",
        "می‌خواهم گچپژ",
        "ټ ډ ړ ښ ځ",
        "ኣነ ሰላም ይደሊ እየ።",
        "Ґрунт, їжа, є",
        "Łódź, şçğıİ, țăâ, ñ",
    ],
)
def test_every_letter_of_our_languages_can_be_set(text: str) -> None:
    assert set_text(text, STYLE, 400, rtl=False).widest > 0
