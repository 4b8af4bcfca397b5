"""The start of the program: arguments, then the command line or the window."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from intake_app.services.access import Access
    from intake_app.services.office import Office
    from intake_app.services.ports import Store
    from intake_app.ui.battery import Charge
    from intake_app.ui.lock_watch import Session


def open_window(data_dir: Path | None) -> int:
    """Open the window on a data folder; the window stands before the heavy parts are loaded."""
    # Looking for litter while everything is still being loaded takes a sixth of the start; the window sees to it later.
    gc.disable()
    from intake_app.paths import default_data_dir, resource_dir
    from intake_app.platform.crash_report import CrashReport
    from intake_app.platform.motion import motion_allowed
    from intake_app.ui.app import run

    folder = data_dir or default_data_dir()
    report = CrashReport(folder)
    report.watch_process()
    seen = folder / "window.json"

    def load_access() -> Access:
        from intake_app.front_door import access

        return access(folder)

    def load_office(store: Store) -> Office:
        from intake_app.bootstrap import IMPORTED, open_office, warm_up
        from intake_app.ui.places import load_places

        load_places()
        office = open_office(store, imported=folder / IMPORTED)
        warm_up(office)
        return office

    try:
        from_outside = (_session(), _battery, seen, motion_allowed(), _load_ahead)
        return run(load_access, load_office, resource_dir(), report.write, *from_outside)
    finally:
        report.close()


def _load_ahead() -> None:
    from intake_app.i18n.hyphenation import read_ahead
    from intake_app.ui.places import load_places

    import_module("intake_app.storage.gate")
    load_places()
    read_ahead("nl")


def _battery() -> Charge | None:
    from intake_app.platform.power import battery

    return battery()


def _session() -> Session | None:
    """What tells that the person leaves; only Windows has it by this road."""
    if sys.platform == "win32":
        from intake_app.platform import session

        return session
    else:  # noqa: RET505 (mypy must see that the rest is for the others alone)
        return None


def main() -> int:
    """Run `intake-app`."""
    from intake_app.cli import main as command_line

    return command_line(None, open_window)


if __name__ == "__main__":
    sys.exit(main())
