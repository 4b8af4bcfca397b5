"""A page beside the talk: the keyboard begins at its top and goes through body, foot and header in reading order."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from intake_app.ui.pages.focus import chain_focus, stops
from intake_app.ui.widgets import Page


class SidePage(Page):
    """Opens with no button in focus, so that Enter does nothing by accident; the first Tab goes to the first thing."""

    def first_focus(self) -> QWidget:
        """Where the keyboard stands when the page opens."""
        return self.focus_start

    def chain(self) -> None:
        """Put the way of the Tab key right; to be called after the body was filled anew."""
        chain_focus(self)
        first = next(stops(self.scroll.widget()), None)
        if first is not None:
            QWidget.setTabOrder(self.focus_start, first)

    def grew(self) -> None:
        if self.isVisible():
            self.chain()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.chain()
        QTimer.singleShot(0, self, lambda: self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason))
