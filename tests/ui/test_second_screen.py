"""The screen of the participant: it goes along with the laptop, and a person who cannot read is at home on it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from intake_app.ui.pages.participant_view import ParticipantView
from intake_app.ui.theme import TARGET
from intake_app.ui.widgets import Page, Pair
from tests.fakes.voice import OtherScreen
from tests.ui.tables import Begun, Table, click


@pytest.fixture
def table(begun: Begun) -> Table:
    """At the activity cards, with the view on the other screen."""
    return beside(begun("cards", screens=OtherScreen()))


def beside(table: Table) -> Table:
    table.page.side.toggle_second()
    QApplication.processEvents()
    return table


def view_of(table: Table) -> ParticipantView:
    view = table.desk.view
    assert view is not None
    return view


def cards_of(view: ParticipantView):
    return next(iter(view.board.controls.values()))


def test_the_inner_screens_of_the_cards_go_along_with_the_laptop(table: Table) -> None:
    view, laptop = view_of(table), table.control("cards")
    click(cards_of(view).grid.card("h"))
    click(laptop.grid.card("t"))
    assert laptop.stage == cards_of(view).stage == ""

    click(table.page.chrome.next)
    assert laptop.stage == cards_of(view).stage == "h"
    click(cards_of(view).grid.card("card_h1"))
    assert table.value("cards") == "card_h1"
    assert laptop.grid.values() == ["card_h1"]

    click(cards_of(view).tabs.card("t"))
    assert laptop.stage == cards_of(view).stage == "t"
    click(table.page.chrome.back)
    assert cards_of(view).stage == "h"
    assert "Plaatjes" not in view.accessibleName()
    table.desk.leave()


def test_a_view_that_is_opened_in_the_middle_begins_where_the_laptop_is(begun: Begun) -> None:
    table = begun("cards", screens=OtherScreen())
    click(table.control("cards").grid.card("z"))
    click(table.page.chrome.next)

    beside(table)

    assert cards_of(view_of(table)).stage == "z"
    table.desk.leave()


def test_in_another_language_both_stay_where_they_were(table: Table) -> None:
    click(table.control("cards").grid.card("z"))
    click(table.page.chrome.next)
    table.page.take_answer(table.page.presenter.conversation.talk.answers.ref("talk_language"), "en")

    assert table.page.presenter.language == "en"
    assert table.control("cards").stage == "z"
    assert cards_of(view_of(table)).stage == "z"
    table.desk.leave()


def test_back_from_the_next_screen_leads_to_the_family_that_was_left(begun: Begun) -> None:
    table = begun("cards")
    for family in ("h", "t"):
        click(table.control("cards").grid.card(family))
    for _ in range(2):
        click(table.page.chrome.next)
    click(table.control("cards").grid.cards[0])
    click(table.page.chrome.next)
    assert "cards" not in [table.concept(ref) for ref in table.page.controls]

    click(table.page.chrome.back)
    assert table.control("cards").stage == "t"
    click(table.page.chrome.back)
    assert table.control("cards").stage == "h"


def test_who_has_no_mouse_and_who_does_not_see_finds_all_of_it(
    table: Table, keyboard_complaints: Callable[[QWidget], list[str]]
) -> None:
    assert keyboard_complaints(view_of(table)) == []
    click(table.control("cards").grid.card("z"))
    click(table.page.chrome.next)
    click(table.control("cards").table.button)
    assert keyboard_complaints(view_of(table)) == []
    assert keyboard_complaints(table.control("cards")) == []
    table.desk.leave()


def test_there_is_no_line_for_codes_on_it_and_none_on_the_laptop_while_it_is_turned(table: Table) -> None:
    assert cards_of(view_of(table)).table is None
    laptop = table.control("cards")
    click(laptop.table.button)
    assert laptop.table.panel.isVisible()

    table.page.side.toggle_turned()
    assert not laptop.table.panel.isVisible()
    assert not laptop.table.button.isVisible()
    table.page.side.toggle_turned()
    assert laptop.table.panel.isVisible()
    table.desk.leave()


def test_turning_the_laptop_leaves_heading_and_cards_where_they_are(begun: Begun) -> None:
    table = begun("cards")
    control = table.control("cards")

    def there() -> list[QPoint]:
        QApplication.processEvents()
        return [card.mapTo(control, QPoint()) for card in control.grid.cards]

    heading, before = control.question.own.text(), there()
    table.page.side.toggle_turned()
    assert control.question.own.text() == heading
    assert there()[0].y() == before[0].y(), "the width of the window is another, and with it the columns"


def test_tapping_a_family_moves_nothing_on_the_whole_page(begun: Begun) -> None:
    table = begun("cards")
    grid = table.control("cards").grid

    def there() -> list[QPoint]:
        QApplication.processEvents()
        return [card.mapTo(table.page, QPoint()) for card in grid.cards]

    before = there()
    for family in ("h", "z", "t", "b"):
        click(grid.card(family))
        assert there() == before, family


def test_a_loudspeaker_reads_the_screen_and_stops(table: Table) -> None:
    view = view_of(table)
    assert view.speaker.isVisible()
    assert view.speaker.height() >= TARGET
    click(view.speaker)
    said = [spoken.text for spoken in table.voice.said]
    assert said == [table.control("cards").model.parts[0].own_label]

    while not table.voice.said[-1].choice:
        table.voice.finish()
    choice = table.voice.said[-1].choice
    for control in (table.control("cards"), cards_of(view)):
        assert [card.value for card in control.grid.cards if card.is_read] == [choice]
    click(view.speaker)
    assert table.voice.done is None
    assert not any(card.is_read for card in cards_of(view).grid.cards)
    table.desk.leave()


def test_of_the_cards_what_is_in_sight_is_read(table: Table) -> None:
    click(table.control("cards").grid.card("z"))
    click(table.page.chrome.next)
    click(table.page.chrome.speaker)
    table.voice.finish_all()

    read = [spoken.choice for spoken in table.voice.said if spoken.choice]
    assert read
    assert set(read) == {card.value for card in table.control("cards").grid.cards}
    table.desk.leave()


def test_more_below_is_one_press_away(table: Table) -> None:
    view = view_of(table)
    view.showNormal()
    view.resize(900, 420)
    QApplication.processEvents()
    assert view.further.isVisible()

    before = view.scroll.verticalScrollBar().value()
    click(view.further)
    assert view.scroll.verticalScrollBar().value() > before
    view.scroll.verticalScrollBar().setValue(view.scroll.verticalScrollBar().maximum())
    assert not view.further.isVisible()
    table.desk.leave()


def test_one_too_many_is_said_aloud_with_reading_by_itself_on(begun: Begun) -> None:
    table = begun("cards", autoplay=True)
    grid = table.control("cards").grid
    for family in ("h", "z", "t", "b"):
        click(grid.card(family))

    table.voice.finish_all()
    assert [spoken.text_id for spoken in table.voice.said][-2] == "U kunt er 3 kiezen."


def test_what_is_found_on_the_other_screen_counts(begun: Begun) -> None:
    table = beside(begun("own_idea", screens=OtherScreen()))
    view = view_of(table)
    ref = next(iter(view.board.controls))
    view.board.picked.emit(ref, "hd1")

    assert table.page.presenter.model().questions[0].linked is not None
    table.desk.leave()


def test_beside_a_page_without_questions_it_says_what_happens_and_never_behind_the_lock(table: Table, shown) -> None:
    view, page = view_of(table), Page("Nalezen")
    table.page.hide()
    assert view.is_blank
    shown(page)
    table.desk.tell_while(page, Pair("نقرأ معا", "Wij lezen samen na", "ar"), "list")

    assert view.is_silent
    assert "Wij lezen samen na" in table.texts(view)
    assert "نقرأ معا" in table.texts(view)
    page.hide()
    assert view.is_blank
    page.show()
    assert view.is_silent
    table.desk.leave()


def test_a_silent_card_shows_it_without_words_and_the_strip_says_to_turn(begun: Begun) -> None:
    table = begun("basic_wish")
    silent = [control for control in table.page.controls.values() if control.model.silent]
    sign = silent[0]._silent
    assert sign.ear.isVisible()
    assert sign.finger.width() >= TARGET
    assert sign.layoutDirection() == Qt.LayoutDirection.RightToLeft

    click(table.page.chrome.strip)
    strip = table.page.side.strip
    assert strip.turn.isVisible()
    assert "Draai de laptop" in strip.silent.text()
    click(strip.turn)
    assert table.desk.turned


def test_where_nothing_is_silent_the_strip_says_nothing_of_it(begun: Begun) -> None:
    table = begun("work_now")
    click(table.page.chrome.strip)

    assert not table.page.side.strip.turn.isVisible()
