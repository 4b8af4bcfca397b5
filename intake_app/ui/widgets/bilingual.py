"""The label in two languages: the participant's large in its own direction, Dutch small and left to right."""

from __future__ import annotations

from enum import Enum
from functools import cached_property

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from intake_app.i18n.gettext import mark, translator
from intake_app.ui.theme import GRID, tokens
from intake_app.ui.widgets.pair import Pair
from intake_app.ui.widgets.text import LONGEST_WORD, Badge, TextLabel

_GAP_WORD = mark("Nederlands")
_GAP_HELP = mark("Deze tekst is nog niet vertaald.")
_WIDE = 760
_SPARE = 4
"""Logical pixels that a text gets beside what it measures."""
_POLISHED, _SIZED = Qt.WidgetAttribute.WA_WState_Polished, Qt.WidgetAttribute.WA_Resized
_TOP = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignAbsolute
_RIGHT, _LEFT = _TOP | Qt.AlignmentFlag.AlignRight, _TOP | Qt.AlignmentFlag.AlignLeft
_MIDDLE = _TOP | Qt.AlignmentFlag.AlignHCenter
_RTL = Qt.LayoutDirection.RightToLeft
_CHANGED = (QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange)
"""After these what is remembered of sizes may be another."""


class Arrange(Enum):
    """Dutch below the large text, or beside it where there is room for both."""

    BELOW = "below"
    BESIDE = "beside"


