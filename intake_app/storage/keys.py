"""The key file: for each account a wrapped bundle of keys that its passphrase opens (Argon2id, AES-256-GCM)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import secrets
import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from intake_app.domain.draft import Account
from intake_app.domain.ids import AccountId
from intake_app.errors import RecordMissing, StoreDamaged, WrongPassphrase
from intake_app.paths import private_file
from intake_app.storage.crypto import KEY_BYTES, Place, new_key, seal, unseal

FORMAT = 1
SALT_BYTES = 16
MAX_MEMORY_KIB = 1024 * 1024
MAX_ITERATIONS = 64
MAX_LANES = 16


@dataclass(frozen=True)
class KdfCost:
    """What one guess of a passphrase costs: memory in KiB, passes, lanes (Argon2id, RFC 9106)."""

    memory_kib: int = 64 * 1024
    iterations: int = 3
    lanes: int = 4


@dataclass(frozen=True)
class KeyBundle:
    """The keys behind a passphrase, 32 bytes each: the database, the key store, and the own caseload."""

    database: bytes = field(repr=False)
    key_store: bytes = field(repr=False)
    caseload: bytes = field(repr=False)

    @classmethod
    def fresh(cls) -> KeyBundle:
        """Three new random keys."""
        return cls(new_key(), new_key(), new_key())

    def for_colleague(self) -> KeyBundle:
        """The same store with a caseload key of its own."""
        return replace(self, caseload=new_key())

    def packed(self) -> bytes:
        """The three keys behind each other."""
        return self.database + self.key_store + self.caseload

    @classmethod
    def unpacked(cls, content: bytes) -> KeyBundle:
        """The reverse of `packed`. Raises `StoreDamaged`."""
        if len(content) != 3 * KEY_BYTES:
            raise StoreDamaged(part="keys")
        return cls(content[:KEY_BYTES], content[KEY_BYTES : 2 * KEY_BYTES], content[2 * KEY_BYTES :])


@dataclass(frozen=True)
class WrappedKey:
    """One line of the key file. The names of staff stand in the clear: they choose themselves from the list."""

    account: Account
    cost: KdfCost
    salt: bytes = field(repr=False)
    wrapped: bytes = field(repr=False)


class KeyFile:
    """The list of wrapped keys, kept as `keys.json`. Every change is written whole or not at all."""

    def __init__(self, entries: tuple[WrappedKey, ...]) -> None:
        self.entries = entries

    @property
    def accounts(self) -> tuple[Account, ...]:
        """Who may unlock, in the order of joining."""
        return tuple(entry.account for entry in self.entries)

    def open(self, passphrase: str) -> tuple[Account, KeyBundle]:
        """The account that this passphrase belongs to, and its keys. Raises `WrongPassphrase`."""
        for entry in self.entries:
            try:
                return entry.account, _unwrap(entry, passphrase)
            except WrongPassphrase:
                continue
        raise WrongPassphrase

    def with_account(self, name: str, role: str, passphrase: str, bundle: KeyBundle, cost: KdfCost) -> KeyFile:
        """The list with one more account at the end."""
        account = Account(AccountId(str(uuid.uuid4())), name, role)
        return KeyFile((*self.entries, _wrap(account, passphrase, bundle, cost)))

    def with_passphrase(self, account_id: AccountId, passphrase: str, bundle: KeyBundle, cost: KdfCost) -> KeyFile:
        """The list in which this account has a new passphrase."""
        return KeyFile(
            tuple(
                _wrap(entry.account, passphrase, bundle, cost) if entry.account.account_id == account_id else entry
                for entry in self.entries
            )
        )

    def without(self, account_id: AccountId) -> KeyFile:
        """The list without this account; its caseload key goes with it. Raises `RecordMissing`."""
        kept = tuple(entry for entry in self.entries if entry.account.account_id != account_id)
        if len(kept) == len(self.entries):
            raise RecordMissing(kind="account", id=account_id)
        return KeyFile(kept)

    def write(self, path: Path) -> None:
        """Put the list on disk. Raises `DiskFull`."""
        accounts = [_to_json(entry) for entry in self.entries]
        content = {"format": FORMAT, "accounts": accounts, "checksum": _checksum(accounts)}
        private_file(path, json.dumps(content, ensure_ascii=False, indent=1).encode())

    @classmethod
    def read(cls, path: Path) -> KeyFile:
        """The list from disk. Raises `StoreDamaged` (part keys) when it is missing, cut off or changed.

        The checksum tells damage from a wrong passphrase; it is no protection against intent, which the
        wrapping itself gives.
        """
        try:
            content = json.loads(path.read_bytes())
            accounts = content["accounts"]
            if content["format"] != FORMAT or content["checksum"] != _checksum(accounts) or not accounts:
                raise StoreDamaged(part="keys")
            return cls(tuple(_from_json(entry) for entry in accounts))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error) as problem:
            raise StoreDamaged(part="keys") from problem


def _checksum(accounts: object) -> str:
    return hashlib.sha256(json.dumps(accounts, sort_keys=True).encode()).hexdigest()


def _stretched(passphrase: str, salt: bytes, cost: KdfCost) -> bytes:
    secret = unicodedata.normalize("NFC", passphrase).encode()
    kdf = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    return kdf.derive(secret)


def _place(account: Account, cost: KdfCost) -> Place:
    """Binds role and costs to the wrapping, so that editing the file cannot change either."""
    line = json.dumps([account.account_id, account.name, account.role, cost.memory_kib, cost.iterations, cost.lanes])
    return Place(owner=account.account_id, table="keys", row=line)


def _wrap(account: Account, passphrase: str, bundle: KeyBundle, cost: KdfCost) -> WrappedKey:
    salt = secrets.token_bytes(SALT_BYTES)
    wrapped = seal(_stretched(passphrase, salt, cost), bundle.packed(), _place(account, cost))
    return WrappedKey(account, cost, salt, wrapped)


def _unwrap(entry: WrappedKey, passphrase: str) -> KeyBundle:
    key = _stretched(passphrase, entry.salt, entry.cost)
    try:
        packed = unseal(key, entry.wrapped, _place(entry.account, entry.cost))
    except StoreDamaged:
        raise WrongPassphrase from None
    return KeyBundle.unpacked(packed)


def _to_json(entry: WrappedKey) -> dict[str, object]:
    return {
        "account_id": entry.account.account_id,
        "name": entry.account.name,
        "role": entry.account.role,
        "kdf": {
            "name": "argon2id",
            "memory_kib": entry.cost.memory_kib,
            "iterations": entry.cost.iterations,
            "lanes": entry.cost.lanes,
            "salt": base64.b64encode(entry.salt).decode(),
        },
        "wrapped": base64.b64encode(entry.wrapped).decode(),
    }


def _from_json(entry: Mapping[str, object]) -> WrappedKey:
    kdf = entry["kdf"]
    if not isinstance(kdf, dict) or kdf["name"] != "argon2id":
        raise StoreDamaged(part="keys")
    cost = KdfCost(
        memory_kib=_number(kdf["memory_kib"], MAX_MEMORY_KIB),
        iterations=_number(kdf["iterations"], MAX_ITERATIONS),
        lanes=_number(kdf["lanes"], MAX_LANES),
    )
    salt = base64.b64decode(_text(kdf["salt"]), validate=True)
    if cost.memory_kib < 8 * cost.lanes or len(salt) != SALT_BYTES:
        raise StoreDamaged(part="keys")
    account = Account(AccountId(_text(entry["account_id"])), _text(entry["name"]), _text(entry["role"]))
    return WrappedKey(account, cost, salt, base64.b64decode(_text(entry["wrapped"]), validate=True))


def _number(value: object, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise StoreDamaged(part="keys")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise StoreDamaged(part="keys")
    return value
