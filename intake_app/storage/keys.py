"""The key file: who may unlock, each with wrapped keys; one file, replaced whole, ready to be copied into a backup."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from intake_app.domain.account import SITE_LEAD, Account
from intake_app.domain.ids import AccountId
from intake_app.errors import RecordMissing, StoreDamaged, WrongPassphrase
from intake_app.paths import private_file
from intake_app.storage.names import account_of, text
from intake_app.storage.place import KEY_BYTES
from intake_app.storage.recovery import RecoveryKey, id_of
from intake_app.storage.wrapping import SALT_BYTES, Escrow, KdfCost, KeyBundle, WrappedKey

__all__ = ["KdfCost", "KeyBundle", "KeyFile", "WrappedKey"]

OLD_FORMAT, FORMAT = 1, 2
MAX_MEMORY_KIB = 1024 * 1024
MAX_ITERATIONS = 64
MAX_LANES = 16


@dataclass(frozen=True)
class KeyFile:
    """The list of wrapped keys, kept as `keys.json`. Every change is written whole or not at all.

    `sealed` are lines that a reset has put aside: nobody can log in with them, but the old passphrase or the
    recovery key still opens the people in them. `recovery` is the public part of the recovery key, empty before
    there is one. `seal` proves that somebody with the keys wrote the list.
    """

    entries: tuple[WrappedKey, ...] = ()
    sealed: tuple[WrappedKey, ...] = ()
    recovery: bytes = b""
    seal: bytes = field(default=b"", repr=False, compare=False)
    format: int = FORMAT

    @property
    def accounts(self) -> tuple[Account, ...]:
        """Who may unlock, in the order of joining."""
        return tuple(entry.account for entry in self.entries)

    @property
    def recovery_id(self) -> str:
        """The name of the recovery key, or empty."""
        return id_of(self.recovery) if self.recovery else ""

    def entry(self, account_id: AccountId) -> WrappedKey:
        """The line of an account. Raises `RecordMissing`."""
        for entry in self.entries:
            if entry.account.account_id == account_id:
                return entry
        raise RecordMissing(kind="account", id=account_id)

    def open(self, passphrase: str, account_id: AccountId | None = None) -> tuple[WrappedKey, KeyBundle]:
        """The line that this passphrase opens, and its keys; of one account only when it is named.

        Raises `WrongPassphrase`, and `StoreDamaged` (part keys) when the list was changed by somebody without keys.
        """
        for entry in self.entries:
            if account_id in (None, entry.account.account_id):
                try:
                    bundle = entry.open(passphrase)
                except WrongPassphrase:
                    continue
                self._refuse_foreign_hand(bundle)
                return entry, bundle
        raise WrongPassphrase

    def recover(self, recovery: RecoveryKey) -> tuple[WrappedKey, KeyBundle] | None:
        """A site lead's line and keys by the recovery key; None when it opens none. Raises `StoreDamaged`."""
        for entry in self.entries:
            bundle = entry.recovered(recovery) if entry.account.holds(SITE_LEAD) else None
            if bundle is not None:
                self._refuse_foreign_hand(bundle)
                return entry, bundle
        return None

    def adding(self, entry: WrappedKey) -> KeyFile:
        """The list with one more account at the end."""
        return replace(self, entries=(*self.entries, entry), format=FORMAT)

    def replacing(self, entry: WrappedKey) -> KeyFile:
        """The list with another line for the same account."""
        same = entry.account.account_id
        entries = tuple(entry if each.account.account_id == same else each for each in self.entries)
        return replace(self, entries=entries, format=FORMAT)

    def without(self, account_id: AccountId) -> KeyFile:
        """The list without this account, also without what a reset has put aside. Raises `RecordMissing`."""
        self.entry(account_id)
        return replace(
            self,
            entries=tuple(each for each in self.entries if each.account.account_id != account_id),
            sealed=tuple(each for each in self.sealed if each.account.account_id != account_id),
        )

    def write(self, path: Path, bundle: KeyBundle) -> None:
        """Put the list on disk, sealed with a key that every account has. Raises `DiskFull`."""
        body = self._body()
        content = {"format": FORMAT, **body, "checksum": _checksum(body), "seal": _mac(body, bundle).hex()}
        private_file(path, json.dumps(content, ensure_ascii=False, indent=1).encode())

    @classmethod
    def read(cls, path: Path) -> KeyFile:
        """The list from disk. Raises `StoreDamaged` (part keys) when it is missing, cut off or changed.

        The checksum tells damage from a wrong passphrase; against intent stands the seal, once a key is known.
        """
        try:
            return cls.parsed(path.read_bytes())
        except OSError as problem:
            raise StoreDamaged(part="keys") from problem

    @classmethod
    def parsed(cls, content: bytes) -> KeyFile:
        """The list from the bytes of its file, of this format or the one before. Raises `StoreDamaged`."""
        try:
            told = json.loads(content)
            old = told["format"] == OLD_FORMAT
            body = told["accounts"] if old else {name: told[name] for name in ("accounts", "sealed", "recovery")}
            if told["format"] not in (OLD_FORMAT, FORMAT) or told["checksum"] != _checksum(body):
                raise StoreDamaged(part="keys")
            entries = tuple(_from_json(entry) for entry in told["accounts"])
            if not entries:
                raise StoreDamaged(part="keys")
            if old:
                return cls(entries, format=OLD_FORMAT)
            sealed = tuple(_from_json(entry) for entry in told["sealed"])
            return cls(entries, sealed, _bytes(told["recovery"]), bytes.fromhex(text(told["seal"])))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error) as problem:
            raise StoreDamaged(part="keys") from problem

    def _refuse_foreign_hand(self, bundle: KeyBundle) -> None:
        if self.format != OLD_FORMAT and not hmac.compare_digest(self.seal, _mac(self._body(), bundle)):
            raise StoreDamaged(part="keys")

    def _body(self) -> dict[str, object]:
        return {
            "accounts": [_to_json(entry) for entry in self.entries],
            "sealed": [_to_json(entry) for entry in self.sealed],
            "recovery": base64.b64encode(self.recovery).decode(),
        }


