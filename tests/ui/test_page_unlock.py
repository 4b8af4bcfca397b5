from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.ids import AccountId
from intake_app.errors import WrongPassphrase
from intake_app.services.access import Access
from intake_app.storage.attempts import FREE, Attempts
from intake_app.storage.gate import DATABASE, SqlStoreGate
from intake_app.storage.keys import KdfCost
from intake_app.ui.pages.first_access import FirstAccessPage
from intake_app.ui.pages.recover import RecoverPage
from intake_app.ui.pages.shared import lane
from intake_app.ui.pages.unlock import UnlockPage
from intake_app.ui.presenters.unlock import quality, waiting_time, wrong_name, wrong_passphrase
from tests.fakes.encrypted import CHEAP
from tests.fakes.storage import InMemoryStore, InMemoryStoreGate

PASSPHRASE = "paard brug lamp soep"
Shown = Callable[..., QWidget]


class SlowGate(InMemoryStoreGate):
    """A door that opens only when it is let, to see what the window does in the meantime."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = threading.Event()

    def unlock(self, passphrase: str, account_id: AccountId | None = None) -> InMemoryStore:
        assert self.let_go.wait(10)
        return super().unlock(passphrase, account_id)


def locked(gate: InMemoryStoreGate | None = None) -> InMemoryStoreGate:
    gate = gate or InMemoryStoreGate()
    gate.create(PASSPHRASE, "Anna", "counsellor").close()
    return gate


def type_in(qtbot: QtBot, page: UnlockPage, passphrase: str) -> None:
    qtbot.keyClicks(page.passphrase.entry, passphrase)
    qtbot.keyClick(page.passphrase.entry, Qt.Key.Key_Return)


def at_rest(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not lane().busy)


def test_the_right_passphrase_opens_the_store_and_does_not_stay_in_the_field(qtbot: QtBot, shown: Shown) -> None:
    page = shown(UnlockPage(Access(locked())))

    with qtbot.waitSignal(page.unlocked) as opened:
        type_in(qtbot, page, PASSPHRASE)

    assert opened.args[0].account.name == "Anna"
    assert page.passphrase.text() == ""


def test_the_keyboard_stands_in_the_field_when_the_page_opens(qtbot: QtBot, shown: Shown) -> None:
    page = shown(UnlockPage(Access(locked())))

    qtbot.waitUntil(page.passphrase.entry.hasFocus)


def test_a_wrong_passphrase_is_told_kindly_and_can_be_typed_over(qtbot: QtBot, shown: Shown) -> None:
    page = shown(UnlockPage(Access(locked())))

    type_in(qtbot, page, "paard brug lamp soap")
    at_rest(qtbot)

    assert page.message.what.pair.dutch == "Deze wachtzin klopt niet."
    assert page.passphrase.entry.hasFocus()
    assert page.passphrase.entry.selectedText() != ""
    assert page.go.isEnabled()


def test_typing_again_takes_the_message_away(qtbot: QtBot, shown: Shown) -> None:
    page = shown(UnlockPage(Access(locked())))
    type_in(qtbot, page, "fout")
    at_rest(qtbot)

    qtbot.keyClicks(page.passphrase.entry, "p")

    assert page.message.isHidden()


def test_an_empty_field_asks_for_the_passphrase_and_tries_nothing(qtbot: QtBot, shown: Shown) -> None:
    page = shown(UnlockPage(Access(locked())))

    qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)

    assert not lane().busy
    assert page.findChild(QWidget) is not None
    assert page.passphrase.entry.parentWidget().parentWidget().wrong.text() == "Typ eerst uw wachtzin."


def test_another_window_with_the_same_store_is_told(qtbot: QtBot, shown: Shown) -> None:
    gate = InMemoryStoreGate()
    gate.create(PASSPHRASE, "Anna", "counsellor")
    page = shown(UnlockPage(Access(gate)))

    type_in(qtbot, page, PASSPHRASE)
    at_rest(qtbot)

    assert page.message.what.pair.dutch == "Het programma is al open."


def test_a_damaged_store_is_told_and_left_as_it_is(qtbot: QtBot, shown: Shown, tmp_path: Path) -> None:
    cheap = KdfCost(memory_kib=8, iterations=1, lanes=1)
    SqlStoreGate(tmp_path, cheap).create(PASSPHRASE, "Anna", "counsellor").close()
    (tmp_path / DATABASE).write_bytes(b"geen database" * 1000)
    page = shown(UnlockPage(Access(SqlStoreGate(tmp_path, cheap))))

    type_in(qtbot, page, PASSPHRASE)
    at_rest(qtbot)

    assert page.message.what.pair.dutch.startswith("De gegevens op deze laptop zijn beschadigd")
    assert (tmp_path / DATABASE).read_bytes() == b"geen database" * 1000


def test_the_window_stays_alive_while_the_store_opens(qtbot: QtBot, shown: Shown) -> None:
    gate = SlowGate()
    page = shown(UnlockPage(Access(locked(gate))))
    type_in(qtbot, page, PASSPHRASE)

    assert not page.go.isEnabled()
    qtbot.waitUntil(page.busy.isVisible)
    with qtbot.waitSignal(page.unlocked):
        gate.let_go.set()
    assert page.busy.isHidden()


def test_pressing_twice_opens_once(qtbot: QtBot, shown: Shown) -> None:
    gate = SlowGate()
    page = shown(UnlockPage(Access(locked(gate))))
    stores: list[object] = []
    page.unlocked.connect(stores.append)
    type_in(qtbot, page, PASSPHRASE)
    qtbot.keyClick(page.passphrase.entry, Qt.Key.Key_Return)

    gate.let_go.set()
    at_rest(qtbot)

    assert len(stores) == 1


def test_the_eye_shows_the_letters_and_says_so(qtbot: QtBot, shown: Shown) -> None:
    page = shown(UnlockPage(Access(locked())))
    entry, eye = page.passphrase.entry, page.passphrase.eye
    before = (entry.echoMode(), eye.accessibleName())

    qtbot.mouseClick(eye, Qt.MouseButton.LeftButton)
    shown_now = (entry.echoMode(), eye.accessibleName())
    qtbot.mouseClick(eye, Qt.MouseButton.LeftButton)

    assert before == (entry.EchoMode.Password, "Laat zien: Wachtzin")
    assert shown_now == (entry.EchoMode.Normal, "Verberg: Wachtzin")
    assert (entry.echoMode(), eye.accessibleName()) == before


def test_the_first_start_makes_the_site_lead_who_also_guides(qtbot: QtBot, shown: Shown) -> None:
    page = shown(FirstAccessPage(Access(InMemoryStoreGate())))
    qtbot.keyClicks(page.name, "Anna Jansen")
    qtbot.keyClicks(page.passphrase.entry, PASSPHRASE)
    qtbot.keyClicks(page.again.entry, PASSPHRASE)

    with qtbot.waitSignal(page.unlocked) as made:
        qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)

    account = made.args[0].account
    assert (account.name, account.roles) == ("Anna Jansen", ("site_lead", "counsellor"))
    assert page.passphrase.text() == page.again.text() == ""


def test_the_first_start_says_what_is_missing_and_makes_nothing(qtbot: QtBot, shown: Shown) -> None:
    gate = InMemoryStoreGate()
    page = shown(FirstAccessPage(Access(gate)))

    qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)

    assert not lane().busy
    assert not gate.exists()
    assert page.name.hasFocus()


@pytest.mark.parametrize(
    ("passphrase", "again", "missing"),
    [
        ("kort", "kort", {"passphrase"}),
        ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", {"passphrase"}),
        (PASSPHRASE, PASSPHRASE + "!", {"again"}),
        (PASSPHRASE, PASSPHRASE, set()),
        ("geen hoofdletters", "geen hoofdletters", set()),
    ],
)
def test_a_passphrase_needs_length_and_twice_the_same_words(passphrase: str, again: str, missing: set[str]) -> None:
    assert set(wrong_passphrase(passphrase, again)) == missing


def test_a_first_account_needs_a_name() -> None:
    assert set(wrong_name("  ")) == {"name"}
    assert wrong_name("Anna") == {}


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(1, "nog 1 seconde"), (40, "nog 40 seconden"), (61, "nog 2 minuten"), (900, "nog 15 minuten")],
)
def test_waiting_is_said_in_words(seconds: int, told: str) -> None:
    assert waiting_time(seconds) == told


@pytest.fixture
def two(tmp_path: Path) -> SqlStoreGate:
    gate = SqlStoreGate(tmp_path / "data", CHEAP)
    store = gate.create(PASSPHRASE, "Anna", "site_lead", "counsellor")
    store.staff.add("bert zijn lange zin", "Bert", ("volunteer",))
    store.close()
    return gate


def test_colleagues_choose_their_name_and_open_only_with_their_own_words(
    qtbot: QtBot, shown: Shown, two: SqlStoreGate
) -> None:
    page = shown(UnlockPage(Access(two)))
    assert [card.value for card in page.who.cards] == [each.account_id for each in two.accounts()]

    qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)
    assert page._fields["who"].wrong.text() == "Kies eerst uw naam."
    page.who.cards[1].click()
    type_in(qtbot, page, PASSPHRASE)
    at_rest(qtbot)
    assert page.message.what.pair.dutch == "Deze wachtzin klopt niet."

    page.passphrase.set_text("")
    with qtbot.waitSignal(page.unlocked) as opened:
        type_in(qtbot, page, "bert zijn lange zin")
    assert opened.args[0].account.name == "Bert"
    opened.args[0].close()


def test_after_a_few_wrong_passphrases_the_door_counts_down(qtbot: QtBot, shown: Shown, tmp_path: Path) -> None:
    running = [100.0]
    attempts = Attempts(tmp_path / "data" / "attempts.json", lambda: running[0])
    gate = SqlStoreGate(tmp_path / "data", CHEAP, attempts)
    gate.create(PASSPHRASE, "Anna", "site_lead").close()
    for _ in range(FREE):
        with pytest.raises(WrongPassphrase):
            gate.verify("mis")
    page = shown(UnlockPage(Access(gate)))

    assert "nog 5 seconden" in page.message.what.pair.dutch
    assert not page.go.isEnabled()
    running[0] += 3
    page._count_down()
    assert "nog 2 seconden" in page.message.what.pair.dutch
    running[0] += 2
    page._count_down()
    assert page.go.isEnabled()
    assert page.message.isHidden()


def test_both_halves_of_the_recovery_key_open_the_laptop(qtbot: QtBot, shown: Shown, two: SqlStoreGate) -> None:
    store = two.unlock(PASSPHRASE)
    halves = store.staff.new_recovery()
    store.staff.adopt_recovery(halves)
    store.close()
    page = shown(RecoverPage(Access(two)))
    page.new.first.set_text("een nieuwe lange zin")
    page.new.second.set_text("een nieuwe lange zin")

    qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)
    assert page.halves.fields["a"].wrong.text() != ""
    page.halves.a.setText(halves.a)
    page.halves.b.setText(halves.b[:-1])
    qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)
    at_rest(qtbot)
    assert "typfout" in page.message.what.pair.dutch

    page.halves.b.setText(halves.b.lower())
    with qtbot.waitSignal(page.unlocked) as opened:
        qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)
    assert opened.args[0].account.name == "Anna"
    assert page.halves.a.text() == page.new.text() == ""
    opened.args[0].close()


def test_the_quality_of_a_passphrase_is_said_in_words_while_typing(qtbot: QtBot, shown: Shown) -> None:
    page = shown(FirstAccessPage(Access(InMemoryStoreGate())))

    told = []
    for part in ("paard", " brug la", "mp soep nu"):
        qtbot.keyClicks(page.passphrase.entry, part)
        told.append(page.quality.text())

    assert told == ["Nog te kort", "Goed genoeg", "Heel sterk"]
    assert quality("") == ("plain", "")


@pytest.mark.parametrize("first", [True, False])
def test_everything_on_the_door_is_in_reach(
    shown: Shown, keyboard_complaints: Callable[[QWidget], list[str]], first: bool
) -> None:
    page = shown(FirstAccessPage(Access(InMemoryStoreGate())) if first else UnlockPage(Access(locked())))

    assert keyboard_complaints(page) == []
