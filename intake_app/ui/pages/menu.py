"""The menu: every place of the program in large rows, each with what can be done there and its key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake_app.ui.pages.shared import text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.widgets import Tiles
from intake_app.ui.widgets.big_buttons import RowButton

if TYPE_CHECKING:
    from intake_app.ui.places import Place


class MenuPage(SidePage):
    """Leads to the places: `place_requested(code)`; `lock_requested` and `help_requested` stand last."""

    back_requested = Signal()
    place_requested = Signal(str)
    help_requested = Signal()
    lock_requested = Signal()

    def __init__(self, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(text("Menu"), parent=parent)
        self.back.connect(self.back_requested)
        self.buttons: dict[str, RowButton] = {}
        tiles = Tiles(420, 2, 1.5)
        for place in places:
            self._add(tiles, place.code, place.icon, text(place.words), text(place.told), place.keys)
            self.buttons[place.code].clicked.connect(
                lambda _checked=False, code=place.code: self.place_requested.emit(code)
            )
        self._add(
            tiles, "help", "question", text("Hulp"), text("Wat u op een bladzijde kunt doen, en alle toetsen."), "F1"
        )
        self.buttons["help"].clicked.connect(self.help_requested)
        self._add(tiles, "lock", "lock", text("Op slot"), text("Het scherm gaat meteen op slot."), "F12")
        self.buttons["lock"].clicked.connect(self.lock_requested)
        self.add(tiles)
        self.add_stretch()

    def _add(self, tiles: Tiles, code: str, icon: str, words: str, told: str, keys: str) -> None:
        self.buttons[code] = RowButton(words, told, icon, badge=keys.replace("+", " + "))
        tiles.add_tile(self.buttons[code])
