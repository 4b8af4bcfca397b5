"""The surface everything pressable is made of: rounded, large, with a focus ring that shows for the keyboard."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from intake_app.ui.theme import RADIUS, RING, TARGET, tokens


class LastUsed:
    """What was used last on the windows: a hand on mouse or glass, or the keys."""

    def __init__(self) -> None:
        self.hand = False

    def by_hand(self) -> None:
        """A press or a tap."""
        self.hand = True

    def by_keys(self) -> None:
        """A key; also before anything was used."""
        self.hand = False


last_used = LastUsed()


class Look(Enum):
    """How a pressable surface looks at rest."""

    CARD = "card"
    PRIMARY = "primary"
    SECONDARY = "secondary"
    QUIET = "quiet"


_LEAST = QSize(TARGET, TARGET)
_STYLED, _ENABLED = QEvent.Type.StyleChange, QEvent.Type.EnabledChange
_BY_MOUSE = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class Pressable(QAbstractButton):
    """A rounded surface with hover, pressed, checked, off and focus; Space and Enter press it.

    What stands on it are child widgets in a layout; it grows with them and is never smaller than `TARGET`.
    `quick`: it may be pressed several times in quick succession, each for itself, such as a plus or a minus.
    """

    quick = False

    def __init__(self, look: Look = Look.CARD, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._ring = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def least_height(self) -> int:
        """The least height in logical pixels."""
        return TARGET

    def fit(self) -> None:
        """Take the least height anew. A layout asks the inner layout for the height and never `heightForWidth`."""
        self.setMinimumHeight(self.least_height())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        hint = self.layout().sizeHint() if self.layout() else _LEAST
        return hint.expandedTo(self.minimumSizeHint())

    def minimumSizeHint(self) -> QSize:
        inner = self.layout().minimumSize() if self.layout() else QSize()
        return inner.expandedTo(QSize(TARGET, self.least_height()))

    def heightForWidth(self, width: int) -> int:
        return max(self.least_height(), self.layout().heightForWidth(width) if self.layout() else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # What a hand made go away gives the focus on as if by Tab: a ring there would read as advice.
        self._ring = event.reason() not in _BY_MOUSE and not last_used.hand
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        kind = event.type()
        if kind == _STYLED:
            self.fit()
        elif kind == _ENABLED:
            self.setCursor(Qt.CursorShape.PointingHandCursor if self.isEnabled() else Qt.CursorShape.ArrowCursor)
        super().changeEvent(event)

    @property
    def shows_focus(self) -> bool:
        """Whether the focus ring is drawn."""
        return self._ring and self.hasFocus()

    def _paint_of(self) -> tuple[str | None, str | None, float]:
        """Fill, edge and the width of the edge, for the state it is in."""
        c, hover = tokens().colours, self.underMouse() and self.isEnabled()
        thin = 2.0 if tokens().high_contrast else 1.5
        if not self.isEnabled():
            return (None if self._look is Look.QUIET else c.off), (None if self._look is Look.QUIET else c.line), thin
        if self._look is Look.PRIMARY:
            return (c.primary_strong if hover or self.isDown() else c.primary), None, 0
        if self.isChecked():
            return c.primary_soft, c.primary, 3.0
        if self._look is Look.QUIET:
            return (c.primary_soft if self.isDown() else c.sunken if hover else None), None, 0
        edge = c.primary if hover or self._look is Look.SECONDARY else c.edge
        return (c.primary_soft if self.isDown() else c.primary_tint if hover else c.surface), edge, thin

    def body_box(self) -> QRectF:
        """The surface itself; with the focus ring round it, it steps back to make room."""
        inset = RING + 0.5 if self.shows_focus else 0.0
        return QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_surface(painter)
        painter.end()

    def paint_surface(self, painter: QPainter) -> None:
        """Draw ring, ground and edge."""
        fill, edge, width = self._paint_of()
        body = self.body_box()
        if self.shows_focus:
            painter.setPen(QPen(QColor(tokens().colours.focus), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), RADIUS + 3, RADIUS + 3)
        painter.setPen(QPen(QColor(edge), width) if edge else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
        inset = width / 2
        painter.drawRoundedRect(body.adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)
