"""Seal and open bytes: AES-256-GCM, and X25519 towards somebody else; the place of the bytes is bound in."""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from intake_app.errors import StoreDamaged
from intake_app.storage.place import KEY_BYTES, Place, new_key

__all__ = [
    "KEY_BYTES",
    "NONCE_BYTES",
    "Place",
    "derived_key",
    "is_sealed_to",
    "new_key",
    "public_key",
    "seal",
    "seal_to",
    "unseal",
    "unseal_with",
]

NONCE_BYTES = 12
_FORMAT = b"\x01"
_FORMAT_TO = b"\x02"


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


def public_key(seed: bytes) -> bytes:
    """The 32 bytes to which others may seal for the holder of this 32-byte seed (X25519, RFC 7748)."""
    return X25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def seal_to(public: bytes, content: bytes, place: Place) -> bytes:
    """Content that only the holder of the seed behind `public` can open: a format byte, a key for once, and `seal`.

    The sender cannot open it again. Raises `StoreDamaged` for what is no public key.
    """
    try:
        once = X25519PrivateKey.generate()
        shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:
        raise StoreDamaged(part="keys") from None
    mine = once.public_key().public_bytes_raw()
    return _FORMAT_TO + mine + seal(_shared_key(shared, mine, public), content, place)


def is_sealed_to(sealed: bytes) -> bool:
    """Whether these bytes were sealed by somebody else, towards a public key."""
    return sealed[:1] == _FORMAT_TO


def unseal_with(seed: bytes, sealed: bytes, place: Place) -> bytes:
    """The content of `seal_to`. Raises `StoreDamaged` when it was changed, moved, or sealed to another."""
    theirs, body = sealed[1 : 1 + KEY_BYTES], sealed[1 + KEY_BYTES :]
    if not is_sealed_to(sealed) or len(theirs) != KEY_BYTES:
        raise StoreDamaged(part="content", table=place.table)
    try:
        shared = X25519PrivateKey.from_private_bytes(seed).exchange(X25519PublicKey.from_public_bytes(theirs))
    except ValueError:
        raise StoreDamaged(part="content", table=place.table) from None
    return unseal(_shared_key(shared, theirs, public_key(seed)), body, place)


def _shared_key(shared: bytes, once: bytes, to: bytes) -> bytes:
    """Both public keys are bound in, so that one secret never stands for two exchanges."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=once + to, info=b"sealed to").derive(shared)
