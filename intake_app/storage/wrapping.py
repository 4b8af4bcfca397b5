"""One account's keys behind its passphrase (Argon2id, AES-256-GCM), and the same keys towards the recovery key."""

from __future__ import annotations

import json
import secrets
import unicodedata
from dataclasses import dataclass, field, replace

from intake_app.domain.account import Account
from intake_app.errors import StoreDamaged, WrongPassphrase
from intake_app.storage.place import KEY_BYTES, Place, new_key
from intake_app.storage.recovery import RecoveryKey, id_of

SALT_BYTES = 16


@dataclass(frozen=True)
class KdfCost:
    """What one guess of a passphrase costs: memory in KiB, passes, lanes (Argon2id, RFC 9106)."""

    memory_kib: int = 64 * 1024
    iterations: int = 3
    lanes: int = 4

    @property
    def work(self) -> int:
        """Memory times passes, by which two costs are compared."""
        return self.memory_kib * self.iterations


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

    @property
    def post_box(self) -> bytes:
        """The seed of the key pair to which colleagues seal what they hand over."""
        from intake_app.storage.crypto import derived_key

        return derived_key(self.caseload, "handed over")

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
class Escrow:
    """A bundle sealed to a recovery key: which one, and the bytes that only its two halves open."""

    key_id: str
    sealed: bytes = field(repr=False)


@dataclass(frozen=True)
class WrappedKey:
    """One line of the key file. The names of staff stand in the clear: they choose themselves from the list.

    `public` is where colleagues seal what they hand over. `old_style` marks a line as format 1 wrote it; it has no
    `public` and no `escrow`, and becomes a new one when its account logs in.
    """

    account: Account
    caseload: str
    cost: KdfCost
    salt: bytes = field(repr=False)
    wrapped: bytes = field(repr=False)
    public: bytes = field(default=b"", repr=False)
    escrow: Escrow | None = field(default=None, repr=False)
    old_style: bool = False

    @classmethod
    def made(cls, account: Account, caseload: str, passphrase: str, bundle: KeyBundle, cost: KdfCost) -> WrappedKey:
        """The keys of an account behind its passphrase."""
        from intake_app.storage.crypto import public_key, seal

        salt = secrets.token_bytes(SALT_BYTES)
        line = cls(account, caseload, cost, salt, b"", public_key(bundle.post_box))
        return replace(line, wrapped=seal(_stretched(passphrase, salt, cost), bundle.packed(), line._place()))

    def open(self, passphrase: str) -> KeyBundle:
        """The keys. Raises `WrongPassphrase`."""
        from intake_app.storage.crypto import unseal

        key = _stretched(passphrase, self.salt, self.cost)
        try:
            packed = unseal(key, self.wrapped, self._place())
        except StoreDamaged:
            raise WrongPassphrase from None
        return KeyBundle.unpacked(packed)

    def escrowed(self, bundle: KeyBundle, recovery_public: bytes) -> WrappedKey:
        """The same line whose keys the recovery key opens too; without a recovery key, the line as it is."""
        if not recovery_public:
            return self
        from intake_app.storage.crypto import seal_to

        sealed = seal_to(recovery_public, bundle.packed(), self._escrow_place())
        return replace(self, escrow=Escrow(id_of(recovery_public), sealed))

    def recovered(self, recovery: RecoveryKey) -> KeyBundle | None:
        """The keys by the recovery key; None when they were never sealed to this one. Raises `StoreDamaged`."""
        if self.escrow is None or self.escrow.key_id != recovery.key_id:
            return None
        from intake_app.storage.crypto import unseal_with

        return KeyBundle.unpacked(unseal_with(recovery.seed, self.escrow.sealed, self._escrow_place()))

    def _escrow_place(self) -> Place:
        return Place(owner=self.account.account_id, table="escrow", row=self.caseload)

    def _place(self) -> Place:
        """Binds roles, costs and caseload to the wrapping, so that editing the file cannot change them."""
        account, cost = self.account, self.cost
        costs = [cost.memory_kib, cost.iterations, cost.lanes]
        if self.old_style:
            line: list[object] = [account.account_id, account.name, *account.roles, *costs]
        else:
            known = [account.account_id, account.name, list(account.roles)]
            line = [2, *known, self.caseload, self.public.hex(), *costs]
        return Place(owner=account.account_id, table="keys", row=json.dumps(line))


def _stretched(passphrase: str, salt: bytes, cost: KdfCost) -> bytes:
    # The names at the door are read before anything is opened: only what opens loads the cryptography.
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    secret = unicodedata.normalize("NFC", passphrase).encode()
    kdf = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    return kdf.derive(secret)
