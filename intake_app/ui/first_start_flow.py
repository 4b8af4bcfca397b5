"""The first start in the window: welcome, access, recovery key, this place, practise first?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from intake_app.errors import IntakeError

if TYPE_CHECKING:
    from intake_app.ui.main_window import MainWindow
    from intake_app.ui.presenters.settings import Look


class FirstStart(QObject):
    """Leads through the steps; between `begin` and `go_on` lies the page that makes the first access."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._look: Look | None = None

    def begin(self) -> None:
        """Welcome, and letters that can be read; then the access."""
        from intake_app.ui.pages.first_start import WelcomePage

        page = WelcomePage()
        page.done.connect(self._chosen)
        self._window.show_page(page)

    def _chosen(self, look: Look) -> None:
        self._look = look
        self._window.way_in.ask(self._window.access)

    def go_on(self) -> None:
        """The store is made: keep the letters, then the recovery key, this place, and practise first?"""
        from intake_app.services.policy import Action, may
        from intake_app.ui.account_flow import AccountFlow
        from intake_app.ui.presenters.first_start import step_title
        from intake_app.ui.presenters.settings import write_look

        store = self._window.office.store
        if self._look is not None:
            try:
                write_look(store, self._look)
            except IntakeError as error:
                self._window.say_error(error)
        if not may(store.account, Action.RECOVERY_KEY):
            self._place()
            return
        flow = AccountFlow(self._window, self._window.office)
        flow.left.connect(self._place)
        flow.left.connect(flow.deleteLater)
        flow.first_key()
        self._window.page.set_title(step_title("recovery"))

    def _place(self) -> None:
        from intake_app.services.policy import Action, may
        from intake_app.ui.pages.first_start import PlaceStepPage

        store = self._window.office.store
        if not may(store.account, Action.SETTINGS):
            self._ready()
            return
        page = PlaceStepPage(store)
        page.done.connect(self._ready)
        self._window.show_page(page)

    def _ready(self) -> None:
        from intake_app.ui.pages.first_start import ReadyPage

        page = ReadyPage(self._window.office.store)
        page.practise.connect(lambda: self._window.show_place("practice"))
        page.done.connect(self._window.go_home)
        self._window.show_page(page)
