"""What can be done for a data folder that does not open, as the pages see it."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from intake_app.domain.backup import BackupSet, Restored, Salvaged
from intake_app.domain.draft import RecoveryHalves


class Repairs(Protocol):
    """Works on a closed store; nothing is thrown away, what was there is put aside."""

    def keeps_a_list(self) -> bool:
        """Whether a wislijst stands in the folder, that may know who was erased since a backup was made."""
        ...

    def look(self, file: Path) -> BackupSet:
        """What stands in a backup file. Raises BackupRefused, BackupFolderMissing."""
        ...

    def restore(self, file: Path, passphrase: str, *, copy: str = "", replace: bool = False) -> Restored:
        """Put a copy back. Raises BackupRefused, WrongPassphrase, StoreNewer, StoreInUse, DiskFull."""
        ...

    def restore_with_key(
        self, file: Path, halves: RecoveryHalves, passphrase: str, *, copy: str = "", replace: bool = False
    ) -> Restored:
        """Put a copy back with the recovery key and a new passphrase. Raises RecoveryMistyped, RecoveryWrong too."""
        ...

    def salvage(self, passphrase: str) -> Salvaged:
        """Save what is readable. Raises WrongPassphrase, StoreDamaged, StoreInUse, DiskFull."""
        ...
