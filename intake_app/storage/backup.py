"""Backups: one file with rotated copies of the data beside one current copy of the keys; nothing in it is readable.

Because each new backup replaces the copy of the keys, a talk that was erased since cannot be read from any older copy
of the data in the same file.
"""

from __future__ import annotations

import errno
import hashlib
import json
import secrets
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from intake_app.domain.backup import BackupCopy, BackupSet
from intake_app.errors import BackupDamaged, BackupFolderMissing, BackupNewer, BackupOfOther, BackupRefused, DiskFull
from intake_app.paths import private_dir, settle, settle_folder, take_name
from intake_app.storage.unit_of_work import SqlUnitOfWork

FORMAT = 1
MOST_COPIES = 7
INDEX = "set.json"
COPIES = "data/"
KEY_PARTS = ("keys.json", "participant_keys.db", "wislijst.bin")
WORKPLACE = "backup.new"
_BLOCK = 1024 * 1024


def _nobody_stops() -> None:
    """Nobody waits who could want it to stop."""


def make_backup(
    work: SqlUnitOfWork, file: Path, at: datetime, keep_days: int, go_on: Callable[[], None] = _nobody_stops
) -> BackupSet:
    """Copy the open store into a backup file, beside the copies that stand there already, and read it back.

    `keep_days` is the age at which a copy is left out (DOMAIN 8.11 `backup_days`). The file is whole or untouched.
    `go_on` is asked between the parts and before the file takes its name: what it raises stops the work.
    Raises `BackupFolderMissing`, `BackupRefused` (not_a_backup, other_store, damaged),
    `DiskFull`, `StoreDamaged` when the copy does not read back.
    """
    place = work.folder / WORKPLACE
    _clear(place)
    try:
        with work:
            store_id = work.snapshot(private_dir(place))
        with _told_plainly(file):
            older = _older_copies(file, store_id, at - timedelta(days=keep_days))
            return _write(place, file, store_id, at.astimezone(UTC), older, go_on)
    finally:
        _clear(place)


def look(file: Path) -> BackupSet:
    """What stands in a backup file. Raises `BackupRefused` (not_a_backup, newer) and `BackupFolderMissing`."""
    with _told_plainly(file), opened(file) as container:
        return _read_index(container)[0]


@contextmanager
def opened(file: Path) -> Iterator[zipfile.ZipFile]:
    """A backup file to read from. Raises `BackupRefused` (not_a_backup)."""
    try:
        container = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, IsADirectoryError):
        raise BackupRefused(problem="not_a_backup") from None
    with container:
        yield container


def take_out(file: Path, copy: str, place: Path) -> BackupSet:
    """Put one copy of the data and the keys into a folder, each compared with its checksum.

    Raises `BackupRefused` (not_a_backup, newer, damaged, empty).
    """
    with _told_plainly(file), opened(file) as container:
        told, checksums = _read_index(container)
        known = {one.name for one in told.copies}
        if not known:
            raise BackupRefused(problem="empty")
        wanted = copy or told.newest.name
        if wanted not in known:
            raise BackupRefused(problem="empty")
        for name, target in ((wanted, "intake.db"), *((part, part) for part in KEY_PARTS if part in checksums)):
            _extract(container, name, place / target, checksums[name])
        return told


def _write(
    place: Path, file: Path, store_id: str, at: datetime, older: list[BackupCopy], go_on: Callable[[], None]
) -> BackupSet:
    newest = BackupCopy(f"{COPIES}{at:%Y%m%dT%H%M%SZ}.db", at, (place / "intake.db").stat().st_size)
    copies = (newest, *(one for one in older if one.name != newest.name))[:MOST_COPIES]
    temporary = file.with_name(f".{file.name}.{secrets.token_hex(4)}.tmp")
    try:
        checksums: dict[str, str] = {}
        with zipfile.ZipFile(temporary, "x", zipfile.ZIP_STORED) as target:
            for part in KEY_PARTS:
                if (place / part).is_file():
                    checksums[part] = _put(target, part, place / part)
            checksums[newest.name] = _put(target, newest.name, place / "intake.db")
            if len(copies) > 1:
                with opened(file) as source:
                    for copy in copies[1:]:
                        go_on()
                        checksums[copy.name] = _carry(source, target, copy.name)
            told = BackupSet(store_id, at, copies)
            target.writestr(INDEX, json.dumps(_index(told, checksums)))
        settle(temporary)
        go_on()
        _read_back(temporary)
        go_on()
        take_name(temporary, file)
        settle_folder(file.parent)
        return told
    finally:
        temporary.unlink(missing_ok=True)


