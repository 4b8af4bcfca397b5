"""A data folder with an encrypted store, cheap to unlock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intake_app.storage.gate import SqlStore, SqlStoreGate
from tests.fakes import records
from tests.fakes.encrypted import CHEAP, PASSPHRASE, opening


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
    with opening(gate) as again:
        yield again


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
