"""How much of the database is read before it is used: all of it after a crash or a change, else only what is open.

Every page carries its own signature (SQLCipher), so a damaged one is never used, wherever it stands: reading all of
them first only finds it earlier. That costs time with the size of the database, at a moment when somebody waits.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Engine

from intake_app.errors import IntakeError, StoreDamaged
from intake_app.paths import private_file

NOTE = "checked.json"
PART = "database"
SMALL_BYTES = 16 * 1024 * 1024
"""So much is read in the time that nobody notices."""
DAYS = 7
"""A database that changes little is read whole once in so many days."""
OPEN_WORK = ("participant", "draft", "savepoint", "journal_entry", "typing", "setting", "consent", "audit")


class StartCheck:
    """The reading of one database at its start, and the note at its end that lets the next one be short."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._note = database.with_name(NOTE)
        self._read_whole_at: float | None = None

    def read(self, engine: Engine) -> bool:
        """Read the database, whole or the tables of the open work; gives whether it was whole. Raises `StoreDamaged`.

        Whole when it is small, when the program did not end by itself the last time, when the file is not as it was
        left, and once a week. Until `note_the_end` the next start counts as one after a crash.
        """
        before = self._last_read_whole()
        self._note.unlink(missing_ok=True)
        fresh = before is not None and 0 <= time.time() - before < DAYS * 86400
        whole = not fresh or self._database.stat().st_size <= SMALL_BYTES
        _read(engine, () if whole else OPEN_WORK)
        self._read_whole_at = time.time() if whole else before
        return whole

    def note_the_end(self) -> None:
        """Note the state in which it is left; without effect after a failed start.

        A note that cannot be written costs a longer start, nothing else.
        """
        if self._read_whole_at is None or self._has_log():
            return
        with suppress(OSError, IntakeError):
            found = self._database.stat()
            content = {"size": found.st_size, "changed": found.st_mtime_ns, "read_whole_at": self._read_whole_at}
            private_file(self._note, json.dumps(content).encode())

    def _last_read_whole(self) -> float | None:
        """When the whole file was read, if it is as it was left then; else None."""
        try:
            note = json.loads(self._note.read_bytes())
            found = self._database.stat()
            same = (note["size"], note["changed"]) == (found.st_size, found.st_mtime_ns)
            return float(note["read_whole_at"]) if same and not self._has_log() else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _has_log(self) -> bool:
        """Whether a write-ahead log was left behind: whoever ends by itself takes it along."""
        log = self._database.with_name(f"{self._database.name}-wal")
        return log.exists() and log.stat().st_size > 0


def _read(engine: Engine, tables: Sequence[str]) -> None:
    """Read these tables page by page, or all of the file without any."""
    with engine.connect() as connection:
        there = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        for argument in [f"'{name}'" for name in tables if name in there] or ["1"]:
            if connection.exec_driver_sql(f"PRAGMA quick_check({argument})").scalar() != "ok":
                raise StoreDamaged(part=PART)
