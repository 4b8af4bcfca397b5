"""The page of a talk: what is pressed, typed and shown, on screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from intake_app.bootstrap import open_office, prepare
from intake_app.errors import DiskFull
from intake_app.services.reading_back import told
from intake_app.ui.controls.cards import CardsControl
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.pages.reading_back import ReadingBackPage
from intake_app.ui.presenters.conversation import ConversationPresenter, Stage
from intake_app.ui.theme import TARGET
from intake_app.ui.widgets import BilingualLabel
from tests.fakes.places import settle
from tests.fakes.storage import InMemoryStore

START = {"talk_language": "en", "interpreter": "none", "alone": "two_of_us", "version": "short", "age_group": "27_56"}
RECORDED = {**START, "consent_record": "yes", "consent_contact": "no", "consent_central": "no"}
CARDS = {"family": "h z", "cards": "card_h1 card_h2 card_h4", "top3": "card_h1 card_h2 card_h4"}


class StoreWithDisk(InMemoryStore):
    """A store whose disk can be full."""

    full = False

    def unit_of_work(self):
        if self.full:
            raise DiskFull
        return super().unit_of_work()


@pytest.fixture(scope="module")
def office():
    prepare()
    store = StoreWithDisk()
    settle(store)
    return open_office(store)


@pytest.fixture
def begun(office, shown) -> Callable[..., ConversationPage]:
    """A talk led until a screen that asks `until`, and then shown."""
    office.store.full = False

    def begin(answers: dict[str, str], until: str = "", size: tuple[int, int] = (1366, 768)) -> ConversationPage:
        presenter = ConversationPresenter(office.begin_talk())
        for _ in range(80):
            names = [presenter.conversation.concept_of(ref) for ref in presenter.model().refs()]
            if not until or until in names or presenter.stage is not Stage.ASKING:
                break
            for ref in list(presenter.model().refs()):
                if value := answers.get(presenter.conversation.concept_of(ref), ""):
                    presenter.answer(ref, value)
            presenter.saw(presenter.model())
            assert presenter.next(), presenter.messages
        return shown(ConversationPage(office, presenter), *size)

    return begin


def control(page: ConversationPage, concept: str):
    for ref, found in page.controls.items():
        if page.presenter.conversation.concept_of(ref) == concept:
            return found
    raise AssertionError(f"{concept} is not on screen {page.presenter.key}")


def click(button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_pause_and_stop_are_in_reach_on_every_screen(begun):
    page = begun({})

    for button in (page.chrome.pause, page.chrome.stop, page.chrome.next):
        assert button.isVisible()
        assert button.height() >= TARGET
        assert button.accessibleName()
    assert not page.chrome.back.isVisible()
    assert page.chrome.speaker.isHidden()
    assert page.chrome.speaker.toolTip()


def test_choosing_arabic_turns_the_participants_half_around_and_leaves_dutch_beside_it(begun):
    page = begun({})

    click(control(page, "talk_language").grid.card("ar"))

    welcome = control(page, "welcome")
    assert welcome.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert welcome.question.dutch.layoutDirection() == Qt.LayoutDirection.LeftToRight
    assert page.chrome.next.label.pair.language == "ar"
    assert page.chrome.next.x() < page.chrome.skip.x()


def test_a_kept_answer_says_so_once_the_talk_is_written_down(begun):
    page = begun(RECORDED, until="municipality")
    assert not page.chrome.kept.isVisible()

    click(control(page, "municipality").grid.card("aalten"))
    assert page.chrome.kept.isVisible()

    click(page.chrome.next)
    assert not page.chrome.kept.isVisible()


def test_nothing_is_said_to_be_kept_before_the_consent(begun):
    page = begun(START, until="question")

    click(control(page, "question").grid.card("work"))

    assert not page.chrome.kept.isVisible()


def test_after_a_no_to_writing_down_that_stays_in_sight(begun):
    page = begun({**START, "consent_record": "no"}, until="call_name")

    assert page.banner.isVisible()
    assert page.banner.what.pair.dutch == "Er wordt niets opgeschreven."
    click(page.chrome.next)
    assert page.banner.isVisible()


def test_text_is_kept_while_it_is_typed_and_answered_on_next(begun, qtbot):
    page = begun(RECORDED, until="asked_for")
    entry = control(page, "asked_for").entry
    ref = control(page, "asked_for").model.ref

    QTest.mouseClick(entry.viewport(), Qt.MouseButton.LeftButton)
    QTest.keyClicks(entry, "bicycles")
    qtbot.waitUntil(lambda: page.presenter.conversation.talk.typing.get(ref) == "bicycles")
    click(page.chrome.next)

    assert page.presenter.conversation.talk.entry.value(ref) == "bicycles"


def test_a_refused_text_stays_in_its_field_with_a_word_of_help(begun):
    page = begun({**RECORDED, "consent_contact": "yes"}, until="consent_contact")
    click(control(page, "consent_contact").grid.card("yes"))
    phone = control(page, "contact")
    phone.entry.setFocus()
    QTest.keyClicks(phone.entry, "12")

    click(page.chrome.next)

    assert phone.entry.text() == "12"
    assert phone.message.isVisible()
    assert phone.entry.hasFocus()


def test_a_full_disk_is_said_and_what_was_typed_stays(begun, office):
    page = begun(RECORDED, until="call_name")
    name = control(page, "call_name")
    name.entry.setFocus()
    office.store.full = True
    QTest.keyClicks(name.entry, "Samira")

    click(page.chrome.next)

    assert page.bar.isVisible()
    assert control(page, "call_name").entry.text() == "Samira"
    office.store.full = False
    click(page.chrome.next)
    assert not page.bar.isVisible()
    assert page.presenter.conversation.talk.answers.text("call_name") == "Samira"


def test_a_question_that_follows_from_an_answer_comes_on_the_same_screen(begun):
    page = begun(RECORDED, until="consent_contact")
    assert "contact" not in [page.presenter.conversation.concept_of(ref) for ref in page.controls]

    click(control(page, "consent_contact").grid.card("yes"))

    assert control(page, "contact").isVisible()
    click(control(page, "consent_contact").grid.card("no"))
    assert "contact" not in [page.presenter.conversation.concept_of(ref) for ref in page.controls]


def test_next_goes_through_the_families_of_cards_before_it_leaves(begun):
    page = begun(RECORDED, until="cards")
    cards = control(page, "cards")
    assert isinstance(cards, CardsControl)
    for family in ("h", "z"):
        click(cards.grid.card(family))

    stages = []
    while page.presenter.key == "160":
        stages.append(cards.stage)
        click(page.chrome.next)

    assert stages == ["", "h", "z"]


@pytest.mark.parametrize(("language", "forward", "backward"), [("en", "Right", "Left"), ("ar", "Left", "Right")])
def test_alt_and_an_arrow_go_where_the_reading_goes(begun, language, forward, backward):
    page = begun({**START, "talk_language": language}, until="question")
    before = page.presenter.key

    QTest.keyClick(QApplication.focusWidget(), getattr(Qt.Key, f"Key_{forward}"), Qt.KeyboardModifier.AltModifier)
    assert page.presenter.key != before
    QTest.keyClick(QApplication.focusWidget(), getattr(Qt.Key, f"Key_{backward}"), Qt.KeyboardModifier.AltModifier)
    assert page.presenter.key == before


def test_by_mouse_no_answer_gets_a_ring_and_by_keyboard_the_first_one_does(begun):
    page = begun(START, until="question")
    click(page.chrome.next)
    assert not any(card.shows_focus for card in control(page, "alone").grid.cards)

    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    first = next(iter(page.controls.values()))
    assert first.isAncestorOf(QApplication.focusWidget())
    assert QApplication.focusWidget().shows_focus


def test_tab_goes_from_the_last_question_to_the_footer_and_then_the_header(begun):
    page = begun(START, until="question")
    order = []
    page.chrome.start.setFocus()
    for _ in range(12):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        order.append(QApplication.focusWidget())

    first = next(i for i, widget in enumerate(order) if control(page, "question").isAncestorOf(widget))
    assert first == 0
    assert order.index(page.chrome.back) < order.index(page.chrome.next) < order.index(page.chrome.pause)


def test_what_the_counsellor_fills_in_is_folded_away(begun):
    page = begun(RECORDED, until="asked_for")
    inner = next(iter(page.board.strip_controls.values()))
    assert not inner.isVisible()

    click(page.board.strip.findChild(QAbstractButton, "counsellor_strip"))

    assert inner.isVisible()
    click(inner.grid.card("card_h2"))
    assert page.presenter.conversation.talk.answers.text("asked_cards") == "card_h2"


def test_every_part_that_takes_the_keyboard_has_a_name(begun):
    page = begun({**RECORDED, **CARDS}, until="skills_ok")

    nameless = [w for w in page.findChildren(QAbstractButton) if w.isVisible() and not w.accessibleName()]
    assert nameless == []


def test_the_reading_back_shows_both_languages_and_leads_to_the_screen_to_correct(begun, shown, qtbot):
    page = begun({**RECORDED, **CARDS, "talk_language": "ar", "municipality": "aalten"}, until="know_step")
    reading = shown(ReadingBackPage(page.presenter))
    line = next(line for line in told(page.presenter.conversation) if line.answer_nl == "Aalten")
    assert line.answer != line.answer_nl

    with qtbot.waitSignal(reading.change_requested) as asked:
        click(reading.changes[line.ref])

    assert asked.args == [line.screen]


def test_read_back_again_it_stands_at_what_was_changed(begun, shown, qtbot):
    page = begun({**RECORDED, **CARDS}, until="know_step")
    reading = shown(ReadingBackPage(page.presenter), 1000, 500)
    last = told(page.presenter.conversation)[-1]
    change = reading.changes[last.ref]
    assert change.visibleRegion().isEmpty()

    reading.look_at(last.screen)

    qtbot.waitUntil(lambda: not change.visibleRegion().isEmpty())
    assert change.hasFocus()


def test_what_must_be_answered_comes_into_sight_with_its_answers(begun, qtbot):
    page = begun({**RECORDED, **CARDS}, until="consent_contact", size=(1366, 700))
    answers = next(
        c for r, c in page.controls.items() if page.presenter.conversation.concept_of(r) == "consent_contact"
    ).grid.cards

    click(page.chrome.next)

    qtbot.waitUntil(lambda: all(card.visibleRegion().boundingRect().size() == card.size() for card in answers))


def test_larger_letters_leave_every_button_whole(begun, qapp):
    from intake_app.ui import theme

    theme.apply(qapp, size=theme.TextSize.LARGEST)
    page = begun({**RECORDED, **CARDS}, until="reaction", size=(1024, 700))

    for button in (page.chrome.back, page.chrome.skip, page.chrome.next, page.chrome.pause, page.chrome.stop):
        assert page.rect().contains(button.mapTo(page, button.rect().center()))
        assert button.mapTo(page, button.rect().bottomRight()).x() <= page.width()


@pytest.mark.parametrize("until", ["municipality", "own_idea", "ever_worked"])
def test_no_line_of_what_was_said_before_is_cut_at_the_top(begun, until):
    page = begun(RECORDED, until=until)
    assert not page.said.isHidden()

    for height in range(340, 900, 20):
        page.resize(1366, height)
        page.show_screen()
        QApplication.processEvents()

        viewport = page.scroll.viewport()
        lines = [line for line in page.said.findChildren(BilingualLabel) if line.isVisible()]
        tops = [(line.mapTo(viewport, line.rect().topLeft()).y(), line.height()) for line in lines]
        assert all(top >= 0 or top + tall <= 0 for top, tall in tops), (height, tops)
