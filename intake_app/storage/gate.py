"""The locked data folder: make a store, unlock it, refuse a second one."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from intake_app.domain.draft import Account
from intake_app.errors import DiskFull, RecordExists, StoreDamaged, StoreMissing, WrongPassphrase
from intake_app.paths import private_dir, private_file
from intake_app.platform.folder_lock import FolderLock
from intake_app.storage.crypto import derived_key
from intake_app.storage.database import check, fold_log, open_engine
from intake_app.storage.keys import KdfCost, KeyBundle, KeyFile
from intake_app.storage.migrations import upgrade
from intake_app.storage.participant_keys import ParticipantKeys
from intake_app.storage.repositories import Seals
from intake_app.storage.sqlcipher import empty_private_file
from intake_app.storage.unit_of_work import Lane, SqlUnitOfWork, finish_erasures

KEY_FILE = "keys.json"
DATABASE = "intake.db"
KEY_STORE = "participant_keys.db"
UNFINISHED = "store.new"


class SqlStore:
    """An unlocked store of one account. Its units of work take turns, also from several threads."""

    def __init__(self, place: _Place, account: Account, bundle: KeyBundle, engine: Engine, opened: ExitStack) -> None:
        self._place = place
        self._account = account
        self._bundle = bundle
        self._engine = engine
        keys = ParticipantKeys(place.key_store, bundle.key_store, account.account_id, bundle.caseload)
        opened.callback(keys.close)
        self._seals = Seals(keys, derived_key(bundle.key_store, "installation"))
        finish_erasures(engine, self._seals)
        self._lane = Lane()
        self._opened = opened.pop_all()

    @property
    def account(self) -> Account:
        """Who unlocked it."""
        return self._account

    def unit_of_work(self) -> SqlUnitOfWork:
        """A transaction to be; entering it waits for its turn."""
        return SqlUnitOfWork(self._engine, self._seals, self._lane)

    def accounts(self) -> tuple[Account, ...]:
        """Everybody who may unlock this store. Raises `StoreDamaged`."""
        return KeyFile.read(self._place.key_file).accounts

    def add_account(self, passphrase: str, name: str, role: str) -> Account:
        """Let a colleague in, with a caseload of their own. Raises `RecordExists` for a passphrase in use."""
        file = KeyFile.read(self._place.key_file)
        _refuse_shared(file, passphrase)
        file = file.with_account(name, role, passphrase, self._bundle.for_colleague(), self._place.cost)
        file.write(self._place.key_file)
        return file.accounts[-1]

    def change_passphrase(self, old: str, new: str) -> None:
        """Wrap the own keys anew. Raises `WrongPassphrase` for a wrong old one, `RecordExists` for one in use."""
        file = KeyFile.read(self._place.key_file)
        account, bundle = file.open(old)
        if account.account_id != self._account.account_id:
            raise WrongPassphrase
        _refuse_shared(file, new)
        file.with_passphrase(account.account_id, new, bundle, self._place.cost).write(self._place.key_file)

    def close(self) -> None:
        """Wait for the running unit of work, then let go of files, keys and folder; a second time does nothing."""
        if self._lane.close():
            self._opened.close()


class SqlStoreGate:
    """A data folder with an encrypted store, or room for one. One process at a time holds it."""

    def __init__(self, folder: Path, kdf: KdfCost | None = None) -> None:
        self._place = _Place(folder, kdf or KdfCost())

    def exists(self) -> bool:
        """Whether there is a store, be it damaged; one whose making was cut off does not count."""
        if self._place.key_file.exists():
            return True
        return self._place.database.exists() and not self._place.unfinished.exists()

    def create(self, passphrase: str, name: str, role: str) -> SqlStore:
        """A new store with its first account. Raises `RecordExists`, `StoreInUse`, `DiskFull`.

        The key file comes last: until it stands, a next attempt starts afresh.
        """
        place = self._place
        with _room_wanted(), ExitStack() as opened:
            private_dir(place.folder)
            opened.enter_context(FolderLock(place.folder))
            if self.exists():
                raise RecordExists(kind="store", id=place.folder.name)
            place.clear_unfinished()
            private_file(place.unfinished, b"")
            bundle = KeyBundle.fresh()
            keys = KeyFile(()).with_account(name, role, passphrase, bundle, place.cost)
            for path in (place.database, place.key_store):
                empty_private_file(path)
            ParticipantKeys.create(place.key_store, bundle.key_store)
            engine = _engine(place, bundle, opened)
            upgrade(engine, place.database)
            fold_log(engine)
            keys.write(place.key_file)
            place.unfinished.unlink()
            return SqlStore(place, keys.accounts[0], bundle, engine, opened)

    def unlock(self, passphrase: str) -> SqlStore:
        """The store of the account with this passphrase; an older database is copied and brought up to date first.

        Raises `StoreMissing`, `StoreInUse`, `WrongPassphrase`, `StoreDamaged` (part keys, database,
        participant_keys), `StoreNewer`, `DiskFull`.
        """
        place = self._place
        if not self.exists():
            raise StoreMissing
        with _room_wanted(), ExitStack() as opened:
            opened.enter_context(FolderLock(place.folder))
            account, bundle = KeyFile.read(place.key_file).open(passphrase)
            place.refuse_missing_parts()
            place.unfinished.unlink(missing_ok=True)
            engine = _engine(place, bundle, opened)
            check(engine)
            upgrade(engine, place.database)
            return SqlStore(place, account, bundle, engine, opened)

    def verify(self, passphrase: str) -> Account:
        """Whose passphrase this is; works while the store is open. Raises `WrongPassphrase`, `StoreDamaged`."""
        return KeyFile.read(self._place.key_file).open(passphrase)[0]


@dataclass(frozen=True)
class _Place:
    """The data folder with the names in it, and what new passphrases cost there."""

    folder: Path
    cost: KdfCost

    @property
    def key_file(self) -> Path:
        return self.folder / KEY_FILE

    @property
    def database(self) -> Path:
        return self.folder / DATABASE

    @property
    def key_store(self) -> Path:
        return self.folder / KEY_STORE

    @property
    def unfinished(self) -> Path:
        return self.folder / UNFINISHED

    def clear_unfinished(self) -> None:
        """Remove what a making that was cut off has left."""
        for path in (self.database, self.key_store):
            for side in ("", "-wal", "-shm", "-journal"):
                path.with_name(path.name + side).unlink(missing_ok=True)

    def refuse_missing_parts(self) -> None:
        """SQLite would make an empty database where one has gone."""
        for part, path in (("database", self.database), ("participant_keys", self.key_store)):
            if not path.is_file() or path.stat().st_size == 0:
                raise StoreDamaged(part=part)


def _engine(place: _Place, bundle: KeyBundle, opened: ExitStack) -> Engine:
    engine = open_engine(place.database, bundle.database)
    opened.callback(engine.dispose)
    return engine


@contextmanager
def _room_wanted() -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        if problem.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull from problem
        raise


def _refuse_shared(file: KeyFile, passphrase: str) -> None:
    """Two accounts with one passphrase could not be told apart."""
    try:
        file.open(passphrase)
    except WrongPassphrase:
        return
    raise RecordExists(kind="passphrase", id="")
