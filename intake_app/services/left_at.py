"""Where an open talk was left, or the laptop went off: it goes on there, not at the first question still open."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from intake_app.domain.ids import InstanceId
from intake_app.services.policy import Action, guarded

if TYPE_CHECKING:
    from intake_app.services.ports import Store

_NAME = "talk.left_at"


@guarded(Action.TALK)
def left_at(store: Store, instance_id: InstanceId) -> str:
    """What `leave_at` kept of a talk; "" for nothing. Raises StorageError."""
    with store.unit_of_work() as uow:
        return _read(uow.settings.get(_name(store))).get(instance_id, "")


@guarded(Action.TALK)
def leave_at(store: Store, instance_id: InstanceId, place: str) -> None:
    """Keep the name of a part and of a screen, never an answer; talks that are no longer open are forgotten.

    Raises StorageError.
    """
    with store.unit_of_work() as uow:
        still_open = {header.instance_id for header in uow.drafts.list()}
        before = _read(uow.settings.get(_name(store)))
        places = {name: kept for name, kept in {**before, instance_id: place}.items() if name in still_open}
        if places != before:
            uow.settings.set(_name(store), json.dumps(places))
            uow.commit()


def _name(store: Store) -> str:
    return f"{_NAME}.{store.account.account_id}"


def _read(kept: str) -> dict[str, str]:
    found = json.loads(kept) if kept else {}
    return {str(name): str(place) for name, place in found.items()}
