"""A window that stays alive: the page of sending in sight while a long queue goes, and the longest time it was deaf.

A process of its own, since it needs Qt: `python -m benchmarks.syncing.window FOLDER ADDRESS TOKEN`.
"""

from __future__ import annotations

import json
import os
import sys
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.killing.examine import PASSPHRASE, gate
from intake_app.bootstrap import open_office, prepare
from intake_app.paths import resource_dir
from intake_app.services.installation import ServerSettings, write_server

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

BEAT_MS = 5
REST_MS, AFTER_MS, LONGEST_MS = 2000, 1000, 600_000


def _longest(app: QApplication, beats: list[float], most_ms: int) -> float:
    """Milliseconds of the longest time without a beat, from now until the program is told to stop, or `most_ms`."""
    from PySide6.QtCore import QTimer

    limit = QTimer()
    limit.setSingleShot(True)
    limit.timeout.connect(app.quit)
    limit.start(most_ms)
    beats[:] = [perf_counter()]
    app.exec()
    limit.stop()
    beats.append(perf_counter())
    return max(after - before for before, after in pairwise(beats)) * 1000


def main(arguments: list[str]) -> int:
    """Send everything and print one JSON line: milliseconds of the longest silence, beats, and what was left."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from intake_app.ui import theme
    from intake_app.ui.pages.send import SendPage
    from intake_app.ui.sweeping import Sweeper

    folder, address, token = arguments
    prepare()
    store = gate(Path(folder)).unlock(PASSPHRASE)
    app = QApplication([])
    sweeper = Sweeper(app)
    theme.apply(app, resource_dir(), size=theme.TextSize.NORMAL, scheme=theme.Scheme.LIGHT)
    write_server(store, ServerSettings(address, token))
    office = open_office(store)
    sweeper.settle()  # as the program does when an office has opened
    page = SendPage(office)
    page.resize(1366, 768)
    page.show()
    app.processEvents()
    beats: list[float] = []
    heart = QTimer()
    heart.setInterval(BEAT_MS)
    heart.timeout.connect(lambda: beats.append(perf_counter()))
    heart.start()
    resting = _longest(app, beats, REST_MS)
    page.outgoing.ended.connect(lambda _ended, _asked: QTimer.singleShot(AFTER_MS, app.quit))
    QTimer.singleShot(0, page.outgoing.send_now)
    sending = _longest(app, beats, LONGEST_MS)
    left = len(office.outbox().heads())
    print(json.dumps({"longest_ms": sending, "resting_ms": resting, "left": left, "gone": office.valve.gone}))
    page.deleteLater()
    sweeper.close()
    store.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
