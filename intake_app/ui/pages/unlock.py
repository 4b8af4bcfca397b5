"""The locked door: who are you, and the passphrase; at the very first start a name and a new passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from intake_app.domain.ids import AccountId
from intake_app.errors import IntakeError, StoreDamaged
from intake_app.services.access import Access, Reentry
from intake_app.ui.pages.shared import in_background, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.first_start import step_title
from intake_app.ui.presenters.unlock import role_names, waiting_time, wrong_name
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
from intake_app.ui.widgets.field import Field, SecretEntry
from intake_app.ui.widgets.icons import IconMark
from intake_app.ui.widgets.reveal import reveal

if TYPE_CHECKING:
    from intake_app.domain.account import Account
    from intake_app.ui.widgets import AnswerGrid

_SECOND_MS = 1000


class UnlockPage(SidePage):
    """Opens the store, or makes it at the first start. Nothing is shown of what is inside.

    Signals: `unlocked(store)`; `broken(damaged)` when the data must be got back, damaged or from a backup; `lost`
    when somebody has no passphrase any more; `switch` when another person wants in (only with `switchable`, over a
    store that is open).
    """

    unlocked = Signal(object)
    lost = Signal()
    broken = Signal(bool)
    switch = Signal()

    def __init__(
        self, access: Access, *, locked: bool = False, switchable: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(back=False, widest=720, parent=parent)
        self._access = access
        self._first = access.is_first_start()
        self._locked, self._switchable = locked, switchable
        self._underway = False
        self._header.hide()
        self.message = MessageBar()
        self._fields: dict[str, Field] = {}
        self._countdown = QTimer(self, interval=_SECOND_MS)
        self._countdown.timeout.connect(self._count_down)
        card = Card(self._title(), self.message, gap=3, margin=4)
        for part in self._first_parts() if self._first else self._door_parts():
            card.add(part)
        self.go = PrimaryButton(text("Begin") if self._first else text("Open"), "next", icon_after=True)
        self.go.clicked.connect(self._submit)
        self._place(card)
        self.busy = BusyOverlay(self)
        self.setAccessibleName(text("Inloggen"))
        self._count_down()

    def _place(self, card: Card) -> None:
        if self._first:
            self.back_up = QuietButton(text("Zet een reservekopie terug"), "save")
            self.back_up.clicked.connect(lambda: self.broken.emit(False))
            reveal(self.back_up, self._access.repairs is not None)
            self.set_footer(start=[self.back_up], end=[self.go])
        else:
            card.add(self.go)
            card.add(self._beside())
        self.add_stretch()
        self.add(card)
        self.add_stretch()

    def _beside(self) -> QWidget:
        """What else one can want at the door."""
        self.help = QuietButton(text("Wachtzin kwijt?"), "question")
        self.help.clicked.connect(self.lost)
        reveal(self.help, not self._locked)
        self.other = QuietButton(text("Iemand anders gaat werken"), "people")
        self.other.clicked.connect(self.switch)
        reveal(self.other, self._switchable)
        beside = QWidget()
        beside.setLayout(row(self.help, self.other, None))
        return beside

    def _title(self) -> QWidget:
        title = QWidget()
        name = TextLabel(text("Intake en ontwikkelplan"), "display")
        if self._first:
            told = text("Welkom. U maakt nu uw eigen toegang tot deze laptop. Dat doet u één keer.")
        else:
            told = self._told_locked()
        if self._first:
            name = TextLabel(step_title("access"), "title")
        line = row(gap=3)
        line.addWidget(IconMark("lock", "primary", 56), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column(name, TextLabel(told, "body"), gap=1), 1)
        title.setLayout(line)
        return title

    def _told_locked(self) -> str:
        """Over a store that is open, whose passphrase is asked; a colleague's does not help there."""
        if isinstance(self._access, Reentry):
            # Translators: {name} is the name of the colleague who locked the screen.
            return text(
                "Het scherm is op slot. {name}, met uw wachtzin gaat u verder.", name=self._access.store.account.name
            )
        return text("De gesprekken op deze laptop zijn op slot. Met uw wachtzin gaan ze open.")

    def _door_parts(self) -> list[QWidget]:
        self.passphrase = SecretEntry(text("Wachtzin"))
        self.passphrase.submitted.connect(self._submit)
        self.passphrase.changed.connect(self._typed)
        self._fields["passphrase"] = Field(text("Wachtzin"), self.passphrase)
        people = self._access.accounts()
        self.who: AnswerGrid | None = None
        if len(people) < 2:
            return [self._fields["passphrase"]]
        self.who = _names(people)
        self.who.changed.connect(lambda _chosen: self.passphrase.setFocus())
        self._fields = {"who": Field(text("Wie bent u?"), self.who), **self._fields}
        return list(self._fields.values())

    def _first_parts(self) -> list[QWidget]:
        self.name = LineEntry(text("Uw naam"))
        from intake_app.ui.pages.new_passphrase import NewPassphrase

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
        if self._first:
            return self.name
        if self.who is not None and not self.who.values():
            return self.who.first_focus() or self.passphrase.entry
        return self.passphrase.entry

    def tell(self, kind: MessageKind, what: str, then: str = "") -> None:
        """A word from outside, above the fields."""
        self.message.say(kind, what, then)

    def _typed(self, _passphrase: str) -> None:
        if not self._countdown.isActive():
            self.message.say(MessageKind.INFO, "")
        self._fields["passphrase"].complain("")

    def _submit(self) -> None:
        if self._underway or self._countdown.isActive():
            return
        self.message.say(MessageKind.INFO, "")
        if self._first:
            self._make()
        elif missing := self._missing():
            _complain(self._fields, missing)
        else:
            self._open()

    def _missing(self) -> dict[str, str]:
        found = {}
        if self.who is not None and not self.who.values():
            found["who"] = text("Kies eerst uw naam.")
        if not self.passphrase.text():
            found["passphrase"] = text("Typ eerst uw wachtzin.")
        return found

    def _open(self) -> None:
        passphrase = self.passphrase.text()
        account = AccountId(self.who.values()[0]) if self.who is not None else None
        self._start(text("De gesprekken gaan open …"))
        in_background(self, lambda: self._access.unlock(passphrase, account), self._opened, self._failed)

    def _make(self) -> None:
        name, passphrase = self.name.text(), self.new.text()
        missing = {**wrong_name(name), **self.new.missing()}
        if wrong := _complain(self._fields, missing):
            self.scroll.ensureWidgetVisible(wrong)
            return
        self._start(text("De laptop wordt klaargemaakt …"))
        in_background(self, lambda: self._access.make(passphrase, name.strip()), self._opened, self._failed)

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
        if self._first:
            self.new.forget()
        else:
            self.passphrase.set_text("")
            self.passphrase.show_letters(False)
        self.unlocked.emit(store)

    def _failed(self, error: IntakeError) -> None:
        self._stop()
        if isinstance(error, StoreDamaged) and self._access.repairs is not None:
            self.broken.emit(True)
            return
        kind = MessageKind.WARNING if error.code == "wrong_passphrase" else MessageKind.ERROR
        say_error(self.message, error, kind)
        self.passphrase.entry.setFocus(Qt.FocusReason.OtherFocusReason)
        self.passphrase.entry.selectAll()
        self.scroll.verticalScrollBar().setValue(0)
        self._count_down()

    def _count_down(self) -> None:
        """After a few wrong passphrases the next one must wait; the page counts along."""
        left = 0 if self._first else self._access.wait()
        if left:
            self.message.say(
                MessageKind.WARNING,
                text("De wachtzin was een paar keer fout. Even wachten: {time}.", time=waiting_time(left)),
                text("Kijk intussen op uw papier. Weet u het niet meer? Vraag de coördinator om een nieuwe toegang."),
            )
            self._countdown.start()
        elif self._countdown.isActive():
            self._countdown.stop()
            self.message.say(MessageKind.INFO, "")
        self.go.setEnabled(not left and not self._underway)


def _names(people: tuple[Account, ...]) -> AnswerGrid:
    from intake_app.ui.widgets import Answer, AnswerGrid, Pair

    names = [Answer(each.account_id, Pair.plain(each.name), note=Pair.plain(role_names(each.roles))) for each in people]
    made = AnswerGrid(names, columns=2, least=260, tile=False, role="strong")
    made.setAccessibleName(text("Wie bent u?"))
    return made


def _complain(fields: dict[str, Field], wrong: dict[str, str]) -> QWidget | None:
    from intake_app.ui.pages.new_passphrase import complain

    return complain(fields, wrong)
