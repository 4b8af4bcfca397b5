"""The window after the laptop went off: what was typed is back, nobody is mixed, and one goes on where one was."""

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
from intake_app.services.left_at import left_at
from intake_app.services.office import Office
from intake_app.storage.gate import SqlStore, SqlStoreGate
from intake_app.ui import theme
from intake_app.ui.controls.text import TextControl
from intake_app.ui.main_window import MainWindow
from intake_app.ui.pages.conversation import TYPING_BACK, ConversationPage
from intake_app.ui.pages.home import HomePage
from intake_app.ui.pages.reading_back import ReadingBackPage
from intake_app.ui.talk_flow import REST_MS
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


def go_on_with(window: MainWindow, qtbot: QtBot, name: str) -> ConversationPage:
    """Go on with the talk of this person; first it asks who is there."""
    assert isinstance(window.page, HomePage)
    qtbot.waitUntil(lambda: window.page.grown)
    button = next(button for button in window.page.talk_buttons if name in button.accessibleName())
    button.click()
    qtbot.waitUntil(lambda: isinstance(window.page, ConversationPage), timeout=15_000)
    return window.page


def say_who_is_there(page: ConversationPage) -> None:
    page.take_answer(ref_of(page.presenter.conversation, "alone"), "two_of_us")
    page.go_on()


def on_the_goal(window: MainWindow, qtbot: QtBot, name: str) -> ConversationPage:
    """Go on with the talk of this person, and to where she types in her own words."""
    page = go_on_with(window, qtbot, name)
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


def kept_place(store: SqlStore, window: MainWindow) -> str:
    return left_at(store, window.talk.conversation.talk.instance_id)


def looked_back(window: MainWindow, qtbot: QtBot) -> str:
    """Leave three questions open and look at the first of them once more; gives where that is."""
    page = go_on_with(window, qtbot, "Samira")
    say_who_is_there(page)
    here = page.presenter.key
    for _ in range(3):
        page.skip()
    ahead = page.presenter.place
    for _ in range(3):
        page.go_back()
    assert page.presenter.key == here
    assert page.presenter.place != ahead
    return page.presenter.place


def test_the_talk_goes_on_at_the_screen_where_the_counsellor_was(
    laptop: SqlStore, window: Callable[[SqlStore], MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    before = window(laptop)
    place = looked_back(before, qtbot)
    qtbot.waitUntil(lambda: kept_place(laptop, before) == place, timeout=5 * REST_MS)

    store = as_after_a_power_cut(laptop, tmp_path / "after")
    again = window(store)
    page = go_on_with(again, qtbot, "Samira")
    assert not page.recovered.isVisible()
    say_who_is_there(page)

    assert again.page is page
    assert page.presenter.place == place
    first_open = page.presenter._path.first_open()
    assert first_open is not None
    assert page.presenter.key != first_open.key
    again.talks.let_go()
    again.go_home()
    store.close()


def test_the_laptop_that_goes_off_while_reading_back_goes_on_with_reading_back(
    laptop: SqlStore, window: Callable[[SqlStore], MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    before = window(laptop)
    page = go_on_with(before, qtbot, "Samira")
    say_who_is_there(page)
    page.presenter.read_back()
    page.left.emit(page.presenter.stage)
    assert isinstance(before.page, ReadingBackPage)
    qtbot.waitUntil(lambda: kept_place(laptop, before).startswith("reading_back:"), timeout=5 * REST_MS)

    store = as_after_a_power_cut(laptop, tmp_path / "after")
    again = window(store)
    say_who_is_there(go_on_with(again, qtbot, "Samira"))

    assert isinstance(again.page, ReadingBackPage)
    again.talks.let_go()
    again.go_home()
    store.close()


def test_a_second_power_cut_before_anybody_said_who_is_there_costs_nothing(
    laptop: SqlStore, window: Callable[[SqlStore], MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    before = window(laptop)
    place = looked_back(before, qtbot)
    qtbot.waitUntil(lambda: kept_place(laptop, before) == place, timeout=5 * REST_MS)
    store = as_after_a_power_cut(laptop, tmp_path / "once")
    once = window(store)
    go_on_with(once, qtbot, "Samira")
    once.talk._rest.setInterval(0)
    once.page.show_screen()
    qtbot.waitUntil(lambda: not once.talk._rest.isActive())

    assert kept_place(store, once) == place
    once.talks.let_go()
    once.go_home()
    store.close()


def test_a_step_on_does_not_wait_until_the_place_is_written(
    laptop: SqlStore, window: Callable[[SqlStore], MainWindow], qtbot: QtBot
) -> None:
    shown = window(laptop)
    page = go_on_with(shown, qtbot, "Samira")
    say_who_is_there(page)
    qtbot.waitUntil(lambda: kept_place(laptop, shown) == page.presenter.place, timeout=5 * REST_MS)
    here = page.presenter.place
    page.skip()
    page.go_back()
    before = laptop.turns
    page.go_on()

    assert laptop.turns == before
    assert page.presenter.place != here
    assert kept_place(laptop, shown) == here
    qtbot.waitUntil(lambda: kept_place(laptop, shown) == page.presenter.place, timeout=5 * REST_MS)
