"""The recovery key in two halves on paper: how they are made, typed over, and told apart from typing mistakes."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field

from intake_app.domain.staff import RecoveryHalves
from intake_app.errors import RecoveryMistyped, RecoveryWrong

SECRET_BYTES = 16
_ID_BYTES = 4
_CHECK_BYTES = 4
_GROUP = 5
_MARKS = {"a": 0x1A, "b": 0x1B}
# Crockford's alphabet without I, L, O and U: what looks alike is read as the digit (crockford.com/base32.html).
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BYTES = 1 + _ID_BYTES + SECRET_BYTES + _CHECK_BYTES
_SIGNS = _BYTES * 8 // 5


@dataclass(frozen=True)
class RecoveryKey:
    """The secret behind the halves: 16 random bytes, as strong as the exchange it opens."""

    secret: bytes = field(repr=False)

    @classmethod
    def fresh(cls) -> RecoveryKey:
        """A new random one."""
        return cls(secrets.token_bytes(SECRET_BYTES))

    @property
    def seed(self) -> bytes:
        """What opens that which was sealed to `public`."""
        # The key file at the door needs the name of a key only: no cryptography is loaded for that.
        from intake_app.storage.crypto import derived_key

        return derived_key(self.secret, "recovery key")

    @property
    def public(self) -> bytes:
        """What everybody may seal to; it stands in the key file."""
        from intake_app.storage.crypto import public_key

        return public_key(self.seed)

    @property
    def key_id(self) -> str:
        """Eight signs by which halves and key file find each other; they tell nothing of the secret."""
        return id_of(self.public)

    def halves(self) -> RecoveryHalves:
        """Two texts of eight groups of five signs; each time others, and each pair gives this key."""
        share = secrets.token_bytes(SECRET_BYTES)
        other = bytes(x ^ y for x, y in zip(share, self.secret, strict=True))
        return RecoveryHalves(_text("a", self.key_id, share), _text("b", self.key_id, other))

    @classmethod
    def of(cls, halves: RecoveryHalves) -> RecoveryKey:
        """The key of two halves, in either order; case, spaces and lines between the groups do not matter.

        Raises `RecoveryMistyped` (params `half`: the field, a or b) for a typing mistake, and `RecoveryWrong` for
        two halves that are whole but do not belong together.
        """
        first, second = _read(halves.a, "a"), _read(halves.b, "b")
        if {first[0], second[0]} != set(_MARKS) or first[1] != second[1]:
            raise RecoveryWrong
        key = cls(bytes(x ^ y for x, y in zip(first[2], second[2], strict=True)))
        if key.key_id != first[1]:
            raise RecoveryWrong
        return key


def id_of(public: bytes) -> str:
    """The name of a recovery key."""
    return hashlib.sha256(b"recovery id" + public).hexdigest()[: 2 * _ID_BYTES]


def _text(half: str, key_id: str, share: bytes) -> str:
    body = bytes([_MARKS[half]]) + bytes.fromhex(key_id) + share
    number = int.from_bytes(body + _check(body), "big")
    signs = "".join(_ALPHABET[(number >> (5 * place)) & 31] for place in reversed(range(_SIGNS)))
    return " ".join(signs[start : start + _GROUP] for start in range(0, _SIGNS, _GROUP))


def _read(typed: str, field_name: str) -> tuple[str, str, bytes]:
    """Which half it is, the name of its key, and the share. Raises `RecoveryMistyped`."""
    signs = "".join(typed.split()).replace("-", "").upper().translate(_LOOKALIKES)
    if len(signs) != _SIGNS or any(sign not in _ALPHABET for sign in signs):
        raise RecoveryMistyped(half=field_name)
    number = 0
    for sign in signs:
        number = number << 5 | _ALPHABET.index(sign)
    raw = number.to_bytes(_BYTES, "big")
    body, check = raw[:-_CHECK_BYTES], raw[-_CHECK_BYTES:]
    half = next((name for name, mark in _MARKS.items() if mark == body[0]), None)
    if half is None or _check(body) != check:
        raise RecoveryMistyped(half=field_name)
    return half, body[1 : 1 + _ID_BYTES].hex(), body[1 + _ID_BYTES :]


def _check(body: bytes) -> bytes:
    return hashlib.sha256(b"recovery half" + body).digest()[:_CHECK_BYTES]
