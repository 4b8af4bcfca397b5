"""The locked door: who are you, and the passphrase."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.services.access import Access, Reentry
from intake_app.ui.widgets.announce import announce
from intake_app.ui.widgets.buttons import PrimaryButton, QuietButton
from intake_app.ui.widgets.card import Card
from intake_app.ui.widgets.field import Field, SecretEntry
from intake_app.ui.widgets.icons import IconMark
from intake_app.ui.widgets.layout import column, row
from intake_app.ui.widgets.reveal import reveal
from intake_app.ui.widgets.scrolled import Column, scrolled
from intake_app.ui.widgets.text import TextLabel
from intake_app.ui.words import text

if TYPE_CHECKING:
    from intake_app.domain.account import Account
    from intake_app.errors import IntakeError
    from intake_app.ui.widgets import AnswerGrid, BusyOverlay, MessageBar, MessageKind

_SECOND_MS = 1000
_STANDS_MS = 300
"""By then the page is painted and has the keyboard."""
_WIDEST = 720


# The window waits for this page alone: what it shows seldom is loaded when it is shown.
class UnlockPage(QWidget):
    """Opens the store. Nothing is shown of what is inside.

    Signals: `unlocked(store)`; `broken(damaged)` when the data must be got back; `lost` when somebody has no passphrase
    any more; `switch` when another person wants in (only with `switchable`, over a store that is open).
    """

    unlocked = Signal(object)
    lost = Signal()
    broken = Signal(bool)
    switch = Signal()

    def __init__(
        self,
        access: Access,
        *,
        locked: bool = False,
        switchable: bool = False,
        told: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`told`: a line below about somebody else who wants in."""
        super().__init__(parent)
        self.setProperty("surface", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._access = access
        self._locked, self._switchable = locked, switchable
        self._underway = False
        self._countdown = QTimer(self, interval=_SECOND_MS)
        self._countdown.timeout.connect(self._count_down)
        self._card = Card(gap=3, margin=4)
        # Whatever comes under another parent is styled and measured anew, with all that stands in it: from outside in.
        self._place()
        for part in (self._title(), *self._parts()):
            self._card.add(part)
        self.go = PrimaryButton(text("Open"), "next", icon_after=True, parent=self._card)
        self.go.clicked.connect(self._submit)
        self._card.add(self.go)
        self._card.add(self._beside())
        if told:
            self._card.add(TextLabel(told, "small", tone="soft"))
        self.setAccessibleName(text("Inloggen"))
        self._count_down()

    def _place(self) -> None:
        middle = Column(_WIDEST)
        middle.content.addStretch(1)
        middle.content.addWidget(self._card)
        middle.content.addStretch(1)
        self.scroll = scrolled(middle)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.scroll)

    @cached_property
    def message(self) -> MessageBar:
        """What went wrong, above the fields."""
        from intake_app.ui.widgets.message_bar import MessageBar

        bar = MessageBar()
        self._card.body.insertWidget(1, bar)
        return bar

    @cached_property
    def busy(self) -> BusyOverlay:
        """The veil while the store opens."""
        from intake_app.ui.widgets.busy_overlay import BusyOverlay

        return BusyOverlay(self)

    def _beside(self) -> QWidget:
        """What else one can want at the door."""
        beside = QWidget(self._card)
        self.help = QuietButton(text("Wachtzin kwijt?"), "question", parent=beside)
        self.help.clicked.connect(self.lost)
        reveal(self.help, not self._locked)
        self.other: QuietButton | None = None
        beside.setLayout(row(self.help, None))
        if self._switchable:
            self.other = QuietButton(text("Iemand anders gaat werken"), "people")
            self.other.clicked.connect(self.switch)
            beside.layout().insertWidget(1, self.other)
        return beside

    def _title(self) -> QWidget:
        title = QWidget(self._card)
        name = TextLabel(text("Intake en ontwikkelplan"), "display", parent=title)
        told = TextLabel(self._told_locked(), "body", parent=title)
        line = row(gap=3)
        line.addWidget(IconMark("lock", "primary", 56, title), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column(name, told, gap=1), 1)
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

    def _parts(self) -> list[Field]:
        self.passphrase = SecretEntry(text("Wachtzin"))
        self.passphrase.submitted.connect(self._submit)
        self.passphrase.changed.connect(self._typed)
        people = self._access.accounts()
        self.who: AnswerGrid | None = None
        self._fields: dict[str, Field] = {}
        if len(people) > 1:
            self.who = _names(people)
            self.who.changed.connect(lambda _chosen: self.passphrase.setFocus())
            self._fields["who"] = Field(text("Wie bent u?"), self.who, parent=self._card)
        self._fields["passphrase"] = Field(text("Wachtzin"), self.passphrase, parent=self._card)
        return list(self._fields.values())

    def first_focus(self) -> QWidget:
        """The first field: who comes here comes to type."""
        if self.who is not None and not self.who.values():
            return self.who.first_focus() or self.passphrase.entry
        return self.passphrase.entry

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, lambda: self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason))
        QTimer.singleShot(_STANDS_MS, self, lambda: announce(self, self.accessibleName()))

    def tell(self, kind: MessageKind, what: str, then: str = "") -> None:
        """A word from outside, above the fields."""
        self.message.say(kind, what, then)

    def _hush(self) -> None:
        """Take away what was said."""
        if "message" in self.__dict__:
            from intake_app.ui.widgets.message_bar import MessageKind

            self.message.say(MessageKind.INFO, "")

    def _typed(self, _passphrase: str) -> None:
        if not self._countdown.isActive():
            self._hush()
        self._fields["passphrase"].complain("")

    def _submit(self) -> None:
        if self._underway or self._countdown.isActive():
            return
        self._hush()
        missing = self._missing()
        if not missing:
            self._open()
            return
        from intake_app.ui.pages.new_passphrase import complain

        complain(self._fields, missing)

    def _missing(self) -> dict[str, str]:
        found = {}
        if self.who is not None and not self.who.values():
            found["who"] = text("Kies eerst uw naam.")
        if not self.passphrase.text():
            found["passphrase"] = text("Typ eerst uw wachtzin.")
        return found

    def _open(self) -> None:
        from intake_app.domain.ids import AccountId
        from intake_app.ui.pages.shared import in_background

        passphrase = self.passphrase.text()
        account = AccountId(self.who.values()[0]) if self.who is not None else None
        self._underway = True
        self.go.setEnabled(False)
        self.busy.start(text("De gesprekken gaan open …"), whole=True)
        in_background(self, lambda: self._access.unlock(passphrase, account), self._opened, self._failed)

    def _stop(self) -> None:
        self._underway = False
        self.go.setEnabled(True)
        self.busy.stop()

    def _opened(self, store: object) -> None:
        self._stop()
        self.passphrase.set_text("")
        self.passphrase.show_letters(False)
        self.unlocked.emit(store)

    def _failed(self, error: IntakeError) -> None:
        from intake_app.errors import StoreDamaged
        from intake_app.ui.pages.shared import say_error
        from intake_app.ui.widgets.message_bar import MessageKind

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
        left = self._access.wait()
        if left:
            self._tell_wait(left)
            self._countdown.start()
        elif self._countdown.isActive():
            self._countdown.stop()
            self._hush()
        self.go.setEnabled(not left and not self._underway)

    def _tell_wait(self, left: int) -> None:
        from intake_app.ui.presenters.unlock import waiting_time
        from intake_app.ui.widgets.message_bar import MessageKind

        self.message.say(
            MessageKind.WARNING,
            text("De wachtzin was een paar keer fout. Even wachten: {time}.", time=waiting_time(left)),
            text("Kijk intussen op uw papier. Weet u het niet meer? Vraag de coördinator om een nieuwe toegang."),
        )


def _names(people: tuple[Account, ...]) -> AnswerGrid:
    from intake_app.ui.presenters.unlock import role_names
    from intake_app.ui.widgets.answer_grid import Answer, AnswerGrid
    from intake_app.ui.widgets.pair import Pair

    names = [Answer(each.account_id, Pair.plain(each.name), note=Pair.plain(role_names(each.roles))) for each in people]
    made = AnswerGrid(names, columns=2, least=260, tile=False, role="strong")
    made.setAccessibleName(text("Wie bent u?"))
    return made
