"""The access log as the site lead reads it."""

from __future__ import annotations

from dataclasses import dataclass

from intake_app.domain.draft import Account, AuditLine
from intake_app.errors import AuditBroken
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import Store


@dataclass(frozen=True)
class AccessLog:
    """The lines, whose they are, how many stand in their chain, and what is wrong with it."""

    lines: tuple[AuditLine, ...]
    accounts: tuple[Account, ...]
    count: int
    broken: AuditBroken | None = None


@guarded(Action.ACCESS_LOG)
def read_log(store: Store) -> AccessLog:
    """The access log and whether it is whole. Raises RoleRefused, StorageError."""
    accounts = tuple(member.account for member in store.staff.members())
    with store.unit_of_work() as uow:
        lines = uow.audit.list()
        try:
            return AccessLog(lines, accounts, uow.audit.verify())
        except AuditBroken as problem:
            return AccessLog(lines, accounts, len(lines), problem)
