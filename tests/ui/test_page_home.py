from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.clock import FixedClock
from intake_app.platform.power import Battery
from intake_app.services.office import Office
from intake_app.services.readiness import NO_ROOM
from intake_app.ui.pages.home import HomePage
from intake_app.ui.presenters.home import open_talks, readiness, waiting
from intake_app.ui.widgets.light import Light
from tests.fakes import records
from tests.services.test_people import add_card

Shown = Callable[..., QWidget]


def one_printer() -> list[str]:
    return ["Balie"]


def add_talk(office: Office, name: str, number: str, minutes: int, *, practice: bool = False) -> None:
    participant = records.participant(f"p-{number}", number, name)
    header = replace(records.header(f"uuid:{number}", f"p-{number}", minutes), practice=practice)
    with office.store.unit_of_work() as uow:
        uow.participants.add(participant)
        uow.drafts.add(header)
        uow.commit()


def add_waiting(office: Office, *numbers: int, set_apart: bool = False) -> None:
    with office.store.unit_of_work() as uow:
        uow.participants.add(records.participant())
        for number in numbers:
            item = records.item(f"uuid:item-{number}", minutes=number)
            uow.outbox.add(item)
            uow.outbox.save_attempt(replace(item, set_apart=set_apart))
        uow.commit()


@pytest.fixture
def home(office: Office, shown: Shown) -> Callable[..., HomePage]:
    def show(printers: Callable[[], list[str]] = one_printer) -> HomePage:
        page = HomePage(office, printers)
        shown(page, 1366, 768)
        return page

    return show


def test_the_large_button_begins_a_talk_and_the_other_leads_to_practising(
    qtbot: QtBot, home: Callable[..., HomePage]
) -> None:
    page = home()

    with qtbot.waitSignal(page.talk_requested):
        qtbot.mouseClick(page.begin, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.place_requested) as asked:
        qtbot.mouseClick(page.practise, Qt.MouseButton.LeftButton)

    assert asked.args == ["practice"]
    assert "niets verstuurd" in page.practise.accessibleDescription()


def test_the_large_button_is_by_far_the_largest(home: Callable[..., HomePage]) -> None:
    page = home()

    assert page.begin.height() >= 2 * page.practise.height()


def test_open_talks_stand_newest_first_with_two_marks_each(office: Office, home: Callable[..., HomePage]) -> None:
    add_talk(office, "Fatima", "1111-2222", 0)
    add_talk(office, "Fatima", "3333-4444", 60, practice=True)

    names = [button.accessibleName() for button in home().talk_buttons]

    assert "3333-4444" in names[0]
    assert "oefening" in names[0]
    assert "1111-2222" in names[1]
    assert "oefening" not in names[1]
    assert all("Fatima" in name and "laatst bewaard" in name for name in names)


def test_an_open_talk_is_gone_on_with_by_its_id(qtbot: QtBot, office: Office, home: Callable[..., HomePage]) -> None:
    add_talk(office, "Samira", "1111-2222", 0)
    page = home()

    with qtbot.waitSignal(page.draft_requested) as asked:
        qtbot.keyClick(page.talk_buttons[0], Qt.Key.Key_Return)

    assert asked.args == ["uuid:1111-2222"]


def test_a_talk_without_a_name_is_still_to_be_found(office: Office) -> None:
    add_talk(office, "", "1111-2222", 0)

    talk = open_talks(office.open_drafts())[0]

    assert talk.title == "Nog geen naam"
    assert "1111-2222" in talk.detail


def test_refresh_shows_what_changed(office: Office, home: Callable[..., HomePage], qtbot: QtBot) -> None:
    page = home()
    before = len(page.talk_buttons)
    add_talk(office, "Samira", "1111-2222", 0)

    page.refresh()
    qtbot.waitUntil(lambda: page.grown)

    assert (before, len(page.talk_buttons)) == (0, 1)


@pytest.mark.parametrize(
    ("words", "signal", "told"),
    [
        ("Menu", "place_requested", ["menu"]),
        ("Hulp", "help_requested", []),
        ("Op slot", "lock_requested", []),
        ("Versturen", "place_requested", ["send"]),
    ],
)
def test_every_other_button_leads_where_it_says(
    qtbot: QtBot, home: Callable[..., HomePage], words: str, signal: str, told: list[str]
) -> None:
    page = home()
    button = next(one for one in page.findChildren(QWidget) if one.accessibleName() == words and hasattr(one, "click"))

    with qtbot.waitSignal(getattr(page, signal)) as asked:
        button.click()

    assert asked.args == told


def test_what_waits_is_counted(office: Office) -> None:
    add_waiting(office, 1, 2, 3)
    office.clock = FixedClock(records.NOON + timedelta(days=1))

    assert waiting(office).count == 3
    assert not waiting(office).too_long


