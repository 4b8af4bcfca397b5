"""A row of buttons that makes room: where it does not fit, its parts show themselves in their narrow or low shape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Protocol, TypeGuard, runtime_checkable

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QWidget

from intake_app.ui.theme import GRID

_STEP = GRID // 2
"""In such steps of logical pixels a part is made wider to see whether that makes it lower."""


@runtime_checkable
class Tightens(Protocol):
    """Something with a narrow shape. Its words stay; icons beside words, room around them and captions may go."""

    def least_width(self, *, tight: bool) -> int:
        """The least width in logical pixels in that shape."""

    def set_tight(self, tight: bool) -> None:
        """Take that shape."""

    def set_low(self, low: bool) -> None:
        """Be no taller than the words and the finger need, or as tall as is pleasant."""


@runtime_checkable
class Shares(Protocol):
    """Something whose words break: narrower it is taller."""

    def usual_width(self, *, tight: bool) -> int:
        """The width in logical pixels at which nothing breaks in that shape."""

    def height_at(self, width: int, *, tight: bool) -> int:
        """How tall it is at a width in that shape, both in logical pixels."""

    def set_share(self, width: int) -> None:
        """Ask for that width."""


# To look whether a class keeps a protocol takes longer than all that is then asked of it.
@cache
def _keeps(kind: type, protocol: type) -> bool:
    return issubclass(kind, protocol)


def tightens(part: object) -> TypeGuard[Tightens]:
    """Whether it has a narrow shape."""
    return _keeps(type(part), Tightens)


def _shares(part: object) -> TypeGuard[Shares]:
    return _keeps(type(part), Shares)


class TightRow(QFrame):
    """A frame around one line. It asks its parts for their narrow shape when their usual one does not fit.

    With `shares` its parts get the widths with which the row is as low as can be.
    """

    def __init__(self, side: int, *, shares: bool = False) -> None:
        super().__init__()
        self._side, self._shares = side, shares
        self.tight = False
        self.low = False
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(side, GRID, side, GRID)
        self.line.setSpacing(GRID)

    def needed(self, *, tight: bool) -> int:
        """The least width in logical pixels of the whole row, each part in that shape."""
        return self._needed(list(_shown(self.line)), tight=tight)

    def _needed(self, parts: Sequence[QWidget], *, tight: bool) -> int:
        widths = [_least(widget, tight=tight) for widget in parts]
        return sum(widths) + _gaps(self.line) + 2 * (GRID if tight else self._side)

    def make_room(self) -> None:
        """Take the shape that fits the width there is."""
        parts = list(_shown(self.line))
        tight = self._needed(parts, tight=False) > self.width() or (self._shares and self._lower_when_tight(parts))
        self.tight = tight
        side, edge = GRID if tight else self._side, GRID // 2 if self.low else GRID
        margins = self.line.contentsMargins()
        if (margins.left(), margins.top()) != (side, edge):
            self.line.setContentsMargins(side, edge, side, edge)
        for widget in parts:
            if tightens(widget):
                widget.set_low(self.low)
                widget.set_tight(tight)
        if self._shares:
            for part, width in zip(_sharing(parts), self._widths(parts, tight=tight), strict=True):
                part.set_share(width)

    def _widths(self, parts: Sequence[QWidget], *, tight: bool) -> list[int]:
        """How wide each part that shares the room is in that shape."""
        others = sum(_least(part, tight=tight) for part in parts if not _shares(part))
        room = self.width() - 2 * (GRID if tight else self._side) - GRID * (len(parts) + 1) - others
        usual = [part.usual_width(tight=tight) for part in _sharing(parts)]
        return usual if sum(usual) <= room else shared(_sharing(parts), room, tight=tight)

    def _lower_when_tight(self, parts: Sequence[QWidget]) -> bool:
        """Whether the words take fewer lines without what stands beside them."""
        usual, tight = (
            max(
                (
                    part.height_at(width, tight=tight)
                    for part, width in zip(_sharing(parts), self._widths(parts, tight=tight), strict=True)
                ),
                default=0,
            )
            for tight in (False, True)
        )
        return usual > tight

    def set_low(self, low: bool) -> None:
        """Take as little height as can be, where the page has little; or room again."""
        if low is not self.low:
            self.low = low
            self.make_room()

    def minimumSizeHint(self) -> QSize:
        """What holds the row may become as narrow as its narrow shape."""
        return QSize(self.needed(tight=True), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.make_room()
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.StyleChange, QEvent.Type.Show):
            self.make_room()
        return super().event(event)


def _sharing(parts: Sequence[QWidget]) -> list[Shares]:
    return [part for part in parts if _shares(part)]


def shared(parts: Sequence[Shares], room: int, *, tight: bool) -> list[int]:
    """How wide each part is in `room`: the tallest gets what makes it lower, as long as there is room for that."""
    widths = [part.least_width(tight=tight) if tightens(part) else 0 for part in parts]
    spare, open_ones = room - sum(widths), set(range(len(parts)))
    while open_ones:
        at = max(sorted(open_ones), key=lambda one: parts[one].height_at(widths[one], tight=tight))
        most = min(widths[at] + spare, parts[at].usual_width(tight=tight))
        wider = _lower_at(parts[at], widths[at], most, tight=tight)
        if wider is None:
            open_ones.remove(at)
        else:
            spare -= wider - widths[at]
            widths[at] = wider
    return widths


def _lower_at(part: Shares, narrow: int, wide: int, *, tight: bool) -> int | None:
    """The least width up to `wide` at which a part is lower than it is when narrow."""
    tall = part.height_at(narrow, tight=tight)
    widths = (*range(narrow, wide, _STEP), wide)
    return next((width for width in widths if part.height_at(width, tight=tight) < tall), None)


def _least(widget: QWidget, *, tight: bool) -> int:
    if tightens(widget):
        return widget.least_width(tight=tight)
    return max(widget.minimumSizeHint().width(), widget.minimumWidth())


def _gaps(layout: QLayout) -> int:
    """What stands between the parts of a layout that are shown, and between those of the layouts in it."""
    inner = [part for place in range(layout.count()) if (part := layout.itemAt(place).layout()) is not None]
    shown = sum(any(True for _ in _shown(part)) for part in inner)
    shown += sum(
        (widget := layout.itemAt(place).widget()) is not None and not widget.isHidden()
        for place in range(layout.count())
    )
    return layout.spacing() * max(0, shown - 1) + sum(map(_gaps, inner))


def _shown(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if (inner := item.layout()) is not None:
            yield from _shown(inner)
        widget = item.widget()
        if widget is not None and not widget.isHidden():
            yield widget
