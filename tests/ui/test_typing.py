from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from intake_app.ui import theme
from intake_app.ui.widgets import LineEntry, TextEntry, column
from intake_app.ui.widgets.line_entry import PAUSE_MS


def test_a_text_is_told_when_the_typing_pauses(shown, qtbot: QtBot) -> None:
    entry = shown(TextEntry("Vraag"))

    told: list[str] = []
    entry.typing_paused.connect(told.append)

    qtbot.keyClicks(entry, "ik kook")

    qtbot.waitUntil(lambda: told[-1:] == ["ik kook"], timeout=10 * PAUSE_MS)


def test_who_types_on_and_on_is_kept_all_the_same(shown, qtbot: QtBot) -> None:
    for entry in (TextEntry("Vraag"), LineEntry("Naam")):
        shown(entry)
        kept: list[str] = []
        entry.typing_paused.connect(kept.append)

        for letter in "ik kook graag voor veel mensen":
            QTest.keyClick(entry, letter, delay=PAUSE_MS // 8)

        assert len(kept) >= 2
        assert all("ik kook graag voor veel mensen".startswith(text) for text in kept)


def test_every_letter_is_a_change(shown, qtbot: QtBot) -> None:
    entry = shown(TextEntry("Vraag"))
    heard: list[str] = []
    entry.changed.connect(heard.append)

    qtbot.keyClicks(entry, "kok")

    assert heard == ["k", "ko", "kok"]


def test_leaving_the_field_tells_at_once(shown, qtbot: QtBot) -> None:
    page = QWidget()
    entry, other = TextEntry("Vraag"), LineEntry("Naam")
    page.setLayout(column(entry, other))
    shown(page)
    entry.setFocus()
    qtbot.keyClicks(entry, "ja")
    heard: list[str] = []
    entry.typing_paused.connect(heard.append)

    qtbot.keyClick(entry, Qt.Key.Key_Tab)

    assert heard == ["ja"]
    assert QApplication.focusWidget() is other


def test_a_text_set_by_the_program_is_silent(shown, qtbot: QtBot) -> None:
    for entry in (TextEntry("Vraag"), LineEntry("Naam")):
        shown(entry)
        with qtbot.assertNotEmitted(entry.changed), qtbot.assertNotEmitted(entry.typing_paused):
            entry.set_text("van eerder")
            entry.flush()
        assert entry.text() == "van eerder"


def test_a_field_grows_with_its_text_up_to_a_bound(shown, qtbot: QtBot) -> None:
    page = QWidget()
    entry = TextEntry("Vraag", lines=2, most_lines=5)
    page.setLayout(column(entry, None))
    shown(page)
    at_first = entry.height()

    entry.set_text("regel\n" * 4)
    qtbot.waitUntil(lambda: entry.height() > at_first)
    bounded = entry.sizeHint().height()
    entry.set_text("regel\n" * 40)

    assert entry.sizeHint().height() <= bounded + 3 * entry.fontMetrics().lineSpacing()


def test_pasted_text_keeps_no_style(shown) -> None:
    entry = shown(TextEntry("Vraag"))

    assert not entry.acceptRichText()


def test_an_arabic_field_begins_at_the_right_and_digits_stay_left_to_right() -> None:
    rtl, ltr = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight

    assert TextEntry("Vraag", rtl=True).layoutDirection() == rtl
    assert LineEntry("Naam", rtl=True).layoutDirection() == rtl
    assert LineEntry("Telefoon", rtl=True, digits=True).layoutDirection() == ltr


def test_fields_are_large_targets(shown) -> None:
    page = QWidget()
    entries = [TextEntry("Vraag", lines=1), LineEntry("Naam"), LineEntry("Postcode", digits=True, widest=200)]
    page.setLayout(column(*entries, None))
    shown(page)

    assert all(entry.height() >= theme.TARGET for entry in entries)


def test_a_number_field_takes_the_digits_of_any_keyboard(shown) -> None:
    entry = shown(LineEntry("Telefoonnummer", digits=True))
    told: list[str] = []
    entry.changed.connect(told.append)

    for digits in ("۰۶", "١٢", "34"):
        typed = QInputMethodEvent()
        typed.setCommitString(digits)
        QApplication.sendEvent(entry, typed)

    assert entry.text() == told[-1] == "061234"


def test_a_line_of_words_keeps_the_digits_that_were_typed(shown) -> None:
    entry = shown(LineEntry("Naam"))
    typed = QInputMethodEvent()
    typed.setCommitString("پلاک ۱۲")

    QApplication.sendEvent(entry, typed)

    assert entry.text() == "پلاک ۱۲"
