"""A start is short when the last end was good; after a crash, a change or a week everything is read."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from intake_app.errors import StoreDamaged
from intake_app.storage import soundness
from intake_app.storage.crypto import new_key
from intake_app.storage.database import open_engine
from intake_app.storage.gate import SqlStore, SqlStoreGate
from intake_app.storage.migrations import upgrade
from intake_app.storage.soundness import DAYS, NOTE, SMALL_BYTES, StartCheck
from tests.fakes import records

KEY = new_key()
Opened = Callable[[], Engine]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "intake.db"
    path.touch()
    return path


@pytest.fixture
def opened(path: Path) -> Iterator[Opened]:
    """Opens the database; the one opened before is closed, as by a good end."""
    engines: list[Engine] = []

    def again() -> Engine:
        for engine in engines:
            engine.dispose()
        engines.append(open_engine(path, KEY))
        return engines[-1]

    yield again
    for engine in engines:
        engine.dispose()


@pytest.fixture
def large(path: Path, opened: Opened) -> Path:
    """A database that takes a while to read: a kept plan of that size."""
    engine = opened()
    upgrade(engine, path)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE ballast (content BLOB)")
        connection.exec_driver_sql("INSERT INTO ballast VALUES (zeroblob(?))", (SMALL_BYTES + 1_000_000,))
    engine.dispose()
    return path


def start_and_end(path: Path, opened: Opened) -> bool:
    check = StartCheck(path)
    engine = opened()
    whole = check.read(engine)
    engine.dispose()
    check.note_the_end()
    return whole


def test_a_large_database_is_read_whole_once_and_then_only_where_work_is_open(large: Path, opened: Opened) -> None:
    assert [start_and_end(large, opened) for _ in range(3)] == [True, False, False]


def test_a_small_database_is_always_read_whole(path: Path, opened: Opened) -> None:
    upgrade(opened(), path)
    assert [start_and_end(path, opened) for _ in range(3)] == [True, True, True]


def test_after_a_crash_everything_is_read(large: Path, opened: Opened) -> None:
    start_and_end(large, opened)
    StartCheck(large).read(opened())

    assert start_and_end(large, opened)


def test_a_log_that_was_left_behind_counts_as_a_crash(large: Path, opened: Opened) -> None:
    start_and_end(large, opened)
    note = (large.parent / NOTE).read_bytes()
    (large.parent / "intake.db-wal").write_bytes(b"left")
    assert StartCheck(large)._last_read_whole() is None
    (large.parent / "intake.db-wal").unlink()
    (large.parent / NOTE).write_bytes(note)

    assert not start_and_end(large, opened)


def test_a_file_that_was_changed_from_outside_is_read_whole(large: Path, opened: Opened) -> None:
    start_and_end(large, opened)
    os.utime(large)

    assert start_and_end(large, opened)


@pytest.mark.parametrize("days", [DAYS + 1, -1])
def test_once_a_week_and_when_the_clock_went_back_everything_is_read(large: Path, opened: Opened, days: int) -> None:
    start_and_end(large, opened)
    note = json.loads((large.parent / NOTE).read_text())
    note["read_whole_at"] = time.time() - days * 86400
    (large.parent / NOTE).write_text(json.dumps(note))

    assert start_and_end(large, opened)


def test_a_note_that_says_nothing_is_no_note(large: Path, opened: Opened) -> None:
    (large.parent / NOTE).write_text("[]")

    assert start_and_end(large, opened)


def test_damage_in_the_open_work_is_found_at_a_short_start_too(large: Path, opened: Opened) -> None:
    start_and_end(large, opened)
    found = large.stat()
    raw = bytearray(large.read_bytes())
    raw[4096 : 41 * 4096] = os.urandom(40 * 4096)
    large.write_bytes(raw)
    os.utime(large, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert StartCheck(large)._last_read_whole() is not None

    with pytest.raises(StoreDamaged):
        start_and_end(large, opened)


def test_the_tables_of_the_open_work_are_there() -> None:
    from intake_app.storage.models import ParticipantRow

    assert set(soundness.OPEN_WORK) <= set(ParticipantRow.metadata.tables)


def test_a_store_that_ended_by_itself_leaves_the_note_and_a_start_takes_it_away(
    store: SqlStore, gate: SqlStoreGate, folder: Path, passphrase: str
) -> None:
    assert not (folder / NOTE).exists()
    store.close()
    gate.unlock(passphrase).close()
    assert (folder / NOTE).exists()
    again = gate.unlock(passphrase)
    there = (folder / NOTE).exists()
    again.close()

    assert not there


def test_what_a_killed_write_left_behind_is_cleared_at_the_next_start(
    talk: SqlStore, gate: SqlStoreGate, folder: Path, passphrase: str
) -> None:
    talk.close()
    half = folder / ".keys.json.0badcafe.tmp"
    half.write_bytes((folder / "keys.json").read_bytes()[:200])
    store = gate.unlock(passphrase)
    with store.unit_of_work() as uow:
        assert len(uow.drafts.get(records.header().instance_id).journal) == 10
    store.close()

    assert not half.exists()
