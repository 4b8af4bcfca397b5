"""One cold start in a process of its own: `start KIND BEGUN FOLDER`, ours or a window with nothing but a field.

Prints as JSON the seconds from `BEGUN` (a reading of the steady clock before the process was asked for) until the field
has the keyboard and the window is painted, the seconds of processor time until then, and the memory it then holds.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

_LOOK_MS = 1
_MOST_S = 60.0


def _told(begun: float) -> None:
    from benchmarks.window.process import memory

    told = {"seconds": time.monotonic() - begun, "processor": time.process_time(), "memory": memory()}
    print(json.dumps(told), flush=True)


def _watch(begun: float, stands: Callable[[], bool]) -> None:
    """Look again and again whether it stands; then paint what is not painted yet, tell, and end."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    def look() -> None:
        if time.monotonic() - begun > _MOST_S:
            QApplication.exit(1)
        elif stands():
            timer.stop()
            QApplication.activeWindow().repaint()
            _told(begun)
            QApplication.exit(0)

    timer = QTimer(QApplication.instance())
    timer.timeout.connect(look)
    timer.start(_LOOK_MS)


def empty(begun: float) -> int:
    """A window with one field, and nothing else of ours."""
    from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

    app = QApplication(["empty"])
    window = QWidget()
    window.resize(1366, 768)
    layout = QVBoxLayout(window)
    field = QLineEdit()
    layout.addWidget(field)
    window.show()
    window.activateWindow()
    field.setFocus()
    _watch(begun, lambda: field.hasFocus() and field.isVisible())
    return app.exec()


def ours(begun: float, folder: Path) -> int:
    """The program as it is started, up to the question for the passphrase."""
    from intake_app.cli import main

    def stands() -> bool:
        from PySide6.QtWidgets import QApplication

        from intake_app.ui.pages.unlock import UnlockPage

        field = page = QApplication.focusWidget()
        while page is not None and not isinstance(page, UnlockPage):
            page = page.parentWidget()
        return page is not None and page.isVisible() and field.isVisible()

    def open_window(data_dir: Path | None) -> int:
        # The first thing the program does, before it loads Qt; here Qt is loaded a little earlier, to watch.
        gc.disable()
        from PySide6.QtCore import QTimer

        from intake_app.__main__ import open_window as really
        from intake_app.ui.program import new_app

        app = new_app()
        QTimer.singleShot(0, app, lambda: _activate(app))
        _watch(begun, stands)
        return really(data_dir)

    return main(["--data-dir", str(folder)], open_window)


def _activate(app: object) -> None:
    from PySide6.QtWidgets import QApplication

    assert isinstance(app, QApplication)
    for window in app.topLevelWidgets():
        window.activateWindow()


if __name__ == "__main__":
    kind, at = sys.argv[1], float(sys.argv[2])
    sys.exit(empty(at) if kind == "empty" else ours(at, Path(sys.argv[3])))
