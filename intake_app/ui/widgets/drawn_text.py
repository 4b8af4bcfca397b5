"""Texts that a widget draws itself, line for line as `TextLabel` and `BilingualLabel` show them.

A label is a widget of its own: to make it, style it, measure it and let it go again takes ten times what drawing its
words takes. Where one screen shows two dozen answers in two languages that is most of the time it takes to come.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication

from intake_app.ui.theme import TYPE_SCALE, Tokens, tokens
from intake_app.ui.widgets.pair import Pair

_SOFT_HYPHEN = "\u00ad"
_SPACES = r"(\s+)"
_LTR, _RTL = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
_ABSOLUTE = Qt.AlignmentFlag.AlignAbsolute
_LEFT, _RIGHT = _ABSOLUTE | Qt.AlignmentFlag.AlignLeft, _ABSOLUTE | Qt.AlignmentFlag.AlignRight
_MIDDLE = Qt.AlignmentFlag.AlignHCenter
_KNOWN_MOST = 8000
_ONE_HIGH, _WIDEST_WORD, _ONE_LINE = -3, -2, -1
"""In the place of a width: how tall one line is, what the widest word takes, and what the text takes on one line."""
_known: dict[tuple[int, str, int, bool], int] = {}
"""Heights and widths of texts, per face: the same answers come back on many a screen, and breaking lines is slow."""


def forget_drawn() -> None:
    """Let go of every text that was measured: they hold words of people."""
    _known.clear()


def divided(text: str, width: int, language: str, across: Callable[[str], int]) -> str:
    """A text that may break inside the words that are wider than `width`, where their language divides them.

    `across` gives the width of a word; both in logical pixels.
    """
    return "".join(_hyphenated(p, language) if across(p) > width else p for p in re.split(_SPACES, text))


def _hyphenated(word: str, language: str) -> str:
    # The names at the door are whole: the rules of every language can wait for the first word that is not.
    from intake_app.i18n.hyphenation import places

    for place in reversed(places(word, language)):
        word = f"{word[:place]}{_SOFT_HYPHEN}{word[place:]}"
    return word


class Face(NamedTuple):
    """The letters of a role: `number` tells one face from another."""

    number: int
    font: QFont
    metrics: QFontMetrics


_numbers: dict[str, int] = {}
_faces: dict[tuple[str, bool], Face] = {}
_faces_of: list[Tokens] = []


def face(role: str, tall: bool = False) -> Face:
    """The letters of a role of `TYPE_SCALE`, as the stylesheet gives them to a label."""
    now = tokens()
    if not _faces_of or _faces_of[0] is not now:
        _faces_of[:] = [now]
        _faces.clear()
    found = _faces.get((role, tall))
    if found is None:
        font = QFont(QApplication.font())
        font.setPixelSize(now.text(role, tall=tall))
        font.setBold(TYPE_SCALE[role][1])
        found = Face(_numbers.setdefault(font.key(), len(_numbers)), font, QFontMetrics(font))
        _faces[role, tall] = found
    return found


class DrawnText:
    """One text in the letters of a role; `box` is where it stands in the widget that draws it, in logical pixels.

    A word that is wider than the text may be is divided as its `language` does, or else after any sign.
    """

    __slots__ = ("_height", "_layout", "_side", "_width", "box", "language", "role", "rtl", "tall", "words")

    def __init__(self, words: str, role: str, *, rtl: bool, tall: bool, language: str, side: Qt.AlignmentFlag) -> None:
        self.words, self.role, self.rtl, self.tall, self.language = words, role, rtl, tall, language
        self.box = QRect()
        self._side = side
        self._layout: QTextLayout | None = None
        self._width, self._height = -1, 0.0

    @property
    def face(self) -> Face:
        """Its letters."""
        return face(self.role, self.tall)

    def colour(self, *, enabled: bool = True) -> str:
        """The colour it is drawn in."""
        colours = tokens().colours
        return getattr(colours, TYPE_SCALE[self.role][2]) if enabled else colours.off_ink

    def across(self) -> int:
        """How many logical pixels it takes on one line."""
        letters = self.face
        key = (letters.number, self.words, _ONE_LINE, self.rtl)
        return _known[key] if key in _known else _keep(key, letters.metrics.horizontalAdvance(self.words))

    def widest_word(self) -> int:
        """How many logical pixels its widest word takes."""
        letters = self.face
        key = (letters.number, self.words, _WIDEST_WORD, self.rtl)
        if key in _known:
            return _known[key]
        return _keep(key, max(map(letters.metrics.horizontalAdvance, self.words.split()), default=0))

    def height_at(self, width: int) -> int:
        """How tall it is in lines of a width, in logical pixels."""
        number = self.face.number
        key, one_high = (number, self.words, width, self.rtl), (number, self.words, _ONE_HIGH, self.rtl)
        if key in _known:
            return _known[key]
        # A layout asks for the height at many a width, and at most of them the text stands on one line.
        if one_high in _known and width > self.across():
            return _keep(key, _known[one_high])
        lines = self._lay_out(width)
        tall = _keep(key, math.ceil(self._height))
        return tall if lines > 1 else _keep(one_high, tall)

    def draw(self, painter: QPainter, *, enabled: bool = True) -> None:
        """Draw it in its box, from the top."""
        if self._layout is None or self._width != self.box.width():
            self._lay_out(self.box.width())
        assert self._layout is not None
        painter.setPen(QColor(self.colour(enabled=enabled)))
        self._layout.draw(painter, QPointF(self.box.topLeft()))

    def forget(self) -> None:
        """Break its lines anew when it is asked for: its letters may be others."""
        self._layout, self._width = None, -1

    def _lay_out(self, width: int) -> int:
        """Break it into lines of a width; gives how many they are."""
        letters, divides = self.face, self.widest_word() > width
        option = QTextOption(self._side)
        option.setTextDirection(_RTL if self.rtl else _LTR)
        modes = QTextOption.WrapMode
        option.setWrapMode(modes.WrapAtWordBoundaryOrAnywhere if divides else modes.WordWrap)
        across = letters.metrics.horizontalAdvance
        words = divided(self.words, width, self.language, across) if divides else self.words
        layout = QTextLayout(words, letters.font)
        layout.setTextOption(option)
        height, leading = 0.0, letters.metrics.leading()
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            height += leading if height else 0
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        self._layout, self._width, self._height = layout, width, height
        return layout.lineCount()


def _keep(key: tuple[int, str, int, bool], measured: int) -> int:
    if len(_known) >= _KNOWN_MOST:
        _known.clear()
    _known[key] = measured
    return measured


class DrawnPair:
    """A `Pair` below each other: the participant's text large, Dutch small. Where there is a gap Dutch stands alone.

    `gap` is the room between the two, in logical pixels.
    """

    __slots__ = ("dutch", "gap", "own", "pair", "texts")

    def __init__(self, pair: Pair, role: str, *, centred: bool, gap: int) -> None:
        side = _MIDDLE if centred else _RIGHT if pair.rtl_half else _LEFT
        self.pair, self.gap = pair, gap
        language = pair.language if pair.own else "nl"
        self.own = DrawnText(pair.main, role, rtl=pair.rtl, tall=pair.tall, language=language, side=side)
        second = pair.second
        self.dutch = (
            DrawnText(second, f"{role}_dutch", rtl=False, tall=False, language="nl", side=side) if second else None
        )
        self.texts = [self.own] if self.dutch is None else [self.own, self.dutch]

    def across(self) -> int:
        """How many logical pixels the wider of its texts takes on one line."""
        return max(text.across() for text in self.texts)

    def widest_word(self) -> int:
        """How many logical pixels the widest word of both takes."""
        return max(text.widest_word() for text in self.texts)

    def height_at(self, width: int) -> int:
        """How tall both are in lines of a width, in logical pixels."""
        tall = self.own.height_at(width)
        return tall if self.dutch is None else tall + self.gap + self.dutch.height_at(width)

    def place(self, left: int, top: int, width: int) -> int:
        """Let both stand there; gives the height below `top` that they take."""
        for text in self.texts:
            text.box = QRect(left, top, width, text.height_at(width))
            top = text.box.bottom() + 1 + self.gap
        return self.height_at(width)

    def draw(self, painter: QPainter, *, enabled: bool = True) -> None:
        """Draw both where they stand."""
        for text in self.texts:
            text.draw(painter, enabled=enabled)

    def forget(self) -> None:
        """Break the lines anew when they are asked for."""
        for text in self.texts:
            text.forget()
