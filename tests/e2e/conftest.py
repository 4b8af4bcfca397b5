"""The real window on a real encrypted store, with a cheap passphrase."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake_app.bootstrap import open_office, prepare
from intake_app.paths import resource_dir
from intake_app.services.access import Access
from intake_app.storage.gate import SqlStoreGate
from intake_app.ui import theme
from intake_app.ui.main_window import MainWindow
from intake_app.ui.widgets.pressable import last_used
from tests.e2e.disk import disk
from tests.fakes.encrypted import CHEAP
from tests.fakes.sweeping import swept_by_the_module, swept_by_the_test

__all__ = ["disk", "swept_by_the_module", "swept_by_the_test"]

PASSPHRASE = "vier losse woorden samen"


@pytest.fixture
def gate(tmp_path: Path) -> SqlStoreGate:
    return SqlStoreGate(tmp_path / "store", CHEAP)


@pytest.fixture
def window(qapp, qtbot, gate: SqlStoreGate) -> Iterator[MainWindow]:
    prepare()
    last_used.by_keys()
    theme.apply(qapp, resource_dir(), size=theme.TextSize.NORMAL, scheme=theme.Scheme.LIGHT)
    interval = qapp.doubleClickInterval()
    shown = MainWindow(open_office)
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    shown.begin(Access(gate))
    yield shown
    shown.talks.let_go()
    shown.close()
    qapp.setDoubleClickInterval(interval)
