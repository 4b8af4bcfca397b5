"""The real window between the bars of a small screen, at the largest letters: nothing at its foot falls off."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from devtools.looked_over import complaints
from devtools.matrix import TASK_BAR, TITLE_BAR, WINDOWS
from intake_app.bootstrap import open_office, prepare
from intake_app.services.access import Access
from intake_app.ui import theme
from intake_app.ui.dialogs.talk import stop_dialog
from intake_app.ui.main_window import MainWindow
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.pages.home import HomePage
from intake_app.ui.pages.reading_back import ReadingBackPage
from intake_app.ui.screenshots import settle
from tests.fakes.places import settle as settle_place
from tests.fakes.storage import InMemoryStoreGate

Shown = Callable[..., QWidget]
ANNA = "vier losse woorden samen"
SCREENS = [QSize(1093, 614), QSize(1280, 720)]
IDS = ["1366x768 at 125 percent", "1280x720"]


@pytest.fixture(params=SCREENS, ids=IDS)
def window(request: pytest.FixtureRequest, qtbot: QtBot, shown: Shown, themed: QApplication) -> Iterator[MainWindow]:
    """The window as large as that screen lets it be."""
    gate = InMemoryStoreGate()
    store = gate.create(ANNA, "Anna", "counsellor")
    settle_place(store)
    store.close()
    prepare()
    theme.apply(themed, size=theme.TextSize.LARGEST)
    made = shown(MainWindow(open_office), request.param.width(), request.param.height() - TASK_BAR - TITLE_BAR)
    made.begin(Access(gate))
    yield made
    made.talks.let_go()
    made.close()


def wrong(window: MainWindow) -> list[str]:
    """What does not fit, by the eyes of the matrix; and whether the window grew past the screen or its page past it."""
    settle(window.page)
    given = [size for size in SCREENS if size.width() == window.width()]
    found = [] if given and window.height() == given[0].height() - TASK_BAR - TITLE_BAR else [f"is {window.size()}"]
    page = QRect(window.page.mapTo(window, QPoint(0, 0)), window.page.size())
    if not window.rect().contains(page):
        found.append(f"{type(window.page).__name__} stands at {page}")
    return found + complaints(window)


def test_door_first_page_and_a_practice_talk_fit_at_the_largest_letters(window: MainWindow, qtbot: QtBot) -> None:
    assert wrong(window) == []
    window.page.passphrase.set_text(ANNA)
    window.page.go.click()
    qtbot.waitUntil(lambda: isinstance(window.page, HomePage), timeout=15000)
    assert wrong(window) == []

    window.talks.begin(practice=True)
    qtbot.waitUntil(lambda: isinstance(window.page, ConversationPage), timeout=15000)
    presenter = window.talk.presenter
    for value in ("ar", "", "", ""):
        if value:
            window.page.take_answer(next(iter(window.page.controls)), value)
        assert wrong(window) == []
        next_button = window.page.chrome.next
        box = QRect(next_button.mapTo(window, QPoint(0, 0)), next_button.size())
        assert window.rect().contains(box)
        QTest.mouseClick(next_button, Qt.MouseButton.LeftButton)
    assert presenter.language == "ar"

    window.page.reading_requested.emit("")
    assert isinstance(window.page, ReadingBackPage)
    assert wrong(window) == []


def test_the_cells_of_the_matrix_are_what_the_bars_leave() -> None:
    left = [(size.width(), size.height() - TASK_BAR - TITLE_BAR) for size in reversed(SCREENS)]

    assert [(one.width, one.height) for one in WINDOWS.values()] == left


def test_a_question_in_between_is_no_larger_than_the_screen(themed: QApplication, shown: Shown) -> None:
    theme.apply(themed, size=theme.TextSize.LARGEST)
    behind = shown(QWidget(), 700, 500)
    dialog = stop_dialog("ar", True, behind)
    dialog.show()
    QApplication.processEvents()
    room = dialog.screen().availableSize()
    area, stop = dialog.findChild(QScrollArea), dialog.buttons["stop_talk"]

    assert dialog.height() < room.height()
    assert dialog.width() <= room.width()
    assert dialog.rect().contains(QRect(dialog.stay.mapTo(dialog, QPoint(0, 0)), dialog.stay.size()))
    assert complaints(dialog) == []
    area.ensureWidgetVisible(stop, 0, 0)
    assert area.viewport().rect().contains(QRect(stop.mapTo(area.viewport(), QPoint(0, 0)), stop.size()))
    dialog.close()
