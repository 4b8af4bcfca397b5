"""The first page stands before what it tells is read: a large caseload or other work does not hold the window up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from intake_app.services.office import Office
from intake_app.storage.gate import SqlStoreGate
from intake_app.ui.pages.home import HomePage
from intake_app.ui.pages.shared import lane
from intake_app.ui.widgets import TextLabel
from intake_app.ui.widgets.light import Light
from tests.fakes import records
from tests.fakes.encrypted import CHEAP, PASSPHRASE
from tests.fakes.places import settle

PEOPLE, TALKS = 200, 30


@pytest.fixture
def full_office(ready_office: Office, tmp_path: Path) -> Iterator[Office]:
    """Somebody with two hundred people and thirty open talks, in the encrypted store."""
    store = SqlStoreGate(tmp_path / "store", CHEAP).create(PASSPHRASE, "Anna", "site_lead", "counsellor")
    settle(store)
    mine = store.account.account_id
    with store.unit_of_work() as uow:
        for number in range(PEOPLE):
            person = records.participant(f"p-{number}", f"{1000 + number}-2085", f"Naam {number}")
            uow.participants.add(replace(person, account_id=mine))
            if number < TALKS:
                uow.drafts.add(replace(records.header(f"uuid:{number}", f"p-{number}", number), account_id=mine))
        uow.commit()
    yield replace(ready_office, store=store, send_round=None)
    store.close()


@pytest.fixture
def held_up() -> Iterator[Event]:
    """The lane has other work, such as a print, until this is set."""
    free = Event()
    lane().run(lambda: free.wait(30))
    yield free
    free.set()


def page_of(office: Office) -> HomePage:
    return HomePage(office, lambda: ["Balie"])


def words(page: QWidget) -> str:
    return " ".join(label.text() for label in page.findChildren(TextLabel) if label.isVisibleTo(page))


def test_the_page_stands_and_a_talk_can_begin_while_other_work_holds_the_reading_up(
    full_office: Office, held_up: Event, qtbot: QtBot
) -> None:
    page = page_of(full_office)
    qtbot.addWidget(page)
    page.show()
    for _ in range(5):
        QApplication.processEvents()

    assert page.begin.isEnabled()
    assert "De lijst wordt gelezen" in words(page)
    assert "geen open gesprekken" not in words(page)
    assert (page.talk_buttons, page.findChildren(Light), page.grown) == ([], [], False)
    stood = page.send.mapTo(page, page.send.rect().topLeft()).y()
    held_up.set()
    qtbot.waitUntil(lambda: page.grown)
    assert page.send.mapTo(page, page.send.rect().topLeft()).y() == stood
    assert len(page.talk_buttons) == TALKS
    assert f"Naam {TALKS - 1}" in page.talk_buttons[0].accessibleName()
    assert "De lijst wordt gelezen" not in words(page)
    assert page.findChildren(Light)


def test_a_reading_anew_leaves_the_talks_in_sight_until_it_is_there(
    office: Office, shown: Callable[..., QWidget], qtbot: QtBot
) -> None:
    with office.store.unit_of_work() as uow:
        for number in ("1", "2"):
            uow.participants.add(records.participant(f"p-{number}", f"{number}111-2222", "Samira"))
            uow.drafts.add(records.header(f"uuid:{number}", f"p-{number}"))
        uow.commit()
    page = page_of(office)
    shown(page, 1366, 768)
    before = list(page.talk_buttons)
    office.remove_draft(records.header("uuid:1").instance_id)
    page.refresh()

    assert page.talk_buttons == before
    qtbot.waitUntil(lambda: page.grown)
    assert len(page.talk_buttons) == 1


def test_what_cannot_be_read_is_said_and_not_taken_for_nothing(office: Office, held_up: Event, qtbot: QtBot) -> None:
    page = page_of(office)
    qtbot.addWidget(page)
    page.show()
    office.store.close()
    held_up.set()
    qtbot.waitUntil(lambda: page.grown)

    assert page.message.isVisibleTo(page)
    assert "geen open gesprekken" not in words(page)
    assert "De lijst wordt gelezen" not in words(page)


def test_a_page_that_has_gone_is_not_told_what_was_read(office: Office, held_up: Event, qtbot: QtBot) -> None:
    page = page_of(office)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.destroyed):
        page.deleteLater()
    held_up.set()
    qtbot.waitUntil(lambda: not lane().busy)
