"""Where am I: the sections of the talk as steps, done, current and to come, with an honest count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from intake_app.ui.theme import GRID, tokens
from intake_app.ui.widgets.icons import paint_icon

_NARROW, _TIGHTEST, _TALL, _LOW = 200, 180, 60, 48
_LEGIBLE = 17
"""Steps smaller than this many pixels carry no number and no check, only their filling."""
_LEAST_TEXT, _LEAST_PART = 12, 0.72
"""Words are never smaller than so many pixels, nor than this part of the size they have where there is room."""
_LEADING = 1.25
"""From line to line in text heights."""
_MOST_LINES, _STILL_LARGE = 3, 0.85
"""A name takes another line where its words would else be smaller than this part of their size."""
_ISOLATES = "\u2066\u2067\u2068\u2069"
BOTH = "  ·  "
"""What stands between the two languages of a name and of a count."""
_MINUTES = " · "
"""What stands between the screens to come and the minutes in a count."""


@dataclass(frozen=True)
class TrailStep:
    """A section: its letter and its name; `done` when nothing in it waits any more."""

    letter: str
    name: str
    done: bool = False


class SectionTrail(QWidget):
    """Steps on a line. Done ones carry a check, the others their number; the current one is named.

    `count` is a text that stands under the line, such as "Nog ongeveer 8 vragen": it is made where the walk is
    known, because a bar that branching makes lie is worse than none.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[TrailStep, ...] = ()
        self._current = -1
        self._count = ""
        self._tight = self._low = False
        self._drawn: tuple[tuple[object, ...], QPixmap] | None = None
        self._broken: tuple[tuple[object, ...], list[str]] | None = None
        self._two: tuple[tuple[object, ...], bool] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_steps(self, steps: Sequence[TrailStep], current: int, count: str = "") -> None:
        """Show these sections with `current` (an index, -1 for none) as the place we are."""
        if (tuple(steps), current, count) == (self._steps, self._current, self._count):
            return
        self._steps, self._current, self._count = tuple(steps), current, count
        name = self._steps[current].name if 0 <= current < len(self._steps) else ""
        place = f"{current + 1}/{len(self._steps)}" if name else ""
        self.setAccessibleName(". ".join(part for part in (place, name, count) if part))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(tokens().scaled(480), self._tall())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.least_width(tight=self._tight), self._tall())

    def _tall(self) -> int:
        return tokens().scaled(_LOW if self._low else _TALL)

    def least_width(self, *, tight: bool) -> int:
        """As `Tightens`."""
        return _TIGHTEST if tight else tokens().scaled(_NARROW)

    def set_tight(self, tight: bool) -> None:
        """As `Tightens`."""
        if tight is not self._tight:
            self._tight = tight
            self.updateGeometry()

    def set_low(self, low: bool) -> None:
        """As `Tightens`."""
        if low is not self._low:
            self._low = low
            self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)

    def _font(self, role: str, bold: bool) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(tokens().text(role))
        font.setBold(bold)
        return font

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._steps:
            return
        painter = QPainter(self)
        # A painter does not know which way its widget reads.
        painter.setLayoutDirection(self.layoutDirection())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 0, self._line())
        self._paint_words(painter)
        painter.end()

    def _line(self) -> QPixmap:
        """The steps on their line, drawn again only when they are others: most questions are in the section before."""
        y = self._line_at()
        ratio, rtl = self.devicePixelRatioF(), self.layoutDirection()
        drawn_of = (self._steps, self._current, self.size(), y, ratio, rtl, tokens(), self.font().key())
        if self._drawn is None or self._drawn[0] != drawn_of:
            picture = QPixmap(self.size() * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setLayoutDirection(rtl)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            centres = self._centres()
            self._paint_line(painter, centres, y)
            for index, x in enumerate(centres):
                self._paint_step(painter, index, x, y)
            painter.end()
            self._drawn = drawn_of, picture
        return self._drawn[1]

    def _line_at(self) -> float:
        """The height of the line of steps: at the top where the words need the room below it."""
        if not self.on_two_lines:
            return self.height() * 0.28
        return min(self.height() * 0.2, self._side() / 2 + 2)

    def _side(self) -> float:
        room = self.width() / max(1, len(self._steps))
        return min(float(tokens().scaled(24)), room * 0.8)

    def _centres(self) -> list[float]:
        side = self._side()
        step = min((self.width() - side) / max(1, len(self._steps) - 1), side * 2.1)
        places = [side / 2 + step * index for index in range(len(self._steps))]
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            return [self.width() - place for place in places]
        return places

    def _paint_line(self, painter: QPainter, centres: list[float], y: float) -> None:
        colours = tokens().colours
        for index in range(len(centres) - 1):
            done = self._steps[index].done and (self._steps[index + 1].done or index + 1 == self._current)
            painter.setPen(QPen(QColor(colours.primary if done else colours.line), 3))
            painter.drawLine(int(centres[index]), int(y), int(centres[index + 1]), int(y))

    def _paint_step(self, painter: QPainter, index: int, x: float, y: float) -> None:
        colours, side, step = tokens().colours, self._side(), self._steps[index]
        current = index == self._current
        box = QRectF(x - side / 2, y - side / 2, side, side)
        painter.setPen(QPen(QColor(colours.primary if step.done or current else colours.edge), 2))
        filled = colours.primary if current else colours.primary_soft if step.done else colours.surface
        painter.setBrush(QColor(filled))
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        if side < _LEGIBLE:
            return
        if step.done and not current:
            inset = side * 0.2
            paint_icon(painter, "check", box.adjusted(inset, inset, -inset, -inset), colours.primary)
            return
        font = self._font("chip_dutch", bold=True)
        font.setPixelSize(max(9, round(side * 0.52)))
        painter.setFont(font)
        painter.setPen(QColor(colours.primary_ink if current else colours.ink_soft))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(index + 1))

    def _name(self) -> str:
        """The section in sight; in the participant's language alone where there is no room for Dutch as well."""
        name = self._steps[self._current].name if 0 <= self._current < len(self._steps) else ""
        taken = QFontMetrics(self._font("chip", bold=True)).horizontalAdvance(name)
        return name if taken <= self.width() else name.split(BOTH)[0]

    def _word_widths(self) -> tuple[int, int]:
        """What name and count take on one line each."""
        name = QFontMetrics(self._font("chip", bold=True)).horizontalAdvance(self._name())
        return name, self._count_width(self._shown_count())

    def _name_lines(self) -> list[str]:
        """The name on one line, or on as few more as let its words stay large, broken where those are shortest."""
        name, font = self._name(), self._font("chip", bold=True)
        broken_of = (name, self.width(), font.key())
        if self._broken is None or self._broken[0] != broken_of:
            metrics = QFontMetrics(font)
            fits = metrics.horizontalAdvance(name) <= self.width()
            self._broken = broken_of, [name] if fits else _broken(name, metrics, self.width())
        return self._broken[1]

    def _count_lines(self) -> list[str]:
        """The count on one line, or on two where its words could else not be read."""
        count = self._shown_count()
        if self._count_width(count) * _LEAST_PART <= self.width():
            return [count]
        return _broken(count, QFontMetrics(self._font("chip_dutch", bold=False)), self.width(), most=2)

    def words_size(self, role: str) -> int:
        """How many pixels the words of a role are: fewer where words or lines need it, as far as can be read."""
        lines, usual = self._lines(), tokens().text(role)
        metrics = QFontMetrics(self._font(role, bold=role == "chip"))
        taken = max((metrics.horizontalAdvance(words) for one, words in lines if one == role), default=0)
        below = len(lines) if self.on_two_lines else 1
        part = min(1.0, self.width() / max(1, taken), self._height_for_words() / (below * usual * _LEADING))
        return max(_LEAST_TEXT, round(usual * _LEAST_PART), int(usual * part))

    def _fitting(self, role: str) -> QFont:
        font = self._font(role, bold=role == "chip")
        font.setPixelSize(self.words_size(role))
        return font

    def _height_for_words(self) -> float:
        return self.height() - self._words_top()

    def _words_top(self) -> float:
        """Where the words begin, below the steps."""
        if not self.on_two_lines:
            return self.height() * 0.54
        return min(self.height() * 0.4, self._line_at() + self._side() / 2 + 2)

    def _count_width(self, count: str) -> int:
        return QFontMetrics(self._font("chip_dutch", bold=False)).horizontalAdvance(count)

    def _shown_count(self) -> str:
        """The count; in the participant's language alone, then without the minutes, where there is no room for more."""
        own = self._count.split(BOTH)[0]
        fitting = (count for count in (self._count, own) if self._count_width(count) <= self.width())
        return next(fitting, own.split(_MINUTES)[0])

    @property
    def on_two_lines(self) -> bool:
        """Whether name and count stand on lines of their own because there is no room for them on one."""
        two_of = (self._steps, self._current, self._count, self.width(), tokens(), self.font().key())
        if self._two is None or self._two[0] != two_of:
            narrow = sum(self._word_widths()) + 2 * GRID > self.width()
            self._two = two_of, narrow and len(self._lines()) > 1
        return self._two[1]

    @property
    def cut(self) -> bool:
        """Whether there is no room for all of its words, below each other either."""
        return any(
            QFontMetrics(self._fitting(role)).horizontalAdvance(words) > self.width() for role, words in self._lines()
        )

    def _lines(self) -> list[tuple[str, str]]:
        """Name and count as they stand below each other, each line with its role."""
        lines = [("chip", line) for line in self._name_lines()]
        lines += [("chip_dutch", line) for line in self._count_lines()]
        return [(role, words) for role, words in lines if words]

    def _paint_words(self, painter: QPainter) -> None:
        colours, below, top = tokens().colours, self.on_two_lines, self._words_top()
        box = QRectF(0, top, self.width(), self.height() - top)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        start = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        flags = start | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute | Qt.TextFlag.TextDontClip
        beside, lines = self._word_widths()[0] + 2 * GRID, self._lines()
        each = box.height() / len(lines) if below else box.height()
        for number, (role, words) in enumerate(lines):
            place = QRectF(0, top + number * each, self.width(), each)
            if not below:
                place = box.adjusted(0, 0, -beside * number, 0) if rtl else box.adjusted(beside * number, 0, 0, 0)
            painter.setFont(self._fitting(role))
            painter.setPen(QColor(colours.ink if role == "chip" else colours.ink_soft))
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(place.width()) + 1)
            painter.drawText(place, flags, shown)


def _broken(text: str, metrics: QFontMetrics, room: int, most: int = _MOST_LINES) -> list[str]:
    """A text that is too long for one line, on lines as short as can be."""
    words = text.strip(_ISOLATES).split()
    lines = [" ".join(words)]
    for parts in range(2, min(most, len(words)) + 1):
        ways = (_cut_at(words, places) for places in combinations(range(1, len(words)), parts - 1))
        lines = min(ways, key=lambda way: max(map(metrics.horizontalAdvance, way)))
        if max(map(metrics.horizontalAdvance, lines)) * _STILL_LARGE <= room:
            break
    return [f"\u2068{line}\u2069" for line in lines]


def _cut_at(words: list[str], places: tuple[int, ...]) -> list[str]:
    """The words in lines, each after the first beginning at one of the places."""
    return [" ".join(words[begin:end]) for begin, end in pairwise((0, *places, len(words)))]
