"""Help on every page, the menu, and keys that are listed because they work."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from intake_app.bootstrap import open_office, prepare
from intake_app.domain.draft import ROLES, Account
from intake_app.domain.ids import AccountId
from intake_app.services.access import Access
from intake_app.ui.keys import Key, keys_of, wordless
from intake_app.ui.main_window import MainWindow
from intake_app.ui.pages.about import AboutPage
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.pages.home import HomePage
from intake_app.ui.pages.menu import MenuPage
from intake_app.ui.pages.people import PeoplePage
from intake_app.ui.pages.settings import SettingsPage
from intake_app.ui.pages.unlock import UnlockPage
from intake_app.ui.places import PLACES, places_for
from intake_app.ui.presenters.help import GENERAL, HELP, help_lines
from tests.fakes.places import settle
from tests.fakes.storage import InMemoryStoreGate

PASSPHRASE = "vier losse woorden samen"


def click(button) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def door(qtbot, shown):
    prepare()
    gate = InMemoryStoreGate()
    store = gate.create(PASSPHRASE, "Anna", "counsellor", "site_lead")
    settle(store)
    store.close()
    made = shown(MainWindow(open_office), 1366, 768)
    made.begin(Access(gate))
    yield made
    made.talks.let_go()
    made.close()


@pytest.fixture
def window(door, qtbot):
    door.page.passphrase.set_text(PASSPHRASE)
    click(door.page.go)
    qtbot.waitUntil(lambda: isinstance(door.page, HomePage), timeout=15000)
    return door


@pytest.fixture
def talking(window, qtbot):
    click(window.page.begin)
    qtbot.waitUntil(lambda: isinstance(window.page, ConversationPage), timeout=15000)
    return window


def press(window: MainWindow, key: Qt.Key, with_keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, with_keys)


def test_f1_lies_over_a_page_and_leaves_what_was_typed(window, qtbot) -> None:
    window.show_place("settings")
    page = window.page
    page.entries["location"].set_text("Bibliotheek Aal")
    qtbot.waitUntil(lambda: page.isVisible() and window.isActiveWindow())
    press(window, Qt.Key.Key_F1)

    assert window.help.page is not None
    assert window.help.page.isVisible()
    press(window, Qt.Key.Key_F1)
    assert window.help.page is None
    assert page.isVisible()
    assert page.entries["location"].text() == "Bibliotheek Aal"


def test_f1_helps_at_the_locked_door_too(door, qtbot) -> None:
    assert isinstance(door.page, UnlockPage)
    qtbot.waitUntil(lambda: door.fingers is not None)
    press(door, Qt.Key.Key_F1)

    assert door.help.page.lines[0] == HELP["UnlockPage"][0]
    assert all(key.words != "Naar de eerste bladzijde" for key in door.help.page.keys)


def test_the_list_names_every_key_that_works_in_a_talk(talking) -> None:
    press(talking, Qt.Key.Key_F1)
    listed = {key.words for key in talking.help.page.keys}

    assert {"Verder", "Hulp bij deze bladzijde, en alle toetsen", "Scherm meteen op slot"} <= listed
    assert any("F12" in key.keys for key in talking.help.page.keys)
    assert wordless(talking.page) == []
    assert wordless(talking) == []


def test_keys_that_lead_elsewhere_are_silent_in_a_talk(talking) -> None:
    press(talking, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    press(talking, Qt.Key.Key_Home, Qt.KeyboardModifier.AltModifier)

    assert isinstance(talking.page, ConversationPage)
    assert "Naar de eerste bladzijde" not in {key.words for key in keys_of(talking)}


def test_the_lock_puts_help_away_and_nothing_of_it_is_left_over(window) -> None:
    press(window, Qt.Key.Key_F1)
    press(window, Qt.Key.Key_F12)

    assert window.locked
    assert window.help.page is None
    assert window.lock.isVisible()


def test_the_menu_leads_everywhere_by_mouse_and_by_key(window, qtbot) -> None:
    click(window.page.menu)
    assert isinstance(window.page, MenuPage)
    assert set(window.page.buttons) == {
        *(place.code for place in places_for(window.office.store.account)), "help", "lock",
    }  # fmt: skip
    window.page.buttons["about"].click()
    assert isinstance(window.page, AboutPage)
    qtbot.waitUntil(lambda: window.page.isVisible() and window.isActiveWindow())
    press(window, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    assert isinstance(window.page, PeoplePage)
    qtbot.waitUntil(window.page.isVisible)
    press(window, Qt.Key.Key_I, Qt.KeyboardModifier.AltModifier)
    assert isinstance(window.page, SettingsPage)
    press(window, Qt.Key.Key_Home, Qt.KeyboardModifier.AltModifier)
    assert isinstance(window.page, HomePage)


def test_every_place_opens(window) -> None:
    for place in PLACES:
        window.show_place(place.code)
        assert not isinstance(window.page, HomePage), place.code
        window.go_home()


def test_the_menu_names_keys_as_the_shortcuts_have_them(window) -> None:
    click(window.page.menu)
    alive = {key.words: key.keys for key in keys_of(window)}
    for place in PLACES:
        if place.keys and place.code in window.page.buttons:
            assert alive[place.words] in window.page.buttons[place.code].accessibleName()


def test_no_two_keys_of_the_window_are_the_same(window) -> None:
    keys = [keys.toString() for action in window.actions() for keys in action.shortcuts()]

    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("role", ROLES)
def test_nobody_is_shown_a_place_that_is_closed_to_them(role: str) -> None:
    codes = {place.code for place in places_for(Account(AccountId("a"), "Anna", (role,)))}

    assert ("people" in codes) == (role in {"counsellor", "specialist"})
    assert ("practice" in codes) == (role != "site_lead")
    assert {"settings", "about", "accounts"} <= codes


def test_a_page_without_help_of_its_own_still_helps() -> None:
    assert help_lines("PageNobodyWroteAbout") == GENERAL


def test_keys_that_do_the_same_stand_together(talking) -> None:
    found = [key for key in keys_of(talking.page) if key.words == "Verder"]

    assert found == [Key("Ctrl + Enter", "Verder")]
    assert QKeySequence("Ctrl+Return") != QKeySequence("Ctrl+Enter")
