"""Where the journal of a talk goes: memory until the consent to record, then the encrypted store (DESIGN D4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from intake_app.domain.draft import JournalEntry
from intake_app.domain.ids import InstanceId
from intake_app.services.ports import Store

SAVEPOINT_EVERY = 25
"""Journal entries between two savepoints: restoring replays fewer than this."""


class DraftLog(Protocol):
    """Keeps the journal of one talk. `append` returns when the entries are as safe as this log makes them."""

    @property
    def durable(self) -> bool:
        """Whether the entries survive the end of the program."""
        ...

    def append(self, entries: Sequence[JournalEntry]) -> None:
        """Keep entries, in order."""
        ...

    def typing(self, texts: Mapping[str, str]) -> None:
        """Keep text that is still being typed, by ref."""
        ...

    def savepoint(self, savepoint: bytes, sequence: int) -> None:
        """Keep the whole entry as it stood after this sequence number."""
        ...


@dataclass
class MemoryDraft:
    """A journal that never touches the disk: before the consent to record, and after a "no" to it."""

    durable: bool = False

    def append(self, entries: Sequence[JournalEntry]) -> None:
        """Memory needs no journal: the live entry is the only copy."""

    def typing(self, texts: Mapping[str, str]) -> None:
        """Memory needs no copy of what the screen holds."""

    def savepoint(self, savepoint: bytes, sequence: int) -> None:
        """Memory needs no savepoint either."""


@dataclass
class StoreDraft:
    """A journal in the store: each call is one committed transaction."""

    store: Store = field(repr=False)
    instance_id: InstanceId
    durable: bool = True

    def append(self, entries: Sequence[JournalEntry]) -> None:
        """Write entries; durable when this returns."""
        with self.store.unit_of_work() as uow:
            uow.drafts.append(self.instance_id, entries)
            uow.commit()

    def typing(self, texts: Mapping[str, str]) -> None:
        """Write text that is still being typed."""
        with self.store.unit_of_work() as uow:
            uow.drafts.save_typing(self.instance_id, texts)
            uow.commit()

    def savepoint(self, savepoint: bytes, sequence: int) -> None:
        """Write a savepoint, so that restoring replays less."""
        with self.store.unit_of_work() as uow:
            uow.drafts.save_savepoint(self.instance_id, savepoint, sequence)
            uow.commit()