def _checksum(body: object) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _mac(body: object, bundle: KeyBundle) -> bytes:
    from intake_app.storage.crypto import derived_key

    key = derived_key(bundle.key_store, "key file")
    return hmac.digest(key, json.dumps(body, sort_keys=True).encode(), "sha256")


def _to_json(entry: WrappedKey) -> dict[str, object]:
    account = entry.account
    known: dict[str, object] = {
        "account_id": account.account_id,
        "name": account.name,
        "kdf": {
            "name": "argon2id",
            "memory_kib": entry.cost.memory_kib,
            "iterations": entry.cost.iterations,
            "lanes": entry.cost.lanes,
            "salt": base64.b64encode(entry.salt).decode(),
        },
        "wrapped": base64.b64encode(entry.wrapped).decode(),
    }
    if entry.old_style:
        return known | {"role": account.roles[0]}
    escrow = entry.escrow
    return known | {
        "roles": list(account.roles),
        "caseload": entry.caseload,
        "public": base64.b64encode(entry.public).decode(),
        "escrow": {"key": escrow.key_id, "sealed": base64.b64encode(escrow.sealed).decode()} if escrow else None,
    }


def _from_json(entry: Mapping[str, object]) -> WrappedKey:
    kdf, old = entry["kdf"], "role" in entry
    if not isinstance(kdf, dict) or kdf["name"] != "argon2id":
        raise StoreDamaged(part="keys")
    cost = KdfCost(
        memory_kib=_number(kdf["memory_kib"], MAX_MEMORY_KIB),
        iterations=_number(kdf["iterations"], MAX_ITERATIONS),
        lanes=_number(kdf["lanes"], MAX_LANES),
    )
    salt = _bytes(kdf["salt"])
    if cost.memory_kib < 8 * cost.lanes or len(salt) != SALT_BYTES:
        raise StoreDamaged(part="keys")
    account = account_of(entry)
    wrapped = _bytes(entry["wrapped"])
    if old:
        return WrappedKey(account, account.account_id, cost, salt, wrapped, old_style=True)
    public = _bytes(entry["public"])
    if len(public) != KEY_BYTES:
        raise StoreDamaged(part="keys")
    return WrappedKey(account, text(entry["caseload"]), cost, salt, wrapped, public, _escrow(entry["escrow"]))


def _escrow(told: object) -> Escrow | None:
    if told is None:
        return None
    if not isinstance(told, dict):
        raise StoreDamaged(part="keys")
    return Escrow(text(told["key"]), _bytes(told["sealed"]))


def _number(value: object, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise StoreDamaged(part="keys")
    return value


def _bytes(value: object) -> bytes:
    return base64.b64decode(text(value), validate=True)
