"""Where the keyboard stands when a page opens, on nothing that can be pressed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


class FocusStart(QWidget):
    """Takes the keyboard but no room: the first Tab from here goes to the first thing on the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
