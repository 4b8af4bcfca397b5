"""The row of a person in the entity list after the talk itself: renewed by a follow-up, or when its day is moved."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from intake_app.domain.caseload import CASELOAD, digits_of
from intake_app.domain.consent import ConsentCode
from intake_app.domain.follow_up import FollowUpRecord
from intake_app.services.caseload import CLOSED, FOLLOWED, CaseNews, case_change, case_record
from intake_app.services.follow_up_known import STATUS, Known
from intake_app.services.follow_up_records import on_card
from intake_app.services.installation import read_server
from intake_app.services.outgoing import Leaving, kind_of, queue_record
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import UnitOfWork

if TYPE_CHECKING:
    from intake_app.services.office import Office


@guarded(Action.PEOPLE)
def case_after(office: Office, known: Known, next_date: date | None, *, closed: bool) -> FollowUpRecord | None:
    """The record that renews the row: how it stands, and the next day. None when the row says so already."""
    state = CLOSED if closed else known.intake.text("status") if known.intake is not None else FOLLOWED
    news = CaseNews(known.number, known.talk_id, state, None if closed else next_date)
    before = known.earlier.get(CASELOAD) or known.newest(CASELOAD)
    listed = office.caseload().get(digits_of(known.number))
    change = case_change(news, before.released_xml if before else None, listed)
    if change is None:
        return None
    record = case_record(office.forms[STATUS], change)
    return on_card(known, record, office.store.account.account_id, office.clock.now())


@guarded(Action.PEOPLE)
def case_moved(office: Office, known: Known, next_date: date | None, *, closed: bool) -> FollowUpRecord | None:
    """The same outside a talk: only where something of this person may leave (C2; practice to trial receivers only)."""
    trial = read_server(office.store).trial
    if ConsentCode.CENTRAL not in known.consents or (known.practice and not trial):
        return None
    return case_after(office, known, next_date, closed=closed)


@guarded(Action.PEOPLE)
def keep_case(office: Office, uow: UnitOfWork, record: FollowUpRecord | None) -> None:
    """Keep such a record and let it wait to be sent, in the transaction of what it tells."""
    if record is None or record.released_xml is None:
        return
    uow.follow_ups.save(record)
    leaving = Leaving(record.instance_id, record.owner, record.at, record.released_xml)
    queue_record(uow, kind_of(office.forms[record.form_id]), leaving, office.seal)
