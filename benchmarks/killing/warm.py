"""What is loaded once, before the process is copied: forms, catalogue, rules, and every module of the work."""

from __future__ import annotations

import importlib
from dataclasses import replace
from typing import Any, cast

from benchmarks.killing.more_scenes import BackingUp, Migrating, Syncing
from benchmarks.killing.scenes import Answering, Erasing, Finalising, Scene, Typing
from intake_app.bootstrap import open_office, prepare
from intake_app.domain.draft import Account
from intake_app.domain.ids import AccountId
from intake_app.services.office import Office

SCENES: tuple[type[Scene], ...] = (Typing, Answering, Finalising, Erasing, Migrating, BackingUp, Syncing)
_LATE = ("alembic.command", "alembic.config", "alembic.script", "httpx", "intake_app.sync.worker")


class _NoStore:
    """Stands where every copy puts a store of its own."""

    account = Account(AccountId("account-1"), "Anneke", ("site_lead", "counsellor"))

    def unit_of_work(self) -> Any:
        raise RuntimeError("a copy of the process works on its own store")

    def close(self) -> None:
        """There is nothing to close."""


def warm_office() -> Office:
    """An office with everything loaded, over no store at all."""
    prepare()
    for name in _LATE:
        importlib.import_module(name)
    office = open_office(cast(Any, _NoStore()))
    office.find("kok", "nl")
    return replace(office, send_round=None)
