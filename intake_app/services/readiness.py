"""Is everything ready? One function per light; the first page and `doctor` show the same answers."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.readiness import Level, Light
from intake_app.errors import AuditBroken, IntakeError, StoreInUse, StoreMissing, UnsentTooLong
from intake_app.i18n.languages import MACHINE, review_state, with_texts
from intake_app.services.backup import REMIND_DAYS, known_backups
from intake_app.services.installation import read_clocks, read_server
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import Store
from intake_app.services.submissions import Outbox
from intake_app.xforms.api import FormDefinition

UNSENT_WARN_DAYS, UNSENT_BLOCK_DAYS = 14, 90
"""DOMAIN 8.11 `unsent_warn_days` and `unsent_block_days`."""
CATALOGUE_WARN_DAYS = 183
"""Half a year, as for the address list of DOMAIN 6.14."""
LITTLE_ROOM, NO_ROOM = 2_000_000_000, 300_000_000
"""Free bytes on the disk."""
TALK = "intake"
CHECKSUMS = "SHA256SUMS"


@dataclass(frozen=True)
class Unsent:
    """What has not left yet: records, how many of them need a person, and when the oldest was queued."""

    count: int
    set_apart: int
    oldest: datetime | None

    def older_than(self, days: int, now: datetime) -> bool:
        """Whether the oldest waits longer than so many days."""
        return self.oldest is not None and now - self.oldest > timedelta(days=days)


def unsent(outbox: Outbox) -> Unsent:
    """The state of the outbox."""
    items = outbox.heads()
    return Unsent(
        count=len(items),
        set_apart=sum(item.set_apart for item in items),
        oldest=min((item.queued_at for item in items), default=None),
    )


@guarded(Action.UPKEEP)
def refuse_unsent(store: Store, now: datetime) -> None:
    """Raises `UnsentTooLong` while a record waits longer than `unsent_block_days` (DOMAIN 8.11)."""
    days = read_clocks(store).unsent_block_days
    if unsent(Outbox(store)).older_than(days, now):
        raise UnsentTooLong(days=days)


def database_light(problem: IntakeError | None) -> Light:
    """How opening the store went: None when it opened."""
    if problem is None:
        return Light("database", Level.GOOD, "open")
    if isinstance(problem, StoreMissing):
        return Light("database", Level.INFO, "not_set_up")
    if isinstance(problem, StoreInUse):
        return Light("database", Level.INFO, "in_use")
    return Light("database", Level.ERROR, "problem", error=problem)


def locked_light() -> Light:
    """Nobody gave a passphrase, so the store was not opened."""
    return Light("database", Level.INFO, "locked")


def room_light(folder: Path) -> Light:
    """Room on the disk that holds the folder, also when the folder is still to be made."""
    place = next((one for one in (folder, *folder.absolute().parents) if one.exists()), Path.cwd())
    free = shutil.disk_usage(place).free
    size = {"size": free // 1_000_000_000}
    if free < NO_ROOM:
        return Light("disk", Level.ERROR, "full", size)
    return (
        Light("disk", Level.WARNING, "little", size) if free < LITTLE_ROOM else Light("disk", Level.GOOD, "room", size)
    )


def fonts_light(folder: Path) -> Light:
    """Whether every font of the list beside them is there, byte for byte."""
    try:
        lines = (folder / CHECKSUMS).read_text(encoding="ascii").splitlines()
    except OSError:
        return Light("fonts", Level.ERROR, "missing", {"names": (CHECKSUMS,)})
    wanted = [(name, checksum) for checksum, _, name in (line.partition("  ") for line in lines) if name]
    missing = tuple(name for name, checksum in wanted if _checksum(folder / name) != checksum)
    if missing:
        return Light("fonts", Level.ERROR, "missing", {"names": missing})
    return Light("fonts", Level.GOOD, "present", {"count": len(wanted)})


def _checksum(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def languages_light(folder: Path) -> Light:
    """The languages that have texts in the folder of translations, and which of them nobody has checked."""
    here = with_texts(folder)
    unchecked = [one for one in here if review_state(one.code, folder).state == MACHINE]
    params: dict[str, object] = {"names": tuple(one.dutch for one in here)}
    if unchecked:
        params["unchecked"] = tuple(one.dutch for one in unchecked)
        params["checked"] = tuple(one.dutch for one in here if one not in unchecked)
        return Light("languages", Level.INFO, "machine", params)
    return Light("languages", Level.GOOD, "reviewed", params)


def catalogue_light(catalogue: Catalogue | IntakeError, today: date) -> Light:
    """Whether the reference data can be read, and how long ago its oldest row was checked."""
    if isinstance(catalogue, IntakeError):
        return Light("catalogue", Level.ERROR, "problem", error=catalogue)
    days = catalogue.checked_days()
    if not days:
        return Light("catalogue", Level.WARNING, "never", {"version": catalogue.version})
    params = {"version": catalogue.version, "oldest": days[0], "newest": days[-1], "days": (today - days[0]).days}
    old = today - days[0] > timedelta(days=CATALOGUE_WARN_DAYS)
    return Light("catalogue", Level.WARNING if old else Level.GOOD, "old" if old else "fresh", params)


def forms_light(forms: Mapping[str, FormDefinition] | IntakeError) -> Light:
    """Whether the questionnaires are there and can be read."""
    if isinstance(forms, IntakeError):
        return Light("forms", Level.ERROR, "problem", error=forms)
    return Light("forms", Level.GOOD, "present", {"version": forms[TALK].version, "names": tuple(forms)})


def unsent_light(waiting: Unsent, now: datetime) -> Light:
    """What waits to be sent, and whether it waits too long."""
    if not waiting.count:
        return Light("unsent", Level.GOOD, "nothing", {"count": 0})
    params = {"count": waiting.count, "set_apart": waiting.set_apart, "oldest": waiting.oldest}
    if waiting.older_than(UNSENT_BLOCK_DAYS, now):
        return Light("unsent", Level.ERROR, "far_too_long", {**params, "days": UNSENT_BLOCK_DAYS})
    if waiting.set_apart:
        return Light("unsent", Level.WARNING, "set_apart", params)
    if waiting.older_than(UNSENT_WARN_DAYS, now):
        return Light("unsent", Level.WARNING, "too_long", {**params, "days": UNSENT_WARN_DAYS})
    return Light("unsent", Level.GOOD, "waits", params)


@guarded(Action.SEND)
def last_sent_light(store: Store) -> Light:
    """When a server last confirmed a record."""
    for receipt in Outbox(store).newest_receipts(1):
        return Light("last_sync", Level.GOOD, "sent", {"moment": receipt.received_at})
    return Light("last_sync", Level.INFO, "nothing_yet" if read_server(store).configured else "no_server")


@guarded(Action.SEND)
def sending_lights(store: Store | None, now: datetime) -> tuple[Light, Light]:
    """What waits and what left last; unknown while the store is closed."""
    if store is None:
        return Light("unsent", Level.INFO, "unknown"), Light("last_sync", Level.INFO, "unknown")
    return unsent_light(unsent(Outbox(store)), now), last_sent_light(store)


@guarded(Action.UPKEEP)
def backup_light(store: Store | None, now: datetime) -> Light:
    """Whether there is a fresh backup; unknown while the store is closed."""
    if store is None:
        return Light("backup", Level.INFO, "unknown")
    known = known_backups(store)
    if not known:
        return Light("backup", Level.WARNING, "never")
    days = max((now - known[0].at).days, 0)
    params = {"moment": known[0].at, "days": days}
    return (
        Light("backup", Level.WARNING, "old", params)
        if days >= REMIND_DAYS
        else Light("backup", Level.GOOD, "fresh", params)
    )


@guarded(Action.UPKEEP)
def audit_light(store: Store | None) -> Light:
    """Whether the access log stands in its chain; unknown while the store is closed."""
    if store is None:
        return Light("audit", Level.INFO, "unknown")
    try:
        with store.unit_of_work() as uow:
            return Light("audit", Level.GOOD, "whole", {"count": uow.audit.verify()})
    except AuditBroken as problem:
        return Light("audit", Level.ERROR, "problem", error=problem)


def voices_light(names: Mapping[str, bool] | None = None) -> Light:
    """Reading aloud: names of languages, and whether this computer has a voice or a recording for each."""
    able = tuple(name for name, there in (names or {}).items() if there)
    missing = tuple(name for name, there in (names or {}).items() if not there)
    if not able:
        return Light("voices", Level.INFO, "none")
    if missing:
        return Light("voices", Level.INFO, "some", {"names": able, "missing": missing})
    return Light("voices", Level.GOOD, "all", {"names": able})


def printer_light(printers: Sequence[str]) -> Light:
    """The printers of this computer, by name; only the window knows them."""
    if printers:
        return Light("printer", Level.GOOD, "present", {"names": tuple(printers[:2])})
    return Light("printer", Level.WARNING, "none")


def by_urgency(lights: Sequence[Light]) -> tuple[Light, ...]:
    """The lights, those that need a person first."""
    order = (Level.ERROR, Level.WARNING, Level.INFO, Level.GOOD)
    return tuple(sorted(lights, key=lambda light: order.index(light.level)))
