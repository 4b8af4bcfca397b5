from __future__ import annotations

from datetime import date, time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from intake_app.ui import theme
from intake_app.ui.controls.words import CHOSEN_OF, IN_ONE_WEEK, Words
from intake_app.ui.widgets import DateEntry, Stepper
from intake_app.ui.widgets.month_grid import MonthGrid

TODAY = date(2026, 11, 25)


def month(language: str = "nl", first: date | None = TODAY) -> MonthGrid:
    words = Words(language)
    return MonthGrid(TODAY, words.weekday, lambda day: words.day(day).spoken, first=first)


def test_arrows_move_by_day_and_week_and_enter_chooses(shown, qtbot: QtBot) -> None:
    grid = shown(month())
    grid.setFocus()

    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    with qtbot.waitSignal(grid.chosen) as told:
        qtbot.keyClick(grid, Qt.Key.Key_Return)

    assert told.args == [date(2026, 12, 3)]


def test_page_down_turns_the_month(shown, qtbot: QtBot) -> None:
    grid = shown(month())

    with qtbot.waitSignal(grid.month_changed) as told:
        qtbot.keyClick(grid, Qt.Key.Key_PageDown)

    assert told.args == [date(2026, 12, 1)]


def test_turning_from_the_31st_stays_within_the_month() -> None:
    grid = month(first=None)
    grid.select(date(2027, 1, 31))

    grid.turn(1)

    assert grid.month() == date(2027, 2, 1)


def test_a_day_is_chosen_by_pressing_it(shown, qtbot: QtBot) -> None:
    grid = shown(month())

    with qtbot.waitSignal(grid.chosen) as told:
        qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.day_box(date(2026, 11, 30)).center().toPoint())

    assert told.args == [date(2026, 11, 30)]


def test_a_day_that_has_passed_cannot_be_chosen(shown, qtbot: QtBot) -> None:
    grid = shown(month())

    with qtbot.assertNotEmitted(grid.chosen):
        qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.day_box(date(2026, 11, 2)).center().toPoint())


def test_in_arabic_the_week_runs_from_right_to_left(shown) -> None:
    grid = month("ar")
    grid.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    shown(grid)

    assert grid.day_box(date(2026, 11, 23)).x() > grid.day_box(date(2026, 11, 24)).x()


def test_days_are_large_targets() -> None:
    box = month().day_box(TODAY)

    assert box.width() >= theme.TARGET
    assert box.height() >= theme.TARGET


def test_a_screen_reader_hears_the_day_in_both_languages(shown, qtbot: QtBot) -> None:
    grid = shown(month("en"))

    qtbot.keyClick(grid, Qt.Key.Key_Right)

    assert "Thursday" in grid.accessibleName()
    assert "donderdag 26 november 2026" in grid.accessibleName()


def entry(language: str) -> DateEntry:
    words = Words(language)
    return DateEntry(TODAY, words.date_words(), [(words.pair(IN_ONE_WEEK), 7)], first=TODAY)


def test_a_quick_choice_is_one_press(shown, qtbot: QtBot) -> None:
    dates = shown(entry("nl"))

    with qtbot.waitSignal(dates.chosen) as told:
        qtbot.mouseClick(dates.choices.cards[0], Qt.MouseButton.LeftButton)

    assert told.args == [date(2026, 12, 2)]


def test_another_day_opens_the_month_with_the_keyboard_in_it(shown, qtbot: QtBot) -> None:
    dates = shown(entry("nl"))
    assert not dates.month.isVisible()

    qtbot.mouseClick(dates.choices.cards[-1], Qt.MouseButton.LeftButton)

    assert dates.month.isVisible()
    assert QApplication.focusWidget() is dates.month


def test_a_day_outside_the_quick_choices_shows_in_the_month(shown, qtbot: QtBot) -> None:
    dates = shown(entry("nl"))

    with qtbot.assertNotEmitted(dates.chosen):
        dates.set_value(date(2027, 1, 5))

    assert dates.month.isVisible()
    assert dates.shown.own.text() == "dinsdag 5 januari 2027"


def test_steps_stay_within_bounds_unless_they_go_around(qtbot: QtBot) -> None:
    plain, clock = Stepper("Aantal", 1, 3, value=3), Stepper("Minuten", 0, 55, step=5, value=55, around=True)
    for stepper in (plain, clock):
        qtbot.addWidget(stepper)

    with qtbot.assertNotEmitted(plain.changed):
        qtbot.keyClick(plain, Qt.Key.Key_Up)
    qtbot.keyClick(clock, Qt.Key.Key_Up)

    assert plain.value() == 3
    assert clock.value() == 0
    qtbot.keyClick(clock, Qt.Key.Key_Down)
    assert clock.value() == 55


def test_days_hours_and_counts_are_in_the_digits_of_the_talk() -> None:
    farsi, dutch = Words("fa"), Words("nl")

    assert (farsi.figure(12), farsi.two_figures(5)) == ("۱۲", "۰۵")
    assert (dutch.figure(12), dutch.two_figures(5)) == ("12", "05")
    assert farsi.pair(IN_ONE_WEEK).dutch == dutch.pair(IN_ONE_WEEK).dutch
    clock = farsi.clock(time(10, 5))
    assert ("۱۰:۰۵" in clock.own, clock.dutch) == (True, "10.05")
    assert Words("uk").clock(time(10, 5)).second == ""
    assert "۳" in farsi.pair(CHOSEN_OF, count=2, most=3).own
    assert "3" in farsi.pair(CHOSEN_OF, count=2, most=3).dutch


def test_the_month_is_painted_with_those_digits(shown) -> None:
    written: list[int] = []

    def figure(day: int) -> str:
        written.append(day)
        return Words("fa").figure(day)

    words = Words("fa")
    shown(MonthGrid(TODAY, words.weekday, lambda day: words.day(day).spoken, figure=figure)).grab()

    assert set(written) == set(range(1, 31))
