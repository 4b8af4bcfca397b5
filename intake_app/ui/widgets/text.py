"""Texts in one language: labels with a role of the type scale, and badges."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING
from unicodedata import bidirectional

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from intake_app.ui.theme import letters, tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QTextLayout

LONGEST_WORD = 440
"""The width in logical pixels that a word may ask for; a wider one is divided where there is no more.

So wide a text can be in the largest letters in the smallest window, beside the open strip of a talk.
"""
_RTL_MARK = "\u200f"
_LTR_MARK = "\u200e"
_BADGE_SIDE = 12
"""Room beside the words of a badge, as the stylesheet has it."""
_ISOLATES = {"LRI", "RLI", "FSI"}
_STYLED = QEvent.Type.StyleChange
_MEASURED_MOST = 8000
_ONE_LINE, _WORDS = -1, -2
"""In the place of a width: what the text takes on one line, and what its widest word takes."""
_measured: dict[tuple[str, str, int, float, bool], int] = {}
"""How wide and how tall texts are in a font: the same words come back on many a screen, and breaking lines is slow."""


def forget_measured() -> None:
    """Let go of every text that was measured: they hold words of people."""
    from intake_app.i18n.hyphenation import forget_words
    from intake_app.ui.widgets.drawn_text import forget_drawn

    _measured.clear()
    forget_drawn()
    forget_words()


def _begins_rtl(text: str) -> bool | None:
    """The direction of the first strong letter outside isolates (UAX #9, P2); None without one."""
    depth = 0
    for letter in text:
        kind = bidirectional(letter)
        if kind in _ISOLATES:
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif not depth and kind in {"L", "R", "AL"}:
            return kind != "L"
    return None


def restyle(widget: QWidget) -> None:
    """Let the stylesheet look again after a property changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.updateGeometry()


class TextLabel(QLabel):
    """Wrapped plain text with a role of the type scale and a direction of its own.

    A word that is wider than the label is divided as its `language` does, or else after any sign. No word asks for
    more than `longest` logical pixels.
    """

    longest = LONGEST_WORD

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        *,
        rtl: bool | None = False,
        tall: bool = False,
        on: str = "",
        tone: str = "",
        wrap: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.language = "nl"
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self._role, self._tall = role, tall
        self.setProperty("role", role)
        self._letters = (role, tall, tokens().size)
        self.setFont(letters(role, tall=tall))
        if on:
            self.setProperty("on", on)
        if tone:
            self.setProperty("tone", tone)
        self.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        policy = self.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        if rtl is None:
            self.setText(text)
        else:
            self.set_text(text, rtl=rtl)

    def set_tall(self, tall: bool) -> None:
        """Whether it is in a script that is set a size larger."""
        if tall is not self._tall:
            self._tall = tall
            self._take_letters()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == _STYLED:
            self._take_letters()
        super().changeEvent(event)

    def _take_letters(self) -> None:
        # A label hears of style when it comes in sight as well: its letters are the same ones then.
        taken_of, height = (self._role, self._tall, tokens().size), tokens().text(self._role, tall=self._tall)
        # To be polished by another stylesheet gives a label back the letters it was made with.
        if taken_of != self._letters or self.font().pixelSize() != height:
            self._letters = taken_of
            self.setFont(letters(self._role, tall=self._tall))

    def set_rtl(self, rtl: bool) -> None:
        """The direction of this text, whatever the direction of what is around it and whatever it begins with."""
        self.set_text(self.text(), rtl=rtl)

    def set_text(self, text: str, *, rtl: bool) -> None:
        """Show another text, in a direction of its own."""
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        self.setText(text)

    def _known(self, text: str, width: int, measure: Callable[[], int]) -> int:
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        key = (self.font().key(), text, width, self.devicePixelRatioF(), rtl)
        if key not in _measured:
            if len(_measured) >= _MEASURED_MOST:
                _measured.clear()
            _measured[key] = measure()
        return _measured[key]

    def across(self, words: str) -> int:
        """How many logical pixels words of this label take on one line."""
        return self._known(words, _ONE_LINE, lambda: self.fontMetrics().horizontalAdvance(words))

    def height_at(self, width: int) -> int:
        """How tall the broken text is at a width, in logical pixels; only for a label that is polished."""
        return self._known(super().text(), width, lambda: self._measure(width))

    def widest_word(self) -> int:
        """How many logical pixels the widest word takes."""
        return self._known(super().text(), _WORDS, lambda: max(map(self._advance, self.text().split()), default=0))

    def _advance(self, word: str) -> int:
        return self.fontMetrics().horizontalAdvance(word)

    def divides(self, width: int) -> bool:
        """Whether a word has to be divided at a width in logical pixels."""
        return self.wordWrap() and self.widest_word() > width

    def heightForWidth(self, width: int) -> int:
        self.ensurePolished()
        return self.height_at(width) if self.divides(width) else super().heightForWidth(width)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), self.longest), hint.height()) if self.wordWrap() else hint

    def _measure(self, width: int) -> int:
        if not self.divides(width):
            return super().heightForWidth(width)
        return math.ceil(self._laid_out(width)[1])

    def text(self) -> str:
        """What was set, without the mark that tells its direction."""
        return super().text().lstrip(_RTL_MARK + _LTR_MARK)

    def setText(self, text: str) -> None:
        # QLabel takes the direction of plain text from its first letter: "UWV (…)" in Arabic would run from the left.
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        guessed = _begins_rtl(text)
        wrong = bool(text) and guessed is not rtl
        super().setText(f"{_RTL_MARK if rtl else _LTR_MARK}{text}" if wrong else text)

    def paintEvent(self, event: QPaintEvent) -> None:
        # QLabel counts the space at the end of a wrapped right-to-left line: such lines would stand out of line.
        room = self.contentsRect()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft and self.wordWrap()
        if not mirrored and not self.divides(room.width()):
            super().paintEvent(event)
            return
        layout, height = self._laid_out(room.width())
        top = (room.height() - height) / 2 if self.alignment() & Qt.AlignmentFlag.AlignVCenter else 0
        from PySide6.QtGui import QPainter

        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        layout.draw(painter, QPointF(room.left(), room.top() + top))
        painter.end()

    def _laid_out(self, width: int) -> tuple[QTextLayout, float]:
        """The text in lines of that width, and the height of all."""
        from PySide6.QtGui import QTextLayout, QTextOption

        divides, text = self.divides(width), super().text()
        if divides:
            from intake_app.ui.widgets.drawn_text import divided

            text = divided(text, width, self.language, self.across)
        modes = QTextOption.WrapMode
        option = QTextOption(self._side())
        option.setTextDirection(self.layoutDirection())
        option.setWrapMode(modes.WrapAtWordBoundaryOrAnywhere if divides else modes.WordWrap)
        layout = QTextLayout(text, self.font(), self)
        layout.setTextOption(option)
        return layout, self._set_lines(layout, width)

    def _side(self) -> Qt.AlignmentFlag:
        """The edge the lines keep to: where reading begins, unless they were put elsewhere whatever the direction."""
        shown = self.alignment()
        if shown & Qt.AlignmentFlag.AlignHCenter:
            return Qt.AlignmentFlag.AlignHCenter
        left = self.layoutDirection() == Qt.LayoutDirection.LeftToRight
        if shown & Qt.AlignmentFlag.AlignAbsolute:
            left = bool(shown & Qt.AlignmentFlag.AlignLeft)
        return Qt.AlignmentFlag.AlignAbsolute | (Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight)

    def _set_lines(self, layout: QTextLayout, width: int) -> float:
        """Break the text into lines of a width; gives the height of all."""
        height, leading = 0.0, self.fontMetrics().leading()
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            height += leading if height else 0
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        return height


class Badge(QLabel):
    """A short word on a coloured ground: kind is plain, info, good, warning, error or gap."""

    def __init__(self, text: str, kind: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("badge", kind)
        self._take_letters()
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """On one line; only in a `Flow` without room for that it breaks."""
        return self._around(self.text())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def narrowest(self) -> QSize:
        """As wide as its longest word."""
        self.ensurePolished()
        metrics = self.fontMetrics()
        return self._around(max(self.text().split(), key=metrics.horizontalAdvance, default=""))

    def _around(self, words: str) -> QSize:
        self.ensurePolished()
        metrics = self.fontMetrics()
        # the last letter of a Persian word may reach past where the next would begin
        width = max(metrics.horizontalAdvance(words), metrics.boundingRect(words).width())
        return QSize(width + 2 * _BADGE_SIDE + 2, metrics.height() + _BADGE_SIDE)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == _STYLED:
            self._take_letters()
        super().changeEvent(event)

    def _take_letters(self) -> None:
        font = letters("chip_dutch" if self.property("badge") == "gap" else "chip")
        font.setBold(True)
        self.setFont(font)

    def set_badge(self, text: str, kind: str) -> None:
        """Show another word of another kind."""
        self.setText(text)
        self.setProperty("badge", kind)
        self._take_letters()
        restyle(self)
