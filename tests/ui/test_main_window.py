"""The window: the lock, leaving a talk with care, errors said kindly, and nothing that flashes."""

from __future__ import annotations

import gc
import sys
import threading

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from intake_app.bootstrap import open_office, prepare
from intake_app.domain.draft import Account
from intake_app.domain.ids import AccountId
from intake_app.errors import StoreDamaged, WrongPassphrase
from intake_app.services.access import Access, Reentry
from intake_app.ui.app import catch_errors, run
from intake_app.ui.dialogs.choose import ChooseDialog
from intake_app.ui.main_window import MainWindow
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.pages.home import HomePage
from intake_app.ui.pages.offers import OffersPage
from intake_app.ui.pages.unlock import UnlockPage
from tests.fakes.places import settle
from tests.fakes.storage import InMemoryStore, InMemoryStoreGate

PASSPHRASE = "vier losse woorden samen"
RECORDED = {
    "talk_language": "en",
    "interpreter": "none",
    "alone": "two_of_us",
    "version": "short",
    "age_group": "27_56",
    "consent_record": "yes",
    "call_name": "Samira",
}


class StrayWindows(QObject):
    """Notes every window that opens beside the main one and the questions it asks."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - the name is Qt's
        opens = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if opens and not isinstance(watched, MainWindow | ChooseDialog):
            self.seen.append(type(watched).__name__)
        return False


@pytest.fixture
def gate() -> InMemoryStoreGate:
    made = InMemoryStoreGate()
    store = made.create(PASSPHRASE, "Anna", "counsellor")
    settle(store)
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


@pytest.fixture
def home(window, qtbot) -> HomePage:
    page = window.page
    page.passphrase.set_text(PASSPHRASE)
    click(page.go)
    qtbot.waitUntil(lambda: isinstance(window.page, HomePage), timeout=15000)
    return window.page


@pytest.fixture
def talk(home, window, qtbot):
    click(home.begin)
    qtbot.waitUntil(lambda: window.talk is not None and window.talk.presenter is not None)
    qtbot.waitUntil(lambda: isinstance(window.page, ConversationPage))
    return window.talk


def click(button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def lead(window: MainWindow, answers: dict[str, str], until: str) -> None:
    presenter = window.talk.presenter
    for _ in range(40):
        names = [presenter.conversation.concept_of(ref) for ref in presenter.model().refs()]
        if until in names:
            return
        for ref in list(presenter.model().refs()):
            if value := answers.get(presenter.conversation.concept_of(ref), ""):
                window.page.take_answer(ref, value)
        click(window.page.chrome.next)
    raise AssertionError(f"{until} does not come")


def test_the_door_stands_before_anything_behind_it_is_loaded(qtbot, shown, gate):
    loaded = []
    window = shown(MainWindow(open_office, ahead=lambda: loaded.append(True)))

    window.prepare(lambda: Access(gate))

    assert isinstance(window.page, UnlockPage)
    assert not loaded
    qtbot.waitUntil(lambda: bool(loaded))


def test_a_store_that_cannot_be_read_is_said_kindly(qtbot, shown):
    window = shown(MainWindow(open_office))

    def load() -> Access:
        raise StoreDamaged(part="keys")

    window.prepare(load)

    qtbot.waitUntil(window.message.isVisible)
    assert "Traceback" not in window.message.accessibleName()


def test_no_widget_ever_opens_as_a_window_of_its_own(qapp, window, talk):
    stray = StrayWindows()
    qapp.installEventFilter(stray)
    try:
        lead(window, RECORDED, until="cards")
    finally:
        qapp.removeEventFilter(stray)

    assert stray.seen == []


def test_stopping_for_later_keeps_a_written_talk_on_the_first_page(window, talk, qtbot):
    lead(window, RECORDED, until="work_now")

    click(window.page.chrome.stop)
    assert set(window.dialog.buttons) == {"later", "plan_now", "stop_talk"}
    click(window.dialog.buttons["later"])

    qtbot.waitUntil(lambda: isinstance(window.page, HomePage) and window.page.grown)
    assert window.talk is None
    assert window.message.isVisible()
    assert len(window.page.talk_buttons) == 1


def test_an_unwritten_talk_cannot_be_kept_for_later(window, talk):
    click(window.page.chrome.stop)

    assert set(window.dialog.buttons) == {"plan_now", "stop_talk"}
    click(window.dialog.stay)
    assert isinstance(window.page, ConversationPage)


def test_the_plan_can_be_made_of_what_is_known(window, talk, qtbot):
    lead(window, RECORDED, until="work_now")

    click(window.page.chrome.stop)
    click(window.dialog.buttons["plan_now"])

    qtbot.waitUntil(lambda: isinstance(window.page, OffersPage))


def test_a_kept_talk_is_gone_on_with_where_it_was(window, talk, qtbot):
    lead(window, RECORDED, until="work_now")
    click(window.page.chrome.stop)
    click(window.dialog.buttons["later"])
    qtbot.waitUntil(lambda: isinstance(window.page, HomePage) and window.page.grown)

    click(window.page.talk_buttons[0])
    qtbot.waitUntil(lambda: isinstance(window.page, ConversationPage))
    presenter = window.talk.presenter
    asked = [presenter.conversation.concept_of(ref) for ref in presenter.model().refs()]
    assert "alone" in asked
    lead(window, {"alone": "two_of_us"}, until="work_now")
    assert "/data/c04_municipality" in presenter.conversation.talk.skipped()


def test_the_list_for_later_leads_to_who_is_there_and_names_no_question(window, talk):
    lead(window, {**RECORDED, "alone": "someone_else"}, until="work_now")

    click(window.page.chrome.waiting)
    assert "hulp" not in " ".join(label.accessibleName() for label in window.dialog.findChildren(QWidget))
    click(window.dialog.buttons["alone_now"])

    presenter = window.talk.presenter
    assert "alone" in [presenter.conversation.concept_of(ref) for ref in presenter.model().refs()]


@pytest.mark.parametrize("key", [Qt.Key.Key_F12, Qt.Key.Key_Pause])
def test_pause_locks_before_the_consent_and_keeps_the_talk_in_memory(window, talk, qtbot, key):
    lead(window, {"talk_language": "en", "question": "work"}, until="interpreter")

    QTest.keyClick(window, key)
    assert window.locked
    assert not window.page.isVisible()
    window.lock.passphrase.set_text(PASSPHRASE)
    click(window.lock.go)

    qtbot.waitUntil(lambda: not window.locked)
    assert window.talk is talk
    assert talk.conversation.talk.answers.text("question") == "work"


@pytest.mark.parametrize("key", [Qt.Key.Key_F12, Qt.Key.Key_Pause])
def test_pause_locks_also_while_a_question_in_between_is_open(window, talk, qtbot, key):
    lead(window, {**RECORDED, "alone": "someone_else"}, until="work_now")
    click(window.page.chrome.waiting)
    dialog = window.dialog
    qtbot.waitUntil(dialog.isActiveWindow)

    QTest.keyClick(dialog, key)

    assert window.locked
    assert not dialog.isVisible()
    assert not window.page.isVisible()
    assert window.dialog is None


def test_only_who_opened_the_store_lifts_the_lock(gate):
    store = gate.unlock(PASSPHRASE)
    way_back = Reentry(gate, store=store)
    assert not way_back.is_first_start()

    assert way_back.unlock(PASSPHRASE) is store
    with pytest.raises(WrongPassphrase):
        way_back.unlock("een heel andere zin")


def test_a_colleagues_passphrase_does_not_lift_the_lock(gate):
    colleague = InMemoryStore(Account(AccountId("account-2"), "Bert", ("counsellor",)))

    with pytest.raises(WrongPassphrase):
        Reentry(gate, store=colleague).unlock(PASSPHRASE)


def test_closing_during_a_talk_asks_first(window, talk):
    window.close()

    assert window.isVisible()
    assert window.dialog is not None
    click(window.dialog.stay)
    assert window.isVisible()
    window.close()
    click(window.dialog.buttons["close"])
    assert not window.isVisible()


def test_who_closes_a_locked_unwritten_talk_is_asked_once_they_said_who_they_are(window, talk, qtbot):
    window.pause()
    window.close()
    assert window.isVisible()
    assert window.dialog is None
    assert "nergens opgeschreven" in window.lock.message.accessibleName()
    window.lock.passphrase.set_text(PASSPHRASE)
    click(window.lock.go)
    qtbot.waitUntil(lambda: window.dialog is not None, timeout=15000)
    assert window.isVisible()
    assert window.talk is not None
    click(window.dialog.stay)

    assert window.isVisible()
    assert not window.locked


def test_closing_on_the_first_page_just_closes_and_lets_the_store_go(window, home):
    store = window.office.store

    window.close()

    assert not window.isVisible()
    assert store.closed


@pytest.fixture
def own_hooks(qapp, monkeypatch):
    """What Python does with an error that nobody caught, and how it takes turns, is as it was after the test.

    The program ends with its window; here the window has to go by itself, or it would watch the hands of later tests.
    """
    turns = sys.getswitchinterval()
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    yield
    sys.setswitchinterval(turns)
    for window in QApplication.topLevelWidgets():
        if isinstance(window, MainWindow):
            window.deleteLater()


class Unforgettable:
    """Fails while Python clears it up, with words of a person in its error."""

    def __del__(self) -> None:
        raise ValueError("Samira woont in Aalten")


def fail_in_a_thread() -> None:
    raise ValueError("Samira woont in Aalten")


def test_an_error_nobody_foresaw_is_said_without_its_text(window, home, own_hooks):
    catch_errors(window)

    sys.excepthook(ValueError, ValueError("Samira woont in Aalten"), None)

    assert window.message.isVisible()
    assert "Samira" not in window.message.accessibleName()


def test_an_error_in_a_thread_or_while_clearing_up_tells_its_kind_and_not_its_text(window, own_hooks, capsys):
    catch_errors(window)

    thread = threading.Thread(target=fail_in_a_thread)
    thread.start()
    thread.join()
    Unforgettable()
    gc.collect()

    said = capsys.readouterr().err
    assert said.count("kind=ValueError") == 2
    assert "Samira" not in said


def test_an_error_that_the_window_can_no_longer_say_leaves_no_text_either(window, home, own_hooks, capsys):
    catch_errors(window)
    window.busy = None

    sys.excepthook(ValueError, ValueError("Samira woont in Aalten"), None)

    assert capsys.readouterr() == ("", "")


def test_the_title_names_nobody(window, talk):
    lead(window, RECORDED, until="work_now")

    assert window.windowTitle() == "Intake en ontwikkelplan"


def test_a_guest_who_was_here_before_goes_on_with_the_kept_talk(window, talk, qtbot):
    lead(window, {"talk_language": "en"}, until="version")

    click(window.page.last_time)

    qtbot.waitUntil(lambda: isinstance(window.page, HomePage))
    assert window.talk is None
    assert window.message.isVisible()


def test_the_program_opens_its_window_then_the_door_and_ends_well(qtbot, gate, repository, own_hooks):
    seen: list[str] = []

    def look() -> None:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, MainWindow) and window.isVisible() and isinstance(window.page, UnlockPage):
                seen.append(type(window.page).__name__)
                window.close()

    eyes = QTimer()
    eyes.timeout.connect(look)
    eyes.start(20)

    assert run(lambda: Access(gate), open_office, repository / "resources") == 0
    assert seen == ["UnlockPage"]
