"""A break in the middle of a talk: what the next person at the laptop reads, and where the talk goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from intake_app.bootstrap import open_office, prepare
from intake_app.domain.ids import InstanceId
from intake_app.services.access import Access
from intake_app.services.left_at import leave_at, left_at
from intake_app.services.office import Office
from intake_app.storage.gate import SqlStoreGate
from intake_app.ui.main_window import MainWindow
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.pages.home import HomePage
from intake_app.ui.presenters.conversation import ConversationPresenter, Stage
from intake_app.ui.widgets import TextLabel
from tests.fakes import records
from tests.fakes.encrypted import CHEAP
from tests.fakes.places import settle
from tests.ui.tables import RECORDED, lead

ANNA, BERT = "vier losse woorden samen", "bert zijn lange zin"
Shown = Callable[..., QWidget]


@pytest.fixture
def gate(tmp_path):
    made = SqlStoreGate(tmp_path / "data", CHEAP)
    store = made.create(ANNA, "Anna", "site_lead", "counsellor")
    settle(store)
    store.staff.add(BERT, "Bert", ("volunteer",))
    store.close()
    return made


@pytest.fixture
def window(qtbot: QtBot, shown: Shown, gate):
    prepare()
    made = shown(MainWindow(open_office), 1366, 768)
    made.begin(Access(gate))
    yield made
    made.talks.let_go()
    made.close()


def click(button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def come_in(window: MainWindow, qtbot: QtBot, who: int, passphrase: str) -> HomePage:
    window.page.who.cards[who].click()
    window.page.passphrase.set_text(passphrase)
    click(window.page.go)
    qtbot.waitUntil(lambda: isinstance(window.page, HomePage) and window.page.grown, timeout=15000)
    return window.page


def begin(window: MainWindow, qtbot: QtBot) -> ConversationPresenter:
    click(window.page.begin)
    qtbot.waitUntil(lambda: isinstance(window.page, ConversationPage), timeout=15000)
    return window.talk.presenter


def words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(TextLabel))


def concepts(presenter: ConversationPresenter) -> list[str]:
    return [presenter.conversation.concept_of(ref) for ref in presenter.model().refs()]


def test_who_comes_after_reads_that_the_talk_is_kept_and_who_finds_it_where(window: MainWindow, qtbot: QtBot) -> None:
    come_in(window, qtbot, 0, ANNA)
    lead(begin(window, qtbot), RECORDED, until="call_name")
    window.page.refresh()
    window.pause()
    assert "blijft bewaard" in words(window.lock)

    click(window.lock.other)
    assert "bewaard" in window.page.message.what.pair.dutch
    assert "Anna vindt het terug" in window.page.message.what_to_do.pair.dutch


def test_before_the_consent_the_lock_says_why_nobody_else_can_come_in(window: MainWindow, qtbot: QtBot) -> None:
    come_in(window, qtbot, 0, ANNA)
    begin(window, qtbot)
    window.pause()

    assert window.lock.other is None
    assert "nog nergens opgeschreven" in words(window.lock)


def test_the_lock_over_the_first_page_says_nothing_of_a_talk(window: MainWindow, qtbot: QtBot) -> None:
    come_in(window, qtbot, 0, ANNA)
    window.pause()

    assert "gesprek blijft" not in words(window.lock)


def test_the_colleague_s_first_page_tells_own_records_from_those_of_others(window: MainWindow, qtbot: QtBot) -> None:
    come_in(window, qtbot, 0, ANNA)
    lead(begin(window, qtbot), RECORDED, until="call_name")
    owner = window.talk.conversation.talk.header.participant_id
    with window.office.store.unit_of_work() as uow:
        uow.outbox.add(replace(records.item("uuid:item-1"), participant_id=owner))
        uow.commit()
    window.talks.let_go()
    window.go_home()
    mine = window.page
    qtbot.waitUntil(lambda: mine.grown)
    assert "1 verslag wacht" in mine._waiting.text()
    assert "collega" not in mine._waiting_more.text()

    window.pause()
    click(window.lock.other)
    home = come_in(window, qtbot, 1, BERT)
    assert home._waiting.text() == "Van u wacht niets."
    assert "1 verslag" in home._waiting_more.text()
    assert "Anna" not in home._waiting_more.text()


# ---------------------------------------------------------------------- going on
def gone_on(office: Office, name: InstanceId) -> ConversationPresenter:
    return ConversationPresenter(office.open_talk(name), resumed=True, left_at=left_at(office.store, name))


def break_off(office: Office, presenter: ConversationPresenter) -> InstanceId:
    name = presenter.conversation.talk.instance_id
    leave_at(office.store, name, presenter.place)
    return name


def say_who_is_there(presenter: ConversationPresenter) -> None:
    presenter.answer(presenter.conversation.talk.answers.ref("alone"), "two_of_us")
    presenter.saw(presenter.model())
    assert presenter.next(), presenter.messages


def test_left_at_the_name_it_goes_on_at_the_name_and_not_past_what_was_left_open(office: Office) -> None:
    before = ConversationPresenter(office.begin_talk())
    lead(before, {**RECORDED, "municipality": ""}, until="work_now")
    before.previous()
    before.previous()
    assert concepts(before) == ["call_name"]
    presenter = gone_on(office, break_off(office, before))

    assert "alone" in concepts(presenter)
    say_who_is_there(presenter)
    assert concepts(presenter) == ["call_name"]


def test_left_while_reading_back_it_goes_on_with_reading_back(office: Office) -> None:
    before = ConversationPresenter(office.begin_talk())
    lead(before, RECORDED, until="work_wish")
    before.read_back()
    presenter = gone_on(office, break_off(office, before))

    say_who_is_there(presenter)
    assert presenter.stage is Stage.READING_BACK


def test_a_place_that_is_not_there_any_more_leads_to_the_first_open_question(office: Office) -> None:
    before = ConversationPresenter(office.begin_talk())
    lead(before, {**RECORDED, "call_name": "Samira"}, until="work_wish")
    name = before.conversation.talk.instance_id
    leave_at(office.store, name, "asking:no such screen")
    presenter = gone_on(office, name)

    say_who_is_there(presenter)
    assert concepts(presenter) == ["work_wish"]


def test_only_talks_that_are_open_leave_a_trace_of_where_they_were(office: Office) -> None:
    first, second = (ConversationPresenter(office.begin_talk()) for _ in range(2))
    for presenter in (first, second):
        lead(presenter, RECORDED, until="call_name")
    gone = break_off(office, first)
    with office.store.unit_of_work() as uow:
        uow.drafts.remove(gone)
        uow.commit()
    kept = break_off(office, second)

    assert left_at(office.store, gone) == ""
    assert left_at(office.store, kept).startswith("asking:")


def test_who_comes_back_is_welcomed_and_making_it_a_whole_talk_is_not_called_going_on(
    office: Office, shown: Shown
) -> None:
    before = ConversationPresenter(office.begin_talk())
    lead(before, RECORDED, until="call_name")
    page = shown(ConversationPage(office, gone_on(office, break_off(office, before))), 1366, 768)

    assert page.banner.what.pair.dutch == "Fijn dat u er weer bent."
    assert "waar u was" in page.banner.what_to_do.pair.dutch
    assert page.offers.grow.isVisible()
    assert "Verder" not in page.offers.grow.accessibleName()
    say_who_is_there(page.presenter)
    page.show_screen()
    assert page.banner.isHidden()
