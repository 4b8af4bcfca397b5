"""The case card (belkaart): what a counsellor keeps with C3 so that a call is possible when the talk has gone."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime, time

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.consent import ConsentCode
from intake_app.domain.follow_up import TasterStep
from intake_app.domain.ids import ParticipantId
from intake_app.domain.keeping import CARD_PREFIX, CaseCard
from intake_app.domain.plan import PlanDocument
from intake_app.profile.answers import Answers
from intake_app.services.conversation import Conversation
from intake_app.services.follow_up_plan import next_day, plan_in
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import Store, UnitOfWork
from intake_app.services.tasters import steps_of

COMPLETE = "complete"
HANDED_OVER = "handed_over"
"""Stands among what a card has counted when the talk was complete and the plan was in hand."""


def keep_card(
    uow: UnitOfWork,
    conversation: Conversation,
    plan: PlanDocument,
    consents: frozenset[ConsentCode],
    now: datetime,
) -> None:
    """Make or renew the card at the end of a talk; without C3 a card from before goes."""
    talk = conversation.talk
    person = talk.header.participant_id
    if ConsentCode.CONTACT not in consents:
        uow.cards.erase(person, now)
        return
    known = uow.cards.of(person)
    today = talk.clock.today()
    agreed = plan.appointment.day if plan.appointment else None
    # who may be called is called, also without an appointment (DOMAIN 6.8)
    on = agreed or next_day(plan_in(uow), today, today)
    ways = (talk.answers.text("contact"), talk.answers.text("email"))
    uow.cards.save(
        CaseCard(
            card_id=known.card_id if known else f"{CARD_PREFIX}{uuid.uuid4()}",
            participant_id=person,
            number=conversation.number,
            account_id=talk.header.account_id,
            made_at=known.made_at if known else now,
            runs_from=max(now, datetime.combine(on, time(), UTC)) if on else now,
            call_name=talk.answers.text("call_name"),
            contact=tuple(way for way in ways if way),
            language=talk.language,
            steps=tuple(step.what.dutch or step.what.text for step in plan.steps if step.what.text.strip()),
            next_date=on,
            practice=talk.header.practice,
            tasters=_tasters(talk.answers, conversation.keeper.catalogue, known),
            referrals=tuple("" if one.sensitive else one.organisation for one in plan.referrals),
            spoken_on=known.spoken_on if known else (),
            counted=_counted(talk.answers, consents, known),
        )
    )


def _counted(answers: Answers, consents: frozenset[ConsentCode], known: CaseCard | None) -> tuple[str, ...]:
    """With C6, whether a follow-up can make this somebody who was guided; without it nothing."""
    if ConsentCode.COUNTING not in consents:
        return ()
    handed_over = answers.text("status") == COMPLETE and answers.host("plan_handed_over") == "yes"
    before = set(known.counted) if known else set()
    return tuple(sorted(before | ({HANDED_OVER} if handed_over else set())))


def _tasters(answers: Answers, catalogue: Catalogue, known: CaseCard | None) -> tuple[TasterStep, ...]:
    """What was chosen now, and how far somebody is with what was chosen before."""
    before = {one.offer: one for one in known.tasters} if known else {}
    chosen = {one.offer: one for one in steps_of(answers, catalogue)}
    return tuple((chosen | before).values())


@guarded(Action.PEOPLE)
def case_cards(store: Store) -> tuple[CaseCard, ...]:
    """The cards of the own caseload, the one that goes first in front. Raises RoleRefused."""
    with store.unit_of_work() as uow:
        return uow.cards.list()


@guarded(Action.PEOPLE)
def followed_up(store: Store, participant_id: ParticipantId, at: datetime) -> CaseCard | None:
    """The last follow-up was now: its days are counted anew. None without a card. Raises RoleRefused."""
    with store.unit_of_work() as uow:
        card = uow.cards.of(participant_id)
        if card is None:
            return None
        ahead = datetime.combine(card.next_date, time(), UTC) if card.next_date else at
        renewed = replace(card, runs_from=max(at, ahead))
        uow.cards.save(renewed)
        uow.commit()
        return renewed
