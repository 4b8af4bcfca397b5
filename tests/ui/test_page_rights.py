"""The page of rights: in both languages, asked twice, and what follows goes on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.consent import ConsentCode
from intake_app.domain.draft import ROLES, Account
from intake_app.domain.ids import AccountId, ParticipantId
from intake_app.domain.letters import ERASED, DataCopy, RightsReceipt, WithdrawalSheet
from intake_app.services.access import Access
from intake_app.services.office import Office
from intake_app.services.people import list_people
from intake_app.services.rights import erase_person
from intake_app.ui.main_window import MainWindow
from intake_app.ui.pages.data_wish import DataWishPage
from intake_app.ui.pages.identify import IdentifyPage
from intake_app.ui.pages.letter import LetterPage
from intake_app.ui.pages.person_rights import PersonRightsPage
from intake_app.ui.places import places_for
from intake_app.ui.presenters.help import help_lines
from intake_app.ui.printing import PrintWays
from intake_app.ui.widgets import BilingualLabel, MessageKind, TextLabel
from tests.fakes.places import settle
from tests.fakes.storage import InMemoryStore, InMemoryStoreGate
from tests.services.helps import NT1, make_office, played

PATIENCE = 20000


@pytest.fixture
def office(office: Office) -> Office:
    """An office with a finished talk of an Arabic speaker in it."""
    own = make_office(InMemoryStore())
    conversation = played(own, NT1)
    own.finish(conversation)
    with own.store.unit_of_work() as uow:
        person = uow.participants.get(conversation.talk.header.participant_id)
        uow.participants.save(replace(person, language="ar"))
        uow.commit()
    own.letters = office.letters
    return own


@pytest.fixture
def person(office: Office) -> ParticipantId:
    with office.store.unit_of_work() as uow:
        return uow.participants.list()[0].participant_id


@pytest.fixture
def page(office: Office, person: ParticipantId, shown: Callable[..., QWidget]) -> PersonRightsPage:
    return shown(PersonRightsPage(office, person), 1366, 768)


def test_every_consent_is_told_in_both_languages_and_only_a_standing_one_can_be_taken_back(
    page: PersonRightsPage,
) -> None:
    assert (ConsentCode.RECORD, "") in page.buttons
    assert (ConsentCode.CENTRAL, "") in page.buttons
    assert "Intrekken" in page.buttons[ConsentCode.CENTRAL, ""].accessibleName()


def test_nothing_is_erased_before_the_second_yes(
    page: PersonRightsPage, office: Office, person: ParticipantId, qtbot: QtBot
) -> None:
    page.erase.click()
    assert page.dialog is not None
    page.dialog.stay.click()
    with office.store.unit_of_work() as uow:
        assert uow.participants.get(person)
    page.erase.click()
    with qtbot.waitSignal(page.letter_requested, timeout=PATIENCE) as told:
        page.dialog.buttons["yes"].clicked.emit()
    letter, gone = told.args
    assert gone
    assert letter.kind == ERASED
    with office.store.unit_of_work() as uow:
        assert uow.participants.list() == ()


def test_taking_back_gives_a_receipt_and_keeps_the_person(
    page: PersonRightsPage, office: Office, person: ParticipantId, qtbot: QtBot
) -> None:
    page.buttons[ConsentCode.CONTACT, ""].click()
    assert page.dialog is not None
    with qtbot.waitSignal(page.letter_requested, timeout=PATIENCE) as told:
        page.dialog.buttons["yes"].clicked.emit()
    letter, gone = told.args
    assert isinstance(letter, RightsReceipt)
    assert (letter.code, gone) == (ConsentCode.CONTACT, False)
    with office.store.unit_of_work() as uow:
        assert uow.cards.list() == ()


def test_taking_back_the_first_consent_is_asked_as_erasing(page: PersonRightsPage) -> None:
    page.buttons[ConsentCode.RECORD, ""].click()
    assert page.dialog is not None
    assert "wissen" in page.dialog.windowTitle()


def test_a_copy_and_the_sheet_of_rights_go_on_paper(page: PersonRightsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.letter_requested, timeout=PATIENCE) as told:
        page.copy.click()
    assert isinstance(told.args[0], DataCopy)
    with qtbot.waitSignal(page.letter_requested, timeout=PATIENCE) as told:
        page.sheet.click()
    assert isinstance(told.args[0], WithdrawalSheet)


def test_a_corrected_name_is_kept(page: PersonRightsPage, office: Office, person: ParticipantId, qtbot: QtBot) -> None:
    page.name.set_text("Trudy")
    with qtbot.waitSignal(page.letter_requested, timeout=PATIENCE):
        page.keep.click()
    with office.store.unit_of_work() as uow:
        assert uow.participants.get(person).call_name == "Trudy"


def test_a_keyboard_and_a_large_finger_reach_everything(
    page: PersonRightsPage, keyboard_complaints: Callable[[QWidget], list[str]]
) -> None:
    assert keyboard_complaints(page) == []


def test_a_letter_is_shown_and_saved_under_a_name_without_a_person(
    office: Office, person: ParticipantId, shown: Callable[..., QWidget], qtbot: QtBot, tmp_path: Path
) -> None:
    names: list[str] = []

    def choose(_parent: QWidget, name: str) -> str:
        names.append(name)
        return str(tmp_path / name)

    sheet = WithdrawalSheet(_number(office), "ar", office.installation)
    page = shown(LetterPage(office, sheet, "Voor de deelnemer", ways=PrintWays(choose_file=choose)), 1366, 768)
    qtbot.waitUntil(page.save.isEnabled, timeout=PATIENCE)
    page.save.click()
    qtbot.waitUntil(lambda: page.message.kind is MessageKind.GOOD and page.message.isVisible(), timeout=PATIENCE)
    assert names == [f"rechten-{_number(office)}.pdf"]
    assert (tmp_path / names[0]).read_bytes().startswith(b"%PDF-")


@pytest.fixture
def receipt(office: Office, person: ParticipantId, shown: Callable[..., QWidget], tmp_path: Path, qtbot: QtBot):
    """The page with the receipt of an erased person, at a printer without paper."""

    def printer(_parent: QWidget) -> QPrinter:
        found = QPrinter()
        found.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        found.setOutputFileName(str(tmp_path / "spool.pdf"))
        return found

    ways = PrintWays(printer, lambda _parent, name: str(tmp_path / name), lambda: ["Balie"])
    page = shown(LetterPage(office, erase_person(office, person), "Voor de deelnemer", ways=ways), 1366, 768)
    qtbot.waitUntil(page.save.isEnabled, timeout=PATIENCE)
    return page


def test_a_receipt_that_is_nowhere_yet_is_not_left_unasked(receipt: LetterPage, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(receipt.back_requested):
        receipt.back.emit()
    assert receipt.dialog is not None
    assert set(receipt.dialog.buttons) == {"print", "save", "leave"}
    with qtbot.waitSignal(receipt.back_requested):
        receipt.dialog.buttons["leave"].clicked.emit()


def test_a_receipt_that_a_printer_took_is_asked_after(receipt: LetterPage, qtbot: QtBot) -> None:
    receipt.print.click()
    qtbot.waitUntil(lambda: receipt.message.what.pair.dutch == "Het blad gaat naar de printer.", timeout=PATIENCE)
    receipt.leave()
    assert receipt.dialog is not None
    assert receipt.dialog.windowTitle() == "Is het papier er?"
    with qtbot.waitSignal(receipt.back_requested):
        receipt.dialog.buttons["yes"].clicked.emit()


def test_a_receipt_that_was_saved_lets_one_go(receipt: LetterPage, qtbot: QtBot) -> None:
    receipt.leave()
    assert receipt.dialog is not None
    receipt.dialog.buttons["save"].clicked.emit()
    qtbot.waitUntil(lambda: not receipt.held, timeout=PATIENCE)
    with qtbot.waitSignal(receipt.back_requested):
        receipt.leave()


def test_neither_a_key_nor_the_edge_of_the_window_throws_a_receipt_away(
    office: Office, person: ParticipantId, qtbot: QtBot
) -> None:
    window = MainWindow(lambda _store: office)
    qtbot.addWidget(window)
    window.access, window.office = Access(InMemoryStoreGate()), office
    window.show()
    page = LetterPage(office, erase_person(office, person), "Voor de deelnemer")
    window.show_page(page)

    assert not window.free
    assert not window.close()
    assert page.dialog is not None
    page.dialog.buttons["leave"].clicked.emit()
    assert window.free
    assert window.close()


def test_a_copy_of_the_data_can_be_made_again_and_lets_one_go(
    office: Office, shown: Callable[..., QWidget], qtbot: QtBot
) -> None:
    page = shown(LetterPage(office, WithdrawalSheet(_number(office), "ar", office.installation), ""), 1366, 768)
    with qtbot.waitSignal(page.back_requested):
        page.leave()
    qtbot.waitUntil(page.save.isEnabled, timeout=PATIENCE)


def test_before_erasing_the_person_is_named_and_the_number_to_call_back(
    page: PersonRightsPage, office: Office, person: ParticipantId
) -> None:
    with office.store.unit_of_work() as uow:
        who, card = uow.participants.get(person), uow.cards.of(person)
    assert card is not None
    page.erase.click()
    assert page.dialog is not None

    told = page.dialog.findChildren(BilingualLabel)
    said = " ".join(label.pair.spoken for label in told)
    for part in (who.call_name, who.number, *card.contact, "Bel eerst terug", "adres"):
        assert part in said


@pytest.mark.parametrize("size", [(1366, 768), (1280, 720)])
def test_erasing_is_in_sight_without_scrolling(page: PersonRightsPage, size: tuple[int, int]) -> None:
    page.resize(*size)
    bottom = page.erase.mapTo(page, page.erase.rect().bottomLeft()).y()

    assert page.erase.isVisible()
    assert bottom <= page.height()


# ------------------------------------------------------------------ somebody asks for it
@pytest.mark.parametrize("role", ROLES)
def test_the_menu_of_everybody_leads_to_erasing(role: str) -> None:
    found = {one.code: one for one in places_for(Account(AccountId("a"), "Anna", (role,)))}["data-wish"]

    assert {"wissen", "verwijderen", "AVG"} <= set(re.findall(r"\w+", f"{found.words} {found.told}"))


def test_who_guides_people_is_led_to_them(office: Office, shown: Callable[..., QWidget], qtbot: QtBot) -> None:
    page = shown(DataWishPage(office), 1366, 768)
    with qtbot.waitSignal(page.people_requested):
        page.find.click()

    assert "Bel terug" in page.lines[0]


def test_a_volunteer_hears_whom_to_ask(office: Office, shown: Callable[..., QWidget]) -> None:
    store = InMemoryStore(Account(AccountId("v"), "Vera", ("volunteer",)))
    settle(store)
    page = shown(DataWishPage(replace(office, store=store), ["Anneke"]), 1366, 768)

    assert not page.find.isVisible()
    assert any("Anneke" in line for line in page.lines)
    assert any(office.installation.phone in line for line in page.lines) or not office.installation.phone


@pytest.mark.parametrize("page", ["HomePage", "MenuPage", "DataWishPage"])
def test_help_knows_the_words_people_use(page: str) -> None:
    assert "wissen" in " ".join(help_lines(page))


def test_a_caller_is_called_back_before_a_file_opens(
    office: Office, person: ParticipantId, shown: Callable[..., QWidget]
) -> None:
    page = shown(IdentifyPage(office, list_people(office.store)[0]), 1366, 768)

    assert any("Bel terug" in label.text() for label in page.findChildren(TextLabel))


def _number(office: Office):
    with office.store.unit_of_work() as uow:
        return uow.participants.list()[0].number
