"""What the program loads before somebody can type a passphrase: nothing that lies behind the door."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from intake_app.bootstrap import open_office, store_gate
from intake_app.services.access import Access
from intake_app.ui.main_window import MainWindow
from intake_app.ui.widgets.text import TextLabel
from tests.fakes.storage import InMemoryStoreGate

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
MOST_WITH_NAMES = 60
"""The cards with names are drawn; pictures on cards, and dividing words as a language does, are not needed for them."""

MOST_MEASURED = 90
"""So often a text is asked for its height; where each part is put in place before what holds it, over two hundred."""


def at_the_door(folder: Path) -> tuple[int, str]:
    command = [sys.executable, "-c", STANDS_AT_THE_DOOR, str(folder)]
    told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    modules, foreign = told.stdout.splitlines()
    return int(modules), foreign


def test_the_door_stands_before_anything_behind_it_is_loaded(tmp_path: Path) -> None:
    store_gate(tmp_path).create("vier losse woorden samen", "Anna", "site_lead").close()

    modules, foreign = at_the_door(tmp_path)
    assert modules <= MOST
    assert foreign == "[]"


def test_names_at_the_door_load_little_more(tmp_path: Path) -> None:
    with closing(store_gate(tmp_path).create("vier losse woorden samen", "Anna", "site_lead")) as store:
        for name in ("Bert", "Cora"):
            store.staff.add(f"een lange zin van {name}", name, ("volunteer",))

    modules, foreign = at_the_door(tmp_path)
    assert modules <= MOST_WITH_NAMES
    assert foreign == "[]"


def test_the_door_is_measured_a_few_times_and_not_for_every_part_that_is_put_in_it(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = InMemoryStoreGate()
    store = gate.create("vier losse woorden samen", "Anna", "site_lead")
    for name in ("Bert", "Cora"):
        store.staff.add(f"een lange zin van {name}", name, ("volunteer",))
    store.close()
    asked: list[str] = []
    measure = TextLabel.heightForWidth

    def counted(label: TextLabel, width: int) -> int:
        asked.append(label.text())
        return measure(label, width)

    monkeypatch.setattr(TextLabel, "heightForWidth", counted)
    window = MainWindow(open_office)
    qtbot.addWidget(window)
    window.begin(Access(gate))
    window.show()
    QApplication.processEvents()

    assert 0 < len(asked) <= MOST_MEASURED, len(asked)
