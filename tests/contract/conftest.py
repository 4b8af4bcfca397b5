"""Each promise of the storage ports is tested on the store in memory and on the encrypted one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intake_app.domain.ids import ParticipantId
from intake_app.services.ports import Store, StoreGate
from intake_app.storage.gate import SqlStoreGate
from tests.fakes import records
from tests.fakes.encrypted import CHEAP, opening
from tests.fakes.storage import InMemoryStoreGate


@pytest.fixture(params=["memory", "encrypted"])
def gate(request: pytest.FixtureRequest, tmp_path: Path) -> StoreGate:
    if request.param == "memory":
        return InMemoryStoreGate()
    return SqlStoreGate(tmp_path / "data", CHEAP)


@pytest.fixture
def open_store(gate: StoreGate) -> Iterator[Callable[[], Store]]:
    """Opens the store, and closes the one that was opened before."""
    with opening(gate) as again:
        yield again


@pytest.fixture
def store(open_store: Callable[[], Store]) -> Store:
    return open_store()


@pytest.fixture
def person(store: Store) -> ParticipantId:
    with store.unit_of_work() as uow:
        uow.participants.add(records.participant())
        uow.commit()
    return ParticipantId("p-1")
