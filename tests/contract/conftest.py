"""Each promise of the storage ports is tested on the store in memory and on the encrypted one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intake_app.domain.ids import ParticipantId
from intake_app.services.ports import Store, StoreGate
from intake_app.storage.gate import SqlStoreGate
from intake_app.storage.keys import KdfCost
from tests.fakes import records
from tests.fakes.storage import InMemoryStoreGate

PASSPHRASE = "vier losse woorden hier"


@pytest.fixture(params=["memory", "encrypted"])
def gate(request: pytest.FixtureRequest, tmp_path: Path) -> StoreGate:
    if request.param == "memory":
        return InMemoryStoreGate()
    return SqlStoreGate(tmp_path / "data", KdfCost(memory_kib=64, iterations=1, lanes=1))


@pytest.fixture
def open_store(gate: StoreGate) -> Iterator[Callable[[], Store]]:
    """Opens the store, and closes the one that was opened before."""
    opened: list[Store] = []

    def opening() -> Store:
        for store in opened:
            store.close()
        store = gate.unlock(PASSPHRASE) if gate.exists() else gate.create(PASSPHRASE, "Anneke", "counsellor")
        opened.append(store)
        return store

    yield opening
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Callable[[], Store]) -> Store:
    return open_store()


@pytest.fixture
def person(store: Store) -> ParticipantId:
    with store.unit_of_work() as uow:
        uow.participants.add(records.participant())
        uow.commit()
    return ParticipantId("p-1")
