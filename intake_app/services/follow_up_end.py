"""The end of a follow-up: freeze it, queue what is released, renew card, plan and counts, all in one transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from intake_app.domain.draft import AuditLine
from intake_app.domain.ids import ParticipantId
from intake_app.domain.keeping import CaseCard
from intake_app.services.conversation import Conversation
from intake_app.services.days import working_day
from intake_app.services.follow_up_case import case_moved, keep_case
from intake_app.services.follow_up_known import known_of
from intake_app.services.follow_up_plan import read_follow_up_plan, try_again_on
from intake_app.services.follow_up_talk import begin_follow_up
from intake_app.services.follow_up_write import FollowUpEnd, FollowUpOutcome
from intake_app.services.policy import Action, guarded

if TYPE_CHECKING:
    from intake_app.services.office import Office


@guarded(Action.PEOPLE)
def finish_follow_up(office: Office, conversation: Conversation) -> FollowUpOutcome:
    """Finish a follow-up talk. With C2 and C3 its released copy waits to be sent, under a name of its own.

    A practice talk is queued only for a trial receiver. Raises StorageError when the transaction failed: the talk then
    stands open as it was. Raises FormKeyRefused and SealMissing for a form with a key that cannot be locked.
    """
    violations = conversation.talk.entry.finalize()
    if violations:
        return FollowUpOutcome(violations)
    end = FollowUpEnd.of(office, conversation)
    status, case = end.status(), end.case()
    with office.store.unit_of_work() as uow:
        outcome = end.write(uow, status, case)
        uow.commit()
    return outcome


@guarded(Action.PEOPLE)
def not_reached(office: Office, participant_id: ParticipantId) -> FollowUpOutcome:
    """Nobody answered: a follow-up that says so, and a day to try again. Raises RecordMissing, StorageError."""
    conversation = begin_follow_up(office, participant_id)
    answers = conversation.talk.answers
    again = try_again_on(read_follow_up_plan(office.store), office.clock.today())
    for concept, value in (("reached", "no"), ("next_date", again.isoformat())):
        ref = answers.ref(concept)
        if ref is not None:
            conversation.answer(ref, value)
    return finish_follow_up(office, conversation)


@guarded(Action.PEOPLE)
def move_follow_up(office: Office, participant_id: ParticipantId, day: date) -> CaseCard | None:
    """The talk is put off, or brought forward, to a day on which people can be met. None without a card."""
    return _set_day(office, participant_id, working_day(day), closed=False, action="follow_up_moved")


@guarded(Action.PEOPLE)
def close_follow_up(office: Office, participant_id: ParticipantId) -> CaseCard | None:
    """No talk follows any more: the card goes when its days have passed. None without a card."""
    return _set_day(office, participant_id, None, closed=True, action="follow_up_closed")


def _set_day(
    office: Office, participant_id: ParticipantId, day: date | None, *, closed: bool, action: str
) -> CaseCard | None:
    now = office.clock.now()
    with office.store.unit_of_work() as uow:
        card = uow.cards.of(participant_id)
    if card is None:
        return None
    case = case_moved(office, known_of(office, participant_id), day, closed=closed)
    with office.store.unit_of_work() as uow:
        keep_case(office, uow, case)
        runs_from = max(now, datetime.combine(day, time(), UTC)) if day else now
        renewed = replace(card, next_date=day, runs_from=runs_from, closed=closed)
        uow.cards.save(renewed)
        uow.audit.add(AuditLine(now, office.store.account.account_id, action, participant_id))
        uow.commit()
    return renewed


__all__ = ["FollowUpOutcome", "close_follow_up", "finish_follow_up", "move_follow_up", "not_reached"]
