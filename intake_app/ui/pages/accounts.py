"""Colleagues and access: the own passphrase for everybody; for the site lead who works here, and the recovery key."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake_app.domain.draft import StaffMember
from intake_app.errors import IntakeError
from intake_app.i18n.formats import format_moment
from intake_app.services.accounts import Accounts
from intake_app.services.policy import Action, may
from intake_app.ui.pages.shared import heading, plural, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.unlock import role_names
from intake_app.ui.widgets import (
    Badge,
    Card,
    Divider,
    MessageBar,
    MessageKind,
    SecondaryButton,
    TextLabel,
    clear,
    column,
    row,
)
from intake_app.ui.widgets.icons import IconMark
from intake_app.ui.widgets.reveal import reveal

_SHOWN = 5
"""So many makings and uses of the recovery key are shown."""


class AccountsPage(SidePage):
    """Who works on this laptop. Signals ask for the forms beside it; `told` from a form stands above."""

    back_requested = Signal()
    passphrase_requested = Signal()
    hand_over_requested = Signal()
    old_passphrase_requested = Signal()
    add_requested = Signal()
    bring_back_requested = Signal(object)
    reset_requested = Signal(object)
    end_requested = Signal(object)
    recovery_requested = Signal()

    def __init__(self, accounts: Accounts, told: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text("Collega's en toegang"), widest=960, parent=parent)
        self._accounts = accounts
        self._me = accounts.store.account
        self.back.connect(self.back_requested)
        self.message = MessageBar()
        self.message.say(MessageKind.GOOD, told)
        self.add(self.message)
        self.add(self._own_card())
        self._people = column(gap=1.5)
        self._key = column(gap=1.5)
        self.buttons: dict[str, SecondaryButton] = {}
        if may(self._me, Action.ACCOUNTS):
            self.add(self._people_card())
        if may(self._me, Action.RECOVERY_KEY):
            self.add(self._key_card())
        self.add_stretch()
        self.refresh()

    def refresh(self) -> None:
        """Read again who works here and what happened to the recovery key."""
        try:
            if may(self._me, Action.ACCOUNTS):
                self._show_people(self._accounts.members())
            if may(self._me, Action.RECOVERY_KEY):
                self._show_key()
            reveal(self._sealed, self._accounts.sealed_people() > 0)
        except IntakeError as error:
            say_error(self.message, error)
        self.chain()

    def _own_card(self) -> Card:
        self.change = _button(text("Wachtzin veranderen"), "lock", self.passphrase_requested)
        self.hand_over = _button(text("Deelnemers overdragen"), "people", self.hand_over_requested)
        reveal(self.hand_over, may(self._me, Action.TALK))
        bring = _button(text("Oude wachtzin typen"), "lock", self.old_passphrase_requested)
        self._sealed = MessageBar(
            MessageKind.WARNING,
            text("Een deel van uw deelnemers is op slot."),
            text("Uw toegang is vernieuwd zonder herstelsleutel. Weet u uw oude wachtzin nog? Dan komen ze terug."),
            action=bring,
        )
        return Card(
            heading(text("Uw eigen toegang"), "person"),
            TextLabel(f"{self._me.name} · {role_names(self._me.roles)}", "strong"),
            self._sealed,
            row(self.change, self.hand_over, None),
        )

    def _people_card(self) -> Card:
        self.add_colleague = _button(text("Collega toevoegen"), "plus", self.add_requested)
        about = text("U ziet hier aantallen, nooit wat deelnemers vertelden. Dat ziet alleen hun eigen begeleider.")
        return Card(
            heading(text("Wie werkt met deze laptop?"), "people"),
            TextLabel(about, "small"),
            self._people,
            row(self.add_colleague, None),
        )

    def _key_card(self) -> Card:
        self.recovery = _button(text("Nieuwe herstelsleutel maken"), "lock", self.recovery_requested)
        return Card(heading(text("Herstelsleutel"), "lock"), self._key, row(self.recovery, None))

    def _show_people(self, members: tuple[StaffMember, ...]) -> None:
        clear(self._people)
        self.buttons.clear()
        for place, member in enumerate(members):
            if place:
                self._people.addWidget(Divider())
            self._people.addWidget(self._line(member))

    def _line(self, member: StaffMember) -> QWidget:
        account = member.account
        name = row(TextLabel(account.name, "strong", wrap=False), gap=1.5)
        if account == self._me:
            name.addWidget(Badge(text("dat bent u"), "info"))
        name.addStretch(1)
        details = [role_names(account.roles), plural("{count} deelnemer", "{count} deelnemers", member.people)]
        if member.sealed_people:
            details.append(plural("{count} op slot", "{count} op slot", member.sealed_people))
        if not member.recoverable:
            details.append(text("nog niet in de herstelsleutel"))
        line = QWidget()
        whole = row(IconMark("person", "primary", 32), gap=2)
        whole.addLayout(column(name, TextLabel(" · ".join(details), "small"), gap=0.25), 1)
        if account != self._me:
            back = ("back", text("Terughalen"), "people", self.bring_back_requested)
            for code, words, icon, signal in (
                *([back] * bool(member.sealed_people)),
                ("reset", text("Nieuwe toegang"), "lock", self.reset_requested),
                ("end", text("Beëindigen"), "cross", self.end_requested),
            ):
                button = SecondaryButton(words, icon)
                button.setAccessibleName(f"{words}: {account.name}")
                button.clicked.connect(lambda _checked=False, which=signal: which.emit(member))
                self.buttons[f"{code} {account.name}"] = button
                whole.addWidget(button)
        line.setLayout(whole)
        return line

    def _show_key(self) -> None:
        clear(self._key)
        there = self._accounts.has_recovery_key()
        if there:
            told = text("Er is een herstelsleutel: twee helften op papier, op twee plekken.")
            self._key.addWidget(TextLabel(told, "body"))
        else:
            self._key.addWidget(
                MessageBar(
                    MessageKind.WARNING,
                    text("Er is nog geen herstelsleutel."),
                    text("Raakt uw wachtzin kwijt, dan kan niemand de gesprekken nog openen. Maak er vandaag een."),
                )
            )
        history = self._accounts.recovery_history()
        if history and history[0].used:
            self._key.addWidget(
                MessageBar(
                    MessageKind.WARNING,
                    text("De herstelsleutel is gebruikt op {moment}.", moment=format_moment(history[0].at, "nl")),
                    text("Wie de helften zag, kan ze nog eens gebruiken. Maak een nieuwe herstelsleutel."),
                )
            )
        for each in history[:_SHOWN]:
            told = text("Gebruikt op {moment}") if each.used else text("Gemaakt op {moment}")
            self._key.addWidget(TextLabel(told.format(moment=format_moment(each.at, "nl")), "small"))


def _button(words: str, icon: str, signal: Signal) -> SecondaryButton:
    button = SecondaryButton(words, icon)
    button.clicked.connect(lambda _checked=False: signal.emit())
    return button
