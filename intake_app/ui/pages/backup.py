"""Backups in the window: on which stick, when the last one was, and one button to make it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from intake_app.domain.backup import BackupSet
from intake_app.errors import IntakeError, UnexpectedFailure
from intake_app.i18n.formats import format_moment
from intake_app.services.backup import NAME, KnownBackup, forget_backup, known_backups, make_backup, overdue
from intake_app.services.office import Office
from intake_app.ui.errands import run_errand
from intake_app.ui.pages.shared import heading, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.widgets import (
    BusyOverlay,
    Card,
    Divider,
    MessageBar,
    MessageKind,
    PrimaryButton,
    SecondaryButton,
    TextLabel,
    clear,
    column,
    row,
)
from intake_app.ui.widgets.list_line import ListLine

ChooseFolder = Callable[[QWidget], str]


def ask_folder(parent: QWidget) -> str:
    """The folder that was chosen in the system's dialog, or empty."""
    return QFileDialog.getExistingDirectory(parent, text("Kies de stick of de map"))


class BackupPage(SidePage):
    """Makes backups and tells which there are. `restore_requested` leads to putting one back."""

    back_requested = Signal()
    restore_requested = Signal()

    def __init__(
        self, office: Office, *, choose_folder: ChooseFolder = ask_folder, parent: QWidget | None = None
    ) -> None:
        super().__init__(text("Reservekopie"), widest=960, parent=parent)
        self._office = office
        self.choose_folder = choose_folder
        self.back.connect(self.back_requested)
        self.message = MessageBar(closable=True)
        why = MessageBar(
            MessageKind.INFO,
            text("Wat niet verstuurd is, staat alleen op deze laptop."),
            text("Maak elke week een reservekopie op een stick. Bewaar de stick niet bij de laptop."),
        )
        self._known = column(gap=1.5)
        for part in (self.message, why, Card(heading(text("Uw reservekopieën"), "save"), self._known)):
            self.add(part)
        self.add_stretch()
        self.restore = SecondaryButton(text("Zet een reservekopie terug"), "sync")
        self.restore.clicked.connect(self.restore_requested)
        self.make = PrimaryButton(text("Nieuwe reservekopie"), "plus")
        self.make.clicked.connect(self._choose)
        self.set_footer(start=[self.restore], end=[self.make])
        self.busy = BusyOverlay(self)
        self.refresh()

    def refresh(self) -> None:
        """Read again which backups there are."""
        clear(self._known)
        self.again: list[SecondaryButton] = []
        try:
            known = known_backups(self._office.store)
            late = {one.path for one in overdue(self._office.store, self._office.clock.now())}
        except IntakeError as error:
            say_error(self.message, error)
            return
        if not known:
            self._known.addWidget(TextLabel(text("Er is nog geen reservekopie gemaakt."), "body", tone="soft"))
        for number, one in enumerate(known):
            if number:
                self._known.addWidget(Divider())
            self._known.addWidget(self._line(one, one.path in late))
        self.chain()

    def _line(self, one: KnownBackup, late: bool) -> QWidget:
        button = SecondaryButton(text("Vernieuw"), "sync")
        button.setAccessibleName(f"{text('Vernieuw')}: {one.label}")
        button.clicked.connect(lambda: self.make_in(Path(one.path)))
        self.again.append(button)
        moment = text("Laatst gemaakt: {moment}", moment=format_moment(one.at, "nl"))
        inside = column(
            ListLine(one.label, moment, text("vernieuwen of vernietigen") if late else "", "warning", button), gap=1
        )
        if late:
            gone = SecondaryButton(text("Deze is vernietigd"), "trash")
            gone.clicked.connect(lambda: self._forget(one))
            inside.addLayout(row(gone, None))
        whole = QWidget()
        whole.setLayout(inside)
        return whole

    def _choose(self) -> None:
        folder = self.choose_folder(self)
        if folder:
            self.make_in(Path(folder) / NAME)

    def make_in(self, file: Path) -> None:
        """Make or refresh a backup file, in the background."""
        office = self._office
        if office.backups is None:
            say_error(self.message, UnexpectedFailure(kind="backup"))
            return
        make = office.backups
        run_errand(
            self,
            self.busy,
            text("De reservekopie wordt gemaakt en nagelezen …"),
            lambda watch: make_backup(office.store, make, file, office.clock, watch.check),
            self._made,
            self._failed,
            patient=True,
        )

    def _made(self, made: BackupSet) -> None:
        told = text("Er staan nu {count} kopieën in, de oudste gaan vanzelf weg.", count=len(made.copies))
        self.message.say(MessageKind.GOOD, text("De reservekopie is gemaakt en nagelezen."), told)
        self.refresh()

    def _forget(self, one: KnownBackup) -> None:
        try:
            forget_backup(self._office.store, one.path)
        except IntakeError as error:
            say_error(self.message, error)
        self.refresh()

    def _failed(self, error: IntakeError) -> None:
        say_error(self.message, error)
