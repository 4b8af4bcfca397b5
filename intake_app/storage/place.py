"""Keys and the place of sealed bytes, without the cryptography: the key file is read before anything is opened."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import lru_cache

KEY_BYTES = 32


@dataclass(frozen=True)
class Place:
    """Where sealed bytes stand: whose they are, in which table, in which row."""

    owner: str
    table: str
    row: str

    def associated_data(self) -> bytes:
        """The three parts with their lengths, so that no two places give the same bytes."""
        owner, row = self.owner.encode(), self.row.encode()
        return b"".join(
            (len(owner).to_bytes(4, "big"), owner, _counted(self.table), len(row).to_bytes(4, "big"), row)
        )  # fmt: skip


@lru_cache(maxsize=256)
def _counted(name: str) -> bytes:
    part = name.encode()
    return len(part).to_bytes(4, "big") + part


def new_key() -> bytes:
    """A fresh random key of 32 bytes."""
    return secrets.token_bytes(KEY_BYTES)
