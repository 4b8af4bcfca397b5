"""Clears up unreachable objects on the GUI thread alone, between two events: never in background work."""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal, Slot

LOOK_MS = 500
"""How often it is seen whether clearing up is due, in milliseconds."""
REST_S = 1.0
"""Clearing up after a talk was opened takes longer than a press may wait: hands have to be away for so long."""
MOST_PUT_OFF = 20
"""So many looks in a row are put off at most."""


def always() -> bool:
    """Nobody is busy at the window."""
    return True


def sweep() -> int | None:
    """Clear up the oldest generation that is due; gives its number, None when none is.

    Due is what Python itself would count as due (its documentation, `gc.set_threshold`).
    """
    due = [generation for generation in (2, 1, 0) if gc.get_count()[generation] > gc.get_threshold()[generation]]
    if not due:
        return None
    gc.collect(due[0])
    return due[0]


class Sweeper(QObject):
    """Takes clearing up over from Python, until `close`.

    Python clears up in whatever thread happens to ask for memory. A widget that background work clears up is put on
    a list for the GUI thread; when Qt deletes it as well before that list is worked off, it is deleted twice and the
    program crashes. A page that was let go is exactly such a widget: nobody holds it, and Qt is about to delete it.

    `rests` tells whether nobody touches the window just now. With `waits` nothing is cleared up before the first
    `settle`: all there is until then was loaded to stay, and to look through it would stop the keys at the door.
    """

    _asked = Signal()

    def __init__(self, parent: QObject, rests: Callable[[], bool] = always, *, waits: bool = False) -> None:
        super().__init__(parent)
        gc.disable()
        self._rests, self._waits, self._put_off = rests, waits, 0
        self._asked.connect(self._settle, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Clear up what is due, unless an event is still being handled below this one or somebody is busy."""
        if self._waits or QThread.currentThread().loopLevel() > 1:
            return
        if not self._rests() and self._put_off < MOST_PUT_OFF:
            self._put_off += 1
            return
        self._put_off = 0
        sweep()

    def settle(self) -> None:
        """Look no more through what stands then; asked from any thread, done on the GUI thread.

        Looking through forms and catalogue for litter would cost a pause while typing, and to look through them this
        once as well: what little litter lies among them stays.
        """
        self._asked.emit()

    @Slot()
    def _settle(self) -> None:
        gc.freeze()
        self._waits = False

    def close(self) -> None:
        """Leave clearing up to Python again."""
        self._timer.stop()
        gc.enable()
