"""After a backup was put back the window says who was erased again, and what nobody on this laptop can know."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from intake_app.bootstrap import Repairs
from intake_app.domain.account import VOLUNTEER, Account
from intake_app.domain.backup import ERASED_AGAIN, NOT_COVERED
from intake_app.domain.ids import AccountId
from intake_app.services.backup import NAME
from intake_app.services.erasures import after_restore
from intake_app.services.installation import ServerSettings, write_server
from intake_app.services.office import Office
from intake_app.storage.backup import make_backup
from intake_app.storage.gate import SqlStoreGate
from intake_app.ui.pages.home import HomePage
from intake_app.ui.pages.repair import RepairPage
from intake_app.ui.presenters.send import standing
from intake_app.ui.widgets import MessageBar, SecondaryButton, TextLabel
from tests.fakes import records
from tests.fakes.encrypted import CHEAP, PASSPHRASE
from tests.fakes.storage import InMemoryStore
from tests.services.helps import make_office

PATIENCE = 20000
Shown = Callable[..., QWidget]


def words(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(TextLabel) if label.isVisible())


def bars(page: HomePage) -> list[MessageBar]:
    return [bar for bar in page._above.findChildren(MessageBar) if bar.isVisible()]


def tell(office: Office, name: str, value: object) -> None:
    with office.store.unit_of_work() as uow:
        uow.settings.set(name, json.dumps(value))
        uow.commit()


def not_known(office: Office) -> None:
    tell(office, NOT_COVERED, [(records.NOON + timedelta(days=day)).isoformat() for day in (0, 9)])
    office.valve.unsure = True


def press(bar: MessageBar) -> None:
    bar.findChild(SecondaryButton).click()


def test_the_first_page_says_what_has_to_be_looked_up_until_somebody_did(
    office: Office, shown: Shown, qtbot: QtBot, keyboard_complaints: Callable[[QWidget], list[str]]
) -> None:
    not_known(office)
    home = shown(HomePage(office, list), 1366, 768)
    (bar,) = bars(home)
    assert "2 mrt 2026" in words(bar)
    assert "11 mrt 2026" in words(bar)
    assert "bewijzen van wissen" in words(bar)
    assert keyboard_complaints(home) == []
    press(bar)
    qtbot.waitUntil(lambda: bars(home) == [], timeout=PATIENCE)
    assert after_restore(office.store).not_covered is None
    assert not office.valve.closed()


def test_a_volunteer_hears_who_looks_it_up(shown: Shown) -> None:
    office = make_office(InMemoryStore(Account(AccountId("account-2"), "Vera", (VOLUNTEER,))))
    not_known(office)
    tell(office, ERASED_AGAIN, [1, 1])
    home = shown(HomePage(office, list), 1366, 768)
    told = [words(bar) for bar in bars(home)]
    assert any("De coördinator of een begeleider zoekt dit op." in each for each in told)
    assert not any("opnieuw gewist" in each for each in told)
    assert [bar for bar in bars(home) if bar.findChild(SecondaryButton) is not None] == []


@pytest.mark.parametrize(
    ("again", "told", "asked"),
    [
        ([1, 0], "Na het terugzetten is 1 persoon opnieuw gewist.", False),
        ([2, 1], "Na het terugzetten zijn 2 mensen opnieuw gewist.", True),
        ([0, 1], "Het Werkcentrum krijgt het verzoek om te wissen opnieuw.", True),
    ],
)
def test_the_first_page_tells_once_who_was_erased_again_and_what_is_asked_again(
    office: Office, shown: Shown, qtbot: QtBot, again: list[int], told: str, asked: bool
) -> None:
    tell(office, ERASED_AGAIN, again)
    home = shown(HomePage(office, list), 1366, 768)
    (bar,) = bars(home)
    assert told in words(bar)
    assert ("Het Werkcentrum krijgt het verzoek" in words(bar)) is asked
    press(bar)
    qtbot.waitUntil(lambda: bars(home) == [], timeout=PATIENCE)
    assert after_restore(office.store).people == 0


def test_putting_back_on_another_laptop_tells_before_and_after_what_it_cannot_know(
    shown: Shown, qtbot: QtBot, tmp_path: Path
) -> None:
    store = SqlStoreGate(tmp_path / "old", CHEAP).create(PASSPHRASE, "Anneke", "site_lead", "counsellor")
    make_backup(store.unit_of_work(), tmp_path / NAME, records.NOON, 30)
    store.close()
    repair = shown(RepairPage(Repairs(tmp_path / "new"), choose_backup=lambda _parent: str(tmp_path / NAME)))
    repair.choose.click()
    unknown = "Deze laptop weet niet wie er gewist is na"
    assert unknown in words(repair.message)
    assert "2 mrt 2026" in words(repair.message)
    assert "bewijzen van wissen" in words(repair.message)
    repair.passphrase.set_text(PASSPHRASE)
    repair.restore.click()
    with qtbot.waitSignal(repair.finished, timeout=PATIENCE) as told:
        repair.dialog.buttons["yes"].clicked.emit()
    assert unknown in told.args[0]


def test_putting_back_on_the_same_laptop_has_nothing_to_look_up(shown: Shown, qtbot: QtBot, tmp_path: Path) -> None:
    store = SqlStoreGate(tmp_path / "old", CHEAP).create(PASSPHRASE, "Anneke", "site_lead", "counsellor")
    with store.unit_of_work() as uow:
        uow.participants.add(records.participant())
        uow.commit()
    make_backup(store.unit_of_work(), tmp_path / NAME, records.NOON, 30)
    with store.unit_of_work() as uow:
        uow.rights.ask(records.lasting_request())
        uow.participants.erase(records.participant().participant_id, records.NOON + timedelta(days=1))
        uow.commit()
    store.close()
    repair = shown(RepairPage(Repairs(tmp_path / "old"), choose_backup=lambda _parent: str(tmp_path / NAME)))
    repair.choose.click()
    assert not repair.message.isVisible()
    repair.passphrase.set_text(PASSPHRASE)
    repair.restore.click()
    with qtbot.waitSignal(repair.finished, timeout=PATIENCE) as told:
        repair.dialog.buttons["yes"].clicked.emit()
    assert told.args[0] == (
        "0 deelnemers staan er weer. 1 is meteen weer gewist. Het Werkcentrum krijgt het verzoek om te wissen opnieuw."
    )


def test_the_page_of_sending_says_why_nothing_leaves(office: Office) -> None:
    write_server(office.store, ServerSettings("http://localhost:1", "x"))
    assert not any("reservekopie" in one.name for one in standing(office))
    office.valve.unsure = True
    assert any("reservekopie" in one.name for one in standing(office))
