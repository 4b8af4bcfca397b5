"""Looking over a store after a crash: are the files whole, and does every talk in them have its person."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from intake_app.domain.draft import Draft
from intake_app.domain.ids import InstanceId
from intake_app.errors import IntakeError
from intake_app.services.conversation import Conversation
from intake_app.services.office import INTAKE, Office
from intake_app.storage.gate import DATABASE, KEY_FILE, KEY_STORE, SqlStore, SqlStoreGate
from intake_app.storage.keys import KdfCost, KeyFile
from intake_app.storage.sqlcipher import prepare
from intake_app.xforms.api import FormEntry

CHEAP = KdfCost(memory_kib=64, iterations=1, lanes=1)
PASSPHRASE = "vier losse woorden hier"


@dataclass
class Findings:
    """What was found wrong, by promise; empty lists when all is well."""

    lost: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    ghosts: list[str] = field(default_factory=list)

    def as_lists(self) -> list[list[str]]:
        """For the pipe."""
        return [self.lost, self.damaged, self.ghosts]


def gate(folder: Path) -> SqlStoreGate:
    """The way into a store of the harness; a cheap passphrase, since hundreds of them are opened."""
    return SqlStoreGate(folder, CHEAP)


@contextmanager
def opened(warm: Office, folder: Path) -> Iterator[Office]:
    """The office over the store in a folder, as after a new start."""
    store = gate(folder).unlock(PASSPHRASE)
    try:
        yield replace(warm, store=store, send_round=None)
    finally:
        store.close()


def check_files(folder: Path, findings: Findings, passphrase: str = PASSPHRASE) -> None:
    """Read both databases page by page, with SQLite's own check and SQLCipher's signatures."""
    _, bundle = KeyFile.read(folder / KEY_FILE).open(passphrase)
    for name, key in ((DATABASE, bundle.database), (KEY_STORE, bundle.key_store)):
        connection = dbapi2.connect(str(folder / name))
        try:
            prepare(connection, key, "WAL" if name == DATABASE else "DELETE")
            for check in ("integrity_check", "foreign_key_check", "cipher_integrity_check"):
                if check == "cipher_integrity_check":
                    # it reads the file itself, where a page may be torn whose good copy stands in the log
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                found = connection.execute(f"PRAGMA {check}").fetchall()
                if found not in ([], [("ok",)]):
                    findings.damaged.append(f"{name}: {check}: {found[:2]}")
        except dbapi2.Error as problem:
            findings.damaged.append(f"{name}: {problem}")
        finally:
            connection.close()


def check_people(store: SqlStore, expected: Sequence[str], findings: Findings) -> None:
    """Every open talk is one we know, has its person, and was not finished as well; every person has a talk."""
    with store.unit_of_work() as uow:
        drafts = uow.drafts.list()
        people = {person.participant_id for person in uow.participants.list()}
        finished = uow.instances.list()
    done = {record.instance_id for record in finished}
    for header in drafts:
        if header.instance_id not in expected:
            findings.ghosts.append("a talk that nobody began")
        if header.participant_id not in people:
            findings.ghosts.append("a talk without its person")
        if header.instance_id in done:
            findings.ghosts.append("a talk that is both open and finished")
    busy = {header.participant_id for header in drafts} | {record.participant_id for record in finished}
    if people - busy:
        findings.ghosts.append("a person without a talk")


def fingerprint(content: bytes) -> str:
    """A short name for a state of a talk."""
    return hashlib.sha256(content).hexdigest()[:24]


def state_of(conversation: Conversation) -> str:
    """The name of what is kept of a talk, all its answers together."""
    return fingerprint(conversation.talk.stored_savepoint())


def state_up_to(warm: Office, draft: Draft, sequence: int, leaving_out: frozenset[str]) -> str | None:
    """The name of the talk as its journal has it up to an entry; None where a later savepoint has folded that in."""
    if draft.savepoint is None or draft.savepoint_sequence > sequence:
        return None
    entry = FormEntry.restore(warm.forms[INTAKE], draft.savepoint, media=warm.media, now=warm.clock.now, language="nl")
    for line in draft.journal:
        if line.sequence <= sequence:
            entry.apply(line.event)
    return fingerprint(entry.savepoint(leave_empty=leaving_out))


def draft_in(office: Office, instance_id: str) -> Draft | None:
    """A kept talk, or None when it is not there."""
    with office.store.unit_of_work() as uow:
        if instance_id not in {header.instance_id for header in uow.drafts.list()}:
            return None
        return uow.drafts.get(InstanceId(instance_id))


def counted(store: SqlStore, instance_id: str) -> dict[str, int]:
    """How much of a finished talk stands in the store."""
    with store.unit_of_work() as uow:
        finished = uow.instances.list()
        people = {record.participant_id for record in finished}
        return {
            "records": len(finished),
            "outbox": len(uow.outbox.waiting()),
            "plans": sum(len(uow.plans.of_participant(person)) for person in people),
            "consents": sum(bool(uow.consents.of(person)) for person in people),
            "open": sum(header.instance_id == instance_id for header in uow.drafts.list()),
        }


def told_in_words(error: BaseException) -> str:
    """An error without what it may quote."""
    return str(error) if isinstance(error, IntakeError) else type(error).__name__


def rows_of(connection: Any) -> dict[str, int]:
    """Table to number of rows."""
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}