def test_two_weeks_of_waiting_is_too_long(office: Office) -> None:
    add_waiting(office, 1)
    office.clock = FixedClock(records.NOON + timedelta(days=15))

    assert waiting(office).too_long


def test_records_set_apart_ask_for_help(office: Office, home: Callable[..., HomePage]) -> None:
    add_waiting(office, 1, 2, set_apart=True)

    assert "2 vragen uw hulp." in home()._waiting_more.text()


def test_a_missing_printer_is_a_warning_that_says_what_can_still_be_done(office: Office, tmp_path: Path) -> None:
    lights = {light.name: light for light in readiness(office, [], tmp_path)}

    assert lights["Printer"].kind == "warning"
    assert "PDF" in lights["Printer"].detail


def test_what_needs_a_person_comes_first(office: Office, tmp_path: Path) -> None:
    kinds = [light.kind for light in readiness(office, [], tmp_path)]

    assert kinds == sorted(kinds, key=["error", "warning", "info", "good"].index)
    assert kinds[0] == "warning"


def test_unreviewed_languages_are_named(office: Office, tmp_path: Path) -> None:
    talen = next(light for light in readiness(office, one_printer(), tmp_path) if light.name == "Talen")

    assert "nog niet nagekeken" in talen.detail
    assert "Arabisch" in talen.detail


def test_a_full_disk_is_told_before_a_talk_begins(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _path: type("Usage", (), {"free": NO_ROOM - 1})())

    assert readiness(office, one_printer(), tmp_path)[0].kind == "error"


@pytest.mark.parametrize(
    ("battery", "kind", "words"),
    [
        (Battery(18, plugged=False), "warning", "18%. Doe de stekker in het stopcontact."),
        (Battery(18, plugged=True), "good", "18%, de stekker zit erin."),
        (Battery(80, plugged=False), "good", "80%"),
    ],
)
def test_a_battery_that_runs_low_says_what_to_do(
    office: Office, tmp_path: Path, battery: Battery, kind: str, words: str
) -> None:
    lights = {light.name: light for light in readiness(office, one_printer(), tmp_path, battery)}

    assert (lights["Accu"].kind, lights["Accu"].detail) == (kind, words)


def test_a_computer_without_a_battery_says_nothing_of_it(office: Office, tmp_path: Path) -> None:
    assert "Accu" not in {light.name for light in readiness(office, one_printer(), tmp_path)}


def test_the_battery_is_read_when_the_page_shows_its_lights(office: Office, shown: Shown, qtbot: QtBot) -> None:
    page = HomePage(office, one_printer, battery=lambda: Battery(12, plugged=False))
    shown(page, 1366, 768)
    qtbot.waitUntil(lambda: any("Accu: 12%" in light.accessibleName() for light in page.findChildren(Light)))


def test_a_light_is_more_than_a_colour(home: Callable[..., HomePage], qtbot: QtBot) -> None:
    page = home()
    qtbot.waitUntil(lambda: bool(page.findChildren(Light)))

    assert all(light.accessibleName().count(":") >= 1 for light in page.findChildren(Light))


def test_no_button_has_the_keyboard_when_the_page_opens(home: Callable[..., HomePage], qtbot: QtBot) -> None:
    page = home()
    qtbot.waitUntil(page.focus_start.hasFocus)

    qtbot.keyClick(page.focus_start, Qt.Key.Key_Tab)

    assert page.begin.hasFocus()
    assert page.begin.shows_focus


def test_everything_on_the_page_is_in_reach(
    office: Office, home: Callable[..., HomePage], keyboard_complaints: Callable[[QWidget], list[str]]
) -> None:
    add_talk(office, "Samira", "1111-2222", 0)

    assert keyboard_complaints(home()) == []


def test_whom_to_call_today_is_one_row_and_only_when_there_is_somebody(
    office: Office, home: Callable[..., HomePage], qtbot: QtBot
) -> None:
    page = home()
    assert page.calls is None
    add_card(office.store, "4711-2085", "Fatima", office.clock.today())
    page.refresh()
    qtbot.waitUntil(lambda: page.grown)

    assert page.calls is not None
    assert "Vandaag bellen: 1 persoon" in page.calls.accessibleName()
    with qtbot.waitSignal(page.place_requested) as asked:
        qtbot.mouseClick(page.calls, Qt.MouseButton.LeftButton)
    assert asked.args == ["calls"]


def test_what_waits_to_be_sent_is_in_sight_without_scrolling(home: Callable[..., HomePage]) -> None:
    page = home()

    assert page.send.mapTo(page, page.send.rect().bottomLeft()).y() < page.height()
