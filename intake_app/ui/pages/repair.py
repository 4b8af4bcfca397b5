"""When the data do not open, or a backup must come back: choose the file, give the passphrase, see what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from intake_app.domain.backup import BackupSet, Restored, Salvaged
from intake_app.domain.draft import RecoveryHalves
from intake_app.errors import IntakeError
from intake_app.i18n.formats import format_moment
from intake_app.services.access import refuse_short
from intake_app.services.repair import Repairs
from intake_app.ui.dialogs.choose import ChooseDialog, Option
from intake_app.ui.pages.shared import at_start, heading, in_background, plural, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.keeping import asked_again, salvaged_words
from intake_app.ui.widgets import (
    BusyOverlay,
    Card,
    LineEntry,
    MessageBar,
    MessageKind,
    Pair,
    PrimaryButton,
    SecondaryButton,
    TextLabel,
)
from intake_app.ui.widgets.field import Field, SecretEntry

ChooseBackup = Callable[[QWidget], str]


def ask_backup(parent: QWidget) -> str:
    """The file that was chosen in the system's dialog, or empty."""
    return QFileDialog.getOpenFileName(parent, text("Kies de reservekopie"), "", "Intake (*.intake)")[0]


def _unknown_since(moment: datetime) -> str:
    return text("Deze laptop weet niet wie er gewist is na {moment}.", moment=format_moment(moment, "nl"))


