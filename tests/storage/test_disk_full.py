"""A full disk loses nothing that was acknowledged, and the store works again once there is room."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event

from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.errors import DiskFull, RecordErased
from intake_app.storage.database import open_engine
from intake_app.storage.gate import SqlStore, SqlStoreGate
from intake_app.storage.keys import KeyFile
from intake_app.storage.participant_keys import ParticipantKeys
from intake_app.storage.repositories import Seals
from intake_app.storage.unit_of_work import Lane, SqlUnitOfWork
from tests.fakes import records
from tests.fakes.encrypted import CHEAP

DRAFT = InstanceId("uuid:draft-1")
ANSWER = "een lang antwoord " * 40


class Room:
    """How far the database may grow; beyond that SQLite answers as it does on a full disk."""

    ANY = 1_073_741_823

    def __init__(self) -> None:
        self._more: int | None = None
        self._limit = self.ANY

    def on_begin(self, connection: Connection) -> None:
        if self._more is not None:
            self._limit = int(connection.exec_driver_sql("PRAGMA page_count").scalar() or 0) + self._more
            self._more = None
        connection.exec_driver_sql(f"PRAGMA max_page_count = {self._limit}")

    @contextmanager
    def for_pages(self, more: int) -> Iterator[None]:
        self._more = more
        yield
        self._limit = self.ANY


@pytest.fixture
def room() -> Iterator[Room]:
    room = Room()
    event.listen(Engine, "begin", room.on_begin)
    yield room
    event.remove(Engine, "begin", room.on_begin)


def _write_until_full(store: SqlStore, first: int) -> int:
    """Append answers until there is no room; gives the number of the one that was refused."""
    for sequence in range(first, 100_000):
        try:
            with store.unit_of_work() as uow:
                uow.drafts.append(DRAFT, [records.entry(sequence, ANSWER)])
                uow.commit()
        except DiskFull:
            return sequence
    raise AssertionError("the disk never filled")


def _sequences(store: SqlStore) -> list[int]:
    with store.unit_of_work() as uow:
        return [entry.sequence for entry in uow.drafts.get(DRAFT).journal]


def test_a_full_database_keeps_what_it_acknowledged(
    talk: SqlStore, room: Room, open_store: Callable[[], SqlStore]
) -> None:
    with room.for_pages(20):
        refused = _write_until_full(talk, 10)
        assert refused > 11
        assert _sequences(talk) == list(range(refused))
        with pytest.raises(DiskFull), talk.unit_of_work() as uow:
            uow.instances.add(records.instance(xml=os.urandom(200_000)))
    with talk.unit_of_work() as uow:
        uow.drafts.append(DRAFT, [records.entry(refused, ANSWER)])
        uow.commit()
    assert _sequences(talk) == list(range(refused + 1))
    assert _sequences(open_store()) == list(range(refused + 1))


def test_a_person_who_did_not_fit_can_be_added_later(store: SqlStore, room: Room) -> None:
    with room.for_pages(0), pytest.raises(DiskFull), store.unit_of_work() as uow:
        uow.participants.add(records.participant(call_name="lang " * 5000))
    with store.unit_of_work() as uow:
        assert uow.participants.list() == ()
        uow.participants.add(records.participant())
        uow.commit()
    with store.unit_of_work() as uow:
        assert uow.participants.get(ParticipantId("p-1")) == records.participant()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of its own of two megabytes."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("needs Linux and root to mount a small disk")
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)], capture_output=True, text=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip(f"mounting is not allowed here: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def _fill(disk: Path) -> Path:
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (4096, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    return ballast


def test_on_a_disk_that_is_really_full_nothing_is_lost(small_disk: Path) -> None:
    gate = SqlStoreGate(small_disk / "data", CHEAP)
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(300_000))
    store = gate.create("zin", "Anneke", "site_lead", "counsellor")
    with store.unit_of_work() as uow:
        uow.participants.add(records.participant())
        uow.drafts.add(records.header())
        uow.commit()
    refused = _write_until_full(store, 0)
    assert _sequences(store) == list(range(refused))
    ballast.unlink()
    with store.unit_of_work() as uow:
        uow.drafts.append(DRAFT, [records.entry(refused, ANSWER)])
        uow.commit()
    store.close()
    store = gate.unlock("zin")
    assert _sequences(store) == list(range(refused + 1))
    store.close()


def test_closing_on_a_full_disk_loses_nothing(small_disk: Path) -> None:
    gate = SqlStoreGate(small_disk / "data", CHEAP)
    store = gate.create("zin", "Anneke", "site_lead", "counsellor")
    with store.unit_of_work() as uow:
        uow.participants.add(records.participant())
        uow.drafts.add(records.header())
        uow.commit()
    refused = _write_until_full(store, 0)
    ballast = _fill(small_disk)
    store.close()
    ballast.unlink()
    store = gate.unlock("zin")
    assert _sequences(store) == list(range(refused))
    store.close()


def test_making_a_store_waits_for_room(small_disk: Path) -> None:
    gate = SqlStoreGate(small_disk / "data", CHEAP)
    ballast = _fill(small_disk)
    with pytest.raises(DiskFull):
        gate.create("zin", "Anneke", "site_lead", "counsellor")
    assert not gate.exists()
    ballast.unlink()
    gate.create("zin", "Anneke", "site_lead", "counsellor").close()
    gate.unlock("zin").close()


def test_erasing_on_a_full_disk_erases_nothing_until_it_is_done_again(small_disk: Path) -> None:
    gate = SqlStoreGate(small_disk / "data", CHEAP)
    store = gate.create("zin", "Anneke", "site_lead", "counsellor")
    with store.unit_of_work() as uow:
        uow.participants.add(records.participant())
        uow.commit()
    ballast = _fill(small_disk)
    with pytest.raises(DiskFull):
        _erase(store.unit_of_work())
    with store.unit_of_work() as uow:
        assert uow.participants.get(ParticipantId("p-1")) == records.participant()
    ballast.unlink()
    _erase(store.unit_of_work())
    with store.unit_of_work() as uow, pytest.raises(RecordErased):
        uow.participants.get(ParticipantId("p-1"))
    store.close()


def _erase(uow: SqlUnitOfWork) -> None:
    with uow:
        uow.participants.erase(ParticipantId("p-1"), records.NOON)
        uow.commit()


class ReluctantKeys(ParticipantKeys):
    """A key store whose disk is full for a while."""

    full = True

    def destroy(self, participant_ids: frozenset[ParticipantId]) -> None:
        if self.full:
            raise DiskFull
        super().destroy(participant_ids)


def test_a_key_that_could_not_be_destroyed_is_destroyed_at_the_next_commit(
    talk: SqlStore, folder: Path, passphrase: str
) -> None:
    talk.close()
    entry, bundle = KeyFile.read(folder / "keys.json").open(passphrase)
    keys = ReluctantKeys(folder / "participant_keys.db", entry.caseload, bundle)
    engine = open_engine(folder / "intake.db", bundle.database)
    uow = SqlUnitOfWork(engine, Seals(keys, bytes(32)), Lane())
    with pytest.raises(DiskFull):
        _erase(uow)
    with uow:
        assert uow.participants.list() == ()
        uow.settings.set("any", "thing")
        uow.commit()
    assert keys.own() == {"p-1"}
    keys.full = False
    with uow:
        uow.settings.set("any", "other thing")
        uow.commit()
    assert keys.own() == frozenset()
    keys.close()
    engine.dispose()
