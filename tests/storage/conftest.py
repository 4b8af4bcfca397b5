"""A data folder with an encrypted store, cheap to unlock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intake_app.storage.gate import SqlStore, SqlStoreGate
from intake_app.storage.keys import KdfCost
from tests.fakes import records

CHEAP = KdfCost(memory_kib=64, iterations=1, lanes=1)
PASSPHRASE = "vier losse woorden hier"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def gate(folder: Path) -> SqlStoreGate:
    return SqlStoreGate(folder, CHEAP)


@pytest.fixture
def passphrase() -> str:
    return PASSPHRASE


@pytest.fixture
def open_store(gate: SqlStoreGate) -> Iterator[Callable[[], SqlStore]]:
    """Opens the store, and closes the one that was opened before."""
    opened: list[SqlStore] = []

    def opening() -> SqlStore:
        for store in opened:
            store.close()
        store = gate.unlock(PASSPHRASE) if gate.exists() else gate.create(PASSPHRASE, "Anneke", "counsellor")
        opened.append(store)
        return store

    yield opening
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Callable[[], SqlStore]) -> SqlStore:
    return open_store()


@pytest.fixture
def talk(store: SqlStore) -> SqlStore:
    """A store with one person and an open talk of ten answers."""
    with store.unit_of_work() as uow:
        uow.participants.add(records.participant())
        uow.drafts.add(records.header())
        uow.drafts.append(records.header().instance_id, [records.entry(sequence) for sequence in range(10)])
        uow.commit()
    return store
