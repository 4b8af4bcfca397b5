"""Pages of paper on screen: pictures under each other on a darker ground, to scroll through."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from intake_app.ui.theme import GRID, tokens
from intake_app.ui.widgets.layout import clear

_SETTLE_MS = 100


class _Sheet(QLabel):
    def __init__(self, picture: QImage, name: str) -> None:
        super().__init__()
        self._picture = picture
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        # To a screen reader a label is a picture once it holds one.
        self.setPixmap(QPixmap(1, 1))
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        return self._picture.deviceIndependentSize().toSize() + QSize(2, 2)

    def set_picture(self, picture: QImage) -> None:
        self._picture = picture
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(QColor(tokens().colours.edge), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.drawImage(1, 1, self._picture)
        painter.end()


class PaperView(QScrollArea):
    """Shows page pictures. Emits `turned(page)`, from 1, as one scrolls, and `resized()` when its width changed.

    The arrow keys and Page Up and Page Down scroll.
    """

    turned = Signal(int)
    resized = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._ground = QWidget()
        self._ground.setProperty("scrolled", "true")
        self._pages = QVBoxLayout(self._ground)
        self._pages.setContentsMargins(GRID * 2, GRID * 2, GRID * 2, GRID * 2)
        self._pages.setSpacing(GRID * 2)
        self.setWidget(self._ground)
        self.viewport().setAutoFillBackground(False)
        self._sheets: list[_Sheet] = []
        self._place = 0.0
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLE_MS)
        self.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self._keep_place())
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.turned.emit(self.page()))

    @property
    def settling(self) -> bool:
        """Whether its width has just changed and pages of the new width are still to come."""
        return self._settling.isActive()

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._sheets)

    def room(self) -> int:
        """The width in logical pixels a page may have without scrolling sideways."""
        return max(1, self.width() - 4 * GRID - self.verticalScrollBar().sizeHint().width() - 2)

    def set_pages(self, pictures: Sequence[QImage], *, keep_place: bool = False) -> None:
        """Show these pages; `keep_place` stays at the same part of the paper."""
        bar = self.verticalScrollBar()
        place = bar.value() / max(1, bar.maximum()) if keep_place else 0.0
        clear(self._pages)
        total = len(pictures)
        self._sheets = [_Sheet(picture, f"{self._name} {n}/{total}") for n, picture in enumerate(pictures, 1)]
        for sheet in self._sheets:
            self._pages.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
            sheet.show()
        self._pages.addStretch(1)
        self._place = place
        self._settling.start()
        self._keep_place()
        self.turned.emit(self.page())

    def set_first(self, picture: QImage) -> None:
        """Show another picture of the first page; the others stay."""
        if self._sheets:
            self._sheets[0].set_picture(picture)

    def _keep_place(self) -> None:
        """The scroll area hears of the new height only later, in one or more steps; until then the place is held."""
        if self._settling.isActive():
            bar = self.verticalScrollBar()
            bar.setValue(round(self._place * bar.maximum()))

    def page(self) -> int:
        """The page in the middle of what is in sight, from 1; 0 when there is none."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        passed = [n for n, sheet in enumerate(self._sheets, 1) if sheet.geometry().top() <= middle]
        return passed[-1] if passed else min(1, len(self._sheets))

    def show_page(self, page: int) -> None:
        """Bring the top of a page (from 1) into sight, if none of it stands in the middle; no page: nothing."""
        if 1 <= page <= len(self._sheets) and page != self.page():
            self.verticalScrollBar().setValue(self._sheets[page - 1].geometry().top() - GRID)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        ends = {Qt.Key.Key_Home: bar.minimum(), Qt.Key.Key_End: bar.maximum()}
        if event.key() in ends:
            bar.setValue(ends[event.key()])
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        colours = tokens().colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.focus), 3) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.sunken))
        painter.drawRoundedRect(QRectF(self.viewport().rect()).adjusted(1.5, 1.5, -1.5, -1.5), 2 * GRID, 2 * GRID)
        painter.end()
        super().paintEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.viewport().update()
        super().changeEvent(event)
