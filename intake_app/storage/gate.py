"""The locked data folder: make a store, unlock it, refuse a second one."""

from __future__ import annotations

import uuid
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from intake_app.domain.draft import SITE_LEAD, Account, AuditLine, RecoveryHalves
from intake_app.domain.ids import AccountId
from intake_app.errors import RecordExists, RecoveryWrong, StoreDamaged, StoreMissing
from intake_app.paths import clear_left_over, private_dir, private_file, told_plainly
from intake_app.platform.folder_lock import FolderLock
from intake_app.storage.attempts import Attempts
from intake_app.storage.crypto import derived_key
from intake_app.storage.database import fold_log, open_engine
from intake_app.storage.door import ATTEMPTS, DATABASE, KEY_FILE, KEY_STORE, UNFINISHED, there_is_a_store
from intake_app.storage.keys import FORMAT, KdfCost, KeyBundle, KeyFile, WrappedKey
from intake_app.storage.migrations import upgrade
from intake_app.storage.participant_keys import ParticipantKeys
from intake_app.storage.recovery import RecoveryKey
from intake_app.storage.replay import Replayed
from intake_app.storage.repositories import Seals
from intake_app.storage.soundness import StartCheck
from intake_app.storage.sqlcipher import empty_private_file
from intake_app.storage.staff import SqlStaff, refuse_taken
from intake_app.storage.unit_of_work import Lane, SqlUnitOfWork, finish_erasures

__all__ = ["DATABASE", "KEY_FILE", "KEY_STORE", "SqlStore", "SqlStoreGate", "recover"]


class SqlStore:
    """An unlocked store of one account. Its units of work take turns, also from several threads."""

    def __init__(self, place: _Place, entry: WrappedKey, bundle: KeyBundle, engine: Engine, opened: ExitStack) -> None:
        self._account = entry.account
        self._engine = engine
        keys = ParticipantKeys(place.key_store, entry.caseload, bundle)
        opened.callback(keys.close)
        self._seals = Seals(keys, derived_key(bundle.key_store, "installation"))
        self._replayed = finish_erasures(engine, self._seals, entry.account.account_id)
        self._lane = Lane()
        self._staff = SqlStaff(place.key_file, place.cost, entry.account, bundle, keys, engine, self._lane)
        self._opened = opened.pop_all()

    @property
    def account(self) -> Account:
        """Who unlocked it."""
        return self._account

    @property
    def replayed(self) -> Replayed:
        """What the opening had to do once more."""
        return self._replayed

    @property
    def staff(self) -> SqlStaff:
        """Who else works on this laptop, passphrases, and the recovery key."""
        return self._staff

    @property
    def turns(self) -> int:
        """How many units of work have begun."""
        return self._lane.turns

    def unit_of_work(self) -> SqlUnitOfWork:
        """A transaction to be; entering it waits for its turn."""
        return SqlUnitOfWork(self._engine, self._seals, self._lane)

    def close(self) -> None:
        """Wait for the running unit of work, then let go of files, keys and folder; a second time does nothing."""
        if self._lane.close():
            self._opened.close()


