"""Where the journal of a talk goes: memory until the consent to record, then the encrypted store (DESIGN D4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from intake_app.domain.draft import JournalEntry
from intake_app.domain.ids import InstanceId
from intake_app.services.policy import Action, guarded_object
from intake_app.services.ports import Store, UnitOfWork

SAVEPOINT_EVERY = 25
"""Journal entries between two savepoints: restoring replays fewer than this."""


@dataclass
class Batch:
    """An answer with all that follows from it: kept whole or not at all.

    `also` is other work of the same transaction. `typing` is the text that is still being typed, by ref, where
    that changed. `savepoint` is the whole entry as it stands after the last of `entries`, with that sequence.
    """

    entries: list[JournalEntry] = field(default_factory=list, repr=False)
    also: list[Callable[[UnitOfWork], None]] = field(default_factory=list, repr=False)
    typing: Mapping[str, str] | None = field(default=None, repr=False)
    savepoint: tuple[bytes, int] | None = field(default=None, repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to keep."""
        return not self.entries and not self.also and self.typing is None and self.savepoint is None


class DraftLog(Protocol):
    """Keeps the journal of one talk."""

    @property
    def durable(self) -> bool:
        """Whether what is kept survives the end of the program."""
        ...

    def keep(self, batch: Batch) -> None:
        """Keep a batch; it is as safe as this log makes it when this returns. Raises StorageError: nothing is kept."""
        ...


@dataclass
class MemoryDraft:
    """A journal that never touches the disk: before the consent to record, and after a "no" to it."""

    durable: bool = False

    def keep(self, batch: Batch) -> None:
        """Memory needs no journal: the live entry is the only copy."""


@guarded_object(Action.TALK)
@dataclass
class StoreDraft:
    """A journal in the store."""

    store: Store = field(repr=False)
    instance_id: InstanceId
    durable: bool = True

    def keep(self, batch: Batch) -> None:
        """Write a batch in one committed transaction."""
        with self.store.unit_of_work() as uow:
            if batch.entries:
                uow.drafts.append(self.instance_id, batch.entries)
            for work in batch.also:
                work(uow)
            if batch.typing is not None:
                uow.drafts.save_typing(self.instance_id, batch.typing)
            if batch.savepoint is not None:
                uow.drafts.save_savepoint(self.instance_id, *batch.savepoint)
            uow.commit()
