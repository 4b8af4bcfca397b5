"""What can be done from every page, each with its key: help, lock, first page, menu, and the places that have a key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from intake_app.ui.lock_watch import LOCK_KEYS
from intake_app.ui.pages.shared import text
from intake_app.ui.places import PLACES, Place, open_to

if TYPE_CHECKING:
    from intake_app.ui.main_window import MainWindow


class WindowActions(QObject):
    """The window's actions. Those that lead elsewhere do nothing while a talk, a question or the lock stands before."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.help = self._add(["F1"], text("Hulp bij deze bladzijde, en alle toetsen"), window.help.toggle)
        keys = [QKeySequence(key).toString() for key in LOCK_KEYS]
        self.lock = self._add(keys, text("Scherm meteen op slot"), window.pause)
        self.home = self._add(["Alt+Home"], text("Naar de eerste bladzijde"), self._free(window.go_home))
        self.places = {place.code: self._of(place) for place in PLACES if place.keys}

    def refresh(self) -> None:
        """Let only those be alive, and be listed, that can do something now."""
        office, free = self._window.office, self._window.free
        self.lock.setEnabled(office is not None)
        self.home.setEnabled(free)
        for place in PLACES:
            if place.code in self.places:
                self.places[place.code].setEnabled(free and open_to(place, office.store.account))

    def _of(self, place: Place) -> QAction:
        return self._add([place.keys], text(place.words), self._free(lambda: self._window.show_place(place.code)))

    def _add(self, keys: list[str], words: str, act: Callable[[], object]) -> QAction:
        action = QAction(words, self._window)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setWhatsThis(words)
        action.triggered.connect(lambda _checked=False: act())
        self._window.addAction(action)
        return action

    def _free(self, act: Callable[[], object]) -> Callable[[], None]:
        def when_free() -> None:
            if self._window.free:
                act()

        return when_free
