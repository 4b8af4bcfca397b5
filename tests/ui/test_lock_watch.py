"""The screen locks by itself: after a while without hands, after sleep, and when the system says so."""

from __future__ import annotations

import ctypes

import pytest
from PySide6.QtCore import Q_ARG, QMetaObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from intake_app.platform import session
from intake_app.ui.lock_watch import LockWatch


class Time:
    def __init__(self) -> None:
        self.running, self.clock = 1000.0, 5_000_000.0

    def passes(self, seconds: float) -> None:
        self.running += seconds
        self.clock += seconds


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def window(shown) -> QWidget:
    return shown(QWidget())


@pytest.fixture
def watch(window: QWidget, time: Time) -> LockWatch:
    made = LockWatch(window, 2, running=lambda: time.running, clock=lambda: time.clock)
    made.listen()
    return made


def looks(watch: LockWatch, time: Time, seconds: float) -> int:
    """How often it said that it was due while it looked every five seconds."""
    told = []
    watch.due.connect(lambda: told.append(1))
    for _ in range(round(seconds / 5)):
        time.passes(5)
        watch.look()
    watch.due.disconnect()
    return len(told)


def test_it_is_due_after_the_minutes_that_were_set(watch: LockWatch, time: Time) -> None:
    assert looks(watch, time, 115) == 0
    assert looks(watch, time, 5) == 1


def test_a_hand_on_keys_or_pointer_begins_anew(watch: LockWatch, time: Time, window: QWidget) -> None:
    for touch in (
        lambda: QTest.keyClick(window, Qt.Key.Key_A),
        lambda: QTest.mouseClick(window, Qt.MouseButton.LeftButton),
    ):
        assert looks(watch, time, 115) == 0
        touch()
    assert looks(watch, time, 115) == 0


def test_another_setting_holds_at_once(watch: LockWatch, time: Time) -> None:
    watch.minutes = 30
    assert looks(watch, time, 20 * 60) == 0


@pytest.mark.parametrize("jump", [7 * 24 * 3600, -365 * 24 * 3600])
def test_after_sleep_or_a_turned_clock_it_is_due_at_once(watch: LockWatch, time: Time, jump: float) -> None:
    looks(watch, time, 10)
    time.clock += jump
    assert looks(watch, time, 5) == 1
    assert looks(watch, time, 60) == 0


def test_the_lock_of_the_system_locks_too(watch: LockWatch, qtbot) -> None:
    with qtbot.waitSignal(watch.due):
        QMetaObject.invokeMethod(watch, "left", Qt.ConnectionType.DirectConnection, Q_ARG(bool, True))
    told = []
    watch.due.connect(lambda: told.append(1))
    watch.left(False)
    assert told == []


def message(kind: int, wparam: int, lparam: int = 0) -> session.Message:
    return session.Message(None, kind, wparam, lparam)


def lid(state: int, setting: bytes = session.LID_SWITCH) -> session.PowerSetting:
    return session.PowerSetting((ctypes.c_ubyte * 16)(*setting), 4, state)


CLOSED, OPENED, OTHER = lid(0), lid(1), lid(0, bytes(16))


@pytest.mark.parametrize(
    ("told", "leaving"),
    [
        (message(session.WM_WTSSESSION_CHANGE, session.WTS_SESSION_LOCK), True),
        (message(session.WM_WTSSESSION_CHANGE, session.WTS_CONSOLE_DISCONNECT), True),
        (message(session.WM_WTSSESSION_CHANGE, 8), False),
        (message(session.WM_POWERBROADCAST, session.PBT_APMSUSPEND), True),
        (message(session.WM_POWERBROADCAST, 0x12), False),
        (message(session.WM_POWERBROADCAST, session.PBT_POWERSETTINGCHANGE, ctypes.addressof(CLOSED)), True),
        (message(session.WM_POWERBROADCAST, session.PBT_POWERSETTINGCHANGE, ctypes.addressof(OPENED)), False),
        (message(session.WM_POWERBROADCAST, session.PBT_POWERSETTINGCHANGE, ctypes.addressof(OTHER)), False),
        (message(session.WM_POWERBROADCAST, session.PBT_POWERSETTINGCHANGE), False),
        (message(0x0100, session.WTS_SESSION_LOCK), False),
    ],
    ids=[
        "locked",
        "other user",
        "unlocked",
        "sleep",
        "woke",
        "lid closed",
        "lid opened",
        "other setting",
        "empty",
        "key",
    ],
)
def test_the_messages_of_windows_are_read(told: session.Message, leaving: bool) -> None:
    assert session.says_leaving(ctypes.addressof(told)) is leaving


@pytest.mark.skipif(hasattr(ctypes, "WinDLL"), reason="Windows tells")
def test_elsewhere_nobody_is_asked_for_messages() -> None:
    assert not session.ask_for_messages(1)


def test_it_is_due_for_nobody_before_it_listens(window: QWidget, time: Time) -> None:
    quiet = LockWatch(window, 2, running=lambda: time.running, clock=lambda: time.clock)
    told = []
    quiet.due.connect(lambda: told.append(1))
    time.passes(3600)
    QTest.keyClick(window, Qt.Key.Key_F12)
    assert told == []
    quiet.listen()
    quiet.look()
    assert told == []
    QTest.keyClick(window, Qt.Key.Key_F12)
    assert told == [1]
