"""The way in: the first account, the passphrase, the recovery key, and what makes a passphrase good enough."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from intake_app.errors import PassphraseTooShort, StorageError

if TYPE_CHECKING:
    from intake_app.domain.account import Account
    from intake_app.domain.clock import Clock
    from intake_app.domain.ids import AccountId
    from intake_app.domain.staff import RecoveryHalves
    from intake_app.services.ports import Store, StoreGate
    from intake_app.services.repair import Repairs

SHORTEST = 12
_DIFFERENT = 5
"""A passphrase with fewer different letters is guessed like a short one."""


# Here and below nothing is loaded that the door can stand without: the window waits for it.
class Access:
    """The way in. Everything raises StoreDamaged, StoreInUse, DiskFull.

    `repairs` builds what can be done for data that do not open; None where nothing can.
    """

    def __init__(
        self, gate: StoreGate, clock: Clock | None = None, *, repairs: Callable[[], Repairs] | None = None
    ) -> None:
        self.gate = gate
        self.repairs = repairs
        self._clock = clock

    def is_first_start(self) -> bool:
        """Whether there is no store yet."""
        return not self.gate.exists()

    def accounts(self) -> tuple[Account, ...]:
        """Whose names stand at the door; nobody's while that cannot be read: unlocking then says what is wrong."""
        try:
            return self.gate.accounts()
        except StorageError:
            return ()

    def wait(self) -> int:
        """Whole seconds until the next passphrase may be tried."""
        return self.gate.wait()

    def make(self, passphrase: str, name: str) -> Store:
        """A new store with its first account, site lead and counsellor in one. Raises PassphraseTooShort."""
        from intake_app.domain.account import COUNSELLOR, SITE_LEAD

        refuse_short(passphrase)
        return self.gate.create(passphrase, name, SITE_LEAD, COUNSELLOR)

    def unlock(self, passphrase: str, account_id: AccountId | None = None) -> Store:
        """The store, opened, and noted in the access log. Raises WrongPassphrase, TooManyAttempts."""
        from intake_app.domain.clock import SystemClock
        from intake_app.domain.draft import AuditLine

        clock = self._clock or SystemClock()
        store = self.gate.unlock(passphrase, account_id)
        try:
            with store.unit_of_work() as uow:
                me = store.account.account_id
                uow.audit.add(AuditLine(clock.now(), me, "unlocked", me))
                uow.commit()
        except StorageError:
            store.close()
            raise
        return store

    def recover(self, halves: RecoveryHalves, passphrase: str) -> Store:
        """The store by the recovery key; its first site lead gets this passphrase, and the log says so.

        Raises PassphraseTooShort, PassphraseTaken, RecoveryMistyped, RecoveryWrong.
        """
        refuse_short(passphrase)
        return self.gate.recover(halves, passphrase)


class Reentry(Access):
    """The way back into a store that stays open while the screen is locked: only for who opened it.

    `unlock` gives the same store, with everything a talk holds in memory. Raises WrongPassphrase.
    """

    store: Store

    def __init__(self, gate: StoreGate, *, store: Store) -> None:
        super().__init__(gate)
        self.store = store

    def is_first_start(self) -> bool:
        """There is a store: it is open."""
        return False

    def accounts(self) -> tuple[Account, ...]:
        """Nobody is chosen: only who locked the screen lifts the lock."""
        return ()

    def unlock(self, passphrase: str, account_id: AccountId | None = None) -> Store:
        """The open store; a colleague's passphrase does not lift this lock. Raises WrongPassphrase, TooManyAttempts."""
        self.gate.verify(passphrase, self.store.account.account_id)
        return self.store


def refuse_short(passphrase: str) -> None:
    """Raises PassphraseTooShort (params `shortest`)."""
    if not passphrase_quality(passphrase):
        raise PassphraseTooShort(shortest=SHORTEST)


def passphrase_quality(passphrase: str) -> int:
    """0 too short, 1 enough, 2 good, 3 very good: by length and number of words, without silly rules."""
    text = passphrase.strip()
    if len(text) < SHORTEST:
        return 0
    if len(set(text.casefold())) < _DIFFERENT:
        return 0
    words = len(set(text.casefold().split()))
    return min(3, 1 + (len(text) >= 20) + (words >= 4))
