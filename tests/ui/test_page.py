from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from intake_app.ui import theme
from intake_app.ui.widgets import (
    BusyOverlay,
    FocusStart,
    IconButton,
    LineEntry,
    MessageBar,
    MessageKind,
    Page,
    Pair,
    PictogramLabel,
    PrimaryButton,
    QuietButton,
    SecondaryButton,
    SectionTrail,
    TextLabel,
    TrailStep,
    column,
)
from intake_app.ui.widgets.icons import DIRECTIONAL

RTL = Qt.LayoutDirection.RightToLeft


def test_the_back_arrow_goes_back(shown, qtbot: QtBot) -> None:
    page = shown(Page("Mijn mensen"))

    with qtbot.waitSignal(page.back):
        qtbot.keyClick(page.back_button, Qt.Key.Key_Return)


def test_a_long_page_shows_that_there_is_more_until_the_end_is_reached(shown, qtbot: QtBot) -> None:
    page = Page("Lang")
    for n in range(40):
        page.add(TextLabel(f"regel {n}"))
    page.set_footer(end=[PrimaryButton("Verder")])
    shown(page, 1024, 500)
    qtbot.waitUntil(page.further.isVisible)

    while page.further.isVisible():
        before = page.scroll.verticalScrollBar().value()
        qtbot.mouseClick(page.further, Qt.MouseButton.LeftButton)
        assert page.scroll.verticalScrollBar().value() > before

    assert page.scroll.verticalScrollBar().value() >= page.scroll.verticalScrollBar().maximum() - 24


def test_a_short_page_does_not_scroll(shown, qtbot: QtBot) -> None:
    page = Page("Kort")
    page.add(TextLabel("een regel"))
    page.add_stretch()
    page.set_footer(end=[PrimaryButton("Verder")])
    shown(page, 1024, 700)

    assert page.scroll.verticalScrollBar().maximum() == 0
    assert not page.further.isVisible()


def test_the_body_is_never_wider_than_pleasant(shown) -> None:
    page = Page("Breed")
    label = TextLabel("een regel")
    page.add(label)
    shown(page, 2400, 700)

    assert label.width() <= theme.tokens().scaled(1180)
    left = label.mapTo(page, label.rect().topLeft()).x()
    assert abs(left - (page.width() - left - label.width())) <= 16


def test_the_footer_follows_the_reading_direction_and_its_arrows_too(shown) -> None:
    page = Page("Gesprek")
    verder = PrimaryButton(Pair("التالي", "Verder", "ar"), "next", icon_after=True)
    page.set_footer(end=[verder])
    page.set_reader("ar")
    shown(page)

    assert verder.mapTo(page, verder.rect().center()).x() < page.width() / 2
    assert verder.mark.layoutDirection() == RTL
    assert verder.mark.name in DIRECTIONAL


def test_the_header_follows_the_reader_and_more_is_said_in_both_languages(shown) -> None:
    page = Page("Gesprek")
    page.set_footer(end=[PrimaryButton("Verder")])
    page.set_reader("ar")
    for _ in range(60):
        page.add(TextLabel("een regel"))
    shown(page)

    title = page.title
    assert title.layoutDirection() == RTL
    assert title.mapTo(page, title.rect().topRight()).x() > page.width() / 2
    assert page.further.accessibleName() == "المزيد – Meer"


