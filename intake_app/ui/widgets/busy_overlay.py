"""A veil over a page while something takes long: it turns, says what goes on and how far, and keeps hands off."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from intake_app.i18n.gettext import mark, translator
from intake_app.ui.theme import GRID, tokens
from intake_app.ui.widgets.announce import announce
from intake_app.ui.widgets.bilingual import BilingualLabel
from intake_app.ui.widgets.buttons import SecondaryButton
from intake_app.ui.widgets.pair import Pair
from intake_app.ui.widgets.progress_line import ProgressLine

_PATIENCE_MS = 250
_TURN_MS = 40
_STOP = mark("Stop hiermee")
_UNBROKEN = mark("Dit duurt even. U kunt dit niet afbreken.")
_CENTRED = Qt.AlignmentFlag.AlignHCenter
_HANDS = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.Wheel,
    QEvent.Type.KeyPress,
    QEvent.Type.KeyRelease,
)


class _Spinner(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._angle = 0
        side = tokens().scaled(72)
        self.setMinimumSize(side, side)
        self._timer = QTimer(self)
        self._timer.setInterval(_TURN_MS)
        self._timer.timeout.connect(self._turn)

    def turn(self, on: bool) -> None:
        if on and tokens().motion:
            self._timer.start()
        else:
            self._timer.stop()

    @property
    def turns(self) -> bool:
        """Whether it moves now."""
        return self._timer.isActive()

    def _turn(self) -> None:
        self._angle = (self._angle - 12) % 360
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = tokens().colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height()) - 10
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        painter.setPen(QPen(QColor(colours.line), 7))
        painter.drawEllipse(box)
        painter.setPen(QPen(QColor(colours.primary), 7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(box, self._angle * 16, 100 * 16)
        painter.end()


class _Shield(QWidget):
    """Lies over a page unseen from the moment work begins: what is pressed or typed meanwhile reaches nothing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def cover(self) -> None:
        """Lie over everything there is on the page now."""
        self.setGeometry(self.parentWidget().rect())
        self.raise_()
        self.show()

    def event(self, event: QEvent) -> bool:
        if event.type() in _HANDS:
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, _forward: bool) -> bool:
        """The keyboard stays here."""
        return True


class BusyOverlay(QWidget):
    """Covers its parent between `start` and `stop`; shows only after a quarter of a second, so nothing flashes.

    From `start` on nothing on the parent can be pressed, by hand or by key.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._stop: Callable[[], None] | None = None
        self._shield = _Shield(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._show)
        self._before: QWidget | None = None
        self.hide()
        parent.installEventFilter(self)

    # Every page has a veil and few come down: what stands on it is made the first time.
    @cached_property
    def spinner(self) -> _Spinner:
        """Turns while there is work."""
        return _Spinner()

    @cached_property
    def label(self) -> BilingualLabel:
        """What goes on."""
        return BilingualLabel(Pair.plain(""), "title", centred=True)

    @cached_property
    def unbroken(self) -> BilingualLabel:
        """Says that this has to be finished, where it cannot be stopped."""
        return BilingualLabel(Pair.plain(translator("nl").text(_UNBROKEN)), "body", centred=True)

    @cached_property
    def line(self) -> ProgressLine:
        """How far it is, once the work tells."""
        line = ProgressLine()
        line.setMinimumWidth(tokens().scaled(360))
        return line

    @cached_property
    def halt(self) -> SecondaryButton:
        """The button to stop."""
        button = SecondaryButton(translator("nl").text(_STOP), "stop")
        button.clicked.connect(self._halt)
        return button

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setSpacing(GRID * 3)
        layout.addStretch(1)
        layout.addWidget(self.spinner, 0, _CENTRED)
        layout.addWidget(self.label)
        layout.addWidget(self.unbroken)
        layout.addWidget(self.line, 0, _CENTRED)
        layout.addWidget(self.halt, 0, _CENTRED)
        layout.addStretch(1)

    def start(self, text: Pair | str, stop: Callable[[], None] | None = None, *, whole: bool = False) -> None:
        """Say what is going on; the veil comes down after a moment. `stop` is what the button to stop does.

        `whole`: it cannot be stopped once it has begun, and the veil says so.
        """
        if self.layout() is None:
            self._build()
        self._stop = stop
        self.line.begin("")
        self.line.hide()
        self.halt.setVisible(stop is not None)
        self.unbroken.setVisible(whole)
        pair = Pair.plain(text) if isinstance(text, str) else text
        self.label.set_pair(pair)
        self.setAccessibleName(f"{pair.spoken} {self.unbroken.pair.spoken}" if whole else pair.spoken)
        self._shield.setAccessibleName(self.accessibleName())
        self._shield.cover()
        self._take_keyboard()
        self._patience.start()

    def _take_keyboard(self) -> None:
        """Keep keys off too, where the keyboard stood on what is covered."""
        now, page = self.window().focusWidget(), self.parentWidget()
        if now is not None and now is not self._shield and (now is page or page.isAncestorOf(now)):
            self._before = now
            self._shield.setFocus(Qt.FocusReason.OtherFocusReason)

    def progress(self, part: int, of: int) -> None:
        """Say how far it is: so many parts of so many."""
        if of > 0:
            self.line.tell(part / of, "")
            self.line.bar.setAccessibleName(self.accessibleName())
            self.line.show()

    def _halt(self) -> None:
        if self._stop is not None:
            self._stop()

    def stop(self) -> None:
        """Lift the veil and give the keyboard back to where it was."""
        self._patience.stop()
        if self.layout() is not None:
            self.spinner.turn(False)
        held = self._holds_keyboard()
        before, self._before = self._before, None
        if held:
            usable = before is not None and isValid(before) and before.isVisible() and before.isEnabled()
            # A keyboard that stands nowhere reaches nothing: Tab would do nothing at all.
            (before if usable else self.parentWidget()).setFocus(Qt.FocusReason.OtherFocusReason)
        self._shield.hide()
        self.hide()

    def _holds_keyboard(self) -> bool:
        """Whether the keyboard is here, and not with somebody who came in between."""
        now = self.window().focusWidget()
        return now is not None and (now in (self, self._shield) or self.isAncestorOf(now))

    def _show(self) -> None:
        self.setGeometry(self.parentWidget().rect())
        self.raise_()
        self.show()
        self.spinner.turn(True)
        announce(self, self.accessibleName())
        now, page = self.window().focusWidget(), self.parentWidget()
        beside = now is not None and now is not page and not page.isAncestorOf(now) and not now.isAncestorOf(page)
        if not beside:  # who types or presses beside a part that is covered goes on doing so
            self._before = self._before or now
            (self.halt if self._stop is not None else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:
        if watched is self.parentWidget() and event.type() == QEvent.Type.Resize:
            self.setGeometry(self.parentWidget().rect())
            self._shield.setGeometry(self.parentWidget().rect())
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        # Tab would leave the veil before keyPressEvent sees it.
        if event.type() == QEvent.Type.KeyPress and self.isVisible():
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, _forward: bool) -> bool:
        """The keyboard stays here, on the button to stop where there is one."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        ground = QColor(tokens().colours.ground)
        ground.setAlpha(235)
        painter = QPainter(self)
        painter.fillRect(self.rect(), ground)
        painter.end()
