"""A message on the page: what happened and what to do. It never stands in the way."""

from __future__ import annotations

from enum import StrEnum

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
        self.mark = IconMark("info", "info", 28)
        self.what = BilingualLabel(Pair.plain(""), "strong", arrange=Arrange.BESIDE)
        self.what_to_do = BilingualLabel(Pair.plain(""), "body", arrange=Arrange.BESIDE)
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
        if action:
            line.addWidget(action, 0, Qt.AlignmentFlag.AlignVCenter)
        self.close_button = IconButton("cross", translator("nl").text(_CLOSE))
        reveal(self.close_button, closable)
        self.close_button.clicked.connect(self._close)
        line.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.say(kind, what, what_to_do)

    def say(self, kind: MessageKind, what: Pair | str, what_to_do: Pair | str = "") -> None:
        """Show a message; without any text the bar goes away."""
        first = Pair.plain(what) if isinstance(what, str) else what
        then = Pair.plain(what_to_do) if isinstance(what_to_do, str) else what_to_do
        self.kind = kind
        self.setProperty("message", kind.value)
        self.style().unpolish(self)
        self.style().polish(self)
        self.mark.set_icon(kind.value, kind.value)
        self.what.set_pair(first)
        self.what.setVisible(bool(first))
        self.what_to_do.set_pair(then)
        self.what_to_do.setVisible(bool(then))
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
