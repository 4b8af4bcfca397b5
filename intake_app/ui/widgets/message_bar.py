"""A message on the page: what happened and what to do. It never stands in the way."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from intake_app.i18n.gettext import mark, translator
from intake_app.ui.theme import GRID
from intake_app.ui.widgets.announce import announce
from intake_app.ui.widgets.bilingual import Arrange, BilingualLabel
from intake_app.ui.widgets.buttons import IconButton
from intake_app.ui.widgets.icons import IconMark
from intake_app.ui.widgets.pair import Pair
from intake_app.ui.widgets.reveal import reveal
from intake_app.ui.widgets.text import restyle

_CLOSE = mark("Bericht sluiten")


class MessageKind(StrEnum):
    """What a message is about; each kind has its own colour and its own icon."""

    INFO = "info"
    GOOD = "good"
    WARNING = "warning"
    ERROR = "error"


class MessageBar(QFrame):
    """`what` happened in bold, `what_to_do` under it, an action beside it if there is one. Emits `closed`."""

    closed = Signal()

    def __init__(
        self,
        kind: MessageKind = MessageKind.INFO,
        what: Pair | str = "",
        what_to_do: Pair | str = "",
        *,
        action: QWidget | None = None,
        closable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._action, self._closable = action, closable
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        # What the stylesheet goes by must stand before it looks: to look anew costs more than the whole bar.
        self.setProperty("message", kind.value)
        self.say(kind, what, what_to_do)

    # Nearly every page has a bar, and seldom a message: what stands on it is made when there is something to say.
    @cached_property
    def mark(self) -> IconMark:
        """The icon that says what kind of message it is."""
        return IconMark("info", "info", 28)

    @cached_property
    def what(self) -> BilingualLabel:
        """What happened."""
        return BilingualLabel(Pair.plain(""), "strong", arrange=Arrange.BESIDE)

    @cached_property
    def what_to_do(self) -> BilingualLabel:
        """What can be done about it."""
        return BilingualLabel(Pair.plain(""), "body", arrange=Arrange.BESIDE)

    @cached_property
    def close_button(self) -> IconButton:
        """Takes the message away."""
        button = IconButton("cross", translator("nl").text(_CLOSE))
        button.clicked.connect(self._close)
        return button

    def _build(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(GRID // 2)
        texts.addStretch(1)
        texts.addWidget(self.what)
        texts.addWidget(self.what_to_do)
        texts.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(GRID * 2, round(GRID * 1.5), GRID * 2, round(GRID * 1.5))
        line.setSpacing(round(GRID * 1.5))
        line.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(texts, 1)
        if self._action:
            line.addWidget(self._action, 0, Qt.AlignmentFlag.AlignVCenter)
        if self._closable:
            line.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)

    def say(self, kind: MessageKind, what: Pair | str, what_to_do: Pair | str = "") -> None:
        """Show a message; without any text the bar goes away."""
        first = Pair.plain(what) if isinstance(what, str) else what
        then = Pair.plain(what_to_do) if isinstance(what_to_do, str) else what_to_do
        self.kind = kind
        if self.layout() is None and (first or then):
            self._build()
        if self.property("message") != kind.value:
            self.setProperty("message", kind.value)
            restyle(self)
        if self.layout() is not None:
            self.mark.set_icon(kind.value, kind.value)
            for label, pair in ((self.what, first), (self.what_to_do, then)):
                label.set_pair(pair)
                label.setVisible(bool(pair))
        rtl = first.rtl_half or then.rtl_half
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        told = [pair.spoken for pair in (first, then) if pair]
        self.setAccessibleName(". ".join([*(words.rstrip(".") for words in told[:-1]), *told[-1:]]))
        shown = self.isVisible()
        reveal(self, bool(first) or bool(then))
        if shown:
            self._announce()

    def _announce(self) -> None:
        urgent = self.kind in (MessageKind.WARNING, MessageKind.ERROR)
        announce(self, self.accessibleName(), urgent=urgent)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._announce()

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
