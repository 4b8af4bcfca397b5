"""Builds the parts and joins them, once: the only place that knows which room fits which port."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from intake_app.central import Caseload, Connector, Downloader, Lines, Sender, form_shelf
from intake_app.domain.clock import Clock, SystemClock
from intake_app.errors import CatalogueInvalid, FileMissing, FormMissing, IntakeError, UnexpectedFailure
from intake_app.i18n.gettext import use_translations
from intake_app.paths import default_data_dir, private_dir, private_file, resource_dir, translations_dir

if TYPE_CHECKING:
    from datetime import date, datetime

    from intake_app.catalogue.imported import ImportedList
    from intake_app.catalogue.search import Search as WordSearch
    from intake_app.domain.backup import BackupSet, Restored, Salvaged
    from intake_app.domain.catalogue import Catalogue, SearchHit
    from intake_app.domain.draft import RecoveryHalves
    from intake_app.domain.letters import Letter
    from intake_app.domain.plan import Installation, PlanDocument
    from intake_app.domain.radar import WorkFacts
    from intake_app.domain.report import Report
    from intake_app.services.office import Office
    from intake_app.services.ports import Store, StoreGate
    from intake_app.services.voice.recordings import Recordings
    from intake_app.xforms.api import FormDefinition

FORMS = ("intake", "participant", "plan", "status", "follow_up", "data_request")
DATABASE = "intake.db"
IMPORTED = "reference"
"""The folder in the data folder that holds imported official lists; nothing about a person."""
RECORDINGS = "recordings"
"""Human voices: a folder of the resources, and one in the data folder; nothing about a participant."""
MOST_HITS = 20


def prepare() -> None:
    """Name the folder of the translated texts; every way into the program calls this first."""
    use_translations(translations_dir())


def load_forms(folder: Path | None = None) -> dict[str, FormDefinition]:
    """The compiled forms that talks and records use. Raises FormMissing, FormInvalid, UnsafeXml."""
    from intake_app.xforms.api import parse_form

    place = folder or resource_dir("forms", "compiled")
    found: dict[str, FormDefinition] = {}
    for form_id in FORMS:
        path = place / f"{form_id}.xml"
        if not path.is_file():
            raise FormMissing(form_id=form_id)
        found[form_id] = parse_form(path.read_bytes())
    return found


def reference_dir(data_dir: Path | None = None) -> Path:
    """Where a data folder holds the catalogue that was sent and the imported lists: plain files, no database."""
    return (data_dir or default_data_dir()) / IMPORTED


def load_reference(delivered: Path | None = None) -> Catalogue:
    """The catalogue that the central server sent into this folder, else the one that ships with the app.

    A delivered one that can no longer be read gives way to the shipped one. Raises CatalogueInvalid.
    """
    from intake_app.catalogue.delivered import current_catalogue
    from intake_app.catalogue.load import load_catalogue

    place = current_catalogue(delivered) if delivered else None
    if place is not None:
        try:
            return load_catalogue(place)
        except (CatalogueInvalid, FileMissing):
            pass
    return load_catalogue(resource_dir("catalogue"))


def work_facts(delivered: Path | None = None) -> Mapping[str, WorkFacts]:
    """A day of each occupation, from the catalogue that is in use where it tells, else from the one that ships."""
    from intake_app.catalogue.delivered import current_catalogue
    from intake_app.catalogue.work_facts import DAYS, load_work_facts

    place = current_catalogue(delivered) if delivered else None
    if place is not None and (place / DAYS).is_file():
        try:
            return load_work_facts(place)
        except CatalogueInvalid:
            pass
    return load_work_facts(resource_dir("catalogue"))


def store_gate(folder: Path) -> StoreGate:
    """The locked data folder."""
    from intake_app.storage.door import StoreDoor

    return StoreDoor(folder)


@dataclass(frozen=True)
class PublishedForms:
    """Older versions of the forms, as `FORM-VERSION.xml`; one is read when a talk was begun with it.

    Beside those that were published, the one that ships with the app, and those that came from the central server
    (`received`).
    """

    folder: Path
    received: Path | None = None

    def __call__(self, form_id: str, version: str) -> FormDefinition | None:
        """The form; None when that version was never published, or cannot be read any more."""
        from intake_app.xforms.api import parse_form

        xml = self._bytes(form_id, version)
        try:
            return parse_form(xml) if xml is not None else None
        except IntakeError:
            return None

    def _bytes(self, form_id: str, version: str) -> bytes | None:
        for place in (self.folder, resource_dir("forms", "compiled")):
            path = place / (f"{form_id}-{version}.xml" if place == self.folder else f"{form_id}.xml")
            if path.parent == place and path.is_file():
                xml = path.read_bytes()
                if place == self.folder or f'version="{version}"'.encode() in xml:
                    return xml
        kept = form_shelf(self.received).kept() if self.received else ()
        return next((one.xml for one in kept if (one.form_id, one.version) == (form_id, version)), None)


@dataclass(frozen=True)
class PdfPrinter:
    """Draws plans with the fonts and pictures that ship with the app."""

    resources: Path

    def render(self, document: PlanDocument, catalogue: Catalogue, *, kind: str, language: str) -> bytes:
        """The PDF of one kind of plan."""
        from intake_app.plan.pdf import render_plan

        return render_plan(document, catalogue, kind=kind, language=language, resources=self.resources)

    def letter(self, letter: Letter, catalogue: Catalogue) -> bytes:
        """The PDF of a receipt, a copy of the data, or the sheet about rights."""
        from intake_app.plan.letters import render_letter

        return render_letter(letter, catalogue, self.resources)

    def paper(
        self, name: str, language: str, catalogue: Catalogue, place: Installation, today: date, municipality: str = ""
    ) -> bytes:
        """The PDF of a paper for the table."""
        from intake_app.papers import make_paper

        return make_paper(name, language, catalogue, place, today, municipality=municipality, resources=self.resources)

    def report(self, report: Report) -> bytes:
        """The PDF of the numbers: one page."""
        from intake_app.plan.report_sheet import render_report

        return render_report(report, self.resources)


def forget_texts() -> None:
    """Let go of the words that were set on paper, where any were."""
    if "intake_app.plan.typeset" in sys.modules:
        from intake_app.plan import typeset

        typeset.forget_texts()


def back_up(
    store: Store, file: Path, at: datetime, keep_days: int, go_on: Callable[[], None] = lambda: None
) -> BackupSet:
    """Copy an open, encrypted store into a backup file. Raises as `services.backup.BackupMaker`."""
    from intake_app.storage.backup import make_backup
    from intake_app.storage.gate import SqlStore

    if not isinstance(store, SqlStore):
        raise UnexpectedFailure(kind=type(store).__name__)
    return make_backup(store.unit_of_work(), file, at, keep_days, go_on)


@dataclass(frozen=True)
class Repairs:
    """What can be done for a data folder that does not open: a backup put back, or what is readable saved."""

    folder: Path

    def keeps_a_list(self) -> bool:
        """Whether a wislijst stands in the folder, that may know who was erased since a backup was made."""
        from intake_app.storage.wipe_list import NAME

        return (self.folder / NAME).is_file()

    def look(self, file: Path) -> BackupSet:
        """What stands in a backup file. Raises BackupRefused, BackupFolderMissing."""
        from intake_app.storage.backup import look

        return look(file)

    def restore(self, file: Path, passphrase: str, *, copy: str = "", replace: bool = False) -> Restored:
        """Put a copy back with a passphrase of the backup. Raises as `storage.restore.restore`."""
        from intake_app.storage.restore import restore

        return restore(file, self.folder, lambda gate: gate.unlock(passphrase), copy=copy, replace=replace)

    def restore_with_key(
        self, file: Path, halves: RecoveryHalves, passphrase: str, *, copy: str = "", replace: bool = False
    ) -> Restored:
        """Put a copy back with the recovery key; the site lead gets this new passphrase. Raises as above."""
        from intake_app.storage.restore import restore

        return restore(file, self.folder, lambda gate: gate.recover(halves, passphrase), copy=copy, replace=replace)

    def salvage(self, passphrase: str) -> Salvaged:
        """Save what is readable of a damaged database. Raises as `storage.salvage.salvage`."""
        from intake_app.storage.salvage import salvage

        return salvage(self.folder, passphrase)


class CatalogueSearch:
    """Search over the loaded catalogue and what was imported; its index is built at the first question.

    A talk holds ids of the catalogue, so imported occupations lead to ours of the same ISCO code, or are left out. A
    list imported meanwhile is noticed at the next question.
    """

    def __init__(self, catalogue: Catalogue, imported: Path | None = None) -> None:
        self._catalogue = catalogue
        self._imported = imported
        self._known = {
            *(("occupation", name) for name in catalogue.occupations),
            *(("skill", name) for name in catalogue.skills),
            *(("card", name) for name in catalogue.cards),
            *(("offer", name) for name in catalogue.offers),
            *(("organisation", name) for name in catalogue.organisations),
        }
        self._lists: tuple[ImportedList, ...] = ()
        self._search: WordSearch | None = None
        self._files: tuple[Path, ...] = ()

    def __call__(self, text: str, language: str) -> Sequence[SearchHit]:
        """The best hits."""
        hits = self._current().find(text, language, MOST_HITS * 2)
        return [hit for hit in hits if (hit.kind, hit.id) in self._known][:MOST_HITS]

    def own_work(self, text: str, language: str) -> Sequence[SearchHit]:
        """The best hits among occupations, those of an imported ESCO included: somebody's own work may be any."""
        hits = self._current().find(text, language, MOST_HITS * 2)
        return [
            hit
            for hit in hits
            if hit.kind == "occupation"
            and (hit.id in self._catalogue.occupations or hit.id in self._catalogue.elsewhere)
        ][:MOST_HITS]

    @property
    def ready(self) -> bool:
        """Whether all words are read: the next question is answered at once."""
        return self._search is not None

    def let_go(self) -> None:
        """Close the imported lists, so that their files can be removed; the next question looks again."""
        for each in self._lists:
            each.close()
        self._lists, self._files, self._search = (), (), None

    def _current(self) -> WordSearch:
        from intake_app.catalogue.imported import imported_files, open_imported, search_over

        files = imported_files(self._imported) if self._imported else ()
        if self._search is None or files != self._files:
            self.let_go()
            self._lists = open_imported(self._imported) if self._imported else ()
            self._search = search_over(self._catalogue, self._lists, near=True)
            self._files = files
        return self._search


