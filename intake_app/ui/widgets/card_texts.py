"""What stands on an answer card: its texts under each other, drawn by the card, with a badge where there is a gap."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from intake_app.i18n.gettext import mark, translator
from intake_app.ui.theme import GRID, tokens
from intake_app.ui.widgets.drawn_text import DrawnPair, DrawnText
from intake_app.ui.widgets.pair import Pair
from intake_app.ui.widgets.text import LONGEST_WORD, Badge

_GAP_WORD = mark("Nederlands")
_GAP_HELP = mark("Deze tekst is nog niet vertaald.")
_SPARE = 4
"""Logical pixels that a text gets beside what it measures."""
_USUAL = 560


def gap_badge(parent: QWidget) -> Badge:
    """Says that a text is not translated yet."""
    badge = Badge(translator("nl").text(_GAP_WORD), "gap", parent)
    badge.setToolTip(translator("nl").text(_GAP_HELP))
    return badge


class CardTexts:
    """The texts of `card` with their roles, `between` them so many logical pixels. Widths and heights are logical too.

    `centred` or each at the edge of the half of the screen its language stands in.
    """

    def __init__(self, card: QWidget, texts: list[tuple[Pair, str, bool]], between: int) -> None:
        self._card, self._between = card, between
        self.pairs: list[DrawnPair] = []
        self.badges: dict[int, Badge] = {}
        self._centred = [centred for _pair, _role, centred in texts]
        for place, (pair, role, centred) in enumerate(texts):
            self.pairs.append(DrawnPair(pair, role, centred=centred, gap=GRID // (4 if centred else 2)))
            if pair.gap:
                self.badges[place] = gap_badge(card)

    @property
    def drawn(self) -> list[DrawnText]:
        """Every text, in the order they stand in."""
        return [text for pair in self.pairs for text in pair.texts]

    def least_width(self) -> int:
        """The width of the widest word, as far as a word may ask for room."""
        widest = max(pair.widest_word() for pair in self.pairs)
        wide = min(widest + _SPARE, LONGEST_WORD) if widest else 0
        return max(wide, *(badge.sizeHint().width() for badge in self.badges.values())) if self.badges else wide

    def least_height(self) -> int:
        """The height of one line of each."""
        lines = sum(pair.own.face.metrics.height() for pair in self.pairs)
        return lines + self._between * (len(self.pairs) - 1)

    def usual_width(self) -> int:
        """The width at which nothing breaks, up to that of a line that is pleasant to read."""
        widest = max(pair.across() for pair in self.pairs) + _SPARE
        return max(min(widest, tokens().scaled(_USUAL)), self.least_width())

    def height_at(self, width: int) -> int:
        """How tall all of it is at a width."""
        heights = sum(pair.height_at(width) + self._badge(place) for place, pair in enumerate(self.pairs))
        return heights + self._between * (len(self.pairs) - 1)

    def _badge(self, place: int) -> int:
        badge = self.badges.get(place)
        return badge.sizeHint().height() + self.pairs[place].gap if badge else 0

    def place(self, left: int, top: int, width: int) -> None:
        """Let all of it stand there."""
        for place, pair in enumerate(self.pairs):
            top += pair.place(left, top, width) + self._badge(place)
            if place in self.badges:
                size = self.badges[place].sizeHint()
                spare = width - size.width()
                inset = spare // 2 if self._centred[place] else spare if pair.pair.rtl_half else 0
                self.badges[place].setGeometry(QRect(left + inset, top - size.height(), size.width(), size.height()))
            top += self._between

    def draw(self, painter: QPainter) -> None:
        """Draw the texts where they stand."""
        enabled = self._card.isEnabled()
        for pair in self.pairs:
            pair.draw(painter, enabled=enabled)

    def forget(self) -> None:
        """Break the lines anew when they are asked for."""
        for pair in self.pairs:
            pair.forget()
