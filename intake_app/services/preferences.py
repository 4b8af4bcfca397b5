"""What somebody chose for the window, kept with the account in the encrypted store: letters, size, printer, sheets."""

from __future__ import annotations

from intake_app.services.policy import Action, guarded
from intake_app.services.ports import Store

_PREFIX = "choice."


@guarded(Action.LOOK_AT_SETTINGS)
def read_choice(store: Store, name: str, usual: str = "") -> str:
    """What the account that is in chose under this name; `usual` when it chose nothing yet."""
    with store.unit_of_work() as uow:
        return uow.settings.get(_key(store, name), usual)


@guarded(Action.LOOK_AT_SETTINGS)
def write_choices(store: Store, choices: dict[str, str]) -> None:
    """Keep choices of the account that is in, by name. Raises StorageError."""
    with store.unit_of_work() as uow:
        for name, value in choices.items():
            uow.settings.set(_key(store, name), value)
        uow.commit()


def _key(store: Store, name: str) -> str:
    return f"{_PREFIX}{store.account.account_id}.{name}"
