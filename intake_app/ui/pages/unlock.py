"""The locked door: one field for the passphrase; at the very first start also a name and a role."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from intake_app.errors import IntakeError
from intake_app.i18n.gettext import translator
from intake_app.services.access import ROLES, Access
from intake_app.ui.pages.shared import in_background, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.unlock import ROLE_NAMES, FirstAccount, quality
from intake_app.ui.widgets import (
    Answer,
    AnswerGrid,
    Badge,
    BusyOverlay,
    Card,
    LineEntry,
    MessageBar,
    MessageKind,
    Pair,
    PrimaryButton,
    TextLabel,
    column,
    row,
)
from intake_app.ui.widgets.field import Field, SecretEntry
from intake_app.ui.widgets.icons import IconMark


class UnlockPage(SidePage):
    """Opens the store, or makes it at the first start. Emits `unlocked(store)`; nothing is shown of what is inside."""

    unlocked = Signal(object)

    def __init__(self, access: Access, parent: QWidget | None = None) -> None:
        super().__init__(back=False, widest=720, parent=parent)
        self._access = access
        self._first = access.is_first_start()
        self._underway = False
        self._header.hide()
        self.message = MessageBar()
        self.passphrase = SecretEntry(text("Wachtzin"))
        self.passphrase.submitted.connect(self._submit)
        self.passphrase.changed.connect(self._typed)
        self._fields: dict[str, Field] = {}
        card = Card(self._title(), self.message, gap=3, margin=4)
        for part in self._first_parts() if self._first else self._door_parts():
            card.add(part)
        self.go = PrimaryButton(text("Begin") if self._first else text("Open"), "next", icon_after=True)
        self.go.clicked.connect(self._submit)
        if self._first:
            self.set_footer(end=[self.go])
        else:
            card.add(self.go)
        self.add_stretch()
        self.add(card)
        self.add_stretch()
        self.busy = BusyOverlay(self)
        self.setAccessibleName(text("Inloggen"))

    def _title(self) -> QWidget:
        title = QWidget()
        name = TextLabel(text("Intake en ontwikkelplan"), "display")
        if self._first:
            told = text("Welkom. U maakt nu uw eigen toegang tot deze laptop. Dat doet u één keer.")
        else:
            told = text("De gesprekken op deze laptop zijn op slot. Met uw wachtzin gaan ze open.")
        line = row(gap=3)
        line.addWidget(IconMark("lock", "primary", 56), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column(name, TextLabel(told, "body"), gap=1), 1)
        title.setLayout(line)
        return title

    def _door_parts(self) -> list[QWidget]:
        self._fields["passphrase"] = Field(text("Wachtzin"), self.passphrase)
        return [self._fields["passphrase"]]

    def _first_parts(self) -> list[QWidget]:
        self.name = LineEntry(text("Uw naam"))
        self.role = AnswerGrid([_role(code) for code in ROLES], columns=2, least=280, tile=False, role="strong")
        self.role.setAccessibleName(text("Uw rol"))
        self.again = SecretEntry(text("Wachtzin, nog een keer"))
        self.again.submitted.connect(self._submit)
        self.passphrase.eye.toggled.connect(self.again.show_letters)
        self.quality = Badge("")
        self._strength = QWidget()
        self._strength.setLayout(row(self.quality, None))
        self._strength.hide()
        tip = text("Neem vier losse woorden die u goed onthoudt, bijvoorbeeld uit een lied. Cijfers hoeven niet.")
        self._fields = {
            "name": Field(text("Uw naam"), self.name, text("Zo staat u op het plan van de deelnemer.")),
            "role": Field(text("Uw rol"), self.role),
            "passphrase": Field(text("Wachtzin"), self.passphrase, tip),
            "again": Field(text("Wachtzin, nog een keer"), self.again),
        }
        keep = MessageBar(
            MessageKind.INFO,
            text("Niemand kan de wachtzin voor u terughalen."),
            text("Zonder wachtzin blijven de gesprekken op slot. Bewaar hem op papier, niet bij de laptop."),
        )
        fields = self._fields
        return [fields["name"], fields["role"], fields["passphrase"], self._strength, fields["again"], keep]

    def first_focus(self) -> QWidget:
        """The first field: who comes here comes to type."""
        return self.name if self._first else self.passphrase.entry

    def _typed(self, passphrase: str) -> None:
        self.message.say(MessageKind.INFO, "")
        self._fields["passphrase"].complain("")
        if self._first:
            kind, words = quality(passphrase)
            self.quality.set_badge(words, kind)
            self._strength.setVisible(bool(words))

    def _submit(self) -> None:
        if self._underway:
            return
        self.message.say(MessageKind.INFO, "")
        if self._first:
            self._make()
        elif self.passphrase.text():
            self._open()
        else:
            self._complain({"passphrase": text("Typ eerst uw wachtzin.")})

    def _open(self) -> None:
        passphrase = self.passphrase.text()
        self._start(text("De gesprekken gaan open …"))
        in_background(self, lambda: self._access.unlock(passphrase), self._opened, self._failed)

    def _make(self) -> None:
        chosen = self.role.values()
        account = FirstAccount(self.name.text(), chosen[0] if chosen else "", self.passphrase.text(), self.again.text())
        missing = account.missing()
        self._complain(missing)
        if missing:
            return
        self._start(text("De laptop wordt klaargemaakt …"))

        def make() -> object:
            return self._access.make(account.passphrase, account.name.strip(), account.role)

        in_background(self, make, self._opened, self._failed)

    def _complain(self, missing: dict[str, str]) -> None:
        for name, field in self._fields.items():
            field.complain(missing.get(name, ""))
        for name, field in self._fields.items():
            if name in missing:
                first = field.entry.first_focus() if isinstance(field.entry, AnswerGrid) else field.entry
                (first or field.entry).setFocus(Qt.FocusReason.OtherFocusReason)
                self.scroll.ensureWidgetVisible(field)
                return

    def _start(self, words: str) -> None:
        self._underway = True
        self.go.setEnabled(False)
        self.busy.start(words)

    def _stop(self) -> None:
        self._underway = False
        self.go.setEnabled(True)
        self.busy.stop()

    def _opened(self, store: object) -> None:
        self._stop()
        for entry in (self.passphrase, *([self.again] if self._first else [])):
            entry.set_text("")
            entry.show_letters(False)
        self.unlocked.emit(store)

    def _failed(self, error: IntakeError) -> None:
        self._stop()
        kind = MessageKind.WARNING if error.code == "wrong_passphrase" else MessageKind.ERROR
        say_error(self.message, error, kind)
        self.passphrase.entry.setFocus(Qt.FocusReason.OtherFocusReason)
        self.passphrase.entry.selectAll()
        self.scroll.verticalScrollBar().setValue(0)


def _role(code: str) -> Answer:
    name, what = (translator("nl").text(message) for message in ROLE_NAMES[code])
    return Answer(code, Pair.plain(name), note=Pair.plain(what))
