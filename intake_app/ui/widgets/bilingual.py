"""The label in two languages: the participant's large in its own direction, Dutch small and left to right."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from intake_app.i18n.gettext import mark, translator
from intake_app.ui.theme import GRID, tokens
from intake_app.ui.widgets.pair import Pair
from intake_app.ui.widgets.text import Badge, TextLabel, restyle

_GAP_WORD = mark("Nederlands")
_GAP_HELP = mark("Deze tekst is nog niet vertaald.")
_WIDE = 760
_RESTYLED = (QEvent.Type.LayoutRequest, QEvent.Type.StyleChange, QEvent.Type.FontChange)
"""After these a remembered height may be another: a label of ours was changed, or the letters were."""


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
        self._heights: dict[tuple[bool, int], int] = {}
        self.own = TextLabel("", role, on=on, parent=self)
        self.dutch = TextLabel("", f"{role}_dutch", on=on, parent=self)
        self.badge = Badge(translator("nl").text(_GAP_WORD), "gap", self)
        self.badge.setToolTip(translator("nl").text(_GAP_HELP))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_pair(pair)

    def set_pair(self, pair: Pair) -> None:
        """Show other texts."""
        self.pair = pair
        self._heights.clear()
        self.own.setText(pair.main)
        tall = "true" if pair.tall else "false"
        restyled = self.own.property("tall") != tall
        self.own.setProperty("tall", tall)
        self.own.set_rtl(pair.rtl)
        self.dutch.setText(pair.second)
        self.dutch.setVisible(bool(pair.second))
        self.badge.setVisible(pair.gap)
        self._align()
        self.setAccessibleName(pair.spoken)
        if restyled:
            restyle(self.own)
            self._heights.clear()
        self.updateGeometry()
        self._place()

    def _align(self) -> None:
        top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignAbsolute
        if self._centred:
            self.own.setAlignment(top | Qt.AlignmentFlag.AlignHCenter)
            self.dutch.setAlignment(top | Qt.AlignmentFlag.AlignHCenter)
            return
        right, left = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
        self.own.setAlignment(top | (right if self._rtl() else left))
        # Below, both texts keep to one edge and read as one label; beside, each keeps to its own side.
        below = self._arrange is Arrange.BELOW or not self._beside(self.width())
        self.dutch.setAlignment(top | (right if self._rtl() and below else left))

    def _rtl(self) -> bool:
        """Which edge the texts keep to: that of the half of the screen the label stands in."""
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

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
        if not label.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            return label.heightForWidth(width)
        key = (label is self.own, width)
        if key not in self._heights:
            self._heights[key] = label.heightForWidth(width)
        return self._heights[key]

    def _place(self) -> None:
        if self.width() <= 0:
            return
        self._align()
        own, dutch, height = self._boxes(self.width())
        drop = max(0, self.height() - height) // 2 if self._centred else 0
        self.own.setGeometry(own.translated(0, drop))
        self.dutch.setGeometry(dutch.translated(0, drop))
        if self.pair.gap:
            size = self.badge.sizeHint()
            spare = self.width() - size.width()
            left = spare // 2 if self._centred else (spare if self._rtl() else 0)
            self.badge.setGeometry(left, drop + height - size.height(), size.width(), size.height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        self._polish()
        return self._boxes(width)[2]

    def sizeHint(self) -> QSize:
        self._polish()
        texts = [label for label in (self.own, self.dutch) if label.text()]
        natural = max((label.fontMetrics().horizontalAdvance(label.text()) + 4 for label in texts), default=0)
        width = max(min(natural, tokens().scaled(560)), self.minimumSizeHint().width())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        self._polish()
        words = [
            (label.fontMetrics(), word) for label in (self.own, self.dutch) for word in label.text().split() if word
        ]
        width = max((metrics.horizontalAdvance(word) + 4 for metrics, word in words), default=0)
        if self.pair.gap:
            width = max(width, self.badge.sizeHint().width())
        return QSize(width, self.own.fontMetrics().height())

    def _polish(self) -> None:
        for label in (self.own, self.dutch, self.badge):
            label.ensurePolished()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        if event.type() in _RESTYLED:
            self._heights.clear()
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.LayoutDirectionChange):
            self.updateGeometry()
            self._place()
        return super().event(event)
