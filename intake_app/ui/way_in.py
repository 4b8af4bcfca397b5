"""The way in: load what is slow, ask for the passphrase, bring back who lost it, open the office behind the store."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake_app.errors import IntakeError
from intake_app.i18n.gettext import mark
from intake_app.ui.pages.unlock import UnlockPage
from intake_app.ui.words import text

if TYPE_CHECKING:
    from intake_app.services.access import Access
    from intake_app.services.office import Office
    from intake_app.services.ports import Store
    from intake_app.ui.main_window import MainWindow
    from intake_app.ui.pages.first_access import FirstAccessPage

OpenOffice = Callable[["Store"], "Office"]


def nothing() -> None:
    """Where nothing is loaded ahead."""


LOADING = mark("Even geduld, alles wordt klaargezet …")


class WayIn(QObject):
    """Leads to an open office: `opened(office, first)`, where `first` says that the store was made just now."""

    opened = Signal(object, bool)

    def __init__(self, window: MainWindow, open_office: OpenOffice, ahead: Callable[[], None] = nothing) -> None:
        super().__init__(window)
        self._window = window
        self._open_office = open_office
        self._ahead = ahead
        self._first_start = False

    def prepare(self, load: Callable[[], Access]) -> None:
        """Read who may come in, then ask for the passphrase. That is one small file; what is slow lies behind it."""
        try:
            access = load()
        except IntakeError as error:
            self._window.failed(error)
        else:
            self._window.begin(access)

    def go_ahead(self) -> None:
        """Load what an open office needs while the passphrase is typed; what fails is told when it is needed."""
        from intake_app.ui.pages.shared import lane

        lane().run(self._ahead, failed=lambda _error: None)

    def ask(self, access: Access) -> None:
        """Ask for the passphrase; at the first start, for a new one."""
        self._first_start = access.is_first_start()
        page = self._first_access(access) if self._first_start else self._door(access)
        page.unlocked.connect(self._unlocked)
        page.broken.connect(self._broken)
        self._window.show_page(page)

    def _door(self, access: Access) -> UnlockPage:
        page = UnlockPage(access, parent=self._window.pages)
        page.lost.connect(lambda: self._lost(access))
        return page

    def _first_access(self, access: Access) -> FirstAccessPage:
        from intake_app.ui.pages.first_access import FirstAccessPage

        return FirstAccessPage(access)

    def _broken(self, damaged: bool) -> None:
        from intake_app.ui.keeping_flow import show_repair

        show_repair(self._window, damaged=damaged)

    def _lost(self, access: Access) -> None:
        from intake_app.ui.pages.recover import RecoverPage

        page = RecoverPage(access)
        page.unlocked.connect(self._unlocked)
        page.back_requested.connect(lambda: self._window.begin(access))
        self._window.show_page(page)

    def _unlocked(self, store: Store) -> None:
        from intake_app.ui.pages.shared import lane

        self._window.busy.start(text(LOADING), whole=True)

        def failed(error: IntakeError) -> None:
            store.close()
            self._window.failed(error)

        def ready(office: Office) -> None:
            self._window.busy.stop()
            self.opened.emit(office, self._first_start)

        lane().run(lambda: self._open_office(store), ready, failed)
