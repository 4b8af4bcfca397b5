"""Notices that nobody sits before the screen any more: no hand for a while, sleep, the system's own lock."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import QByteArray

LOOK_MS = 5_000
ASLEEP_S = 60
"""A laptop that did not look for so long was asleep, or somebody turned its clock."""
_HANDS = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate,
    QEvent.Type.TabletPress,
}
LOCK_KEYS = (Qt.Key.Key_F12, Qt.Key.Key_Pause)
# freedesktop.org: org.freedesktop.login1, org.freedesktop.ScreenSaver.
_BUS_SIGNALS = (
    (
        "system",
        "org.freedesktop.login1",
        "/org/freedesktop/login1",
        "org.freedesktop.login1.Manager",
        "PrepareForSleep",
    ),
    ("session", "org.freedesktop.ScreenSaver", "", "org.freedesktop.ScreenSaver", "ActiveChanged"),
    ("session", "org.gnome.ScreenSaver", "", "org.gnome.ScreenSaver", "ActiveChanged"),
)


class Session(Protocol):
    """What the operating system tells of the session, as `platform.session` does for Windows."""

    def ask_for_messages(self, window: int) -> bool: ...
    def says_leaving(self, address: int) -> bool: ...


class LockWatch(QObject):
    """Emits `due` when the screen must be locked, also at the key for it; from `listen` on.

    `minutes` without a hand on keys, pointer or screen. `running` tells seconds that nobody can set, `clock` those of
    the system's clock.
    """

    due = Signal()

    def __init__(
        self,
        window: QWidget,
        minutes: int,
        *,
        session: Session | None = None,
        running: Callable[[], float] = time.monotonic,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(window)
        self.minutes = minutes
        self.listening = False
        self._window = window
        self._running, self._clock = running, clock
        self._touched, self._looked = running(), clock()
        self._native = _NativeMessages(session, self.due.emit) if session and sys.platform == "win32" else None
        self._buses: list[object] = []

    def listen(self) -> None:
        """Watch from now on.

        Not while the window is being built: for a look at everything that happens the bindings load each kind of
        object there is.
        """
        if self.listening:
            return
        self.listening = True
        self.touched()
        self._looked = self._clock()
        self._buses = self._listen_on_buses() if sys.platform == "linux" else []
        app = QApplication.instance()
        app.installEventFilter(self)
        if self._native is not None:
            self._native.listen(app, self._window)
        timer = QTimer(self, interval=LOOK_MS)
        timer.timeout.connect(self.look)
        timer.start()

    def touched(self) -> None:
        """Somebody is there."""
        self._touched = self._running()

    def rests(self, seconds: float) -> bool:
        """Whether no hand was there for so long."""
        return self._running() - self._touched >= seconds

    def look(self) -> None:
        """Whether it is time; called every few seconds."""
        now, before = self._clock(), self._looked
        self._looked = now
        idle = self._running() - self._touched >= self.minutes * 60
        if idle or abs(now - before) > ASLEEP_S:
            self.touched()
            self.due.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _HANDS:
            self.touched()
        # A shortcut of the window is silent while a question or the system's own dialog stands before it.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in LOCK_KEYS:
            self.due.emit()
        return False

    @Slot(bool)
    def left(self, leaving: bool) -> None:
        """The system says that it goes to sleep or shows its own lock."""
        if leaving:
            self.due.emit()

    def _listen_on_buses(self) -> list[object]:
        try:
            from PySide6.QtDBus import QDBusConnection
        except ImportError:
            return []
        buses = {"system": QDBusConnection.systemBus(), "session": QDBusConnection.sessionBus()}
        for bus, service, path, interface, name in _BUS_SIGNALS:
            if buses[bus].isConnected():
                buses[bus].connect(service, path, interface, name, self, SLOT("left(bool)"))
        return list(buses.values())


class _NativeMessages(QAbstractNativeEventFilter):
    """Reads what Windows tells the window."""

    def __init__(self, session: Session, leaving: Callable[[], None]) -> None:
        super().__init__()
        self._session, self._leaving = session, leaving

    def listen(self, app: QApplication, window: QWidget) -> None:
        """Ask for the messages and read them."""
        app.installNativeEventFilter(self)
        self._session.ask_for_messages(int(window.winId()))

    def nativeEventFilter(self, _kind: QByteArray, message: int) -> tuple[bool, int]:
        if self._session.says_leaving(int(message)):
            self._leaving()
        return False, 0
