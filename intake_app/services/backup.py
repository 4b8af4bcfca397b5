"""Backups as the use cases see them: making one, which there are, whether one is due, and which still hold a key."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from intake_app.domain.backup import BackupSet
from intake_app.domain.clock import Clock
from intake_app.domain.draft import AuditLine
from intake_app.domain.letters import HeldBackup
from intake_app.services.installation import read_clocks
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import Store, UnitOfWork

NAME = "intake-reservekopie.intake"
"""What a backup file is called in the folder or on the stick that was chosen."""
REMIND_DAYS = 7
_KNOWN = "backup.known"


class BackupMaker(Protocol):
    """Copies an open store into a backup file. Raises BackupFolderMissing, BackupRefused, DiskFull, StoreDamaged."""

    def __call__(self, store: Store, file: Path, at: datetime, keep_days: int, go_on: Callable[[], None]) -> BackupSet:
        """Copy the store as it is now; copies older than `keep_days` are left out.

        `go_on` is asked wherever the work can still stop and leave everything as it was; it may raise.
        """
        ...


@dataclass(frozen=True)
class KnownBackup:
    """A backup file that was made from here: where it lies and when it was last replaced."""

    path: str
    at: datetime

    @property
    def label(self) -> str:
        """How people call it: the name of its folder or stick."""
        folder = Path(self.path).parent
        return folder.name or str(folder)


@guarded(Action.BACKUP)
def make_backup(
    store: Store, make: BackupMaker, file: Path, clock: Clock, go_on: Callable[[], None] = lambda: None
) -> BackupSet:
    """Make or refresh a backup, and remember where it lies. Raises RoleRefused, and as `BackupMaker`.

    What `go_on` raises stops the work; the backup that was there stays.
    """
    now = clock.now()
    made = make(store, file, now, read_clocks(store).backup_days, go_on)
    path = str(file.absolute())
    with store.unit_of_work() as uow:
        known = [one for one in _known(uow) if one.path != path]
        _keep(uow, [*known, KnownBackup(path, now)])
        uow.audit.add(AuditLine(now, store.account.account_id, "backup_made", made.store_id[:8]))
        uow.commit()
    return made


@guarded(Action.LOOK_AT_SETTINGS)
def known_backups(store: Store) -> tuple[KnownBackup, ...]:
    """The backups that were made from here, the newest first."""
    with store.unit_of_work() as uow:
        return tuple(sorted(_known(uow), key=lambda one: one.at, reverse=True))


@guarded(Action.BACKUP)
def forget_backup(store: Store, path: str) -> None:
    """Somebody has destroyed this backup file. Raises RoleRefused."""
    with store.unit_of_work() as uow:
        _keep(uow, [one for one in _known(uow) if one.path != path])
        uow.commit()


@guarded(Action.UPKEEP)
def days_without(store: Store, now: datetime) -> int | None:
    """Whole days since the last backup; None when there never was one."""
    known = known_backups(store)
    return max((now - known[0].at).days, 0) if known else None


def holding(uow: UnitOfWork) -> tuple[HeldBackup, ...]:
    """The backups that hold a copy of the keys as they are now: an erasure makes each of them out of date."""
    return tuple(HeldBackup(one.label, one.at) for one in sorted(_known(uow), key=lambda one: one.at))


@guarded(Action.UPKEEP)
def overdue(store: Store, now: datetime) -> tuple[KnownBackup, ...]:
    """Backups older than `backup_days`: they are to be refreshed or destroyed (DOMAIN 8.6)."""
    edge = now - timedelta(days=read_clocks(store).backup_days)
    return tuple(one for one in known_backups(store) if one.at < edge)


def _known(uow: UnitOfWork) -> list[KnownBackup]:
    told = json.loads(uow.settings.get(_KNOWN, "[]"))
    return [KnownBackup(path, datetime.fromisoformat(at)) for path, at in told]


def _keep(uow: UnitOfWork, known: list[KnownBackup]) -> None:
    uow.settings.set(_KNOWN, json.dumps([[one.path, one.at.isoformat()] for one in known]))
