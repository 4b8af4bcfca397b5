"""The start of the program: arguments, then the command line or the window."""

from __future__ import annotations

import sys
from pathlib import Path


def open_window(data_dir: Path | None) -> int:
    """Open the window on a data folder; the window stands before the heavy parts are loaded."""
    from intake_app.paths import default_data_dir
    from intake_app.ui.app import run

    return run(data_dir or default_data_dir())


def main() -> int:
    """Run `intake-app`."""
    from intake_app.cli import main as command_line

    return command_line(None, open_window)


if __name__ == "__main__":
    sys.exit(main())