def test_an_arrow_is_drawn_mirrored_in_a_right_to_left_half(shown) -> None:
    def tip(button: IconButton) -> int:
        """How far to the right the sharp end of the arrow stands: the middle line's only dark spot."""
        picture = button.grab().toImage()
        line = [picture.pixelColor(x, picture.height() // 2).lightness() for x in range(picture.width())]
        return line.index(min(line))

    button = shown(IconButton("next", "Verder"), 48, 48)
    plain = tip(button)

    button.setLayoutDirection(RTL)

    assert plain > button.width() / 2
    assert tip(button) < button.width() / 2


@pytest.mark.parametrize(("name", "turns"), [("undo", True), ("speaker", True), ("question", True), ("clock", False)])
def test_what_points_along_the_reading_is_turned_and_nothing_else(name: str, turns: bool, shown) -> None:
    button = shown(IconButton(name, "Knop"), 48, 48)
    plain = button.grab().toImage()

    button.setLayoutDirection(RTL)

    turned = button.grab().toImage()
    assert (turned != plain) is turns
    if turns:
        same = sum(
            abs(turned.pixelColor(x, y).lightness() - plain.pixelColor(47 - x, y).lightness()) < 40
            for x in range(48)
            for y in range(48)
        )
        assert same > 0.9 * 48 * 48


def test_buttons_are_large_targets_with_names(shown) -> None:
    page = QWidget()
    buttons = [PrimaryButton("Verder"), IconButton("pause", "Pauze"), IconButton("pause", "Pauze", captioned=True)]
    page.setLayout(column(*buttons))
    shown(page)

    for button in buttons:
        assert button.width() >= theme.TARGET
        assert button.height() >= theme.TARGET
        assert button.accessibleName()


def test_a_message_says_what_happened_and_what_to_do_and_can_be_closed(shown, qtbot: QtBot) -> None:
    bar = shown(MessageBar(MessageKind.WARNING, "Geen verbinding.", "U kunt verder gaan.", closable=True), 900, 120)
    assert bar.accessibleName() == "Geen verbinding. U kunt verder gaan."

    with qtbot.waitSignal(bar.closed):
        qtbot.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)

    assert not bar.isVisible()


def test_each_kind_of_message_has_its_own_icon(shown) -> None:
    bar = MessageBar()
    icons = set()
    for kind in MessageKind:
        bar.say(kind, "tekst")
        icons.add(bar.mark.name)

    assert len(icons) == len(MessageKind)


def test_the_trail_tells_where_we_are() -> None:
    trail = SectionTrail()

    trail.set_steps([TrailStep("A", "Start", done=True), TrailStep("B", "Toestemming")], 1, "nog 8 vragen")

    assert trail.accessibleName() == "2/2. Toestemming. nog 8 vragen"


def test_a_veil_keeps_keys_off_and_gives_the_keyboard_back(shown, qtbot: QtBot) -> None:
    page = QWidget()
    field = LineEntry("Naam")
    page.setLayout(column(field, None))
    veil = BusyOverlay(page)
    shown(page)
    field.setFocus()
    veil.start("Het plan wordt gemaakt.")
    assert not veil.isVisible(), "nothing flashes for something short"
    qtbot.waitUntil(veil.isVisible)

    qtbot.keyClicks(QApplication.focusWidget(), "abc")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is veil
    veil.stop()

    assert not veil.isVisible()
    assert field.text() == ""
    assert QApplication.focusWidget() is field


def test_a_veil_over_a_part_leaves_who_types_beside_it_alone(shown, qtbot: QtBot) -> None:
    page, part = QWidget(), QWidget()
    field = LineEntry("Naam")
    page.setLayout(column(field, part))
    veil = BusyOverlay(part)
    shown(page)
    field.setFocus()
    veil.start("Het plan wordt gemaakt.")
    qtbot.waitUntil(veil.isVisible)

    qtbot.keyClicks(QApplication.focusWidget(), "abc")
    veil.stop()

    assert field.text() == "abc"
    assert QApplication.focusWidget() is field


def test_work_that_is_done_at_once_shows_no_veil(shown, qtbot: QtBot) -> None:
    page = QWidget()
    veil = BusyOverlay(page)
    shown(page)

    veil.start("Bewaren")
    veil.stop()

    assert not veil.isVisible()


def test_a_pictogram_that_is_missing_takes_no_room(shown) -> None:
    page = QWidget()
    there, missing = PictogramLabel("card_h1", 64), PictogramLabel("no_such_drawing", 64)
    page.setLayout(column(there, missing, None))
    shown(page)

    assert there.isVisible()
    assert there.width() == 64
    assert not missing.isVisible()


def test_from_the_start_of_a_page_the_first_tab_goes_to_the_first_thing(shown, qtbot: QtBot) -> None:
    page = QWidget()
    start, first = FocusStart(), LineEntry("Naam")
    page.setLayout(column(start, first, None))
    shown(page)
    start.setFocus()

    qtbot.keyClick(start, Qt.Key.Key_Tab)

    assert QApplication.focusWidget() is first


def test_large_letters_in_a_low_window_leave_the_page_to_its_body(shown, qapp, qtbot: QtBot) -> None:
    theme.apply(qapp, size=theme.TextSize.LARGEST)
    page = Page("Vraag")
    page.set_where(SectionTrail())
    page.add_action(QuietButton(Pair("التوقف", "Stoppen", "ar"), "stop"))
    page.add_action(IconButton("list", "Nalezen"))
    page.set_footer([SecondaryButton(Pair("رجوع", "Terug", "ar"), "back")], [PrimaryButton("Verder", "next")])
    shown(page, 1024, 576)
    low = page._header.height() + page._footer.height()
    assert low <= 576 * 0.33

    page.resize(1024, 1000)
    qtbot.waitUntil(lambda: page._header.height() + page._footer.height() > low * 1.15)
    assert all(button.height() >= theme.TARGET for button in page.findChildren(QAbstractButton) if button.isVisible())
