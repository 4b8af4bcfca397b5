"""Every window in another palette or with other letters: each widget once, between events where there are many."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QStyle, QWidget
from shiboken6 import isValid

_AT_ONCE_S, _NEXT_S = 0.020, 0.010
"""Most pages are done at once; of a long one so much in each event. To lay out what was done takes about as long."""
_STYLED, _LAID_OUT = QEvent(QEvent.Type.StyleChange), QEvent.Type(QEvent.registerEventType())
_POLISHED = Qt.WidgetAttribute.WA_WState_Polished
_LAST = Qt.EventPriority.LowEventPriority.value - 1
_BREATH_MS = 1
_HANDS = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.TouchBegin,
    QEvent.Type.Wheel,
)


class Restyling(QObject):
    """Goes through all windows; what is not done at once waits for its turn between events.

    Until the last widget is done the windows keep the picture they had, so that no half of a page is shown. Hands are
    kept off meanwhile, since what they would press stands elsewhere already. Keys go where they went; with the first of
    them the windows show what they are, since it may be the key that blanks the screen.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._left: Iterator[None] | None = None
        self._polishes = False
        self._holds = True
        self._still: list[tuple[QWidget, QWindow]] = []
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setTimerType(Qt.TimerType.PreciseTimer)
        self._next.timeout.connect(lambda: self._work(_NEXT_S))

    @property
    def done(self) -> bool:
        """Whether no widget is left."""
        return self._left is None

    def begin(self, *, polish: bool, at_once: bool) -> None:
        """Tell each widget of another style, after it is polished by the sheet in force where `polish` says so.

        `at_once`: all of them now. What was left of an earlier change is done with this one.
        """
        self._polishes = polish or (self._polishes and not self.done)
        self._left, self._holds = self._all(), True
        self._work(None if at_once else _AT_ONCE_S)

    def _all(self) -> Iterator[None]:
        style = self._app.style() if self._polishes else None
        for window in self._app.topLevelWidgets():
            if isValid(window):
                yield from _anew(window, style)

    def _work(self, seconds: float | None) -> None:
        left, begun, waits = self._left, time.perf_counter(), False
        if left is None:
            return
        try:
            for _ in left:
                if seconds is not None and time.perf_counter() - begun >= seconds:
                    self._hold()
                    QCoreApplication.postEvent(self, QEvent(_LAID_OUT), _LAST)
                    waits = True
                    return
        finally:
            if not waits:
                self._left = None
                self._let_go()

    def customEvent(self, event: QEvent) -> None:
        if event.type() == _LAID_OUT and not self.done:
            # Not at once: a timer that is due would still fire in the same turn.
            self._next.start(_BREATH_MS)

    def _hold(self) -> None:
        """Let the windows in sight keep their picture, and hear of hands and keys before they do."""
        if self._still or not self._holds:
            return
        for window in self._app.topLevelWidgets():
            handle = window.windowHandle()
            if handle is not None and window.isVisible() and window.updatesEnabled():
                window.setUpdatesEnabled(False)
                handle.installEventFilter(self)
                self._still.append((window, handle))

    def _let_go(self) -> None:
        still, self._still = self._still, []
        for window, handle in still:
            if isValid(handle):
                handle.removeEventFilter(self)
            if isValid(window):
                window.setUpdatesEnabled(True)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress:
            self._holds = False
            self._let_go()
        return kind in _HANDS


def _anew(widget: QWidget, style: QStyle | None) -> Iterator[None]:
    """Polish from the outside in; tell from the inside out: how large what stands in it is decides how large it is."""
    # What was never in sight is polished when it comes there.
    if style is not None and widget.testAttribute(_POLISHED):
        style.polish(widget)
    for child in widget.children():
        if isValid(child) and isinstance(child, QWidget):
            yield from _anew(child, style)
    foresee = getattr(widget, "foresee", None)
    if foresee is not None and isValid(widget):
        # What lays out many parts in one go prepares for it part by part.
        yield from foresee()
    if isValid(widget):
        QCoreApplication.sendEvent(widget, _STYLED)
        yield


_restyling: list[Restyling] = []


def restyling(app: QApplication) -> Restyling:
    """The one of this program."""
    if not (_restyling and isValid(_restyling[0])):
        _restyling[:] = [Restyling(app)]
    return _restyling[0]
