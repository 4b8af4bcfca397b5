"""Pictograms: the chosen SVG drawings at any size, sharp on every screen."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from intake_app.ui.theme import RADIUS, tokens
from intake_app.ui.widgets.reveal import reveal

_PLATE_EDGE = 0.06
"""Part of the side that a plate shows around a drawing."""
_FAINT = 0.4
"""How much of a drawing is seen while what it stands on cannot be pressed."""
DIRECTIONAL = frozenset({"skip", "question", "unsure", "level_unsure", "maybe", "plan_question"})
"""Drawings that are mirrored in a right-to-left half: what points along the reading, and the Arabic question mark."""


@lru_cache(maxsize=512)
def _renderer(path: Path) -> QSvgRenderer | None:
    if not path.is_file():
        return None
    renderer = QSvgRenderer(str(path))
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    return renderer if renderer.isValid() else None


@lru_cache(maxsize=1024)
def _path_in(resources: Path, name: str) -> Path:
    return resources / "pictograms" / "color" / f"{name}.svg"


def _path(name: str) -> Path:
    return _path_in(tokens().resources, name)


def has_pictogram(name: str) -> bool:
    """Whether there is a drawing of this name."""
    return bool(name) and _renderer(_path(name)) is not None


def pictogram(name: str, side: int, ratio: float) -> QPixmap:
    """The drawing in `side` logical pixels on a screen with `ratio` dots per pixel; empty where there is none."""
    key = f"pictogram:{_path(name)}:{side}:{ratio}"
    found = QPixmap()
    if QPixmapCache.find(key, found):
        return found
    renderer = _renderer(_path(name))
    if renderer is None:
        return QPixmap()
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, picture.width(), picture.height()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, picture)
    return picture


def paint_pictogram(
    painter: QPainter, name: str, box: QRect, ratio: float, enabled: bool = True, *, mirrored: bool = False
) -> None:
    """Draw the drawing `name` as large as a box in logical pixels lets it be, in its middle; fainter when it is off.

    On dark ground it stands on a light plate. `mirrored` turns round those that point where the reading goes.
    """
    side = min(box.width(), box.height())
    if side <= 0:
        return
    painter.save()
    if not enabled:
        painter.setOpacity(_FAINT)
    left, top, inset = box.left() + (box.width() - side) // 2, box.top() + (box.height() - side) // 2, 0
    if tokens().dark:
        inset = round(side * _PLATE_EDGE)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().colours.plate))
        painter.drawRoundedRect(left, top, side, side, RADIUS, RADIUS)
    if mirrored and name in DIRECTIONAL:
        painter.translate(2 * left + side, 0)
        painter.scale(-1, 1)
    painter.drawPixmap(left + inset, top + inset, pictogram(name, side - 2 * inset, ratio))
    painter.restore()


class PictogramLabel(QLabel):
    """One drawing, `side` logical pixels at normal text size. A drawing that is missing takes no room.

    On dark ground it stands on a light plate. `told` are the words it stands for, for who cannot see it.
    """

    def __init__(self, name: str, side: int = 96, parent: QWidget | None = None, *, told: str = "") -> None:
        super().__init__(parent)
        self._name = name
        self._side = side
        # To a screen reader a label is a picture once it holds one; what is drawn is made anew for every size.
        self.setPixmap(QPixmap(1, 1))
        self.setAccessibleName(told)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        reveal(self, has_pictogram(name))

    @property
    def picture_name(self) -> str:
        """Which drawing it is."""
        return self._name

    def sizeHint(self) -> QSize:
        side = tokens().scaled(self._side)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return QSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        paint_pictogram(painter, self._name, self.rect(), self.devicePixelRatioF(), self.isEnabled(), mirrored=rtl)
        painter.end()
