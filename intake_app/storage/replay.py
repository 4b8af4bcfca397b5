"""What is told of an older copy of the data: whom it brought back, what is asked again, what nobody here can know."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session

from intake_app.domain.backup import ERASED_AGAIN, NOT_COVERED
from intake_app.domain.draft import AuditLine
from intake_app.domain.ids import AccountId
from intake_app.storage.audit import Audit
from intake_app.storage.records import Settings
from intake_app.storage.repositories import Seals
from intake_app.storage.wipe_list import CameBack


@dataclass(frozen=True)
class Replayed:
    """What an opening did: how many requests to the centre wait again, and whether the own wislijst goes on from the
    one that a backup brought. Without such a list it does not."""

    requests: int
    goes_on: bool


def note_again(session: Session, seals: Seals, account: AccountId, again: CameBack) -> None:
    """Keep for the people who work here who was erased once more and what is asked once more; ids in the log only."""
    if not (again.people or again.requests):
        return
    now, audit, settings = datetime.now(UTC), Audit(session, seals), Settings(session, seals)
    for person in again.people:
        audit.add(AuditLine(now, account, "erased_again", person))
    for request in again.requests:
        audit.add(AuditLine(now, account, "request_again", request))
    people, requests = json.loads(settings.get(ERASED_AGAIN) or "[0, 0]")
    settings.set(ERASED_AGAIN, json.dumps([people + len(again.people), requests + len(again.requests)]))


def note_not_covered(settings: Settings, since: datetime, until: datetime) -> None:
    """Keep the period of which nobody here knows who was erased; one that was not looked up yet is made wider."""
    told = settings.get(NOT_COVERED)
    before = [datetime.fromisoformat(moment) for moment in json.loads(told)] if told else []
    period = [min([since, *before[:1]]), max([until, *before[1:]])]
    settings.set(NOT_COVERED, json.dumps([moment.astimezone(UTC).isoformat() for moment in period]))
