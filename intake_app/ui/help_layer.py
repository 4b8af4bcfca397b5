"""A leaf over the page in sight, such as help: what stands under it stays as it was, typed words included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget, QWidget

if TYPE_CHECKING:
    from intake_app.ui.main_window import MainWindow
    from intake_app.ui.widgets import Page


class HelpLayer(QObject):
    """Lies over the pages in `layers`; `page` is what is in sight over them, or None."""

    def __init__(self, window: MainWindow, layers: QStackedWidget) -> None:
        super().__init__(window)
        self._window, self._layers = window, layers
        self.page: Page | None = None
        self._under: QWidget | None = None

    def toggle(self) -> None:
        """Show help for the page in sight, or put it away. A question that waits for an answer goes first."""
        from intake_app.ui.pages.help import HelpPage

        if self.page is not None:
            self.close()
        elif self._window.dialog is None:
            self._window.actions_now.refresh()
            page = HelpPage(self._window.lock or self._window.page, self._window)
            page.back_requested.connect(self.close)
            page.manual_requested.connect(self.show_manual)
            self.lay_over(page)

    def show_manual(self) -> None:
        """The manual over the page in sight."""
        from intake_app.ui.pages.manual import ManualPage

        page = ManualPage()
        page.back_requested.connect(self.close)
        self.lay_over(page)

    def lay_over(self, page: Page) -> None:
        """Put a page over all others; `close` takes it away."""
        self.close()
        self._under = self._layers.currentWidget()
        self.page = page
        self._layers.addWidget(page)
        self._layers.setCurrentWidget(page)

    def close(self) -> None:
        """Take away what lies over the pages."""
        page, self.page = self.page, None
        if page is None:
            return
        if self._layers.currentWidget() is page and self._under is not None:
            self._layers.setCurrentWidget(self._under)
        self._layers.removeWidget(page)
        page.deleteLater()
        self._under = None
