"""Widgets that nobody holds any more end on the GUI thread, whatever background work does meanwhile."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QEventLoop, Qt, QThread, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from intake_app.errors import InputError
from intake_app.ui.sweeping import MOST_PUT_OFF, Sweeper, sweep
from intake_app.ui.tasks import BackgroundLane


class Part(QWidget):
    """Holds itself, as a page does whose buttons call it: only clearing up ends it."""

    def __init__(self) -> None:
        super().__init__()
        QLabel("", self)
        self.act: Callable[[], QWidget] = lambda: self


@dataclass
class Endings:
    """In which threads parts ended."""

    threads: list[threading.Thread] = field(default_factory=list)

    def watch(self, part: Part) -> Part:
        weakref.finalize(part, lambda: self.threads.append(threading.current_thread()))
        return part


@pytest.fixture
def endings() -> Endings:
    gc.collect()
    return Endings()


@pytest.fixture
def lane(qtbot: QtBot) -> Iterator[BackgroundLane]:
    made = BackgroundLane()
    yield made
    assert made.close(5000)


@pytest.fixture
def sweeper(qapp: QApplication) -> Iterator[Sweeper]:
    gc.enable()
    made = Sweeper(qapp)
    yield made
    made.close()
    made.deleteLater()
    gc.unfreeze()
    gc.disable()


def litter() -> int:
    """So much of it that Python itself would clear up everything, many times."""
    before = gc.get_threshold()
    gc.set_threshold(10, 1, 1)
    for _ in range(20_000):
        ring: list[object] = []
        ring.append(ring)
    gc.set_threshold(*before)
    return 1


def littered(lane: BackgroundLane, qtbot: QtBot) -> None:
    told: list[int] = []
    lane.run(litter, told.append)
    qtbot.waitUntil(lambda: bool(told))


def test_background_work_never_ends_a_widget(
    sweeper: Sweeper, lane: BackgroundLane, endings: Endings, qtbot: QtBot
) -> None:
    endings.watch(Part())
    littered(lane, qtbot)
    gc.collect()

    assert endings.threads == [threading.main_thread()]


def test_what_qt_deletes_while_background_work_makes_litter_is_deleted_once(
    sweeper: Sweeper, lane: BackgroundLane, endings: Endings
) -> None:
    for _ in range(5):
        part = endings.watch(Part())
        part.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        part.show()
        wait = QEventLoop()
        # No line of Python runs between the litter and the deletion: those are the moments that count.
        lane.run(lambda: (QThread.msleep(10), litter()))
        QTimer.singleShot(150, part.close)
        QTimer.singleShot(250, wait.quit)
        del part
        wait.exec()
    gc.collect()

    assert set(endings.threads) == {threading.main_thread()}


def test_litter_is_cleared_up_between_two_events(sweeper: Sweeper, endings: Endings, qtbot: QtBot) -> None:
    endings.watch(Part())
    gc.collect(1)
    kept = [[number] for number in range(20 * gc.get_threshold()[0])]
    endings.watch(Part())
    qtbot.waitUntil(lambda: len(endings.threads) == 2, timeout=5000)

    assert kept
    assert set(endings.threads) == {threading.main_thread()}


def test_nothing_is_cleared_up_while_an_event_is_still_handled(sweeper: Sweeper, endings: Endings) -> None:
    outer, inner = QEventLoop(), QEventLoop()

    def while_handled() -> None:
        sweeper.look()
        inner.quit()

    QTimer.singleShot(0, lambda: (QTimer.singleShot(0, while_handled), inner.exec(), outer.quit()))
    endings.watch(Part())
    kept = [[number] for number in range(2 * gc.get_threshold()[0])]
    outer.exec()
    assert kept
    assert not endings.threads

    sweeper.look()

    assert len(endings.threads) == 1


def test_what_stands_when_an_office_opened_is_looked_at_no_more(
    sweeper: Sweeper, lane: BackgroundLane, qtbot: QtBot
) -> None:
    gc.collect()
    frozen, cleared = gc.get_freeze_count(), [each["collections"] for each in gc.get_stats()]
    lane.run(sweeper.settle)
    qtbot.waitUntil(lambda: gc.get_freeze_count() > frozen)

    assert [each["collections"] for each in gc.get_stats()] == cleared


def test_before_an_office_is_open_nothing_is_looked_through(qapp: QApplication, qtbot: QtBot) -> None:
    made = Sweeper(qapp, waits=True)
    gc.collect()
    kept = [[number] for number in range(2 * gc.get_threshold()[0])]
    made.look()
    waited = gc.get_count()[0]
    made.settle()
    QApplication.processEvents()
    kept += [[number] for number in range(2 * gc.get_threshold()[0])]
    made.look()
    looked = gc.get_count()[0]
    made.close()
    made.deleteLater()
    gc.unfreeze()
    gc.disable()

    assert kept
    assert waited > gc.get_threshold()[0] > looked


def test_while_hands_are_busy_clearing_up_is_put_off_but_not_for_ever(qapp: QApplication, endings: Endings) -> None:
    made = Sweeper(qapp, lambda: False)
    endings.watch(Part())
    kept = [[number] for number in range(2 * gc.get_threshold()[0])]
    for _ in range(MOST_PUT_OFF):
        made.look()
    put_off = list(endings.threads)
    made.look()
    made.close()
    made.deleteLater()
    gc.disable()

    assert kept
    assert not put_off
    assert endings.threads == [threading.main_thread()]


def test_nothing_is_done_where_nothing_is_due() -> None:
    gc.collect()

    assert sweep() is None


def test_work_that_holds_a_widget_lets_it_go_on_the_gui_thread(
    lane: BackgroundLane, endings: Endings, qtbot: QtBot
) -> None:
    told: list[bool] = []
    for _ in range(50):
        held = endings.watch(Part())
        del held.act
        lane.run(lambda held=held: isValid(held), told.append)
        del held
    qtbot.waitUntil(lambda: len(told) == 50)

    assert told == [True] * 50
    assert set(endings.threads) == {threading.main_thread()}


def test_an_error_in_work_that_holds_a_widget_lets_it_go_on_the_gui_thread(
    lane: BackgroundLane, endings: Endings, qtbot: QtBot
) -> None:
    told: list[str] = []

    def fails(held: Part) -> None:
        raise InputError(reason=type(held).__name__)

    for _ in range(50):
        held = endings.watch(Part())
        del held.act
        lane.run(lambda held=held: fails(held), failed=lambda error: told.append(error.code))
        del held
    qtbot.waitUntil(lambda: len(told) == 50)
    gc.collect()

    assert len(endings.threads) == 50
    assert set(endings.threads) == {threading.main_thread()}