def warm_up(office: Office) -> None:
    """Ask for voices and read the words of imported lists now, not in the middle of a talk; for a background lane."""
    from intake_app.catalogue.imported import imported_files

    office.speech.speaks("nl")
    if office.imported is not None and imported_files(office.imported):
        office.find("werk", "nl")


def forms_in_use(folder: Path | None, received: Path | None) -> dict[str, FormDefinition]:
    """The forms that talks begin with: of each the version that came last, else the one that ships.

    One that can no longer be read or used gives way to the shipped one. Raises as `load_forms`.
    """
    from intake_app.services.form_updates import checked
    from intake_app.sync.encryption import check_form_key

    shipped = load_forms(folder)
    found = dict(shipped)
    for form_id in shipped if received is not None else ():
        newest = form_shelf(received).newest(form_id) if received else None
        if newest is not None:
            try:
                found[form_id] = checked(form_id, newest.version, newest.xml, shipped[form_id], check_form_key)
            except IntakeError:
                continue
    return found


def recorded_voices(own: Path | None) -> Recordings:
    """The recordings that ship with the app, and those of this place in a folder of the data folder."""
    from intake_app.services.voice.recordings import Recordings

    def write(path: Path, content: bytes) -> None:
        private_dir(private_dir(path.parent.parent) / path.parent.name)
        private_file(path, content)

    return Recordings(resource_dir(RECORDINGS), own, write)


