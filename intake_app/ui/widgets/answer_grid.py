"""Answers as cards in a flow: one or several, at most N, some exclusive; arrows move, Space and Enter choose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QWidget

from intake_app.ui.widgets.answer_card import Answer, AnswerCard
from intake_app.ui.widgets.layout import Tiles

__all__ = ["Answer", "AnswerGrid"]


class AnswerGrid(Tiles):
    """Cards for `answers`. `many` allows several, `most` caps them, an exclusive answer stands alone.
    `display`: cards only to look at. `height`: the least height of a card. `picture`: the side of
    the pictograms, by default by how many there are. The first `lead` answers stand before the others, in larger type.

    Signals: `changed(values)` after each choice by a person, in the order of the answers; `full(most)` when one
    more was tapped than allowed, `refused` is the card of it. Setting values from code is silent.
    """

    changed = Signal(list)
    full = Signal(int)

    def __init__(
        self,
        answers: Sequence[Answer],
        *,
        many: bool = False,
        most: int | None = None,
        tile: bool | None = None,
        columns: int | None = None,
        least: int | None = None,
        picture: int = 0,
        centred: bool = False,
        role: str = "answer",
        rtl: bool = False,
        display: bool = False,
        marked: bool = True,
        height: int = 0,
        lead: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        drawn = any(answer.is_drawn for answer in answers)
        as_tiles = drawn if tile is None else tile
        by_default = 5 if as_tiles else (2 if len(answers) > 3 else 1)
        super().__init__(
            least or (176 if as_tiles else 320), columns or by_default, 1 if lead else 1.5, parent, lead=lead
        )
        self.tile = as_tiles
        self._many = many
        self._at_most = most
        self.refused: AnswerCard | None = None
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        looks = {"many": many, "tile": as_tiles, "picture": picture or _picture_side(answers)}
        looks |= {"centred": centred, "display": display, "marked": marked, "least": height}
        self.cards = [
            AnswerCard(answer, role="title" if place < lead else role, parent=self, **looks)
            for place, answer in enumerate(answers)
        ]
        self._place_cards(reachable=not display)

    def _place_cards(self, *, reachable: bool) -> None:
        for card in self.cards:
            card.clicked.connect(self._card_clicked)
            card.moved.connect(self._card_moved)
            self.add_tile(card)
        if reachable:
            self._rove(self.cards[0] if self.cards else None)

    def values(self) -> list[str]:
        """The chosen values, in the order of the answers."""
        return [card.value for card in self.cards if card.isChecked()]

    def set_values(self, values: Iterable[str]) -> None:
        """Show these values as chosen, silently."""
        wanted = set(values)
        for card in self.cards:
            card.setChecked(card.value in wanted)
        self._rove(next((card for card in self.cards if card.isChecked()), self._stop()))

    def set_enabled_values(self, values: Iterable[str]) -> None:
        """Only these values can be chosen; the others stay in sight."""
        wanted = set(values)
        for card in self.cards:
            card.setEnabled(card.value in wanted)

    def set_about(self, what: str) -> None:
        """Tell a screen reader what is answered here: the grid is named so, and each card described."""
        self.setAccessibleName(what)
        for card in self.cards:
            card.setAccessibleDescription(what)

    def card(self, value: str) -> AnswerCard:
        """The card of a value. Raises KeyError."""
        for card in self.cards:
            if card.value == value:
                return card
        raise KeyError(value)

    def first_focus(self) -> QWidget | None:
        """The card the Tab key stops at."""
        return self._stop()

    def _stop(self) -> AnswerCard | None:
        return next((card for card in self.cards if card.focusPolicy() == Qt.FocusPolicy.StrongFocus), None)

    def _rove(self, stop: AnswerCard | None) -> None:
        """One stop for the Tab key in the whole grid: a long list is not a long way to the next button."""
        for card in self.cards:
            card.setFocusPolicy(Qt.FocusPolicy.StrongFocus if card is stop else Qt.FocusPolicy.ClickFocus)

    def _card_clicked(self) -> None:
        card = self.sender()
        if not isinstance(card, AnswerCard):
            return
        self._rove(card)
        before = self.values()
        if self._many:
            self._toggle(card)
        else:
            self.set_values([card.value])
        self._rove(card)
        if self.values() != before:
            self.changed.emit(self.values())

    def _toggle(self, card: AnswerCard) -> None:
        if card.isChecked():
            card.setChecked(False)
            return
        if card.answer.exclusive:
            self.set_values([card.value])
            return
        counted = [other for other in self.cards if other.isChecked() and not other.answer.exclusive]
        if self._at_most is not None and len(counted) >= self._at_most:
            self.refused = card
            self.full.emit(self._at_most)
            return
        for other in self.cards:
            if other.answer.exclusive:
                other.setChecked(False)
        card.setChecked(True)

    def _card_moved(self, key: int) -> None:
        card = self.sender()
        if isinstance(card, AnswerCard) and (target := self._neighbour(card, key)) is not None:
            self._rove(target)
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def _neighbour(self, card: AnswerCard, key: int) -> AnswerCard | None:
        shown = [other for other in self.cards if other.isVisible() and other.isEnabled()]
        if key in (Qt.Key.Key_Home.value, Qt.Key.Key_End.value):
            return shown[0 if key == Qt.Key.Key_Home.value else -1]
        along = {
            Qt.Key.Key_Left.value: QPoint(-1, 0),
            Qt.Key.Key_Right.value: QPoint(1, 0),
            Qt.Key.Key_Up.value: QPoint(0, -1),
            Qt.Key.Key_Down.value: QPoint(0, 1),
        }[key]
        return _nearest(card, shown, along) or self._in_order(card, shown, along)

    def _in_order(self, card: AnswerCard, shown: list[AnswerCard], along: QPoint) -> AnswerCard | None:
        """At the end of a line the arrow goes on to the next line, in reading direction."""
        forward = along.x() + along.y() > 0
        if along.x() and self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            forward = not forward
        place = shown.index(card) + (1 if forward else -1)
        return shown[place] if 0 <= place < len(shown) else None


def _picture_side(answers: Sequence[Answer]) -> int:
    """How large pictograms are: the fewer and shorter the answers, the larger."""
    if any(answer.note for answer in answers) and len(answers) > 3:
        return 56
    return 112 if len(answers) <= 3 else 96 if len(answers) <= 6 else 80


def _nearest(card: AnswerCard, others: list[AnswerCard], along: QPoint) -> AnswerCard | None:
    here = card.geometry().center()
    best: tuple[float, AnswerCard] | None = None
    for other in others:
        step = other.geometry().center() - here
        ahead = step.x() * along.x() + step.y() * along.y()
        aside = abs(step.x() * along.y()) + abs(step.y() * along.x())
        if ahead <= 0 or (along.x() and aside > card.height() // 2):
            continue
        weight = ahead + 2 * aside
        if best is None or weight < best[0]:
            best = (weight, other)
    return best[1] if best else None
