"""Unlocking the data folder: the first account, the passphrase, and what makes a passphrase good enough."""

from __future__ import annotations

from dataclasses import dataclass, field

from intake_app.errors import PassphraseTooShort, RoleRefused, WrongPassphrase
from intake_app.services.ports import Store, StoreGate

SHORTEST = 12
ROLES = ("volunteer", "counsellor", "specialist", "site_lead")


@dataclass(frozen=True)
class Access:
    """The way in. `unlock` raises WrongPassphrase, StoreDamaged, StoreInUse."""

    gate: StoreGate = field(repr=False)

    def is_first_start(self) -> bool:
        """Whether there is no store yet."""
        return not self.gate.exists()

    def make(self, passphrase: str, name: str, role: str) -> Store:
        """A new store with its first account. Raises PassphraseTooShort, RoleRefused, DiskFull."""
        if role not in ROLES:
            raise RoleRefused(role=role, action="make_account")
        if len(passphrase.strip()) < SHORTEST:
            raise PassphraseTooShort(shortest=SHORTEST)
        return self.gate.create(passphrase, name, role)

    def unlock(self, passphrase: str) -> Store:
        """The store, opened."""
        return self.gate.unlock(passphrase)


@dataclass(frozen=True)
class Reentry(Access):
    """The way back into a store that stays open while the screen is locked: only for who opened it.

    `unlock` gives the same store, with everything a talk holds in memory. Raises WrongPassphrase.
    """

    store: Store = field(repr=False)

    def is_first_start(self) -> bool:
        """There is a store: it is open."""
        return False

    def unlock(self, passphrase: str) -> Store:
        """The open store; a colleague's passphrase does not lift this lock."""
        if self.gate.verify(passphrase).account_id != self.store.account.account_id:
            raise WrongPassphrase
        return self.store


def passphrase_quality(passphrase: str) -> int:
    """0 too short, 1 enough, 2 good, 3 very good: by length and number of words, without silly rules."""
    text = passphrase.strip()
    if len(text) < SHORTEST:
        return 0
    words = len(text.split())
    return min(3, 1 + (len(text) >= 20) + (words >= 4))
