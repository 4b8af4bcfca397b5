"""What is drawn over a card: that it is being read aloud; and pictures that point where the reading goes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from intake_app.ui.widgets import Answer, AnswerCard, Pair, PictogramLabel


def card(shown: Callable[..., QWidget], *, tile: bool, language: str = "nl", picture: str = "card_h1") -> AnswerCard:
    own = "تخط" if language == "ar" else "Sla over"
    made = AnswerCard(Answer("skip", Pair(own, "Sla over", language), picture), tile=tile)
    shown(made, 240 if tile else 420, 220 if tile else 90)
    return made


@pytest.mark.parametrize("tile", [True, False])
@pytest.mark.parametrize("language", ["nl", "ar"])
def test_the_card_that_is_read_has_a_sign_of_its_own(shown: Callable[..., QWidget], language: str, tile: bool) -> None:
    one = card(shown, tile=tile, language=language)
    one.setChecked(True)
    chosen = one.grab().toImage()
    one.show_read(True)

    assert one.is_read
    assert one.rect().contains(one.read_box().toRect())
    assert one.grab(one.read_box().toRect()).toImage() != chosen.copy(one.read_box().toRect())
    one.show_read(False)
    assert one.grab().toImage() == chosen


def test_the_arrow_of_skipping_points_the_other_way_from_right_to_left(shown: Callable[..., QWidget]) -> None:
    labels = {}
    for name in ("skip", "question", "card_h1"):
        for language in ("nl", "ar"):
            page = card(shown, tile=True, language=language)
            label = PictogramLabel(name, 96, page)
            label.resize(96, 96)
            labels[name, language] = label.grab().toImage()

    for name in ("skip", "question"):
        assert labels[name, "ar"] != labels[name, "nl"]
        assert labels[name, "ar"].flipped(Qt.Orientation.Horizontal) == labels[name, "nl"]
    assert labels["card_h1", "ar"] == labels["card_h1", "nl"], "a pan is a pan"


def test_an_answer_of_skipping_is_mirrored_on_its_card_too(shown: Callable[..., QWidget]) -> None:
    drawn = {}
    for language in ("nl", "ar"):
        one = card(shown, tile=True, language=language, picture="skip")
        drawn[language] = one.grab(one._picture_box).toImage()

    assert drawn["ar"] != drawn["nl"]
    assert drawn["ar"].flipped(Qt.Orientation.Horizontal) == drawn["nl"]
