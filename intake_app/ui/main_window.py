"""The window: which page is in sight, the lock, the pause key, and closing with care."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from intake_app.domain.ids import InstanceId
from intake_app.errors import IntakeError
from intake_app.i18n.gettext import mark
from intake_app.services.access import Access, Reentry
from intake_app.services.continuing import reopen_finished
from intake_app.services.finalize import FinalizeOutcome
from intake_app.services.installation import USUAL_LOCK_MINUTES, read_lock_minutes
from intake_app.services.office import Office
from intake_app.services.one_question import begin_one_question
from intake_app.services.people import PersonFile, PersonSummary
from intake_app.services.policy import Action, may
from intake_app.services.ports import Store
from intake_app.ui.account_flow import AccountFlow
from intake_app.ui.dialogs.choose import ChooseDialog
from intake_app.ui.dialogs.talk import CLOSE, close_dialog
from intake_app.ui.housekeeper import Housekeeper
from intake_app.ui.keeping_flow import KeepingFlow, show_repair
from intake_app.ui.lock_watch import LockWatch, Session
from intake_app.ui.pages.about import AboutPage
from intake_app.ui.pages.home import HomePage
from intake_app.ui.pages.identify import IdentifyPage
from intake_app.ui.pages.languages import LanguagesPage
from intake_app.ui.pages.official_lists import OfficialListsPage
from intake_app.ui.pages.people import DUE, EVERYBODY, PeoplePage
from intake_app.ui.pages.person import PersonPage
from intake_app.ui.pages.recover import RecoverPage
from intake_app.ui.pages.send import SendPage
from intake_app.ui.pages.settings import SettingsPage
from intake_app.ui.pages.shared import lane, say_error, text
from intake_app.ui.pages.unlock import UnlockPage
from intake_app.ui.radar_flow import show_radar
from intake_app.ui.talk_flow import TalkFlow
from intake_app.ui.widgets import BusyOverlay, MessageBar, MessageKind, Page

OpenOffice = Callable[[Store], Office]

TITLE = mark("Intake en ontwikkelplan")
LOADING = mark("Even geduld, alles wordt klaargezet …")
OPENING = mark("Het gesprek gaat open …")
CHOOSE_TALK = mark("Kies hieronder het gesprek van de vorige keer.")
KEPT_OPEN = mark("Het gesprek blijft open. U vindt het hieronder terug.")
KEPT = mark("Het gesprek is bewaard op deze laptop.")
NOT_KEPT = mark("Het gesprek is klaar. Er is niets opgeschreven.")
NOT_WRITTEN = mark("Er is nog een gesprek open. Het is nergens opgeschreven.")
FIRST_UNLOCK = mark("Geef eerst uw wachtzin. Daarna kunt u het programma sluiten.")
START_SIZE = (1366, 768)
LEAST_SIZE = (900, 620)


class MainWindow(QWidget):
    """Pages on top of each other; over all of them, when asked for, the lock.

    Give it the way in with `begin`; what is slow runs in the lane while the window already stands.
    """

    def __init__(
        self, open_office: OpenOffice, parent: QWidget | None = None, *, session: Session | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(text(TITLE))
        self.resize(*START_SIZE)
        self.setMinimumSize(*LEAST_SIZE)
        self._open_office = open_office
        self.access: Access | None = None
        self.office: Office | None = None
        self.talk: TalkFlow | None = None
        self.lock: UnlockPage | None = None
        self.dialog: ChooseDialog | None = None
        self._close_confirmed = False
        self._first_start = False
        self.watch = LockWatch(self, USUAL_LOCK_MINUTES, session=session)
        self.watch.due.connect(self.pause)
        self._opening = False
        self.keeper = Housekeeper(lambda: self.office, lambda: self._opening or self.talk is not None, self)
        self.keeper.doubtful.connect(self.say_error)
        self.message = MessageBar(closable=True)
        self.pages = QStackedWidget()
        self._layers = QStackedWidget()
        self._layers.addWidget(self._inner())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._layers)
        self.busy = BusyOverlay(self)

    def _inner(self) -> QWidget:
        inner = QWidget()
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.message)
        layout.addWidget(self.pages, 1)
        return inner

    # ------------------------------------------------------------------ the way in
    def prepare(self, load: Callable[[], Access]) -> None:
        """Load what is slow behind the window that stands, then ask for the passphrase."""
        self.busy.start(text(LOADING))
        lane().run(load, self._prepared, self._failed)

    def _prepared(self, access: Access) -> None:
        self.busy.stop()
        self.begin(access)

    def begin(self, access: Access) -> None:
        """Ask for the passphrase; at the first start, for a new one."""
        self.access = access
        self._first_start = access.is_first_start()
        page = UnlockPage(access)
        page.unlocked.connect(self._unlocked)
        page.lost.connect(self._lost)
        page.broken.connect(lambda damaged: show_repair(self, damaged=damaged))
        self.show_page(page)

    def _lost(self) -> None:
        page = RecoverPage(self.access)
        page.unlocked.connect(self._unlocked)
        page.back_requested.connect(lambda: self.begin(self.access))
        self.show_page(page)

    def _unlocked(self, store: Store) -> None:
        self.busy.start(text(LOADING))

        def failed(error: IntakeError) -> None:
            store.close()
            self._failed(error)

        lane().run(lambda: self._open_office(store), self._opened, failed)

    def _opened(self, office: Office) -> None:
        self.busy.stop()
        self.office = office
        if self._first_start and may(office.store.account, Action.RECOVERY_KEY):
            self._accounts().first_key()
        else:
            self.go_home()
        self.keeper.look()

    def _failed(self, error: IntakeError) -> None:
        self.busy.stop()
        self._opening = False
        self.say_error(error)

    # ------------------------------------------------------------------ pages
    @property
    def page(self) -> QWidget | None:
        """The page in sight."""
        return self.pages.currentWidget()

    def show_page(self, page: QWidget) -> None:
        """Show a page and let go of the one before it, so that nothing of a talk stays behind."""
        before = self.pages.currentWidget()
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        if before is not None and before is not page:
            self.pages.removeWidget(before)
            before.deleteLater()

    def go_home(self, told: str = "") -> None:
        """The first page, with a word about what was just done."""
        assert self.office is not None
        self.watch.minutes = read_lock_minutes(self.office.store)
        page = HomePage(self.office)
        page.talk_requested.connect(self.begin_talk)
        page.question_requested.connect(self.begin_question)
        page.draft_requested.connect(self.open_draft)
        page.people_requested.connect(self.show_people)
        page.calls_requested.connect(lambda: self.show_people(which=DUE))
        page.radar_requested.connect(lambda: show_radar(self))
        page.send_requested.connect(lambda: self._show_aside(SendPage(self.office)))
        page.settings_requested.connect(self._show_settings)
        page.accounts_requested.connect(lambda: self._accounts().begin())
        page.keeping_requested.connect(lambda: self._keeping().begin())
        page.about_requested.connect(self.show_about)
        page.lock_requested.connect(self.pause)
        self.show_page(page)
        self.message.say(MessageKind.GOOD, told)

    def _show_settings(self) -> None:
        page = SettingsPage(self.office)
        page.lists_requested.connect(self._show_lists)
        self._show_aside(page)

    def _show_lists(self) -> None:
        page = OfficialListsPage(self.office)
        page.back_requested.connect(self._show_settings)
        self.show_page(page)

    def show_about(self) -> None:
        """What the program is; from there to its languages, and back."""
        page = AboutPage()
        page.languages_requested.connect(self._show_languages)
        self._show_aside(page)

    def _show_languages(self) -> None:
        page = LanguagesPage()
        page.back_requested.connect(self.show_about)
        self.show_page(page)

    def _led(self, flow: AccountFlow | KeepingFlow) -> AccountFlow | KeepingFlow:
        self.message.say(MessageKind.INFO, "")
        flow.left.connect(self.go_home)
        flow.left.connect(flow.deleteLater)
        return flow

    def _accounts(self) -> AccountFlow:
        return self._led(AccountFlow(self, self.office))

    def _keeping(self) -> KeepingFlow:
        flow = self._led(KeepingFlow(self, self.office))
        flow.restore_requested.connect(self._put_back)
        return flow

    def _put_back(self) -> None:
        """A backup is put back over a closed store; afterwards the passphrase is asked again."""
        self.office.store.close()
        self.office = None
        show_repair(self, damaged=False)

    def _show_aside(self, page: Page) -> None:
        self.message.say(MessageKind.INFO, "")
        page.back_requested.connect(self.go_home)
        self.show_page(page)

    # ------------------------------------------------------------------ people
    def show_people(self, *, which: str = EVERYBODY) -> None:
        """The own caseload, everybody or whom to call; a file opens after a second mark."""
        page = PeoplePage(self.office, which=which)
        page.person_requested.connect(self._ask_who)
        self._show_aside(page)

    def _ask_who(self, person: PersonSummary) -> None:
        page = IdentifyPage(self.office, person)
        page.opened.connect(self._show_person)
        page.back_requested.connect(self.show_people)
        self.show_page(page)

    def _show_person(self, found: PersonFile) -> None:
        page = PersonPage(self.office, found)
        page.draft_requested.connect(self.open_draft)
        page.reopen_requested.connect(self.reopen_talk)
        page.rights_requested.connect(self._show_rights)
        page.back_requested.connect(self.show_people)
        self.show_page(page)

    def _show_rights(self, participant_id: str) -> None:
        flow = KeepingFlow(self, self.office)
        flow.left.connect(self.show_people)
        flow.left.connect(flow.deleteLater)
        flow.show_rights(participant_id)

    # ------------------------------------------------------------------ talks
    def begin_talk(self, practice: bool) -> None:
        """A clean sheet for a new participant."""
        self._start(lambda: self.office.begin_talk(practice=practice), resumed=False)

    def begin_question(self) -> None:
        """One question, five minutes, an address slip."""
        self._start(lambda: begin_one_question(self.office), resumed=False)

    def open_draft(self, instance_id: str) -> None:
        """Go on with a kept talk."""
        self._start(lambda: self.office.open_talk(InstanceId(instance_id)), resumed=True)

    def reopen_talk(self, instance_id: str) -> None:
        """Go on with a finished talk: an edit of its records."""
        self._start(lambda: reopen_finished(self.office, InstanceId(instance_id)), resumed=True)

    def _start(self, work: Callable[[], object], *, resumed: bool) -> None:
        if self._opening:
            return  # pressed twice: one talk is enough
        self._opening = True
        self.message.say(MessageKind.INFO, "")
        self.busy.start(text(OPENING))

        def ready(conversation: object) -> None:
            self.busy.stop()
            self._opening = False
            self.talk = TalkFlow(self, self.office, conversation, resumed=resumed)
            self.talk.left.connect(self._left)
            self.talk.finished.connect(self._finished)
            self.talk.last_time.connect(self._choose_last_time)
            self.talk.begin()

        lane().run(work, ready, self._failed)

    def _left(self, kept: bool) -> None:
        self._let_go()
        self.go_home(text(KEPT_OPEN) if kept else text(NOT_KEPT))

    def _choose_last_time(self) -> None:
        """What was told so far stands nowhere yet; the kept talks are on the first page."""
        self._let_go()
        self.go_home()
        self.message.say(MessageKind.INFO, text(CHOOSE_TALK))

    def _finished(self, outcome: FinalizeOutcome) -> None:
        self._let_go()
        if outcome.kept_open:
            self.go_home(text(KEPT_OPEN))
        elif outcome.queued:
            self._show_aside(SendPage(self.office))
        else:
            self.go_home(text(KEPT) if outcome.stored else text(NOT_KEPT))

    def _let_go(self) -> None:
        if self.talk is not None:
            self.talk.deleteLater()
        self.talk = None

    # ------------------------------------------------------------------ lock
    def pause(self) -> None:
        """Blank the screen at once; what a talk holds stays in memory until the passphrase is given."""
        if self.office is None or self.lock is not None:
            return
        closed = None
        while (before := QApplication.activeModalWidget()) not in (None, closed) and before.close():
            closed = before
        # nobody gives up from a locked screen what is written nowhere, or meets a talk that is still being opened
        free = not self._opening and (self.talk is None or self.talk.recording)
        reentry = Reentry(self.access.gate, store=self.office.store)
        self.lock = UnlockPage(reentry, locked=True, switchable=free)
        self.lock.unlocked.connect(self._back)
        self.lock.switch.connect(self._switch)
        self._layers.addWidget(self.lock)
        self._layers.setCurrentWidget(self.lock)
        if self.talk is not None:
            self.talk.flush()

    def _switch(self) -> None:
        """Somebody else is going to work: close what is open, which is kept, and ask who it is."""
        self._let_go()
        office, self.office = self.office, None
        office.store.close()
        self.begin(self.access)
        self._lift()

    def _lift(self) -> None:
        self._layers.setCurrentIndex(0)
        self._layers.removeWidget(self.lock)
        self.lock.deleteLater()
        self.lock = None

    def _back(self, _store: Store) -> None:
        self._lift()
        if self.talk is not None:
            self.talk.came_back()

    @property
    def locked(self) -> bool:
        """Whether the lock is over the pages."""
        return self.lock is not None

    # ------------------------------------------------------------------ the end
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
        say_error(self.message, error)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.talk is not None and not self._close_confirmed:
            event.ignore()
            if self.locked and not self.talk.recording:
                self.lock.tell(MessageKind.WARNING, text(NOT_WRITTEN), text(FIRST_UNLOCK))
                return
            if not self.locked:
                self.talk.flush()
            self.ask(close_dialog(self.talk.recording, self), self._close_answered)
            return
        lane().close()
        if self.office is not None:
            self.office.store.close()
            self.office = None
        super().closeEvent(event)

    def _close_answered(self, code: str) -> None:
        if code == CLOSE:
            self._close_confirmed = True
            self.close()
