"""The window after the laptop went off in the middle of a word: what was typed is back, and nobody is mixed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from intake_app.bootstrap import open_office, prepare
from intake_app.paths import resource_dir
from intake_app.services.access import Access
from intake_app.services.conversation import Conversation
from intake_app.services.office import Office
from intake_app.storage.gate import SqlStore, SqlStoreGate
from intake_app.ui import theme
from intake_app.ui.controls.text import TextControl
from intake_app.ui.main_window import MainWindow
from intake_app.ui.pages.conversation import TYPING_BACK, ConversationPage
from intake_app.ui.pages.home import HomePage
from intake_app.ui.widgets.line_entry import PAUSE_MS
from tests.fakes.encrypted import CHEAP, PASSPHRASE
from tests.fakes.places import settle
from tests.services.helps import begun, make_office, ref_of

TYPED = "ik kook graag voor veel"
Opened = Callable[[Path], MainWindow]


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[SqlStore]:
    """A store with two open talks."""
    store = SqlStoreGate(tmp_path / "store", CHEAP).create(PASSPHRASE, "Anna", "site_lead", "counsellor")
    settle(store)
    office = make_office(store)
    for name in ("Truus Verzonnen", "Samira Verzonnen"):
        begun(office, call_name=name)
    yield store
    store.close()


@pytest.fixture
def window(qapp, qtbot: QtBot) -> Iterator[Callable[[SqlStore], MainWindow]]:
    """The window over an open store, on its first page."""
    prepare()
    theme.apply(qapp, resource_dir(), size=theme.TextSize.NORMAL, scheme=theme.Scheme.LIGHT)
    windows: list[MainWindow] = []

    def show(store: SqlStore) -> MainWindow:
        office: Office = replace(open_office(store), send_round=None)
        shown = MainWindow(lambda _: office)
        qtbot.addWidget(shown)
        shown.access, shown.office = Access(SqlStoreGate(Path("nowhere"), CHEAP)), office
        shown.show()
        shown.activateWindow()
        qtbot.waitUntil(shown.isActiveWindow)
        shown.go_home()
        windows.append(shown)
        return shown

    yield show
    for shown in windows:
        shown.talks.let_go()
        shown.close()


def on_the_goal(window: MainWindow, qtbot: QtBot, name: str) -> ConversationPage:
    """Go on with the talk of this person, and to where she types in her own words."""
    assert isinstance(window.page, HomePage)
    button = next(button for button in window.page.talk_buttons if name in button.accessibleName())
    button.click()
    qtbot.waitUntil(lambda: isinstance(window.page, ConversationPage), timeout=15_000)
    page = window.page
    goal = ref_of(page.presenter.conversation, "goal")
    page.presenter.go_to(next(screen.key for screen in page.presenter.conversation.screens() if goal in screen.refs))
    page.show_screen()
    return page


def field_of(page: ConversationPage) -> TextControl:
    return next(control for control in page.controls.values() if isinstance(control, TextControl))


def as_after_a_power_cut(store: SqlStore, folder: Path) -> SqlStore:
    """The files as they stand at this moment, on another disk, opened anew; the first process never ended."""
    database = Path(str(store._engine.url.database)).parent
    shutil.copytree(database, folder, ignore=shutil.ignore_patterns("*-shm", "*.lock"))
    return SqlStoreGate(folder, CHEAP).unlock(PASSPHRASE)


def goal_typed(conversation: Conversation) -> str:
    goal = ref_of(conversation, "goal")
    return conversation.talk.typing.get(goal, "") or conversation.talk.entry.value(goal)


def test_what_was_being_typed_is_back_and_said_and_nobody_is_mixed(
    laptop: SqlStore, window: Callable[[SqlStore], MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    page = on_the_goal(window(laptop), qtbot, "Samira")
    entry = field_of(page).entry
    for letter in TYPED:
        QTest.keyClick(entry, letter, delay=15)
    qtbot.waitUntil(lambda: goal_typed(page.presenter.conversation) == TYPED, timeout=10 * PAUSE_MS)

    store = as_after_a_power_cut(laptop, tmp_path / "after")
    again = window(store)
    page = on_the_goal(again, qtbot, "Samira")
    assert page.recovered.isVisible()
    assert TYPING_BACK in page.recovered.what.pair.spoken
    assert field_of(page).entry.text() == TYPED
    again.talk.left.emit(True)

    page = on_the_goal(again, qtbot, "Truus")
    assert not page.recovered.isVisible()
    assert field_of(page).entry.text() == ""
    again.talk.left.emit(True)

    assert isinstance(again.page, HomePage)
    again.page.begin.click()
    qtbot.waitUntil(lambda: isinstance(again.page, ConversationPage), timeout=15_000)
    talk = again.page.presenter.conversation.talk
    assert not again.page.recovered.isVisible()
    assert (talk.typing, talk.recording, talk.answers.text("call_name"), talk.answers.text("goal")) == (
        {},
        False,
        "",
        "",
    )
    again.talks.let_go()
    again.go_home()
    store.close()


def test_a_letter_waits_less_than_half_a_second_while_somebody_types_on(
    laptop: SqlStore, window: Callable[[SqlStore], MainWindow], qtbot: QtBot
) -> None:
    page = on_the_goal(window(laptop), qtbot, "Samira")
    entry = field_of(page).entry
    kept: list[int] = []
    for letter in TYPED * 2:
        QTest.keyClick(entry, letter, delay=40)
        kept.append(len(goal_typed(page.presenter.conversation)))

    assert PAUSE_MS < 500
    assert len(set(kept)) >= 3
    assert kept[-1] > len(TYPED)
