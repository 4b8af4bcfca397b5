"""What the program loads before somebody can type a passphrase: nothing that lies behind the door."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from intake_app.bootstrap import store_gate

STANDS_AT_THE_DOOR = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from intake_app.cli import main
from intake_app.ui.program import new_app

OURS = "intake_app"
FOREIGN = ("csv", "dataclasses", "datetime", "hashlib", "sqlalchemy", "cryptography", "babel", "lxml")
app = new_app()


def look():
    field = QApplication.focusWidget()
    if field is None or not field.isVisible():
        return
    timer.stop()
    print(sum(name.partition(".")[0] == OURS for name in sys.modules))
    print(sorted(set(FOREIGN) & set(sys.modules)))
    sys.stdout.flush()
    app.exit(0)


timer = QTimer(app)
timer.timeout.connect(look)
timer.start(1)


def open_window(folder):
    from intake_app.__main__ import open_window as really

    QTimer.singleShot(0, app, lambda: [window.activateWindow() for window in app.topLevelWidgets()])
    return really(folder)


sys.exit(main(["--data-dir", sys.argv[1]], open_window))
"""
MOST = 60
"""Modules of ours; the window with all its parts and the first page have some four hundred."""


def test_the_door_stands_before_anything_behind_it_is_loaded(tmp_path: Path) -> None:
    store_gate(tmp_path).create("vier losse woorden samen", "Anna", "site_lead").close()
    command = [sys.executable, "-c", STANDS_AT_THE_DOOR, str(tmp_path)]
    told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)

    modules, foreign = told.stdout.splitlines()
    assert int(modules) <= MOST
    assert foreign == "[]"
