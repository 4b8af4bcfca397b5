"""A real mouse and keyboard for a window of ours on an X screen: xdotool presses, the window only says where."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from intake_app.ui.screenshots import settle

COLOURS = 128
"""So few make a picture small, and leave letters sharp."""
_REST_S, _PATIENCE_S = 0.25, 30.0
_EDGE, _TURNS = 8, 60
_WHEEL_UP, _WHEEL_DOWN = "4", "5"


class StuckError(Exception):
    """The talk does not go on as it should; the text names where it stands."""


class Hand:
    """Presses and types in a window, and takes pictures into the folder `out`."""

    def __init__(self, window: QWidget, out: Path) -> None:
        self._window, self._out = window, out

    def rest(self, seconds: float = _REST_S) -> None:
        """Let the window do what it was asked to, for so long at least and until nothing moves any more."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            QApplication.processEvents()
            time.sleep(0.01)
        settle(self._window, _PATIENCE_S)

    def bring(self, button: QWidget) -> None:
        """Turn the wheel until it is whole in sight, or its middle where it is tall. Raises StuckError."""
        area = next((one for one in self._window.findChildren(QScrollArea) if one.isAncestorOf(button)), None)
        if area is None:
            return
        view = area.viewport()
        sight = QRect(view.mapToGlobal(QPoint(0, 0)), view.size()).adjusted(0, _EDGE, 0, -_EDGE)
        for _ in range(_TURNS):
            top = button.mapToGlobal(QPoint(0, 0)).y()
            bottom = top + button.height()
            if bottom - top > sight.height() // 2:
                top = bottom = (top + bottom) // 2
            if sight.top() <= top and bottom <= sight.bottom():
                return
            middle = sight.center()
            way = _WHEEL_DOWN if bottom > sight.bottom() else _WHEEL_UP
            self._xdotool("mousemove", str(middle.x()), str(middle.y()), "click", way)
            self.rest()
        raise StuckError(f"out of reach: {button.objectName() or type(button).__name__}")

    def press(self, button: QWidget) -> None:
        """Bring a button into sight with the wheel, and press its middle. Raises StuckError."""
        self.bring(button)
        at = button.mapToGlobal(button.rect().center())
        self._xdotool("mousemove", str(at.x()), str(at.y()), "click", "1")
        # sooner at the same place it would be the second half of this press
        self.rest(QApplication.doubleClickInterval() / 1000 + _REST_S)

    def type(self, words: str) -> None:
        """Type into what has the focus."""
        self._xdotool("type", "--delay", "12", words)
        self.rest()

    def take(self, name: str) -> None:
        """A picture of the whole screen once the page in sight is whole, with few colours."""
        self.rest()
        whole = self._out / f"{name}.png"
        QApplication.primaryScreen().grabWindow(0).save(str(whole))
        with Image.open(whole) as picture:
            small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        small.save(whole, optimize=True)

    def _xdotool(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], check=True)
