"""The interpreter outlives any number of calls into Qt."""

import sys

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel

import intake_app.ui


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_none_has_references_to_spare_after_many_calls(qtbot):
    label = QLabel("x")
    qtbot.addWidget(label)

    for _ in range(200_000):
        label.updateGeometry()

    assert sys.getrefcount(None) > intake_app.ui.steady_none.PLENTY // 2


class Switch(QObject):
    """Something that tells yes or no."""

    turned = Signal(bool)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="True is immortal from Python 3.12 on")
def test_true_has_references_to_spare_after_many_signals():
    switch, heard = Switch(), []
    switch.turned.connect(heard.append)

    for _ in range(20_000):
        switch.turned.emit(True)

    assert len(heard) == 20_000
    assert sys.getrefcount(True) > intake_app.ui.steady_none.PLENTY // 2
