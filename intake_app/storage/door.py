"""What a locked data folder tells from outside. What opens it, database and all, is loaded when somebody comes in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from intake_app.errors import StoreMissing
from intake_app.storage.attempts import Attempts

if TYPE_CHECKING:
    from intake_app.domain.account import Account
    from intake_app.domain.ids import AccountId
    from intake_app.domain.staff import RecoveryHalves
    from intake_app.storage.gate import SqlStore, SqlStoreGate

KEY_FILE = "keys.json"
DATABASE = "intake.db"
KEY_STORE = "participant_keys.db"
UNFINISHED = "store.new"
ATTEMPTS = "attempts.json"


def there_is_a_store(folder: Path) -> bool:
    """Whether there is a store, be it damaged; one whose making was cut off does not count."""
    if (folder / KEY_FILE).exists():
        return True
    return (folder / DATABASE).exists() and not (folder / UNFINISHED).exists()


class StoreDoor:
    """The gate of a data folder, quick to stand there; every method does and raises what `SqlStoreGate` does."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._attempts = Attempts(folder / ATTEMPTS)

    def _gate(self) -> SqlStoreGate:
        from intake_app.storage.gate import SqlStoreGate

        return SqlStoreGate(self._folder, attempts=self._attempts)

    def exists(self) -> bool:
        """Whether there is a store."""
        return there_is_a_store(self._folder)

    def accounts(self) -> tuple[Account, ...]:
        """Who may unlock, in the order of joining. Raises StoreMissing, StoreDamaged."""
        if not self.exists():
            raise StoreMissing
        from intake_app.storage.names import read_names

        return read_names(self._folder / KEY_FILE)

    def wait(self) -> int:
        """Whole seconds until the next passphrase may be tried."""
        return self._attempts.wait()

    def create(self, passphrase: str, name: str, *roles: str) -> SqlStore:
        """A new store with its first account."""
        return self._gate().create(passphrase, name, *roles)

    def unlock(self, passphrase: str, account_id: AccountId | None = None) -> SqlStore:
        """The store of the account with this passphrase."""
        return self._gate().unlock(passphrase, account_id)

    def verify(self, passphrase: str, account_id: AccountId | None = None) -> Account:
        """Whose passphrase this is."""
        return self._gate().verify(passphrase, account_id)

    def recover(self, halves: RecoveryHalves, passphrase: str) -> SqlStore:
        """The store of the first site lead that the recovery key opens."""
        return self._gate().recover(halves, passphrase)
