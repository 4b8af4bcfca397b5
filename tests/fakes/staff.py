"""The people of a store in memory: passphrases in the clear, caseloads not kept apart."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from intake_app.domain.draft import SITE_LEAD, Account, RecoveryHalves, StaffMember
from intake_app.domain.ids import AccountId, ParticipantId
from intake_app.errors import (
    LastSiteLead,
    NameTaken,
    PassphraseTaken,
    RecordMissing,
    RecoveryMistyped,
    RecoveryWrong,
    WrongPassphrase,
)


@dataclass
class Roll:
    """Accounts with their passphrases, and the recovery key; it outlives the opening of a store."""

    people: dict[AccountId, tuple[Account, str]]
    recovery: RecoveryHalves | None = None

    @property
    def recovery_id(self) -> str:
        return self.recovery.a[:4] if self.recovery else ""

    def accounts(self) -> tuple[Account, ...]:
        return tuple(account for account, _ in self.people.values())

    def whose(self, passphrase: str, account_id: AccountId | None = None) -> Account:
        for account, known in self.people.values():
            if known == passphrase and account_id in (None, account.account_id):
                return account
        raise WrongPassphrase

    def set_passphrase(self, account_id: AccountId, passphrase: str) -> None:
        if account_id not in self.people:
            raise RecordMissing(kind="account", id=account_id)
        if any(known == passphrase for _, known in self.people.values()):
            raise PassphraseTaken
        self.people[account_id] = (self.people[account_id][0], passphrase)

    def refuse_foreign(self, halves: RecoveryHalves) -> None:
        for name, half in (("a", halves.a), ("b", halves.b)):
            if len(half) != 8:
                raise RecoveryMistyped(half=name)
        if halves != self.recovery:
            raise RecoveryWrong


@dataclass
class InMemoryStaff:
    roll: Roll
    account: Account

    def members(self) -> tuple[StaffMember, ...]:
        return tuple(StaffMember(account, 0) for account in self.roll.accounts())

    def add(self, passphrase: str, name: str, roles: tuple[str, ...]) -> Account:
        if any(account.name.casefold() == name.casefold() for account in self.roll.accounts()):
            raise NameTaken(name=name)
        account = Account(AccountId(f"account-{len(self.roll.people) + 1}"), name, roles)
        self.roll.people[account.account_id] = (account, "")
        try:
            self.roll.set_passphrase(account.account_id, passphrase)
        except PassphraseTaken:
            del self.roll.people[account.account_id]
            raise
        return account

    def change_passphrase(self, old: str, new: str) -> None:
        self.roll.whose(old, self.account.account_id)
        self.roll.set_passphrase(self.account.account_id, new)

    def reset(self, account_id: AccountId, passphrase: str, halves: RecoveryHalves | None = None) -> bool:
        if halves is not None:
            self.roll.refuse_foreign(halves)
        self.roll.set_passphrase(account_id, passphrase)
        return True

    def bring_back(self, account_id: AccountId, key: RecoveryHalves | str) -> int:
        raise RecordMissing(kind="sealed_caseload", id=account_id)

    def end(self, account_id: AccountId, successor: AccountId, halves: RecoveryHalves | None = None) -> int:
        for wanted in (account_id, successor):
            if wanted not in self.roll.people:
                raise RecordMissing(kind="account", id=wanted)
        others = [account for account in self.roll.accounts() if account.account_id != account_id]
        if account_id == successor or not any(account.holds(SITE_LEAD) for account in others):
            raise LastSiteLead
        del self.roll.people[account_id]
        return 0

    def hand_over(self, participant_ids: frozenset[ParticipantId], to: AccountId) -> None:
        if to not in self.roll.people:
            raise RecordMissing(kind="account", id=to)

    def new_recovery(self) -> RecoveryHalves:
        return RecoveryHalves(secrets.token_hex(4), secrets.token_hex(4))

    def adopt_recovery(self, halves: RecoveryHalves) -> str:
        self.roll.recovery = halves
        return self.roll.recovery_id

    def recovery_id(self) -> str:
        return self.roll.recovery_id
