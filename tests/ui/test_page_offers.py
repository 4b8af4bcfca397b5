from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from intake_app.services.office import Office
from intake_app.ui import theme
from intake_app.ui.pages.offers import OffersPage
from intake_app.ui.presenters.offers import offer_cards
from intake_app.ui.widgets import Badge, BilingualLabel, Card
from intake_app.ui.widgets.flow import Flow
from tests.ui.conftest import Played

Shown = Callable[..., QWidget]


@pytest.fixture
def page(played: Played, shown: Shown) -> OffersPage:
    made = OffersPage(played.conversation)
    shown(made, 1366, 768)
    return made


def cards_of(page: OffersPage) -> list[Card]:
    return [card for card in page.findChildren(Card) if card.accessibleName()]


def badges_of(card: Card) -> list[str]:
    return [badge.text() for badge in card.findChildren(Badge) if badge.isVisibleTo(card)]


def test_every_offer_says_maybe_and_never_a_right(page: OffersPage) -> None:
    cards = cards_of(page)

    assert cards
    assert all("Misschien" in " ".join(badges_of(card)) for card in cards)
    told = " ".join(label.pair.dutch for label in page.findChildren(BilingualLabel))
    assert "heeft recht" not in told
    assert "Vraag dit na bij" in told


def test_offers_speak_the_language_of_the_talk_beside_dutch(played: Played) -> None:
    cards = offer_cards(played.conversation)

    assert all(card.title.language == "ar" and card.title.dutch for card in cards)
    assert all(card.title.own and card.title.own != card.title.dutch for card in cards)
    assert all(reason.own != reason.dutch for card in cards for reason in card.reasons)


def test_a_sample_is_marked_as_one(played: Played, page: OffersPage) -> None:
    samples = {card.title.dutch for card in page.cards if card.sample}

    marked = {
        card.accessibleName() for card in cards_of(page) if any("Voorbeeld" in badge for badge in badges_of(card))
    }

    assert len(marked) == len(samples) > 0
    assert all(any(title in name for name in marked) for title in samples)


def test_source_and_day_of_checking_stand_on_every_card(played: Played) -> None:
    assert all(
        card.source.startswith("Bron: ") and "Nagekeken op" in card.source for card in offer_cards(played.conversation)
    )


def test_the_foot_leads_on_and_back(qtbot: QtBot, page: OffersPage) -> None:
    with qtbot.waitSignal(page.done):
        qtbot.mouseClick(page.go_on, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.back_requested):
        qtbot.mouseClick(page.go_back, Qt.MouseButton.LeftButton)


def test_a_talk_without_offers_is_told_kindly(office: Office, shown: Shown) -> None:
    page = OffersPage(office.begin_talk(practice=True))
    shown(page)

    assert cards_of(page) == []
    told = [label.pair.dutch for label in page.findChildren(BilingualLabel) if label.isVisible()]
    assert "Er is nu niets gevonden dat past." in told


@pytest.mark.parametrize("size", list(theme.TextSize))
@pytest.mark.parametrize("width", [1366, 1024])
def test_nothing_runs_off_the_page_at_any_text_size(
    page: OffersPage, qapp: QApplication, size: theme.TextSize, width: int
) -> None:
    theme.apply(qapp, size=size)
    page.resize(width, 700)
    qapp.processEvents()

    assert page.scroll.widget().minimumSizeHint().width() <= page.scroll.viewport().width()


def test_badges_that_do_not_fit_go_to_a_next_line_in_reading_direction(shown: Shown) -> None:
    flow = Flow(*(Badge(word) for word in ("Misschien", "Geld voor leren", "Voorbeeld")))
    flow.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    shown(flow, 220, 200)
    first, second, third = (badge.geometry() for badge in flow.findChildren(Badge))

    assert first.right() == flow.width() - 1
    assert second.top() > first.bottom()
    assert third.top() > second.bottom() or third.right() < second.left()
    assert flow.heightForWidth(1000) < flow.heightForWidth(220)


def test_everything_on_the_page_is_in_reach(
    page: OffersPage, keyboard_complaints: Callable[[QWidget], list[str]]
) -> None:
    assert keyboard_complaints(page) == []
