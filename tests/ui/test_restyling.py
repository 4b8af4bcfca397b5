from __future__ import annotations

import gc
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from intake_app.services.office import Office
from intake_app.ui import restyling, theme
from intake_app.ui.colours import DARK
from intake_app.ui.look import Look, show
from intake_app.ui.pages.about import AboutPage
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.pages.home import HomePage
from intake_app.ui.pages.menu import MenuPage
from intake_app.ui.pages.people import PeoplePage
from intake_app.ui.pages.reading_back import ReadingBackPage
from intake_app.ui.pages.settings import SettingsPage
from intake_app.ui.pages.shared import lane
from intake_app.ui.places import places_for
from intake_app.ui.presenters.conversation import ConversationPresenter
from intake_app.ui.widgets import BilingualLabel, Page, Pair, SecondaryButton, column
from intake_app.ui.widgets.reader import Reader
from intake_app.ui.widgets.text import TextLabel
from tests.ui.conftest import Played

USUAL = Look(theme.TextSize.NORMAL, theme.Scheme.LIGHT)
DARK_LOOK = USUAL._replace(scheme=theme.Scheme.DARK)
LARGEST = USUAL._replace(size=theme.TextSize.LARGEST)
PATIENCE = 20_000
RESTS = 4
"""A page is at rest when so many pictures in a row are the same."""
LOOKS = {
    "dark": DARK_LOOK,
    "high contrast and largest": Look(theme.TextSize.LARGEST, theme.Scheme.CONTRAST),
}
PAGES: dict[str, Callable[[Office, Played], Page]] = {
    "home": lambda office, _played: HomePage(office),
    "settings": lambda office, _played: SettingsPage(office),
    "people": lambda office, _played: PeoplePage(office),
    "menu": lambda office, _played: MenuPage(places_for(office.store.account)),
    "about": lambda _office, _played: AboutPage(),
    "a question": lambda _office, played: ConversationPage(played.office, ConversationPresenter(played.conversation)),
    "reading back": lambda _office, played: ReadingBackPage(ConversationPresenter(played.conversation)),
}


@pytest.fixture
def done(themed: QApplication, qtbot: QtBot) -> Callable[[], None]:
    """Wait until the last widget has the look that was chosen last."""
    return lambda: qtbot.waitUntil(lambda: restyling.restyling(themed).done, timeout=PATIENCE)


