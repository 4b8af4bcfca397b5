"""A locked window gives nothing away, loses nothing, and lets the next person in only when nothing can be lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from intake_app.bootstrap import open_office, prepare
from intake_app.services.access import Access
from intake_app.services.installation import write_lock_minutes
from intake_app.storage.gate import SqlStoreGate
from intake_app.ui.dialogs.choose import ChooseDialog, Option
from intake_app.ui.main_window import MainWindow
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.pages.first_start import PlaceStepPage, ReadyPage, WelcomePage
from intake_app.ui.pages.home import HomePage
from intake_app.ui.pages.recover import RecoverPage
from intake_app.ui.pages.recovery_key import RecoveryKeyPage
from intake_app.ui.pages.shared import lane
from intake_app.ui.pages.unlock import UnlockPage
from intake_app.ui.widgets import Pair, TextLabel
from tests.fakes.encrypted import CHEAP
from tests.fakes.places import settle

ANNA, BERT = "vier losse woorden samen", "bert zijn lange zin"


@pytest.fixture
def gate(tmp_path):
    made = SqlStoreGate(tmp_path / "data", CHEAP)
    store = made.create(ANNA, "Anna", "site_lead", "counsellor")
    settle(store)
    store.staff.add(BERT, "Bert", ("volunteer",))
    store.close()
    return made


@pytest.fixture
def window(qtbot, shown, gate):
    prepare()
    made = shown(MainWindow(open_office), 1366, 768)
    made.begin(Access(gate))
    yield made
    made.talks.let_go()
    made.close()


def click(button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def come_in(window: MainWindow, qtbot, who: int, passphrase: str) -> HomePage:
    window.page.who.cards[who].click()
    window.page.passphrase.set_text(passphrase)
    click(window.page.go)
    qtbot.waitUntil(lambda: isinstance(window.page, HomePage) and window.page.grown, timeout=15000)
    return window.page


def begin_talk(window: MainWindow, qtbot) -> None:
    click(window.page.begin)
    qtbot.waitUntil(lambda: isinstance(window.page, ConversationPage), timeout=15000)


def record(window: MainWindow) -> None:
    conversation = window.talk.conversation
    for concept, value in (("age_group", "27_56"), ("consent_record", "yes")):
        assert conversation.answer(conversation.talk.answers.ref(concept), value).rejected is None


def test_it_locks_by_itself_on_the_first_page_and_in_a_talk(window, qtbot):
    come_in(window, qtbot, 0, ANNA)
    window.watch.due.emit()
    assert window.locked
    assert not window.page.isVisible()
    window.lock.passphrase.set_text(ANNA)
    click(window.lock.go)
    qtbot.waitUntil(lambda: not window.locked)
    begin_talk(window, qtbot)

    window.watch.due.emit()

    assert window.locked
    assert not window.page.isVisible()


def test_the_door_itself_is_not_locked_again(window):
    window.watch.due.emit()

    assert not window.locked
    assert isinstance(window.page, UnlockPage)


def test_the_time_of_the_settings_holds(window, qtbot):
    come_in(window, qtbot, 0, ANNA)
    write_lock_minutes(window.office.store, 2)
    window.go_home()

    assert window.watch.minutes == 2


def test_a_talk_that_is_written_nowhere_is_not_dropped_from_a_locked_screen(window, qtbot):
    come_in(window, qtbot, 0, ANNA)
    begin_talk(window, qtbot)
    talk = window.talk
    window.pause()

    window.close()

    assert window.isVisible()
    assert window.dialog is None
    assert window.talk is talk
    assert "nergens opgeschreven" in window.lock.message.what.pair.dutch
    assert window.lock.other is None


def test_a_written_talk_may_be_closed_and_stands_there_the_next_time(window, qtbot, gate):
    come_in(window, qtbot, 0, ANNA)
    begin_talk(window, qtbot)
    record(window)
    window.pause()
    window.close()
    click(window.dialog.buttons["close"])

    store = gate.unlock(ANNA)
    with store.unit_of_work() as uow:
        assert len(uow.drafts.list()) == 1
    store.close()


def test_the_next_person_comes_in_and_sees_nothing_of_the_one_before(window, qtbot):
    come_in(window, qtbot, 0, ANNA)
    begin_talk(window, qtbot)
    record(window)
    window.pause()
    click(window.lock.other)

    assert not window.locked
    assert isinstance(window.page, UnlockPage)
    assert window.talk is None
    home = come_in(window, qtbot, 1, BERT)
    assert window.office.store.account.name == "Bert"
    assert home.talk_buttons == []
    window.pause()
    click(window.lock.other)
    assert len(come_in(window, qtbot, 0, ANNA).talk_buttons) == 1


def test_a_locked_screen_offers_no_way_round_the_passphrase(window, qtbot):
    come_in(window, qtbot, 0, ANNA)
    window.pause()

    assert window.lock.help.isHidden()
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_F12, Qt.Key.Key_Backspace):
        QTest.keyClick(window, key)
    assert window.locked


def test_who_lost_the_passphrase_finds_the_recovery_key_at_the_door(window):
    click(window.page.help)
    assert isinstance(window.page, RecoverPage)
    click(window.page.back_button)
    assert isinstance(window.page, UnlockPage)


def test_the_first_start_leads_past_the_recovery_key(qtbot, shown, tmp_path):
    prepare()
    window = shown(MainWindow(open_office), 1366, 768)
    window.begin(Access(SqlStoreGate(tmp_path / "new", CHEAP)))
    assert isinstance(window.page, WelcomePage)
    click(window.page.go)
    page = window.page
    page.name.set_text("Anna")
    page.passphrase.set_text(ANNA)
    page.again.set_text(ANNA)
    click(page.go)
    qtbot.waitUntil(lambda: isinstance(window.page, RecoveryKeyPage), timeout=15000)

    assert window.page.title.pair.dutch == "Stap 3 van 5: Herstelsleutel"
    click(window.page.put_off)
    assert isinstance(window.page, PlaceStepPage)
    click(window.page.later)
    assert isinstance(window.page, ReadyPage)
    click(window.page.go)

    assert isinstance(window.page, HomePage)
    assert not window.page.begin.isEnabled()
    assert window.office.store.staff.recovery_id() == ""
    window.close()


@pytest.mark.parametrize("key", [Qt.Key.Key_F12, Qt.Key.Key_Pause])
def test_the_key_locks_also_before_a_question_that_a_page_asks(window, qtbot, key):
    come_in(window, qtbot, 0, ANNA)
    stay = Pair.plain("Nee, laat het zo")
    dialog = ChooseDialog(Pair.plain("Zeker?"), [Option("yes", stay, stay, "check")], stay, window.page)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)

    QTest.keyClick(dialog, key)

    assert window.locked
    assert not dialog.isVisible()


def test_the_lock_says_whose_passphrase_it_waits_for(window, qtbot):
    come_in(window, qtbot, 0, ANNA)
    window.pause()

    assert "Anna, met uw wachtzin gaat u verder." in " ".join(
        label.text() for label in window.lock.findChildren(TextLabel)
    )


def test_a_talk_that_is_being_opened_counts_as_going_on(window, qtbot):
    come_in(window, qtbot, 0, ANNA)
    window.talks.begin(practice=True)
    window.talks.begin(practice=True)
    assert window.keeper._busy()
    qtbot.waitUntil(lambda: isinstance(window.page, ConversationPage), timeout=15000)
    first = window.talk
    qtbot.waitUntil(lambda: not lane().busy)

    assert window.talk is first
    assert window.keeper._busy()


def test_while_a_talk_is_being_opened_nobody_else_comes_in(window, qtbot):
    come_in(window, qtbot, 0, ANNA)
    window.talks.begin(practice=True)
    window.pause()

    assert window.lock.other is None
    qtbot.waitUntil(lambda: isinstance(window.page, ConversationPage), timeout=15000)
    assert window.locked
    assert not window.page.isVisible()


def test_the_words_on_paper_are_forgotten_at_the_lock_and_at_the_end(window, qtbot):
    come_in(window, qtbot, 0, ANNA)
    forgotten: list[str] = []
    window.office.forget_texts = lambda: forgotten.append("lock" if window.locked else "end")
    window.pause()
    assert forgotten == ["lock"]
    window.leave_office()

    assert len(forgotten) == 2
