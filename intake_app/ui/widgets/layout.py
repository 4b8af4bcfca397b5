"""Columns, rows and tiles on the eight-pixel grid."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
    QWidgetItem,
)

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


def let_go(layout: QLayout) -> None:
    """Take everything out of a layout and delete it, where it stands: to take it out would style it all once more."""
    while (item := layout.takeAt(0)) is not None:
        if (inner := item.layout()) is not None:
            let_go(inner)
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


class _TileLayout(QLayout):
    """Places tiles; what it asked of them it remembers until one of them says that it is another."""

    def __init__(self, tiles: QWidget, least: int, most: int, gap: int, lead: int, evened: bool) -> None:
        super().__init__(tiles)
        self._least, self._most, self._gap, self._lead, self._evened = least, most, gap, lead, evened
        self._items: list[QWidgetItem] = []
        self._lines: dict[int, list[tuple[list[QLayoutItem], int, int]]] = {}
        self._widest = self._tallest = -1
        self.setContentsMargins(0, 0, 0, 0)

    def add_tile(self, tile: QWidget) -> None:
        self.addChildWidget(tile)
        self._items.append(QWidgetItem(tile))
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        # Qt asks every layout for it; tiles come by `add_tile` alone
        raise NotImplementedError

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def invalidate(self) -> None:
        self._lines.clear()
        self._widest = self._tallest = -1
        super().invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = self._lines_at(width)
        return max(0, sum(height + self._gap for _, _, height in lines) - self._gap)

    def sizeHint(self) -> QSize:
        width = (self.tile_width() + self._gap) * min(self._most, max(1, len(self._items)))
        return QSize(width, self.heightForWidth(width))

    def minimumSize(self) -> QSize:
        # The true height comes from heightForWidth; a scroll area would take that of the narrowest width for the least.
        if self._tallest < 0:
            self._tallest = max((item.minimumSize().height() for item in self._shown()), default=0)
        return QSize(self.tile_width(), self._tallest)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def tile_width(self) -> int:
        if self._widest < 0:
            self._widest = max((item.minimumSize().width() for item in self._shown()), default=0)
        return max(tokens().scaled(self._least), self._widest)

    def columns(self, width: int) -> int:
        return self._columns(len(self._shown()[self._lead :]), width)

    def _columns(self, count: int, width: int) -> int:
        if not count:
            return 1
        fit = (width + self._gap) // (self.tile_width() + self._gap)
        columns = max(1, min(self._most, fit, count))
        rows = -(-count // columns)
        return -(-count // rows) if self._evened else columns

    def _each(self, width: int, columns: int) -> int:
        return (width - self._gap * (columns - 1)) // columns

    def _lines_at(self, width: int) -> list[tuple[list[QLayoutItem], int, int]]:
        """The tiles of each line, with the number of columns it has and its height."""
        if width not in self._lines:
            shown, lines = self._shown(), []
            for tiles in (shown[: self._lead], shown[self._lead :]):
                columns = self._columns(len(tiles), width)
                each = self._each(width, columns)
                for start in range(0, len(tiles), columns):
                    line = tiles[start : start + columns]
                    lines.append((line, columns, max(_height_at(tile, each) for tile in line)))
            self._lines[width] = lines
        return self._lines[width]

    def setGeometry(self, box: QRect) -> None:
        super().setGeometry(box)
        mirrored = self.parentWidget().layoutDirection() == Qt.LayoutDirection.RightToLeft
        width, top = box.width(), box.top()
        for line, columns, height in self._lines_at(width):
            each = self._each(width, columns)
            for place, tile in enumerate(line):
                shift = (each + self._gap) * place
                left = width - each - shift if mirrored else shift
                tile.widget().setGeometry(QRect(box.left() + left, top, each, height))
            top += height + self._gap


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
        self._places = _TileLayout(self, least, most, round(GRID * gap), lead, evened)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add_tile(self, tile: QWidget) -> None:
        """Put a tile after the others."""
        self._places.add_tile(tile)

    def columns(self, width: int) -> int:
        """How many columns a width gives the tiles after the lead."""
        return self._places.columns(width)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._places.invalidate()
        super().changeEvent(event)


def _height_at(tile: QLayoutItem, width: int) -> int:
    if tile.hasHeightForWidth():
        return tile.heightForWidth(width)
    return max(tile.sizeHint().height(), tile.minimumSize().height())
