"""Settings of this installation: read from and written to the store by name, each with its default."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from intake_app.domain.clocks import LONGEST, RetentionClocks
from intake_app.domain.plan import Installation
from intake_app.errors import NotSettled
from intake_app.services.lock_time import LOCK_MINUTES, USUAL_LOCK_MINUTES
from intake_app.services.policy import Action, guarded

if TYPE_CHECKING:
    from intake_app.services.ports import Store

PREFIX = "installation."
SERVER_PREFIX = "server."
LEGAL_BASES = ("consent", "public_task")
"""A talk is mostly listening: nobody may touch the laptop for a while."""
_LOCK = "window.lock_minutes"
NEEDED = (
    "organisation",
    "location",
    "phone",
    "controller",
    "controller_contact",
    "data_officer",
    "privacy_text",
    "legal_basis",
)
"""What must be filled before a talk with a real person (DOMAIN 8); the clocks have usual values."""
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


@guarded(Action.LOOK_AT_SETTINGS)
def read_installation(store: Store) -> Installation:
    """The settings that stand on every plan."""
    with store.unit_of_work() as uow:
        told = {name: uow.settings.get(PREFIX + name, _text(default)) for name, default in asdict(DEFAULT).items()}
    return replace(DEFAULT, **{name: _typed(text, getattr(DEFAULT, name)) for name, text in told.items()})


@guarded(Action.SETTINGS)
def write_installation(store: Store, installation: Installation) -> None:
    """Keep the settings. Raises `RoleRefused`."""
    with store.unit_of_work() as uow:
        for item in fields(installation):
            uow.settings.set(PREFIX + item.name, _text(getattr(installation, item.name)))
        uow.commit()


@guarded(Action.LOOK_AT_SETTINGS)
def missing_settings(store: Store) -> tuple[str, ...]:
    """Names out of `NEEDED` that nobody has filled yet, in that order; a default that nobody confirmed does not count.

    Not so the organisation, which comes with a name.
    """
    with store.unit_of_work() as uow:
        told = {name: uow.settings.get(PREFIX + name, getattr(DEFAULT, name) * (name == NEEDED[0])) for name in NEEDED}
    return tuple(name for name in NEEDED if not told[name].strip())


@guarded(Action.LOOK_AT_SETTINGS)
def refuse_unsettled(store: Store) -> None:
    """Raises `NotSettled` (params `fields`) while a setting that a talk needs is empty."""
    if missing := missing_settings(store):
        raise NotSettled(fields=missing)


@guarded(Action.LOOK_AT_SETTINGS)
def read_clocks(store: Store) -> RetentionClocks:
    """How long things stay here; a period that cannot be read or is longer than allowed is the usual one."""
    usual = RetentionClocks()
    with store.unit_of_work() as uow:
        told = {name: uow.settings.get(PREFIX + name) for name in asdict(usual)}
    kept = {name: int(text) for name, text in told.items() if text.isdecimal() and 1 <= int(text) <= LONGEST[name]}
    return replace(usual, **kept)


@guarded(Action.SETTINGS)
def write_clocks(store: Store, clocks: RetentionClocks) -> None:
    """Keep the periods; what is out of bounds goes to the nearest that is allowed. Raises `RoleRefused`."""
    with store.unit_of_work() as uow:
        for name, period in asdict(clocks).items():
            uow.settings.set(PREFIX + name, str(min(max(period, 1), LONGEST[name])))
        uow.commit()


@guarded(Action.LOOK_AT_SETTINGS)
def read_lock_minutes(store: Store) -> int:
    """After how many minutes without a hand on the laptop the screen is locked; one of `LOCK_MINUTES`."""
    with store.unit_of_work() as uow:
        told = uow.settings.get(_LOCK)
    return int(told) if told in map(str, LOCK_MINUTES) else USUAL_LOCK_MINUTES


@guarded(Action.SETTINGS)
def write_lock_minutes(store: Store, minutes: int) -> None:
    """Keep it; anything but one of `LOCK_MINUTES` is the usual. Raises `RoleRefused`."""
    with store.unit_of_work() as uow:
        uow.settings.set(_LOCK, str(minutes if minutes in LOCK_MINUTES else USUAL_LOCK_MINUTES))
        uow.commit()


@guarded(Action.LOOK_AT_SETTINGS)
def read_server(store: Store) -> ServerSettings:
    """The server of this laptop, empty until one is set."""
    with store.unit_of_work() as uow:
        return ServerSettings(
            address=uow.settings.get(SERVER_PREFIX + "address"),
            token=uow.settings.get(SERVER_PREFIX + "token"),
            trial=uow.settings.get(SERVER_PREFIX + "trial") == "yes",
        )


@guarded(Action.SETTINGS)
def write_server(store: Store, server: ServerSettings) -> None:
    """Keep the server's address and token; the token is sealed at rest. Raises `RoleRefused`."""
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
