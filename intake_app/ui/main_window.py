"""The window: which page is in sight, and what lies over it. Where pages lead to stands in the modules it joins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from intake_app.i18n.gettext import mark
from intake_app.ui.battery import ReadBattery, no_battery
from intake_app.ui.way_in import OpenOffice, WayIn, nothing
from intake_app.ui.window_memory import WindowMemory
from intake_app.ui.window_parts import WindowParts
from intake_app.ui.words import text

if TYPE_CHECKING:
    from intake_app.errors import IntakeError
    from intake_app.services.access import Access
    from intake_app.services.office import Office
    from intake_app.ui.dialogs.choose import ChooseDialog
    from intake_app.ui.fingers import Fingers
    from intake_app.ui.hands import Hands
    from intake_app.ui.lock_watch import Session
    from intake_app.ui.pages.unlock import UnlockPage
    from intake_app.ui.talk_flow import TalkFlow
    from intake_app.ui.widgets import Page

TITLE = mark("Intake en ontwikkelplan")
NOT_WRITTEN = mark("Er is nog een gesprek open. Het is nergens opgeschreven.")
FIRST_UNLOCK = mark("Geef eerst uw wachtzin. Daarna kunt u het programma sluiten.")
START_SIZE = (1366, 768)
LEAST_SIZE = (900, 500)
"""What a screen of 1366 by 768 dots at 125 percent leaves between task bar and title bar is 1093 by about 540."""
STANDS_MS = 300
"""By then the door is painted, and who stands before it has not yet typed a passphrase."""


class MainWindow(WindowParts):
    """Pages on top of each other; over all of them, when asked for, the lock.

    Give it the way in with `begin`; what is slow runs in the lane while the window already stands.
    """

    def __init__(
        self,
        open_office: OpenOffice,
        parent: QWidget | None = None,
        *,
        session: Session | None = None,
        battery: ReadBattery = no_battery,
        remembered: Path | None = None,
        ahead: Callable[[], None] = nothing,
    ) -> None:
        super().__init__(parent)
        self.battery = battery
        self.session = session
        self.setWindowTitle(text(TITLE))
        self.resize(*START_SIZE)
        self.setMinimumSize(*LEAST_SIZE)
        self.access: Access | None = None
        self.office: Office | None = None
        self.dialog: ChooseDialog | None = None
        self._close_confirmed = False
        self._close_wanted = False
        self.fingers: Fingers | None = None
        self.hands: Hands | None = None
        self.pages = QStackedWidget()
        self.inner = QVBoxLayout()
        self.layers = self._stacked()
        self._waking = self._woken()
        self.way_in = WayIn(self, open_office, ahead)
        self.way_in.opened.connect(lambda office, first: self.opened(office, first=first))
        self.memory = WindowMemory(self, remembered)

    def _stacked(self) -> QStackedWidget:
        """What lies over the pages, one on top of the other, and the pages undermost."""
        undermost = QWidget()
        undermost.setLayout(self.inner)
        layers = QStackedWidget()
        layers.addWidget(undermost)
        whole = QVBoxLayout(self)
        for layout, part in ((self.inner, self.pages), (whole, layers)):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
            layout.addWidget(part, 1)
        return layers

    # ------------------------------------------------------------------ the way in and out
    def prepare(self, load: Callable[[], Access]) -> None:
        """See who may come in, then ask for the passphrase. What lies behind the door is loaded when it stands."""
        self.memory.at_the_door()
        self.way_in.prepare(load)

    def begin(self, access: Access) -> None:
        """Ask for the passphrase; at the first start, lead through it."""
        self.access = access
        if access.is_first_start():
            self.first_start.begin()
        else:
            self.way_in.ask(access)
        QTimer.singleShot(STANDS_MS, self, self._wake)

    def listen(self) -> None:
        """Heed fingers and empty chairs, and load what lies behind the door: all that the door could stand without."""
        for _ in self._waking:
            pass

    def _wake(self) -> None:
        """The same bit by bit, between events: somebody may be typing a passphrase."""
        if next(self._waking, True) is None:
            QTimer.singleShot(0, self, self._wake)

    def _woken(self) -> Iterator[None]:
        from intake_app.ui.fingers import Fingers
        from intake_app.ui.hands import Hands

        yield
        self.fingers = Fingers(self)
        self.hands = Hands(self)
        yield
        self.watch.listen()
        yield
        self.actions_now.refresh()
        yield
        self.way_in.go_ahead()

    def opened(self, office: Office, *, first: bool = False) -> None:
        """An office is open: to the first page, at the `first` start past the steps that are left."""
        self.office = office
        self.listen()
        self.memory.came_in(office.store)
        if first:
            self.first_start.go_on()
        else:
            self.go_home()
        self.keeper.look()
        self.outgoing.watch()

    def leave_office(self) -> None:
        """Close the store and let go of what came out of it."""
        self.talks.let_go()
        office, self.office = self.office, None
        if office is not None:
            from intake_app.ui.widgets.text import forget_measured

            office.forget_texts()
            forget_measured()
            self.memory.leaves(office.store)
            office.store.close()
            self.memory.nobody_in()

    def failed(self, error: IntakeError) -> None:
        """Work behind the veil failed: lift it and say so."""
        self.busy.stop()
        self.say_error(error)

    # ------------------------------------------------------------------ pages
    @property
    def page(self) -> QWidget | None:
        """The page in sight."""
        return self.pages.currentWidget()

    def show_page(self, page: QWidget) -> None:
        """Show a page and let go of the one before it, so that nothing of a talk stays behind."""
        if self.fingers is not None:
            self.help.close()
        before = self.pages.currentWidget()
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        if before is not None and before is not page:
            self.pages.removeWidget(before)
            before.deleteLater()
        if self.fingers is not None:
            self.band.show_for(self.talk, with_card=self.talks.card is not None)
            self.actions_now.refresh()

    def show_aside(self, page: Page) -> None:
        """Show a page whose way back is the first page."""
        self.hush()
        page.back_requested.connect(self.go_home)
        self.show_page(page)

    def show_place(self, code: str) -> None:
        """Go to a place of `ui/places.py` by its code."""
        from intake_app.ui.places import place

        place(code).show(self)

    def go_home(self, told: str = "") -> None:
        """The first page, with a word about what was just done."""
        from intake_app.services.installation import read_lock_minutes
        from intake_app.ui.pages.home import HomePage
        from intake_app.ui.widgets.message_bar import MessageKind

        assert self.office is not None
        self.watch.minutes = read_lock_minutes(self.office.store)
        page = HomePage(self.office, battery=self.battery)
        page.talk_requested.connect(self.talks.begin)
        page.question_requested.connect(self.talks.begin_question)
        page.draft_requested.connect(self.talks.open_draft)
        page.place_requested.connect(self.show_place)
        page.help_requested.connect(self.help.toggle)
        page.lock_requested.connect(self.pause)
        self.show_page(page)
        self.message.say(MessageKind.GOOD, told)

    # ------------------------------------------------------------------ talks and the lock
    @property
    def talk(self) -> TalkFlow | None:
        """The talk that is open."""
        return self.talks.current

    def pause(self) -> None:
        """Blank the screen at once; what a talk holds stays in memory until the passphrase is given."""
        self.screen_lock.close()

    @property
    def lock(self) -> UnlockPage | None:
        """The door before the pages, while the screen is locked."""
        return self.screen_lock.page

    @property
    def free(self) -> bool:
        """Whether one may go to another page: an office is open, and no talk, question or lock stands before it, nor a
        paper that would be gone."""
        stands = self.talks.underway or self.dialog is not None or getattr(self.page, "held", False)
        return self.office is not None and not self.locked and not stands

    @property
    def locked(self) -> bool:
        """Whether the lock is over the pages."""
        return self.lock is not None

    # ------------------------------------------------------------------ questions in between, and the end
    def ask(self, dialog: ChooseDialog, answered: Callable[[str], None]) -> None:
        """Ask a question in between; a second one waits until the first is answered."""
        if self.dialog is not None:
            dialog.deleteLater()
            return
        self.dialog = dialog
        dialog.chosen.connect(answered)
        dialog.finished.connect(self._answered)
        dialog.open()

    def _answered(self, _result: int) -> None:
        self.dialog = None

    def say_error(self, error: IntakeError) -> None:
        """Say what went wrong and what to do, above the page; nothing on it is lost."""
        from intake_app.ui.pages.shared import say_error

        say_error(self.message, error)

    def closeEvent(self, event: QCloseEvent) -> None:
        from intake_app.ui.dialogs.talk import close_dialog
        from intake_app.ui.pages.shared import lane
        from intake_app.ui.widgets.message_bar import MessageKind

        if getattr(self.page, "held", False) and not self.locked:
            event.ignore()
            self.page.leave()
            return
        if self.talk is not None and not self._close_confirmed:
            event.ignore()
            if self.locked and not self.talk.recording:
                self._close_wanted = True
                self.lock.tell(MessageKind.WARNING, text(NOT_WRITTEN), text(FIRST_UNLOCK))
                return
            if not self.locked:
                self.talk.flush()
            self.ask(close_dialog(self.talk.recording, self), self._close_answered)
            return
        self.outgoing.finish()
        lane().close()
        self.leave_office()
        super().closeEvent(event)

    def came_back(self) -> None:
        """The lock was lifted. Who wanted to close and had first to say who they are, is asked now."""
        self.actions_now.refresh()
        if self._close_wanted:
            self._close_wanted = False
            self.close()

    def _close_answered(self, code: str) -> None:
        from intake_app.ui.dialogs.talk import CLOSE

        if code == CLOSE:
            self._close_confirmed = True
            self.close()
