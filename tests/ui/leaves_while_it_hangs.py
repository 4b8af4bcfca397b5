"""Run as a program of its own: a window over the store in the first folder, closed as soon as a line is being laid."""

from __future__ import annotations

import atexit
import sys
from pathlib import Path
from threading import Event

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from intake_app.bootstrap import open_office, prepare
from intake_app.paths import resource_dir
from intake_app.services.access import Access
from intake_app.storage.gate import SqlStoreGate
from intake_app.ui.app import run
from intake_app.ui.main_window import MainWindow
from tests.fakes.encrypted import CHEAP


def say(word: str) -> None:
    """One line to who started this."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main(folder: Path, passphrase: str, port: int) -> int:
    """The exit code; "in order" on standard output when Python itself cleared up."""
    laid = Event()

    def heard(event: str, arguments: tuple[object, ...]) -> None:
        if event == "socket.connect" and arguments[1] == ("127.0.0.1", port):
            laid.set()

    sys.addaudithook(heard)
    atexit.register(say, "in order")
    prepare()
    app = QApplication([])
    gate = SqlStoreGate(folder, CHEAP)
    timer = QTimer(app)

    def look() -> None:
        (window,) = (one for one in app.topLevelWidgets() if isinstance(one, MainWindow))
        if window.office is None:
            window.opened(open_office(gate.unlock(passphrase)))
        elif laid.is_set():
            timer.stop()
            say("closing")
            window.close()

    timer.timeout.connect(look)
    timer.start(20)
    return run(lambda: Access(gate), open_office, resource_dir())


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
