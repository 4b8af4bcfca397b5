"""Unreachable objects are cleared up on the thread of the tests, as the program does: see `intake_app.ui.sweeping`."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from intake_app.ui import sender
from intake_app.ui.main_window import MainWindow
from intake_app.ui.sweeping import sweep
from intake_app.ui.widgets import Page


@pytest.fixture(autouse=True, scope="module")
def swept_by_the_module() -> Iterator[None]:
    """No work that a window left running ends a widget; the next module begins without widgets of this one."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


def pages() -> set[Page]:
    """The pages that stand in no window."""
    return {widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Page)}


@pytest.fixture(autouse=True)
def swept_by_the_test() -> Iterator[None]:
    """Many tests do not pile up; no window of one watches the hands of the next, or used up its moment to close.

    What is to be deleted later is so by a running program; between two tests none runs.
    """
    sender._closing.clear()
    before = pages()
    yield
    for page in pages() - before:
        page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    sweep()
    assert not [window for window in QApplication.topLevelWidgets() if isinstance(window, MainWindow)]
