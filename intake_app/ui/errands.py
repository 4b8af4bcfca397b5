"""The one way in which a page does something long: a veil that says what goes on and how far, with a button to stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from intake_app.errors import IntakeError, WorkStopped
from intake_app.ui.pages.shared import lane
from intake_app.ui.tasks import BackgroundLane, Watch
from intake_app.ui.widgets import BusyOverlay, Pair


def run_errand(
    page: QWidget,
    busy: BusyOverlay,
    words: Pair | str,
    work: Callable[[Watch], Any],
    done: Callable[[Any], None],
    failed: Callable[[IntakeError], None],
    *,
    runs_in: BackgroundLane | None = None,
    stoppable: bool = True,
    patient: bool = False,
) -> Watch:
    """Run `work` in the background behind the veil of a page; gives its watch.

    Work that looks at the watch stops at its next safe place and leaves everything as it was; what does not look is
    let finish unseen, and nothing becomes of it. Either way the page is free at once and `failed` hears WorkStopped.
    With `patient` the veil stays until the work has stopped or was just done: for what changes something elsewhere.
    With `stoppable` false there is no button and the veil says why: for what must be whole, such as putting a backup
    back.
    The outcome is dropped when the page has gone in the meantime.
    """
    watch = Watch()
    over = False

    def tell(outcome: Callable[[Any], None], value: Any) -> None:
        nonlocal over
        if over:
            return
        over = True
        if isValid(page):
            busy.stop()
            outcome(value)

    def stop() -> None:
        watch.stop()
        if not patient:
            tell(failed, WorkStopped())

    busy.start(words, stop if stoppable else None, whole=not stoppable)
    watch.told.connect(busy.progress)
    (runs_in or lane()).run(lambda: work(watch), lambda value: tell(done, value), lambda error: tell(failed, error))
    return watch