class BilingualLabel(QWidget):
    """A `Pair` on screen. Where the participant's language has a gap, Dutch stands large with a small badge."""

    def __init__(
        self,
        pair: Pair,
        role: str = "body",
        *,
        arrange: Arrange = Arrange.BELOW,
        centred: bool = False,
        on: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._arrange = arrange
        self._centred = centred
        self._role, self._on = role, on
        self._heights: dict[tuple[bool, int], int] = {}
        self._totals: dict[int, int] = {}
        self._hints: dict[str, QSize] = {}
        self.own = TextLabel("", role, on=on, parent=self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.pair = Pair("", "")
        self.set_pair(pair)

    # Most labels are Dutch alone: what only two languages need is made when there are two.
    @cached_property
    def dutch(self) -> TextLabel:
        """The small Dutch text."""
        label = TextLabel("", f"{self._role}_dutch", on=self._on, parent=self)
        label.hide()
        return label

    @cached_property
    def badge(self) -> Badge:
        """Says that this text is not translated yet."""
        badge = Badge(translator("nl").text(_GAP_WORD), "gap", self)
        badge.setToolTip(translator("nl").text(_GAP_HELP))
        badge.hide()
        return badge

    def _made(self) -> list[TextLabel | Badge]:
        """The labels there are by now."""
        known = self.__dict__
        return [self.own, *(known[name] for name in ("dutch", "badge") if name in known)]

    def set_pair(self, pair: Pair) -> None:
        """Show other texts."""
        if pair == self.pair:
            return
        self.pair = pair
        self._forget()
        self.own.set_tall(pair.tall)
        self.own.language = pair.language if pair.own else "nl"
        self.own.set_text(pair.main, rtl=pair.rtl)
        self._show_dutch(pair.second)
        if pair.gap or "badge" in self.__dict__:
            self.badge.setVisible(pair.gap)
        self._align()
        self.setAccessibleName(pair.spoken)
        self.updateGeometry()
        self._place()

    def _show_dutch(self, second: str) -> None:
        if "dutch" in self.__dict__:
            self.dutch.setText(second)
            self.dutch.setVisible(bool(second))
        elif second:
            # It comes in sight with this label. To show it by itself would measure it once for nothing.
            self.dutch = TextLabel(second, f"{self._role}_dutch", on=self._on, parent=self)
            if self.isVisible():
                self.dutch.show()

    def _forget(self) -> None:
        self._heights.clear()
        self._totals.clear()
        self._hints.clear()

    def _align(self) -> None:
        if self._centred:
            self.own.setAlignment(_MIDDLE)
            if self.pair.second:
                self.dutch.setAlignment(_MIDDLE)
            return
        rtl = self._rtl()
        self.own.setAlignment(_RIGHT if rtl else _LEFT)
        if not self.pair.second:
            return
        # Below, both texts keep to one edge and read as one label; beside, each keeps to its own side.
        below = self._arrange is Arrange.BELOW or not self._beside(self.width())
        self.dutch.setAlignment(_RIGHT if rtl and below else _LEFT)

    def _rtl(self) -> bool:
        """Which edge the texts keep to: that of the half of the screen the label stands in."""
        return self.layoutDirection() == _RTL

    def _beside(self, width: int) -> bool:
        return self._arrange is Arrange.BESIDE and bool(self.pair.second) and width >= tokens().scaled(_WIDE)

    def _gap(self) -> int:
        return GRID // 4 if self._centred else GRID // 2

    def _badge_height(self) -> int:
        return self.badge.sizeHint().height() + self._gap() if self.pair.gap else 0

    def _boxes(self, width: int) -> tuple[QRect, QRect, int]:
        """Where the two texts stand, and the height of all."""
        if self._beside(width):
            between = GRID * 4
            own_width = round((width - between) * 0.62)
            dutch_width = width - between - own_width
            own_height = self._height(self.own, own_width)
            drop = max(0, self.own.fontMetrics().ascent() - self.dutch.fontMetrics().ascent())
            dutch_height = self._height(self.dutch, dutch_width)
            own_left, dutch_left = (dutch_width + between, 0) if self._rtl() else (0, own_width + between)
            height = max(own_height, drop + dutch_height)
            return (
                QRect(own_left, 0, own_width, own_height),
                QRect(dutch_left, drop, dutch_width, dutch_height),
                height,
            )
        own_height = self._height(self.own, width)
        top = own_height + self._gap()
        if not self.pair.second:
            return QRect(0, 0, width, own_height), QRect(), own_height + self._badge_height()
        dutch_height = self._height(self.dutch, width)
        return QRect(0, 0, width, own_height), QRect(0, top, width, dutch_height), top + dutch_height

    def _height(self, label: TextLabel, width: int) -> int:
        """How tall a label is at a width, remembered while text and style stay: a layout asks it many times over."""
        key = (label is self.own, width)
        if key not in self._heights:
            polished = label.testAttribute(_POLISHED)
            self._heights[key] = label.height_at(width) if polished else label.heightForWidth(width)
        return self._heights[key]

    def _place(self) -> None:
        if self.width() <= 0 or not self.testAttribute(_SIZED):
            return
        self._polish()
        self._align()
        own, dutch, height = self._boxes(self.width())
        drop = max(0, self.height() - height) // 2 if self._centred else 0
        self.own.setGeometry(own.translated(0, drop))
        if self.pair.second:
            self.dutch.setGeometry(dutch.translated(0, drop))
        if self.pair.gap:
            size = self.badge.sizeHint()
            spare = self.width() - size.width()
            left = spare // 2 if self._centred else (spare if self._rtl() else 0)
            self.badge.setGeometry(left, drop + height - size.height(), size.width(), size.height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._totals:
            self._polish()
            self._totals[width] = self._boxes(width)[2]
        return self._totals[width]

    def sizeHint(self) -> QSize:
        if "usual" not in self._hints:
            self._polish()
            widest = max((self._across(label, label.text()) for label in self._texts()), default=0)
            width = max(min(widest, tokens().scaled(560)), self.minimumSizeHint().width())
            self._hints["usual"] = QSize(width, self.heightForWidth(width))
        return self._hints["usual"]

    def minimumSizeHint(self) -> QSize:
        if "least" not in self._hints:
            self._polish()
            widest = max(label.widest_word() for label in self._texts())
            width = min(widest + _SPARE, LONGEST_WORD) if widest else 0
            if self.pair.gap:
                width = max(width, self.badge.sizeHint().width())
            self._hints["least"] = QSize(width, self.own.fontMetrics().height())
        return self._hints["least"]

    def _texts(self) -> list[TextLabel]:
        return [self.own, self.dutch] if self.pair.second else [self.own]

    @staticmethod
    def _across(label: TextLabel, words: str) -> int:
        return label.across(words) + _SPARE if words else 0

    def _polish(self) -> None:
        for label in self._made():
            if not label.testAttribute(_POLISHED):
                label.ensurePolished()
                self._forget()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in _CHANGED:
            self._forget()
            self.updateGeometry()
            self._place()
        super().changeEvent(event)
