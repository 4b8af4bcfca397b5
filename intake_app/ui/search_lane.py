"""The lane in which words are searched: apart from the one that writes, so that a search never waits for a print."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from shiboken6 import isValid

from intake_app.ui.tasks import BackgroundLane

_lanes: list[BackgroundLane] = []


def search_lane() -> BackgroundLane:
    """The one lane of the program for searching; one question at a time, in the order they were asked."""
    app = QCoreApplication.instance()
    if not _lanes or not isValid(_lanes[0]):
        _lanes[:] = [BackgroundLane(parent=app)]
        app.aboutToQuit.connect(_lanes[0].close)
    return _lanes[0]
