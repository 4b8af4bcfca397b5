"""Where imported lists are kept: per kind one SQLite file in a folder of its own, replaced as a whole or not at all.

A new import is written under a temporary name, reaches the disk, and takes the next number in one step; then the
older number goes. A reader takes the highest number. So an import that stops anywhere leaves the old list whole, and
a list that is open elsewhere (as Windows minds) stays readable until it is closed.
"""

from __future__ import annotations

import os
import re
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from intake_app.catalogue.imports.progress import Watch
from intake_app.catalogue.index import create_tables
from intake_app.errors import DiskFull, FileBusy, ImportCancelled

KINDS = ("esco", "competentnl", "brc")
FORMAT = 1
"""Raised when the tables change; a file of another format is not read and must be imported again."""
_NAME = re.compile(r"(?P<kind>[a-z]+)-(?P<number>\d{6})\.db")
TABLES = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE occupations (thing INTEGER PRIMARY KEY, isco TEXT NOT NULL, code TEXT NOT NULL, note TEXT NOT NULL);
CREATE TABLE requires (occupation INTEGER NOT NULL, skill INTEGER NOT NULL, weight INTEGER NOT NULL,
    PRIMARY KEY (occupation, skill)) WITHOUT ROWID;
CREATE TABLE broader (thing INTEGER NOT NULL, parent TEXT NOT NULL, PRIMARY KEY (thing, parent)) WITHOUT ROWID;
CREATE TABLE related (skill INTEGER NOT NULL, other INTEGER NOT NULL, how TEXT NOT NULL,
    PRIMARY KEY (skill, other)) WITHOUT ROWID;
CREATE TABLE groups (uri TEXT NOT NULL, code TEXT NOT NULL, lang TEXT NOT NULL, label TEXT NOT NULL,
    PRIMARY KEY (uri, lang)) WITHOUT ROWID;
CREATE TABLE bridges (thing INTEGER NOT NULL, how TEXT NOT NULL, uri TEXT NOT NULL,
    PRIMARY KEY (thing, how, uri)) WITHOUT ROWID;
CREATE TABLE staged (number INTEGER PRIMARY KEY, thing INTEGER NOT NULL, lang TEXT NOT NULL, text TEXT NOT NULL,
    folded TEXT NOT NULL, is_label INTEGER NOT NULL);
"""
ESSENTIAL, OPTIONAL = 2, 1
STATEMENT_STEPS = 20_000
"""After so many steps of SQLite it is asked whether the import was cancelled."""


def current_file(folder: Path, kind: str) -> Path | None:
    """The file that holds the imported list, None when there is none."""
    numbered = _numbered(folder, kind)
    return numbered[-1][1] if numbered else None


def _numbered(folder: Path, kind: str) -> list[tuple[int, Path]]:
    if not folder.is_dir():
        return []
    names = ((path, _NAME.fullmatch(path.name)) for path in folder.iterdir())
    return sorted((int(name["number"]), path) for path, name in names if name and name["kind"] == kind)


def remove_files(folder: Path, kind: str) -> None:
    """Remove the list of a kind, the oldest file first: what stops half-way leaves the current list in use.

    Raises FileBusy when a file is in use.
    """
    for _, path in _numbered(folder, kind):
        try:
            path.unlink(missing_ok=True)
        except OSError as problem:
            raise FileBusy(name=path.name) from problem


@contextmanager
def new_list(folder: Path, kind: str, watch: Watch) -> Iterator[sqlite3.Connection]:
    """An empty database to fill; leaving it without an exception puts it in place of the old one.

    Raises ImportCancelled, DiskFull; then the old list stands as it stood.
    """
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".{kind}.{secrets.token_hex(4)}.tmp"
    try:
        with closing(sqlite3.connect(temporary.resolve().as_uri(), uri=True)) as database:
            # a half-written file is thrown away, so it needs no journal
            database.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA user_version={FORMAT};")
            create_tables(database)
            database.executescript(TABLES)
            database.set_progress_handler(watch.interrupt, STATEMENT_STEPS)
            yield database
            database.commit()
        watch.step("indexing", kind, 1.0)
        _settle(temporary)
        _take_place(temporary, folder, kind)
    except sqlite3.OperationalError as problem:
        if problem.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise ImportCancelled from problem
        if problem.sqlite_errorcode in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            raise DiskFull from problem
        raise
    finally:
        temporary.unlink(missing_ok=True)


def _settle(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _take_place(temporary: Path, folder: Path, kind: str) -> None:
    older = _numbered(folder, kind)
    number = older[-1][0] + 1 if older else 1
    temporary.replace(folder / f"{kind}-{number:06d}.db")
    for _, path in older:
        try:
            path.unlink()
        except OSError:
            # still open somewhere; the next import takes it away
            continue
