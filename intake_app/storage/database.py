"""The encrypted database: SQLAlchemy on SQLCipher, durable, one connection, errors in our own words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from intake_app.errors import StoreDamaged
from intake_app.storage.sqlcipher import kind_of_failure, prepare, restrict

PART = "database"


def open_engine(path: Path, key: bytes) -> Engine:
    """An engine on an existing file under a raw key of 32 bytes; WAL with full synchronisation.

    Every failure of the driver comes out as `DiskFull`, `StoreDamaged`, `StoreInUse` or `StorageError`,
    and no error text holds a value. The key stays out of the address and out of every `repr`.
    """
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        module=dbapi2,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,
        # transactions are begun by hand below: the driver's own way leaves DDL outside them
        connect_args={"check_same_thread": False, "timeout": 10, "isolation_level": None},
    )

    def connected(connection: Any, _record: object) -> None:
        prepare(connection, key, journal_mode="WAL")

    def begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def failed(context: ExceptionContext) -> BaseException | None:
        problem = context.original_exception
        return kind_of_failure(problem, path, PART) if isinstance(problem, dbapi2.Error) else None

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)
    event.listen(engine, "handle_error", failed, retval=True)
    return engine


def check(engine: Engine) -> None:
    """Read every page once; each carries its own signature. Raises `StoreDamaged`."""
    with engine.connect() as connection:
        if connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
            raise StoreDamaged(part=PART)


def fold_log(engine: Engine) -> None:
    """Bring the write-ahead log into the database file and cut it to nothing. Raises `DiskFull`, `StorageError`."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except dbapi2.Error as problem:
        raise kind_of_failure(problem, Path(str(engine.url.database)), PART) from problem
    finally:
        raw.close()


def copy_database(engine: Engine, target: Path) -> None:
    """A second database under the same key, as it stands now, without free pages, and read back once.

    Other work goes on before and after it; the copy is of one moment. Raises `DiskFull`, `StoreDamaged`.
    """
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("VACUUM INTO ?", (str(target),))
        # without a key of its own an attached database takes that of the first
        cursor.execute("ATTACH DATABASE ? AS copied", (str(target),))
        try:
            good = cursor.execute("PRAGMA copied.quick_check(1)").fetchone()
        finally:
            cursor.execute("DETACH DATABASE copied")
    except dbapi2.Error as problem:
        target.unlink(missing_ok=True)
        raise kind_of_failure(problem, target, PART) from problem
    finally:
        raw.close()
    if good is None or good[0] != "ok":
        raise StoreDamaged(part="backup")
    restrict(target)
