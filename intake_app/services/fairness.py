"""The check of twice a year: do the target groups see the same sectors among their proposals (DOMAIN 8.8)?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from intake_app.domain.clock import Clock
from intake_app.domain.counting import add_months
from intake_app.domain.draft import AuditLine
from intake_app.domain.report import Report
from intake_app.monitoring.make import uneven
from intake_app.services.indicators import read_period
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import Store

EVERY_MONTHS = 6
LOOKED, LOOKED_AT = "fairness.looked", "fairness_looked"
"""Setting: the day of the last check. Action in the audit log."""


@dataclass(frozen=True)
class FairnessCheck:
    """When somebody last looked (None: never), and by which day it must be done again."""

    last: date | None
    due: date
    late: bool


def fairness(report: Report) -> tuple[str, ...] | None:
    """Sectors that one group sees at least twice as often as another; None while the groups are too small to show."""
    if not any(row.seen.share is not None for row in report.spread):
        return None
    return uneven(report)


@guarded(Action.COUNTS)
def fairness_check(store: Store, clock: Clock) -> FairnessCheck:
    """Half a year after the last check, else after the beginning of the period. Raises StorageError."""
    with store.unit_of_work() as uow:
        told = uow.settings.get(LOOKED)
    last = date.fromisoformat(told) if told else None
    due = add_months(last or read_period(store, clock).first, EVERY_MONTHS)
    return FairnessCheck(last, due, due <= clock.today())


@guarded(Action.SETTINGS)
def note_fairness(store: Store, clock: Clock) -> None:
    """Write down that somebody looked at it today. Raises StorageError."""
    with store.unit_of_work() as uow:
        uow.settings.set(LOOKED, clock.today().isoformat())
        uow.audit.add(AuditLine(clock.now(), store.account.account_id, LOOKED_AT, ""))
        uow.commit()
