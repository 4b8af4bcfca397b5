"""What every SQLCipher connection needs, and what a failure of the driver means."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from intake_app.errors import DiskFull, FolderReadOnly, StorageError, StoreDamaged, StoreInUse
from intake_app.paths import PRIVATE_FILE_MODE

# Result codes of SQLite (sqlite.org/rescode.html); the low byte is the primary code.
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _CONSTRAINT, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 19, 26
# Below this an I/O error is taken for a full disk: SQLite reports some of them so (growing the -shm file).
_ROOM_BYTES = 1024 * 1024


def prepare(connection: Any, key: bytes, journal_mode: str) -> None:
    """Key first, then durable and private settings. Raises the driver's errors, also for a wrong key.

    The key is raw (`x'…'`), so that opening costs no key derivation and no passphrase reaches the driver.
    """
    cursor = connection.cursor()
    try:
        cursor.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        # otherwise a wrong key is reported on standard error
        cursor.execute("PRAGMA cipher_log_level = NONE")
        cursor.execute("SELECT count(*) FROM sqlite_master")
        for pragma in (
            f"journal_mode = {journal_mode}",
            # EXTRA also makes the end of a rollback journal durable: with FULL a cut of the power brings it back
            "synchronous = EXTRA",
            "foreign_keys = ON",
            "secure_delete = ON",
            "temp_store = MEMORY",
        ):
            cursor.execute(f"PRAGMA {pragma}")
    finally:
        cursor.close()


def kind_of_failure(problem: BaseException, path: Path, part: str) -> StorageError | StoreInUse:
    """Our error for one of the driver: full, damaged, in use, or another trouble by its name."""
    code = getattr(problem, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    if primary == _FULL or (primary in (_IOERR, _CANTOPEN) and _no_room(path)):
        return DiskFull()
    if primary in (_NOTADB, _CORRUPT):
        return StoreDamaged(part=part)
    if primary in (_BUSY, _LOCKED):
        return StoreInUse()
    if primary == _READONLY:
        return FolderReadOnly()
    names = {_IOERR: "io", _CANTOPEN: "cannot_open", _CONSTRAINT: "constraint"}
    return StorageError(part=part, problem=names.get(primary, "driver") if primary is not None else "driver")


def empty_private_file(path: Path) -> None:
    """An empty file that only its owner may read; SQLite gives its side files the same rights."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, PRIVATE_FILE_MODE))


def restrict(path: Path) -> None:
    """Close a file that SQLite itself has made to everybody else."""
    path.chmod(PRIVATE_FILE_MODE)


def _no_room(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _ROOM_BYTES
    except OSError:
        return False
