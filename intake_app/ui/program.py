"""The program as Qt knows it, dressed in Fusion from the first."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

NAME = "intake-app"
FUSION = "dressed"
"""The property of a program that has its style already."""


def new_app() -> QApplication:
    """The program. A style that is put on later would make the bindings load all there is to know of styles."""
    app = QApplication([NAME, "-style", "fusion"])
    app.setProperty(FUSION, True)
    return app
