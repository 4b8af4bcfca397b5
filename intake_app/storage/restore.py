"""Putting a backup back: built and opened aside, erased again what was erased since, and only then moved into place."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path

from intake_app.domain.backup import BackupSet, Restored
from intake_app.domain.draft import AuditLine
from intake_app.errors import BackupOfOther, RecoveryWrong, StoreDamaged, StoreHere, WrongPassphrase
from intake_app.paths import private_dir, settle, settle_folder, take_name
from intake_app.platform.folder_lock import FolderLock
from intake_app.storage import wipe_list
from intake_app.storage.backup import take_out
from intake_app.storage.gate import DATABASE, KEY_FILE, KEY_STORE, SqlStore, SqlStoreGate
from intake_app.storage.keys import KdfCost
from intake_app.storage.replay import note_not_covered
from intake_app.storage.unit_of_work import SqlUnitOfWork

WayIn = Callable[[SqlStoreGate], SqlStore]
"""Opens the store of a folder: with a passphrase, or with the recovery key and a new passphrase."""
KNOWN_BACKUPS = "backup.known"
"""The setting in which the use case of backups keeps them: path and moment of each."""
WORKPLACE = "restore.new"
REPLACED = ".replaced-"
_SIDES = ("", "-wal", "-shm", "-journal")


def restore(
    file: Path, folder: Path, way_in: WayIn, *, copy: str = "", replace: bool = False, kdf: KdfCost | None = None
) -> Restored:
    """Put one copy of a backup (the newest, unless named) into a data folder.

    A store that stands there stays untouched unless `replace` says otherwise; then its data file is put aside, and its
    own keys and wislijst count, being newer. What was erased or taken back since the backup is carried out again
    before anything else can happen, and what the centre was asked waits again. Where no wislijst stands that goes on
    from the one in the backup, the period that nobody here knows of is noted: until somebody has looked it up on
    paper, nothing is sent. Raises `BackupRefused`, `WrongPassphrase`, `RecoveryWrong`, `StoreNewer`,
    `StoreDamaged`, `StoreInUse`, `DiskFull`; the folder is then as it was.
    """
    with ExitStack() as opened:
        opened.enter_context(FolderLock(private_dir(folder)))
        if SqlStoreGate(folder).exists() and not replace:
            raise StoreHere(problem="store_here")
        place = private_dir(_fresh(folder / WORKPLACE))
        opened.callback(shutil.rmtree, place, ignore_errors=True)
        told = take_out(file, copy, place)
        at = next((one.at for one in told.copies if one.name == copy), told.newest.at)
        with suppress(FileNotFoundError):
            (place / wipe_list.NAME).rename(place / wipe_list.RESTORED)
        store = _opened_aside(place, folder, way_in, kdf)
        found = _welcomed(store, told, at, file)
        _move_in(place, folder, f"{REPLACED}{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
        return found


def _opened_aside(place: Path, folder: Path, way_in: WayIn, kdf: KdfCost | None) -> SqlStore:
    """The store in the workplace, with the folder's own keys where they fit, else with those of the backup."""
    problem: WrongPassphrase | RecoveryWrong | StoreDamaged | None = None
    for prepared in _ways(place, folder):
        try:
            return way_in(SqlStoreGate(prepared, kdf))
        except (WrongPassphrase, RecoveryWrong, StoreDamaged) as error:
            # a passphrase that opens neither is the thing to tell, not that the other set did not fit
            if problem is None or isinstance(problem, StoreDamaged):
                problem = error
    raise problem or StoreDamaged(part="keys")


def _ways(place: Path, folder: Path) -> Iterator[Path]:
    """The workplace as it should be tried: own keys and key store, own keys alone, those of the backup."""
    own = place / "own"
    for parts in ((KEY_FILE, KEY_STORE), (KEY_FILE,), (KEY_STORE,), ()):
        if not all((folder / part).is_file() for part in parts):
            continue
        shutil.rmtree(own, ignore_errors=True)
        private_dir(own)
        for name in (DATABASE, KEY_FILE, KEY_STORE, wipe_list.RESTORED):
            if (place / name).is_file():
                shutil.copyfile(place / name, own / name)
        for name in (*parts, wipe_list.NAME):
            if (folder / name).is_file():
                shutil.copyfile(folder / name, own / name)
        yield own


def _welcomed(store: SqlStore, told: BackupSet, at: datetime, file: Path) -> Restored:
    try:
        now = datetime.now(UTC)
        with store.unit_of_work() as uow:
            if uow.store_id() != told.store_id:
                raise BackupOfOther(problem="other_store")
            people = {stay.participant_id for stay in uow.stays.list()}
            erased = sum(stone.erased_at > at for stone in uow.rights.tombstones())
            subject = f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
            _remember(uow, file, told.keys_at)
            since = None if store.replayed.goes_on else told.keys_at
            if since is not None:
                note_not_covered(uow.settings, since, now)
            uow.audit.add(AuditLine(now, store.account.account_id, "backup_restored", subject))
            uow.commit()
        return Restored(at, len(people), erased, store.replayed.requests, since)
    finally:
        store.close()


def _remember(uow: SqlUnitOfWork, file: Path, keys_at: datetime) -> None:
    """The backup itself still holds keys of that day: an erasure from now on must name it."""
    path = str(file.absolute())
    known = [one for one in json.loads(uow.settings.get(KNOWN_BACKUPS, "[]")) if one[0] != path]
    uow.settings.set(KNOWN_BACKUPS, json.dumps([*known, [path, keys_at.isoformat()]]))


def _move_in(place: Path, folder: Path, aside: str) -> None:
    """The old data file is kept beside the new one under another name: as encrypted, for when it is wanted back."""
    own = place / "own"
    for side in _SIDES:
        old = folder / f"{DATABASE}{side}"
        if old.exists():
            old.replace(folder / f"{DATABASE}{aside}{side}")
    (folder / f"{KEY_STORE}-journal").unlink(missing_ok=True)
    for name in (KEY_STORE, wipe_list.NAME, DATABASE, KEY_FILE):
        if (own / name).is_file():
            settle(own / name)
            take_name(own / name, folder / name)
    settle_folder(folder)


def _fresh(place: Path) -> Path:
    shutil.rmtree(place, ignore_errors=True)
    return place
