"""Background lanes: work with values in and values out, its outcome on the GUI thread, one piece of work at a time."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal

from intake_app.errors import IntakeError, UnexpectedFailure, WorkStopped
from intake_app.ui.unforeseen import reporters


@dataclass(frozen=True)
class _Outcome:
    value: Any = None
    error: IntakeError | None = None


_Given = tuple[Callable[[], Any], Callable[[Any], None] | None, Callable[[IntakeError], None] | None]
"""Work, and who is told that it is done or that it failed."""


class _Work(QRunnable):
    """Leaves its outcome in `outcomes` and tells its number.

    Work, outcome and even an error may hold a page, and a page must not end in this thread: the lane has them too and
    is the last to let go.
    """

    def __init__(
        self, number: int, work: Callable[[], Any], outcomes: dict[int, _Outcome], tell: Callable[[int], None]
    ) -> None:
        super().__init__()
        self._number, self._outcomes, self._tell = number, outcomes, tell
        self._work: Callable[[], Any] | None = work

    def run(self) -> None:
        self._outcomes[self._number] = self._outcome()
        self._work = None
        self._tell(self._number)

    def _outcome(self) -> _Outcome:
        if self._work is None:
            return _Outcome()
        try:
            return _Outcome(value=self._work())
        except IntakeError as error:
            return _Outcome(error=error)
        except Exception as error:  # noqa: BLE001 - whatever it is, the window must hear that it failed
            with suppress(Exception):
                reporters[-1](error)
            return _Outcome(error=UnexpectedFailure(kind=type(error).__name__))


class Watch(QObject):
    """Stands between long work in the background and the window: how far it is, and whether it should stop.

    `told(part, of)` arrives on the GUI thread.
    """

    told = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._stop = Event()

    def tell(self, part: int, of: int) -> None:
        """Said by the work: so many parts of so many are done."""
        self.told.emit(part, of)

    def check(self) -> None:
        """Asked by the work wherever it can safely stop. Raises WorkStopped when somebody wants that."""
        if self._stop.is_set():
            raise WorkStopped

    @property
    def stopped(self) -> bool:
        """Whether somebody wants it to stop."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask the work to stop."""
        self._stop.set()


class BackgroundLane(QObject):
    """Runs work in the order it was given, `width` pieces at a time (1 for everything that writes).

    `work` must touch no widget: values in, values out. `done(value)` and `failed(IntakeError)` are called on the GUI
    thread; an error that is none of ours arrives as UnexpectedFailure, with its kind and nothing of its text,
    which could hold personal data. `busy_changed(bool)` tells when the lane has work and when it has none left.
    """

    busy_changed = Signal(bool)
    failed = Signal(object)
    _arrived = Signal(int)

    def __init__(self, width: int = 1, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(width)
        self._pool.setExpiryTimeout(5000)
        self._waiting: dict[int, _Given] = {}
        self._outcomes: dict[int, _Outcome] = {}
        self._count = 0
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether there is work under way or waiting."""
        return bool(self._waiting)

    def run(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[IntakeError], None] | None = None,
    ) -> None:
        """Queue a piece of work. Without `failed` an error goes out through the signal of that name."""
        self._count += 1
        was_busy = self.busy
        self._waiting[self._count] = (work, done, failed)
        self._pool.start(_Work(self._count, work, self._outcomes, self._arrived.emit))
        if not was_busy:
            self.busy_changed.emit(True)

    def close(self, wait_ms: int = -1) -> bool:
        """Finish what was given and stop delivering; False when it did not finish in `wait_ms` milliseconds."""
        finished = self._pool.waitForDone(wait_ms)
        self._waiting.clear()
        self._outcomes.clear()
        return finished

    def _deliver(self, number: int) -> None:
        told, outcome = self._waiting.pop(number, None), self._outcomes.pop(number, None)
        if told is None or outcome is None:
            return
        _, done, failed = told
        try:
            if outcome.error is not None:
                (failed or self.failed.emit)(outcome.error)
            elif done is not None:
                done(outcome.value)
        finally:
            if not self.busy:
                self.busy_changed.emit(False)
