"""An office in memory, and one over an encrypted store that is cheap to unlock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intake_app.services.office import Office
from intake_app.storage.gate import SqlStore, SqlStoreGate
from tests.fakes.encrypted import CHEAP, opening
from tests.services.helps import FullDiskStore, make_office


@pytest.fixture
def disk() -> FullDiskStore:
    return FullDiskStore()


@pytest.fixture
def office(disk: FullDiskStore) -> Office:
    return make_office(disk)


@pytest.fixture
def open_store(tmp_path: Path) -> Iterator[Callable[[], SqlStore]]:
    """Opens the encrypted store; the one opened before is closed, as after a crash and a new start."""
    with opening(SqlStoreGate(tmp_path / "data", CHEAP)) as again:
        yield again
