"""Colleagues and access on screen: everybody the own passphrase, the site lead those of others, no guest by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel, QWidget

from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import ParticipantId
from intake_app.errors import WrongPassphrase
from intake_app.services.accounts import Accounts
from intake_app.storage.gate import SqlStore, SqlStoreGate
from intake_app.ui.pages.account_forms import (
    AddPage,
    BringBackPage,
    ChangePassphrasePage,
    EndPage,
    FormPage,
    HandOverPage,
    ResetPage,
)
from intake_app.ui.pages.accounts import AccountsPage
from intake_app.ui.pages.new_passphrase import NewPassphrase
from intake_app.ui.pages.recovery_key import RecoveryKeyPage
from intake_app.ui.presenters.recovery import in_two_lines, last_group, sheet
from intake_app.ui.printing import PrintWays
from tests.fakes import records
from tests.fakes.encrypted import CHEAP, PASSPHRASE
from tests.services.helps import MORNING

BERT, NEW = "bert zijn lange zin", "een hele nieuwe zin"


@pytest.fixture
def gate(tmp_path: Path) -> SqlStoreGate:
    return SqlStoreGate(tmp_path / "data", CHEAP)


@pytest.fixture
def accounts(gate: SqlStoreGate) -> Iterator[Accounts]:
    store = gate.create(PASSPHRASE, "Anna", "site_lead", "counsellor")
    yield Accounts(store, FixedClock(MORNING))
    store.close()


@pytest.fixture
def bert(accounts: Accounts):
    """Bert guides one person."""
    account = accounts.add(BERT, "Bert", ("counsellor",))
    with accounts.store.unit_of_work() as uow:
        uow.participants.add(records.participant())
        uow.commit()
    accounts.hand_over([ParticipantId("p-1")], account.account_id)
    return accounts.members()[1]


def words(page: QWidget) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def fill(new: NewPassphrase, passphrase: str = NEW) -> None:
    new.first.set_text(passphrase)
    new.second.set_text(passphrase)


def press(qtbot, page: FormPage) -> str:
    with qtbot.waitSignal(page.done) as told:
        qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)
    return told.args[0]


def test_the_site_lead_sees_who_works_here_with_counts_and_no_names_of_guests(accounts, bert, shown) -> None:
    page = shown(AccountsPage(accounts), 1366, 768)

    told = words(page)
    assert "Bert" in told
    assert "Begeleider · 1 deelnemer" in told
    assert "Samira" not in told
    assert set(page.buttons) == {"reset Bert", "end Bert"}


def test_everybody_else_sees_the_own_access_only(accounts, bert, gate, shown) -> None:
    accounts.store.close()
    store = gate.unlock(BERT)
    page = shown(AccountsPage(Accounts(store, FixedClock(MORNING))), 1366, 768)

    assert "Anna" not in words(page)
    assert page.buttons == {}
    assert page.change.isVisible()
    store.close()


def test_a_colleague_is_added(accounts, qtbot, shown, gate) -> None:
    page = shown(AddPage(accounts), 1366, 768)
    page.submit()
    assert [name for name, field in page.fields.items() if field.wrong.text()] == ["name", "role", "passphrase"]
    page.name.set_text("Carla")
    page.role.card("volunteer").click()
    fill(page.new)

    assert press(qtbot, page) == "Carla kan nu inloggen op deze laptop."
    assert page.new.text() == ""
    assert accounts.members()[1].account.roles == ("volunteer",)


def test_a_passphrase_of_a_colleague_is_not_taken_twice(accounts, bert, qtbot, shown) -> None:
    page = shown(AddPage(accounts), 1366, 768)
    page.name.set_text("Carla")
    page.role.card("volunteer").click()
    fill(page.new, BERT)
    qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: bool(page.message.what.pair.dutch))
    assert page.message.what.pair.dutch == "Deze wachtzin kan niet gebruikt worden."


def test_the_own_passphrase_is_changed(accounts, qtbot, shown, gate) -> None:
    page = shown(ChangePassphrasePage(accounts), 1366, 768)
    page.old.set_text(PASSPHRASE)
    fill(page.new)

    assert press(qtbot, page).startswith("Uw wachtzin is veranderd")
    assert gate.verify(NEW).name == "Anna"
    with pytest.raises(WrongPassphrase):
        gate.verify(PASSPHRASE)


def test_a_reset_says_what_becomes_of_the_people_and_they_can_be_brought_back(
    accounts, bert, qtbot, shown, gate
) -> None:
    page = shown(ResetPage(accounts, bert), 1366, 768)
    assert "1 deelnemer" in words(page)
    fill(page.new)

    assert "met een lege lijst" in press(qtbot, page)
    line = shown(AccountsPage(accounts), 1366, 768)
    assert "1 op slot" in words(line)
    assert "back Bert" in line.buttons
    accounts.store.close()
    store = gate.unlock(NEW)
    own = shown(BringBackPage(Accounts(store, FixedClock(MORNING))), 1366, 768)
    own.old.set_text(BERT)
    assert press(qtbot, own) == "1 deelnemer is terug."
    store.close()


def test_the_recovery_key_brings_a_colleagues_people_back(accounts, bert, qtbot, shown, gate) -> None:
    halves = accounts.new_recovery_key()
    accounts.adopt_recovery_key(halves)
    accounts.store.close()
    gate.unlock(BERT).close()
    lead = Accounts(gate.unlock(PASSPHRASE), FixedClock(MORNING))
    lead.reset(bert.account.account_id, NEW)
    page = shown(BringBackPage(lead, lead.members()[1]), 1366, 768)
    page.halves.a.setText(halves.a)
    page.halves.b.setText(halves.b)

    assert press(qtbot, page) == "1 deelnemer is terug."
    lead.store.close()


def test_an_account_with_people_ends_only_with_the_key_or_an_own_hand_over(accounts, bert, qtbot, shown) -> None:
    page = shown(EndPage(accounts, bert), 1366, 768)
    page.heir.cards[0].click()
    qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: bool(page.message.what.pair.dutch))
    assert "die zijn op slot" in page.message.what.pair.dutch
    assert len(accounts.members()) == 2


def test_a_caseload_is_handed_over_to_a_colleague(accounts, bert, qtbot, shown, gate) -> None:
    accounts.store.close()
    store = gate.unlock(BERT)
    page = shown(HandOverPage(Accounts(store, FixedClock(MORNING))), 1366, 768)
    page.heir.cards[0].click()

    assert press(qtbot, page) == "1 deelnemer is overgedragen."
    store.close()
    assert isinstance(store, SqlStore)


# ------------------------------------------------------------------ the recovery key
def key_page(accounts: Accounts, **doors) -> RecoveryKeyPage:
    return RecoveryKeyPage(accounts, "Bibliotheek Groenlo", **doors)


def test_the_halves_are_shown_one_by_one_and_count_only_when_both_are_on_paper(accounts, qtbot, shown) -> None:
    page = shown(key_page(accounts), 1366, 768)
    assert page.halves.a[:5] not in words(page)
    qtbot.mouseClick(page.shows["a"], Qt.MouseButton.LeftButton)
    assert page.codes["a"].text() == in_two_lines(page.halves.a)
    assert page.halves.b[:5] not in words(page)

    page.checks["a"].set_text(last_group(page.halves.a).lower())
    qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)
    assert not accounts.has_recovery_key()
    assert page._fields["b"].wrong.text() != ""
    page.checks["b"].set_text(last_group(page.halves.b))
    with qtbot.waitSignal(page.done):
        qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)
    assert accounts.has_recovery_key()
    assert page.halves.a[:5] not in words(page)


def test_a_half_goes_straight_to_the_printer(accounts, qtbot, shown, tmp_path) -> None:
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "as if on paper.pdf"))
    page = shown(
        key_page(accounts, ways=PrintWays(choose_printer=lambda _parent: printer, printers=lambda: ["one"])), 1366, 768
    )
    qtbot.mouseClick(page.prints["b"], Qt.MouseButton.LeftButton)

    assert (tmp_path / "as if on paper.pdf").read_bytes().startswith(b"%PDF")
    assert page.message.kind.value == "good"


def test_without_a_printer_it_says_to_write_them_down(accounts, qtbot, shown) -> None:
    page = shown(key_page(accounts, ways=PrintWays(printers=list)), 1366, 768)
    qtbot.mouseClick(page.prints["a"], Qt.MouseButton.LeftButton)

    assert "schrijf" in page.message.what_to_do.pair.dutch


def test_the_sheet_holds_one_half_its_keeper_and_the_day(accounts) -> None:
    halves = accounts.new_recovery_key()
    document = QTextDocument()
    document.setHtml(sheet("a", halves.a, "Bibliotheek Groenlo", MORNING.date()))
    paper = " ".join(document.toPlainText().replace("\u00a0", " ").split())

    assert halves.a in paper
    assert halves.b not in paper
    assert "voor het Werkcentrum" in paper
    assert "Bibliotheek Groenlo · maandag 1 maart 2027" in paper


@pytest.mark.parametrize("kind", ["accounts", "add", "change", "reset", "end", "hand over", "key"])
def test_everything_is_in_reach(accounts, bert, shown, keyboard_complaints, kind) -> None:
    made = {
        "accounts": lambda: AccountsPage(accounts),
        "add": lambda: AddPage(accounts),
        "change": lambda: ChangePassphrasePage(accounts),
        "reset": lambda: ResetPage(accounts, bert),
        "end": lambda: EndPage(accounts, bert),
        "hand over": lambda: HandOverPage(accounts),
        "key": lambda: key_page(accounts),
    }
    assert keyboard_complaints(shown(made[kind](), 1366, 768)) == []
