"""The best liked cards, in the order a person gives them: by tapping, dragging, keys or codes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from intake_app.ui.controls import ChoiceModel, QuestionControl, QuestionModel
from intake_app.ui.controls.top_cards import TopCardsControl
from intake_app.ui.widgets import Pair

REF = "/data/i03_top3"
CARDS = ("card_h1", "card_t9", "card_b5", "card_z2")


@pytest.fixture
def control(asked: Callable[[QuestionModel], QuestionControl]) -> TopCardsControl:
    choices = tuple(ChoiceModel(code, f"own {code}", f"kaart {code}") for code in CARDS)
    model = QuestionModel(
        REF, "string", "select", ("intake-top-cards",), "Beste", "Beste", language="nl", choices=choices, max_choices=3
    )
    found = asked(model)
    assert isinstance(found, TopCardsControl)
    return found


@pytest.fixture
def given(control: TopCardsControl) -> list[str]:
    answers: list[str] = []
    control.answered.connect(lambda _ref, value: answers.append(value))
    return answers


def click(button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_tapped_in_order_they_stand_in_that_order(control: TopCardsControl, given: list[str]) -> None:
    for code in ("card_z2", "card_h1"):
        click(control.grid.card(code))
        control.show_value(given[-1])

    assert given[-1] == "card_z2 card_h1"
    assert [place.accessibleName()[:2] for place in control.order.places] == ["1.", "2."]


def test_the_order_appears_under_the_cards_so_that_none_moves_from_under_the_finger(control: TopCardsControl) -> None:
    control.show_value("card_z2 card_h1")
    control.body.activate()

    assert control.order.isVisible()
    assert control.order.geometry().top() > control.grid.geometry().bottom()


def test_one_that_is_tapped_away_leaves_the_others_in_their_order(control: TopCardsControl, given: list[str]) -> None:
    control.show_value("card_z2 card_h1 card_b5")
    click(control.grid.card("card_h1"))

    assert given == ["card_z2 card_b5"]


def test_a_card_is_dragged_to_another_place(control: TopCardsControl, given: list[str]) -> None:
    control.show_value("card_h1 card_t9 card_b5")
    control.order.layout().activate()
    first, last = control.order.places[0], control.order.places[2]
    QTest.mousePress(first, Qt.MouseButton.LeftButton)
    QTest.mouseMove(first, first.mapFrom(control.order, last.geometry().center()))
    QTest.mouseRelease(first, Qt.MouseButton.LeftButton, pos=first.mapFrom(control.order, last.geometry().center()))

    assert given == ["card_t9 card_b5 card_h1"]


def test_a_tap_brings_it_one_place_to_the_front(control: TopCardsControl, given: list[str]) -> None:
    control.show_value("card_h1 card_t9")
    click(control.order.places[1])

    assert given == ["card_t9 card_h1"]


def test_by_keyboard_alone_it_moves_and_keeps_the_keyboard(control: TopCardsControl, given: list[str]) -> None:
    control.show_value("card_h1 card_t9 card_b5")
    control.order.places[0].setFocus()
    QTest.keyClick(control.order.places[0], Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert given == ["card_t9 card_h1 card_b5"]
    assert control.order.places[1].hasFocus()

    QTest.keyClick(control.order.places[1], Qt.Key.Key_Space)
    assert given[-1] == "card_h1 card_t9 card_b5"


def test_each_picture_shows_its_place_in_the_order(control: TopCardsControl, given: list[str]) -> None:
    for code in ("card_z2", "card_h1"):
        click(control.grid.card(code))
        control.show_value(given[-1])

    assert {card.value: card.rank for card in control.grid.cards if card.rank} == {"card_z2": "1", "card_h1": "2"}
    assert control.grid.card("card_h1").accessibleDescription().endswith("2")

    click(control.grid.card("card_z2"))
    control.show_value(given[-1])
    assert {card.value: card.rank for card in control.grid.cards if card.rank} == {"card_h1": "1"}


def test_the_place_is_drawn_on_the_card(control: TopCardsControl) -> None:
    card = control.grid.card("card_h1")
    card.setChecked(True)
    before = card.grab(card.rank_box().toRect()).toImage()
    card.set_rank("1")

    assert card.grab(card.rank_box().toRect()).toImage() != before


def test_one_too_many_is_told_beside_the_card_and_moves_nothing(control: TopCardsControl, given: list[str]) -> None:
    control.show_value("card_h1 card_t9 card_b5")
    QApplication.processEvents()
    before = [card.mapToGlobal(card.rect().topLeft()) for card in control.grid.cards]
    told: list[Pair] = []
    control.told.connect(told.extend)
    card = control.grid.card("card_z2")
    click(card)
    QApplication.processEvents()

    assert given == []
    assert [one.mapToGlobal(one.rect().topLeft()) for one in control.grid.cards] == before
    assert control.near.isVisible()
    beside = control.near.geometry()
    there = card.rect().translated(card.mapTo(control, card.rect().topLeft()))
    assert min(abs(beside.top() - there.bottom()), abs(there.top() - beside.bottom())) < 24
    assert told[0].dutch == "U kunt er 3 kiezen."

    click(control.grid.card("card_h1"))
    control.refresh(control.model)
    assert not control.near.isVisible()


def type_codes(control: TopCardsControl, codes: str) -> None:
    click(control.table.button)
    QTest.keyClicks(control.table.codes, codes)
    click(control.table.add)


def test_codes_of_a_deck_on_the_table_are_taken_in_the_order_typed(control: TopCardsControl, given: list[str]) -> None:
    type_codes(control, "b5 h1")

    assert given == ["card_b5 card_h1"]
    assert control.table.codes.text() == ""


def test_more_codes_than_allowed_are_not_taken_and_that_is_said(control: TopCardsControl, given: list[str]) -> None:
    type_codes(control, "b5 h1 t9 z2")

    assert given == ["card_b5 card_h1 card_t9"]
    assert control.table.message.isVisible()


def test_a_code_that_was_not_ticked_before_is_named(control: TopCardsControl, given: list[str]) -> None:
    type_codes(control, "h1 q8")

    assert given == ["card_h1"]
    assert "q8" in control.table.message.accessibleName()
    assert control.table.codes.text() == "q8"
