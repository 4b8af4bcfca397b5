"""The page of envelopes: on a stick, the receipts back, a plan given and opened, and the key of the Werkcentrum."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.clock import FixedClock
from intake_app.domain.draft import Account
from intake_app.domain.ids import AccountId
from intake_app.services.envelopes import EnvelopeDesk, read_public_key
from intake_app.services.office import Office
from intake_app.services.submissions import Outbox
from intake_app.sync.envelope import Envelopes
from intake_app.sync.envelope_post import post
from intake_app.sync.trial_receiver import TrialReceiver
from intake_app.ui.pages.envelope import EnvelopePage
from tests.fakes.envelopes import QUICK
from tests.fakes.storage import InMemoryStore
from tests.services.helps import MORNING, NT1, make_office, played

Shown = Callable[..., QWidget]
CRAFT = Envelopes(QUICK)
PHRASE = "vier gewone woorden samen"
PUBLIC, PRIVATE_FILE = CRAFT.new_key_pair(PHRASE)
PATIENCE = 20_000


def an_office(*roles: str) -> Office:
    store = InMemoryStore(Account(AccountId("account-1"), "Vera", roles))
    return replace(make_office(store, FixedClock(MORNING)), envelopes=CRAFT)


@pytest.fixture
def lead() -> Office:
    return an_office("counsellor", "site_lead")


def page_of(office: Office, shown: Shown, stick: Path, chosen: list[str] | None = None) -> EnvelopePage:
    files = iter(chosen or [])
    page = EnvelopePage(office, choose_folder=lambda _: str(stick), choose_file=lambda _: next(files, ""))
    shown(page, 1366, 768)
    return page


def said(page: EnvelopePage) -> str:
    return page.message.what.pair.dutch


def waits_for(qtbot: QtBot, page: EnvelopePage, words: str) -> None:
    qtbot.waitUntil(lambda: words in said(page), timeout=PATIENCE)


def test_from_the_page_to_the_werkcentrum_and_back(lead: Office, shown: Shown, qtbot: QtBot, tmp_path: Path) -> None:
    lead.finish(played(lead, NT1))
    page = page_of(lead, shown, tmp_path, [str(tmp_path / "bewijs")])
    page.key.set_text(PUBLIC)
    page.keep_key.click()
    assert CRAFT.check_public_key(PUBLIC) in page.key_told.text()

    page.close_button.click()
    waits_for(qtbot, page, "envelop is klaar")
    (envelope,) = tmp_path.iterdir()
    assert envelope.name == "2027-03-01.envelop"
    private = CRAFT.private_key(PRIVATE_FILE, PHRASE)
    with TrialReceiver() as receiver:
        centre = EnvelopeDesk(InMemoryStore(), lead.clock, CRAFT)
        centre.take_in(
            envelope,
            private,
            lambda items: post(receiver.base_url, receiver.token, items, lead.clock),
            tmp_path / "bewijs",
        )
    page.book_button.click()
    waits_for(qtbot, page, "bewijs is verwerkt")

    assert not Outbox(lead.store).heads()
    assert "Er wacht geen verslag" in page.waiting.text()


def test_trouble_is_said_in_words_and_the_page_goes_on(
    lead: Office, shown: Shown, qtbot: QtBot, tmp_path: Path
) -> None:
    page = page_of(lead, shown, tmp_path, [str(tmp_path / "foto.jpg")])
    page.close_button.click()
    waits_for(qtbot, page, "sleutel van het Werkcentrum is er niet")
    page.key.set_text("sleutel")
    page.keep_key.click()
    assert "geen goede sleutel" in said(page)
    assert read_public_key(lead.store) == ""
    (tmp_path / "foto.jpg").write_bytes(b"\xff\xd8")
    page.book_button.click()
    waits_for(qtbot, page, "geen hele envelop")
    assert not page.busy.isVisible()


def test_a_plan_goes_to_who_the_person_agreed_to_and_opens_there(
    lead: Office, shown: Shown, qtbot: QtBot, tmp_path: Path
) -> None:
    conversation = played(lead, NT1)
    lead.finish(conversation)
    number = f"{conversation.number}-1"
    code = lead.stored_plan(number).handover_code
    page = page_of(lead, shown, tmp_path)
    page.plan_number.set_text(number)
    page.find_plan.click()
    assert [button.accessibleName() for button in page.give] == ["Op een stick voor Taalhuis Achterhoek"]
    page.give[0].click()
    waits_for(qtbot, page, "plan kan mee")

    there = an_office("counsellor")
    other = page_of(there, shown, tmp_path, [str(tmp_path / "2027-03-01.plan")] * 2)
    other.number.set_text(conversation.number)
    other.code.set_text("AAAA-BBBB-CCCC")
    other.open_button.click()
    waits_for(qtbot, other, "gaat niet open")
    assert not other.go_on.isVisible()
    other.code.set_text(code)
    other.open_button.click()
    waits_for(qtbot, other, "plan is open")

    assert other.code.text() == ""
    (draft,) = there.open_drafts()
    with qtbot.waitSignal(other.talk_requested) as asked:
        other.go_on.click()
    assert asked.args == [draft.header.instance_id]


def test_a_plan_nobody_agreed_to_share_has_no_button(lead: Office, shown: Shown, tmp_path: Path) -> None:
    answers = {**NT1.answers, "share_consent": ["no"]}
    conversation = played(lead, replace(NT1, answers=answers))
    lead.finish(conversation)
    page = page_of(lead, shown, tmp_path)
    page.plan_number.set_text(f"{conversation.number}-1")
    page.find_plan.click()
    assert page.give == []
    page.plan_number.set_text("0000-0000-1")
    page.find_plan.click()
    assert said(page)


@pytest.mark.parametrize(
    ("roles", "guides", "sets"),
    [(("volunteer",), False, False), (("counsellor",), True, False), (("site_lead",), False, True)],
)
def test_each_role_sees_what_it_may_do(
    shown: Shown, tmp_path: Path, roles: tuple[str, ...], guides: bool, sets: bool
) -> None:
    page = page_of(an_office(*roles), shown, tmp_path)
    assert (hasattr(page, "find_plan"), hasattr(page, "key")) == (guides, sets)
    assert page.close_button.isVisible()


def test_a_second_envelope_of_one_day_gets_a_name_of_its_own(lead: Office, shown: Shown, tmp_path: Path) -> None:
    page = page_of(lead, shown, tmp_path)
    (tmp_path / "2027-03-01.envelop").write_bytes(b"")
    (tmp_path / "2027-03-01-2.envelop").write_bytes(b"")
    assert page.presenter.file_in(tmp_path, "envelop").name == "2027-03-01-3.envelop"
