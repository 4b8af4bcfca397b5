"""What comes down from the central server: checked whole, kept whole or not at all, and used for new talks only."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from intake_app.catalogue.delivered import catalogue_tables
from intake_app.errors import (
    DownloadDamaged,
    FormInvalid,
    FormVersionTaken,
    InputError,
    IntakeError,
    ServerRefused,
    SyncError,
)
from intake_app.services.caseload import joined_lists, names_in
from intake_app.services.installation import read_server
from intake_app.services.outgoing import LockedForm, kind_of
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import Store
from intake_app.xforms.api import FormDefinition, parse_form


class FormServer(Protocol):
    """The server's blank forms. Raises the SyncError family; the types of its answers are its own."""

    def form_list(self, known_etag: str = "") -> Any:
        """What is on offer, None when nothing changed."""
        ...

    def download_form(self, entry: Any, known: Any = None) -> Any:
        """One form with its files; what is unchanged in `known` is not fetched again."""
        ...

    def deleted_entities(self, integrity_url: str, names: Collection[str]) -> Collection[str]:
        """Which of these entities, that are no longer in their list, were deleted at the centre."""
        ...


class FormShelf(Protocol):
    """The versions that came before, on the disk of this laptop. Each is there whole or not at all."""

    def newest(self, form_id: str) -> Any:
        """The version that came last, None when none came."""
        ...

    def add(self, form: Any) -> int:
        """Keep a version. Raises DiskFull, FolderReadOnly."""
        ...

    def etag(self) -> str:
        """Stamp of the last list that came in without trouble."""
        ...

    def save_etag(self, etag: str) -> None:
        """Remember that stamp."""
        ...


@dataclass(frozen=True)
class Trouble:
    """Something that came in and was set apart; `code` and `params` of the error say why."""

    name: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class UpdateReport:
    """What a round of downloading did. `forms` are new and hold for talks that begin from now on; `catalogue` is the
    version of a new catalogue, used from the next start; `problem` ended the round early."""

    forms: Mapping[str, FormDefinition] = field(default_factory=dict, repr=False)
    catalogue: str = ""
    apart: tuple[Trouble, ...] = ()
    problem: str = ""
    problem_params: Mapping[str, object] = field(default_factory=dict)


TakeCatalogue = Callable[[Mapping[str, bytes]], str]
"""Puts tables in place of those in use and gives their version. Raises CatalogueInvalid; then those in use stay."""
CheckKey = Callable[[str, str], None]
"""Given form id and public key, raises FormKeyRefused for a key we do not trust."""
DownloadRound = Callable[[Store, Mapping[str, FormDefinition]], UpdateReport]


@guarded(Action.SEND)
def download(store: Store, round_: DownloadRound, in_use: Mapping[str, FormDefinition]) -> UpdateReport | None:
    """Fetch what is new; None while no server is set. Raises RoleRefused, ServerAddressWrong."""
    return round_(store, in_use) if read_server(store).configured else None


@guarded(Action.SEND)
def forms_needed(store: Store) -> frozenset[tuple[str, str]]:
    """Form ids and versions of the talks and records of the own caseload, as far as they are here."""
    with store.unit_of_work() as uow:
        drafts = {(str(one.form_id), str(one.form_version)) for one in uow.drafts.list()}
        waiting = {(str(one.form_id), str(one.form_version)) for one in uow.outbox.heads()}
    return frozenset(drafts | waiting)


def update_forms(
    server: FormServer,
    shelf: FormShelf,
    in_use: Mapping[str, FormDefinition],
    take_catalogue: TakeCatalogue,
    check_key: CheckKey | None = None,
) -> UpdateReport:
    """One round: the list, then each of our own forms with its files.

    A form or catalogue that is not good is set apart and told, and what is in use stays; the others go on. A form
    that is missing from the list is left alone: talks and records of it stay as they are.
    """
    round_ = _Round(server, shelf, in_use, take_catalogue, check_key)
    try:
        offered = server.form_list(shelf.etag())
        if offered is not None:
            round_.take(offered.entries)
            if not round_.apart:
                shelf.save_etag(offered.etag)
        else:
            round_.take_lists()
    except SyncError as problem:
        return round_.report(problem)
    return round_.report(None)


