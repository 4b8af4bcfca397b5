"""Bring an older database up to date; the file is copied first, and a failed step leaves everything as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from intake_app.errors import StoreDamaged, StoreNewer
from intake_app.paths import private_file
from intake_app.storage.database import PART, fold_log

HEAD = "0005_follow_up"
SCRIPTS = Path(__file__).parent


def upgrade(engine: Engine, database: Path, scripts: Path = SCRIPTS, head: str = HEAD) -> Path | None:
    """Bring the database to `head`; gives the copy that was made, or None when there was nothing to save.

    Alembic is read only when there is something to do: it costs a good part of opening.
    Raises `StoreNewer` for a revision that these scripts do not know, `StoreDamaged`, `DiskFull`.
    """
    with engine.connect() as connection:
        current = _revision(connection)
    if current == head:
        return None
    _refuse_unknown(current, scripts)
    copy = None if current is None else _copy(engine, database, current)
    _run(engine, scripts, head)
    return copy


def _revision(connection: Connection) -> str | None:
    """The revision the database is at; None for an empty one."""
    found = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
    if not found:
        return None
    if "alembic_version" not in found:
        raise StoreDamaged(part=PART)
    revision: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if revision is None:
        raise StoreDamaged(part=PART)
    return revision


def _refuse_unknown(current: str | None, scripts: Path) -> None:
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory(str(scripts)).walk_revisions()}
    if current is not None and current not in known:
        raise StoreNewer(revision=current)


def _copy(engine: Engine, database: Path, revision: str) -> Path:
    """The file as it is now, log included, beside the database; as encrypted as the database itself."""
    fold_log(engine)
    engine.dispose()
    copy = database.with_name(f"{database.name}.before-{revision}")
    private_file(copy, database.read_bytes())
    return copy


def _run(engine: Engine, scripts: Path, head: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    # the parser behind it reads a per cent sign as a placeholder
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    with engine.connect() as connection, _without_cascades(connection), connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, head)
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            raise StoreDamaged(part=PART)


@contextmanager
def _without_cascades(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew; dropping the old one must not take its children along.

    The switch only works outside a transaction (sqlite.org/lang_altertable.html, section 7).
    """
    driver = connection.connection
    driver.cursor().execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.cursor().execute("PRAGMA foreign_keys = ON")
