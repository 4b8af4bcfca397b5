"""The decrypted database of a data folder, for looking and for breaking things."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from intake_app.storage.keys import KeyFile
from intake_app.storage.sqlcipher import prepare


@contextmanager
def inside_database(folder: Path, passphrase: str) -> Iterator[Any]:
    """An open connection; what was changed is committed at the end."""
    _, bundle = KeyFile.read(folder / "keys.json").open(passphrase)
    connection = dbapi2.connect(str(folder / "intake.db"))
    prepare(connection, bundle.database, "WAL")
    try:
        yield connection
        connection.commit()
    finally:
        connection.close()
