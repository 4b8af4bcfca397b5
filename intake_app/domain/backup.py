"""Backups and repairs as plain values: which copies a set holds, what putting back and saving brought."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

ERASED_AGAIN = "erasures.again"
"""The setting that counts, until somebody has seen it, whom an older copy brought back and what is asked again."""
NOT_COVERED = "erasures.not_covered"
"""The setting with the period of which the wislijst at hand does not know who was erased; "" when there is none."""


@dataclass(frozen=True)
class BackupCopy:
    """One copy of the data in a set: when it was made and how large it is in bytes."""

    name: str
    at: datetime
    size: int


@dataclass(frozen=True)
class BackupSet:
    """A backup file: rotated copies of the data beside one current copy of the keys, made at `keys_at`."""

    store_id: str
    keys_at: datetime
    copies: tuple[BackupCopy, ...]

    @property
    def newest(self) -> BackupCopy:
        """The copy that is put back unless another is asked for."""
        return max(self.copies, key=lambda copy: copy.at)


@dataclass(frozen=True)
class Restored:
    """What putting back did: the moment of the copy, people in it, and how many were erased again at once.

    `asked_again` requests to the Werkcentrum were lost with the newer data and wait again. Who was erased after
    `not_covered_since` this laptop cannot know; None when its own wislijst goes on from the one in the backup.
    """

    at: datetime
    people: int
    erased_again: int
    asked_again: int = 0
    not_covered_since: datetime | None = None


@dataclass(frozen=True)
class Salvaged:
    """What could be read of a damaged database: rows kept and rows lost, per table."""

    kept: Mapping[str, int] = field(default_factory=dict)
    lost: Mapping[str, int] = field(default_factory=dict)
