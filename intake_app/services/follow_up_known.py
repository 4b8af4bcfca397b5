"""What is still known of a person at a follow-up: the talk while it is here, then what the case card keeps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from intake_app.domain.caseload import CASELOAD
from intake_app.domain.consent import ConsentCode, ConsentRecord, standing
from intake_app.domain.follow_up import FollowUpRecord, TasterState, TasterStep
from intake_app.domain.ids import ParticipantId, ParticipantNumber
from intake_app.domain.instance import FrozenInstance
from intake_app.domain.keeping import CaseCard
from intake_app.domain.plan import PlanDocument
from intake_app.errors import RecordErased, RecordMissing
from intake_app.plan.document import document_from_json
from intake_app.profile.answers import Answers
from intake_app.services.caseload import is_caseload, tells_list
from intake_app.services.editions import earlier_records
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import UnitOfWork
from intake_app.services.tasters import steps_of
from intake_app.xforms.api import FormEntry

if TYPE_CHECKING:
    from intake_app.services.office import Office

FOLLOW_UP, STATUS, PLAN, INTAKE = "follow_up", "status", "plan", "intake"
_AHEAD = (TasterState.INTEREST, TasterState.REGISTERED)
MEASURED = ("nl_understand", "nl_speak", "nl_read", "nl_write", "digital_can")
"""Concepts of f01-f04 and f13, that a follow-up asks once more."""
ASKED_OF_ALL = ("nl_speak", "nl_read")
"""What every talk asks, short or full: for when the talk itself is no longer here."""
SHORT = "short"


@dataclass(frozen=True)
class Known:
    """A person at a follow-up. `owner` is the case card, or without one the person: under its key the talk is kept.

    `intake` and `plan` are None when the talk has left the laptop.
    """

    participant_id: ParticipantId
    number: ParticipantNumber
    owner: ParticipantId
    practice: bool
    call_name: str = field(repr=False)
    language: str = field(repr=False)
    consents: frozenset[ConsentCode] = frozenset()
    asked: frozenset[ConsentCode] = frozenset()
    """Every consent that was ever asked, also those with a no."""
    card: CaseCard | None = field(default=None, repr=False)
    plan: PlanDocument | None = field(default=None, repr=False)
    intake: Answers | None = field(default=None, repr=False)
    earlier: dict[str, FrozenInstance] = field(default_factory=dict, repr=False)
    records: tuple[FollowUpRecord, ...] = field(default=(), repr=False)

    @property
    def talk_id(self) -> str:
        """Id of the talk this belongs to, while it is here."""
        return self.earlier[INTAKE].instance_id if INTAKE in self.earlier else ""

    @property
    def open_record(self) -> FollowUpRecord | None:
        """A follow-up that was begun and not finished."""
        return next((one for one in reversed(self.records) if one.is_open), None)

    @property
    def may_ask_to_count(self) -> bool:
        """Whether C6 must be asked now: after a short talk, once (DOMAIN 7.2, u07)."""
        short = self.intake is not None and self.intake.text("version") == SHORT
        return short and ConsentCode.COUNTING not in self.asked

    @property
    def group_is_open(self) -> bool:
        """Whether somebody who may be counted has no group yet."""
        counted = self.intake is not None and ConsentCode.COUNTING in self.consents
        return counted and not (self.intake and self.intake.text("target_group"))

    def newest(self, form_id: str) -> FollowUpRecord | None:
        """The newest finished record of a form that hangs here; CASELOAD for those that change the entity list."""
        found = (one for one in reversed(self.records) if not one.is_open)
        if form_id == CASELOAD:
            return next((one for one in found if tells_list(one.xml)), None)
        return next((one for one in found if one.form_id == form_id and not is_caseload(one.xml)), None)

    @property
    def counts(self) -> FollowUpRecord | FrozenInstance | None:
        """The newest counts that are here, of the talk or of a follow-up."""
        after, talk = self.newest(STATUS), self.earlier.get(STATUS)
        if after is None or talk is None:
            return after or talk
        return talk if talk.finalized_at > after.at else after

    def tasters(self, office: Office) -> tuple[TasterStep, ...]:
        """Tasters and work-learning places to ask after: chosen, and not told as done yet."""
        if self.card is not None:
            return tuple(
                one for one in self.card.tasters if one.state in (TasterState.INTEREST, TasterState.REGISTERED)
            )
        return steps_of(self.intake, office.catalogue) if self.intake is not None else ()

    def referrals(self) -> tuple[tuple[str, str, int], ...]:
        """Number, organisation and sensitivity of each referral that is still known; those of S 1 or 9 only here."""
        if self.plan is not None:
            return tuple((str(n), one.organisation, one.sensitive) for n, one in enumerate(self.plan.referrals, 1))
        told = self.card.referrals if self.card is not None else ()
        return tuple((str(number), name, 0) for number, name in enumerate(told, 1) if name)

    def steps(self) -> tuple[str, ...]:
        """The steps that are still open, in Dutch where somebody gave it."""
        if self.card is not None:
            return self.card.steps
        return tuple(step.what.dutch or step.what.text for step in self.plan.steps) if self.plan is not None else ()


@guarded(Action.PEOPLE)
def known_of(office: Office, participant_id: ParticipantId) -> Known:
    """Raises RecordMissing when neither the person nor a card is here, or both are somebody else's."""
    store = office.store
    with store.unit_of_work() as uow:
        card = uow.cards.of(participant_id)
        owner = ParticipantId(card.card_id) if card is not None else participant_id
        records = uow.follow_ups.of(owner)
        try:
            person = uow.participants.get(participant_id)
        except (RecordMissing, RecordErased):
            if card is None:
                raise
            return _of_card(card, consents_kept(uow, card), records)
        told = uow.consents.of(participant_id)
        plans = uow.plans.of_participant(participant_id)
    earlier = dict(earlier_records(store, participant_id))
    return Known(
        participant_id,
        person.number,
        owner,
        person.practice,
        person.call_name,
        person.language,
        standing(told),
        frozenset(record.code for record in told),
        card,
        document_from_json(plans[-1].document) if plans else None,
        _answers(office, earlier.get(INTAKE)),
        earlier,
        records,
    )


