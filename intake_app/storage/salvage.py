"""Saving what is readable of a damaged database: row by row into a fresh one, around the pages that are gone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from intake_app.domain.backup import Salvaged
from intake_app.errors import StoreDamaged
from intake_app.paths import private_dir, settle, settle_folder, take_name
from intake_app.platform.folder_lock import FolderLock
from intake_app.storage.database import fold_log, open_engine
from intake_app.storage.gate import DATABASE, KEY_FILE
from intake_app.storage.keys import KeyFile
from intake_app.storage.migrations import upgrade
from intake_app.storage.restore import REPLACED
from intake_app.storage.sqlcipher import empty_private_file, prepare

WORKPLACE = "repair.new"
NAMELESS = "?"
"""Begins the number of a person of whom only talks or records could be saved."""
MOST_MISSES = 3_000
"""So many row numbers in a row are tried behind the last one that could be read."""
_SIDES = ("", "-wal", "-shm", "-journal")
Connect = Callable[[], Any]


def salvage(folder: Path, passphrase: str) -> Salvaged:
    """Save what is readable into a fresh database, and put the damaged file aside under another name.

    Raises `WrongPassphrase`, `StoreInUse`, `DiskFull`, and `StoreDamaged` when not even the list of tables can be
    read, or the keys: only a backup helps then. The folder is in that case as it was.
    """
    with ExitStack() as opened:
        opened.enter_context(FolderLock(folder))
        _, bundle = KeyFile.read(folder / KEY_FILE).open(passphrase)
        place = folder / WORKPLACE
        shutil.rmtree(place, ignore_errors=True)
        opened.callback(shutil.rmtree, private_dir(place), ignore_errors=True)
        found = _saved(folder / DATABASE, place / DATABASE, bundle.database)
        aside = f"{REPLACED}{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
        for side in _SIDES:
            old = folder / f"{DATABASE}{side}"
            if old.exists():
                old.replace(folder / f"{DATABASE}{aside}{side}")
        settle(place / DATABASE)
        take_name(place / DATABASE, folder / DATABASE)
        settle_folder(folder)
        return found


def _saved(damaged: Path, fresh: Path, key: bytes) -> Salvaged:
    def connect() -> Any:
        connection = dbapi2.connect(str(damaged), isolation_level=None)
        try:
            prepare(connection, key, journal_mode="WAL")
        except dbapi2.Error as problem:
            connection.close()
            raise StoreDamaged(part="database") from problem
        return connection

    with closing(connect()) as first:
        try:
            revision = first.execute("SELECT version_num FROM alembic_version").fetchone()[0]
            tables = [row[0] for row in first.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        except (dbapi2.Error, TypeError):
            raise StoreDamaged(part="database") from None
    empty_private_file(fresh)
    engine = open_engine(fresh, key)
    try:
        upgrade(engine, fresh, head=revision)
        found = _copy_tables(engine, connect, [name for name in tables if name != "alembic_version"])
        fold_log(engine)
    finally:
        engine.dispose()
    return found


def _copy_tables(engine: Any, connect: Connect, tables: Sequence[str]) -> Salvaged:
    kept: dict[str, int] = {}
    lost: dict[str, int] = {}
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("BEGIN IMMEDIATE")
        for table in tables:
            reader = _Reader(connect, table)
            kept[table] = 0
            for row in reader.rows():
                places = ", ".join("?" * len(row))
                cursor.execute(f'INSERT OR IGNORE INTO "{table}" VALUES ({places})', row)
                kept[table] += cursor.rowcount
            lost[table] = reader.lost
        _stand_in(cursor)
        for table, count in _drop_orphans(cursor).items():
            kept[table] -= count
            lost[table] += count
        cursor.execute("COMMIT")
        cursor.execute("PRAGMA foreign_keys = ON")
    finally:
        raw.close()
    return Salvaged(kept, {table: count for table, count in lost.items() if count})


def _stand_in(cursor: Any) -> None:
    """A person whose own row is gone gets a nameless one, so that the talks and records of that person stay."""
    for (person,) in cursor.execute(
        "SELECT DISTINCT participant_id FROM ("
        "SELECT participant_id FROM draft UNION SELECT participant_id FROM instance "
        "UNION SELECT participant_id FROM plan"
        ") WHERE participant_id NOT IN (SELECT participant_id FROM participant)"
    ).fetchall():
        known = cursor.execute(
            "SELECT account_id, started_at, practice FROM draft WHERE participant_id = ?", (person,)
        ).fetchone()
        account, at, practice = known or ("", datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f"), 0)
        cursor.execute(
            "INSERT INTO participant (participant_id, number, account_id, created_at, practice, sealed) "
            "VALUES (?, ?, ?, ?, ?, x'')",
            (person, f"{NAMELESS}{person[:8]}", account, at, practice),
        )


def _drop_orphans(cursor: Any) -> dict[str, int]:
    """Rows whose person or talk is gone: a child of a child shows only when its parent has gone too."""
    dropped: dict[str, int] = {}
    while orphans := cursor.execute("PRAGMA foreign_key_check").fetchall():
        for table, rowid, *_ in orphans:
            cursor.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (rowid,))
            dropped[table] = dropped.get(table, 0) + cursor.rowcount
    return dropped


@dataclass
class _Reader:
    """Reads a table in the order of its row numbers; after each unreadable place it opens the file anew.

    SQLCipher refuses a connection everything once it has met a page that was tampered with.
    """

    connect: Connect
    table: str
    lost: int = 0
    _last: int = field(default=-(2**62), init=False)

    def rows(self) -> Iterator[tuple[object, ...]]:
        """Every row that can be read."""
        while True:
            try:
                yield from self._straight_on()
                return
            except dbapi2.DatabaseError:
                if not (yield from self._step_by_step()):
                    return

    def _straight_on(self) -> Iterator[tuple[object, ...]]:
        query = f'SELECT rowid, * FROM "{self.table}" NOT INDEXED WHERE rowid > ? ORDER BY rowid'
        with closing(self.connect()) as connection:
            for rowid, *row in connection.execute(query, (self._last,)):
                self._last = rowid
                yield tuple(row)

    def _step_by_step(self) -> Generator[tuple[object, ...], None, bool]:
        """Past a damaged place: each row number by itself. Gives the first that can be read, or gives up."""
        query = f'SELECT rowid, * FROM "{self.table}" NOT INDEXED WHERE rowid = ?'
        connection = self.connect()
        start, refused = max(self._last, 0), 0
        try:
            for rowid in range(start + 1, start + 1 + MOST_MISSES):
                try:
                    row = connection.execute(query, (rowid,)).fetchone()
                except dbapi2.DatabaseError:
                    refused += 1
                    connection.close()
                    connection = self.connect()
                    continue
                if row is not None:
                    self._last = rowid
                    self.lost += refused
                    yield tuple(row[1:])
                    return True
        finally:
            connection.close()
        # how many rows stood behind the last one that could be read, nobody can tell
        self.lost += bool(refused)
        return False
