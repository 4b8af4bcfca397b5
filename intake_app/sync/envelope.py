"""Envelopes on a stick: records sealed to the Werkcentrum, receipts sealed to the laptop, a plan sealed under a code.

A header says version and kind, and who can open it; it is bound to the content. Nothing else stands outside, and the
length is that of a bucket (Padmé, https://lbarman.ch/blog/padme/), so that it tells little of what is inside.
"""

from __future__ import annotations

import base64
import binascii
import secrets
import unicodedata
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from intake_app.errors import (
    CodeWrong,
    EnvelopeDamaged,
    EnvelopeForOther,
    EnvelopeKeyWrong,
    FileMissing,
    FileThere,
    LimitExceeded,
    WrongPassphrase,
)
from intake_app.paths import private_file, told_plainly

MAGIC = b"OTENV\x01"
"""Name and version of the format."""
KINDS = {b"R": "records", b"B": "receipts", b"P": "hand_over", b"K": "private_key"}
KEY_BYTES, NONCE_BYTES, TAG_BYTES, SALT_BYTES, NAME_BYTES = 32, 12, 16, 16, 16
LENGTH_BYTES = 8
LEAST_BYTES = 16 * 1024
"""The smallest bucket."""
MOST_BYTES = 256 * 1024 * 1024
PUBLIC_PREFIX = "OT1-"
CHECK_BYTES = 4


class Cost(NamedTuple):
    """What one guess of a code costs (Argon2id, RFC 9106). It is part of the format: both sides must use the same."""

    memory_kib: int = 128 * 1024
    passes: int = 4
    lanes: int = 4


COST = Cost()
"""High, since a code on paper is shorter than a key."""
_KIND_AT = len(MAGIC)
_HEAD = _KIND_AT + 1


class Envelopes:
    """Closes and opens envelopes; fits `services.envelope_craft.EnvelopeCraft`."""

    def __init__(self, cost: Cost = COST) -> None:
        self._cost = cost

    def check_public_key(self, key: str) -> str:
        """Eight letters of a public key, to compare by eye. Raises EnvelopeKeyWrong."""
        return _name_of(_public(key)).hex()[:8]

    def close_records(self, key: str, content: bytes) -> bytes:
        """X25519 with a key of this envelope alone, HKDF-SHA256, ChaCha20-Poly1305 (RFC 7748, 5869, 8439)."""
        theirs, ours = _public(key), X25519PrivateKey.generate()
        header = MAGIC + b"R" + _name_of(theirs) + ours.public_key().public_bytes_raw()
        shared = ours.exchange(X25519PublicKey.from_public_bytes(theirs))
        return _close(_derived(shared, header), header, content)

    def open_records(self, private: bytes, envelope: bytes) -> bytes:
        """With the private key (32 bytes). Raises EnvelopeForOther, EnvelopeDamaged."""
        header = _header(envelope, b"R", NAME_BYTES + KEY_BYTES)
        ours = X25519PrivateKey.from_private_bytes(private)
        if header[_HEAD : _HEAD + NAME_BYTES] != _name_of(ours.public_key().public_bytes_raw()):
            raise EnvelopeForOther
        try:
            shared = ours.exchange(X25519PublicKey.from_public_bytes(header[_HEAD + NAME_BYTES :]))
        except ValueError:
            raise EnvelopeDamaged from None
        return _open(_derived(shared, header), header, envelope)

    def close_receipts(self, name: str, key: bytes, content: bytes) -> bytes:
        """Under the return key of the envelope `name` (32 hexadecimal digits)."""
        header = MAGIC + b"B" + bytes.fromhex(name)
        return _close(key, header, content)

    def receipts_for(self, envelope: bytes) -> str:
        """The name of the envelope. Raises EnvelopeDamaged."""
        return _header(envelope, b"B", NAME_BYTES)[_HEAD:].hex()

    def open_receipts(self, key: bytes, envelope: bytes) -> bytes:
        """With the return key. Raises EnvelopeDamaged."""
        return _open(key, _header(envelope, b"B", NAME_BYTES), envelope)

    def close_hand_over(self, code: str, number: str, content: bytes) -> bytes:
        """Under code and number of the participant (Argon2id)."""
        header = MAGIC + b"P" + secrets.token_bytes(SALT_BYTES)
        return _close(_from_code(code, number, header[_HEAD:], self._cost), header, content)

    def open_hand_over(self, code: str, number: str, envelope: bytes) -> bytes:
        """With both. Raises CodeWrong: nobody can tell a wrong code from changed bytes."""
        header = _header(envelope, b"P", SALT_BYTES)
        try:
            return _open(_from_code(code, number, header[_HEAD:], self._cost), header, envelope)
        except EnvelopeDamaged:
            raise CodeWrong from None

    def kind(self, envelope: bytes) -> str:
        """records, receipts, hand_over or private_key. Raises EnvelopeDamaged."""
        letter = envelope[_KIND_AT:_HEAD]
        if not envelope.startswith(MAGIC) or letter not in KINDS:
            raise EnvelopeDamaged
        return KINDS[letter]

    def load(self, file: Path) -> bytes:
        """Raises FileMissing, LimitExceeded."""
        try:
            with file.open("rb") as stream:
                content = stream.read(MOST_BYTES + 1)
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError):
            raise FileMissing(path=file.name) from None
        if len(content) > MOST_BYTES:
            raise LimitExceeded(where=file.name, limit="envelope", most=MOST_BYTES)
        return content

    def save(self, file: Path, content: bytes) -> None:
        """Raises FileThere, FileMissing for a folder that is not there, FolderReadOnly, DiskFull."""
        if file.exists():
            raise FileThere(path=file.name)
        if not file.parent.is_dir():
            raise FileMissing(path=str(file.parent))
        with told_plainly():
            private_file(file, content)

    def new_key_pair(self, passphrase: str) -> tuple[str, bytes]:
        """The Werkcentrum's public key as text, and the private one in a file under a passphrase."""
        private = X25519PrivateKey.generate()
        header = MAGIC + b"K" + secrets.token_bytes(SALT_BYTES)
        locked = _close(_from_passphrase(passphrase, header[_HEAD:], self._cost), header, private.private_bytes_raw())
        return public_text(private.public_key().public_bytes_raw()), locked

    def private_key(self, file: bytes, passphrase: str) -> bytes:
        """The private key out of such a file. Raises WrongPassphrase, EnvelopeDamaged."""
        header = _header(file, b"K", SALT_BYTES)
        try:
            return _open(_from_passphrase(passphrase, header[_HEAD:], self._cost), header, file)
        except EnvelopeDamaged:
            raise WrongPassphrase from None


