"""Chosen things in their order, first one first: dragged to another place, or moved with the arrow keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from intake_app.ui.theme import GRID
from intake_app.ui.widgets.buttons import SecondaryButton
from intake_app.ui.widgets.layout import Tiles, clear, column
from intake_app.ui.widgets.pair import Pair

_LEAST = 160
"""The least width of a thing in logical pixels, at normal type."""
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class OrderRow(QWidget):
    """Signals: `moved(list)` the values in their new order, after a drag or Ctrl with an arrow key.

    A tap alone moves a thing one place to the front: for hands that cannot drag.
    """

    moved = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = column(gap=0)
        self.setLayout(self._place)
        self._values: list[str] = []
        self.places: list[SecondaryButton] = []
        self._pressed: QPoint | None = None

    def show_order(self, items: Sequence[tuple[str, Pair]], *, rtl: bool) -> None:
        """Show values with their texts, the first one first."""
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        held = next((value for value, place in zip(self._values, self.places, strict=True) if place.hasFocus()), "")
        clear(self._place)
        # Tiles come and go with what stands in them; as many beside each other as fit.
        tiles = Tiles(_LEAST, max(1, len(items)))
        self._values, self.places = [value for value, _ in items], []
        for number, (_value, pair) in enumerate(items, 1):
            own = f"{number}. {pair.own}" if pair.own else ""
            place = SecondaryButton(Pair(own, f"{number}. {pair.dutch}", pair.language))
            place.installEventFilter(self)
            place.setParent(tiles)
            tiles.add_tile(place)
            self.places.append(place)
        self._place.addWidget(tiles)
        tiles.show()
        self.setVisible(bool(items))
        if held in self._values:
            self.places[self._values.index(held)].setFocus(Qt.FocusReason.OtherFocusReason)

    def move(self, value: str, to: int) -> None:  # type: ignore[override]  # a widget's own move is never asked of it
        """Put a value at another place (from 0)."""
        order = [other for other in self._values if other != value]
        order.insert(max(0, min(to, len(order))), value)
        if order != self._values:
            self.moved.emit(order)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        place = self.places.index(watched) if watched in self.places else -1
        if place < 0:
            return False
        value = self._values[place]
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(value, place, event)
        if not isinstance(event, QMouseEvent):
            return False
        if event.type() == QEvent.Type.MouseButtonPress:
            self._pressed = event.globalPosition().toPoint()
        elif event.type() == QEvent.Type.MouseButtonRelease and self._pressed is not None:
            start, self._pressed = self._pressed, None
            dropped = event.globalPosition().toPoint()
            tapped = (dropped - start).manhattanLength() < 2 * GRID
            self.places[place].setDown(False)
            if not self.window().rect().contains(self.window().mapFromGlobal(dropped)):
                # as when the finger turned out to move the page
                return True
            self.move(value, place - 1 if tapped else self._place_at(dropped))
            return True
        return False

    def _key(self, value: str, place: int, event: QKeyEvent) -> bool:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
                self.move(value, place - 1)
                return True
            return False
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.move(value, place + (-step if mirrored else step))
        return True

    def _place_at(self, dropped: QPoint) -> int:
        """The place nearest to where something was let go."""
        away = [(place.mapFromGlobal(dropped) - place.rect().center()).manhattanLength() for place in self.places]
        return away.index(min(away))
