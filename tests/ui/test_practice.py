"""Practising in the window: clearly marked on every page, a card to play from, never sent, kind words at the end."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from intake_app.bootstrap import open_office, prepare
from intake_app.services.access import Access
from intake_app.services.practice import Remark
from intake_app.services.submissions import Outbox
from intake_app.ui.main_window import MainWindow
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.pages.home import HomePage
from intake_app.ui.pages.practice import FeedbackPage, PracticePage, RoleCardPage
from intake_app.ui.pages.reading_back import ReadingBackPage
from intake_app.ui.pages.send import SendPage
from intake_app.ui.presenters.practice import summary, told_remarks
from tests.fakes.storage import InMemoryStoreGate

PASSPHRASE = "vier losse woorden samen"


def click(button) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def window(qtbot, shown):
    prepare()
    gate = InMemoryStoreGate()
    gate.create(PASSPHRASE, "Anna", "counsellor").close()
    made = shown(MainWindow(open_office), 1366, 768)
    made.begin(Access(gate))
    made.page.passphrase.set_text(PASSPHRASE)
    click(made.page.go)
    qtbot.waitUntil(lambda: isinstance(made.page, HomePage), timeout=15000)
    yield made
    made.talks.let_go()
    made.close()


@pytest.fixture
def practising(window, qtbot):
    """A practice talk that was begun with the card of somebody invented."""
    click(window.page.practise)
    page = window.page
    assert isinstance(page, PracticePage)
    page.buttons["short-refugee-cook"].click()
    qtbot.waitUntil(lambda: isinstance(window.page, RoleCardPage), timeout=15000)
    window.page.whole()
    assert len(window.page.lines) > 20
    click(window.page.go)
    qtbot.waitUntil(lambda: isinstance(window.page, ConversationPage), timeout=15000)
    return window


def test_practice_can_begin_before_the_place_is_settled(window) -> None:
    assert not window.page.begin.isEnabled()
    assert window.page.practise.isEnabled()


def test_the_band_stands_over_every_page_of_a_practice_talk_and_over_no_other(practising, qtbot) -> None:
    window = practising
    assert window.band.isVisible()
    assert "Oefening" in window.band.accessibleName()
    window.talk._read_back_now()
    assert isinstance(window.page, ReadingBackPage)
    assert window.band.isVisible()
    window.talk.left.emit(False)
    qtbot.waitUntil(lambda: isinstance(window.page, FeedbackPage))

    assert not window.band.isVisible()


def test_the_role_card_lies_over_the_talk_and_leaves_it_as_it_was(practising, qtbot) -> None:
    window = practising
    talk_page = window.page
    click(window.band.card)
    assert isinstance(window.help.page, RoleCardPage)
    assert not talk_page.isVisible()
    click(window.help.page.go)

    assert window.page is talk_page
    assert talk_page.isVisible()


def test_a_practice_talk_ends_with_kind_words_and_leaves_nothing(practising, qtbot) -> None:
    window = practising
    click(window.page.chrome.stop)
    click(window.dialog.buttons["stop_talk"])
    qtbot.waitUntil(lambda: isinstance(window.page, FeedbackPage))

    words = [one.what for one in window.page.told]
    assert "Er staat nog geen doel." in words
    assert Outbox(window.office.store).waiting() == ()
    click(window.page.go)
    qtbot.waitUntil(lambda: isinstance(window.page, HomePage))
    assert not window.band.isVisible()


def test_from_the_words_one_can_practise_again(practising, qtbot) -> None:
    window = practising
    click(window.page.chrome.stop)
    click(window.dialog.buttons["stop_talk"])
    qtbot.waitUntil(lambda: isinstance(window.page, FeedbackPage))
    window.page.again.emit()

    assert isinstance(window.page, PracticePage)


def test_without_anything_forgotten_it_says_so() -> None:
    told = told_remarks([Remark("plan", True), Remark("goal", True, {"how": "own"})])

    assert summary(told) == "Heel goed. U bent niets vergeten."
    assert summary([*told, *told_remarks([Remark("plan", False)])]) == "Goed geoefend. Er is 1 ding om aan te denken."


@pytest.mark.parametrize(
    "remark",
    [
        *(Remark(code, good, {"count": 2}) for code in ("explained", "consents", "referral") for good in (True, False)),
        *(Remark(code, good) for code in ("plan", "appointment") for good in (True, False)),
        Remark("goal", False, {"how": "empty"}),
        Remark("goal", False, {"how": "ready"}),
        Remark("first_step", False, {"how": "none"}),
        Remark("first_step", False, {"how": "late"}),
        Remark("first_step", False, {"how": "no_day"}),
        Remark("first_step", True, {"how": "late"}),
        Remark("waiting", False, {"count": 1}),
        Remark("skipped", False, {"count": 2, "labels": ("Hoe heet u?",)}),
    ],
    ids=str,
)
def test_every_remark_has_words(remark: Remark) -> None:
    told = told_remarks([remark])[0]

    assert told.what
    assert told.good == remark.good
    assert told.good or told.then


def test_practice_never_waits_to_be_sent(practising) -> None:
    practising.talks.let_go()
    practising.show_place("send")

    assert isinstance(practising.page, SendPage)
    assert Outbox(practising.office.store).waiting() == ()
