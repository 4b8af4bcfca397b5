"""Beside the questions: the laptop turned round, a second screen, another language, the voice, undo, the strip."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from intake_app.services.voice.settings import read_voice
from intake_app.ui.dialogs.language import LanguageDialog
from intake_app.ui.widgets import AnswerCard
from intake_app.ui.widgets.answer_card import HOLD_MS
from intake_app.ui.widgets.pressable import last_used
from tests.fakes.voice import OtherScreen
from tests.ui.tables import Begun, click


# ---------------------------------------------------------------------- the voice
def test_a_screen_is_read_in_the_participant_s_language_only(begun: Begun) -> None:
    table = begun("work_now")
    click(table.page.chrome.speaker)

    said = table.voice.finish_all()
    question = table.control("work_now").model
    assert said[0] == question.own_label
    assert said[-1] == question.choices[-1].own
    assert {spoken.language for spoken in table.voice.said} == {"ar"}


def test_the_choice_that_is_read_shows_it_and_the_button_stops_it(begun: Begun) -> None:
    table = begun("work_now")
    click(table.page.chrome.speaker)
    while not table.voice.said[-1].choice:
        table.voice.finish()
    card = table.control("work_now").grid.card(table.voice.said[-1].choice)
    assert card.is_read

    click(table.page.chrome.speaker)
    assert not card.is_read
    assert table.voice.done is None


def test_it_is_read_once_more_and_slower(begun: Begun) -> None:
    table = begun("work_now")
    QTest.keyClick(table.page, Qt.Key.Key_F2)
    QTest.keyClick(table.page, Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)

    assert table.voice.slow == [False, True]


def test_nothing_is_read_by_itself_unless_that_was_chosen(begun: Begun) -> None:
    quiet = begun("work_now")
    assert quiet.voice.said == []
    quiet.page.close()

    table = begun("work_now", autoplay=True)
    assert table.voice.said[0].text == table.control("work_now").model.own_label
    click(table.control("work_now").grid.card("no"))
    assert [spoken.choice for spoken in table.voice.said][-1] == "no"


def test_the_next_screen_silences_the_one_before(begun: Begun) -> None:
    table = begun("work_now")
    click(table.page.chrome.speaker)
    click(table.page.chrome.skip)

    assert table.voice.done is None


def test_no_robot_reads_a_consent_and_the_button_is_gone(begun: Begun) -> None:
    table = begun("consent_record", autoplay=True)

    assert table.voice.said == []
    assert table.page.chrome.speaker.isHidden()


def test_where_there_is_no_voice_one_line_says_so_once_and_what_to_do(begun: Begun) -> None:
    table = begun("work_now", talk_language="uk")

    assert table.page.chrome.speaker.isHidden()
    assert "Oekraïens" in table.page.aloud.accessibleName()
    assert "tolk" in table.page.aloud.accessibleName()
    click(table.page.chrome.skip)
    assert table.page.aloud.isHidden()


def test_the_counsellor_turns_reading_by_itself_on(begun: Begun) -> None:
    table = begun("work_now")
    QTest.keyClick(table.page, Qt.Key.Key_F8)
    click(table.page.side.strip.autoplay)

    assert table.voice.said
    assert read_voice(table.desk.office.store).autoplay


# ---------------------------------------------------------------------- the laptop turned
def test_turned_round_nothing_of_the_counsellor_s_is_left(begun: Begun) -> None:
    table = begun("work_now")
    QTest.keyClick(table.page, Qt.Key.Key_F8)
    assert table.page.side.strip.isVisible()
    assert "Aalten" in table.texts()

    QTest.keyClick(table.page, Qt.Key.Key_F9)

    chrome = table.page.chrome
    assert table.page.window().isFullScreen()
    for part in (table.page.side.strip, chrome.reading, chrome.strip, chrome.waiting, table.page.said):
        assert not part.isVisible()
    assert "Aalten" not in table.texts()
    for part in (chrome.pause, chrome.stop, chrome.skip, chrome.next, chrome.turn, chrome.language):
        assert part.isVisible()

    QTest.keyClick(table.page, Qt.Key.Key_F9)
    assert table.page.side.strip.isVisible()
    assert not table.page.window().isFullScreen()
    assert "Aalten" in table.texts()


def test_turned_round_the_next_screen_stays_bare(begun: Begun) -> None:
    table = begun("work_now")
    QTest.keyClick(table.page, Qt.Key.Key_F9)
    click(table.control("work_now").grid.card("no"))
    click(table.page.chrome.next)

    assert not table.page.said.isVisible()
    assert not table.page.chrome.reading.isVisible()


def test_a_private_question_is_a_silent_card(begun: Begun) -> None:
    table = begun("basic_wish", autoplay=True)
    private = [c.model for c in table.page.controls.values() if c.model.silent]
    assert private

    spoken = table.voice.finish_all()
    assert {private[0].own_label, *(choice.own for choice in private[0].choices)}.isdisjoint(spoken)
    assert not table.page.said.isVisible()


# ---------------------------------------------------------------------- the second screen
def test_on_the_second_screen_the_participant_answers_and_sees_nothing_else(begun: Begun) -> None:
    table = begun("work_now", screens=OtherScreen())
    QTest.keyClick(table.page, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    view = table.desk.view

    assert view is not None
    assert view.isVisible()
    assert "Aalten" not in table.texts(view)
    click(next(iter(view.board.controls.values())).grid.card("no"))
    assert table.value("work_now") == "no"
    assert table.control("work_now").grid.values() == ["no"]
    table.desk.leave()
    assert not view.isVisible()


def test_a_private_question_is_not_on_the_second_screen(begun: Begun) -> None:
    table = begun("basic_wish", screens=OtherScreen())
    table.page.side.toggle_second()
    view = table.desk.view

    private = next(c.model for c in table.page.controls.values() if c.model.silent)
    assert private.own_label not in table.texts(view)
    table.desk.leave()


def test_when_the_page_goes_out_of_sight_the_second_screen_is_blank_and_nothing_is_heard(begun: Begun) -> None:
    table = begun("work_now", screens=OtherScreen())
    table.page.side.toggle_second()
    click(table.page.chrome.speaker)

    table.page.hide()

    assert table.desk.view.is_blank
    assert table.voice.done is None
    table.page.show()
    assert not table.desk.view.is_blank
    table.desk.leave()


def test_without_a_second_screen_none_is_offered(begun: Begun) -> None:
    table = begun("work_now")
    QTest.keyClick(table.page, Qt.Key.Key_F8)
    table.page.side.toggle_second()

    assert table.desk.view is None
    assert not table.page.side.strip.second.isVisible()


# ---------------------------------------------------------------------- another language
def test_the_language_changes_in_the_middle_of_a_talk_by_its_own_name(begun: Begun) -> None:
    table = begun("work_now")
    click(table.control("work_now").grid.card("no"))
    click(table.page.chrome.language)
    dialog = table.page.window().findChild(LanguageDialog)
    assert "English" in table.texts(dialog)

    click(dialog.grid.card("en"))

    assert table.page.presenter.language == "en"
    assert table.control("work_now").layoutDirection() == Qt.LayoutDirection.LeftToRight
    assert table.control("work_now").grid.values() == ["no"]
    assert "English" in table.page.chrome.language.accessibleName()


# ---------------------------------------------------------------------- back, undo, digits, touch
def test_what_was_said_stays_above_the_question_but_nothing_private(begun: Begun) -> None:
    table = begun("work_now")

    assert any("Aalten" in pair.dutch for pair in table.page.said.lines)
    assert len(table.page.said.lines) <= 2


def test_the_last_answer_is_taken_back_with_one_key(begun: Begun) -> None:
    table = begun("work_now")
    here = table.page.presenter.key
    click(table.control("work_now").grid.card("no"))
    click(table.page.chrome.next)
    assert table.page.presenter.key != here

    QTest.keyClick(table.page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert table.page.presenter.key == here
    assert table.value("work_now") == ""


def test_a_consent_is_not_taken_back_by_a_key(begun: Begun) -> None:
    table = begun("consent_record")
    click(table.control("consent_record").grid.card("yes"))

    QTest.keyClick(table.page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert table.value("consent_record") == "yes"
    assert not table.page.chrome.undo.isVisible()


def test_by_keyboard_alone_a_digit_answers_and_one_goes_on(begun: Begun) -> None:
    table = begun("work_now")
    here = table.page.presenter.key
    QTest.keyClick(table.page, Qt.Key.Key_2)
    assert table.value("work_now") == table.control("work_now").grid.cards[1].value

    QTest.keyClick(table.page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert table.page.presenter.key != here


def test_who_uses_the_keyboard_sees_which_digit_chooses_an_answer_and_nobody_else(begun: Begun) -> None:
    table = begun("version")
    cards = table.control("version").grid.cards
    assert [card.digit for card in cards] == ["" for _ in cards]

    cards[0].setFocus(Qt.FocusReason.TabFocusReason)
    assert [card.digit for card in cards] == [str(place) for place in range(1, len(cards) + 1)]

    cards[0].setFocus(Qt.FocusReason.MouseFocusReason)
    table.page.chrome.start.setFocus(Qt.FocusReason.MouseFocusReason)
    assert [card.digit for card in cards] == ["" for _ in cards]


def test_a_digit_that_is_typed_in_a_field_answers_nothing(begun: Begun) -> None:
    table = begun("work_now")
    QTest.keyClick(table.page, Qt.Key.Key_F8)
    table.page.side.strip.note.setFocus()
    QTest.keyClick(table.page.side.strip.note, Qt.Key.Key_2)

    assert table.value("work_now") == ""
    assert table.page.side.strip.note.text() == "2"


def test_a_digit_beyond_the_answers_does_nothing(begun: Begun) -> None:
    table = begun("work_now")
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_9, Qt.KeyboardModifier.NoModifier, "9")

    assert not table.page.side.key(event)


def test_a_finger_answers(begun: Begun) -> None:
    table = begun("work_now")
    finger = QTest.createTouchDevice()
    card = table.control("work_now").grid.card("no")
    window = table.page.window()
    at = card.mapTo(window, QPoint(20, 20))
    QTest.touchEvent(window, finger).press(0, at, window)
    QTest.touchEvent(window, finger).release(0, at, window)
    QApplication.processEvents()

    assert table.value("work_now") == "no"


# ---------------------------------------------------------------------- the strip
def test_the_strip_tells_how_to_ask_and_keeps_a_note(begun: Begun) -> None:
    table = begun("work_now")
    click(table.page.chrome.strip)
    strip = table.page.side.strip
    assert strip.isVisible()
    assert "gewone dag" in table.texts(strip)
    assert strip.time.text().startswith("0 min bezig, nog ongeveer")

    strip.note.setFocus()
    QTest.keyClicks(strip.note, "Werkte in een bakkerij")
    strip.note.finish()

    assert table.value("note") == "Werkte in een bakkerij"


def test_before_the_consent_there_is_no_place_for_a_note(begun: Begun) -> None:
    table = begun("consent_record")
    click(table.page.chrome.strip)

    assert not table.page.side.strip.note.isVisible()


def test_the_strip_is_as_it_was_left_the_next_time(begun: Begun) -> None:
    first = begun("work_now")
    assert not first.page.side.strip.isVisible()
    click(first.page.chrome.strip)
    first.page.close()

    assert begun("work_now").page.side.strip.isVisible()


def test_minutes_left_are_told_beside_the_screens(begun: Begun) -> None:
    table = begun("work_now")
    trail = table.page.presenter.trail()

    assert trail.minutes > 0
    assert "دقيقة" in trail.count or "دقائق" in trail.count


# ---------------------------------------------------------------------- one answer alone
def hold(card: AnswerCard, qtbot: QtBot) -> None:
    QTest.mousePress(card, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: card._heard or not card._hold.isActive(), timeout=4 * HOLD_MS)
    QTest.mouseMove(card, card.rect().center() + QPoint(2, 2))
    QTest.mouseRelease(card, Qt.MouseButton.LeftButton)


def test_an_answer_that_is_held_is_read_and_not_chosen(begun: Begun, qtbot: QtBot) -> None:
    table = begun("work_now")
    card = table.control("work_now").grid.card("no")
    hold(card, qtbot)

    assert [spoken.text for spoken in table.voice.said] == [card.answer.pair.own]
    assert card.is_read
    assert table.value("work_now") == ""
    table.voice.finish()
    assert not card.is_read
    click(card)
    assert table.value("work_now") == "no"


def test_the_key_on_an_answer_reads_that_answer_alone(begun: Begun) -> None:
    table = begun("work_now")
    card = table.control("work_now").grid.card("no")
    last_used.by_keys()
    card.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(card, Qt.Key.Key_F2)

    assert table.voice.finish_all() == [card.answer.pair.own]
    assert table.value("work_now") == ""


def test_an_answer_no_robot_may_read_is_not_heard_and_a_long_press_chooses_it(begun: Begun, qtbot: QtBot) -> None:
    table = begun("consent_record")
    card = table.control("consent_record").grid.card("yes")
    assert card.answer.pair.own
    hold(card, qtbot)

    assert table.voice.said == []
    assert table.value("consent_record") == "yes"
