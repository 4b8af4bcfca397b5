"""A finger on a touch screen moves the page it is laid on; a tap stays a tap."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QTouchEvent, QWindow
from PySide6.QtWidgets import QApplication, QScrollArea, QScroller, QScrollerProperties, QWidget
from shiboken6 import isValid

_TOUCHES = (
    QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate,
    QEvent.Type.TouchEnd,
    QEvent.Type.TouchCancel,
)
_AWAY = QPointF(-1000, -1000)
"""Outside every button, so that letting go there presses nothing."""


class Fingers(QObject):
    """Looks at the touches of one window, before its widgets see them as a mouse.

    Qt's own gesture for this (`QScroller.grabGesture`) loses a tap that follows another one at once.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._scroller: QScroller | None = None
        self._under: QWidget | None = None
        self._moving = False
        self._swallowed = False
        self._at = QPointF()
        window.winId()
        glass = window.windowHandle()
        assert isinstance(glass, QWindow)
        glass.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _TOUCHES:
            return False
        assert isinstance(event, QTouchEvent)
        if event.type() == QEvent.Type.TouchBegin:
            self._laid_down(event)
        elif self._scroller is not None and isValid(self._scroller):
            self._told(event)
        # a press that the widgets saw needs its end, or the button of the mouse would seem to stay down
        ended = event.type() == QEvent.Type.TouchEnd
        ours = self._moving and (self._swallowed or not ended)
        if event.type() in (QEvent.Type.TouchEnd, QEvent.Type.TouchCancel):
            self._moving, self._scroller, self._under = False, None, None
        if ours:
            event.accept()
        return ours

    def _laid_down(self, event: QTouchEvent) -> None:
        at = self._at = event.points()[0].position()
        self._moving = self._swallowed = False
        self._under = self._window.childAt(at.toPoint())
        area = _scrolling(self._under)
        self._scroller = None if area is None else _scroller(area)
        if self._scroller is not None:
            rolling = self._scroller.state() == QScroller.State.Scrolling
            self._scroller.handleInput(QScroller.Input.InputPress, at, event.timestamp())
            self._moving = self._swallowed = rolling

    def _told(self, event: QTouchEvent) -> None:
        assert self._scroller is not None
        points = event.points()
        # a touch that the system takes back has no place of its own: it ends where it was last
        at = self._at = points[0].position() if points else self._at
        if event.type() == QEvent.Type.TouchUpdate:
            self._scroller.handleInput(QScroller.Input.InputMove, at, event.timestamp())
            if not self._moving and self._scroller.state() == QScroller.State.Dragging:
                self._moving = True
                self._let_go()
        else:
            self._scroller.handleInput(QScroller.Input.InputRelease, at, event.timestamp())

    def _let_go(self) -> None:
        """What was pressed by laying the finger down is not meant: the page is."""
        if self._under is not None and isValid(self._under):
            none = Qt.MouseButton.NoButton
            left, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
            QApplication.sendEvent(
                self._under, QMouseEvent(QEvent.Type.MouseButtonRelease, _AWAY, _AWAY, left, none, keys)
            )
            self._under = None


def _scrolling(widget: QWidget | None) -> QScrollArea | None:
    """The innermost area around a widget that has more than it shows; a scroll bar itself is no part of it."""
    while widget is not None:
        above = widget.parentWidget()
        if isinstance(above, QScrollArea) and widget is above.viewport():
            bars = (above.verticalScrollBar(), above.horizontalScrollBar())
            if any(bar.maximum() > bar.minimum() for bar in bars):
                return above
        widget = above
    return None


def _scroller(area: QScrollArea) -> QScroller:
    """Nothing springs back at the ends: that looks like an answer to a tap."""
    found = QScroller.scroller(area.viewport())
    properties = found.scrollerProperties()
    never = QScrollerProperties.OvershootPolicy.OvershootAlwaysOff
    properties.setScrollMetric(QScrollerProperties.ScrollMetric.VerticalOvershootPolicy, never)
    properties.setScrollMetric(QScrollerProperties.ScrollMetric.HorizontalOvershootPolicy, never)
    found.setScrollerProperties(properties)
    return found
