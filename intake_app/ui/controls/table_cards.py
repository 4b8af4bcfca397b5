"""Cards of a deck on the table: their codes typed by the counsellor, and the cards that came in so, to take back."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from intake_app.ui.controls import words
from intake_app.ui.controls.model import ChoiceModel
from intake_app.ui.controls.words import Words
from intake_app.ui.theme import GRID
from intake_app.ui.widgets.answer_card import Answer
from intake_app.ui.widgets.bilingual import BilingualLabel
from intake_app.ui.widgets.buttons import IconButton, QuietButton
from intake_app.ui.widgets.card import Card
from intake_app.ui.widgets.halves import Halves
from intake_app.ui.widgets.layout import Tiles, column, row
from intake_app.ui.widgets.line_entry import LineEntry
from intake_app.ui.widgets.message_bar import MessageBar, MessageKind
from intake_app.ui.widgets.pictogram import PictogramLabel

_CODE = re.compile(r"(?<![^\W\d_])([a-z])\s?(\d{1,2})(?!\d)", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;.]+")
_TOLD = 0.4
"""The least part of a line for what is to be typed in it."""
FOR_ITS_EYES = "counsellor_only"
"""Object name of parts of a control that the participant need not see."""


def read_codes(text: str) -> list[str]:
    """The card codes in a typed line: `H1, t 09;b5` gives h1, t9, b5."""
    return [f"{letter.lower()}{int(number)}" for letter, number in _CODE.findall(text)]


def not_codes(text: str) -> list[str]:
    """What else stands in a typed line: `h1 99 fiets` gives 99 and fiets."""
    return [word for word in _BETWEEN.split(_CODE.sub(" ", text)) if word]


def card_code(choice: ChoiceModel) -> str:
    """The code printed on a card: `card_h1` is h1."""
    return choice.value.rsplit("_", 1)[-1]


def bring_in_sight(part: QWidget) -> None:
    """Move the page to a part that came, once its place is known."""

    def move() -> None:
        place = part.parentWidget()
        while place is not None and not isinstance(place, QScrollArea):
            place = place.parentWidget()
        if place is not None:
            place.ensureWidgetVisible(part, 0, 2 * GRID)

    QTimer.singleShot(0, part, move)


@dataclass(frozen=True)
class Typed:
    """What was typed: the values of cards that were found, and the words and codes that are none of them."""

    cards: tuple[str, ...]
    unknown: tuple[str, ...]


class TableCards(QObject):
    """The `button` that opens a `panel` to type codes in; a page puts them where they belong. `typed(Typed)`.

    Both are for the counsellor, in Dutch: while the laptop is turned they are out of sight, and nothing moves because
    of it.
    """

    typed = Signal(object)

    def __init__(self, choices: Sequence[ChoiceModel], parent: QWidget) -> None:
        super().__init__(parent)
        said = self._words = Words("nl")
        self._choices = choices
        self.button = QuietButton(said.pair(words.ON_THE_TABLE), "down", parent=parent)
        self.button.setObjectName(FOR_ITS_EYES)
        policy = self.button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.button.setSizePolicy(policy)
        self.button.set_low(True)
        self.button.clicked.connect(lambda: self.open(not self.panel.opened))
        self.codes = LineEntry(said.pair(words.CARD_CODES).spoken, widest=320)
        self.codes.returnPressed.connect(self._add)
        self.add = QuietButton(said.pair(words.ADD), "plus")
        self.add.clicked.connect(self._add)
        self.message = MessageBar()
        typing = row(Halves(self.codes, self.add, shares=(1, 0)), None, gap=0)
        told = BilingualLabel(said.pair(words.CODES_EXAMPLE), "small")
        middle = column(None, told, None, gap=0)
        self.panel = _Panel(Halves(middle, typing, shares=(1, 0), left_over=_TOLD), self.message, parent)

    def open(self, opened: bool) -> None:
        """Show the line to type in, ready to be typed in, or put it away."""
        self.panel.opened = opened
        self.panel.setVisible(opened)
        self.button.mark.set_icon("up" if opened else "down")
        if opened:
            self.codes.setFocus()
            bring_in_sight(self.panel)

    def _add(self) -> None:
        by_code = {card_code(choice): choice.value for choice in self._choices}
        text = self.codes.text()
        codes = list(dict.fromkeys(read_codes(text)))
        found = tuple(by_code[code] for code in codes if code in by_code)
        unknown = (*(code for code in codes if code not in by_code), *not_codes(text))
        self.codes.set_text(" ".join(unknown))
        if found or unknown:
            self.typed.emit(Typed(found, unknown))

    def tell(self, unknown: Sequence[str], full: int | None = None) -> None:
        """Say what was not understood, and that no more than `full` may be chosen where that held some back.

        It is said once the rest is kept, and stays until something else is typed.
        """
        said = self._words.pair
        if unknown:
            what = said(words.UNKNOWN_CODES, codes=", ".join(Words.user(one) for one in unknown))
            then = said(words.LOOK_AT_BACK) if full is None else said(words.ONLY_SO_MANY, count=full)
            self.message.say(MessageKind.WARNING, what, then)
        elif full is not None:
            self.message.say(MessageKind.INFO, said(words.ONLY_SO_MANY, count=full), said(words.TAKE_ONE_AWAY))
        else:
            self.message.say(MessageKind.INFO, "")


class _Panel(Card):
    """Is in sight only while it is open, whoever shows it."""

    def __init__(self, line: QWidget, message: QWidget, parent: QWidget) -> None:
        self.opened = False
        super().__init__(line, message, kind="sunken", gap=1, margin=2, parent=parent)
        self.setObjectName(FOR_ITS_EYES)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.hide()

    def setVisible(self, visible: bool) -> None:
        super().setVisible(visible and self.opened)


class ListedCards(Card):
    """Chosen cards that stand on no screen of their own: picture, name and a cross. `turned(value)` when one is tapped.

    One that is taken off stays in its place, to be put back: nothing moves from under the finger.
    """

    turned = Signal(str)

    def __init__(self, said: Words, parent: QWidget) -> None:
        self._title = BilingualLabel(said.pair(words.ALSO_CHOSEN), "strong")
        super().__init__(self._title, kind="sunken", gap=1, margin=2, parent=parent)
        self._words = said
        self.lines: dict[str, tuple[QWidget, IconButton]] = {}
        self.hide()

    def show_cards(self, answers: Sequence[Answer], ticked: Collection[str]) -> None:
        """List these, ticked or taken off."""
        if [answer.value for answer in answers] != list(self.lines):
            self._fill(answers)
        self.set_ticked(ticked)
        self.setVisible(bool(answers))

    def set_ticked(self, ticked: Collection[str]) -> None:
        """Show which of them are ticked now."""
        for value, (what, button) in self.lines.items():
            on = value in ticked
            what.setEnabled(on)
            said = self._words.pair(words.TAKE_OFF if on else words.PUT_BACK)
            button.set_icon("cross" if on else "undo", f"{said.main}: {what.accessibleName()}")

    def _fill(self, answers: Sequence[Answer]) -> None:
        item = self.body.takeAt(1)
        if item is not None:
            item.widget().hide()
            item.widget().deleteLater()
        self.lines = {}
        tiles = Tiles(280, 3, 1, self)
        tiles.setLayoutDirection(self.layoutDirection())
        for answer in answers:
            tiles.add_tile(self._line(answer, tiles))
        self.body.addWidget(tiles)
        tiles.show()

    def _line(self, answer: Answer, tiles: Tiles) -> QWidget:
        what = QWidget()
        what.setAccessibleName(answer.pair.spoken)
        name = BilingualLabel(answer.pair, "strong")
        line = row(PictogramLabel(answer.pictogram, 48, told=answer.pair.spoken), gap=1.5)
        line.addLayout(column(None, name, None, gap=0), 1)
        what.setLayout(line)
        button = IconButton("cross", answer.pair.spoken)
        button.clicked.connect(lambda: self.turned.emit(answer.value))
        self.lines[answer.value] = (what, button)
        whole = row(gap=1)
        whole.addWidget(what, 1)
        whole.addWidget(button)
        return Card(whole, margin=1, parent=tiles)
