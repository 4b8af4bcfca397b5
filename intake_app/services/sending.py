"""When something may leave: the pause switch, nothing during a talk unless allowed, and how the last round ended."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from intake_app.domain.draft import AuditLine
from intake_app.services.erasures import not_covered
from intake_app.services.installation import read_server
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import Store
from intake_app.services.submissions import Outbox, RoundReport

if TYPE_CHECKING:
    from intake_app.services.office import Office

_PAUSED, _DURING, _GOOD, _LAST = "sending.paused", "sending.during_talks", "sending.last_good", "sending.last_problem"


@dataclass
class Valve:
    """Whether anything may leave now; asked before each record, also from the thread that sends.

    `talking` tells whether a talk is under way; it must be quick and touch nothing.
    """

    paused: bool = False
    during_talks: bool = False
    talking: Callable[[], bool] = field(default=lambda: False, repr=False)
    hang_up: Callable[[], None] = field(default=lambda: None, repr=False)
    """Ends what is on the line, from any thread."""
    ending: bool = False
    """The program closes."""
    unsure: bool = False
    """After a backup was put back, somebody who was erased may stand here again (`services.erasures`)."""
    gone: int = 0
    """How many records have gone in the round that is under way, or was the last."""

    @property
    def stopped(self) -> bool:
        """Whether nothing leaves until a person has done something."""
        return self.paused or self.unsure

    def closed(self) -> bool:
        """Nothing leaves while this is true."""
        return self.ending or self.stopped or (not self.during_talks and self.talking())

    def shut(self) -> None:
        """The program closes: what is under way ends at once, and nothing leaves any more."""
        self.ending = True
        self.hang_up()

    def count(self, gone: int) -> None:
        """So many records more have gone."""
        self.gone += gone


@dataclass(frozen=True)
class LastRounds:
    """When all went well for the last time; code and parameters of what ended the last round early, if anything."""

    good_at: datetime | None = None
    problem: str = ""
    params: dict[str, object] = field(default_factory=dict)


@guarded(Action.SEND)
def read_valve(store: Store) -> Valve:
    """The switches as they were left; a pause outlives the program."""
    with store.unit_of_work() as uow:
        unsure = not_covered(uow) is not None
        return Valve(uow.settings.get(_PAUSED) == "yes", uow.settings.get(_DURING) == "yes", unsure=unsure)


@guarded(Action.SEND)
def pause_sending(office: Office, paused: bool) -> None:
    """From now on nothing leaves, also not the rest of a round that is under way; or everything may again."""
    if paused:
        office.valve.paused = True  # first: what is under way must not wait for the disk
    with office.store.unit_of_work() as uow:
        uow.settings.set(_PAUSED, "yes" if paused else "no")
        what = "sending_paused" if paused else "sending_resumed"
        uow.audit.add(AuditLine(office.clock.now(), office.store.account.account_id, what, ""))
        uow.commit()
    office.valve.paused = paused


@guarded(Action.SETTINGS)
def send_during_talks(office: Office, allowed: bool) -> None:
    """Whether records may leave while a talk is under way; usually not."""
    with office.store.unit_of_work() as uow:
        uow.settings.set(_DURING, "yes" if allowed else "no")
        uow.commit()
    office.valve.during_talks = allowed


@guarded(Action.SEND)
def last_rounds(store: Store) -> LastRounds:
    """How sending went lately, also before the last start."""
    with store.unit_of_work() as uow:
        good, last = uow.settings.get(_GOOD), uow.settings.get(_LAST)
    told = json.loads(last) if last else {}
    return LastRounds(
        datetime.fromisoformat(good) if good else None, str(told.get("code", "")), dict(told.get("params", {}))
    )


@guarded(Action.SEND)
def send_round(office: Office, *, asked_by_person: bool) -> RoundReport | None:
    """One round of sending; None while no server is set. See `Office.send`."""
    server = read_server(office.store)
    if office.send_round is None or not server.configured:
        return None
    valve = office.valve
    valve.gone = 0
    outbox = Outbox(
        office.store, trial=server.trial, asked_by_person=asked_by_person, held=valve.closed, told=valve.count
    )
    report = office.send_round(outbox)
    if not report.paused:
        _note(office, report)
    return report


def _note(office: Office, report: RoundReport) -> None:
    """Which sentence the page shows after the next start; only code, host and status are kept."""
    params = {name: report.problem_params[name] for name in ("host", "status") if name in report.problem_params}
    last = json.dumps({"code": report.problem, "params": params}) if report.problem else ""
    with office.store.unit_of_work() as uow:
        uow.settings.set(_LAST, last)
        if not report.problem:
            uow.settings.set(_GOOD, office.clock.now().astimezone(UTC).isoformat())
        uow.commit()