class RepairPage(SidePage):
    """Two ways back: a backup, or what can still be read. The old data stay in the folder, put aside.

    `damaged` shows the second way too. `finished(told)` when the store can be opened again.
    """

    back_requested = Signal()
    finished = Signal(str)

    def __init__(
        self,
        repairs: Repairs,
        *,
        damaged: bool = False,
        choose_backup: ChooseBackup = ask_backup,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text("Gegevens terughalen"), widest=860, parent=parent)
        self._repairs = repairs
        self.choose_backup = choose_backup
        self.file = Path()
        self.dialog: ChooseDialog | None = None
        self.back.connect(self.back_requested)
        self.message = MessageBar()
        self.add(self.message)
        if damaged:
            told = text("Er wordt niets weggegooid. De beschadigde gegevens blijven apart op deze laptop staan.")
            self.message.say(MessageKind.WARNING, text("De gegevens op deze laptop zijn beschadigd."), told)
        self.passphrase = SecretEntry(text("Wachtzin"))
        secret = Field(
            text("Wachtzin"), self.passphrase, text("Van deze laptop, of die gold toen de kopie gemaakt werd.")
        )
        self.add(Card(heading(text("1. Uw wachtzin"), "lock"), secret))
        self.add(self._backup_card())
        self.add(self._key_card())
        if damaged:
            self.add(self._salvage_card())
        self.add_stretch()
        self.busy = BusyOverlay(self)

    def _backup_card(self) -> Card:
        self.choose = SecondaryButton(text("Kies de reservekopie"), "search")
        self.choose.clicked.connect(self._choose)
        self.chosen = TextLabel(text("Er is nog geen bestand gekozen."), "body", tone="soft")
        self.restore = PrimaryButton(text("Zet terug"), "sync")
        self.restore.setEnabled(False)
        self.restore.clicked.connect(self._ask)
        card = Card(heading(text("2. Zet een reservekopie terug"), "save"), gap=1.5)
        at_start(card.body, self.choose)
        card.add(self.chosen)
        at_start(card.body, self.restore)
        return card

    def _key_card(self) -> Card:
        told = text("Weet niemand een wachtzin? Typ dan beide helften, en hierboven een nieuwe wachtzin.")
        self.halves = (LineEntry(text("Helft A")), LineEntry(text("Helft B")))
        fields = (Field(text("Helft A"), self.halves[0]), Field(text("Helft B"), self.halves[1]))
        return Card(heading(text("Alleen met de herstelsleutel"), "lock"), TextLabel(told, "body"), *fields, gap=1.5)

    def _salvage_card(self) -> Card:
        told = text("Geen reservekopie? Dan redt de app wat nog te lezen is. Er kan iets ontbreken.")
        self.salvage = SecondaryButton(text("Red wat te lezen is"), "search")
        self.salvage.clicked.connect(self._salvage)
        card = Card(heading(text("Of: red wat te lezen is"), "search"), TextLabel(told, "body"), gap=1.5)
        at_start(card.body, self.salvage)
        return card

    def _choose(self) -> None:
        path = self.choose_backup(self)
        if not path:
            return
        try:
            told = self._repairs.look(Path(path))
        except IntakeError as error:
            say_error(self.message, error)
            return
        self.file = Path(path)
        self._warn(told)
        moment = format_moment(told.newest.at, "nl")
        self.chosen.setText(text("{name}: de nieuwste kopie is van {moment}.", name=self.file.name, moment=moment))
        self.restore.setEnabled(True)

    def _warn(self, told: BackupSet) -> None:
        """On a laptop without a wislijst: who was erased since, stands on paper only."""
        if self._repairs.keeps_a_list():
            self.message.say(MessageKind.INFO, "")
            return
        then = text(
            "Zoek op papier de bewijzen van wissen van na die tijd. Wis die mensen na het terugzetten opnieuw. Tot u "
            "bevestigt dat dit klaar is, wordt er niets verstuurd."
        )
        self.message.say(MessageKind.WARNING, _unknown_since(told.keys_at), then)

    def _ask(self) -> None:
        option = Option(
            "yes",
            Pair.plain(text("Ja, zet terug")),
            Pair.plain(text("Wat er sinds de kopie bij kwam, staat er dan niet meer. Het gaat apart, niet weg.")),
            "sync",
        )
        title = Pair.plain(text("Wilt u de gegevens van deze laptop vervangen door de kopie?"))
        self.dialog = ChooseDialog(title, [option], Pair.plain(text("Nee, laat het zo")), self)
        self.dialog.chosen.connect(lambda _code: self._restore())
        self.dialog.open()

    def _restore(self) -> None:
        file, passphrase = self.file, self.passphrase.text()
        halves = RecoveryHalves(*(half.text().strip() for half in self.halves))
        self.busy.start(text("De reservekopie wordt teruggezet …"), whole=True)
        if halves.a or halves.b:
            in_background(self, lambda: self._with_key(file, halves, passphrase), self._restored, self._failed)
        else:
            in_background(
                self, lambda: self._repairs.restore(file, passphrase, replace=True), self._restored, self._failed
            )

    def _with_key(self, file: Path, halves: RecoveryHalves, passphrase: str) -> Restored:
        refuse_short(passphrase)
        return self._repairs.restore_with_key(file, halves, passphrase, replace=True)

    def _restored(self, found: Restored) -> None:
        self.busy.stop()
        people = plural("{count} deelnemer staat er weer.", "{count} deelnemers staan er weer.", found.people)
        again = plural("{count} is meteen weer gewist.", "{count} zijn meteen weer gewist.", found.erased_again)
        lines = [people, *([again] if found.erased_again else [])]
        if found.asked_again:
            lines.append(asked_again())
        if found.not_covered_since is not None:
            lines.append(_unknown_since(found.not_covered_since))
        self.finished.emit(" ".join(lines))

    def _salvage(self) -> None:
        passphrase = self.passphrase.text()
        self.busy.start(text("De gegevens worden gelezen …"), whole=True)
        in_background(self, lambda: self._repairs.salvage(passphrase), self._saved, self._failed)

    def _saved(self, found: Salvaged) -> None:
        self.busy.stop()
        self.finished.emit(salvaged_words(found))

    def _failed(self, error: IntakeError) -> None:
        self.busy.stop()
        say_error(self.message, error)
        self.scroll.verticalScrollBar().setValue(0)
