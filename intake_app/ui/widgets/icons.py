"""Line icons in any colour, mirrored where an arrow points along the reading direction."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from intake_app.ui.theme import tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

DIRECTIONAL = frozenset({"back", "next", "skip", "list", "undo", "send", "speaker", "slow", "question"})
"""Icons that are mirrored in a right-to-left half: what points along the reading, and the Arabic question mark."""


@lru_cache(maxsize=256)
def _renderer(resources: Path, name: str, colour: str) -> QSvgRenderer:
    path = resources / "icons" / f"{name}.svg"
    # Qt draws currentColor black, so the colour is filled in beforehand.
    text = path.read_text(encoding="utf-8").replace("currentColor", colour)
    return QSvgRenderer(QByteArray(text.encode()))


def paint_icon(painter: QPainter, name: str, box: QRectF, colour: str, *, mirrored: bool = False) -> None:
    """Draw the icon `name` of `resources/icons` into a box."""
    renderer = _renderer(tokens().resources, name, colour)
    painter.save()
    if mirrored and name in DIRECTIONAL:
        painter.translate(2 * box.center().x(), 0)
        painter.scale(-1, 1)
    renderer.render(painter, box)
    painter.restore()


def icon(name: str, colour: str | None = None) -> QIcon:
    """The icon for places that want a QIcon (item views, the window)."""
    from PySide6.QtGui import QIcon, QPixmap

    picture = QPixmap(96, 96)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_icon(painter, name, QRectF(0, 0, 96, 96), colour or tokens().colours.ink)
    painter.end()
    return QIcon(picture)


class IconMark(QWidget):
    """An icon that stands still: `tone` names a colour of the theme, `side` its size at normal text size."""

    def __init__(self, name: str, tone: str = "ink", side: int = 24, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self._tone = tone
        self._side = side
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, name: str, tone: str | None = None) -> None:
        """Show another icon, or another tone."""
        self.name, self._tone = name, tone or self._tone
        self.update()

    def sizeHint(self) -> QSize:
        side = tokens().scaled(self._side)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = tokens().colours
        colour = getattr(colours, self._tone) if self.isEnabled() else colours.off_ink
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height())
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        paint_icon(painter, self.name, box, colour, mirrored=mirrored)
        painter.end()
