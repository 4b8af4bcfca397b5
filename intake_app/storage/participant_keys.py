"""The key store: one key per participant, apart from the data, wrapped per caseload. Destroying a key is erasing."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from intake_app.domain.ids import ParticipantId
from intake_app.domain.keeping import CARD_PREFIX
from intake_app.errors import RecordErased, StoreDamaged
from intake_app.storage.crypto import Place, is_sealed_to, new_key, seal, seal_to, unseal, unseal_with
from intake_app.storage.sqlcipher import kind_of_failure, prepare
from intake_app.storage.wrapping import KeyBundle

FORMAT = 1
_TABLE = """
CREATE TABLE participant_key (
    participant_id TEXT NOT NULL, caseload TEXT NOT NULL, wrapped BLOB NOT NULL,
    PRIMARY KEY (participant_id, caseload))
"""


@dataclass(frozen=True)
class PostBox:
    """A caseload as others reach it: they can seal keys to it, and open none."""

    caseload: str
    public: bytes = field(repr=False)


class ParticipantKeys:
    """The keys of one caseload, opened. Not thread-safe: the one write lane guards it.

    A rollback journal instead of WAL: a destroyed key must not live on in a log beside the file.
    """

    def __init__(self, path: Path, caseload: str, bundle: KeyBundle) -> None:
        self._path = path
        self._caseload = caseload
        self._caseload_key = bundle.caseload
        self._connection = _connect(path, bundle.key_store)
        try:
            with self._translated():
                self._refuse_damage()
                self._keys = dict(self._opened(caseload, bundle))
                self._take_in()
        except BaseException:
            self._connection.close()
            raise

    @classmethod
    def create(cls, path: Path, store_key: bytes) -> None:
        """Make an empty key store in a file that is still empty. Raises `DiskFull`."""
        connection = _connect(path, store_key)
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(_TABLE)
            connection.execute(f"PRAGMA user_version = {FORMAT}")
            connection.execute("COMMIT")
        except dbapi2.Error as problem:
            raise kind_of_failure(problem, path, part="participant_keys") from problem
        finally:
            connection.close()

    def own(self) -> frozenset[ParticipantId]:
        """The participants of this caseload."""
        return frozenset(self._keys)

    def opens(self, participant_id: str) -> bool:
        """Whether this participant is of this caseload; cheap, for lists."""
        return participant_id in self._keys

    def key(self, participant_id: ParticipantId) -> bytes:
        """The key of a participant of this caseload. Raises `RecordErased` when there is none any more."""
        try:
            return self._keys[participant_id]
        except KeyError:
            raise RecordErased(id=participant_id) from None

    def is_elsewhere(self, participant_id: ParticipantId) -> bool:
        """Whether only another caseload on this laptop can open this participant."""
        return participant_id not in self._keys and self.knows(participant_id)

    def knows(self, participant_id: ParticipantId) -> bool:
        """Whether any caseload on this laptop has a key of this participant."""
        query = "SELECT 1 FROM participant_key WHERE participant_id = ?"
        with self._translated():
            return self._connection.execute(query, (participant_id,)).fetchone() is not None

    def make(self, participant_id: ParticipantId) -> None:
        """A new key, durable on return; one left by work that was cut off is replaced. Raises `DiskFull`."""
        key = new_key()
        wrapped = seal(self._caseload_key, key, _place(participant_id, self._caseload))
        with self._transaction():
            self._connection.execute(
                "INSERT OR REPLACE INTO participant_key (participant_id, caseload, wrapped) VALUES (?, ?, ?)",
                (participant_id, self._caseload, wrapped),
            )
        self._keys[participant_id] = key

    def destroy(self, participant_ids: frozenset[ParticipantId]) -> None:
        """Overwrite and remove these keys in every caseload, durable on return; unknown ids are fine.

        In one transaction: an overwritten key that was not removed any more would keep the whole store shut.
        """
        rows = [(participant_id,) for participant_id in sorted(participant_ids)]
        with self._transaction():
            self._connection.executemany(
                "UPDATE participant_key SET wrapped = randomblob(length(wrapped)) WHERE participant_id = ?", rows
            )
            self._connection.executemany("DELETE FROM participant_key WHERE participant_id = ?", rows)
        for participant_id in participant_ids:
            self._keys.pop(participant_id, None)

    def count(self, caseload: str) -> int:
        """How many people are in a caseload, be it another's, case cards not counted; opens nothing."""
        query = "SELECT count(*) FROM participant_key WHERE caseload = ? AND participant_id NOT LIKE ?"
        with self._translated():
            return int(self._connection.execute(query, (caseload, f"{CARD_PREFIX}%")).fetchone()[0])

    def holds(self, caseload: str) -> bool:
        """Whether anything is in a caseload, be it another's."""
        query = "SELECT 1 FROM participant_key WHERE caseload = ?"
        with self._translated():
            return self._connection.execute(query, (caseload,)).fetchone() is not None

    def hand_over(self, participant_ids: frozenset[ParticipantId], to: PostBox) -> None:
        """Give these people to another caseload; on return only that one opens them. Raises `RecordErased`."""
        keys = {participant_id: self.key(participant_id) for participant_id in participant_ids}
        self._post(keys, self._caseload, to)
        for participant_id in participant_ids:
            del self._keys[participant_id]

    def move(self, caseload: str, bundle: KeyBundle, to: PostBox) -> frozenset[ParticipantId]:
        """Give everybody of a caseload, whose keys somebody else brought, to another; says who they are."""
        with self._translated():
            keys = dict(self._opened(caseload, bundle))
        self._post(keys, caseload, to)
        if to.caseload == self._caseload:
            self._keys |= keys
            self._take_in()
        return frozenset(keys)

    def close(self) -> None:
        """Let the file go and forget the keys."""
        self._keys.clear()
        self._caseload_key = secrets.token_bytes(len(self._caseload_key))
        self._connection.close()

    def _post(self, keys: dict[ParticipantId, bytes], caseload: str, to: PostBox) -> None:
        """The key goes over in one transaction: at no moment does nobody have it."""
        old = [(participant_id, caseload) for participant_id in sorted(keys)]
        new = [
            (participant_id, to.caseload, seal_to(to.public, keys[participant_id], _place(participant_id, to.caseload)))
            for participant_id in sorted(keys)
        ]
        with self._transaction():
            self._connection.executemany("INSERT OR REPLACE INTO participant_key VALUES (?, ?, ?)", new)
            self._connection.executemany("DELETE FROM participant_key WHERE participant_id = ? AND caseload = ?", old)

    def _take_in(self) -> None:
        """Wrap what colleagues handed over under the own key: it opens sooner, and nothing of theirs stays."""
        query = "SELECT participant_id FROM participant_key WHERE caseload = ? AND substr(wrapped, 1, 1) = x'02'"
        posted = [row[0] for row in self._connection.execute(query, (self._caseload,))]
        if not posted:
            return
        rows = [
            (seal(self._caseload_key, self._keys[each], _place(each, self._caseload)), each, self._caseload)
            for each in posted
        ]
        with self._transaction():
            self._connection.executemany(
                "UPDATE participant_key SET wrapped = ? WHERE participant_id = ? AND caseload = ?", rows
            )

    def _refuse_damage(self) -> None:
        if self._connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise StoreDamaged(part="participant_keys")

    def _opened(self, caseload: str, bundle: KeyBundle) -> Iterator[tuple[ParticipantId, bytes]]:
        query = "SELECT participant_id, wrapped FROM participant_key WHERE caseload = ?"
        for participant_id, wrapped in self._connection.execute(query, (caseload,)):
            place = _place(participant_id, caseload)
            if is_sealed_to(wrapped):
                yield ParticipantId(participant_id), unseal_with(bundle.post_box, wrapped, place)
            else:
                yield ParticipantId(participant_id), unseal(bundle.caseload, wrapped, place)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except dbapi2.Error as problem:
            raise kind_of_failure(problem, self._path, part="participant_keys") from problem

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._translated():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")


def _place(participant_id: str, caseload: str) -> Place:
    return Place(owner=participant_id, table="participant_key", row=caseload)


def _connect(path: Path, key: bytes) -> Any:
    try:
        connection = dbapi2.connect(str(path), check_same_thread=False, timeout=10, isolation_level=None)
    except dbapi2.Error as problem:
        raise kind_of_failure(problem, path, part="participant_keys") from problem
    try:
        prepare(connection, key, journal_mode="DELETE")
    except dbapi2.Error as problem:
        connection.close()
        raise kind_of_failure(problem, path, part="participant_keys") from problem
    return connection
