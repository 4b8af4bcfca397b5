"""The same laptop in plain SQLite: the same tables, sizes and indexes, nothing encrypted, statements by hand."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from benchmarks.killing.examine import PASSPHRASE
from intake_app.catalogue.fold import fold
from intake_app.domain.draft import ParticipantRecord
from intake_app.domain.ids import AccountId, InstanceId, ParticipantId, ParticipantNumber
from intake_app.domain.keeping import Stay
from intake_app.services.people import PersonSummary, summaries
from intake_app.storage.gate import DATABASE, KEY_FILE
from intake_app.storage.keys import KeyFile
from intake_app.storage.soundness import OPEN_WORK
from intake_app.storage.sqlcipher import prepare

_NEWEST = "SELECT participant_id, max({moment}) FROM {table} GROUP BY participant_id"


def make_peer(folder: Path, people: Sequence[ParticipantRecord], file: Path) -> None:
    """Write the decrypted database of a store to a file, with names where ours has sealed ones."""
    _, bundle = KeyFile.read(folder / KEY_FILE).open(PASSPHRASE)
    source = dbapi2.connect(str(folder / DATABASE), isolation_level=None)
    prepare(source, bundle.database, "WAL")
    source.execute("ATTACH DATABASE ? AS plain KEY ''", (str(file),))
    source.execute("SELECT sqlcipher_export('plain')")
    source.execute("DETACH DATABASE plain")
    source.close()
    plain = _connect(file)
    plain.execute("BEGIN")
    plain.execute("ALTER TABLE participant ADD COLUMN folded TEXT")
    for person in people:
        content = {"call_name": person.call_name, "age_group": person.age_group, "language": person.language}
        plain.execute(
            "UPDATE participant SET sealed = ?, folded = ? WHERE participant_id = ?",
            (json.dumps(content), f" {fold(person.call_name)}", person.participant_id),
        )
    plain.execute("COMMIT")
    plain.close()


class Peer:
    """An open plain database."""

    def __init__(self, file: Path) -> None:
        self._connection = _connect(file)
        for table in OPEN_WORK:
            self._connection.execute(f"PRAGMA quick_check('{table}')").fetchall()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def people(self) -> tuple[PersonSummary, ...]:
        """The list, as ours."""
        rows = self._connection.execute(
            "SELECT participant_id, number, account_id, created_at, practice, sealed FROM participant"
            " ORDER BY created_at"
        ).fetchall()
        people = [
            ParticipantRecord(
                ParticipantId(row[0]), ParticipantNumber(row[1]), AccountId(row[2]), _moment(row[3]),
                practice=bool(row[4]), **json.loads(row[5]),
            )
            for row in rows
        ]  # fmt: skip
        return summaries(people, self._stays(people), ())

    def _stays(self, people: Sequence[ParticipantRecord]) -> list[Stay]:
        finished = self._newest("instance", "finalized_at")
        confirmed = self._newest("receipt", "received_at")
        open_at = self._newest("draft", "updated_at")
        talks: dict[str, list[InstanceId]] = defaultdict(list)
        for name, owner in self._connection.execute("SELECT instance_id, participant_id FROM draft"):
            talks[owner].append(InstanceId(name))
        waiting = {
            owner: (count, _moment(since))
            for owner, count, since in self._connection.execute(
                "SELECT participant_id, count(*), min(queued_at) FROM outbox GROUP BY participant_id"
            )
        }
        return [
            Stay(
                participant_id=person.participant_id,
                number=person.number,
                account_id=person.account_id,
                practice=person.practice,
                own=True,
                open_talks=tuple(talks[person.participant_id]),
                open_at=open_at.get(person.participant_id),
                finished_at=finished.get(person.participant_id),
                waiting=waiting.get(person.participant_id, (0, None))[0],
                waiting_since=waiting.get(person.participant_id, (0, None))[1],
                confirmed_at=confirmed.get(person.participant_id),
            )
            for person in people
        ]

    def _newest(self, table: str, moment: str) -> dict[str, datetime]:
        rows = self._connection.execute(_NEWEST.format(table=table, moment=moment))
        return {owner: _moment(at) for owner, at in rows}

    def search(self, text: str, most: int) -> list[str]:
        """Ids of the first people whose folded name has a word that begins so."""
        words = [f"% {word}%" for word in fold(text).split()]
        where = " AND ".join(["folded LIKE ?"] * len(words)) or "1"
        query = f"SELECT participant_id FROM participant WHERE {where} ORDER BY created_at DESC LIMIT {most}"
        return [row[0] for row in self._connection.execute(query, words)]

    def save_typing(self, instance_id: str, typing: dict[str, str]) -> None:
        """Replace the text that is still being typed, durable on return."""
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute(
            "INSERT OR REPLACE INTO typing (instance_id, sealed) VALUES (?, ?)", (instance_id, json.dumps(typing))
        )
        self._connection.execute("COMMIT")


def _connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
