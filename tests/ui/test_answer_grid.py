from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from intake_app.ui import theme
from intake_app.ui.widgets import Answer, AnswerGrid, Pair, column

LETTERS = "abcdef"


def answers(language: str = "en", exclusive: str = "") -> list[Answer]:
    return [Answer(x, Pair(f"own {x}", f"dutch {x}", language), "card_h1", exclusive=x in exclusive) for x in LETTERS]


def test_one_choice_replaces_the_other(shown, qtbot: QtBot) -> None:
    grid = shown(AnswerGrid(answers()))

    qtbot.mouseClick(grid.card("a"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(grid.changed) as told:
        qtbot.mouseClick(grid.card("c"), Qt.MouseButton.LeftButton)

    assert told.args == [["c"]]


def test_choosing_the_same_again_is_no_new_answer(shown, qtbot: QtBot) -> None:
    grid = shown(AnswerGrid(answers()))
    grid.set_values(["a"])

    with qtbot.assertNotEmitted(grid.changed):
        qtbot.mouseClick(grid.card("a"), Qt.MouseButton.LeftButton)

    assert grid.values() == ["a"]


def test_values_set_by_the_program_are_silent(shown, qtbot: QtBot) -> None:
    grid = shown(AnswerGrid(answers(), many=True))

    with qtbot.assertNotEmitted(grid.changed):
        grid.set_values(["c", "a"])

    assert grid.values() == ["a", "c"]


def test_an_exclusive_answer_stands_alone_and_leaves_when_another_comes(shown, qtbot: QtBot) -> None:
    grid = shown(AnswerGrid(answers(exclusive="f"), many=True))
    grid.set_values(["a", "b"])

    qtbot.mouseClick(grid.card("f"), Qt.MouseButton.LeftButton)
    assert grid.values() == ["f"]
    qtbot.mouseClick(grid.card("b"), Qt.MouseButton.LeftButton)
    assert grid.values() == ["b"]


def test_one_more_than_allowed_is_refused_and_told(shown, qtbot: QtBot) -> None:
    grid = shown(AnswerGrid(answers(), many=True, most=2))
    grid.set_values(["a", "b"])

    with qtbot.waitSignal(grid.full) as told, qtbot.assertNotEmitted(grid.changed):
        qtbot.mouseClick(grid.card("c"), Qt.MouseButton.LeftButton)

    assert told.args == [2]
    assert grid.values() == ["a", "b"]


def test_the_exclusive_answer_does_not_count_for_the_most(shown, qtbot: QtBot) -> None:
    grid = shown(AnswerGrid(answers(exclusive="f"), many=True, most=1))
    grid.set_values(["f"])

    qtbot.mouseClick(grid.card("a"), Qt.MouseButton.LeftButton)

    assert grid.values() == ["a"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_the_keyboard_alone_moves_and_chooses(shown, qtbot: QtBot, key: Qt.Key) -> None:
    grid = shown(AnswerGrid(answers(), columns=3))
    grid.first_focus().setFocus()

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert QApplication.focusWidget() is grid.card("e")
    qtbot.keyClick(QApplication.focusWidget(), key)

    assert grid.values() == ["e"]


def test_in_a_right_to_left_half_the_left_arrow_goes_on(shown, qtbot: QtBot) -> None:
    grid = shown(AnswerGrid(answers("ar"), columns=3, rtl=True))
    assert grid.card("a").x() > grid.card("b").x() > grid.card("c").x()
    grid.first_focus().setFocus()

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    assert QApplication.focusWidget() is grid.card("b")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_End)
    assert QApplication.focusWidget() is grid.card("f")


def test_at_the_end_of_a_line_the_arrow_goes_to_the_next(shown, qtbot: QtBot) -> None:
    grid = shown(AnswerGrid(answers(), columns=3))
    grid.card("c").setFocus()

    qtbot.keyClick(grid.card("c"), Qt.Key.Key_Right)

    assert QApplication.focusWidget() is grid.card("d")


def test_the_tab_key_stops_once_in_a_grid(shown, qtbot: QtBot) -> None:
    page = QWidget()
    grid, after = AnswerGrid(answers()), QPushButton("verder")
    page.setLayout(column(grid, after))
    shown(page)
    grid.set_values(["d"])
    grid.first_focus().setFocus()
    assert QApplication.focusWidget() is grid.card("d")

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)

    assert QApplication.focusWidget() is after


def test_the_focus_ring_shows_for_the_keyboard_and_not_for_the_mouse(shown, qtbot: QtBot) -> None:
    grid = shown(AnswerGrid(answers()))

    qtbot.mouseClick(grid.card("a"), Qt.MouseButton.LeftButton)
    assert not grid.card("a").shows_focus
    qtbot.keyClick(grid.card("a"), Qt.Key.Key_Right)
    assert grid.card("b").shows_focus


def test_chosen_differs_from_not_chosen_without_colour(shown) -> None:
    grid = shown(AnswerGrid(answers(), many=True))
    card = grid.card("a")
    box = card.mark_box().toRect()

    def grey(x: int, y: int) -> int:
        return card.grab().toImage().pixelColor(box.x() + x, box.y() + y).lightness()

    before = [grey(x, box.height() // 2) for x in range(4, box.width() - 4)]
    grid.set_values(["a"])
    after = [grey(x, box.height() // 2) for x in range(4, box.width() - 4)]

    assert max(before) - min(before) < 16, "an empty box"
    assert max(after) - min(after) > 120, "a box with a check in it"


def test_a_screen_reader_hears_both_texts_and_whether_it_is_chosen(shown) -> None:
    grid = shown(AnswerGrid(answers(), many=True))
    grid.set_values(["a"])

    seen = QAccessible.queryAccessibleInterface(grid.card("a"))

    assert seen.text(QAccessible.Text.Name) == "own a – dutch a"
    assert seen.state().checkable
    assert seen.state().checked


@pytest.mark.parametrize("size", list(theme.TextSize))
@pytest.mark.parametrize("width", [1366, 1024])
@pytest.mark.parametrize("tile", [True, False])
def test_every_card_is_a_large_target_that_holds_its_texts(
    shown, themed: QApplication, size: theme.TextSize, width: int, tile: bool
) -> None:
    theme.apply(themed, size=size)
    grid = shown(AnswerGrid(answers(), tile=tile), width - 64, 640)
    grid.resize(grid.width(), grid.heightForWidth(grid.width()))

    for card in grid.cards:
        assert card.width() >= theme.TARGET
        assert card.height() >= theme.TARGET
        assert grid.rect().contains(card.geometry())
        assert all(card.rect().contains(text.box) for text in card.label.texts)
        assert all(text.box.height() == text.height_at(text.box.width()) > 0 for text in card.label.texts)


def test_columns_are_evened_out() -> None:
    grid = AnswerGrid(answers()[:5], columns=4, least=200)

    assert grid.columns(1200) == 3
    assert grid.columns(450) == 2
    assert grid.columns(100) == 1


def test_the_first_answers_may_stand_before_the_others_in_larger_type(shown, qtbot: QtBot) -> None:
    grid = shown(AnswerGrid(answers(), tile=False, columns=4, least=100, lead=2), 1000, 400)
    first, second, third = (grid.card(value) for value in "abc")

    assert first.y() == second.y() < third.y() == grid.card("d").y()
    assert first.width() > third.width()
    assert first.label.own.face.font.pixelSize() > third.label.own.face.font.pixelSize()

    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    qtbot.keyClick(first, Qt.Key.Key_Down)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert grid.values() != ["a"]
    assert grid.card(grid.values()[0]).y() == third.y()
