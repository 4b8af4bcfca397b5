"""Seal and open bytes: AES-256-GCM with the place of the bytes bound in, so that nothing can be moved or swapped."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from intake_app.errors import StoreDamaged

KEY_BYTES = 32
NONCE_BYTES = 12
_FORMAT = b"\x01"


@dataclass(frozen=True)
class Place:
    """Where sealed bytes stand: whose they are, in which table, in which row."""

    owner: str
    table: str
    row: str

    def associated_data(self) -> bytes:
        """The three parts with their lengths, so that no two places give the same bytes."""
        parts = (part.encode() for part in (self.owner, self.table, self.row))
        return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def new_key() -> bytes:
    """A fresh random key of 32 bytes."""
    return secrets.token_bytes(KEY_BYTES)


def derived_key(key: bytes, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose, made from another (HKDF-SHA256, RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(key)


def seal(key: bytes, content: bytes, place: Place) -> bytes:
    """A format byte, a random 96-bit nonce and the sealed content (NIST SP 800-38D, 8.2.2)."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return _FORMAT + nonce + AESGCM(key).encrypt(nonce, content, place.associated_data())


def unseal(key: bytes, sealed: bytes, place: Place) -> bytes:
    """The content again. Raises `StoreDamaged` when it was changed, moved, or sealed under another key."""
    nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    if sealed[:1] != _FORMAT or len(nonce) != NONCE_BYTES:
        raise StoreDamaged(part="content", table=place.table)
    try:
        return AESGCM(key).decrypt(nonce, body, place.associated_data())
    except InvalidTag:
        raise StoreDamaged(part="content", table=place.table) from None
