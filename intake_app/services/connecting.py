"""Connecting this laptop to the project of its organisation: reading a code, trying the line, keeping it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from intake_app.domain.draft import AuditLine
from intake_app.errors import NoServer, ProjectHasWaiting
from intake_app.services.installation import ServerSettings, read_server, write_server
from intake_app.services.office import Office
from intake_app.services.policy import Action, guarded
from intake_app.services.submissions import Outbox


class ReadCode(Protocol):
    """What a settings code of the server holds."""

    @property
    def base_url(self) -> str:
        """Address of the project, without its secret."""
        ...

    @property
    def token(self) -> str:
        """The secret of the app user."""
        ...

    @property
    def project(self) -> str:
        """The project's own name, or empty."""
        ...


class TriedLine(Protocol):
    """One thing that was tried: `good` None when it was not reached; `code` and `params` tell what went wrong."""

    @property
    def name(self) -> str:
        """address, server, token or forms."""
        ...

    @property
    def good(self) -> bool | None:
        """Whether it works."""
        ...

    @property
    def code(self) -> str:
        """Code of the error."""
        ...

    @property
    def params(self) -> Mapping[str, object]:
        """Parameters of the error; of forms `missing` and `count`."""
        ...


class Connect(Protocol):
    """Reading codes and trying connections; nothing is ever sent by it."""

    def read(self, text: str) -> ReadCode:
        """The settings in a code or address. Raises SettingsCodeWrong, ServerAddressWrong."""
        ...

    def read_image(self, content: bytes) -> ReadCode:
        """The settings in the QR code of an image file. Raises as `read`."""
        ...

    def check(self, address: str, token: str) -> None:
        """Raises ServerAddressWrong for an address or token that may not be used."""
        ...

    def probe(self, address: str, token: str, wanted: Collection[str]) -> tuple[TriedLine, ...]:
        """Try it line by line."""
        ...


@guarded(Action.SETTINGS)
def read_code(office: Office, text: str) -> ReadCode:
    """What a pasted text holds: a settings code, or an address. Raises SettingsCodeWrong, ServerAddressWrong."""
    return _connect(office).read(text)


@guarded(Action.SETTINGS)
def read_code_image(office: Office, content: bytes) -> ReadCode:
    """What the QR code in an image file holds. Raises SettingsCodeWrong, ServerAddressWrong."""
    return _connect(office).read_image(content)


@guarded(Action.SETTINGS)
def try_connection(office: Office, address: str, token: str) -> tuple[TriedLine, ...]:
    """Try an address and a token, kept or not; what works and what does not, line by line."""
    return _connect(office).probe(address.strip().rstrip("/"), token.strip(), tuple(office.forms))


@guarded(Action.SETTINGS)
def connect(office: Office, server: ServerSettings) -> None:
    """Keep the server, or with an empty address let go of it.

    Raises ServerAddressWrong, and ProjectHasWaiting while records of real talks wait for another project: two are
    never mixed. A new token for the same project is always taken.
    """
    before = read_server(office.store)
    if server.address:
        _connect(office).check(server.address, server.token)
    elsewhere = before.configured and not before.trial and server.address != before.address
    if elsewhere and (waiting := len(Outbox(office.store, trial=False).heads())):
        raise ProjectHasWaiting(count=waiting)
    write_server(office.store, server)
    with office.store.unit_of_work() as uow:
        uow.audit.add(AuditLine(office.clock.now(), office.store.account.account_id, "server_connected", ""))
        uow.commit()


def _connect(office: Office) -> Connect:
    if office.connector is None:
        raise NoServer
    return office.connector
