"""Official lists on this laptop: which were imported, taking one in from its download, and removing one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from threading import Event

from intake_app.catalogue.imported import ImportedList, damaged, open_imported, wider_occupations
from intake_app.catalogue.imports.brc import import_brc
from intake_app.catalogue.imports.competentnl import import_competentnl
from intake_app.catalogue.imports.esco import import_esco
from intake_app.catalogue.imports.progress import Progress, Watch
from intake_app.catalogue.imports.report import ImportReport
from intake_app.catalogue.imports.store import KINDS, remove_files
from intake_app.domain.draft import AuditLine
from intake_app.errors import UnexpectedFailure
from intake_app.services.office import Office
from intake_app.services.policy import Action, guarded

__all__ = [
    "BRC",
    "COMPETENTNL",
    "ESCO",
    "ImportOrder",
    "ImportReport",
    "OfficialList",
    "Progress",
    "import_list",
    "official_lists",
    "propose_imported",
    "proposes_imported",
    "refresh_wider",
    "remove_list",
]

ESCO, COMPETENTNL, BRC = KINDS
_IMPORTERS = {ESCO: import_esco, COMPETENTNL: import_competentnl, BRC: import_brc}
_PROPOSED = "lists.propose"
_FIRST_QUESTION = "werk"
"""Asked once when a list changed, so that reading its words is done before a talk asks."""


@dataclass(frozen=True)
class OfficialList:
    """One kind of list and what stands here of it; `damaged` when its file is there and cannot be read."""

    kind: str
    present: bool = False
    damaged: bool = False
    version: str = ""
    source: str = ""
    imported_on: date | None = None
    languages: Mapping[str, int] = field(default_factory=dict)
    """Language code to number of names."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """`occupation`, `skill`, `relations`, … to their number."""


class ImportOrder:
    """What one import tells while it runs, and the way to stop it from another thread."""

    def __init__(self, tell: Callable[[Progress], None]) -> None:
        self._stop = Event()
        self.watch = Watch(tell=tell, cancelled=self._stop.is_set)

    def cancel(self) -> None:
        """Ask it to stop; what stood before stays."""
        self._stop.set()


@guarded(Action.OFFICIAL_LISTS)
def official_lists(office: Office) -> tuple[OfficialList, ...]:
    """Every kind of list in a fixed order, imported or not. Raises RoleRefused."""
    if office.imported is None:
        return tuple(OfficialList(kind) for kind in KINDS)
    found: dict[str, OfficialList] = {}
    for each in open_imported(office.imported):
        found[each.kind] = _described(each)
        each.close()
    wrong = damaged(office.imported)
    return tuple(found.get(kind, OfficialList(kind, damaged=kind in wrong)) for kind in KINDS)


def _described(each: ImportedList) -> OfficialList:
    about = each.about
    return OfficialList(
        each.kind,
        present=True,
        version=about.get("version", ""),
        source=about.get("source", ""),
        imported_on=datetime.fromisoformat(about["imported_at"]).astimezone().date(),
        languages=each.languages(),
        counts=each.counts(),
    )


@guarded(Action.OFFICIAL_LISTS)
def import_list(office: Office, kind: str, path: Path, order: ImportOrder) -> ImportReport:
    """Read a download and put it in place of the list of that kind: all of it or nothing. For a background lane.

    Raises RoleRefused, FileMissing, CatalogueInvalid with file, row and column, LimitExceeded, ImportCancelled,
    DiskFull.
    """
    if office.imported is None:
        raise UnexpectedFailure(kind="imported")
    report = _IMPORTERS[kind](path, office.imported, office.catalogue, order.watch)
    office.find(_FIRST_QUESTION, "nl")
    refresh_wider(office)
    _write_down(office, "list_imported", kind)
    return report


@guarded(Action.OFFICIAL_LISTS)
def remove_list(office: Office, kind: str) -> None:
    """Take an imported list away; talks and plans keep the names they hold. Raises RoleRefused, FileBusy."""
    if office.imported is None:
        return
    office.let_go_of_lists()
    remove_files(office.imported, kind)
    refresh_wider(office)
    _write_down(office, "list_removed", kind)


@guarded(Action.LOOK_AT_SETTINGS)
def proposes_imported(office: Office) -> bool:
    """Whether occupations of an imported list may be proposed in a talk, beside those of our own catalogue."""
    with office.store.unit_of_work() as uow:
        return uow.settings.get(_PROPOSED) == "yes"


@guarded(Action.OFFICIAL_LISTS)
def propose_imported(office: Office, *, wanted: bool) -> None:
    """Let them be proposed, or not any more; holds for talks that are opened from now on. Raises RoleRefused."""
    with office.store.unit_of_work() as uow:
        uow.settings.set(_PROPOSED, "yes" if wanted else "no")
        uow.commit()
    refresh_wider(office)


@guarded(Action.UPKEEP)
def refresh_wider(office: Office) -> None:
    """Bring what may be proposed in line with the setting and with the list that stands here now."""
    wanted = office.imported is not None and proposes_imported(office)
    wider = wider_occupations(office.catalogue, office.imported) if wanted and office.imported else {}
    if wider or office.catalogue.wider:
        office.catalogue = replace(office.catalogue, wider=wider)


def _write_down(office: Office, action: str, kind: str) -> None:
    with office.store.unit_of_work() as uow:
        uow.audit.add(AuditLine(office.clock.now(), office.store.account.account_id, action, kind))
        uow.commit()
