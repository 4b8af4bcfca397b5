"""The radar in the window: sectors, one occupation from close by, the list changed by hand, and back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from intake_app.services.conversation import Conversation
from intake_app.services.radar import Radar
from intake_app.ui.main_window import MainWindow
from intake_app.ui.pages.home import HomePage
from intake_app.ui.pages.radar import RadarPage
from intake_app.ui.pages.spread import SpreadPage
from intake_app.ui.presenters.radar import MISSING, RadarPresenter
from intake_app.ui.radar_flow import explore
from intake_app.ui.screenshots import settle
from intake_app.ui.talk_flow import TalkFlow
from intake_app.ui.widgets.answer_card import AnswerCard
from intake_app.ui.widgets.bilingual import BilingualLabel
from intake_app.ui.widgets.share_bar import ShareBar
from intake_app.ui.widgets.skill_dot import FULL, HALF, OPEN, SkillDot
from tests.services.helps import begun, make_office, told

Shown = Callable[..., QWidget]
CARDS = {"cards": "card_z4 card_z1 card_z6 card_h1 card_h5", "top3": "card_z4 card_z1 card_z6"}


@pytest.fixture
def conversation() -> Conversation:
    made = begun(make_office(), talk_language="ar")
    told(made, CARDS)
    made.keeper.fill_suggestions()
    return made


@pytest.fixture
def radar(conversation: Conversation) -> Radar:
    return Radar(make_office(), conversation)


@pytest.fixture
def page(radar: Radar, shown: Shown) -> RadarPage:
    made = RadarPage(radar, "ar")
    shown(made, 1366, 768)
    return made


def texts(page: QWidget) -> str:
    said = [*page.findChildren(BilingualLabel), *page.findChildren(AnswerCard)]
    return " ".join(part.accessibleName() for part in said)


def test_it_opens_at_the_sector_of_the_first_proposal(page: RadarPage) -> None:
    assert page.sector == "care"
    assert len(page.sectors.cards) == 9
    assert len(page.work.cards) >= 5


def test_another_sector_shows_its_work(page: RadarPage, qtbot: QtBot) -> None:
    card = next(card for card in page.sectors.cards if card.answer.value == "admin_personal")

    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    page.whole()

    assert page.sector == "admin_personal"
    assert len(page.work.cards) >= 5
    assert "ander werk dat hierop lijkt" in texts(page)


def test_a_tap_on_work_shows_it_from_close_by_and_back_leads_to_its_sector(page: RadarPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.work.cards[0], Qt.MouseButton.LeftButton)

    assert page.close_up is not None
    assert page.close_up.day.dutch in texts(page)
    qtbot.mouseClick(page.go_back, Qt.MouseButton.LeftButton)
    assert page.close_up is None


def test_what_one_has_and_misses_is_drawn(page: RadarPage) -> None:
    page.show_close("zw3")
    page.whole()

    drawn = [dot.state for dot in page.findChildren(SkillDot)]
    assert {FULL, HALF, OPEN} == set(drawn)
    assert page.close_up is not None
    # one of each stands in the legend
    assert drawn.count(OPEN) - 1 == sum(skill.state == MISSING for skill in page.close_up.skills)


def test_a_neighbour_leads_on_to_work_of_another_sector(page: RadarPage, qtbot: QtBot) -> None:
    page.show_close("zw3")
    page.whole()
    before = page.close_up

    qtbot.mouseClick(page.neighbours[0], Qt.MouseButton.LeftButton)

    assert page.close_up is not None
    assert before is not None
    assert page.close_up.sector != before.sector


def test_work_can_join_the_proposals_and_what_is_there_cannot_join_again(page: RadarPage, qtbot: QtBot) -> None:
    page.show_close("lt5")
    page.whole()
    with qtbot.waitSignal(page.add_requested) as asked:
        qtbot.mouseClick(page.add_button, Qt.MouseButton.LeftButton)
    assert asked.args == ["lt5"]

    page.show_close(page.presenter.radar.proposed()[0])
    page.whole()
    assert not page.add_button.isEnabled()


def test_the_counsellor_changes_the_list_only_with_a_reason(page: RadarPage, qtbot: QtBot) -> None:
    first = page.presenter.radar.proposed()[0]
    page.show_close(first)
    page.whole()
    assert not page.take_away.isEnabled()

    QTest.keyClicks(page.reason, "Kan niet tillen")
    with qtbot.waitSignal(page.remove_requested) as asked:
        qtbot.mouseClick(page.take_away, Qt.MouseButton.LeftButton)

    assert asked.args == [first, "Kan niet tillen"]


def test_work_that_is_in_demand_says_so_and_other_work_does_not(radar: Radar) -> None:
    presenter = RadarPresenter(radar, "nl")

    assert presenter.close_up("hd4").in_demand is not None
    assert presenter.close_up("zw3").in_demand is None
    assert presenter.close_up("hd4").pay is None
    assert "2026" in presenter.close_up("zw3").source


def test_what_would_help_is_said_for_work_that_is_far(radar: Radar) -> None:
    close = RadarPresenter(radar, "nl").close_up("lt3")

    assert any(pair.dutch.startswith("Dit helpt: ") for pair in close.changes)
    assert close.against


def test_without_a_talk_nothing_personal_is_shown(shown: Shown) -> None:
    page = RadarPage(Radar(make_office()))
    shown(page, 1366, 768)

    page.show_close("tm3")
    page.whole()

    assert page.findChildren(SkillDot) == []
    assert page.close_up is not None
    assert page.close_up.fit is None
    assert page.close_up.changes == ()


@pytest.mark.parametrize("name", ["zw6", "tm3", "hd4", "ad1", "ok6"])
@pytest.mark.parametrize("language", ["nl", "en", "ar"])
def test_every_close_up_has_texts(radar: Radar, name: str, language: str) -> None:
    close = RadarPresenter(radar, language).close_up(name)

    pairs = [close.name, close.sector, close.day, close.chance, *close.routes, *close.needed, *close.changes]
    assert all(pair.dutch and "{" not in pair.dutch for pair in pairs)


def test_the_spread_page_draws_a_bar_for_each_sector(shown: Shown) -> None:
    page = SpreadPage(make_office(), people=60)
    shown(page, 1366, 768)
    settle(page)

    bars = page.findChildren(ShareBar)
    assert len(bars) == 9
    assert {round(bar.share * 60) for bar in bars} == {row.seen for row in page.spread.sectors}


def test_from_the_first_page_the_radar_and_the_spread_and_back(qtbot: QtBot, shown: Shown) -> None:
    window = MainWindow(lambda store: make_office())
    window.office = make_office()
    shown(window, 1366, 768)
    window.go_home()

    window.page.place_requested.emit("radar")
    assert isinstance(window.page, RadarPage)
    window.page.spread_requested.emit()
    assert isinstance(window.page, SpreadPage)
    window.page.back_requested.emit()
    assert isinstance(window.page, RadarPage)
    window.page.back_requested.emit()
    assert isinstance(window.page, HomePage)


def test_in_a_talk_the_list_is_changed_from_the_radar_and_the_talk_goes_on(
    conversation: Conversation, qtbot: QtBot, shown: Shown
) -> None:
    window = MainWindow(lambda store: make_office())
    window.office = make_office()
    shown(window, 1366, 768)
    flow = TalkFlow(window, window.office, conversation, resumed=False)
    back: list[str] = []
    first = conversation.keeper.suggestions.shown()[0]

    explore(window, flow, lambda: back.append("talk"))
    window.page.add_requested.emit("lt5")
    assert "lt5" in conversation.keeper.suggestions.shown()
    window.page.remove_requested.emit(first, "Kan niet tillen")
    assert first not in conversation.keeper.suggestions.shown()
    window.page.top_requested.emit("lt5", "Liefst dit")
    assert conversation.keeper.suggestions.shown()[0] == "lt5"
    window.page.back_requested.emit()
    assert back == ["talk"]


def test_a_change_that_cannot_be_is_said_and_the_page_stays(conversation: Conversation, shown: Shown) -> None:
    window = MainWindow(lambda store: make_office())
    window.office = make_office()
    shown(window, 1366, 768)
    flow = TalkFlow(window, window.office, conversation, resumed=False)
    explore(window, flow, lambda: None)
    page = window.page

    page.remove_requested.emit("tm3", "Staat er niet bij")

    assert window.page is page
    assert window.message.isVisible()
