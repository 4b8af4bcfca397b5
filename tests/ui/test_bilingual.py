from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from intake_app.ui.widgets import Arrange, BilingualLabel, Pair, column

RTL, LTR = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight
ARABIC = Pair("مرحبًا بك.", "Welkom.", "ar")


def test_each_text_has_its_own_direction() -> None:
    label = BilingualLabel(ARABIC)

    assert label.own.layoutDirection() == RTL
    assert label.dutch.layoutDirection() == LTR


def test_direction_comes_from_the_language_and_not_from_the_text(shown) -> None:
    label = BilingualLabel(Pair("DigiD", "DigiD aanvragen", "ar"))

    assert label.own.layoutDirection() == RTL


def test_a_gap_shows_dutch_large_with_a_badge_and_reads_left_to_right(shown) -> None:
    label = shown(BilingualLabel(Pair("", "Welkom.", "ar")))

    assert label.own.text() == "Welkom."
    assert label.own.layoutDirection() == LTR
    assert label.badge.isVisible()
    assert not label.dutch.isVisible()


def test_a_dutch_talk_shows_each_text_once_without_badge(shown) -> None:
    label = shown(BilingualLabel(Pair("Welkom.", "Welkom.", "nl")))

    assert label.own.text() == "Welkom."
    assert not label.dutch.isVisible()
    assert not label.badge.isVisible()


def test_a_word_that_is_the_same_in_both_languages_is_no_gap(shown) -> None:
    label = shown(BilingualLabel(Pair("Internet", "Internet", "en")))

    assert not label.badge.isVisible()
    assert not label.dutch.isVisible()


def test_beside_each_other_the_arabic_stands_right_and_the_dutch_left(shown) -> None:
    half = QWidget()
    half.setLayoutDirection(RTL)
    label = BilingualLabel(ARABIC, "question", arrange=Arrange.BESIDE)
    half.setLayout(column(label))
    shown(half, 1100, 200)

    assert label.own.geometry().left() > label.dutch.geometry().right()


def test_beside_each_other_the_english_stands_left(shown) -> None:
    label = shown(BilingualLabel(Pair("Welcome.", "Welkom.", "en"), "question", arrange=Arrange.BESIDE), 1100, 200)

    assert label.own.geometry().right() < label.dutch.geometry().left()


def test_without_room_the_dutch_goes_below(shown) -> None:
    label = shown(BilingualLabel(ARABIC, "question", arrange=Arrange.BESIDE), 400, 300)

    assert label.dutch.geometry().top() >= label.own.geometry().bottom()


def test_no_text_is_cut_off_at_any_width(shown) -> None:
    long = Pair("I would like to learn how things work " * 3, "Ik wil graag leren hoe dingen werken " * 3, "en")
    label = shown(BilingualLabel(long, "question", arrange=Arrange.BESIDE))

    for width in (240, 500, 760, 1100):
        label.resize(width, label.heightForWidth(width))
        for part in (label.own, label.dutch):
            assert part.heightForWidth(part.width()) <= part.height()
            assert part.geometry().bottom() <= label.height()


def test_a_screen_reader_hears_both_languages() -> None:
    label = BilingualLabel(ARABIC)

    name = QAccessible.queryAccessibleInterface(label).text(QAccessible.Text.Name)

    assert "مرحبًا" in name
    assert "Welkom." in name
