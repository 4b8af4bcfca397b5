"""Settings of this installation: read from and written to the store by name, each with its default."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from intake_app.domain.plan import Installation
from intake_app.services.ports import Store

PREFIX = "installation."
SERVER_PREFIX = "server."
LEGAL_BASES = ("consent", "public_task")
DEFAULT = Installation(organisation="Werkcentrum Achterhoek", location="", phone="")


@dataclass(frozen=True)
class ServerSettings:
    """Where records go: the OpenRosa base address and the app-user token; `trial` marks a receiver for trials."""

    address: str = ""
    token: str = field(default="", repr=False)
    trial: bool = False

    @property
    def configured(self) -> bool:
        """No network is touched until this is true."""
        return bool(self.address)


def read_installation(store: Store) -> Installation:
    """The settings that stand on every plan."""
    with store.unit_of_work() as uow:
        told = {name: uow.settings.get(PREFIX + name, _text(default)) for name, default in asdict(DEFAULT).items()}
    return replace(DEFAULT, **{name: _typed(text, getattr(DEFAULT, name)) for name, text in told.items()})


def write_installation(store: Store, installation: Installation) -> None:
    """Keep the settings."""
    with store.unit_of_work() as uow:
        for item in fields(installation):
            uow.settings.set(PREFIX + item.name, _text(getattr(installation, item.name)))
        uow.commit()


def read_server(store: Store) -> ServerSettings:
    """The server of this laptop, empty until one is set."""
    with store.unit_of_work() as uow:
        return ServerSettings(
            address=uow.settings.get(SERVER_PREFIX + "address"),
            token=uow.settings.get(SERVER_PREFIX + "token"),
            trial=uow.settings.get(SERVER_PREFIX + "trial") == "yes",
        )


def write_server(store: Store, server: ServerSettings) -> None:
    """Keep the server's address and token; the token is sealed at rest."""
    with store.unit_of_work() as uow:
        uow.settings.set(SERVER_PREFIX + "address", server.address)
        uow.settings.set(SERVER_PREFIX + "token", server.token)
        uow.settings.set(SERVER_PREFIX + "trial", "yes" if server.trial else "no")
        uow.commit()


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _typed(text: str, default: object) -> Any:
    """A setting in the type of its default; a text may be empty, anything else that is not readable is not used."""
    if isinstance(default, bool):
        return text == "yes"
    if isinstance(default, int):
        return int(text) if text.isdecimal() else default
    if default in LEGAL_BASES:
        return text if text in LEGAL_BASES else default
    return text
