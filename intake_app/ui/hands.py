"""What hands do on the windows: a second press at one place is part of the first, and a hand asks for no focus ring."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from intake_app.ui.widgets.busy_overlay import BusyOverlay
from intake_app.ui.widgets.page import Page
from intake_app.ui.widgets.pressable import Pressable, last_used

Widget = TypeVar("Widget", bound=QWidget)

SAME_PLACE = 24
"""So many logical pixels apart two presses are still at one place: half of the least thing to press."""
_PRESS, _TWICE, _RELEASE = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.MouseButtonRelease,
)
_TOUCH, _KEY = QEvent.Type.TouchBegin, QEvent.Type.KeyPress


class Hands(QObject):
    """Looks at the presses on every window of the program before its widgets do; a tap arrives as a press too.

    Many people press everything twice. What the first press brought in sight must not get the second, and what was
    pressed must not be pressed again: so a press at the place of the one before, within the time that the system
    gives for a double click, is not passed on. Text is different, for there twice means "this word", and so is what
    says of itself that it may be pressed quickly (`Pressable.quick`), as long as it is the same thing.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.winId()
        self._at, self._when = QPoint(), -1
        self._under: QWidget | None = None
        self._dropped = False
        self._watch(window.windowHandle())
        # A question in between is a window of its own, and comes under the hand just as a page does.
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusWindowChanged.connect(self._watch)
        app.focusChanged.connect(self._focus_moved)

    def _watch(self, glass: QWindow | None) -> None:
        if glass is not None:
            glass.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (_PRESS, _TOUCH):
            last_used.by_hand()
        elif kind == _KEY:
            last_used.by_keys()
        if kind not in (_PRESS, _TWICE, _RELEASE):
            return False
        assert isinstance(event, QMouseEvent)
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        if kind == _PRESS:
            self._dropped = not self._taken(event)
        dropped = self._dropped
        if kind == _RELEASE:
            self._dropped = False
        return dropped

    def _taken(self, event: QMouseEvent) -> bool:
        """Whether this press is one of its own; if so, the next one is held against it."""
        at, when = event.globalPosition().toPoint(), event.timestamp()
        under = QApplication.widgetAt(at)
        soon = 0 <= when - self._when < QGuiApplication.styleHints().mouseDoubleClickInterval()
        near = (at - self._at).manhattanLength() <= SAME_PLACE
        if self._when >= 0 and soon and near and not self._may_be_quick(under):
            return False
        self._at, self._when, self._under = at, when, under
        return True

    def _may_be_quick(self, under: QWidget | None) -> bool:
        before = self._under
        if under is None or before is None or not isValid(before) or under is not before:
            return False
        button = _around(under, Pressable)
        return button is None or button.quick

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        """After a hand the keyboard stands on what was pressed, or at the start of the page; not on what came by.

        There Space would press what nobody looks at. What a veil or a question in between put ready stays so.
        """
        if not last_used.hand or not isinstance(now, Pressable) or _around(now, BusyOverlay) is not None:
            return
        page, pressed = _around(now, Page), self._under
        held = pressed is not None and isValid(pressed) and _around(pressed, Pressable) is now
        if page is not None and not held:
            page.focus_start.setFocus(Qt.FocusReason.MouseFocusReason)


def _around(widget: QWidget, kind: type[Widget]) -> Widget | None:
    """The innermost widget of that kind that this one is or stands in."""
    above: QWidget | None = widget
    while above is not None and not isinstance(above, kind):
        above = above.parentWidget()
    return above
