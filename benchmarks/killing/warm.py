"""What is loaded once, before the process is copied: forms, catalogue, rules, and every module of the work."""

from __future__ import annotations

import gc
import importlib
import tempfile
from dataclasses import replace
from pathlib import Path

from benchmarks.killing.examine import PASSPHRASE, gate
from benchmarks.killing.more_scenes import BackingUp, Migrating, Syncing
from benchmarks.killing.scenes import Answering, Erasing, Finalising, Scene, Typing
from intake_app.bootstrap import open_office, prepare
from intake_app.services.office import Office

SCENES: tuple[type[Scene], ...] = (Typing, Answering, Finalising, Erasing, Migrating, BackingUp, Syncing)
_LATE = ("alembic.command", "alembic.config", "alembic.script", "httpx", "intake_app.sync.worker")


def warm_office() -> Office:
    """An office with everything loaded, over a store that is closed: each copy of the process opens its own."""
    prepare()
    for name in _LATE:
        importlib.import_module(name)
    with tempfile.TemporaryDirectory() as place:
        store = gate(Path(place) / "data").create(PASSPHRASE, "Anneke", "site_lead", "counsellor")
        office = open_office(store)
        office.find("kok", "nl")
        store.close()
    # as the window does (ui/app.py); copies of the process then share this memory too
    gc.collect()
    gc.freeze()
    return replace(office, send_round=None)
