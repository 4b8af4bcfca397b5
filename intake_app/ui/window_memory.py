"""What the window remembers: its size and its letters, per account in the store; before the door only how it looked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from intake_app.errors import IntakeError
from intake_app.ui.look import look_now, look_of, show

if TYPE_CHECKING:
    from intake_app.services.ports import Store
    from intake_app.ui.main_window import MainWindow

GEOMETRY = "window.geometry"


class WindowMemory:
    """Keeps the place and size of a window with the account, and brings them back.

    `file` holds what the door may know: letters, colours and size of the window as it was last left. No name, no
    account. Without it the door looks as usual.
    """

    def __init__(self, window: MainWindow, file: Path | None = None) -> None:
        self._window, self._file = window, file
        self._door = look_now()

    def at_the_door(self) -> None:
        """The window before anybody came in, as it was last left."""
        told = self._read()
        self._door = look_of(str(told.get("text_size", "")), str(told.get("colours", "")))
        show(self._door)
        size = [told.get(name) for name in ("width", "height")]
        if all(isinstance(one, int) for one in size) and not self._window.isMaximized():
            self._window.resize(*size)

    def came_in(self, store: Store) -> None:
        """Size and place of the window as this account left it."""
        from intake_app.services.preferences import read_choice

        try:
            kept = read_choice(store, GEOMETRY)
        except IntakeError as error:
            self._window.say_error(error)
            return
        if kept:
            self._put(kept)

    def _put(self, kept: str) -> None:
        """Size, then place where a screen still shows it, then whether it fills the screen."""
        try:
            left, top, width, height, full = (int(part) for part in kept.split())
        except ValueError:
            return
        window = self._window
        window.resize(max(width, window.minimumWidth()), max(height, window.minimumHeight()))
        if QGuiApplication.screenAt(QPoint(left, top)) is not None:
            window.move(left, top)
        if full:
            window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)

    def leaves(self, store: Store) -> None:
        """Keep size and place; a disk that is full does not keep anybody from leaving."""
        from intake_app.services.preferences import write_choices

        window, box = self._window, self._window.normalGeometry()
        kept = " ".join(
            str(part) for part in (window.x(), window.y(), box.width(), box.height(), int(window.isMaximized()))
        )
        try:
            write_choices(store, {GEOMETRY: kept})
        except IntakeError:
            return
        finally:
            self._write()

    def nobody_in(self) -> None:
        """The letters of who left are not those of who comes."""
        show(self._door)

    def _read(self) -> dict[str, Any]:
        try:
            told = json.loads(self._file.read_text(encoding="utf-8")) if self._file else {}
        except (OSError, ValueError):
            return {}
        return told if isinstance(told, dict) else {}

    def _write(self) -> None:
        from intake_app.ui.presenters.plan import save_file

        if self._file is None or not self._file.parent.is_dir():
            return
        now, size = look_now(), self._window.normalGeometry().size()
        self._door = now
        told = {
            "text_size": now.size.name.lower(),
            "colours": now.scheme.value,
            "width": size.width(),
            "height": size.height(),
        }
        save_file(str(self._file), json.dumps(told).encode("utf-8"))
