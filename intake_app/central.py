"""What joins the use cases of sending to the wire: a round of sending, one of downloading, and trying a connection."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from intake_app.domain.clock import Clock
from intake_app.paths import resource_dir

if TYPE_CHECKING:
    from intake_app.domain.caseload import ListedCase
    from intake_app.services.connecting import ReadCode, TriedLine
    from intake_app.services.form_updates import UpdateReport
    from intake_app.services.installation import ServerSettings
    from intake_app.services.ports import Store
    from intake_app.services.submissions import Outbox, RoundReport
    from intake_app.sync.downloads import Shelf
    from intake_app.sync.openrosa import OpenRosaServer
    from intake_app.xforms.api import FormDefinition

KEEP_FORMS_DAYS = 400
"""A form that another came after stays so long: longer than any unfinished talk, a colleague's too, may stay here."""


class Lines:
    """The lines to the server that are in use, so that closing the program need not wait for an answer."""

    def __init__(self) -> None:
        self._ending = False
        self._open: set[OpenRosaServer] = set()

    @contextmanager
    def line(self, settings: ServerSettings, clock: Clock) -> Iterator[OpenRosaServer]:
        """A line to the server of the settings. Raises ServerAddressWrong."""
        from intake_app.sync.openrosa import OpenRosaServer

        with OpenRosaServer(settings.address, settings.token, clock=clock) as server:
            self._open.add(server)
            if self._ending:
                server.hang_up()
            try:
                yield server
            finally:
                self._open.discard(server)

    def hang_up(self) -> None:
        """From any thread and for good: what is under way ends as if the line had broken."""
        self._ending = True
        for server in tuple(self._open):
            server.hang_up()


@dataclass(frozen=True)
class Sender:
    """One round of sending to the server of the settings."""

    store: Store
    clock: Clock
    lines: Lines = field(default_factory=Lines)

    def __call__(self, outbox: Outbox) -> RoundReport:
        """Send what waits. Raises ServerAddressWrong."""
        from intake_app.services.installation import read_server
        from intake_app.sync.worker import run_once

        with self.lines.line(read_server(self.store), self.clock) as server:
            return run_once(
                outbox,
                server,
                self.clock.now(),
                asked_by_person=outbox.asked_by_person,
                paused=outbox.held,
            )


@dataclass(frozen=True)
class Downloader:
    """One round of downloading from the server of the settings into the folder of what came from there."""

    folder: Path
    clock: Clock
    lines: Lines = field(default_factory=Lines)

    def __call__(self, store: Store, in_use: Mapping[str, FormDefinition]) -> UpdateReport:
        """Fetch what is new. Raises ServerAddressWrong, DiskFull."""
        from intake_app.catalogue.delivered import take_in
        from intake_app.services.form_updates import forms_needed, update_forms
        from intake_app.services.installation import read_server
        from intake_app.sync.encryption import check_form_key

        def take(tables: Mapping[str, bytes]) -> str:
            return take_in(tables, self.folder, resource_dir("catalogue")).version

        with self.lines.line(read_server(store), self.clock) as server:
            report = update_forms(server, form_shelf(self.folder), in_use, take, check_form_key)
        if not report.problem:
            long_ago = self.clock.now() - timedelta(days=KEEP_FORMS_DAYS)
            form_shelf(self.folder).keep_only(forms_needed(store), long_ago.timestamp())
        return report


@dataclass(frozen=True)
class Connector:
    """Reads what the Werkcentrum gives to connect a laptop, and tries a connection without sending anything."""

    clock: Clock

    def read(self, text: str) -> ReadCode:
        """The settings in a code or address. Raises SettingsCodeWrong, ServerAddressWrong."""
        from intake_app.sync.settings_code import read_settings_code

        return read_settings_code(text)

    def read_image(self, content: bytes) -> ReadCode:
        """The settings in the QR code of an image file. Raises as `read`."""
        from intake_app.sync.settings_code import read_code_image

        return self.read(read_code_image(content))

    def check(self, address: str, token: str) -> None:
        """Raises ServerAddressWrong for an address or token that may not be used; nobody is called."""
        from intake_app.sync.address import check_base_url, check_token

        check_base_url(address)
        check_token(token)

    def probe(self, address: str, token: str, wanted: Collection[str]) -> tuple[TriedLine, ...]:
        """Try it line by line."""
        from intake_app.sync.probe import probe

        return probe(address, token, wanted, self.clock)


@dataclass(frozen=True)
class Caseload:
    """The entity list as it came last; nothing while none came, or none that can be read."""

    folder: Path | None

    def __call__(self) -> Mapping[str, ListedCase]:
        """Rows by the figures of their number."""
        from intake_app.services.caseload import LIST_FILE, read_list

        newest = form_shelf(self.folder).newest("status") if self.folder is not None else None
        content = newest.files.get(LIST_FILE) if newest is not None else None
        try:
            return read_list(content) if content else {}
        except (ValueError, KeyError):
            return {}


def form_shelf(folder: Path) -> Shelf:
    """The forms that came from the central server into this folder."""
    from intake_app.sync.downloads import Shelf

    return Shelf(folder / "forms")
