"""The lock over the pages: blank at once, open with the passphrase, or let somebody else in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QStackedWidget

from intake_app.i18n.gettext import mark
from intake_app.services.access import Reentry
from intake_app.ui.pages.unlock import UnlockPage
from intake_app.ui.widgets.text import forget_measured
from intake_app.ui.words import text

if TYPE_CHECKING:
    from intake_app.services.ports import Store
    from intake_app.ui.main_window import MainWindow

OPENS = mark("Iemand anders kan zo aan het werk: er gaat net een gesprek open.")
NOWHERE = mark(
    "Iemand anders kan nu niet aan het werk: dit gesprek is nog nergens opgeschreven en zou dan weg zijn. "
    "Geef eerst uw wachtzin."
)
STAYS_KEPT = mark("Gaat iemand anders aan het werk? Uw gesprek blijft bewaard op deze laptop.")
KEPT = mark("Het gesprek is bewaard op deze laptop.")
# Translators: {name} is the name of the colleague whose talk it is.
FOUND_AGAIN = mark("{name} vindt het terug op de eerste bladzijde, bij Niet afgemaakte gesprekken.")


class ScreenLock(QObject):
    """Lies over the pages in `layers`; `page` is the door that stands before them, or None."""

    def __init__(self, window: MainWindow, layers: QStackedWidget) -> None:
        super().__init__(window)
        self._window, self._layers = window, layers
        self.page: UnlockPage | None = None

    def close(self) -> None:
        """Blank the screen at once; what a talk holds stays in memory until the passphrase is given."""
        window = self._window
        if window.office is None or self.page is not None:
            return
        window.help.close()
        closed = None
        while (before := QApplication.activeModalWidget()) not in (None, closed) and before.close():
            closed = before
        # nobody gives up from a locked screen what is written nowhere, or meets a talk that is still being opened
        free = not window.talks.opening and (window.talk is None or window.talk.recording)
        reentry = Reentry(window.access.gate, store=window.office.store)
        self.page = UnlockPage(reentry, locked=True, switchable=free, told=self._told(free))
        self.page.unlocked.connect(self._back)
        self.page.switch.connect(self._switch)
        self._layers.addWidget(self.page)
        self._layers.setCurrentWidget(self.page)
        if window.talk is not None:
            window.talk.flush()
        window.office.forget_texts()
        forget_measured()

    def _told(self, free: bool) -> str:
        """What becomes of the talk when somebody else wants in, or why nobody else can now."""
        talks = self._window.talks
        if talks.opening:
            return text(OPENS)
        if not free:
            return text(NOWHERE)
        return text(STAYS_KEPT) if talks.current is not None else ""

    def _switch(self) -> None:
        """Somebody else is going to work: close what is open, which is kept, and ask who it is."""
        window = self._window
        whose = window.office.store.account.name if window.talk is not None else ""
        window.leave_office()
        window.begin(window.access)
        self._lift()
        if whose and isinstance(window.page, UnlockPage):
            from intake_app.ui.widgets.message_bar import MessageKind

            window.page.tell(MessageKind.GOOD, text(KEPT), text(FOUND_AGAIN, name=whose))

    def _lift(self) -> None:
        self._window.help.close()
        self._layers.setCurrentIndex(0)
        self._layers.removeWidget(self.page)
        self.page.deleteLater()
        self.page = None

    def _back(self, _store: Store) -> None:
        self._lift()
        if self._window.talk is not None:
            self._window.talk.came_back()
        self._window.came_back()
