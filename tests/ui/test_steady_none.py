"""The interpreter outlives any number of calls into Qt."""

import sys

import pytest
from PySide6.QtWidgets import QLabel

import intake_app.ui


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_none_has_references_to_spare_after_many_calls(qtbot):
    label = QLabel("x")
    qtbot.addWidget(label)

    for _ in range(200_000):
        label.updateGeometry()

    assert sys.getrefcount(None) > intake_app.ui.steady_none.PLENTY // 2
