"""A damaged file is told as damage of that part, at opening, and never as something else."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from intake_app.errors import StoreDamaged, StoreNewer
from intake_app.storage.gate import SqlStore, SqlStoreGate
from intake_app.storage.keys import KeyFile
from intake_app.storage.sqlcipher import prepare
from tests.fakes import records
from tests.fakes.encrypted import CHEAP

PARTS = {"intake.db": "database", "participant_keys.db": "participant_keys", "keys.json": "keys"}


@pytest.fixture
def closed(talk: SqlStore) -> None:
    with talk.unit_of_work() as uow:
        uow.instances.add(records.instance(xml=random.Random(1).randbytes(60_000)))
        uow.commit()
    talk.close()


def _refused(gate: SqlStoreGate, passphrase: str) -> object:
    with pytest.raises(StoreDamaged) as refused:
        gate.unlock(passphrase)
    return refused.value.params["part"]


@pytest.mark.parametrize("name", PARTS)
def test_a_missing_file(closed: None, gate: SqlStoreGate, folder: Path, passphrase: str, name: str) -> None:
    (folder / name).unlink()
    assert _refused(gate, passphrase) == PARTS[name]
    assert name == "keys.json" or not (folder / name).exists()


@pytest.mark.parametrize("share", [0, 0.001, 0.3, 0.5, 0.75, 0.99])
@pytest.mark.parametrize("name", PARTS)
def test_a_file_that_is_cut_off(
    closed: None, gate: SqlStoreGate, folder: Path, passphrase: str, name: str, share: float
) -> None:
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole[: int(len(whole) * share)])
    assert _refused(gate, passphrase) == PARTS[name]


@pytest.mark.parametrize("name", ["intake.db", "participant_keys.db"])
def test_a_file_that_lost_whole_pages(
    closed: None, gate: SqlStoreGate, folder: Path, passphrase: str, name: str
) -> None:
    whole = (folder / name).read_bytes()
    for pages in range(1, len(whole) // 4096):
        (folder / name).write_bytes(whole[: pages * 4096])
        assert _refused(gate, passphrase) == PARTS[name]


@pytest.mark.parametrize("name", ["intake.db", "participant_keys.db"])
def test_one_changed_byte_in_any_page(
    closed: None, gate: SqlStoreGate, folder: Path, passphrase: str, name: str
) -> None:
    whole = (folder / name).read_bytes()
    for page in range(len(whole) // 4096):
        changed = bytearray(whole)
        changed[page * 4096 + 1234] ^= 1
        (folder / name).write_bytes(changed)
        assert _refused(gate, passphrase) == PARTS[name], page
    (folder / name).write_bytes(whole)
    gate.unlock(passphrase).close()


@pytest.mark.parametrize("name", PARTS)
def test_a_file_of_another_kind(closed: None, gate: SqlStoreGate, folder: Path, passphrase: str, name: str) -> None:
    (folder / name).write_bytes(b"Dit is geen databank. " * 1000)
    assert _refused(gate, passphrase) == PARTS[name]


def test_files_of_another_store(
    closed: None, gate: SqlStoreGate, folder: Path, passphrase: str, tmp_path: Path
) -> None:
    other = SqlStoreGate(tmp_path / "other", CHEAP)
    other.create("zin", "Bert", "counsellor").close()
    (folder / "intake.db").write_bytes((tmp_path / "other" / "intake.db").read_bytes())
    assert _refused(gate, passphrase) == "database"


def test_rubbish_in_the_log_costs_nothing_that_was_in_the_file(
    closed: None, gate: SqlStoreGate, folder: Path, passphrase: str
) -> None:
    (folder / "intake.db-wal").write_bytes(random.Random(2).randbytes(20_000))
    store = gate.unlock(passphrase)
    with store.unit_of_work() as uow:
        assert len(uow.drafts.get(records.header().instance_id).journal) == 10
    store.close()


def test_a_row_moved_to_another_person_does_not_open(
    talk: SqlStore, gate: SqlStoreGate, folder: Path, passphrase: str
) -> None:
    with talk.unit_of_work() as uow:
        uow.participants.add(records.participant("p-2", "2222-2222", "Bilal"))
        uow.commit()
    talk.close()
    _edit(folder, passphrase, "UPDATE draft SET participant_id = 'p-2'")
    store = gate.unlock(passphrase)
    with store.unit_of_work() as uow, pytest.raises(StoreDamaged) as refused:
        uow.drafts.get(records.header().instance_id)
    assert refused.value.params == {"part": "content", "table": "journal_entry"}
    store.close()


def test_a_database_of_a_newer_program_is_left_alone(
    talk: SqlStore, gate: SqlStoreGate, folder: Path, passphrase: str
) -> None:
    talk.close()
    _edit(folder, passphrase, "UPDATE alembic_version SET version_num = '9999'")
    before = (folder / "intake.db").read_bytes()
    with pytest.raises(StoreNewer) as refused:
        gate.unlock(passphrase)
    assert refused.value.params == {"revision": "9999"}
    assert (folder / "intake.db").read_bytes() == before


def _edit(folder: Path, passphrase: str, statement: str) -> None:
    _, bundle = KeyFile.read(folder / "keys.json").open(passphrase)
    connection = dbapi2.connect(str(folder / "intake.db"))
    prepare(connection, bundle.database, "WAL")
    connection.execute(statement)
    connection.commit()
    connection.close()
