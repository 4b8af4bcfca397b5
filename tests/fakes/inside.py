"""The decrypted database of a data folder, for looking and for breaking things."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlcipher3 import dbapi2

from intake_app.storage.keys import KeyFile
from intake_app.storage.sqlcipher import prepare

PAGE, RESERVED, IV, SALT = 4096, 80, 16, 16
"""The page of SQLCipher 4 (zetetic.net/sqlcipher/design): ciphertext, then an IV and a signature; page 1 begins with
a salt."""


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


def pages_of(folder: Path, passphrase: str) -> bytes:
    """Every page of the database decrypted, used and free ones."""
    key = KeyFile.read(folder / "keys.json").open(passphrase)[1].database
    content = (folder / "intake.db").read_bytes()
    opened = b""
    for start in range(0, len(content), PAGE):
        page = content[start : start + PAGE]
        body = page[SALT if start == 0 else 0 : PAGE - RESERVED]
        iv = page[PAGE - RESERVED : PAGE - RESERVED + IV]
        decryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
        opened += decryptor.update(body) + decryptor.finalize()
    return opened
