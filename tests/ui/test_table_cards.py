"""Activity cards: the heading and count of each inner screen, and cards of a deck on the table by their codes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from intake_app.ui.controls import Helpers, QuestionControl, QuestionModel, control_for
from intake_app.ui.controls.cards import CardsControl
from intake_app.ui.controls.table_cards import not_codes, read_codes
from intake_app.ui.gallery_samples import CONTROLS, Samples
from intake_app.ui.theme import TARGET

CODES = [("h1 t9 b5", ["h1", "t9", "b5"]), ("T10;w 3", ["t10", "w3"]), ("h01", ["h1"]), ("", []), ("hallo", [])]
LEFT = [("h1 t9", []), ("h1 99", ["99"]), ("hallo, h1", ["hallo"]), ("h123", ["h123"]), ("fiets 5", ["fiets", "5"])]


@pytest.fixture
def control(asked: Callable[[QuestionModel], QuestionControl]) -> CardsControl:
    """Families h and t are chosen, and the cards h1 and t1; what is answered comes back as from a talk."""
    found = asked(CONTROLS["cards"](Samples("nl")))
    assert isinstance(found, CardsControl)
    found.answered.connect(lambda ref, value: come_back(found, ref, value))
    return found


def come_back(control: CardsControl, ref: str, value: str) -> None:
    model = control.model
    if ref == model.ref:
        control.refresh(replace(model, value=value))
    else:
        control.refresh(replace(model, parts=(replace(model.parts[0], value=value),)))


def click(button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def type_codes(control: CardsControl, codes: str) -> None:
    if not control.table.panel.isVisible():
        click(control.table.button)
    QTest.keyClicks(control.table.codes, codes)
    click(control.table.add)


def places(control: CardsControl) -> list[QPoint]:
    QApplication.processEvents()
    return [card.mapToGlobal(QPoint()) for card in control.grid.cards]


# ---------------------------------------------------------------------- heading and count
def test_the_heading_of_the_families_stays_when_one_is_tapped_and_nothing_moves(control: CardsControl) -> None:
    before = places(control)
    assert control.question.own.text() == "Kies drie plaatjes."

    click(control.grid.card("z"))

    assert control.question.own.text() == "Kies drie plaatjes."
    assert places(control) == before
    assert control.count.text() == "3 van 3 gekozen"


def test_one_family_too_many_moves_nothing_either(control: CardsControl) -> None:
    click(control.grid.card("z"))
    before = places(control)
    click(control.grid.card("b"))

    assert places(control) == before
    assert control.near.isVisible()


def test_each_inner_screen_has_its_own_heading_and_count(control: CardsControl) -> None:
    assert control.count.text() == "2 van 3 gekozen"
    control.advance()

    assert control.question.own.text() == "Welke kaarten passen bij u?"
    assert control.count.text() == "2 gekozen"
    control.refresh(replace(control.model))
    assert control.question.own.text() == "Welke kaarten passen bij u?"
    control.retreat()
    assert control.question.own.text() == "Kies drie plaatjes."


def test_an_inner_screen_that_another_screen_went_to_is_shown_silently(control: CardsControl) -> None:
    turned: list[str] = []
    control.turned.connect(lambda _ref, stage: turned.append(stage))
    control.show_inner("t")
    assert (control.stage, turned) == ("t", [])

    control.show_inner("no such family")
    assert control.stage == "t"
    control.retreat()
    assert turned == ["h"]


# ---------------------------------------------------------------------- codes
@pytest.mark.parametrize(("typed", "codes"), CODES)
def test_codes_are_read_however_they_are_typed(typed: str, codes: list[str]) -> None:
    assert read_codes(typed) == codes


@pytest.mark.parametrize(("typed", "left"), LEFT)
def test_what_is_no_code_is_left_over(typed: str, left: list[str]) -> None:
    assert not_codes(typed) == left


def test_the_line_for_codes_stands_behind_a_button_in_sight(control: CardsControl) -> None:
    assert not control.table.panel.isVisible()
    click(control.table.button)

    assert control.table.panel.isVisible()
    assert control.table.codes.hasFocus()
    assert control.table.panel.y() < control.grid.y()
    click(control.table.button)
    assert not control.table.panel.isVisible()


def test_codes_of_a_deck_tick_their_cards_and_the_wrong_ones_are_named_all_the_same(control: CardsControl) -> None:
    type_codes(control, "H2, t 9; x7 99")

    assert control.model.value == "card_h1 card_h2 card_t1 card_t9"
    assert control.table.message.isVisible()
    assert "x7" in control.table.message.accessibleName()
    assert "99" in control.table.message.accessibleName()
    assert control.table.codes.text() == "x7 99", "what is unknown stays to be mended"

    control.table.codes.clear()
    type_codes(control, "h3")
    assert not control.table.message.isVisible()


def test_what_came_in_by_its_code_is_listed_and_taken_off_with_a_cross(control: CardsControl) -> None:
    come_back(control, "/data/families", "t")
    type_codes(control, "h2")
    assert control.listed.isVisible()
    assert list(control.listed.lines) == ["card_h1", "card_h2"], "h1 stands on no screen either"

    what, cross = control.listed.lines["card_h2"]
    QApplication.processEvents()
    assert min(cross.width(), cross.height()) >= TARGET
    assert "Koken voor een groot feest" in cross.accessibleName()
    click(cross)
    assert "card_h2" not in control.model.value
    assert not what.isEnabled()
    click(control.listed.lines["card_h2"][1])
    assert "card_h2" in control.model.value.split()


def test_a_card_of_a_family_that_was_let_go_is_listed_on_the_next_screen(control: CardsControl) -> None:
    before = places(control)
    click(control.grid.card("h"))
    assert places(control) == before
    assert not control.listed.isVisible()

    control.advance()
    assert control.stage == "t"
    assert list(control.listed.lines) == ["card_h1"]


def test_a_talk_that_is_opened_again_lists_what_stands_on_no_screen(
    asked: Callable[[QuestionModel], QuestionControl],
) -> None:
    model = CONTROLS["cards"](Samples("ar"))
    control = asked(replace(model, value="card_h1 card_t1", parts=(replace(model.parts[0], value="t"),)))

    assert list(control.listed.lines) == ["card_h1"]
    assert control.listed.isVisible()


def test_a_screen_of_the_participant_has_no_line_for_codes(shown: Callable[..., QWidget], helpers: Helpers) -> None:
    for name in ("cards", "top-three"):
        control = control_for(CONTROLS[name](Samples("nl")), replace(helpers, counsellor_here=False))
        shown(control)

        assert control.table is None
        assert not any(
            button.accessibleName() == "Kaarten op tafel" for button in control.findChildren(QAbstractButton)
        )