def checked(
    form_id: str, version: str, xml: bytes, in_use: FormDefinition | None, check_key: CheckKey | None = None
) -> FormDefinition:
    """A form that may take the place of the one in use. Raises FormInvalid, UnsafeXml, LimitExceeded,
    FormKeyRefused.

    Beside what the engine refuses: it must be the form it is said to be, and hold every concept and host node that the
    form in use has, since the app finds answers by them. A key must be one we trust (`check_key`), and stands on no
    form whose records must stay readable: a talk of such a form could be finished and never be sent.
    """
    definition = parse_form(xml)
    if (definition.form_id, definition.version) != (form_id, version):
        raise FormInvalid(problems=(f"{form_id}: other id or version inside",))
    missing = sorted(_names(in_use) - _names(definition)) if in_use is not None else []
    if missing:
        raise FormInvalid(problems=tuple(f"{form_id}: {name} is missing" for name in missing))
    kind = kind_of(definition)
    if check_key is not None and isinstance(kind, LockedForm):
        check_key(form_id, definition.public_key)
    return definition


class _Round:
    """What one round has found so far."""

    def __init__(
        self,
        server: FormServer,
        shelf: FormShelf,
        in_use: Mapping[str, FormDefinition],
        take_catalogue: TakeCatalogue,
        check_key: CheckKey | None,
    ) -> None:
        self._check_key = check_key
        self._server, self._shelf, self._in_use, self._take_catalogue = server, shelf, in_use, take_catalogue
        self._forms: dict[str, FormDefinition] = {}
        self._catalogue = ""
        self.apart: list[Trouble] = []

    def take(self, entries: Sequence[Any]) -> None:
        for entry in entries:
            if entry.form_id in self._in_use:
                try:
                    self._one(entry)
                except (InputError, DownloadDamaged, ServerRefused) as problem:
                    self._set_apart(entry.form_id, problem)

    def take_lists(self) -> None:
        """The list of forms stands still while the rows of an entity list change: those come anew each time."""
        with_lists = {form_id for form_id, form in self._in_use.items() if form.entities}
        offered = self._server.form_list("") if with_lists else None
        self.take([one for one in offered.entries if one.form_id in with_lists] if offered is not None else [])

    def report(self, problem: SyncError | None) -> UpdateReport:
        code, params = (problem.code, dict(problem.params)) if problem else ("", {})
        return UpdateReport(self._forms, self._catalogue, tuple(self.apart), code, params)

    def _one(self, entry: Any) -> None:
        known = self._shelf.newest(entry.form_id)
        same = known is not None and known.version == entry.version
        form = self._with_rows(self._server.download_form(entry, known.as_known() if same else None), known)
        files = {file.name: file.content for file in form.media}
        if same and known.xml != form.xml:
            raise FormVersionTaken(form_id=entry.form_id, version=entry.version)
        if same and known.files == files:
            return
        definition = checked(entry.form_id, entry.version, form.xml, self._in_use[entry.form_id], self._check_key)
        before = catalogue_tables(known.files) if known is not None else {}
        self._shelf.add(form)
        if self._in_use[entry.form_id].version != definition.version:
            self._forms[entry.form_id] = definition
        tables = catalogue_tables({file.name: file.content for file in form.media if not file.kind})
        if tables and tables != before:
            self._catalogue_in(tables)

    def _with_rows(self, form: Any, known: Any) -> Any:
        """The form with its entity lists: of rows that are gone, only those deleted at the centre go here.

        The stamp of a list says nothing of rows that are out of sight: with such rows it is not kept, so that the list
        comes anew each time and the centre is asked again what became of them.
        """
        before = known.files if known is not None else {}
        media = []
        for file in form.media:
            if file.kind and file.name in before and file.content != before[file.name]:
                gone = names_in(before[file.name]) - names_in(file.content)
                deleted = self._server.deleted_entities(file.integrity_url, gone) if gone else ()
                joined = joined_lists(before[file.name], file.content, frozenset(deleted))
                file = replace(file, content=joined, stamp=file.stamp if joined == file.content else "")
            media.append(file)
        return replace(form, media=tuple(media))

    def _catalogue_in(self, tables: Mapping[str, bytes]) -> None:
        try:
            self._catalogue = self._take_catalogue(tables)
        except InputError as problem:
            self._set_apart("catalogue", problem)

    def _set_apart(self, name: str, problem: IntakeError) -> None:
        self.apart.append(Trouble(name, problem.code, dict(problem.params)))


def _names(definition: FormDefinition) -> frozenset[str]:
    tags = (bind.tags for bind in definition.binds.values())
    return frozenset(word for tag in tags for name in ("concept", "host") for word in tag.get(name, "").split())
