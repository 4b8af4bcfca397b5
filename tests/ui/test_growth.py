from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from intake_app.services.office import Office
from intake_app.ui.pages.menu import MenuPage
from intake_app.ui.pages.settings import SettingsPage
from intake_app.ui.places import places_for
from intake_app.ui.widgets import Page, TextLabel
from intake_app.ui.widgets import growth as growing
from intake_app.ui.widgets.growth import Parts

MANY = 30


@pytest.fixture(autouse=True)
def slow_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    """One part in each event, as on a computer on which each takes long."""
    monkeypatch.setattr(growing, "_AT_ONCE_S", 0.0)
    monkeypatch.setattr(growing, "_NEXT_S", 0.0)


class Long(Page):
    def __init__(self, *, at_once: bool = True) -> None:
        super().__init__("Lang")
        self.made: list[int] = []
        self.whole_times = 0
        self.grow(self._parts(), at_once=at_once)

    def _parts(self) -> Parts:
        for number in range(MANY):
            self.made.append(number)
            self.add(TextLabel(f"Regel {number}"))
            yield

    def grew(self) -> None:
        self.whole_times += 1


def show(qtbot: QtBot, page: QWidget) -> None:
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()


def test_the_first_part_stands_at_once_and_the_rest_comes_between_events(qtbot: QtBot) -> None:
    page = Long()
    before = list(page.made)
    show(qtbot, page)
    heard: list[int] = []
    QTimer.singleShot(0, page, lambda: heard.append(len(page.made)))
    qtbot.waitUntil(lambda: page.grown)

    assert before == [0]
    assert page.made == list(range(MANY))
    assert heard[0] < MANY
    assert page.whole_times == 1


def test_what_stands_keeps_its_place_while_the_rest_comes(qtbot: QtBot) -> None:
    page = Long()
    show(qtbot, page)
    (first,) = (label for label in page.findChildren(TextLabel) if label.text() == "Regel 0")
    QApplication.processEvents()
    stood = first.geometry()
    qtbot.waitUntil(lambda: page.grown)
    QApplication.processEvents()

    assert first.geometry() == stood


def test_a_frame_can_stand_before_its_first_part(qtbot: QtBot) -> None:
    page = Long(at_once=False)
    assert page.made == []
    show(qtbot, page)
    qtbot.waitUntil(lambda: page.grown)
    assert len(page.made) == MANY


class Painted(TextLabel):
    """Writes down when it was made and when it was painted."""

    def __init__(self, number: int, story: list[str]) -> None:
        super().__init__(f"Regel {number}")
        self.number, self.story = number, story
        story.append(f"made {number}")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - the name Qt calls it by
        if f"painted {self.number}" not in self.story:
            self.story.append(f"painted {self.number}")
        super().paintEvent(event)


class Told(Page):
    def __init__(self) -> None:
        super().__init__("Verhaal")
        self.story: list[str] = []
        self.grow(self._parts())

    def _parts(self) -> Parts:
        for number in range(5):
            self.add(Painted(number, self.story))
            yield


def test_what_was_made_is_painted_before_the_next_part_is_made(qtbot: QtBot) -> None:
    page = Told()
    show(qtbot, page)
    qtbot.waitUntil(lambda: page.grown and "painted 4" in page.story)

    assert page.story == [f"{what} {number}" for number in range(5) for what in ("made", "painted")]


def test_who_needs_the_whole_gets_it_now(qtbot: QtBot) -> None:
    page = Long()
    qtbot.addWidget(page)
    page.whole()
    assert page.grown
    assert len(page.made) == MANY


def test_out_of_sight_nothing_grows_and_back_in_sight_it_goes_on(qtbot: QtBot) -> None:
    page = Long()
    show(qtbot, page)
    page.hide()
    before = len(page.made)
    for _ in range(10):
        QApplication.processEvents()
    hidden = len(page.made)
    page.show()
    qtbot.waitUntil(lambda: page.grown)

    assert hidden == before < MANY
    assert len(page.made) == MANY


def test_settings_are_kept_whole_also_when_somebody_is_quicker_than_the_page(office: Office, qtbot: QtBot) -> None:
    page = SettingsPage(office)
    qtbot.addWidget(page)
    assert not page.grown
    page.entries["location"].setText("Bibliotheek Winterswijk")

    page.save.click()

    assert page.grown
    assert page.message.kind.value == "good"
    assert set(page.clocks)


class Windows(QObject):
    """Remembers what opened as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - the name Qt calls it by
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


@pytest.fixture
def windows(qapp: QApplication) -> Iterator[Windows]:
    found = Windows()
    qapp.installEventFilter(found)
    yield found
    qapp.removeEventFilter(found)


BUILDERS: dict[str, Callable[[Office], Page]] = {
    "menu": lambda office: MenuPage(places_for(office.store.account)),
    "settings": SettingsPage,
}


@pytest.mark.parametrize("name", BUILDERS)
def test_no_part_of_a_page_flashes_by_as_a_window_of_its_own(
    name: str, office: Office, windows: Windows, qtbot: QtBot
) -> None:
    page = BUILDERS[name](office)
    show(qtbot, page)
    qtbot.waitUntil(lambda: page.grown)

    assert windows.seen == [type(page).__name__]
