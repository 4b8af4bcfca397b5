"""Builds the parts and joins them, once: the only place that knows which room fits which port."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from intake_app.domain.catalogue import Catalogue, SearchHit
from intake_app.domain.clock import Clock, SystemClock
from intake_app.domain.plan import PlanDocument
from intake_app.errors import FormMissing, IntakeError
from intake_app.i18n.gettext import use_translations
from intake_app.paths import resource_dir, translations_dir

if TYPE_CHECKING:
    from intake_app.services.installation import ServerSettings
    from intake_app.services.office import Office
    from intake_app.services.ports import Store, StoreGate
    from intake_app.services.submissions import Outbox, RoundReport
    from intake_app.xforms.api import FormDefinition

FORMS = ("intake", "participant", "plan", "status")
DATABASE = "intake.db"


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


def load_reference() -> Catalogue:
    """The catalogue that ships with the app. Raises CatalogueInvalid."""
    from intake_app.catalogue.load import load_catalogue

    return load_catalogue(resource_dir("catalogue"))


def store_gate(folder: Path) -> StoreGate:
    """The locked data folder."""
    from intake_app.storage.gate import SqlStoreGate

    return SqlStoreGate(folder)


@dataclass(frozen=True)
class PublishedForms:
    """Older versions of the forms, as `FORM-VERSION.xml`; one is read when a talk was begun with it."""

    folder: Path

    def __call__(self, form_id: str, version: str) -> FormDefinition | None:
        """The form; None when that version was never published, or cannot be read any more."""
        from intake_app.xforms.api import parse_form

        path = self.folder / f"{form_id}-{version}.xml"
        if path.parent != self.folder or not path.is_file():
            return None
        try:
            return parse_form(path.read_bytes())
        except IntakeError:
            return None


@dataclass(frozen=True)
class PdfPrinter:
    """Draws plans with the fonts and pictures that ship with the app."""

    resources: Path

    def render(self, document: PlanDocument, catalogue: Catalogue, *, kind: str, language: str) -> bytes:
        """The PDF of one kind of plan."""
        from intake_app.plan.pdf import render_plan

        return render_plan(document, catalogue, kind=kind, language=language, resources=self.resources)


class CatalogueSearch:
    """Search over the loaded catalogue; its index is built at the first question."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def __call__(self, text: str, language: str) -> Sequence[SearchHit]:
        """The best hits."""
        from intake_app.catalogue.search import search

        return search(self._catalogue, text, language)


@dataclass(frozen=True)
class Sender:
    """One round of sending to the server of the settings."""

    store: Store
    clock: Clock

    def __call__(self, outbox: Outbox) -> RoundReport:
        """Send what waits. Raises ServerAddressWrong."""
        from intake_app.services.installation import read_server
        from intake_app.sync.openrosa import OpenRosaServer
        from intake_app.sync.worker import run_once

        settings: ServerSettings = read_server(self.store)
        with OpenRosaServer(settings.address, settings.token, clock=self.clock) as server:
            return run_once(outbox, server, self.clock.now(), asked_by_person=True)


def open_office(store: Store, *, clock: Clock | None = None, forms: Path | None = None) -> Office:
    """Everything a counsellor works with, behind one unlocked store."""
    from intake_app.matching.first_answers import load_first_answers
    from intake_app.matching.rules import load_rules
    from intake_app.services.office import Office
    from intake_app.storage.signatures import verify_ed25519

    time = clock or SystemClock()
    catalogue = load_reference()
    return Office(
        store=store,
        forms=load_forms(forms),
        catalogue=catalogue,
        rules=load_rules(resource_dir("matching")),
        clock=time,
        printer=PdfPrinter(resource_dir()),
        find=CatalogueSearch(catalogue),
        send_round=Sender(store, time),
        past_forms=PublishedForms(resource_dir("forms", "published")),
        verify=verify_ed25519,
        first_answers=load_first_answers(resource_dir("matching")),
    )
