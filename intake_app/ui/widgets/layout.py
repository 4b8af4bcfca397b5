"""Columns, rows and tiles on the eight-pixel grid."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from intake_app.ui.theme import GRID, tokens


def _fill(layout: QBoxLayout, parts: tuple[QWidget | QLayout | None, ...], gap: float, margin: float) -> None:
    layout.setSpacing(round(GRID * gap))
    side = round(GRID * margin)
    layout.setContentsMargins(side, side, side, side)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)


def column(*parts: QWidget | QLayout | None, gap: float = 2, margin: float = 0) -> QVBoxLayout:
    """Parts under each other; `None` is a stretch. `gap` and `margin` count grid steps of eight pixels."""
    layout = QVBoxLayout()
    _fill(layout, parts, gap, margin)
    return layout


def row(*parts: QWidget | QLayout | None, gap: float = 2, margin: float = 0) -> QHBoxLayout:
    """Parts beside each other in reading direction; `None` is a stretch."""
    layout = QHBoxLayout()
    _fill(layout, parts, gap, margin)
    return layout


def stretch(widget: QWidget, *, across: bool = True, down: bool = False) -> QWidget:
    """Let a widget take the room there is, across, down or both; gives the widget back."""
    policy = widget.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding if across else QSizePolicy.Policy.Preferred)
    policy.setVerticalPolicy(QSizePolicy.Policy.Expanding if down else QSizePolicy.Policy.Preferred)
    widget.setSizePolicy(policy)
    return widget


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (inner := item.layout()) is not None:
            clear(inner)
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()


class Tiles(QWidget):
    """Tiles of equal width in as many columns as fit, rows of equal height, mirrored in right-to-left halves.

    `least` is the least tile width in logical pixels at normal text size; `most` the largest number of columns.
    The columns are `evened` out: five tiles that fit four in a row become three and two. The first `lead` tiles stand
    on lines of their own, wider than the others.
    """

    def __init__(
        self,
        least: int,
        most: int,
        gap: float = 1,
        parent: QWidget | None = None,
        *,
        lead: int = 0,
        evened: bool = True,
    ) -> None:
        super().__init__(parent)
        self._evened = evened
        self._lead = lead
        self._tiles: list[QWidget] = []
        self._least = least
        self._most = most
        self._gap = round(GRID * gap)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add_tile(self, tile: QWidget) -> None:
        """Put a tile after the others."""
        tile.setParent(self)
        self._tiles.append(tile)
        self.updateGeometry()

    def columns(self, width: int) -> int:
        """How many columns a width gives the tiles after the lead."""
        return self._columns(len(self._shown()[self._lead :]), width)

    def _columns(self, count: int, width: int) -> int:
        if not count:
            return 1
        fit = (width + self._gap) // (self._tile_width() + self._gap)
        columns = max(1, min(self._most, fit, count))
        rows = -(-count // columns)
        return -(-count // rows) if self._evened else columns

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        width = (self._tile_width() + self._gap) * min(self._most, max(1, len(self._tiles)))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        # The true height comes from heightForWidth; a scroll area would take that of the narrowest width for the least.
        tallest = max((tile.minimumSizeHint().height() for tile in self._shown()), default=0)
        return QSize(self._tile_width(), tallest)

    def _shown(self) -> list[QWidget]:
        return [tile for tile in self._tiles if not tile.isHidden()]

    def _tile_width(self) -> int:
        widest = max((tile.minimumSizeHint().width() for tile in self._shown()), default=0)
        return max(tokens().scaled(self._least), widest)

    def _place(self, width: int, *, move: bool) -> int:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        top = 0
        for line, columns in self._lines(width):
            each = (width - self._gap * (columns - 1)) // columns
            height = max(_height_at(tile, each) for tile in line)
            for place, tile in enumerate(line):
                if move:
                    shift = (each + self._gap) * place
                    tile.setGeometry(QRect(width - each - shift if mirrored else shift, top, each, height))
            top += height + self._gap
        return max(0, top - self._gap)

    def _lines(self, width: int) -> list[tuple[list[QWidget], int]]:
        """The tiles of each line, with the number of columns it has."""
        shown = self._shown()
        lines = []
        for tiles in (shown[: self._lead], shown[self._lead :]):
            columns = self._columns(len(tiles), width)
            lines += [(tiles[start : start + columns], columns) for start in range(0, len(tiles), columns)]
        return lines

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(self.width(), move=True)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.StyleChange, QEvent.Type.Show):
            self.updateGeometry()
            self._place(self.width(), move=True)
        return super().event(event)


def _height_at(tile: QWidget, width: int) -> int:
    height = tile.heightForWidth(width) if tile.hasHeightForWidth() else tile.sizeHint().height()
    return max(height, tile.minimumSizeHint().height() if not tile.hasHeightForWidth() else 0)
