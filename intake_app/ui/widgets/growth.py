"""A page that stands at once and grows between events, so that the window answers while it is being filled."""

from __future__ import annotations

import time
from collections.abc import Generator

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

Parts = Generator[None, None, None]
"""Puts a part on the page up to each `yield`; the page may be looked at and used between them."""

_HIDDEN, _SHOWN = QEvent.Type.Hide, QEvent.Type.Show
_AT_ONCE_S, _NEXT_S = 0.006, 0.006
"""What is first in sight is made at once; after that a few parts in each event. To lay them out takes as long again."""
_PAINTED = QEvent.Type(QEvent.registerEventType())
"""Comes when what was made last has been laid out and painted."""
_LAST = Qt.EventPriority.LowEventPriority.value - 1
_BREATH_MS = 1


class Growth(QObject):
    """Makes `parts` one after the other: the first ones in `begin`, the others when nothing else is to be done.

    Out of sight the widget they are for does not grow: behind the lock nothing can be read, and who has left does not
    come back. To lay out and to paint what was made is an event of its own: only after that the next parts are made.
    """

    ended = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        parent.installEventFilter(self)
        self._parts: Parts | None = None
        self._at_work = self._broken = self._hidden = False
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setTimerType(Qt.TimerType.PreciseTimer)
        self._next.timeout.connect(lambda: self._work(_NEXT_S))

    @property
    def done(self) -> bool:
        """Whether nothing is left to be made."""
        return self._parts is None

    def begin(self, parts: Parts, *, at_once: bool = True) -> None:
        """Make these parts, the first of them `at_once` or none yet; what was left of others is forgotten."""
        self._parts, self._broken = parts, False
        if at_once:
            self._work(_AT_ONCE_S)
        else:
            self._go_on()

    def finish(self) -> None:
        """Make at once what is left, because somebody needs the whole."""
        if not self._at_work:
            self._work(None)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == _HIDDEN:
            self._hidden = True
            self._next.stop()
        elif kind == _SHOWN:
            self._hidden = False
            if not self.done:
                self._go_on()
        return False

    def customEvent(self, event: QEvent) -> None:
        if event.type() == _PAINTED and not (self.done or self._hidden):
            # Not at once: a timer that is due would still fire in the same turn.
            self._next.start(_BREATH_MS)

    def _go_on(self) -> None:
        QCoreApplication.postEvent(self, QEvent(_PAINTED), _LAST)

    def _work(self, seconds: float | None) -> None:
        parts, begun = self._parts, time.perf_counter()
        if parts is None or self._broken:
            return
        self._at_work = True
        try:
            for _ in parts:
                if seconds is not None and time.perf_counter() - begun >= seconds:
                    self._go_on()
                    return
        except BaseException:
            # half a page is never taken for a whole one; what failed is said by who hears of errors
            self._broken = True
            raise
        finally:
            self._at_work = False
        if self._parts is parts:
            self._parts = None
            self.ended.emit()
