"""Show a file in the viewer that the person's own system has chosen for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

from intake_app.errors import FileMissing


def open_with_viewer(path: Path) -> bool:
    """Hand the file to the system's viewer and return at once; False when this system has none.

    Raises `FileMissing` when there is no such file, since most viewers would fail without a word.
    """
    if not path.is_file():
        raise FileMissing(path=path.name)
    if sys.platform == "win32":
        try:
            os.startfile(path)
        except OSError:
            return False
        return True
    else:  # noqa: RET505 (mypy must see that the rest is not for Windows)
        program = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
        if program is None:
            return False
        viewer = subprocess.Popen(
            [program, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        # somebody must wait for it, or a finished viewer stays behind as a zombie
        threading.Thread(target=viewer.wait, name="viewer", daemon=True).start()
        return True