def _older_copies(file: Path, store_id: str, edge: datetime) -> list[BackupCopy]:
    """The copies that stay, newest first; a file of another store, or something else, is never overwritten."""
    if not file.parent.is_dir():
        raise BackupFolderMissing(path=str(file.parent))
    if not file.exists():
        return []
    told = look(file)
    if told.store_id != store_id:
        raise BackupOfOther(problem="other_store")
    kept = [copy for copy in told.copies if copy.at >= edge]
    return sorted(kept, key=lambda copy: copy.at, reverse=True)


def _read_back(file: Path) -> None:
    with opened(file) as container:
        _, checksums = _read_index(container)
        for name, checksum in checksums.items():
            if _checksum(container, name) != checksum:
                raise BackupDamaged(problem="damaged")


def _index(told: BackupSet, checksums: dict[str, str]) -> dict[str, object]:
    copies = [{"name": copy.name, "at": copy.at.isoformat(), "size": copy.size} for copy in told.copies]
    return {
        "format": FORMAT,
        "store": told.store_id,
        "keys_at": told.keys_at.isoformat(),
        "copies": copies,
        "sha256": checksums,
    }


def _read_index(container: zipfile.ZipFile) -> tuple[BackupSet, dict[str, str]]:
    try:
        told: Any = json.loads(container.read(INDEX))
        if told["format"] > FORMAT:
            raise BackupNewer(problem="newer")
        copies = tuple(
            BackupCopy(str(one["name"]), datetime.fromisoformat(one["at"]), int(one["size"])) for one in told["copies"]
        )
        checksums = {str(name): str(checksum) for name, checksum in told["sha256"].items()}
        return BackupSet(str(told["store"]), datetime.fromisoformat(told["keys_at"]), copies), checksums
    except (KeyError, ValueError, TypeError, AttributeError, zipfile.BadZipFile):
        raise BackupRefused(problem="not_a_backup") from None


def _put(target: zipfile.ZipFile, name: str, path: Path) -> str:
    with path.open("rb") as source, target.open(name, "w") as out:
        return _copied(source, out)


def _carry(source: zipfile.ZipFile, target: zipfile.ZipFile, name: str) -> str:
    try:
        with source.open(name) as taken, target.open(name, "w") as out:
            return _copied(taken, out)
    except (KeyError, zipfile.BadZipFile):
        raise BackupDamaged(problem="damaged") from None


def _extract(container: zipfile.ZipFile, name: str, path: Path, checksum: str) -> None:
    try:
        with container.open(name) as source, path.open("xb") as out:
            found = _copied(source, out)
    except (KeyError, zipfile.BadZipFile, zipfile.LargeZipFile):
        raise BackupDamaged(problem="damaged") from None
    if found != checksum:
        raise BackupDamaged(problem="damaged")


def _checksum(container: zipfile.ZipFile, name: str) -> str:
    try:
        with container.open(name) as source:
            return hashlib.file_digest(source, "sha256").hexdigest()  # type: ignore[arg-type]  # reads like a file
    except (KeyError, zipfile.BadZipFile):
        raise BackupDamaged(problem="damaged") from None


def _copied(source: Any, out: Any) -> str:
    digest = hashlib.sha256()
    while block := source.read(_BLOCK):
        digest.update(block)
        out.write(block)
    return digest.hexdigest()


@contextmanager
def _told_plainly(file: Path) -> Iterator[None]:
    """A stick that is full, pulled out or write-protected, in our own words."""
    try:
        yield
    except OSError as problem:
        if problem.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise DiskFull from problem
        raise BackupFolderMissing(path=str(file.parent if not file.exists() else file)) from problem


def _clear(place: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