@pytest.fixture
def in_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a page that is too long to be done at once, however fast the computer is: one widget in each event.

    What tests before this one left has to be gone: it would take its turns as well.
    """
    gc.collect()
    monkeypatch.setattr(restyling, "_AT_ONCE_S", 0.0)
    monkeypatch.setattr(restyling, "_NEXT_S", 0.0)


def picture(page: QWidget) -> QImage:
    """The page at rest, with the keyboard nowhere: a cursor blinks."""
    held = page.window().focusWidget()
    if held is not None:
        held.clearFocus()
    seen = [page.grab().toImage()]
    while lane().busy or not getattr(page, "grown", True) or len(seen) < RESTS:
        QTest.qWait(20)
        now = page.grab().toImage()
        seen = [*seen, now] if now == seen[-1] else [now]
    return seen[-1]


def lines(count: int) -> Page:
    """A page with so many lines and a button below them."""
    page = Page("Lang")
    for number in range(count):
        page.add(BilingualLabel(Pair(f"سؤال {number}", f"Vraag nummer {number} van dit gesprek", "ar"), "body"))
    page.add(SecondaryButton("Verder", "next"))
    return page


def said(page: Page) -> list[TextLabel]:
    return [label.own for label in page.findChildren(BilingualLabel) if label.own.property("role") == "body"]


def letters(page: Page) -> set[int]:
    """How large what stands on the page is."""
    return {label.font().pixelSize() for label in said(page)}


def inks(page: Page) -> set[str]:
    """In which colours what stands on the page is written."""
    return {label.palette().windowText().color().name().upper() for label in said(page)}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_a_look_chosen_live_shows_what_a_start_with_it_shows(
    name: str, look: Look, office: Office, played: Played, shown: Callable[..., QWidget], done: Callable[[], None]
) -> None:
    show(look)
    done()
    begun_with = picture(shown(PAGES[name](office, played), 1366, 768))
    show(USUAL)
    done()
    page = shown(PAGES[name](office, played), 1366, 768)
    usual = picture(page)

    show(look)
    done()

    assert picture(page) == begun_with
    show(USUAL)
    done()
    assert picture(page) == usual
    assert usual != begun_with


def test_letters_of_a_text_that_came_later_stay_as_large_in_another_palette(
    themed: QApplication, shown: Callable[..., QWidget]
) -> None:
    page = Page("Nog leeg")
    page.set_title(Pair("هل هو صحيح؟", "Klopt dat?", "ar"))
    shown(page)

    theme.apply(themed, scheme=theme.Scheme.DARK)

    assert page.title.own.font().pixelSize() == theme.tokens().text("title", tall=True)


def test_what_is_being_read_has_the_letters_and_links_of_the_look_that_was_chosen(
    shown: Callable[..., QWidget], done: Callable[[], None]
) -> None:
    text = "# Hoofdstuk\n\n" + "Een regel met [een verwijzing](#hier) en meer.\n\n" * 60

    def read() -> Reader:
        reader = Reader("Handleiding")
        shown(reader, 900, 600)
        reader.read(text, {})
        return reader

    show(DARK_LOOK._replace(size=theme.TextSize.LARGEST))
    done()
    begun_with = picture(read())
    show(USUAL)
    done()
    reader = read()
    bar = reader.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)

    show(DARK_LOOK._replace(size=theme.TextSize.LARGEST))
    done()

    assert bar.value() / bar.maximum() == pytest.approx(0.5, abs=0.05)
    bar.setValue(0)
    assert picture(reader) == begun_with


class Heard(TextLabel):
    """Counts how often it is told of another style."""

    styled = 0

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - the name is Qt's
        self.styled += event.type() == QEvent.Type.StyleChange
        super().changeEvent(event)


def test_another_palette_is_told_to_each_widget_once_however_deep_it_stands(
    themed: QApplication, shown: Callable[..., QWidget]
) -> None:
    label = Heard("Diep")
    outside: QWidget = label
    for _ in range(10):
        outside, inside = QWidget(), outside
        outside.setLayout(column(inside))
    shown(outside)
    label.styled = 0

    theme.apply(themed, scheme=theme.Scheme.DARK)

    assert label.styled == 1
    assert label.palette().windowText().color().name().upper() == DARK.ink


@pytest.mark.usefixtures("in_slices")
def test_while_a_long_page_changes_the_window_keeps_its_picture_and_then_shows_the_other(
    themed: QApplication, shown: Callable[..., QWidget], done: Callable[[], None]
) -> None:
    page = shown(lines(12))

    show(LARGEST)
    meanwhile = page.updatesEnabled()
    done()

    assert (meanwhile, page.updatesEnabled()) == (False, True)
    assert letters(page) == {theme.tokens().text("body", tall=True)}


@pytest.mark.usefixtures("in_slices")
def test_hands_press_nothing_that_stands_elsewhere_already(
    shown: Callable[..., QWidget], done: Callable[[], None]
) -> None:
    page, pressed = shown(lines(2)), []
    button = page.findChildren(SecondaryButton)[-1]
    button.clicked.connect(lambda: pressed.append("verder"))

    def press() -> None:
        at = button.mapTo(page, QPoint(button.width() // 2, button.height() // 2))
        QTest.mouseClick(page.windowHandle(), Qt.MouseButton.LeftButton, pos=at)

    show(LARGEST)
    press()
    assert pressed == []
    done()
    QApplication.processEvents()
    press()
    assert pressed == ["verder"]


@pytest.mark.usefixtures("in_slices")
def test_with_a_key_the_windows_show_what_they_are(
    themed: QApplication, shown: Callable[..., QWidget], done: Callable[[], None]
) -> None:
    page = shown(lines(12))

    show(LARGEST)
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_F12)

    assert not restyling.restyling(themed).done
    assert page.updatesEnabled()
    done()
    assert page.updatesEnabled()


@pytest.mark.usefixtures("in_slices")
def test_of_two_changes_after_each_other_nothing_is_forgotten(
    themed: QApplication, shown: Callable[..., QWidget], done: Callable[[], None]
) -> None:
    page = shown(lines(12))

    show(DARK_LOOK)
    show(Look(theme.TextSize.LARGEST, theme.Scheme.DARK))
    done()

    assert inks(page) == {DARK.ink}
    assert letters(page) == {theme.tokens().text("body", tall=True)}


@pytest.mark.usefixtures("in_slices")
def test_what_is_asked_at_once_does_what_was_left_of_an_earlier_change(
    themed: QApplication, shown: Callable[..., QWidget]
) -> None:
    page = shown(lines(12))

    show(DARK_LOOK)
    theme.apply(themed, size=theme.TextSize.LARGE)

    assert restyling.restyling(themed).done
    assert page.updatesEnabled()
    assert inks(page) == {DARK.ink}


@pytest.mark.usefixtures("in_slices")
def test_a_page_may_be_let_go_while_it_changes(
    themed: QApplication, qtbot: QtBot, shown: Callable[..., QWidget], done: Callable[[], None]
) -> None:
    window = QWidget()
    page, stays = lines(12), QPushButton("Blijft")
    window.setLayout(column(page, stays))
    shown(window)

    show(LARGEST)
    page.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    done()

    assert window.updatesEnabled()
    assert restyling.restyling(themed).done
