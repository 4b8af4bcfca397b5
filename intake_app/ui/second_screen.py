"""The screens of this computer, as far as the participant's view needs them: is there one beside the window's?"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget


class Screens(Protocol):
    """Where another screen lies."""

    def beside(self, window: QWidget) -> QRect | None:
        """The place of a screen that the window does not stand on; None when there is only one."""
        ...


class SystemScreens:
    """The screens the system tells of now."""

    def beside(self, window: QWidget) -> QRect | None:
        """The first screen that is not the window's own."""
        own = window.screen()
        return next((screen.geometry() for screen in QGuiApplication.screens() if screen is not own), None)
