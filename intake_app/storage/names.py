"""The names in a key file, read without anything that opens keys: they stand at the door before anybody comes in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from intake_app.domain.account import ROLES, Account
from intake_app.domain.ids import AccountId
from intake_app.errors import StoreDamaged


def read_names(path: Path) -> tuple[Account, ...]:
    """Who may unlock, in the order of joining. Raises StoreDamaged (part keys) when the file cannot be read so far.

    Whether it was changed is seen when a passphrase opens it (`storage.keys.KeyFile`).
    """
    try:
        found = tuple(account_of(entry) for entry in json.loads(path.read_bytes())["accounts"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise StoreDamaged(part="keys") from problem
    if not found:
        raise StoreDamaged(part="keys")
    return found


def account_of(entry: Mapping[str, object]) -> Account:
    """The account of one line of a key file. Raises StoreDamaged, KeyError."""
    return Account(AccountId(text(entry["account_id"])), text(entry["name"]), _roles(entry))


def text(value: object) -> str:
    """A text of the file. Raises StoreDamaged when it is something else."""
    if not isinstance(value, str):
        raise StoreDamaged(part="keys")
    return value


def _roles(entry: Mapping[str, object]) -> tuple[str, ...]:
    told = [entry["role"]] if "role" in entry else entry["roles"]
    if not isinstance(told, list) or not told or not all(isinstance(role, str) and role in ROLES for role in told):
        raise StoreDamaged(part="keys")
    return tuple(told)
