"""Who works on this laptop: accounts, passphrases, the recovery key, and whose caseload a person is in."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import Engine, update
from sqlmodel import col, select

from intake_app.domain.draft import SITE_LEAD, Account, RecoveryHalves, StaffMember
from intake_app.domain.ids import AccountId, ParticipantId
from intake_app.domain.keeping import CARD_PREFIX
from intake_app.errors import (
    CaseloadSealed,
    LastSiteLead,
    NameTaken,
    PassphraseTaken,
    RecordMissing,
    RecoveryWrong,
    WrongPassphrase,
)
from intake_app.storage.kept_models import CaseCardRow
from intake_app.storage.keys import KdfCost, KeyBundle, KeyFile, WrappedKey
from intake_app.storage.models import DraftRow, ParticipantRow
from intake_app.storage.participant_keys import ParticipantKeys, PostBox
from intake_app.storage.recovery import RecoveryKey
from intake_app.storage.unit_of_work import Lane


@dataclass
class SqlStaff:
    """The accounts of an open store. Every change of the key file is whole or not at all.

    All methods raise `StoreLocked` once the store is closed, `DiskFull`, and `StoreDamaged` (part keys).
    """

    path: Path
    cost: KdfCost
    account: Account
    bundle: KeyBundle = field(repr=False)
    keys: ParticipantKeys = field(repr=False)
    engine: Engine = field(repr=False)
    lane: Lane = field(repr=False)

    def members(self) -> tuple[StaffMember, ...]:
        """Everybody who may unlock, in the order of joining, with how many people they guide."""
        with self._file() as file:
            return tuple(self._member(file, entry) for entry in file.entries)

    def add(self, passphrase: str, name: str, roles: tuple[str, ...]) -> Account:
        """Let a colleague in, with a caseload of their own. Raises `PassphraseTaken`, `NameTaken`."""
        with self._file() as file:
            refuse_taken(file, passphrase)
            if any(_same_name(account.name, name) for account in file.accounts):
                raise NameTaken(name=name)
            account = Account(AccountId(str(uuid.uuid4())), name, roles)
            bundle = self.bundle.for_colleague()
            entry = WrappedKey.made(account, account.account_id, passphrase, bundle, self.cost)
            self._write(file.adding(entry.escrowed(bundle, file.recovery)))
            return account

    def change_passphrase(self, old: str, new: str) -> None:
        """Wrap the own keys anew. Raises `WrongPassphrase` for a wrong old one, `PassphraseTaken`."""
        with self._file() as file:
            entry, bundle = file.open(old, self.account.account_id)
            refuse_taken(file, new)
            self._write(file.replacing(self._wrapped(file, entry, new, bundle)))

    def reset(self, account_id: AccountId, passphrase: str, halves: RecoveryHalves | None = None) -> bool:
        """A new passphrase for somebody who lost it; says whether the caseload came along.

        With the recovery key it does. Without, the person begins with an empty caseload, and the people of the old
        one stay sealed until `bring_back`. Raises `RecordMissing`, `PassphraseTaken`, `RecoveryMistyped`,
        `RecoveryWrong`.
        """
        with self._file() as file:
            entry = file.entry(account_id)
            refuse_taken(file, passphrase)
            if halves is not None:
                bundle = _opened(entry, RecoveryKey.of(halves))
                self._write(file.replacing(self._wrapped(file, entry, passphrase, bundle)))
                return True
            bundle = self.bundle.for_colleague()
            fresh = replace(entry, caseload=str(uuid.uuid4()))
            full = self.keys.holds(entry.caseload)
            file = replace(file, sealed=(*file.sealed, entry) if full else file.sealed)
            self._write(file.replacing(self._wrapped(file, fresh, passphrase, bundle)))
            return not full

    def bring_back(self, account_id: AccountId, key: RecoveryHalves | str) -> int:
        """Open what a reset has sealed, with the recovery key or the old passphrase; says how many people came.

        Raises `RecordMissing` when nothing is sealed, `RecoveryMistyped`, `RecoveryWrong`, `WrongPassphrase`.
        """
        with self._file() as file:
            to = _post_box(file.entry(account_id))
            waiting = [entry for entry in file.sealed if entry.account.account_id == account_id]
            if not waiting:
                raise RecordMissing(kind="sealed_caseload", id=account_id)
            opened = {entry.caseload: bundle for entry in waiting if (bundle := _by(entry, key)) is not None}
            if not opened:
                raise WrongPassphrase if isinstance(key, str) else RecoveryWrong
            moved = [self.keys.move(caseload, bundle, to) for caseload, bundle in opened.items()]
            self._write(replace(file, sealed=tuple(e for e in file.sealed if e.caseload not in opened)))
            return sum(map(_people, moved))

    def end(self, account_id: AccountId, successor: AccountId, halves: RecoveryHalves | None = None) -> int:
        """Take an account away; its people go to the successor, and says how many those are.

        A caseload with people opens with the recovery key alone. Raises `LastSiteLead`, `CaseloadSealed`,
        `RecordMissing`, `RecoveryMistyped`, `RecoveryWrong`.
        """
        with self._file() as file:
            entry, heir = file.entry(account_id), file.entry(successor)
            others = [each for each in file.accounts if each.account_id != account_id]
            if account_id == successor or not any(each.holds(SITE_LEAD) for each in others):
                raise LastSiteLead
            left = [each for each in (entry, *file.sealed) if each.account.account_id == account_id]
            full = [each for each in left if self.keys.holds(each.caseload)]
            moved = self._moved(full, heir, halves) if full else frozenset()
            self._write(file.without(account_id))
            return _people(moved)

    def hand_over(self, participant_ids: frozenset[ParticipantId], to: AccountId) -> None:
        """Give own people to a colleague, with their case cards; from then on only the colleague opens them.

        Raises `RecordMissing` (kind account) for somebody who has not logged in with this version yet or is not
        there, and `RecordErased`.
        """
        with self._file() as file:
            box = _post_box(file.entry(to))
            given = participant_ids | self._cards(participant_ids)
            self.keys.hand_over(given, box)
            self._rename(given, to)

    def recovery_id(self) -> str:
        """The name of the recovery key, as it stands on both halves' paper; empty when there is none."""
        with self._file() as file:
            return file.recovery_id

    def new_recovery(self) -> RecoveryHalves:
        """Two fresh halves, that open nothing until they are adopted; they are kept nowhere."""
        return RecoveryKey.fresh().halves()

    def adopt_recovery(self, halves: RecoveryHalves) -> str:
        """From now on this recovery key opens the store; the others' keys follow when they log in. Says its name.

        Raises `RecoveryMistyped`, `RecoveryWrong` for halves that do not belong together.
        """
        recovery = RecoveryKey.of(halves)
        with self._file() as file:
            file = replace(file, recovery=recovery.public)
            self._write(file.replacing(file.entry(self.account.account_id).escrowed(self.bundle, recovery.public)))
            return recovery.key_id

    @contextmanager
    def _file(self) -> Iterator[KeyFile]:
        """The key file while no unit of work is under way: keys and rows change together."""
        self.lane.enter()
        try:
            yield KeyFile.read(self.path)
        finally:
            self.lane.leave()

    def _write(self, file: KeyFile) -> None:
        file.write(self.path, self.bundle)

    def _wrapped(self, file: KeyFile, entry: WrappedKey, passphrase: str, bundle: KeyBundle) -> WrappedKey:
        made = WrappedKey.made(entry.account, entry.caseload, passphrase, bundle, self.cost)
        return made.escrowed(bundle, file.recovery)

    def _member(self, file: KeyFile, entry: WrappedKey) -> StaffMember:
        sealed = [each for each in file.sealed if each.account.account_id == entry.account.account_id]
        known = entry.escrow.key_id if entry.escrow is not None else ""
        recoverable = known == file.recovery_id
        waiting = sum(self.keys.count(each.caseload) for each in sealed)
        return StaffMember(entry.account, self.keys.count(entry.caseload), waiting, recoverable)

    def _moved(
        self, full: list[WrappedKey], heir: WrappedKey, halves: RecoveryHalves | None
    ) -> frozenset[ParticipantId]:
        if halves is None:
            raise CaseloadSealed(people=sum(self.keys.count(each.caseload) for each in full))
        recovery, to = RecoveryKey.of(halves), _post_box(heir)
        opened = [(each.caseload, _opened(each, recovery)) for each in full]
        moved = frozenset[ParticipantId]().union(*(self.keys.move(*each, to) for each in opened))
        self._rename(moved, heir.account.account_id)
        return moved

    def _cards(self, participant_ids: frozenset[ParticipantId]) -> frozenset[ParticipantId]:
        """The ids of the case cards of these people that are in the own caseload."""
        with self.engine.connect() as connection:
            wanted = select(col(CaseCardRow.card_id)).where(col(CaseCardRow.participant_id).in_(participant_ids))
            return frozenset(map(ParticipantId, connection.execute(wanted).scalars())) & self.keys.own()

    def _rename(self, ids: frozenset[ParticipantId], to: AccountId) -> None:
        """Say in the database whose they are now; who can open them is decided by the keys alone."""
        with self.engine.begin() as connection:
            for table, owner in (
                (ParticipantRow, ParticipantRow.participant_id),
                (DraftRow, DraftRow.participant_id),
                (CaseCardRow, CaseCardRow.card_id),
            ):
                connection.execute(update(table).where(col(owner).in_(ids)).values(account_id=to))


def _people(ids: frozenset[ParticipantId]) -> int:
    return sum(not each.startswith(CARD_PREFIX) for each in ids)


def _by(entry: WrappedKey, key: RecoveryHalves | str) -> KeyBundle | None:
    if not isinstance(key, str):
        return entry.recovered(RecoveryKey.of(key))
    try:
        return entry.open(key)
    except WrongPassphrase:
        return None


def _opened(entry: WrappedKey, recovery: RecoveryKey) -> KeyBundle:
    bundle = entry.recovered(recovery)
    if bundle is None:
        raise RecoveryWrong
    return bundle


def _post_box(entry: WrappedKey) -> PostBox:
    if not entry.public:
        raise RecordMissing(kind="account", id=entry.account.account_id)
    return PostBox(entry.caseload, entry.public)


def _same_name(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def refuse_taken(file: KeyFile, passphrase: str) -> None:
    """Two accounts with one passphrase could not be told apart. Raises `PassphraseTaken`."""
    try:
        file.open(passphrase)
    except WrongPassphrase:
        return
    raise PassphraseTaken