def public_text(key: bytes) -> str:
    """A public key as it is copied: a prefix, the key and four bytes that catch a slip."""
    return PUBLIC_PREFIX + base64.urlsafe_b64encode(key + sha256(key).digest()[:CHECK_BYTES]).decode()


def _public(text: str) -> bytes:
    told = "".join(text.split())
    try:
        raw = base64.urlsafe_b64decode(told.removeprefix(PUBLIC_PREFIX).encode())
    except (binascii.Error, ValueError):
        raise EnvelopeKeyWrong from None
    key, check = raw[:KEY_BYTES], raw[KEY_BYTES:]
    weak = not told.startswith(PUBLIC_PREFIX) or len(key) != KEY_BYTES or check != sha256(key).digest()[:CHECK_BYTES]
    if weak or not _leads_somewhere(key):
        raise EnvelopeKeyWrong
    return key


def _leads_somewhere(key: bytes) -> bool:
    """A few points of the curve give the same secret to everybody (RFC 7748, section 6)."""
    try:
        X25519PrivateKey.generate().exchange(X25519PublicKey.from_public_bytes(key))
    except ValueError:
        return False
    return True


def _name_of(key: bytes) -> bytes:
    return sha256(b"envelope key" + key).digest()[:NAME_BYTES]


def _derived(shared: bytes, header: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=header, info=b"records").derive(shared)


def _from_code(code: str, number: str, salt: bytes, cost: Cost) -> bytes:
    told = "".join(letter for letter in unicodedata.normalize("NFKC", f"{code}/{number}") if letter.isalnum())
    return _slowly(told.upper(), salt, cost)


def _from_passphrase(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    return _slowly(unicodedata.normalize("NFKC", passphrase), salt, cost)


def _slowly(secret: str, salt: bytes, cost: Cost) -> bytes:
    memory, passes, lanes = cost
    return Argon2id(salt=salt, length=KEY_BYTES, iterations=passes, lanes=lanes, memory_cost=memory).derive(
        secret.encode()
    )


def _header(envelope: bytes, kind: bytes, more: int) -> bytes:
    if envelope[:_HEAD] != MAGIC + kind or len(envelope) < _HEAD + more + NONCE_BYTES + TAG_BYTES:
        raise EnvelopeDamaged
    return envelope[: _HEAD + more]


def _close(key: bytes, header: bytes, content: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    told = len(content).to_bytes(LENGTH_BYTES, "big") + content
    return header + nonce + ChaCha20Poly1305(key).encrypt(nonce, told.ljust(bucket(len(told)), b"\0"), header)


def _open(key: bytes, header: bytes, envelope: bytes) -> bytes:
    nonce, sealed = envelope[len(header) :][:NONCE_BYTES], envelope[len(header) + NONCE_BYTES :]
    try:
        told = ChaCha20Poly1305(key).decrypt(nonce, sealed, header)
    except InvalidTag:
        raise EnvelopeDamaged from None
    length = int.from_bytes(told[:LENGTH_BYTES], "big")
    if length > len(told) - LENGTH_BYTES:
        raise EnvelopeDamaged
    return told[LENGTH_BYTES : LENGTH_BYTES + length]


def bucket(length: int) -> int:
    """The padded length: at most 12 percent more, and only so many lengths that sizes tell next to nothing."""
    if length <= LEAST_BYTES:
        return LEAST_BYTES
    exponent = length.bit_length() - 1
    spare = exponent - exponent.bit_length()
    mask = (1 << spare) - 1
    return (length + mask) & ~mask
