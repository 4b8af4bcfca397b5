"""The pages of a talk after its questions: pause, stop, language, letters, turning and reading aloud as beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from intake_app.services.access import Access
from intake_app.services.office import Office
from intake_app.ui import theme
from intake_app.ui.dialogs.choose import ChooseDialog
from intake_app.ui.dialogs.language import LanguageDialog
from intake_app.ui.dialogs.talk import LATER, PLAN_NOW, STOP
from intake_app.ui.main_window import MainWindow
from intake_app.ui.pages.compare import ComparePage
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.pages.offers import OffersPage
from intake_app.ui.pages.page_reader import COUNSELLOR
from intake_app.ui.pages.plan import PlanPage
from intake_app.ui.pages.radar import RadarPage
from intake_app.ui.pages.reading_back import ReadingBackPage
from intake_app.ui.pages.talk_head import TalkHead
from intake_app.ui.presenters.stages import Stage
from intake_app.ui.talk_flow import TalkFlow
from intake_app.ui.voice.speaker import Speaker
from intake_app.ui.widgets import IconButton, Page
from intake_app.ui.widgets.answer_card import HOLD_MS
from intake_app.ui.widgets.read_sign import ReadSign
from tests.fakes.storage import InMemoryStoreGate
from tests.fakes.voice import ListeningVoice
from tests.ui.conftest import Played

PAGES = ("reading back", "offers", "compare", "radar", "plan")
KINDS = {
    "reading back": ReadingBackPage,
    "offers": OffersPage,
    "compare": ComparePage,
    "radar": RadarPage,
    "plan": PlanPage,
}
STAGES = {"reading back": Stage.READING_BACK, "offers": Stage.OFFERS, "plan": Stage.PLAN}


class Table:
    """The sample talk in Arabic in the window, at one of its pages without questions."""

    def __init__(self, window: MainWindow, flow: TalkFlow, voice: ListeningVoice) -> None:
        self.window, self.flow, self.voice = window, flow, voice

    @property
    def page(self) -> Page:
        return self.window.page

    @property
    def head(self) -> TalkHead:
        return self.page.findChild(TalkHead)

    def go(self, name: str) -> None:
        if name == "radar":
            self.flow._radar()
            self.page.show_close(next(iter(self.page.presenter.radar.proposed())))
        elif name == "compare":
            self.flow._compare(*self.flow.conversation.keeper.suggestions.shown()[:2])
        else:
            self.flow.presenter.stage = STAGES[name]
            self.flow._show()
        self.page.whole()
        QApplication.processEvents()
        assert isinstance(self.page, KINDS[name])


At = Callable[[str], Table]


@pytest.fixture
def at(played: Played, shown: Callable[..., QWidget], qtbot: QtBot) -> Iterator[At]:
    flows = []

    def begin(name: str) -> Table:
        office: Office = played.office
        window = MainWindow(lambda store: office)
        window.access, window.office = Access(InMemoryStoreGate()), office
        shown(window, 1366, 768)
        flow = window.talks.current = TalkFlow(window, office, played.conversation, resumed=False)
        voice = ListeningVoice()
        flow.desk.speaker = Speaker([voice])
        flows.append((window, flow))
        table = Table(window, flow, voice)
        table.go(name)
        with qtbot.waitActive(window):
            window.activateWindow()
        qtbot.waitUntil(lambda: window.page.isAncestorOf(QApplication.focusWidget() or window.pages))
        return table

    yield begin
    for window, flow in flows:
        ref = flow.conversation.talk.answers.ref("talk_language")
        flow.conversation.answer(ref, "ar")
        window.talks.let_go()


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def key(page: QWidget, which: Qt.Key) -> None:
    QTest.keyClick(page, which)
    QApplication.processEvents()


@pytest.mark.parametrize("name", PAGES)
def test_pause_and_stop_stand_where_they_stand_beside_the_questions(at: At, name: str, qtbot: QtBot) -> None:
    table = at(name)
    there = [b.mapTo(table.window, b.rect().center()) for b in (table.head.buttons.pause, table.head.buttons.stop)]
    assert all(b.isVisible() for b in (table.head.buttons.pause, table.head.buttons.stop))
    table.flow.presenter.stage = Stage.ASKING
    table.flow._show()
    page: ConversationPage = table.page
    qtbot.waitUntil(lambda: page.chrome.stop.isVisible() and page.scroll.isVisible())
    QApplication.processEvents()

    here = [b.mapTo(table.window, b.rect().center()) for b in (page.chrome.pause, page.chrome.stop)]
    assert [abs(one.x() - other.x()) <= 1 for one, other in zip(here, there, strict=True)] == [True, True]


@pytest.mark.parametrize("name", PAGES)
def test_stop_asks_as_beside_the_questions(at: At, name: str) -> None:
    table = at(name)
    click(table.head.buttons.stop)

    dialog = table.window.dialog
    assert isinstance(dialog, ChooseDialog)
    assert {LATER, STOP} <= set(dialog.buttons)
    assert (PLAN_NOW in dialog.buttons) is (name != "plan")
    dialog.reject()
    assert isinstance(table.page, KINDS[name])


def test_from_the_offers_the_plan_of_now_is_the_plan(at: At) -> None:
    table = at("offers")
    click(table.head.buttons.stop)
    table.window.dialog.buttons[PLAN_NOW].click()

    assert isinstance(table.page, PlanPage)


@pytest.mark.parametrize("name", PAGES)
def test_another_language_shows_the_page_in_it_at_the_same_place(at: At, name: str, qtbot: QtBot) -> None:
    table = at(name)
    bar = table.page.scroll.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    close_up = getattr(table.page, "close_up", None)
    scrolled = bar.maximum() > 200
    key(table.page, Qt.Key.Key_F7)
    table.page.window().findChild(LanguageDialog).chosen.emit("en")

    assert table.flow.presenter.language == "en"
    assert isinstance(table.page, KINDS[name])
    assert table.head.buttons.language.accessibleName().startswith("English")
    assert table.page.title.pair.language == "en"
    if close_up is not None:
        assert table.page.close_up.id == close_up.id
    if scrolled:
        qtbot.waitUntil(lambda: table.page.scroll.verticalScrollBar().value() > 50)


@pytest.mark.parametrize("name", PAGES)
def test_pause_locks_and_the_page_is_there_again_behind_it(at: At, name: str) -> None:
    table = at(name)
    page = table.page
    click(table.head.buttons.pause)
    assert table.window.locked
    assert not page.isVisible()
    table.window.screen_lock._back(table.window.office.store)

    assert table.page is page
    assert page.isVisible()


@pytest.mark.parametrize("name", ["radar", "plan"])
def test_turned_to_the_participant_what_is_for_the_counsellor_is_away(at: At, name: str) -> None:
    table = at(name)
    marked = [part for part in table.page.findChildren(QWidget) if part.property(COUNSELLOR)]
    mine = [part for part in marked if part.isVisible()]
    assert mine
    # some of those on the plan are in sight only while they have something to say
    assert name == "plan" or mine == marked
    key(table.page, Qt.Key.Key_F9)
    assert table.flow.desk.turned
    assert table.window.isFullScreen()
    assert not any(part.isVisible() for part in mine)

    table.go("offers")
    click(table.head.buttons.turn)
    assert not table.flow.desk.turned
    assert not table.window.isFullScreen()


def test_the_letters_grow_on_every_page(at: At) -> None:
    table = at("offers")
    before = theme.tokens().size
    click(table.head.buttons.size)

    assert theme.tokens().size is not before


# ---------------------------------------------------------------------- reading aloud
@pytest.mark.parametrize("name", PAGES)
def test_what_is_in_sight_is_read_line_by_line_in_the_participant_s_language(at: At, name: str) -> None:
    table = at(name)
    assert table.head.buttons.speaker.isVisible()
    key(table.page, Qt.Key.Key_F2)

    assert table.voice.said[0].text == table.page.title.pair.own
    while table.voice.done is not None:
        table.voice.finish()
    assert len(table.voice.said) > 2
    assert {spoken.language for spoken in table.voice.said} == {"ar"}
    assert not any(spoken.private for spoken in table.voice.said)


def test_the_line_that_is_read_shows_it_and_the_same_button_stops(at: At) -> None:
    table = at("reading back")
    click(table.head.buttons.speaker)
    table.voice.finish()
    sign = table.page.findChild(ReadSign)
    assert sign.isVisible()
    assert sign.label.pair.own == table.voice.said[-1].text

    click(table.head.buttons.speaker)
    assert table.voice.done is None
    assert table.head.reader.marked is None


def test_the_plan_is_read_from_its_own_button_and_either_button_stops_it(at: At) -> None:
    table = at("plan")
    read = table.page.reader.read
    click(read)
    assert table.voice.said[-1].text == "تمرين: هذه ليست خطة حقيقية"
    assert table.head.buttons.speaker.icon_name == "cross"
    key(table.page, Qt.Key.Key_F2)
    assert table.voice.done is None
    assert [read.mark.name, table.head.buttons.speaker.icon_name] == ["speaker", "speaker"]

    click(table.head.buttons.speaker)
    assert table.voice.said[-1].text == table.page.title.pair.own
    assert [read.mark.name, table.head.buttons.speaker.icon_name] == ["speaker", "cross"]
    assert read.label.pair.own not in table.voice.finish_all()


def test_the_participant_to_whom_the_laptop_is_turned_can_hear_the_plan(at: At) -> None:
    table = at("plan")
    key(table.page, Qt.Key.Key_F9)
    assert table.page.reader.read.isVisible()
    click(table.page.reader.read)
    assert table.voice.done is not None
    table.window.pause()

    assert table.voice.done is None


def test_behind_the_lock_nothing_is_heard(at: At) -> None:
    table = at("offers")
    click(table.head.buttons.speaker)
    assert table.voice.done is not None
    table.window.pause()

    assert table.voice.done is None


def test_where_there_is_no_voice_no_speaker_is_offered(at: At) -> None:
    table = at("offers")
    table.voice.languages = frozenset({"nl"})
    table.head.reader.tell()

    assert table.head.buttons.speaker.isHidden()


def test_the_question_whether_to_stop_is_heard_as_well(at: At) -> None:
    table = at("offers")
    click(table.head.buttons.stop)
    dialog = table.window.dialog
    QApplication.processEvents()
    key(dialog, Qt.Key.Key_F2)

    said = table.voice.finish_all()
    assert len(said) > 4
    assert {spoken.language for spoken in table.voice.said} == {"ar"}
    click(dialog.findChild(IconButton, "read"))
    assert table.voice.done is not None
    dialog.reject()
    assert table.voice.done is None


def test_each_language_is_read_by_its_own_name(at: At) -> None:
    table = at("offers")
    key(table.page, Qt.Key.Key_F7)
    dialog = table.window.findChild(LanguageDialog)
    click(dialog.findChild(IconButton, "read"))
    table.voice.finish_all()

    assert {"ar", "en"} <= {spoken.language for spoken in table.voice.said}
    dialog.reject()


def test_a_card_that_is_held_is_read_and_not_chosen(at: At, qtbot: QtBot) -> None:
    table = at("plan")
    card = table.page.right.cards[0]
    QTest.mousePress(card, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: card.is_read, timeout=4 * HOLD_MS)
    QTest.mouseRelease(card, Qt.MouseButton.LeftButton)

    assert [spoken.text for spoken in table.voice.said] == [card.answer.pair.own]
    assert table.page.right.values() == []
