"""A store in memory that keeps the contract of the storage ports; tests/contract runs on it and on the real one."""

from __future__ import annotations

import copy
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from intake_app.domain.draft import COUNSELLOR, SITE_LEAD, Account, AuditLine, RecoveryHalves
from intake_app.domain.ids import AccountId
from intake_app.errors import RecordExists, StoreInUse, StoreLocked, StoreMissing
from tests.fakes.keeping import InMemoryCards, InMemoryCounting, InMemoryFollowUps, InMemoryRights, InMemoryStays
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
from tests.fakes.staff import InMemoryStaff, Roll


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
    cards: InMemoryCards
    follow_ups: InMemoryFollowUps
    counting: InMemoryCounting
    rights: InMemoryRights
    stays: InMemoryStays

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
            InMemoryCards(contents),
            InMemoryFollowUps(contents),
            InMemoryCounting(contents),
            InMemoryRights(contents),
            InMemoryStays(contents),
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

    @property
    def cards(self) -> InMemoryCards:
        return self._inside().cards

    @property
    def follow_ups(self) -> InMemoryFollowUps:
        return self._inside().follow_ups

    @property
    def counting(self) -> InMemoryCounting:
        return self._inside().counting

    @property
    def rights(self) -> InMemoryRights:
        return self._inside().rights

    @property
    def stays(self) -> InMemoryStays:
        return self._inside().stays

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
        self.account = account or Account(AccountId("account-1"), "Anneke", (SITE_LEAD, COUNSELLOR))
        self.staff = InMemoryStaff(Roll({self.account.account_id: (self.account, "")}), self.account)
        self.contents = Contents()
        self.closed = False
        self._turn = threading.Lock()
        self._holder: int | None = None
        self.turns = 0

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
        self.turns += 1

    def leave(self) -> None:
        self._holder = None
        self._turn.release()


class InMemoryStoreGate:
    """Keeps one store between closing and unlocking."""

    def __init__(self) -> None:
        self._store: InMemoryStore | None = None
        self._roll = Roll({})

    def exists(self) -> bool:
        return self._store is not None

    def accounts(self) -> tuple[Account, ...]:
        if self._store is None:
            raise StoreMissing
        return self._roll.accounts()

    def wait(self) -> int:
        return 0

    def create(self, passphrase: str, name: str, *roles: str) -> InMemoryStore:
        if self._store is not None:
            raise RecordExists(kind="store", id="memory")
        account = Account(AccountId("account-1"), name, roles)
        self._roll = Roll({account.account_id: (account, passphrase)})
        return self._opened(account)

    def unlock(self, passphrase: str, account_id: AccountId | None = None) -> InMemoryStore:
        if self._store is None:
            raise StoreMissing
        if not self._store.closed:
            raise StoreInUse
        return self._opened(self.verify(passphrase, account_id))

    def verify(self, passphrase: str, account_id: AccountId | None = None) -> Account:
        if self._store is None:
            raise StoreMissing
        return self._roll.whose(passphrase, account_id)

    def recover(self, halves: RecoveryHalves, passphrase: str) -> InMemoryStore:
        if self._store is None:
            raise StoreMissing
        self._roll.refuse_foreign(halves)
        lead = next(account for account in self._roll.accounts() if account.holds(SITE_LEAD))
        self._roll.set_passphrase(lead.account_id, passphrase)
        store = self._opened(lead)
        with store.unit_of_work() as uow:
            uow.audit.add(AuditLine(datetime.now(UTC), lead.account_id, "recovery_key_used", self._roll.recovery_id))
            uow.commit()
        return store

    def _opened(self, account: Account) -> InMemoryStore:
        store = InMemoryStore(account)
        store.staff = InMemoryStaff(self._roll, account)
        if self._store is not None:
            store.contents = self._store.contents
        self._store = store
        return store
