"""The page of the connection: a code, an image or the two fields; trying; keeping; one project at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from intake_app.central import Connector
from intake_app.domain.clock import SystemClock
from intake_app.services.installation import ServerSettings, read_server, write_server
from intake_app.services.office import Office
from intake_app.sync.trial_receiver import TrialReceiver
from intake_app.ui.pages.connect import ConnectPage
from intake_app.ui.pages.shared import lane
from tests.fakes import records
from tests.sync.test_settings_code import SETTINGS, TOKEN, code, picture

Shown = Callable[..., QWidget]
ADDRESS = "https://central.example.org/v1/projects/7"


@pytest.fixture
def connected(office: Office) -> Office:
    office.connector = Connector(SystemClock())
    return office


@pytest.fixture
def receiver() -> Iterator[TrialReceiver]:
    with TrialReceiver() as receiver:
        yield receiver


def words_on(page: QWidget) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def test_a_pasted_code_fills_the_fields_and_the_token_stays_hidden(connected: Office, shown: Shown) -> None:
    page = ConnectPage(connected)
    shown(page)
    page.code.setText(code(SETTINGS))
    page.read.click()

    assert (page.address.text(), page.token.text()) == (ADDRESS, TOKEN)
    assert page.token.entry.echoMode() == QLineEdit.EchoMode.Password
    assert "Winterswijk" in page.message.what.pair.dutch
    assert page.code.text() == ""
    assert not read_server(connected.store).configured
    page.keep.click()
    assert (read_server(connected.store).address, read_server(connected.store).token) == (ADDRESS, TOKEN)


def test_an_image_with_the_code_does_the_same(connected: Office, shown: Shown, tmp_path: Path) -> None:
    (tmp_path / "code.png").write_bytes(picture(code(SETTINGS)))
    page = ConnectPage(connected, choose_image=lambda _page: str(tmp_path / "code.png"))
    shown(page)
    page.image.click()

    assert (page.address.text(), page.token.text()) == (ADDRESS, TOKEN)


@pytest.mark.parametrize("name", ["nothing.png", ""])
def test_an_image_that_is_not_there_changes_nothing(connected: Office, shown: Shown, tmp_path: Path, name: str) -> None:
    page = ConnectPage(connected, choose_image=lambda _page: str(tmp_path / name) if name else "")
    shown(page)
    page.image.click()

    assert page.address.text() == ""


def test_trying_says_line_by_line_what_works(
    connected: Office, shown: Shown, qtbot: QtBot, receiver: TrialReceiver
) -> None:
    page = ConnectPage(connected)
    shown(page)
    page.address.setText(receiver.base_url)
    page.token.entry.setText(receiver.token)
    page.try_it.click()
    qtbot.waitUntil(lambda: not lane().busy)
    QApplication.processEvents()

    told = words_on(page)
    assert "De verbinding werkt." in told
    assert "De server kent deze laptop." in told
    assert "Of er verslagen in mogen, blijkt pas bij het eerste verslag." in told
    assert receiver.received == ()
    assert not read_server(connected.store).configured


def test_a_wrong_code_is_told_on_its_line(
    connected: Office, shown: Shown, qtbot: QtBot, receiver: TrialReceiver
) -> None:
    page = ConnectPage(connected)
    shown(page)
    page.address.setText(receiver.base_url)
    page.token.entry.setText("b" * 64)
    page.try_it.click()
    qtbot.waitUntil(lambda: not lane().busy)
    QApplication.processEvents()

    told = words_on(page)
    assert "De verbinding werkt nog niet." in told
    assert "De server antwoordt en spreekt onze taal." in told
    assert "De server kent deze laptop niet meer" in told
    assert "Niet geprobeerd." in told


@pytest.mark.parametrize(("address", "token"), [("http://central.example.org/v1/projects/7", TOKEN), (ADDRESS, "")])
def test_what_may_not_be_used_is_not_kept(connected: Office, shown: Shown, address: str, token: str) -> None:
    page = ConnectPage(connected)
    shown(page)
    page.address.setText(address)
    page.token.entry.setText(token)
    page.keep.click()

    assert page.message.what.pair.dutch.startswith("Dit adres van de server kan niet gebruikt worden")
    assert not read_server(connected.store).configured


def test_another_project_is_refused_while_records_wait_for_this_one(connected: Office, shown: Shown) -> None:
    write_server(connected.store, ServerSettings(ADDRESS, TOKEN))
    with connected.store.unit_of_work() as uow:
        uow.participants.add(records.participant())
        uow.outbox.add(records.item())
        uow.commit()
    page = ConnectPage(connected)
    shown(page)
    page.address.setText("https://central.example.org/v1/projects/8")
    page.keep.click()

    assert page.message.what.pair.dutch == "Nog te versturen voor het project van nu: 1."
    assert read_server(connected.store).address == ADDRESS
    page.address.setText(ADDRESS)
    page.token.entry.setText("c" * 64)
    page.keep.click()
    assert read_server(connected.store).token == "c" * 64


def test_sending_during_a_talk_is_a_choice_that_is_kept(connected: Office, shown: Shown) -> None:
    page = ConnectPage(connected)
    shown(page)
    page.during.card("yes").click()

    assert connected.valve.during_talks
    again = ConnectPage(connected)
    assert again.during.values() == ["yes"]


def test_everything_on_the_page_is_in_reach(
    connected: Office, shown: Shown, keyboard_complaints: Callable[[QWidget], list[str]]
) -> None:
    page = ConnectPage(connected)
    shown(page)

    assert keyboard_complaints(page) == []
