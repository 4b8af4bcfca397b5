"""Erasures after a backup was put back: what was done once more, and which period has to be looked up on paper."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from intake_app.domain.backup import ERASED_AGAIN, NOT_COVERED
from intake_app.domain.draft import AuditLine
from intake_app.errors import ErasuresUnknown
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import Store, UnitOfWork

if TYPE_CHECKING:
    from intake_app.services.office import Office


@dataclass(frozen=True)
class AfterRestore:
    """What an older copy of the data brought, until somebody has seen it.

    `people` had come back and were erased again, `requests` to the Werkcentrum wait again. `not_covered` is the period
    (from, until) of which this laptop does not know who was erased.
    """

    people: int = 0
    requests: int = 0
    not_covered: tuple[datetime, datetime] | None = None


@guarded(Action.UPKEEP)
def after_restore(store: Store) -> AfterRestore:
    """What there is to tell after a backup was put back, or an older copy of the data was put there by hand."""
    with store.unit_of_work() as uow:
        people, requests = json.loads(uow.settings.get(ERASED_AGAIN) or "[0, 0]")
        return AfterRestore(people, requests, not_covered(uow))


@guarded(Action.ERASE)
def looked_up(office: Office) -> None:
    """Somebody has looked up on paper who was erased in the period not covered, and erased them again; from now on
    records leave again. Raises RoleRefused."""
    with office.store.unit_of_work() as uow:
        period = not_covered(uow)
        if period is not None:
            subject = " ".join(f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" for moment in period)
            account = office.store.account.account_id
            uow.audit.add(AuditLine(office.clock.now(), account, "erasures_looked_up", subject))
        uow.settings.set(NOT_COVERED, "")
        uow.commit()
    office.valve.unsure = False


@guarded(Action.ERASE)
def seen(store: Store) -> None:
    """Somebody has read whom an older copy brought back and what is asked again. Raises RoleRefused."""
    with store.unit_of_work() as uow:
        uow.settings.set(ERASED_AGAIN, "")
        uow.commit()


@guarded(Action.UPKEEP)
def refuse_unsure(store: Store) -> None:
    """Nothing leaves while somebody who was erased may stand here again. Raises ErasuresUnknown."""
    if after_restore(store).not_covered is not None:
        raise ErasuresUnknown


def not_covered(uow: UnitOfWork) -> tuple[datetime, datetime] | None:
    """The period of which nobody here knows who was erased, until it was looked up."""
    told = uow.settings.get(NOT_COVERED)
    if not told:
        return None
    since, until = map(datetime.fromisoformat, json.loads(told))
    return since, until
