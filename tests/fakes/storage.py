"""A store in memory that keeps the contract of the storage ports; tests/contract runs on it and on the real one."""

from __future__ import annotations

import copy
import threading
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from intake_app.domain.draft import Account
from intake_app.domain.ids import AccountId
from intake_app.errors import RecordExists, StoreInUse, StoreLocked, StoreMissing, WrongPassphrase
from tests.fakes.repositories import (
    Contents,
    InMemoryAudit,
    InMemoryConsents,
    InMemoryDrafts,
    InMemoryFiles,
    InMemoryInstances,
    InMemoryOutbox,
    InMemoryParticipants,
    InMemoryPlans,
    InMemorySettings,
)


@dataclass
class _Repositories:
    participants: InMemoryParticipants
    drafts: InMemoryDrafts
    instances: InMemoryInstances
    outbox: InMemoryOutbox
    consents: InMemoryConsents
    plans: InMemoryPlans
    files: InMemoryFiles
    settings: InMemorySettings
    audit: InMemoryAudit

    @classmethod
    def over(cls, contents: Contents) -> _Repositories:
        return cls(
            InMemoryParticipants(contents),
            InMemoryDrafts(contents),
            InMemoryInstances(contents),
            InMemoryOutbox(contents),
            InMemoryConsents(contents),
            InMemoryPlans(contents),
            InMemoryFiles(contents),
            InMemorySettings(contents),
            InMemoryAudit(contents),
        )


class InMemoryUnitOfWork:
    """Works on a copy of the store's contents and puts it back on commit."""

    def __init__(self, store: InMemoryStore) -> None:
        self._store = store
        self._contents: Contents | None = None
        self._open: _Repositories | None = None

    @property
    def participants(self) -> InMemoryParticipants:
        return self._inside().participants

    @property
    def drafts(self) -> InMemoryDrafts:
        return self._inside().drafts

    @property
    def instances(self) -> InMemoryInstances:
        return self._inside().instances

    @property
    def outbox(self) -> InMemoryOutbox:
        return self._inside().outbox

    @property
    def consents(self) -> InMemoryConsents:
        return self._inside().consents

    @property
    def plans(self) -> InMemoryPlans:
        return self._inside().plans

    @property
    def files(self) -> InMemoryFiles:
        return self._inside().files

    @property
    def settings(self) -> InMemorySettings:
        return self._inside().settings

    @property
    def audit(self) -> InMemoryAudit:
        return self._inside().audit

    def __enter__(self) -> Self:
        self._store.enter()
        self._contents = copy.deepcopy(self._store.contents)
        self._open = _Repositories.over(self._contents)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open = self._contents = None
        self._store.leave()

    def commit(self) -> None:
        self._inside()
        self._store.contents = copy.deepcopy(self._contents) or Contents()

    def _inside(self) -> _Repositories:
        if self._open is None:
            raise RuntimeError("a unit of work is used inside its `with` block")
        return self._open


class InMemoryStore:
    """An unlocked store that lives as long as this object; `InMemoryStore()` is ready for use."""

    def __init__(self, account: Account | None = None) -> None:
        self.account = account or Account(AccountId("account-1"), "Anneke", "counsellor")
        self.contents = Contents()
        self.closed = False
        self._turn = threading.Lock()
        self._holder: int | None = None

    def unit_of_work(self) -> InMemoryUnitOfWork:
        return InMemoryUnitOfWork(self)

    def close(self) -> None:
        self.closed = True

    def enter(self) -> None:
        if self._holder == threading.get_ident():
            raise RuntimeError("a unit of work is open in this thread already")
        self._turn.acquire()
        if self.closed:
            self._turn.release()
            raise StoreLocked
        self._holder = threading.get_ident()

    def leave(self) -> None:
        self._holder = None
        self._turn.release()


class InMemoryStoreGate:
    """Keeps one store between closing and unlocking."""

    def __init__(self) -> None:
        self._store: InMemoryStore | None = None
        self._passphrase = ""

    def exists(self) -> bool:
        return self._store is not None

    def create(self, passphrase: str, name: str, role: str) -> InMemoryStore:
        if self._store is not None:
            raise RecordExists(kind="store", id="memory")
        self._store = InMemoryStore(Account(AccountId("account-1"), name, role))
        self._passphrase = passphrase
        return self._store

    def unlock(self, passphrase: str) -> InMemoryStore:
        if self._store is None:
            raise StoreMissing
        if not self._store.closed:
            raise StoreInUse
        self.verify(passphrase)
        again = InMemoryStore(self._store.account)
        again.contents = self._store.contents
        self._store = again
        return again

    def verify(self, passphrase: str) -> Account:
        if self._store is None:
            raise StoreMissing
        if passphrase != self._passphrase:
            raise WrongPassphrase
        return self._store.account
