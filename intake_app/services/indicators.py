"""The numbers of this laptop, of the region or of an invented one, as a report (DOMAIN 7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from intake_app.domain.clock import Clock
from intake_app.domain.counting import Evidence, Period, add_months, quarter_of, usual_period
from intake_app.domain.draft import AuditLine
from intake_app.domain.ids import AccountId
from intake_app.domain.report import Report
from intake_app.errors import RecordExists, RecordMissing, UnexpectedFailure
from intake_app.monitoring.central import read_exports
from intake_app.monitoring.make import make_report
from intake_app.monitoring.practice import USUAL_SIZE, practice_region
from intake_app.services.counting import add_to_tally, local_tally
from intake_app.services.office import Office
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import Store

LOCAL = "local"
PERIOD = "report.first"
"""Setting: the day on which the two years begin."""
_MONTHS = 24
_TRAINED = "training."
TRAINED = "trained"


@guarded(Action.COUNTS)
def local_evidence(store: Store, today: date) -> Evidence:
    """What this laptop has counted itself. Raises StorageError."""
    return Evidence(tally=local_tally(store, today), sources=(LOCAL,))


@guarded(Action.COUNTS)
def report_of(
    store: Store, period: Period, *, exports: Sequence[Path] = (), practice: bool = False, location: str = ""
) -> Report:
    """The report of this laptop, or of exports of the centre, or of an invented region.

    Never of both: what a laptop has sent stands in the export already. Raises FileMissing, ReportSourceWrong,
    UnknownName (a place that nothing was heard of), StorageError.
    """
    if practice:
        return practice_report(period, location=location)
    if exports:
        return report_of_exports(exports, period, location=location)
    return make_report(local_evidence(store, period.as_of), period, location)


def report_of_exports(exports: Sequence[Path], period: Period, *, location: str = "") -> Report:
    """The report of the region. Raises FileMissing, ReportSourceWrong, UnknownName."""
    return make_report(read_exports(exports), period, location)


def practice_report(period: Period, *, size: int = USUAL_SIZE, seed: int = 1, location: str = "") -> Report:
    """The report of an invented region, as it would stand at the end of its period. Raises UnknownName."""
    whole = replace(period, as_of=max(period.as_of, period.last))
    return make_report(practice_region(whole, size=size, seed=seed), whole, location)


@guarded(Action.COUNTS)
def report_paper(office: Office, report: Report) -> bytes:
    """The page of paper of a report. Raises UnexpectedFailure where there is nobody to draw it."""
    if office.letters is None:
        raise UnexpectedFailure(kind="printer")
    return office.letters.report(report)


@guarded(Action.COUNTS)
def read_period(store: Store, clock: Clock) -> Period:
    """The two years of this place, as they stand today."""
    with store.unit_of_work() as uow:
        told = uow.settings.get(PERIOD)
    usual = usual_period(clock.today())
    if not told:
        return usual
    first = date.fromisoformat(told)
    return Period(first, add_months(first, _MONTHS) - timedelta(days=1), usual.as_of)


@guarded(Action.SETTINGS)
def write_period(store: Store, first: date, clock: Clock) -> None:
    """Set the day on which the two years of this place begin. Raises StorageError."""
    with store.unit_of_work() as uow:
        uow.settings.set(PERIOD, first.isoformat())
        uow.audit.add(AuditLine(clock.now(), store.account.account_id, "period_set", first.isoformat()))
        uow.commit()


@guarded(Action.ACCOUNTS)
def note_training(store: Store, account_id: AccountId, day: date, clock: Clock) -> None:
    """Write down when a colleague was trained; it counts once, in the quarter of now.

    Raises RecordMissing for an account that is not there, RecordExists when it was noted before, StorageError.
    """
    if account_id not in {member.account.account_id for member in store.staff.members()}:
        raise RecordMissing(kind="account", id=account_id)
    with store.unit_of_work() as uow:
        if uow.settings.get(_TRAINED + account_id):
            raise RecordExists(kind="training", id=account_id)
        uow.settings.set(_TRAINED + account_id, day.isoformat())
        add_to_tally(uow, quarter_of(clock.today()), TRAINED)
        uow.audit.add(AuditLine(clock.now(), store.account.account_id, "training_noted", account_id))
        uow.commit()


@guarded(Action.ACCOUNTS)
def training_days(store: Store) -> dict[AccountId, date]:
    """Who was trained, and when."""
    members = [member.account.account_id for member in store.staff.members()]
    with store.unit_of_work() as uow:
        told = {name: uow.settings.get(_TRAINED + name) for name in members}
    return {name: date.fromisoformat(day) for name, day in told.items() if day}
