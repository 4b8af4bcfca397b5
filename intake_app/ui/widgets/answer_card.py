"""One answer to tap: pictogram, both texts, and a mark that tells chosen from not chosen without colour."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from intake_app.ui.theme import GRID, TARGET, tokens
from intake_app.ui.widgets.bilingual import BilingualLabel
from intake_app.ui.widgets.icons import IconMark, paint_icon
from intake_app.ui.widgets.layout import column, row
from intake_app.ui.widgets.pair import Pair
from intake_app.ui.widgets.pictogram import PictogramLabel, has_pictogram
from intake_app.ui.widgets.pressable import Look, Pressable

_MARK = 28
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)


@dataclass(frozen=True)
class Answer:
    """A possible answer: its value and texts, its pictogram or line icon, and whether it excludes the others."""

    value: str
    pair: Pair
    pictogram: str = ""
    exclusive: bool = False
    icon: str = ""
    note: Pair | None = None


class AnswerCard(Pressable):
    """An answer as a card. `many`: a square mark (several may be chosen) instead of a round one.

    `tile`: picture above the texts; else texts in a row after the mark. `display`: only to look at. `marked` off
    leaves the mark out (tabs). `least` is the least height. The card does not check itself: what is chosen is
    decided by the grid it stands in, which hears `clicked` and `moved` (an arrow key).
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
        self._many = many
        self._tile = tile
        self._display = display
        self._marked = marked and not display
        self._least = least or (64 if role == "answer" else 56)
        self._digit = ""
        self.setCheckable(not display)
        if display:
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        rtl = answer.pair.rtl_half
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        self.label = BilingualLabel(answer.pair, role, centred=tile or centred, parent=self)
        self._build(picture)
        name = answer.pair.spoken
        self.setAccessibleName(f"{name}. {answer.note.spoken}" if answer.note else name)
        self.fit()

    def _build(self, picture: int) -> None:
        drawn = has_pictogram(self.answer.pictogram)
        texts = [self.label]
        if self.answer.note:
            texts.append(BilingualLabel(self.answer.note, "small", centred=self._tile, parent=self))
        if self._tile:
            top: list[QWidget | None] = [None]
            if drawn:
                top = [PictogramLabel(self.answer.pictogram, picture, self, told=self.answer.pair.spoken)]
            layout = column(*top, *texts, None, gap=1)
            if drawn:
                layout.setAlignment(layout.itemAt(0).widget(), Qt.AlignmentFlag.AlignHCenter)
            mark = GRID if drawn else tokens().scaled(_MARK)
            layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
            if not drawn:
                layout.insertSpacing(0, mark)
        else:
            texts_column = column(None, *texts, None, gap=0.5)
            told = self.answer.pair.spoken
            parts: list[QWidget] = []
            if self.answer.icon:
                parts = [IconMark(self.answer.icon, "ink", 44, self)]
            elif drawn:
                parts = [PictogramLabel(self.answer.pictogram, min(picture, 64), self, told=told)]
            layout = row(*parts, gap=2)
            layout.addLayout(texts_column, 1)
            room = 2 * GRID + (tokens().scaled(_MARK) + round(1.5 * GRID) if self._marked else 0)
            rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            side = 2 * GRID
            edge = GRID
            layout.setContentsMargins(side if rtl else room, edge, room if rtl else side, edge)
        self.setLayout(layout)

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

    def least_height(self) -> int:
        return max(TARGET, tokens().scaled(self._least))

    def nextCheckState(self) -> None:
        """Leave the mark alone: the grid decides."""

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
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = body.right() - inset - side if rtl else body.left() + inset
        return QRectF(left, top, side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_surface(painter)
        self._paint_mark(painter)
        painter.end()

    def _paint_mark(self, painter: QPainter) -> None:
        if not self._marked:
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
