"""Opening a talk that was begun with older questions, in the window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from intake_app.bootstrap import open_office
from intake_app.services.conversation import Conversation
from intake_app.services.office import Office
from intake_app.services.versions import LeftOver, VersionNews
from intake_app.ui.main_window import MainWindow
from intake_app.ui.pages.changed_form import ChangedFormPage
from intake_app.ui.pages.conversation import ConversationPage

LOST = LeftOver("/data/d01b", "Wat doet u graag thuis?", "gone", "Duiven houden", ("T",), private=False)


@pytest.fixture
def window(office: Office, shown: Callable[..., MainWindow]) -> MainWindow:
    made = shown(MainWindow(open_office), 1366, 768)
    made.office = office
    yield made
    made.talks.let_go()
    made.close()


def open_in(window: MainWindow, conversation: Conversation, page: type, qtbot: QtBot) -> None:
    window.talks.start(lambda: conversation, resumed=True)
    qtbot.waitUntil(lambda: isinstance(window.page, page))


def test_what_changed_is_told_first_and_then_the_talk_goes_on(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    conversation = office.begin_talk()
    conversation.news, conversation.left_over = VersionNews(lost=(LOST,)), (LOST,)

    open_in(window, conversation, ChangedFormPage, qtbot)
    window.page.go_on.click()
    assert isinstance(window.page, ConversationPage)

    window.page.chrome.left_over.click()
    assert isinstance(window.page, ChangedFormPage)
    window.page.go_on.click()
    assert isinstance(window.page, ConversationPage)


@pytest.mark.parametrize("news", [None, VersionNews()])
def test_where_nothing_changed_the_talk_opens_at_once(
    window: MainWindow, office: Office, qtbot: QtBot, news: VersionNews | None
) -> None:
    conversation = office.begin_talk()
    conversation.news = news

    open_in(window, conversation, ConversationPage, qtbot)

    qtbot.waitUntil(lambda: window.page.grown)
    assert window.page.chrome.left_over.isHidden()
