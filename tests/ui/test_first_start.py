"""The first start step by step, and what the window remembers for whom."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from intake_app.bootstrap import open_office, prepare
from intake_app.services.access import Access
from intake_app.services.installation import missing_settings, read_installation
from intake_app.ui import theme
from intake_app.ui.main_window import MainWindow
from intake_app.ui.pages.first_access import FirstAccessPage
from intake_app.ui.pages.first_start import PlaceStepPage, ReadyPage, WelcomePage
from intake_app.ui.pages.home import HomePage
from intake_app.ui.pages.practice import PracticePage
from intake_app.ui.presenters.first_start import STEPS, step_title
from intake_app.ui.presenters.settings import Look, read_look, write_look
from tests.fakes.places import settle
from tests.fakes.storage import InMemoryStore, InMemoryStoreGate

PASSPHRASE = "vier losse woorden samen"


def click(button) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def fresh(qtbot, shown):
    """The window at its very first start, past the welcome and the access, where the place is asked."""
    prepare()
    window = shown(MainWindow(open_office), 1366, 768)
    window.begin(Access(InMemoryStoreGate()))
    yield window
    window.close()


def make_access(window: MainWindow, qtbot) -> None:
    click(window.page.go)
    assert isinstance(window.page, FirstAccessPage)
    window.page.name.set_text("Anna")
    window.page.passphrase.set_text(PASSPHRASE)
    window.page.again.set_text(PASSPHRASE)
    click(window.page.go)
    qtbot.waitUntil(lambda: window.office is not None, timeout=15000)


def test_letters_chosen_before_there_is_an_account_stay_with_the_account(fresh, qtbot) -> None:
    assert isinstance(fresh.page, WelcomePage)
    fresh.page.looks.sizes.card("larger").click()
    assert theme.tokens().size is theme.TextSize.LARGER
    make_access(fresh, qtbot)

    assert read_look(fresh.office.store).size is theme.TextSize.LARGER


def test_the_steps_lead_to_practising_and_the_place_may_wait(fresh, qtbot) -> None:
    make_access(fresh, qtbot)
    click(fresh.page.put_off)
    assert isinstance(fresh.page, PlaceStepPage)
    click(fresh.page.later)
    assert isinstance(fresh.page, ReadyPage)
    click(fresh.page.first)

    assert isinstance(fresh.page, PracticePage)


def test_what_is_told_of_the_place_is_kept(fresh, qtbot) -> None:
    make_access(fresh, qtbot)
    click(fresh.page.put_off)
    fresh.page.entries["location"].set_text(" Bibliotheek Groenlo ")
    fresh.page.basis.card("consent").click()
    click(fresh.page.go)

    assert read_installation(fresh.office.store).location == "Bibliotheek Groenlo"
    assert "legal_basis" not in missing_settings(fresh.office.store)
    assert "phone" in missing_settings(fresh.office.store)


def test_every_step_says_which_it_is() -> None:
    titles = [step_title(step) for step in STEPS]

    assert titles[0] == "Stap 1 van 5: Welkom"
    assert len(set(titles)) == 5


def come_in(window: MainWindow, qtbot, name: str) -> None:
    if window.page.who is not None:
        next(card for card in window.page.who.cards if name in card.accessibleName()).click()
    window.page.passphrase.set_text(f"{PASSPHRASE} {name}")
    click(window.page.go)
    qtbot.waitUntil(lambda: isinstance(window.page, HomePage), timeout=15000)


@pytest.fixture
def gate():
    gate = InMemoryStoreGate()
    store = gate.create(f"{PASSPHRASE} Anna", "Anna", "counsellor", "site_lead")
    settle(store)
    store.close()
    return gate


def test_letters_and_size_come_back_for_who_chose_them_and_the_door_is_as_it_was(gate, qtbot, shown, tmp_path) -> None:
    prepare()
    file = tmp_path / "window.json"
    window = shown(MainWindow(open_office, remembered=file), 1366, 768)
    window.begin(Access(gate))
    come_in(window, qtbot, "Anna")
    write_look(window.office.store, Look(theme.TextSize.LARGE, scheme=theme.Scheme.CONTRAST))
    window.go_home()
    assert theme.tokens().high_contrast
    window.resize(1200, 700)
    window.leave_office()
    told = json.loads(file.read_text(encoding="utf-8"))
    assert told == {"text_size": "large", "colours": "contrast", "width": 1200, "height": 700}

    again = shown(MainWindow(open_office, remembered=file), 1000, 640)
    again.memory.at_the_door()
    assert theme.tokens().high_contrast
    assert again.size().width() == 1200
    again.resize(1000, 650)
    again.begin(Access(gate))
    come_in(again, qtbot, "Anna")
    assert (again.width(), again.height()) == (1200, 700)
    again.close()
    window.close()


def test_a_file_that_somebody_spoiled_does_no_harm(gate, shown, tmp_path) -> None:
    file = tmp_path / "window.json"
    for spoiled in ("{", "[]", '{"text_size": 7, "width": "wide"}'):
        file.write_text(spoiled, encoding="utf-8")
        window = shown(MainWindow(open_office, remembered=file), 1100, 700)
        window.memory.at_the_door()
        assert theme.tokens().size is theme.TextSize.NORMAL
        window.close()


def test_two_colleagues_each_have_their_own_letters() -> None:
    store = InMemoryStore()
    write_look(store, Look(theme.TextSize.LARGEST, scheme=theme.Scheme.CONTRAST))
    store.account = store.account.__class__("somebody-else", "Bea", ("volunteer",))

    assert read_look(store) == Look()
