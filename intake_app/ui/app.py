"""Starts the window: it stands first, what is heavy loads behind it, and no error ever ends the program."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication

from intake_app.errors import IntakeError, UnexpectedFailure
from intake_app.ui import theme
from intake_app.ui.battery import ReadBattery, no_battery
from intake_app.ui.main_window import START_SIZE, MainWindow, OpenOffice
from intake_app.ui.program import NAME, new_app
from intake_app.ui.unforeseen import ignore, report_unforeseen
from intake_app.ui.way_in import nothing

if TYPE_CHECKING:
    from intake_app.services.access import Access
    from intake_app.services.office import Office
    from intake_app.services.ports import Store
    from intake_app.ui.lock_watch import Session
    from intake_app.ui.sweeping import Sweeper

GIVES_WAY_S = 0.0005
"""Work in a lane gives way so soon. The window asks for the interpreter several times for each key that is painted:
at Python's usual 5 ms each time, a passphrase would appear in bursts while the program loads."""
FRAME = 40
"""About how high the bar with the title is, in points."""


def run(
    load_access: Callable[[], Access],
    open_office: OpenOffice,
    resources: Path,
    report: Callable[[BaseException], None] = ignore,
    session: Session | None = None,
    battery: ReadBattery = no_battery,
    remembered: Path | None = None,
    motion: bool = True,
    ahead: Callable[[], None] = nothing,
) -> int:
    """Open the window and stay until it is closed; gives the exit code.

    `load_access` builds the way in, `open_office` what lies behind an unlocked store: both may take a while and run
    behind the window. `resources` holds fonts, icons, pictograms and the stylesheet. `report` writes down where
    something failed that nobody foresaw; `session` hears from the system that the person leaves; `battery` reads it.
    `remembered` is the file for letters and size of the window before anybody came in; `motion` is
    False where the computer is set to keep still. `ahead` loads, behind the door, what `open_office` is going to need.
    """
    app = QApplication.instance() or new_app()
    app.setApplicationName(NAME)
    app.setQuitOnLastWindowClosed(True)
    sys.setswitchinterval(GIVES_WAY_S)
    theme.apply(app, resources, motion=motion)
    sweepers: list[Sweeper] = []
    window = MainWindow(
        _settled(open_office, sweepers), session=session, battery=battery, remembered=remembered, ahead=ahead
    )
    catch_errors(window, report)
    report_unforeseen(report)
    if too_small(window.screen().availableSize()):
        window.setWindowState(Qt.WindowState.WindowMaximized)
    window.prepare(load_access)
    window.show()
    return _stay(app, window, sweepers)


def _settled(open_office: OpenOffice, sweepers: list[Sweeper]) -> OpenOffice:
    """Forms and catalogue stay as long as the program: once they are loaded, clearing up need not look at them."""

    def opened(store: Store) -> Office:
        office = open_office(store)
        for sweeper in sweepers:
            sweeper.settle()
        return office

    return opened


def _stay(app: QApplication, window: MainWindow, sweepers: list[Sweeper]) -> int:
    """Until the window is closed and what was being sent has ended; gives the exit code."""
    from intake_app.ui.sweeping import REST_S, Sweeper

    sweepers.append(Sweeper(app, lambda: window.watch.rests(REST_S), waits=True))
    try:
        code = int(app.exec())
    finally:
        sweepers.pop().close()
    from intake_app.ui.sender import finish_sending

    if not finish_sending():
        # Everything is on the disk and the store is closed; only a line that nobody answers would keep us here.
        os._exit(code)
    return code


def too_small(screen: QSize) -> bool:
    """Whether a window of the usual size, with its frame, would stand partly outside a screen of that size."""
    return screen.width() <= START_SIZE[0] or screen.height() < START_SIZE[1] + FRAME


def catch_errors(window: MainWindow, report: Callable[[BaseException], None] = ignore) -> None:
    """Say an error nobody foresaw in the window. Its text and traceback may hold answers and go nowhere.

    Also for what fails in a thread or while Python clears up, and when the window itself cannot say it any more.
    """

    def told(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            window.close()
            return
        ours = error if isinstance(error, IntakeError) else UnexpectedFailure(kind=kind.__name__)
        # Python itself would print the text of both errors if this failed too.
        with suppress(Exception):
            report(error)
            window.busy.stop()
            window.say_error(ours)

    sys.excepthook = told

    def in_passing(failure: sys.UnraisableHookArgs | threading.ExceptHookArgs) -> None:
        with suppress(Exception):
            if failure.exc_value is not None:
                report(failure.exc_value)
        _say_kind(failure)

    sys.unraisablehook = in_passing
    threading.excepthook = in_passing


def _say_kind(failure: sys.UnraisableHookArgs | threading.ExceptHookArgs) -> None:
    """One word on standard error, where there is one: no widget may be touched from here."""
    if sys.stderr is not None:
        sys.stderr.write(f"{UnexpectedFailure(kind=failure.exc_type.__name__)}\n")
