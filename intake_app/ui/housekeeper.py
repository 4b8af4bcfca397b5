"""Clears up by the clocks after coming in and once a day, never during a talk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from intake_app.errors import IntakeError
from intake_app.ui.pages.shared import lane

if TYPE_CHECKING:
    from intake_app.services.housekeeping import Cleared
    from intake_app.services.office import Office

LOOK_MS = 30 * 60 * 1000


class Housekeeper(QObject):
    """Looks now and every half hour whether today's round was done. `busy` says whether a talk is going on.

    `doubtful(error)` when something stands in the way that a person must look at, such as a clock that jumped.
    """

    cleared = Signal(object)
    doubtful = Signal(object)

    def __init__(self, office: Callable[[], Office | None], busy: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._office, self._busy = office, busy
        self._underway = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Clear up when it was not done today and nobody is talking."""
        office = self._office()
        if office is None or self._busy() or self._underway:
            return
        self._underway = True
        lane().run(lambda: _round(office), self._done, self._failed)

    def _done(self, found: Cleared | None) -> None:
        self._underway = False
        if found is not None and (found.talks or found.cards):
            self.cleared.emit(found)

    def _failed(self, error: IntakeError) -> None:
        self._underway = False
        self.doubtful.emit(error)


def _round(office: Office) -> Cleared | None:
    from intake_app.services.housekeeping import clear_due, cleared_today

    return None if cleared_today(office.store, office.clock.today()) else clear_due(office)
