"""Keeping, rights, backups and the access log in the window: their pages, and the ways between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake_app.domain.ids import ParticipantId
from intake_app.domain.keeping import DataRequest
from intake_app.domain.letters import Letter
from intake_app.services.office import Office
from intake_app.services.rights import PersonRights, person_rights, second_part
from intake_app.ui.errands import run_errand
from intake_app.ui.pages.access_log import AccessLogPage
from intake_app.ui.pages.backup import BackupPage
from intake_app.ui.pages.letter import LetterPage
from intake_app.ui.pages.person_rights import PersonRightsPage
from intake_app.ui.pages.repair import RepairPage
from intake_app.ui.pages.retention import RetentionPage
from intake_app.ui.pages.shared import text
from intake_app.ui.presenters.keeping import told_above
from intake_app.ui.widgets import MessageKind

if TYPE_CHECKING:
    from intake_app.ui.main_window import MainWindow


class KeepingFlow(QObject):
    """Leads between the pages. `left` when the person goes back to where it began; `restore_requested` to a backup."""

    left = Signal()
    restore_requested = Signal()

    def __init__(self, window: MainWindow, office: Office) -> None:
        super().__init__(window)
        self._window, self._office = window, office

    def begin(self) -> None:
        """What goes when."""
        page = RetentionPage(self._office)
        page.back_requested.connect(self.left)
        page.backup_requested.connect(self.show_backups)
        page.log_requested.connect(self._show_log)
        page.receipt_requested.connect(self._show_second_part)
        self._window.show_page(page)

    def show_backups(self) -> None:
        """Make a backup, or go on to put one back."""
        page = BackupPage(self._office)
        page.back_requested.connect(self.begin)
        page.restore_requested.connect(self.restore_requested)
        self._window.show_page(page)

    def show_rights(self, participant_id: str) -> None:
        """The rights of a person of the own caseload; an error is said above the page that stands."""
        office, window = self._office, self._window

        def ready(known: PersonRights) -> None:
            if window.office is office:
                self._show_rights(participant_id, known)

        # To say what was agreed to, every open talk of the person is opened.
        run_errand(
            window,
            window.busy,
            text("De toestemmingen worden gelezen …"),
            lambda _watch: person_rights(office, ParticipantId(participant_id)),
            ready,
            window.failed,
        )

    def _show_rights(self, participant_id: str, known: PersonRights) -> None:
        page = PersonRightsPage(self._office, participant_id, known)
        page.back_requested.connect(self.left)
        page.letter_requested.connect(lambda letter, gone: self._show_letter(participant_id, letter, gone))
        self._window.show_page(page)

    def _show_letter(self, participant_id: str, letter: Letter, gone: bool) -> None:
        told = told_above(letter, gone=gone)
        back = self.left.emit if gone else (lambda: self.show_rights(participant_id))
        self._letter(letter, text("Voor de deelnemer"), told, back)

    def _show_second_part(self, request: DataRequest) -> None:
        letter = second_part(self._office, request)
        self._letter(letter, text("Tweede deel van het bewijs"), "", self.begin)

    def _show_log(self) -> None:
        page = AccessLogPage(self._office)
        page.back_requested.connect(self.begin)
        self._window.show_page(page)

    def _letter(self, letter: Letter, title: str, told: str, back: Callable[[], None]) -> None:
        page = LetterPage(self._office, letter, title, told)
        page.back_requested.connect(back)
        self._window.show_page(page)


def show_repair(window: MainWindow, *, damaged: bool) -> None:
    """The ways back when the data do not open, or a backup must come back; afterwards the passphrase is asked."""
    access = window.access
    assert access is not None
    assert access.repairs is not None
    page = RepairPage(access.repairs(), damaged=damaged)

    def again(told: str = "") -> None:
        window.begin(access)
        if told:
            window.message.say(MessageKind.GOOD, text("De gegevens zijn terug."), told)

    page.finished.connect(again)
    page.back_requested.connect(again)
    window.show_page(page)
