"""Whom to speak to again: the own caseload by the day of its next talk, the longest waiting in front (DOMAIN 6.8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from intake_app.domain.follow_up import FollowUpPlan, Moment
from intake_app.domain.ids import ParticipantId, ParticipantNumber
from intake_app.domain.keeping import CaseCard
from intake_app.services.follow_up_plan import read_follow_up_plan
from intake_app.services.follow_up_talk import local_day
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import Store

if TYPE_CHECKING:
    from intake_app.services.office import Office


@dataclass(frozen=True)
class DueCall:
    """Somebody to speak to on a day. `late` is how many days ago that was, below 0 for days ahead; `missed` how often
    nobody was reached since the last talk; `moment` which of the planned talks it is; `begun` a talk lies open."""

    participant_id: ParticipantId
    number: ParticipantNumber
    on: date
    late: int
    call_name: str = field(repr=False)
    language: str = field(repr=False)
    missed: int = 0
    moment: Moment | None = None
    practice: bool = False
    begun: bool = False


@guarded(Action.PEOPLE)
def due_calls(office: Office) -> tuple[DueCall, ...]:
    """Everybody of the own caseload with a next talk, the earliest day in front. Raises RoleRefused, StorageError."""
    plan, today = read_follow_up_plan(office.store), office.clock.today()
    with office.store.unit_of_work() as uow:
        cards = uow.cards.list()
        begun = {record.owner for record in uow.follow_ups.list() if record.is_open}
    found = [_call(card, plan, today, begun=card.card_id in begun) for card in cards if card.next_date is not None]
    return tuple(sorted(found, key=lambda call: (call.on, call.number)))


@guarded(Action.PEOPLE)
def calls_today(store: Store, today: date) -> int:
    """How many people wait to be spoken to today, or have waited longer; practice apart."""
    with store.unit_of_work() as uow:
        cards = uow.cards.list()
    return sum(_is_due(card, today) for card in cards if not card.practice)


@guarded(Action.PEOPLE)
def card_of(store: Store, participant_id: ParticipantId) -> CaseCard | None:
    """The case card of a person of the own caseload."""
    with store.unit_of_work() as uow:
        return uow.cards.of(participant_id)


def waiting(calls: Iterable[DueCall]) -> tuple[DueCall, ...]:
    """Those whose day has come."""
    return tuple(call for call in calls if call.late >= 0)


def _is_due(card: CaseCard, today: date) -> bool:
    return card.next_date is not None and card.next_date <= today


def _call(card: CaseCard, plan: FollowUpPlan, today: date, *, begun: bool) -> DueCall:
    on = card.next_date or today
    return DueCall(
        participant_id=card.participant_id,
        number=card.number,
        on=on,
        late=(today - on).days,
        call_name=card.call_name.strip(),
        language=card.language,
        missed=card.missed,
        moment=plan.moment_of(local_day(card), on),
        practice=card.practice,
        begun=begun,
    )
