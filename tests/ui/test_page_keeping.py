"""Keeping and erasing, backups, the access log and getting data back, as pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from intake_app.bootstrap import Repairs, back_up
from intake_app.domain.clock import FixedClock
from intake_app.domain.draft import AuditLine
from intake_app.domain.ids import ParticipantId
from intake_app.i18n.bidi import isolate
from intake_app.services import accounts
from intake_app.services.backup import NAME
from intake_app.services.housekeeping import Due, Kind
from intake_app.services.office import Office
from intake_app.storage.gate import SqlStoreGate
from intake_app.ui.housekeeper import Housekeeper
from intake_app.ui.pages.access_log import AccessLogPage
from intake_app.ui.pages.backup import BackupPage
from intake_app.ui.pages.repair import RepairPage
from intake_app.ui.pages.retention import RetentionPage
from intake_app.ui.presenters.keeping import ACTIONS, due_rows
from intake_app.ui.screenshots import settle
from intake_app.ui.widgets import TextLabel
from tests.fakes import records
from tests.fakes.encrypted import CHEAP, PASSPHRASE
from tests.fakes.storage import InMemoryStore
from tests.services.helps import begun, make_office

PATIENCE = 20000


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2027, 3, 1, 9, 30, tzinfo=UTC))


@pytest.fixture
def office(clock: FixedClock) -> Office:
    return make_office(InMemoryStore(), clock)


def words(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(TextLabel))


def test_the_page_tells_what_goes_when_and_clears_when_asked(
    office: Office, clock: FixedClock, shown: Callable[..., QWidget], qtbot: QtBot
) -> None:
    begun(office)
    page = shown(RetentionPage(office), 1366, 768)
    settle(page)
    assert "Niet afgemaakt gesprek" in words(page)
    assert "31 maart 2027" in words(page)
    clock.moment += timedelta(days=31)
    page.clear.click()
    qtbot.waitUntil(lambda: "1 ding is opgeruimd." in page.message.accessibleName() + words(page), timeout=PATIENCE)
    with office.store.unit_of_work() as uow:
        assert uow.participants.list() == ()


def test_a_clock_that_jumped_is_asked_about_and_nothing_can_be_cleared_before(
    office: Office, clock: FixedClock, shown: Callable[..., QWidget]
) -> None:
    with office.store.unit_of_work() as uow:
        uow.settings.set("clock.seen", clock.now().isoformat())
        uow.commit()
    clock.moment += timedelta(days=400)
    page = shown(RetentionPage(office))
    assert page.trust.isVisible()
    assert not page.clear.isEnabled()
    page.trust.click()
    assert not page.trust.isVisible()
    assert page.clear.isEnabled()


def test_the_housekeeper_waits_for_the_end_of_a_talk_and_does_it_once_a_day(
    office: Office, clock: FixedClock, qtbot: QtBot, qapp: QObject
) -> None:
    begun(office)
    clock.moment += timedelta(days=31)
    talking = True
    keeper = Housekeeper(lambda: office, lambda: talking, qapp)
    keeper.look()
    with office.store.unit_of_work() as uow:
        assert len(uow.participants.list()) == 1
    talking = False
    with qtbot.waitSignal(keeper.cleared, timeout=PATIENCE) as told:
        keeper.look()
    assert told.args[0].talks == 1
    with qtbot.assertNotEmitted(keeper.cleared):
        keeper.look()


def test_the_housekeeper_tells_of_a_clock_that_jumped(
    office: Office, clock: FixedClock, qtbot: QtBot, qapp: QObject
) -> None:
    keeper = Housekeeper(lambda: office, lambda: False, qapp)
    keeper.look()
    qtbot.waitUntil(lambda: _seen(office) != "", timeout=PATIENCE)
    clock.moment += timedelta(days=400)
    qtbot.waitUntil(lambda: not keeper._underway, timeout=PATIENCE)
    with qtbot.waitSignal(keeper.doubtful, timeout=PATIENCE) as told:
        keeper.look()
    assert told.args[0].code == "clock_doubtful"


def _seen(office: Office) -> str:
    with office.store.unit_of_work() as uow:
        return uow.settings.get("clock.seen")


def test_the_log_is_shown_with_names_of_staff_and_no_content(office: Office, shown: Callable[..., QWidget]) -> None:
    with office.store.unit_of_work() as uow:
        uow.audit.add(AuditLine(office.clock.now(), office.store.account.account_id, "talk_opened", "uuid:1"))
        uow.commit()
    page = shown(AccessLogPage(office))
    settle(page)
    assert "Anneke: gesprek geopend" in words(page)


@pytest.fixture
def laptop(tmp_path: Path) -> Path:
    store = SqlStoreGate(tmp_path / "data", CHEAP).create(PASSPHRASE, "Anneke", "site_lead", "counsellor")
    with store.unit_of_work() as uow:
        uow.participants.add(records.participant())
        uow.commit()
    store.close()
    return tmp_path / "data"


def test_a_backup_is_made_on_the_stick_and_put_back(
    laptop: Path, tmp_path: Path, shown: Callable[..., QWidget], qtbot: QtBot
) -> None:
    (tmp_path / "stick").mkdir()
    store = SqlStoreGate(laptop, CHEAP).unlock(PASSPHRASE)
    office = make_office(store)
    office.backups = back_up
    page = shown(BackupPage(office, choose_folder=lambda _parent: str(tmp_path / "stick")))
    page.make.click()
    qtbot.waitUntil((tmp_path / "stick" / NAME).exists, timeout=PATIENCE)
    qtbot.waitUntil(lambda: len(page.again) == 1, timeout=PATIENCE)
    store.close()

    (laptop / "intake.db").write_bytes(b"\0" * 9000)
    file = str(tmp_path / "stick" / NAME)
    repair = shown(RepairPage(Repairs(laptop), damaged=True, choose_backup=lambda _parent: file))
    repair.choose.click()
    repair.passphrase.set_text(PASSPHRASE)
    assert repair.restore.isEnabled()
    repair.restore.click()
    with qtbot.waitSignal(repair.finished, timeout=PATIENCE) as told:
        repair.dialog.buttons["yes"].clicked.emit()
    assert told.args == ["1 deelnemer staat er weer."]
    again = SqlStoreGate(laptop, CHEAP).unlock(PASSPHRASE)
    with again.unit_of_work() as uow:
        assert uow.participants.list() == (records.participant(),)
    again.close()


def test_what_is_readable_of_damaged_data_is_saved(laptop: Path, shown: Callable[..., QWidget], qtbot: QtBot) -> None:
    repair = shown(RepairPage(Repairs(laptop), damaged=True))
    repair.passphrase.set_text(PASSPHRASE)
    with qtbot.waitSignal(repair.finished, timeout=PATIENCE) as told:
        repair.salvage.click()
    assert told.args[0].startswith("Alles kon gelezen worden")


def test_another_file_is_refused_with_words(laptop: Path, tmp_path: Path, shown: Callable[..., QWidget]) -> None:
    (tmp_path / "brief.txt").write_text("een brief", encoding="utf-8")
    repair = shown(RepairPage(Repairs(laptop), choose_backup=lambda _parent: str(tmp_path / "brief.txt")))
    repair.choose.click()
    assert not repair.restore.isEnabled()
    assert repair.message.isVisible()


@pytest.mark.parametrize("make", [RetentionPage, BackupPage, AccessLogPage])
def test_a_keyboard_reaches_everything(
    office: Office,
    shown: Callable[..., QWidget],
    keyboard_complaints: Callable[[QWidget], list[str]],
    make: Callable[[Office], QWidget],
) -> None:
    assert keyboard_complaints(shown(make(office), 1366, 768)) == []


def test_with_both_halves_of_the_recovery_key_a_backup_opens_under_a_new_passphrase(
    laptop: Path, tmp_path: Path, shown: Callable[..., QWidget], qtbot: QtBot
) -> None:
    store = SqlStoreGate(laptop, CHEAP).unlock(PASSPHRASE)
    halves = store.staff.new_recovery()
    store.staff.adopt_recovery(halves)
    back_up(store, tmp_path / NAME, records.NOON, 30)
    store.close()
    repair = shown(RepairPage(Repairs(tmp_path / "new"), choose_backup=lambda _parent: str(tmp_path / NAME)))
    repair.choose.click()
    repair.passphrase.set_text("een nieuwe lange zin")
    for entry, half in zip(repair.halves, (halves.a, halves.a), strict=True):
        entry.set_text(half)
    repair.restore.click()
    repair.dialog.buttons["yes"].clicked.emit()
    qtbot.waitUntil(lambda: "erstel" in words(repair.message), timeout=PATIENCE)
    repair.halves[1].set_text(halves.b)
    repair.restore.click()
    with qtbot.waitSignal(repair.finished, timeout=PATIENCE):
        repair.dialog.buttons["yes"].clicked.emit()
    SqlStoreGate(tmp_path / "new", CHEAP).unlock("een nieuwe lange zin").close()


def test_a_number_beside_a_name_from_right_to_left_keeps_its_order(clock: FixedClock) -> None:
    due = Due(Kind.DRAFT, ParticipantId("p-1"), clock.today(), number="9063-9645", call_name="فاطمة")

    assert due_rows([due])[0].title.endswith(f"{isolate('فاطمة')} · 9063-9645")


NOT_OF_THE_LOG = {"follow_up_date", "conflict_open", "conflict_refused"}
"""A question of the form, and two reasons of a refusal."""


def test_every_line_of_the_log_has_its_words(repository: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in (repository / "intake_app").rglob("*.py")]
    lines = [line for text in texts for line in re.findall(r"AuditLine\([^\n]*", text)]
    written = {word for line in lines for word in re.findall(r'"([a-z_]+)"', line)}
    texts = [text for text in texts if "AuditLine(" in text]
    handed_on = {word for text in texts for word in re.findall(r'"((?:follow_up|conflict|suggestion)_[a-z]+)"', text)}
    own = (accounts._ADDED, accounts._RESET, accounts._ENDED, accounts._CHANGED, accounts._HANDED, accounts._BACK)

    assert "talk_recorded" in written
    assert "conflict_settled" in handed_on
    assert written | {*own, accounts._KEY_MADE, accounts._KEY_USED} <= ACTIONS.keys()
    assert handed_on - NOT_OF_THE_LOG <= ACTIONS.keys()