def _of_card(card: CaseCard, told: tuple[ConsentRecord, ...], records: tuple[FollowUpRecord, ...]) -> Known:
    """The talk has gone: what the card keeps."""
    return Known(
        card.participant_id,
        card.number,
        ParticipantId(card.card_id),
        card.practice,
        card.call_name,
        card.language,
        standing(told),
        frozenset(record.code for record in told),
        card,
        records=records,
    )


def consents_kept(uow: UnitOfWork, card: CaseCard) -> tuple[ConsentRecord, ...]:
    """The proof that stayed when the talk went, less what was taken back since."""
    told = tuple(kept.record for kept in uow.rights.kept_consents() if kept.number == card.number)
    back = [one for one in uow.rights.withdrawals() if one.participant_id == card.participant_id]
    return tuple(one for one in told if not any(gone.code is one.code and gone.at >= one.at for gone in back))


def _answers(office: Office, frozen: FrozenInstance | None) -> Answers | None:
    if frozen is None:
        return None
    form = office.forms[INTAKE]
    entry = FormEntry.restore(form, frozen.xml, media=office.media, now=office.clock.now, language="nl")
    return Answers(entry, form)


@guarded(Action.PEOPLE)
def measured_before(office: Office, known: Known) -> tuple[str, ...]:
    """Which of f01-f04 and f13 to ask once more: those with an answer, else those of the last follow-up, else those
    that every talk asks."""
    if known.intake is not None:
        return tuple(concept for concept in MEASURED if known.intake.text(concept))
    last = known.newest(FOLLOW_UP)
    if last is not None:
        form = office.forms[FOLLOW_UP]
        told = Answers(FormEntry.restore(form, last.xml), form).host("asked_before").split()
        return tuple(concept for concept in MEASURED if concept in told)
    return ASKED_OF_ALL
