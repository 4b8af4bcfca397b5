"""The store as tests open it: cheap to unlock, opened again as after a crash, closed at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

from intake_app.services.ports import Store
from intake_app.storage.keys import KdfCost

CHEAP = KdfCost(memory_kib=64, iterations=1, lanes=1)
PASSPHRASE = "vier losse woorden hier"
Opened = TypeVar("Opened", bound=Store, covariant=True)


class GateOf(Protocol[Opened]):
    """A data folder whose stores are of one kind."""

    def exists(self) -> bool: ...

    def create(self, passphrase: str, name: str, *roles: str) -> Opened: ...

    def unlock(self, passphrase: str) -> Opened: ...


@contextmanager
def opening(gate: GateOf[Opened]) -> Iterator[Callable[[], Opened]]:
    """Opens the store, made by Anneke if there is none, and closes the one that was opened before."""
    opened: list[Opened] = []

    def again() -> Opened:
        for store in opened:
            store.close()
        store = (
            gate.unlock(PASSPHRASE) if gate.exists() else gate.create(PASSPHRASE, "Anneke", "site_lead", "counsellor")
        )
        opened.append(store)
        return store

    yield again
    for store in opened:
        store.close()
