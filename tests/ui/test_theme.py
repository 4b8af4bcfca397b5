from __future__ import annotations

from dataclasses import asdict

import pytest
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from intake_app.ui import theme


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.HIGH_CONTRAST], ids=["light", "high contrast"])
@pytest.mark.parametrize(("ink", "ground", "least"), theme.CONTRAST_RULES)
def test_every_ink_differs_enough_from_its_ground(colours: theme.Colours, ink: str, ground: str, least: float) -> None:
    assert theme.contrast_ratio(getattr(colours, ink), getattr(colours, ground)) >= least


def test_contrast_is_measured_as_the_guideline_says() -> None:
    assert theme.contrast_ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert theme.contrast_ratio("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert theme.contrast_ratio("#FFFFFF", "#777777") == theme.contrast_ratio("#777777", "#FFFFFF")


def test_no_text_colour_is_left_out_of_the_contrast_rules() -> None:
    ruled = {ink for ink, _, _ in theme.CONTRAST_RULES}

    assert {colour for _, _, colour in theme.TYPE_SCALE.values()} <= ruled


def test_four_text_sizes_each_larger_than_the_one_before(themed: QApplication) -> None:
    heights = [theme.Tokens(theme.LIGHT, size, theme.tokens().resources).text("question") for size in theme.TextSize]

    assert len(heights) == 4
    assert heights == sorted(set(heights))


def test_arabic_and_tigrinya_are_set_a_size_larger() -> None:
    now = theme.tokens()

    assert theme.script_is_tall("ar")
    assert theme.script_is_tall("ti")
    assert not theme.script_is_tall("uk")
    assert now.text("answer", tall=True) > now.text("answer")


def test_the_stylesheet_has_every_token_filled_in() -> None:
    for colours in (theme.LIGHT, theme.HIGH_CONTRAST):
        sheet = theme.stylesheet(theme.Tokens(colours, theme.TextSize.LARGE, theme.tokens().resources))

        assert "$" not in sheet
        assert colours.primary in sheet


def test_colours_are_written_in_full() -> None:
    for colours in (theme.LIGHT, theme.HIGH_CONTRAST):
        assert all(len(value) == 7 and value.startswith("#") for value in asdict(colours).values())


def test_a_change_of_size_or_contrast_shows_at_once(themed: QApplication) -> None:
    before = themed.styleSheet()

    theme.apply(themed, size=theme.TextSize.LARGEST, contrast=True)

    assert theme.tokens().high_contrast
    assert theme.tokens().size is theme.TextSize.LARGEST
    assert themed.styleSheet() != before


def test_our_own_fonts_are_there_for_every_script(themed: QApplication) -> None:
    assert set(theme.FAMILIES) <= set(QFontDatabase.families())
    assert themed.font().families() == list(theme.FAMILIES)
