"""Proposed occupations on screen: why and why not, two side by side, the list changed by hand, a search beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from intake_app.errors import EventRefused
from intake_app.services.conversation import Conversation
from intake_app.services.radar import Radar
from intake_app.ui.controls import Helpers
from intake_app.ui.controls.directions import SuggestionsControl
from intake_app.ui.controls.model import ChoiceModel, ListChange, QuestionModel, RowModel, Weighed
from intake_app.ui.pages.compare import ComparePage
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.pages.question_board import QuestionBoard
from intake_app.ui.presenters.by_hand import change_list
from intake_app.ui.presenters.conversation import ConversationPresenter
from intake_app.ui.presenters.questions import ScreenModel
from intake_app.ui.presenters.rows import weighed
from intake_app.ui.widgets.bilingual import BilingualLabel
from intake_app.ui.widgets.pair import Pair
from intake_app.ui.widgets.search_entry import Hit, SearchEntry
from tests.services.helps import begun, make_office, told

Shown = Callable[..., QWidget]
CARDS = {"cards": "card_z4 card_z1 card_z6 card_h1 card_h5", "top3": "card_z4 card_z1 card_z6"}
REACTIONS = tuple(ChoiceModel(value, value, value) for value in ("nice", "maybe", "no"))
NAMES = ("Lasser", "Kok", "Helpende", "Chauffeur")


def row_of(number: int, name: str, **more: object) -> RowModel:
    return RowModel(
        ref=f"/data/s[{number}]/r", id=f"x{number}", own=name, dutch=name, choices=REACTIONS,
        fit=Pair.plain("past deels"), reasons=(Pair.plain("U kunt al: iets."),), **more,
    )  # fmt: skip


MODEL = QuestionModel(
    ref="/data/s[1]/r",
    appearance=("intake-suggestions",),
    own_label="Wat vindt u?",
    dutch_label="Wat vindt u?",
    rows=tuple(row_of(number, name) for number, name in enumerate(NAMES, 1)),
)


@pytest.fixture
def control(shown: Shown, helpers: Helpers) -> SuggestionsControl:
    asked: list[str] = []

    def weigh(name: str) -> Weighed:
        asked.append(name)
        return Weighed((Pair.plain("Nog niet daarom."),), (Pair.plain("Dit helpt: oefenen."),))

    made = SuggestionsControl(MODEL, replace(helpers, weigh=weigh))
    made.weighed = asked
    shown(made, 1180, 900)
    return made


def press(qtbot: QtBot, button: QWidget) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def said(widget: QWidget) -> str:
    return " ".join(label.accessibleName() for label in widget.findChildren(BilingualLabel) if label.isVisible())


def test_a_fourth_proposal_stands_under_the_first_and_the_three_stay_where_they_were(
    control: SuggestionsControl,
) -> None:
    tops = [control.grids[item.ref].mapTo(control, control.grids[item.ref].rect().topLeft()) for item in MODEL.rows]

    assert tops[0].y() == tops[1].y() == tops[2].y() < tops[3].y()
    assert tops[3].x() == tops[0].x()


def test_why_not_and_what_would_change_it_are_asked_once_and_only_when_opened(
    control: SuggestionsControl, qtbot: QtBot
) -> None:
    assert control.weighed == []
    reasons = control.reasons[MODEL.rows[1].ref]

    for _ in range(3):
        press(qtbot, reasons.button)

    assert control.weighed == ["x2"]
    assert "Nog niet daarom." in said(control)
    assert "Dit helpt: oefenen." in said(control)


def test_what_was_opened_stays_open_when_another_proposal_comes(control: SuggestionsControl) -> None:
    control.reasons[MODEL.rows[0].ref].open(True)
    control.by_hand.open(True)

    control.refresh(replace(MODEL, rows=(*MODEL.rows, row_of(5, "Bakker"))))

    assert control.reasons[MODEL.rows[0].ref].opened
    assert not control.reasons[MODEL.rows[1].ref].opened
    assert control.by_hand.inside.isVisibleTo(control)


def test_the_second_one_chosen_puts_both_side_by_side(control: SuggestionsControl, qtbot: QtBot) -> None:
    press(qtbot, control.comparing["x3"])
    assert control.one_more.isVisible()
    with qtbot.waitSignal(control.compared) as asked:
        press(qtbot, control.comparing["x1"])

    assert asked.args == ["x1", "x3"]
    assert not any(button.isChecked() for button in control.comparing.values())


def test_the_list_is_changed_only_with_a_reason(control: SuggestionsControl, qtbot: QtBot) -> None:
    by_hand = control.by_hand
    press(qtbot, by_hand.fold)
    press(qtbot, by_hand.which.cards[1])
    assert not by_hand.higher.isEnabled()
    assert not by_hand.take_away.isEnabled()
    assert not by_hand.search.isEnabled()

    QTest.keyClicks(by_hand.reason, "  rugklachten ")
    asked: list[ListChange] = []
    control.changed_by_hand.connect(asked.append)
    for button in (by_hand.higher, by_hand.lower, by_hand.take_away):
        press(qtbot, button)

    assert asked == [
        ListChange("move", "x2", "rugklachten", 0),
        ListChange("move", "x2", "rugklachten", 2),
        ListChange("remove", "x2", "rugklachten"),
    ]


def test_the_first_cannot_go_higher_nor_the_last_lower(control: SuggestionsControl, qtbot: QtBot) -> None:
    by_hand = control.by_hand
    by_hand.open(True)
    QTest.keyClicks(by_hand.reason, "daarom")

    press(qtbot, by_hand.which.cards[0])
    assert (by_hand.higher.isEnabled(), by_hand.lower.isEnabled()) == (False, True)
    press(qtbot, by_hand.which.cards[3])
    assert (by_hand.higher.isEnabled(), by_hand.lower.isEnabled()) == (True, False)


def test_an_occupation_is_put_in_by_searching(control: SuggestionsControl, qtbot: QtBot) -> None:
    by_hand = control.by_hand
    by_hand.open(True)
    QTest.keyClicks(by_hand.reason, "vroeg ernaar")
    by_hand.search.look_up("kok")
    with qtbot.waitSignal(control.changed_by_hand) as asked:
        press(qtbot, by_hand.search.results.cards[0])

    change = asked.args[0]
    assert (change.what, change.reason) == ("insert", "vroeg ernaar")


def test_on_a_screen_of_the_participants_own_nothing_is_the_counsellors(shown: Shown, helpers: Helpers) -> None:
    made = SuggestionsControl(MODEL, replace(helpers, counsellor_here=False))
    shown(made, 1180, 900)

    assert not made.by_hand.isVisible()
    assert made.comparing == {}


def test_while_the_laptop_is_turned_the_counsellors_part_is_gone_and_comes_back(shown: Shown, helpers: Helpers) -> None:
    board = QuestionBoard(lambda: helpers)
    screen = ScreenModel("k", "P", "nl", (MODEL,))
    board.take(screen)
    shown(board, 1180, 900)
    (control,) = board.controls.values()

    board.show_for_counsellor(False)
    board.take(ScreenModel("k", "P", "nl", (replace(MODEL, rows=MODEL.rows[:3]),)))
    QApplication.processEvents()
    assert not control.by_hand.isVisible()

    board.show_for_counsellor(True)
    assert control.by_hand.isVisible()


def test_what_is_not_known_of_an_imported_one_stands_on_its_card(shown: Shown, helpers: Helpers) -> None:
    notice = Pair.plain("Dit beroep komt uit de lijst ESCO.")
    made = SuggestionsControl(replace(MODEL, rows=(row_of(1, "Kampkok", notice=notice), *MODEL.rows[1:])), helpers)
    shown(made, 1180, 900)

    assert notice.dutch in said(made)


# ---------------------------------------------------------------------- searching
def hits_for(word: str) -> list[Hit]:
    return [Hit(word, word, Pair.plain(word))]


def test_what_was_typed_last_wins_whenever_the_answers_come(shown: Shown) -> None:
    waiting: list[Callable[[], None]] = []
    entry = SearchEntry("Zoek", hits_for, run=lambda work, done: waiting.append(lambda: done(work())))
    shown(entry, 600, 300)

    entry.look_up("las")
    entry.look_up("lasser")
    for answer in reversed(waiting):
        answer()

    assert [card.value for card in entry.results.cards] == ["lasser"]


def test_an_answer_that_comes_after_the_choice_is_not_shown(shown: Shown) -> None:
    waiting: list[Callable[[], None]] = []
    entry = SearchEntry("Zoek", hits_for, run=lambda work, done: waiting.append(lambda: done(work())))
    shown(entry, 600, 300)

    entry.look_up("las")
    entry.clear_results()
    waiting[0]()

    assert entry.results is None


# ---------------------------------------------------------------------- in a talk
@pytest.fixture
def conversation() -> Conversation:
    made = begun(make_office(), talk_language="ar")
    told(made, CARDS)
    made.keeper.fill_suggestions()
    return made


def test_changes_by_hand_reach_the_talk_and_none_without_a_reason(conversation: Conversation) -> None:
    first, second, *_ = conversation.keeper.suggestions.shown()

    change_list(conversation, ListChange("move", second, "liever dit", 0))
    assert conversation.keeper.suggestions.shown()[0] == second
    change_list(conversation, ListChange("remove", first, "rug"))
    assert first not in conversation.keeper.suggestions.shown()
    change_list(conversation, ListChange("insert", "lt5", "vroeg ernaar"))
    assert "lt5" in conversation.keeper.suggestions.shown()
    with pytest.raises(EventRefused):
        change_list(conversation, ListChange("remove", second, " "))


def test_work_that_is_far_says_why_not_yet_and_what_would_change_it(conversation: Conversation) -> None:
    found = weighed(conversation, "lt3", "ar")

    assert found.against
    assert any(pair.dutch.startswith("Dit helpt: ") for pair in found.changes)
    assert all(pair.own for pair in (*found.against, *found.changes))
    assert weighed(conversation, "nobody", "ar") == Weighed()


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_two_side_by_side_tell_the_same_things_of_both(conversation: Conversation, shown: Shown, language: str) -> None:
    first, second, *_ = conversation.keeper.suggestions.shown()
    page = ComparePage(Radar(make_office(), conversation), first, second, language)
    shown(page, 1366, 768)

    names = [head.name.dutch for head in page.comparison.heads]
    assert names == [conversation.keeper.catalogue.occupations[name].label_nl for name in (first, second)]
    for aspect in page.comparison.aspects:
        assert any(aspect.sides)
    assert all(name in said(page) for name in names)


@pytest.fixture
def page(shown: Shown) -> ConversationPage:
    office = make_office()
    presenter = ConversationPresenter(office.begin_talk())
    answers = {
        "talk_language": "nl", "interpreter": "none", "alone": "two_of_us", "version": "short", "age_group": "27_56",
        "consent_record": "yes", "consent_contact": "no", "consent_central": "no", "family": "h z", **CARDS,
    }  # fmt: skip
    for _ in range(120):
        concepts = {ref: presenter.conversation.concept_of(ref) for ref in presenter.model().refs()}
        if "reaction" in concepts.values():
            break
        for ref, concept in concepts.items():
            if value := answers.get(concept):
                presenter.answer(ref, value)
        presenter.next()
    made = ConversationPage(office, presenter)
    shown(made, 1366, 768)
    return made


def proposals(page: ConversationPage) -> SuggestionsControl:
    return next(one for one in page.controls.values() if isinstance(one, SuggestionsControl))


def test_a_refusal_brings_the_next_best_to_the_screen_at_once(page: ConversationPage, qtbot: QtBot) -> None:
    control = proposals(page)
    before = [item.id for item in control.model.rows]

    press(qtbot, control.grids[control.model.rows[1].ref].card("no"))

    after = [item.id for item in proposals(page).model.rows]
    assert after[:3] == before
    assert len(after) == 4


def test_the_counsellor_takes_one_away_in_the_talk_itself(page: ConversationPage, qtbot: QtBot) -> None:
    control = proposals(page)
    gone = control.model.rows[0].id
    press(qtbot, control.by_hand.fold)
    press(qtbot, control.by_hand.which.cards[0])
    QTest.keyClicks(control.by_hand.reason, "kan niet tillen")

    press(qtbot, control.by_hand.take_away)

    assert gone not in [item.id for item in proposals(page).model.rows]
    rows = page.presenter.conversation.talk.answers.rows("suggestions")
    assert [row.host("override_reason") for row in rows if row.host("id") == gone] == ["kan niet tillen"]


def test_searching_in_a_talk_leaves_the_window_alone_and_finds(page: ConversationPage, qtbot: QtBot) -> None:
    by_hand = proposals(page).by_hand
    by_hand.open(True)
    QTest.keyClicks(by_hand.reason, "vroeg ernaar")

    by_hand.search.look_up("lasser")

    assert by_hand.search.results is None
    qtbot.waitUntil(lambda: by_hand.search.results is not None, timeout=10000)
    assert by_hand.search.results.cards[0].value == "tm3"


def test_two_chosen_in_the_talk_are_asked_to_be_put_side_by_side(page: ConversationPage, qtbot: QtBot) -> None:
    buttons = list(proposals(page).comparing.values())
    press(qtbot, buttons[0])
    with qtbot.waitSignal(page.compare_requested) as asked:
        press(qtbot, buttons[1])
    assert asked.args == list(proposals(page).comparing)[:2]
