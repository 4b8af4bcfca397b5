"""A passphrase typed at the door while the program loads what lies behind it, in a process of its own.

Prints as JSON how long after each key the field was painted again, counted from when the key was due, and the seconds
from the last key, Enter, until the first page was painted.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from pathlib import Path

EACH_S = 0.06
"""Between two keys of somebody who types quickly."""
_LOOK_MS = 1


class Typist(threading.Thread):
    """Puts keys in the queue of the window when they are due; a key that comes late is late from when it was due."""

    def __init__(self, words: str) -> None:
        super().__init__(daemon=True)
        self._words = words
        self.due: list[float] = []
        self.entered = 0.0

    def run(self) -> None:
        from PySide6.QtCore import QCoreApplication, QEvent, Qt
        from PySide6.QtGui import QKeyEvent
        from PySide6.QtWidgets import QApplication

        field = QApplication.focusWidget()
        none, begun = Qt.KeyboardModifier.NoModifier, time.monotonic()
        for number, letter in enumerate(self._words):
            due = begun + number * EACH_S
            time.sleep(max(0.0, due - time.monotonic()))
            self.due.append(due)
            QCoreApplication.postEvent(field, QKeyEvent(QEvent.Type.KeyPress, ord(letter.upper()), none, letter))
        due = begun + len(self._words) * EACH_S
        time.sleep(max(0.0, due - time.monotonic()))
        self.entered = due
        QCoreApplication.postEvent(field, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, none))


def watch(words: str) -> None:
    """Let somebody type once the door stands; tell when each letter was seen, and end at the first page."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QLineEdit

    app = QApplication.instance()
    typist = Typist(words)
    late: list[float] = []

    class Eye(QObject):
        def eventFilter(self, field: QLineEdit, event: QEvent) -> bool:  # noqa: N802 - the name Qt calls it by
            if event.type() == QEvent.Type.Paint:
                shown = len(field.text())
                while len(late) < shown:
                    late.append(time.monotonic() - typist.due[len(late)])
            return False

    eye = Eye(app)

    def look() -> None:
        from intake_app.ui.pages.unlock import UnlockPage

        field = page = QApplication.focusWidget()
        if not typist.ident:
            while page is not None and not isinstance(page, UnlockPage):
                page = page.parentWidget()
            if page is not None and page.isVisible():
                field.installEventFilter(eye)
                typist.start()
        elif typist.entered and _at_home():
            timer.stop()
            QApplication.activeWindow().repaint()
            print(json.dumps({"late": late, "to_first_page": time.monotonic() - typist.entered}), flush=True)
            QApplication.activeWindow().close()
            QApplication.exit(0)

    timer = QTimer(app)
    timer.timeout.connect(look)
    timer.start(_LOOK_MS)


def _at_home() -> bool:
    from PySide6.QtWidgets import QApplication

    page = getattr(QApplication.activeWindow(), "page", None)
    return type(page).__name__ == "HomePage" and page.isVisible()


def main(folder: Path, words: str) -> int:
    """The program as it is started."""
    from benchmarks.window.start import _activate
    from intake_app.cli import main as really

    def open_window(data_dir: Path | None) -> int:
        from PySide6.QtCore import QTimer

        from intake_app.__main__ import open_window as opened
        from intake_app.ui.program import new_app

        app = new_app()
        QTimer.singleShot(0, app, lambda: _activate(app))
        watch(words)
        return opened(data_dir)

    return really(["--data-dir", str(folder)], open_window)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
