"""Buttons: one primary action, secondary ones, quiet ones, and a round one that is only an icon."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from intake_app.ui.theme import GRID, TARGET, tokens
from intake_app.ui.widgets.bilingual import BilingualLabel
from intake_app.ui.widgets.icons import IconMark, paint_icon
from intake_app.ui.widgets.layout import row
from intake_app.ui.widgets.pair import Pair
from intake_app.ui.widgets.pressable import Look, Pressable


class _TextButton(Pressable):
    """A button with a text in one or two languages and an icon before or after it."""

    look = Look.SECONDARY
    tone = "primary"

    def __init__(
        self, text: Pair | str, icon: str = "", *, icon_after: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(self.look, parent)
        pair = Pair.plain(text) if isinstance(text, str) else text
        if pair.language != "nl":
            rtl = pair.rtl_half
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        on = "primary" if self.look is Look.PRIMARY else ""
        self.label = BilingualLabel(pair, "button", centred=True, on=on, parent=self)
        self.mark = IconMark(icon, self.tone, 26, self) if icon else None
        parts: list[QWidget | None] = [None, self.label, None]
        if self.mark:
            parts.insert(2 if icon_after else 1, self.mark)
        layout = row(*parts, gap=1)
        layout.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID)
        self.setLayout(layout)
        self._tight = self._low = False
        self._share: int | None = None
        self.setAccessibleName(pair.spoken)
        self.fit()

    def set_text(self, text: Pair | str) -> None:
        """Show another text."""
        pair = Pair.plain(text) if isinstance(text, str) else text
        self.label.set_pair(pair)
        self.setAccessibleName(pair.spoken)

    def least_height(self) -> int:
        return TARGET if self._low else max(TARGET, tokens().scaled(60))

    def least_width(self, *, tight: bool) -> int:
        """As `Tightens`: narrow, only the words are left."""
        return max(TARGET, self.label.minimumSizeHint().width() + self._beside_words(tight=tight))

    def _beside_words(self, *, tight: bool) -> int:
        if tight:
            return 2 * GRID
        # A stretch on both sides of the words takes its gap as well.
        return 6 * GRID + (self.mark.sizeHint().width() + GRID if self.mark else 0)

    def usual_width(self, *, tight: bool) -> int:
        """As `Shares`."""
        return max(TARGET, self.label.sizeHint().width() + self._beside_words(tight=tight))

    def height_at(self, width: int, *, tight: bool) -> int:
        """As `Shares`."""
        margins = self.layout().contentsMargins()
        words = self.label.heightForWidth(max(1, width - self._beside_words(tight=tight)))
        return max(self.least_height(), words + margins.top() + margins.bottom())

    def set_share(self, width: int | None) -> None:
        """As `Shares`."""
        if width != self._share:
            self._share = width
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return hint if self._share is None else QSize(self._share, hint.height())

    def set_tight(self, tight: bool) -> None:
        """As `Tightens`."""
        if tight is self._tight:
            return
        self._tight = tight
        self.layout().setSpacing(0 if tight else GRID)
        if self.mark:
            self.mark.setVisible(not tight)
        self._around()

    def set_low(self, low: bool) -> None:
        """As `Tightens`."""
        if low is not self._low:
            self._low = low
            self._around()

    def _around(self) -> None:
        side, edge = GRID if self._tight else 2 * GRID, GRID // 4 if self._low else GRID
        self.layout().setContentsMargins(side, edge, side, edge)
        self.fit()


class PrimaryButton(_TextButton):
    """The one action a screen is for."""

    look = Look.PRIMARY
    tone = "primary_ink"


class SecondaryButton(_TextButton):
    """Another thing that can be done here."""


class QuietButton(_TextButton):
    """Something seldom done: no ground and no edge until the pointer is on it."""

    look = Look.QUIET
    tone = "ink_soft"


class IconButton(Pressable):
    """A button that is an icon, with its name in small letters below if `captioned`.

    The name is also for the tooltip and for screen readers. It is never smaller than `TARGET`.
    """

    def __init__(
        self,
        icon: str,
        name: str,
        *,
        captioned: bool = False,
        look: Look = Look.QUIET,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, parent)
        self._captioned = captioned
        self._tight = self._low = False
        self.set_icon(icon, name)
        self.fit()

    def set_icon(self, icon: str, name: str) -> None:
        """Show another icon with another name."""
        self.icon_name = icon
        self.name = name
        self.setAccessibleName(name)
        self.setToolTip("" if self._captioned else name)
        self.updateGeometry()
        self.update()

    def _caption_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(tokens().text("chip_dutch"))
        return font

    def sizeHint(self) -> QSize:
        return self._size(tight=self._tight)

    def least_width(self, *, tight: bool) -> int:
        """As `Tightens`: narrow, a larger type makes it no wider."""
        return self._size(tight=tight).width()

    def set_tight(self, tight: bool) -> None:
        """As `Tightens`."""
        if tight is not self._tight:
            self._tight = tight
            self.fit()

    def set_low(self, low: bool) -> None:
        """As `Tightens`."""
        if low is not self._low:
            self._low = low
            self.fit()

    def _size(self, *, tight: bool) -> QSize:
        side = TARGET if tight or self._low else max(TARGET, tokens().scaled(TARGET))
        if not self._captioned:
            return QSize(side, side)
        metrics = QFontMetrics(self._caption_font())
        return QSize(max(side, metrics.horizontalAdvance(self.name) + 2 * GRID), side + metrics.height() - GRID // 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        colours = tokens().colours
        tone = colours.primary_ink if self._look is Look.PRIMARY else colours.primary
        tone = tone if self.isEnabled() else colours.off_ink
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = tokens().scaled(28)
        line = QFontMetrics(self._caption_font()).height() if self._captioned else 0
        box = QRectF((self.width() - side) / 2, (self.height() - line - side) / 2, side, side)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        paint_icon(painter, self.icon_name, box, tone, mirrored=mirrored)
        if self._captioned:
            painter.setFont(self._caption_font())
            painter.setPen(QColor(colours.ink_soft if self.isEnabled() else colours.off_ink))
            below = QRectF(0, box.bottom(), self.width(), line + 2)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self.name)
        painter.end()
