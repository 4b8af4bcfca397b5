"""One answer to tap: pictogram, both texts, and a mark that tells chosen from not chosen without colour."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QBasicTimer, QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimerEvent, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from intake_app.ui.theme import GRID, TARGET, tokens
from intake_app.ui.widgets.card_texts import CardTexts
from intake_app.ui.widgets.drawn_text import DrawnPair
from intake_app.ui.widgets.icons import paint_icon
from intake_app.ui.widgets.pair import Pair
from intake_app.ui.widgets.pressable import Look, Pressable

_MARK = 28
_SIGN = 44
"""The side of what lies over the picture: the place in an order, and the sign that this is being read aloud."""
_ICON, _BESIDE = 44, 64
"""The side of a line icon, and the largest of a picture that stands beside the texts."""
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)

HOLD_MS = 700
"""So long a card is held to hear it: longer than a slow press."""


class Answer(NamedTuple):
    """A possible answer: its value and texts, its pictogram or line icon, and whether it excludes the others."""

    value: str
    pair: Pair
    pictogram: str = ""
    exclusive: bool = False
    icon: str = ""
    note: Pair | None = None

    @property
    def is_drawn(self) -> bool:
        """Whether there is a drawing of its pictogram. Most lists of words have none: nothing is loaded for them."""
        if not self.pictogram:
            return False
        from intake_app.ui.widgets.pictogram import has_pictogram

        return has_pictogram(self.pictogram)


class AnswerCard(Pressable):
    """An answer as a card. `many`: a square mark (several may be chosen) instead of a round one.

    `tile`: picture above the texts; else texts in a row after the mark. `display`: only to look at. `marked` off
    leaves the mark out (tabs). `least` is the least height. The card does not check itself: what is chosen is
    decided by the grid it stands in, which hears `clicked` and `moved` (an arrow key). Held, it is read aloud where
    something around it has `reads_card`, and is then not chosen.
    """

    moved = Signal(int)

    def __init__(
        self,
        answer: Answer,
        *,
        many: bool = False,
        tile: bool = False,
        picture: int = 88,
        centred: bool = False,
        role: str = "answer",
        display: bool = False,
        marked: bool = True,
        least: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Look.QUIET if display else Look.CARD, parent)
        self.answer = answer
        self._many, self._tile, self._display = many, tile, display
        self._marked = marked and not display
        self._least = least or (64 if role == "answer" else 56)
        self._digit = self._rank = ""
        self._read = self._heard = False
        self._hold = QBasicTimer()
        self.setCheckable(not display)
        if display:
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        rtl = answer.pair.rtl_half
        self._rtl = rtl
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        texts = [(answer.pair, role, tile or centred)]
        if answer.note:
            texts.append((answer.note, "small", tile))
        self.texts = CardTexts(self, texts, GRID if tile else GRID // 2)
        self._take_picture(picture)
        self._heights: dict[int, int] = {}
        self._least_size: QSize | None = None
        self._usual_size: QSize | None = None
        name = answer.pair.spoken
        self.setAccessibleName(f"{name}. {answer.note.spoken}" if answer.note else name)
        self.fit()

    def _take_picture(self, side: int) -> None:
        self._icon = "" if self._tile else self.answer.icon
        drawn = not self._icon and self.answer.is_drawn
        self._pictogram = self.answer.pictogram if drawn else ""
        self._picture = _ICON if self._icon else (side if self._tile else min(side, _BESIDE)) if drawn else 0
        self._picture_box = QRect()

    @property
    def label(self) -> DrawnPair:
        """What is answered, in both languages."""
        return self.texts.pairs[0]

    @property
    def picture_name(self) -> str:
        """The drawing on it; empty where there is none."""
        return self._pictogram

    @property
    def picture_box(self) -> QRect:
        """Where its picture or icon stands, in its own logical pixels; empty where there is none."""
        return self._picture_box if self._picture else QRect()

    # ------------------------------------------------------------------ how large it is
    # A layout would ask each thing on each card over and over; what stands where is simple enough to be known here.
    def _side(self) -> int:
        return tokens().scaled(self._picture)

    def _edges(self) -> tuple[int, int, int, int]:
        """The room around what stands on the card: left, top, right, bottom."""
        if self._tile:
            head = 0 if self._pictogram else tokens().scaled(_MARK)
            return 2 * GRID, 2 * GRID + head, 2 * GRID, 2 * GRID
        room = 2 * GRID + (tokens().scaled(_MARK) + round(1.5 * GRID) if self._marked else 0)
        left, right = (2 * GRID, room) if self._rtl else (room, 2 * GRID)
        return left, GRID, right, GRID

    def _room(self, width: int) -> int:
        """The width that the texts have on a card of that width."""
        left, _, right, _ = self._edges()
        beside = 0 if self._tile or not self._picture else self._side() + 2 * GRID
        return max(0, width - left - right - beside)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            _, top, _, bottom = self._edges()
            texts = self.texts.height_at(self._room(width))
            above = self._side() + GRID if self._pictogram else 0
            inner = texts + above if self._tile else max(texts, self._side())
            self._heights[width] = max(self.least_height(), top + inner + bottom)
        return self._heights[width]

    def minimumSizeHint(self) -> QSize:
        if self._least_size is None:
            left, top, right, bottom = self._edges()
            wide, tall = self.texts.least_width(), self.texts.least_height()
            size = self._around(wide, tall)
            around = QSize(left + right + size.width(), top + size.height() + bottom)
            self._least_size = around.expandedTo(QSize(TARGET, self.least_height()))
        return self._least_size

    def sizeHint(self) -> QSize:
        if self._usual_size is None:
            left, top, right, bottom = self._edges()
            wide = self.texts.usual_width()
            size = self._around(wide, self.texts.height_at(wide))
            around = QSize(left + right + size.width(), top + size.height() + bottom)
            self._usual_size = around.expandedTo(self.minimumSizeHint())
        return self._usual_size

    def _around(self, wide: int, tall: int) -> QSize:
        """The size of texts of that size together with the picture."""
        side = self._side()
        if not side:
            return QSize(wide, tall)
        if self._tile:
            return QSize(max(wide, side), tall + GRID + side)
        return QSize(wide + 2 * GRID + side, max(tall, side))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._heights.clear()
            self._least_size = self._usual_size = None
            self.texts.forget()
            self._place()
        super().changeEvent(event)

    def _place(self) -> None:
        if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            return  # in the width of a widget that nobody placed yet every word would have to be divided
        left, top, right, bottom = self._edges()
        side, room = self._side(), self._room(self.width())
        spare = self.height() - top - bottom - self.texts.height_at(room)
        if not self._tile:
            start = self.width() - right - side if self._rtl else left
            self._picture_box = QRect(start, top + (self.height() - top - bottom - side) // 2, side, side)
            beside = side + 2 * GRID if side else 0
            self.texts.place(left if self._rtl else left + beside, top + max(0, (spare + 1) // 2), room)
        elif side:
            self._picture_box = QRect(left + (self.width() - left - right - side) // 2, top, side, side)
            self.texts.place(left, top + side + GRID, room)
        else:
            self.texts.place(left, top + max(0, (spare + 1) // 2), room)

    @property
    def value(self) -> str:
        """The value this card stands for."""
        return self.answer.value

    @property
    def is_answer(self) -> bool:
        """Whether it can be chosen as an answer: not a tab, and not only to look at."""
        return self._marked and self.isCheckable()

    @property
    def digit(self) -> str:
        """The key that chooses it, as it is shown; empty while none is."""
        return self._digit

    def set_digit(self, digit: str) -> None:
        """Show the key that chooses it, in its mark; an empty one takes it away."""
        if digit != self._digit:
            self._digit = digit
            self.update()

    @property
    def rank(self) -> str:
        """Its place in the order that was tapped, as it is shown; empty where there is none."""
        return self._rank

    def set_rank(self, rank: str) -> None:
        """Show the place in an order, large on the picture; an empty one takes it away."""
        if rank != self._rank:
            self._rank = rank
            self.update()

    @property
    def is_read(self) -> bool:
        """Whether it shows that it is being read aloud."""
        return self._read

    def show_read(self, read: bool) -> None:
        """Show that this is what is being read aloud: a tint like that of a chosen card would say too little."""
        self.setDown(read)
        if read != self._read:
            self._read = read
            self.update()

    def least_height(self) -> int:
        return max(TARGET, tokens().scaled(self._least))

    def nextCheckState(self) -> None:
        """Leave the mark alone: the grid decides."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._heard = False
        if self.isDown():
            self._hold.start(HOLD_MS, self)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._heard:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._hold.stop()
        if self._heard:  # let go of without a choice; the mark of what is being read stays
            self.setDown(False)
        super().mouseReleaseEvent(event)
        if self._heard:
            self.setDown(self._read)

    def timerEvent(self, event: QTimerEvent) -> None:
        if event.timerId() != self._hold.timerId():
            super().timerEvent(event)
            return
        self._hold.stop()
        around = self.parentWidget()
        while around is not None and getattr(around, "reads_card", None) is None:
            around = around.parentWidget()
        self._heard = self.isDown() and around is not None and around.reads_card(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ARROWS:
            self.moved.emit(int(event.key()))
            return
        super().keyPressEvent(event)

    def mark_box(self) -> QRectF:
        """Where the mark stands: at the start of the card, in its own direction."""
        side, body = tokens().scaled(_MARK), QRectF(self.rect())
        inset = round(1.5 * GRID) if self._tile else 2 * GRID
        top = body.top() + inset if self._tile else body.center().y() - side / 2
        left = body.right() - inset - side if self._rtl else body.left() + inset
        return QRectF(left, top, side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_surface(painter)
        self._paint_mark(painter)
        self._paint_picture(painter)
        self.texts.draw(painter)
        if self._rank and self.isChecked():
            self._paint_sign(painter, self.rank_box(), self._rank)
        if self._read:
            self._paint_sign(painter, self.read_box())
        painter.end()

    def rank_box(self) -> QRectF:
        """Where the place in an order stands: over the corner of the picture where reading begins."""
        side, start = tokens().scaled(_SIGN), self.mark_box().center()
        if not self._pictogram or not self._tile:
            return _box_at(start, side)
        picture, over = QRectF(self._picture_box), side / 4
        left = picture.right() - side + over if self._rtl else picture.left() - over
        return QRectF(left, picture.top(), side, side)

    def read_box(self) -> QRectF:
        """Where the speaker stands: at the free end of a tile, over the mark of a line."""
        side, body = tokens().scaled(_SIGN), QRectF(self.rect())
        if self._marked and not self._tile:
            return _box_at(self.mark_box().center(), side)
        left = body.left() + GRID if self._rtl else body.right() - GRID - side
        return QRectF(left, body.top() + GRID, side, side)

    def _paint_sign(self, painter: QPainter, box: QRectF, words: str = "") -> None:
        """A disc with a number, or else with a speaker."""
        colours = tokens().colours
        painter.setPen(QPen(QColor(colours.surface), 3))
        painter.setBrush(QColor(colours.primary))
        painter.drawEllipse(box)
        if not words:
            inset = box.width() * 0.2
            inner = box.adjusted(inset, inset, -inset, -inset)
            paint_icon(painter, "speaker", inner, colours.primary_ink, mirrored=self._rtl)
            return
        font = QFont(self.font())
        font.setBold(True)
        font.setPixelSize(round(box.height() * 0.62))
        painter.setFont(font)
        painter.setPen(QColor(colours.primary_ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_picture(self, painter: QPainter) -> None:
        if self._pictogram:
            from intake_app.ui.widgets.pictogram import paint_pictogram

            box, ratio = self._picture_box, self.devicePixelRatioF()
            paint_pictogram(painter, self._pictogram, box, ratio, self.isEnabled(), mirrored=self._rtl)
        elif self._icon:
            colours = tokens().colours
            colour = colours.ink if self.isEnabled() else colours.off_ink
            paint_icon(painter, self._icon, QRectF(self._picture_box), colour, mirrored=self._rtl)

    def _paint_mark(self, painter: QPainter) -> None:
        if not self._marked or (self._rank and self.isChecked()):
            return
        colours, box = tokens().colours, self.mark_box()
        on = self.isChecked()
        edge = colours.off_ink if not self.isEnabled() else colours.primary if on else colours.edge
        painter.setPen(QPen(QColor(edge), 2))
        painter.setBrush(QColor(edge if on else colours.surface))
        corner = 6.0 if self._many else box.width() / 2
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), corner, corner)
        if on:
            inset = box.width() * 0.14
            paint_icon(painter, "check", box.adjusted(inset, inset, -inset, -inset), colours.primary_ink)
        elif self._digit:
            font = QFont(self.font())
            font.setBold(True)
            font.setPixelSize(round(box.height() * 0.57))
            painter.setFont(font)
            painter.setPen(QColor(colours.ink_soft))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._digit)


def _box_at(middle: QPointF, side: int) -> QRectF:
    return QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
