"""A sheet as it will be printed: made in the background, shown page by page, larger and smaller."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from intake_app.errors import IntakeError, WorkStopped
from intake_app.ui.pages.shared import in_background, text
from intake_app.ui.presenters.plan import Paper, first_page, page_widths, pictures
from intake_app.ui.widgets import BusyOverlay, IconButton, QuietButton, TextLabel, column
from intake_app.ui.widgets.paper import PaperView
from intake_app.ui.widgets.tight import TightRow

ZOOMS = (0.6, 1.0, 1.25, 1.5, 2.0)
FIT = ZOOMS.index(1.0)
_SETTLE_MS = 120

Make = Callable[[], bytes]


class SheetView(QWidget):
    """Shows what a function makes as PDF. `ready_changed(bool)` tells whether it is in sight; `failed(error)`.

    Of requests that come while one is being made only the newest is made. `pdf` is what is in sight.
    """

    ready_changed = Signal(bool)
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pdf = b""
        self._zoom = FIT
        self._shown = False
        self._making = False
        self._next: Make | None = None
        self._asked: tuple[Make, str] | None = None
        self._turn = 0
        self.paper = PaperView(text("Voorbeeld van het blad"))
        self.paper.turned.connect(self._tell_page)
        self.busy = BusyOverlay(self.paper)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._draw)
        self.paper.resized.connect(self._settle.start)
        self.setLayout(column(self.paper, self._bar(), gap=1))

    def _bar(self):
        self.page_of = TextLabel("", "body", wrap=False)
        self.smaller = IconButton("minus", text("Kleiner"))
        self.larger = IconButton("plus", text("Groter"))
        self.smaller.clicked.connect(lambda: self.zoom(-1))
        self.larger.clicked.connect(lambda: self.zoom(1))
        self.again = QuietButton(text("Maak het blad opnieuw"), "sync")
        self.again.clicked.connect(self._anew)
        self.again.hide()
        bar = TightRow(0)
        bar.set_low(True)
        self._line = bar.line
        self._line.addWidget(self.page_of, 0, Qt.AlignmentFlag.AlignVCenter)
        self._line.addWidget(self.again)
        self._line.addStretch(1)
        self._line.addWidget(self.smaller)
        self._line.addWidget(self.larger)
        return bar

    def add_tool(self, widget: QWidget) -> None:
        """Put something beside the number of the page."""
        at = self._line.indexOf(self.again)
        self._line.insertWidget(at, widget)

    @property
    def ready(self) -> bool:
        """Whether the paper in sight is what was asked for last, at the size it should have."""
        return self._shown and not self._making and self._next is None and not self._settle.isActive()

    def show_made(self, make: Make, words: str = "") -> None:
        """Make a sheet and show it; with `words` behind a veil that says them, else the one in sight stays there."""
        if words:
            self._set_shown(False)
            self._asked = (make, words)
            self.busy.start(words, self._halt)
        self.again.hide()
        self._next = make
        if not self._making:
            self._make_next()

    def _halt(self) -> None:
        """Nobody waits for this sheet any more: what is being made is let finish unseen."""
        self._next = None
        self._turn += 1
        # what stood here before is not what was asked for, and must not be printed in its place
        self.pdf = b""
        self.busy.stop()
        self.again.show()
        self.failed.emit(WorkStopped())

    def _anew(self) -> None:
        if self._asked is not None:
            self.show_made(*self._asked)

    def show_pdf(self, pdf: bytes) -> None:
        """Show a sheet that is there already."""
        self.again.hide()
        self._next = None
        self._turn += 1
        self.pdf = pdf
        self._draw()

    def zoom(self, by: int) -> None:
        """Larger or smaller by one step."""
        self._zoom = min(max(self._zoom + by, 0), len(ZOOMS) - 1)
        self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._settle.start()

    def _make_next(self) -> None:
        make, self._next = self._next, None
        self._making = True
        self._turn += 1
        turn = self._turn
        in_background(self, make, lambda pdf: self._made(turn, pdf), lambda e: self._not_made(turn, e))

    def _made(self, turn: int, pdf: bytes) -> None:
        self._making = False
        if turn == self._turn:
            self.pdf = pdf
            self._draw(follows=self._shown)
        if self._next is not None:
            self._make_next()

    def _not_made(self, turn: int, error: IntakeError) -> None:
        self._making = False
        if turn == self._turn:
            self.busy.stop()
            self.failed.emit(error)
        if self._next is not None:
            self._make_next()

    def _draw(self, *, follows: bool = False) -> None:
        if not self.pdf or not self.isVisible():
            return
        pdf, turn = self.pdf, self._turn
        scale = self.paper.room() / max(page_widths(pdf)) * ZOOMS[self._zoom]
        ratio = self.devicePixelRatioF()
        if follows:
            # who changes something looks at the first page: it comes first, the others follow
            in_background(self, lambda: first_page(pdf, scale, ratio), lambda one: self._first(turn, one), self._failed)
        in_background(self, lambda: pictures(pdf, scale, ratio), lambda paper: self._drawn(turn, paper), self._failed)

    def _first(self, turn: int, paper: Paper) -> None:
        if turn == self._turn:
            self.paper.set_first(paper.pictures[0])

    def _drawn(self, turn: int, paper: Paper) -> None:
        if turn != self._turn:
            return
        self.busy.stop()
        self.paper.set_pages(paper.pictures, keep_place=self._shown or self.paper.count == len(paper.pictures))
        self._set_shown(True)

    def _set_shown(self, shown: bool) -> None:
        self._shown = shown
        self.smaller.setEnabled(shown and self._zoom > 0)
        self.larger.setEnabled(shown and self._zoom < len(ZOOMS) - 1)
        self.ready_changed.emit(shown)

    def _failed(self, error: IntakeError) -> None:
        self.busy.stop()
        self.failed.emit(error)

    def _tell_page(self, page: int) -> None:
        self.page_of.setText(text("Blad {page} van {count}", page=page, count=self.paper.count))
