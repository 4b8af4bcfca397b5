"""The forms beside the accounts: a colleague, a new passphrase, a new access, an end, a hand-over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake_app.domain.draft import Account, StaffMember
from intake_app.domain.ids import AccountId
from intake_app.errors import IntakeError
from intake_app.services.accounts import Accounts
from intake_app.ui.pages.new_passphrase import HalvesEntry, NewPassphrase, complain
from intake_app.ui.pages.shared import in_background, plural, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.unlock import ROLE_NAMES, role_names
from intake_app.ui.widgets import (
    Answer,
    AnswerGrid,
    BusyOverlay,
    Card,
    LineEntry,
    MessageBar,
    MessageKind,
    Pair,
    PrimaryButton,
)
from intake_app.ui.widgets.field import Field, SecretEntry

_TALKS = ("volunteer", "counsellor", "specialist")


class FormPage(SidePage):
    """A card with fields and one button. `done(told)` when it did its work; what is wrong stands under its field.

    Each form has `work()`, which gives what to do in the background with what was typed, and `said(outcome)`, which
    tells in words what was done.
    """

    done = Signal(str)
    back_requested = Signal()

    def __init__(self, title: str, button: str, icon: str = "check", parent: QWidget | None = None) -> None:
        super().__init__(title, widest=860, parent=parent)
        self._underway = False
        self.fields: dict[str, Field] = {}
        self.back.connect(self.back_requested)
        self.message = MessageBar()
        self.card = Card(gap=3)
        self.add(self.message)
        self.add(self.card)
        self.add_stretch()
        self.go = PrimaryButton(button, icon)
        self.go.clicked.connect(self.submit)
        self.set_footer(end=[self.go])
        self.busy = BusyOverlay(self)

    def submit(self) -> None:
        """Look at what was typed, and do it when nothing is missing."""
        if self._underway:
            return
        self.message.say(MessageKind.INFO, "")
        if wrong := complain(self.fields, self.missing()):
            self.scroll.ensureWidgetVisible(wrong)
            return
        self._underway = True
        self.busy.start(text("Even geduld …"), whole=True)
        in_background(self, self.work(), self._worked, self._failed)

    def missing(self) -> Mapping[str, str]:
        """Per field what is wrong with it."""
        return {}

    def _worked(self, outcome: Any) -> None:
        self._stop()
        self.done.emit(self.said(outcome))

    def _failed(self, error: IntakeError) -> None:
        self._stop()
        say_error(self.message, error, MessageKind.WARNING)
        self.scroll.verticalScrollBar().setValue(0)

    def _stop(self) -> None:
        self._underway = False
        self.busy.stop()

    def _about(self, what: str, then: str = "", kind: MessageKind = MessageKind.INFO) -> None:
        self.card.add(MessageBar(kind, what, then))

    def _new_passphrase(self, name: str, again: str) -> NewPassphrase:
        new = NewPassphrase(name, again)
        new.submitted.connect(self.submit)
        self.card.add(new)
        self.fields |= new.fields
        return new


class AddPage(FormPage):
    """Lets a colleague in with a first passphrase."""

    def __init__(self, accounts: Accounts, parent: QWidget | None = None) -> None:
        super().__init__(text("Collega toevoegen"), text("Voeg toe"), "plus", parent)
        self._accounts = accounts
        self.name = LineEntry(text("Naam van uw collega"))
        self.role = AnswerGrid([_role(code) for code in _TALKS], columns=3, least=220, tile=False, role="strong")
        self.role.setAccessibleName(text("Rol in gesprekken"))
        self.lead = AnswerGrid([_role("site_lead")], many=True, columns=1, tile=False, role="strong")
        self.lead.setAccessibleName(text("Ook coördinator?"))
        self.fields = {
            "name": Field(text("Naam van uw collega"), self.name, text("Zo staat de naam op het plan.")),
            "role": Field(
                text("Rol in gesprekken"),
                self.role,
                text("Een coördinator die geen gesprekken voert, krijgt hier geen rol."),
            ),
            "lead": Field(text("Ook coördinator?"), self.lead),
        }
        for field in self.fields.values():
            self.card.add(field)
        self._about(
            text("Laat uw collega de wachtzin zelf kiezen en typen."),
            text("Kies geen rol voor wie over een uitkering, sanctie of fraude beslist: die krijgt geen account."),
        )
        self.new = self._new_passphrase(text("Wachtzin van uw collega"), text("Wachtzin, nog een keer"))

    def missing(self) -> Mapping[str, str]:
        found = {}
        if not self.name.text().strip():
            found["name"] = text("Vul de naam van uw collega in.")
        if not self._roles():
            found["role"] = text("Kies een rol.")
        return found | self.new.missing()

    def work(self) -> Callable[[], Account]:
        name, roles, passphrase = self.name.text(), self._roles(), self.new.text()
        return lambda: self._accounts.add(passphrase, name, roles)

    def said(self, outcome: Account) -> str:
        self.new.forget()
        return text("{name} kan nu inloggen op deze laptop.", name=outcome.name)

    def _roles(self) -> tuple[str, ...]:
        return (*self.role.values(), *self.lead.values())


class ChangePassphrasePage(FormPage):
    """The own passphrase: the old one, and a new one twice."""

    def __init__(self, accounts: Accounts, parent: QWidget | None = None) -> None:
        super().__init__(text("Wachtzin veranderen"), text("Verander"), "check", parent)
        self._accounts = accounts
        self.old = SecretEntry(text("Uw wachtzin van nu"))
        field = Field(text("Uw wachtzin van nu"), self.old)
        self.card.add(field)
        self.fields = {"old": field}
        self.new = self._new_passphrase(text("Nieuwe wachtzin"), text("Nieuwe wachtzin, nog een keer"))

    def missing(self) -> Mapping[str, str]:
        found = {} if self.old.text() else {"old": text("Typ eerst uw wachtzin van nu.")}
        return found | self.new.missing()

    def work(self) -> Callable[[], None]:
        old, new = self.old.text(), self.new.text()
        return lambda: self._accounts.change_passphrase(old, new)

    def said(self, outcome: None) -> str:
        self.old.set_text("")
        self.new.forget()
        return text("Uw wachtzin is veranderd. De oude opent niets meer.")


class ResetPage(FormPage):
    """A new access for a colleague who lost the passphrase, with or without the recovery key."""

    def __init__(self, accounts: Accounts, member: StaffMember, parent: QWidget | None = None) -> None:
        name = member.account.name
        super().__init__(text("Nieuwe toegang voor {name}", name=name), text("Geef nieuwe toegang"), "lock", parent)
        self._accounts, self._member = accounts, member
        self.new = self._new_passphrase(text("Nieuwe wachtzin van uw collega"), text("Nieuwe wachtzin, nog een keer"))
        self.halves = HalvesEntry()
        if member.people:
            self._about(
                plural(
                    "Uw collega heeft {count} deelnemer. Die kunt u niet openen, en dat hoort zo.",
                    "Uw collega heeft {count} deelnemers. Die kunt u niet openen, en dat hoort zo.",
                    member.people,
                ),
                text(
                    "Met de twee helften van de herstelsleutel komen ze mee. Zonder blijven ze op slot, tot de oude "
                    "wachtzin of de herstelsleutel er is. Uw collega kan intussen wel werken."
                ),
                MessageKind.WARNING,
            )
            self.card.add(self.halves)
            self.fields |= self.halves.fields

    def missing(self) -> Mapping[str, str]:
        return self.new.missing()

    def work(self) -> Callable[[], bool]:
        who, passphrase, halves = self._member.account.account_id, self.new.text(), self.halves.halves()
        return lambda: self._accounts.reset(who, passphrase, halves)

    def said(self, outcome: bool) -> str:
        self.new.forget()
        self.halves.forget()
        name = self._member.account.name
        if outcome:
            return text("{name} kan inloggen met de nieuwe wachtzin.", name=name)
        return text("{name} kan inloggen, met een lege lijst. De deelnemers van eerder blijven op slot.", name=name)


class BringBackPage(FormPage):
    """The people that a reset has sealed: one's own by the old passphrase, a colleague's by the recovery key."""

    def __init__(self, accounts: Accounts, member: StaffMember | None = None, parent: QWidget | None = None) -> None:
        super().__init__(text("Deelnemers terughalen"), text("Haal terug"), "lock", parent)
        self._accounts, self._member = accounts, member
        self.old, self.halves = SecretEntry(text("Uw oude wachtzin")), HalvesEntry()
        self.old.submitted.connect(self.submit)
        if member is None:
            self.fields = {"old": Field(text("Uw oude wachtzin"), self.old)}
            self.card.add(self.fields["old"])
        else:
            self._about(
                text("De deelnemers van {name} zijn op slot.", name=member.account.name),
                text("Met de twee helften van de herstelsleutel gaan ze terug naar {name}.", name=member.account.name),
            )
            self.fields = dict(self.halves.fields)
            self.card.add(self.halves)

    def missing(self) -> Mapping[str, str]:
        if self._member is None:
            return {} if self.old.text() else {"old": text("Typ uw oude wachtzin.")}
        return {} if self.halves.halves() else {"a": text("Typ de acht groepjes van helft A.")}

    def work(self) -> Callable[[], int]:
        old, halves, member = self.old.text(), self.halves.halves(), self._member
        if member is None:
            return lambda: self._accounts.bring_back_own(old)
        return lambda: self._accounts.bring_back(member.account.account_id, halves)

    def said(self, outcome: int) -> str:
        self.old.set_text("")
        self.halves.forget()
        return plural("{count} deelnemer is terug.", "{count} deelnemers zijn terug.", outcome)


class EndPage(FormPage):
    """Ends an account; who takes over its people is chosen first."""

    def __init__(self, accounts: Accounts, member: StaffMember, parent: QWidget | None = None) -> None:
        name = member.account.name
        super().__init__(
            text("Account van {name} beëindigen", name=name), text("Beëindig dit account"), "cross", parent
        )
        self._accounts, self._member = accounts, member
        heirs = [each.account for each in accounts.members() if each.account.account_id != member.account.account_id]
        self.heir = _people_grid([each for each in heirs if set(each.roles) & {"counsellor", "specialist"}])
        self.halves = HalvesEntry()
        self._about(
            text("{name} kan daarna niet meer inloggen.", name=name),
            text("De deelnemers gaan naar een begeleider die u kiest."),
            MessageKind.WARNING,
        )
        self.fields = {"heir": Field(text("Wie neemt de deelnemers over?"), self.heir)}
        self.card.add(self.fields["heir"])
        if member.people or member.sealed_people:
            self._about(
                text("Deze deelnemers zijn op slot voor u."),
                text(
                    "Het beste is: {name} logt zelf nog één keer in en kiest “Deelnemers overdragen”. Kan dat niet "
                    "meer? Typ dan de twee helften van de herstelsleutel.",
                    name=name,
                ),
            )
            self.card.add(self.halves)
            self.fields |= self.halves.fields

    def missing(self) -> Mapping[str, str]:
        return {} if self.heir.values() else {"heir": text("Kies een begeleider.")}

    def work(self) -> Callable[[], int]:
        who, heir, halves = self._member.account.account_id, AccountId(self.heir.values()[0]), self.halves.halves()
        return lambda: self._accounts.end(who, heir, halves)

    def said(self, outcome: int) -> str:
        self.halves.forget()
        ended = text("Het account van {name} is beëindigd.", name=self._member.account.name)
        moved = plural("{count} deelnemer is overgedragen.", "{count} deelnemers zijn overgedragen.", outcome)
        return f"{ended} {moved}" if outcome else ended


class HandOverPage(FormPage):
    """Gives the whole own caseload to a colleague."""

    def __init__(self, accounts: Accounts, parent: QWidget | None = None) -> None:
        super().__init__(text("Deelnemers overdragen"), text("Draag alle deelnemers over"), "people", parent)
        self._accounts = accounts
        colleagues = accounts.successors()
        self.heir = _people_grid(colleagues)
        self.go.setEnabled(bool(colleagues))
        if colleagues:
            self._about(
                text("Al uw deelnemers gaan naar uw collega, met hun gesprekken en plannen."),
                text("Daarna ziet u ze zelf niet meer."),
                MessageKind.WARNING,
            )
            self.fields = {"heir": Field(text("Naar wie?"), self.heir)}
            self.card.add(self.fields["heir"])
        else:
            self._about(
                text("Er is nog geen begeleider om aan over te dragen."),
                text("Vraag de coördinator om een collega toe te voegen."),
            )

    def missing(self) -> Mapping[str, str]:
        return {} if self.heir.values() else {"heir": text("Kies een collega.")}

    def work(self) -> Callable[[], int]:
        heir = AccountId(self.heir.values()[0])
        return lambda: self._accounts.hand_over_all(heir)

    def said(self, outcome: int) -> str:
        return plural("{count} deelnemer is overgedragen.", "{count} deelnemers zijn overgedragen.", outcome)


def _role(code: str) -> Answer:
    name, what = ROLE_NAMES[code]
    return Answer(code, Pair.plain(text(name)), note=Pair.plain(text(what)))


def _people_grid(people: list[Account] | tuple[Account, ...]) -> AnswerGrid:
    names = [Answer(each.account_id, Pair.plain(each.name), note=Pair.plain(role_names(each.roles))) for each in people]
    return AnswerGrid(names, columns=2, least=260, tile=False, role="strong")
