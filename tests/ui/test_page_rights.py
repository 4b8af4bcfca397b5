"""The page of rights: in both languages, asked twice, and what follows goes on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.consent import ConsentCode
from intake_app.domain.ids import ParticipantId
from intake_app.domain.letters import ERASED, DataCopy, RightsReceipt, WithdrawalSheet
from intake_app.services.office import Office
from intake_app.ui.pages.letter import LetterPage
from intake_app.ui.pages.person_rights import PersonRightsPage
from intake_app.ui.printing import PrintWays
from intake_app.ui.widgets import MessageKind
from tests.fakes.storage import InMemoryStore
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


def _number(office: Office):
    with office.store.unit_of_work() as uow:
        return uow.participants.list()[0].number