class SqlStoreGate:
    """A data folder with an encrypted store, or room for one. One process at a time holds it."""

    def __init__(self, folder: Path, kdf: KdfCost | None = None, attempts: Attempts | None = None) -> None:
        self._place = _Place(folder, kdf or KdfCost())
        self._attempts = attempts or Attempts(folder / ATTEMPTS)

    def exists(self) -> bool:
        """Whether there is a store, be it damaged; one whose making was cut off does not count."""
        return there_is_a_store(self._place.folder)

    def accounts(self) -> tuple[Account, ...]:
        """Who may unlock, in the order of joining; it stands in the clear. Raises `StoreMissing`, `StoreDamaged`."""
        if not self.exists():
            raise StoreMissing
        return KeyFile.read(self._place.key_file).accounts

    def wait(self) -> int:
        """Whole seconds until the next passphrase may be tried."""
        return self._attempts.wait()

    def create(self, passphrase: str, name: str, *roles: str) -> SqlStore:
        """A new store with its first account. Raises `RecordExists`, `StoreInUse`, `DiskFull`.

        The key file comes last: until it stands, a next attempt starts afresh.
        """
        place = self._place
        with told_plainly(), ExitStack() as opened:
            private_dir(place.folder)
            opened.enter_context(FolderLock(place.folder))
            if self.exists():
                raise RecordExists(kind="store", id=place.folder.name)
            place.clear_unfinished()
            private_file(place.unfinished, b"")
            bundle = KeyBundle.fresh()
            account = Account(AccountId(str(uuid.uuid4())), name, roles)
            entry = WrappedKey.made(account, account.account_id, passphrase, bundle, place.cost)
            for path in (place.database, place.key_store):
                empty_private_file(path)
            ParticipantKeys.create(place.key_store, bundle.key_store)
            engine = _engine(place, bundle, opened)
            upgrade(engine, place.database)
            fold_log(engine)
            KeyFile().adding(entry).write(place.key_file, bundle)
            place.unfinished.unlink()
            return SqlStore(place, entry, bundle, engine, opened)

    def unlock(self, passphrase: str, account_id: AccountId | None = None) -> SqlStore:
        """The store of the account with this passphrase; of one account only when it is named.

        An older database, an older key file and a passphrase that costs too little are brought up to date; files
        are copied first. Raises `StoreMissing`, `StoreInUse`, `WrongPassphrase`, `TooManyAttempts`, `StoreDamaged`
        (part keys, database, participant_keys), `StoreNewer`, `DiskFull`.
        """
        place = self._place
        if not self.exists():
            raise StoreMissing
        with told_plainly(), ExitStack() as opened:
            opened.enter_context(FolderLock(place.folder))
            file = KeyFile.read(place.key_file)
            with self._attempts.one():
                entry, bundle = file.open(passphrase, account_id)
            engine = place.opened(bundle, opened)
            entry = _brought_up(place, file, entry, passphrase, bundle)
            return SqlStore(place, entry, bundle, engine, opened)

    def recover(self, halves: RecoveryHalves, passphrase: str) -> SqlStore:
        """The store of the first site lead that the recovery key opens, who gets this new passphrase.

        The use is written into the access log before anything else can happen. Raises `RecoveryMistyped`,
        `RecoveryWrong`, `PassphraseTaken`, and as `unlock`; a wrong key changes nothing.
        """
        place = self._place
        if not self.exists():
            raise StoreMissing
        recovery = RecoveryKey.of(halves)
        with told_plainly(), ExitStack() as opened:
            opened.enter_context(FolderLock(place.folder))
            file = KeyFile.read(place.key_file)
            found = file.recover(recovery)
            if found is None:
                raise RecoveryWrong
            entry, bundle = found
            refuse_taken(file, passphrase)
            engine = place.opened(bundle, opened)
            made = WrappedKey.made(entry.account, entry.caseload, passphrase, bundle, place.cost)
            store = SqlStore(place, made, bundle, engine, opened)
            try:
                _note_recovery(store, recovery)
                file.replacing(made.escrowed(bundle, file.recovery)).write(place.key_file, bundle)
            except BaseException:
                store.close()
                raise
            self._attempts.forget()
            return store

    def verify(self, passphrase: str, account_id: AccountId | None = None) -> Account:
        """Whose passphrase this is; works while the store is open.

        Raises `WrongPassphrase`, `TooManyAttempts`, `StoreDamaged`.
        """
        with self._attempts.one():
            return KeyFile.read(self._place.key_file).open(passphrase, account_id)[0].account


def recover(folder: Path, half_a: str, half_b: str, new_passphrase: str, kdf: KdfCost | None = None) -> SqlStore:
    """Open a data folder with the two halves of the recovery key; see `SqlStoreGate.recover`."""
    return SqlStoreGate(folder, kdf).recover(RecoveryHalves(half_a, half_b), new_passphrase)


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

    def opened(self, bundle: KeyBundle, opened: ExitStack) -> Engine:
        """The database, checked and up to date."""
        self.refuse_missing_parts()
        self.unfinished.unlink(missing_ok=True)
        clear_left_over(self.folder)
        start = StartCheck(self.database)
        opened.callback(start.note_the_end)
        engine = _engine(self, bundle, opened)
        start.read(engine)
        upgrade(engine, self.database)
        return engine

    def refuse_missing_parts(self) -> None:
        """SQLite would make an empty database where one has gone."""
        for part, path in (("database", self.database), ("participant_keys", self.key_store)):
            if not path.is_file() or path.stat().st_size == 0:
                raise StoreDamaged(part=part)


def _engine(place: _Place, bundle: KeyBundle, opened: ExitStack) -> Engine:
    engine = open_engine(place.database, bundle.database)
    opened.callback(engine.dispose)
    return engine


def _brought_up(place: _Place, file: KeyFile, entry: WrappedKey, passphrase: str, bundle: KeyBundle) -> WrappedKey:
    """The line as this version writes it: new form, present cost, known to the present recovery key.

    A file of the format before is copied first; the copy goes when the new one has opened once, because it still
    opens with passphrases that are changed later.
    """
    copy = place.key_file.with_name(f"{KEY_FILE}.before-{FORMAT}")
    changed = entry
    if entry.old_style:
        changed = WrappedKey.made(_with_lead(file, entry.account), entry.caseload, passphrase, bundle, place.cost)
    elif entry.cost.work < place.cost.work:
        changed = WrappedKey.made(entry.account, entry.caseload, passphrase, bundle, place.cost)
    if changed is not entry or (file.recovery and (not entry.escrow or entry.escrow.key_id != file.recovery_id)):
        if file.format != FORMAT:
            private_file(copy, place.key_file.read_bytes())
        changed = changed.escrowed(bundle, file.recovery)
        file.replacing(changed).write(place.key_file, bundle)
    elif file.format == FORMAT:
        copy.unlink(missing_ok=True)
    return changed


def _with_lead(file: KeyFile, account: Account) -> Account:
    """Somebody must be able to let colleagues in: the first account, where an older version made no site lead."""
    if account != file.accounts[0] or any(each.holds(SITE_LEAD) for each in file.accounts):
        return account
    return account._replace(roles=(SITE_LEAD, *account.roles))


def _note_recovery(store: SqlStore, recovery: RecoveryKey) -> None:
    with store.unit_of_work() as uow:
        uow.audit.add(AuditLine(datetime.now(UTC), store.account.account_id, "recovery_key_used", recovery.key_id))
        uow.commit()
