"""The frame of every page: where am I, a body that scrolls, and the actions at the foot."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from intake_app.i18n.gettext import mark, translator
from intake_app.i18n.languages import is_rtl
from intake_app.ui.theme import GRID, tokens
from intake_app.ui.widgets.announce import announce
from intake_app.ui.widgets.bilingual import BilingualLabel
from intake_app.ui.widgets.buttons import IconButton, QuietButton
from intake_app.ui.widgets.focus_start import FocusStart
from intake_app.ui.widgets.growth import Growth, Parts
from intake_app.ui.widgets.layout import clear
from intake_app.ui.widgets.pair import Pair
from intake_app.ui.widgets.reveal import reveal
from intake_app.ui.widgets.scrolled import Column, scrolled
from intake_app.ui.widgets.tight import TightRow

_BACK = mark("Terug")
_FURTHER = mark("Meer")
_WIDEST = 1180
_LOW = 560
"""Below this height, at normal type, there is little left between header and footer."""


class Page(QWidget):
    """Header (back, title, actions), body that scrolls, footer. Emits `back` when the back arrow is pressed.

    `filled`: all that the page grows by is on it. `reads_card(card)` reads one card aloud, where a page can do that.
    """

    reads_card: Callable[[QWidget], bool] | None = None

    back = Signal()
    filled = Signal()

    def __init__(
        self, title: Pair | str = "", *, back: bool = True, widest: int = _WIDEST, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.focus_start = FocusStart(self)
        self._header = self._make_header(back)
        self._footer = self._make_footer()
        self._column = Column(widest)
        self.scroll = self._make_scroll()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header)
        layout.addWidget(self.scroll, 1)
        layout.addWidget(self._footer)
        self._below = 0
        self._growth = Growth(self)
        self._growth.ended.connect(self.grew)
        self._growth.ended.connect(self.filled)
        self.set_title(title)

    def _make_header(self, back: bool) -> QFrame:
        header = TightRow(GRID * 2)
        header.setProperty("panel", "header")
        line = header.line
        self.back_button = IconButton("back", translator("nl").text(_BACK))
        self.back_button.clicked.connect(self.back)
        reveal(self.back_button, back)
        self.title = BilingualLabel(Pair.plain(""), "title")
        self._where = QHBoxLayout()
        self._actions = QHBoxLayout()
        self._actions.setSpacing(GRID // 2)
        line.addWidget(self.back_button)
        line.addWidget(self.title, 2, Qt.AlignmentFlag.AlignVCenter)
        line.addLayout(self._where, 5)
        line.addStretch(0)
        line.addLayout(self._actions)
        return header

    def _make_footer(self) -> QFrame:
        footer = TightRow(GRID * 3, shares=True)
        footer.setProperty("panel", "footer")
        line = footer.line
        self._foot_start, self._foot_end = QHBoxLayout(), QHBoxLayout()
        for part in (self._foot_start, self._foot_end):
            part.setSpacing(GRID)
        self.further = QuietButton(translator("nl").text(_FURTHER), "down")
        self.further.quick = True
        self.further.clicked.connect(self._page_down)
        line.addLayout(self._foot_start)
        line.addStretch(1)
        line.addWidget(self.further)
        line.addStretch(1)
        line.addLayout(self._foot_end)
        footer.hide()
        self.further.hide()
        return footer

    def _make_scroll(self) -> QScrollArea:
        scroll = scrolled(self._column)
        bar = scroll.verticalScrollBar()
        bar.valueChanged.connect(self._tell_further)
        bar.rangeChanged.connect(self._tell_further)
        return scroll

    def _page_down(self) -> None:
        bar = self.scroll.verticalScrollBar()
        bar.setValue(bar.value() + round(bar.pageStep() * 0.8))

    def _tell_further(self) -> None:
        """Show that there is more below, for people who do not know scroll bars."""
        bar = self.scroll.verticalScrollBar()
        self.further.setVisible(bar.maximum() - bar.value() > GRID * 3)

    def set_title(self, title: Pair | str) -> None:
        """Name the page."""
        pair = Pair.plain(title) if isinstance(title, str) else title
        self.title.set_pair(pair)
        self.title.setVisible(bool(pair))
        if pair:
            self.setAccessibleName(pair.spoken)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_height()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._share_height()
        super().changeEvent(event)

    def _share_height(self) -> None:
        """Large letters in a low window leave header and footer only what they need: the page is for its body."""
        low = self.height() < tokens().scaled(_LOW)
        for part in (self._header, self._footer):
            part.set_low(low)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        announce(self, self.accessibleName())

    def set_where(self, widget: QWidget) -> None:
        """Put a where-am-I (a section trail) in the header."""
        clear(self._where)
        self._where.addWidget(widget)

    def add_action(self, widget: QWidget) -> None:
        """Put a button at the end of the header."""
        self._actions.addWidget(widget)

    def add(self, widget: QWidget, grow: int = 0) -> None:
        """Put a widget under what stands in the body."""
        content = self._column.content
        content.insertWidget(content.count() - self._below, widget, grow)

    def add_stretch(self) -> None:
        """Keep what stands in the body at the top."""
        self._column.content.addStretch(1)

    def grow(self, parts: Parts, *, at_once: bool = True, fills: bool = False) -> None:
        """Fill the body part by part from the top: what is first in sight at once, the rest between events.

        `at_once` false: the frame of the page stands before the first part. `fills`: the parts take the whole height.
        """
        if not fills:
            # What came first would else be as tall as the page until the rest is there.
            self._column.content.addStretch(1)
            self._below = 1
        self._growth.begin(parts, at_once=at_once)

    @property
    def grown(self) -> bool:
        """Whether nothing is left to be put on the page."""
        return self._growth.done

    def whole(self) -> None:
        """Put everything on the page now, for what needs all of it."""
        self._growth.finish()

    def grew(self) -> None:
        """Called when the page is whole."""

    def clear_body(self) -> None:
        """Empty the body and go to its top."""
        clear(self._column.content)
        self._below = 0
        self.scroll.verticalScrollBar().setValue(0)

    def set_footer(self, start: list[QWidget] | None = None, end: list[QWidget] | None = None) -> None:
        """The actions at the foot; the primary one comes last in `end`."""
        for layout, widgets in ((self._foot_start, start or []), (self._foot_end, end or [])):
            clear(layout)
            for widget in widgets:
                layout.addWidget(widget)
        self._footer.setVisible(bool(start or end))

    def set_reader(self, code: str) -> None:
        """Let header and footer follow the reading direction of a language, and say "Meer" in it as well."""
        rtl = Qt.LayoutDirection.RightToLeft if is_rtl(code) else Qt.LayoutDirection.LeftToRight
        self._header.setLayoutDirection(rtl)
        self._footer.setLayoutDirection(rtl)
        self.title.setLayoutDirection(rtl)
        own = translator(code)
        further = own.text(_FURTHER) if own.has(_FURTHER) else ""
        self.further.set_text(Pair(further, translator("nl").text(_FURTHER), code))
