"""Showing and hiding widgets that may not have a parent yet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def reveal(widget: QWidget, shown: bool) -> None:
    """Show or hide a widget. One without a parent waits for it: shown now, it would open as a window of its own."""
    if shown and widget.parentWidget() is None:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
    else:
        widget.setVisible(shown)
