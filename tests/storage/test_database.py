"""The connection is as durable and as private as was decided, and the driver's failures get our names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlcipher3 import dbapi2

from intake_app.errors import DiskFull, FolderReadOnly, IntakeError, StorageError, StoreDamaged, StoreInUse
from intake_app.storage.crypto import new_key
from intake_app.storage.database import check, fold_log, open_engine
from intake_app.storage.sqlcipher import kind_of_failure

KEY = new_key()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "intake.db"


@pytest.fixture
def engine(path: Path) -> Iterator[Engine]:
    engine = open_engine(path, KEY)
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 3),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("temp_store", 2),
        ("cipher_status", "1"),
    ],
)
def test_every_connection_has_the_decided_settings(engine: Engine, pragma: str, value: object) -> None:
    for _ in range(2):
        with engine.connect() as connection:
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
        engine.dispose()


def test_another_key_is_damage(engine: Engine, path: Path) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE a (b)")
    engine.dispose()
    other = open_engine(path, new_key())
    with pytest.raises(StoreDamaged):
        check(other)
    other.dispose()
    check(engine)


def test_changing_tables_can_be_undone(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE a (b)")
        connection.rollback()
        assert connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar() == 0


def test_a_folded_log_is_empty(engine: Engine, path: Path) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE a (b)")
    log = path.with_name("intake.db-wal")
    assert log.stat().st_size > 0
    fold_log(engine)
    assert log.stat().st_size == 0


def test_a_file_that_somebody_else_is_writing_is_in_use(engine: Engine, path: Path) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE a (b)")
    other = dbapi2.connect(str(path), timeout=0, isolation_level=None)
    other.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO a VALUES (1)")
        with pytest.raises(dbapi2.OperationalError) as refused:
            other.execute("BEGIN IMMEDIATE")
    other.close()
    assert isinstance(kind_of_failure(refused.value, path, "database"), StoreInUse)


@pytest.mark.parametrize(
    ("code", "kind", "params"),
    [
        (13, DiskFull, {}),
        (11, StoreDamaged, {"part": "database"}),
        (26, StoreDamaged, {"part": "database"}),
        (11 | 1 << 8, StoreDamaged, {"part": "database"}),
        (5, StoreInUse, {}),
        (6, StoreInUse, {}),
        (10 | 3 << 8, StorageError, {"part": "database", "problem": "io"}),
        (14, StorageError, {"part": "database", "problem": "cannot_open"}),
        (8, FolderReadOnly, {}),
        (19 | 6 << 8, StorageError, {"part": "database", "problem": "constraint"}),
        (1, StorageError, {"part": "database", "problem": "driver"}),
        (None, StorageError, {"part": "database", "problem": "driver"}),
    ],
)
def test_each_result_code_has_its_error(
    path: Path, code: int | None, kind: type[IntakeError], params: dict[str, object]
) -> None:
    problem = dbapi2.OperationalError("text of the driver")
    if code is not None:
        problem.sqlite_errorcode = code
    found = kind_of_failure(problem, path, "database")
    assert type(found) is kind
    assert found.params == params
