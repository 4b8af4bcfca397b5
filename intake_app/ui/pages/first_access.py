"""The door at the very first start: a name and a new passphrase make the store."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from intake_app.errors import IntakeError, StoreDamaged
from intake_app.services.access import Access
from intake_app.ui.pages.new_passphrase import NewPassphrase, complain
from intake_app.ui.pages.shared import in_background, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.first_start import step_title
from intake_app.ui.presenters.unlock import wrong_name
from intake_app.ui.widgets import (
    BusyOverlay,
    Card,
    LineEntry,
    MessageBar,
    MessageKind,
    PrimaryButton,
    QuietButton,
    TextLabel,
    column,
    row,
)
from intake_app.ui.widgets.field import Field
from intake_app.ui.widgets.icons import IconMark
from intake_app.ui.widgets.reveal import reveal


class FirstAccessPage(SidePage):
    """Makes the store with its first account.

    Signals: `unlocked(store)`; `broken(damaged)` when the data must be got back, damaged or from a backup.
    """

    unlocked = Signal(object)
    broken = Signal(bool)

    def __init__(self, access: Access, parent: QWidget | None = None) -> None:
        super().__init__(back=False, widest=720, parent=parent)
        self._access = access
        self._underway = False
        self._header.hide()
        self.message = MessageBar()
        self.go = PrimaryButton(text("Begin"), "next", icon_after=True)
        self.go.clicked.connect(self._submit)
        self.back_up = QuietButton(text("Zet een reservekopie terug"), "save")
        self.back_up.clicked.connect(lambda: self.broken.emit(False))
        reveal(self.back_up, access.repairs is not None)
        self.set_footer(start=[self.back_up], end=[self.go])
        self.add_stretch()
        self.add(Card(self._title(), self.message, *self._parts(), gap=3, margin=4))
        self.add_stretch()
        self.busy = BusyOverlay(self)
        self.setAccessibleName(text("Inloggen"))

    def _title(self) -> QWidget:
        title = QWidget()
        told = text("Welkom. U maakt nu uw eigen toegang tot deze laptop. Dat doet u één keer.")
        line = row(gap=3)
        line.addWidget(IconMark("lock", "primary", 56), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column(TextLabel(step_title("access"), "title"), TextLabel(told, "body"), gap=1), 1)
        title.setLayout(line)
        return title

    def _parts(self) -> list[QWidget]:
        self.name = LineEntry(text("Uw naam"))
        self.new = NewPassphrase(text("Wachtzin"), text("Wachtzin, nog een keer"))
        self.new.submitted.connect(self._submit)
        self.passphrase, self.again, self.quality = self.new.first, self.new.second, self.new.quality
        name = Field(text("Uw naam"), self.name, text("Zo staat u op het plan van de deelnemer."))
        self._fields = {"name": name, **self.new.fields}
        lead = MessageBar(
            MessageKind.INFO,
            text("U wordt coördinator en begeleider van deze laptop."),
            text("Daarna geeft u collega's hun eigen toegang. Ieder ziet alleen de eigen deelnemers."),
        )
        keep = MessageBar(
            MessageKind.INFO,
            text("Niemand kan de wachtzin voor u terughalen."),
            text("Straks drukt u een herstelsleutel af. Bewaar uw wachtzin op papier, niet bij de laptop."),
        )
        return [lead, name, self.new, keep]

    def first_focus(self) -> QWidget:
        """The first field: who comes here comes to type."""
        return self.name

    def _submit(self) -> None:
        if self._underway:
            return
        self.message.say(MessageKind.INFO, "")
        name, passphrase = self.name.text(), self.new.text()
        missing = {**wrong_name(name), **self.new.missing()}
        if wrong := complain(self._fields, missing):
            self.scroll.ensureWidgetVisible(wrong)
            return
        self._at_work(True)
        in_background(self, lambda: self._access.make(passphrase, name.strip()), self._made, self._failed)

    def _at_work(self, underway: bool) -> None:
        self._underway = underway
        self.go.setEnabled(not underway)
        if underway:
            self.busy.start(text("De laptop wordt klaargemaakt …"), whole=True)
        else:
            self.busy.stop()

    def _made(self, store: object) -> None:
        self._at_work(False)
        self.new.forget()
        self.unlocked.emit(store)

    def _failed(self, error: IntakeError) -> None:
        self._at_work(False)
        if isinstance(error, StoreDamaged) and self._access.repairs is not None:
            self.broken.emit(True)
            return
        say_error(self.message, error)
        self.passphrase.entry.setFocus(Qt.FocusReason.OtherFocusReason)
        self.passphrase.entry.selectAll()
        self.scroll.verticalScrollBar().setValue(0)