def open_office(
    store: Store, *, clock: Clock | None = None, forms: Path | None = None, imported: Path | None = None
) -> Office:
    """Everything a counsellor works with, behind one unlocked store; `imported` is the folder of official lists.

    What an older copy of the data brought back although it was taken back, goes before anything else.
    """
    from intake_app.catalogue.imported import ImportedOccupations
    from intake_app.services.official_lists import refresh_wider
    from intake_app.services.withdrawal import replay_withdrawals

    catalogue = load_reference(imported)
    if imported is not None:
        catalogue = replace(catalogue, elsewhere=ImportedOccupations(catalogue, imported))
    office = _joined(store, clock or SystemClock(), catalogue, forms, imported)
    replay_withdrawals(office)
    refresh_wider(office)
    return office


def _joined(store: Store, time: Clock, catalogue: Catalogue, forms: Path | None, imported: Path | None) -> Office:
    from intake_app.matching.first_answers import load_first_answers
    from intake_app.matching.rules import load_rules
    from intake_app.platform.speech import Programs
    from intake_app.services.office import Office
    from intake_app.services.sending import read_valve
    from intake_app.storage.signatures import verify_ed25519
    from intake_app.sync.encryption import seal_record
    from intake_app.sync.envelope import Envelopes

    find = CatalogueSearch(catalogue, imported)
    lines = Lines()
    return Office(
        store=store,
        forms=forms_in_use(forms, imported),
        fetch_round=Downloader(imported, time, lines) if imported is not None else None,
        catalogue=catalogue,
        rules=load_rules(resource_dir("matching")),
        clock=time,
        printer=PdfPrinter(resource_dir()),
        find=find,
        find_own_work=find.own_work,
        send_round=Sender(store, time, lines),
        caseload=Caseload(imported),
        valve=replace(read_valve(store), hang_up=lines.hang_up),
        connector=Connector(time),
        past_forms=PublishedForms(resource_dir("forms", "published"), imported),
        verify=verify_ed25519,
        first_answers=load_first_answers(resource_dir("matching")),
        work_facts=work_facts(imported),
        letters=PdfPrinter(resource_dir()),
        backups=back_up,
        seal=seal_record,
        envelopes=Envelopes(),
        imported=imported,
        let_go_of_lists=find.let_go,
        forget_texts=forget_texts,
        recordings=recorded_voices(imported.parent / RECORDINGS if imported else None),
        speech=Programs(),
    )
