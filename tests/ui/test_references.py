"""Qt for Python counts references to the singletons (docs/decisions/0005)."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

ROUNDS = 2000
SLACK = 100


class _Bell(QObject):
    rung = Signal(bool)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="singletons are immortal from Python 3.12 on")
def test_calls_and_signals_of_qt_take_no_reference_from_none_or_true(qtbot: QtBot) -> None:
    bell, widget = _Bell(), QWidget()
    qtbot.addWidget(widget)
    heard: list[bool] = []
    bell.rung.connect(heard.append)
    before = sys.getrefcount(None), sys.getrefcount(True)

    for _ in range(ROUNDS):
        bell.rung.emit(True)
        widget.update()
    heard.clear()

    assert sys.getrefcount(None) > before[0] - SLACK
    assert sys.getrefcount(True) > before[1] - SLACK
