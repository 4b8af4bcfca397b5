"""The end of a follow-up: freeze it, queue what is released, renew card, plan and counts, all in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from intake_app.domain.consent import ConsentCode, ConsentRecord, released
from intake_app.domain.draft import AuditLine, StoredPlan
from intake_app.domain.follow_up import FollowUpPlan, FollowUpRecord, TasterState
from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.domain.instance import FrozenInstance, InstanceStatus
from intake_app.domain.keeping import CaseCard, KeptConsent
from intake_app.domain.plan import PlanDocument
from intake_app.plan.document import document_to_json
from intake_app.services.case_cards import HANDED_OVER
from intake_app.services.conversation import Conversation
from intake_app.services.counting import count_contact
from intake_app.services.days import working_day
from intake_app.services.follow_up_case import case_after, case_moved, keep_case
from intake_app.services.follow_up_counts import facts_of, status_after, was_handed_over
from intake_app.services.follow_up_known import FOLLOW_UP, PLAN, STATUS, Known, known_of
from intake_app.services.follow_up_plan import next_day, read_follow_up_plan, try_again_on
from intake_app.services.follow_up_steps import next_plan, plan_edit
from intake_app.services.follow_up_talk import begin_follow_up, plan_day
from intake_app.services.follow_up_told import Told, told_in
from intake_app.services.installation import read_server
from intake_app.services.outgoing import Leaving, kind_of, queue_record
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import UnitOfWork
from intake_app.services.records import Record
from intake_app.services.release import local_refs
from intake_app.xforms.api import FormEntry, Violation, serialize

if TYPE_CHECKING:
    from intake_app.services.office import Office

DONE = "follow_up_done"


@dataclass(frozen=True)
class FollowUpOutcome:
    """What finishing did: rules that are still broken; else the records that wait to be sent, the new plan, the next
    day, and whether it was the last talk."""

    violations: tuple[Violation, ...] = ()
    stored: bool = False
    queued: tuple[InstanceId, ...] = ()
    plan: PlanDocument | None = None
    next_date: date | None = None
    closed: bool = False


@guarded(Action.PEOPLE)
def finish_follow_up(office: Office, conversation: Conversation) -> FollowUpOutcome:
    """Finish a follow-up talk. With C2 and C3 its released copy waits to be sent, under a name of its own.

    A practice talk is queued only for a trial receiver. Raises StorageError when the transaction failed: the talk then
    stands open as it was. Raises FormKeyRefused and SealMissing for a form with a key that cannot be locked.
    """
    violations = conversation.talk.entry.finalize()
    if violations:
        return FollowUpOutcome(violations)
    end = _End.of(office, conversation)
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


@dataclass
class _End:
    """One follow-up at its end. Settings are read before: only one unit of work is open at a time."""

    office: Office
    conversation: Conversation
    known: Known
    told: Told
    plan: FollowUpPlan
    trial: bool
    start: date
    location: str
    now: datetime
    today: date

    @classmethod
    def of(cls, office: Office, conversation: Conversation) -> _End:
        known = known_of(office, conversation.talk.header.participant_id)
        told = told_in(conversation.talk.answers)
        plan, trial = read_follow_up_plan(office.store), read_server(office.store).trial
        start, location = plan_day(office, known), office.installation.location
        now, today = office.clock.now(), office.clock.today()
        return cls(office, conversation, known, told, plan, trial, start, location, now, today)

    @property
    def consents(self) -> frozenset[ConsentCode]:
        """What stands now, with what was said to C6 in this talk."""
        if not self.told.counted:
            return self.known.consents
        rest = self.known.consents - {ConsentCode.COUNTING}
        return rest | ({ConsentCode.COUNTING} if self.told.counted == "yes" else frozenset())

    @property
    def may_leave(self) -> bool:
        """Whether records of this person may go to the server that is set (practice goes to trial receivers only)."""
        return ConsentCode.CENTRAL in self.consents and (self.trial or not self.known.practice)

    @property
    def corrects(self) -> InstanceId | None:
        """The finished follow-up that this one takes the place of."""
        return self.known.open_record.deprecated_id if self.known.open_record is not None else None

    def write(
        self, uow: UnitOfWork, status: FollowUpRecord | None, case: FollowUpRecord | None = None
    ) -> FollowUpOutcome:
        record = self._record()
        uow.follow_ups.save(record)
        if self.corrects is not None:
            uow.follow_ups.remove(self.corrects)
        queued = [*self._queue(uow, record)]
        counted = self._count(uow)
        card = self._renewed_card()
        if card is not None:
            uow.cards.save(replace(card, counted=counted))
        plan = next_plan(self.office, self.known, self.told, self.conversation.talk.language)
        if plan is not None:
            queued += self._write_plan(uow, plan)
        if status is not None:
            uow.follow_ups.save(status)
            queued += self._queue(uow, status)
        if case is not None:
            uow.follow_ups.save(case)
            queued += self._queue(uow, case)
        self._write_consent(uow)
        uow.audit.add(AuditLine(self.now, self.office.store.account.account_id, DONE, self.known.participant_id))
        closed = self.told.closed
        return FollowUpOutcome((), True, tuple(queued), plan, None if closed else self._next_date(), closed)

    def _count(self, uow: UnitOfWork) -> tuple[str, ...]:
        """Count this contact with C6, never practice; gives what the person has counted for. Without a card only the
        first contact counts, since nothing tells what was counted before."""
        card = self.known.card
        if ConsentCode.COUNTING not in self.consents:
            return ()
        already = frozenset(card.counted if card is not None else ())
        if (
            self.corrects is not None
            or self.known.practice
            or (card is None and self.known.newest(FOLLOW_UP) is not None)
        ):
            return tuple(sorted(already))
        counted = count_contact(
            uow,
            facts_of(self.known, self.told, self.start, self.today),
            already,
            talk_day=self.start,
            now=self.now,
            handed_over=was_handed_over(self.known),
            location=self.location,
            central=ConsentCode.CENTRAL in self.consents,
            group=self.told.group,
            newly=self.told.counted == "yes",
        )
        kept = {HANDED_OVER} if was_handed_over(self.known) else set()
        return tuple(sorted(counted | kept))

    def _record(self) -> FollowUpRecord:
        """The frozen talk. No copy that stays here longer than the talk names a partner of S 1 or 9."""
        talk = self.conversation.talk
        entry = FormEntry.restore(talk.definition, talk.stored_savepoint(), now=self.office.clock.now, language="nl")
        rows = [
            {"id": number, "label": "" if sensitive else self._label(name), "source": "plan"}
            for number, name, sensitive in self.known.referrals()
        ]
        if rows:
            entry.set_host("referrals", rows)
        entry.finalize()
        local = serialize(entry, keep=local_refs(talk.definition))
        sent = None
        if self.may_leave and ConsentCode.CONTACT in self.consents:
            tags = {ref: bind.tags for ref, bind in talk.definition.binds.items()}
            sent = serialize(entry, keep=released(self.consents, tags) or frozenset())
        form_id, version = talk.form
        return FollowUpRecord(
            instance_id=talk.instance_id,
            owner=self.known.owner,
            form_id=form_id,
            form_version=version,
            account_id=talk.header.account_id,
            status=InstanceStatus.COMPLETE,
            at=self.now,
            xml=local,
            released_xml=sent,
            deprecated_id=self.corrects,
        )

    def _label(self, organisation: str) -> str:
        known = self.office.catalogue.organisations.get(organisation)
        return known.label_nl if known else organisation

    def _queue(self, uow: UnitOfWork, record: FollowUpRecord | FrozenInstance) -> tuple[InstanceId, ...]:
        if record.released_xml is None:
            return ()
        owner = record.owner if isinstance(record, FollowUpRecord) else record.participant_id
        leaving = Leaving(record.instance_id, owner, self.now, record.released_xml)
        queue_record(uow, kind_of(self.office.forms[record.form_id]), leaving, self.office.seal)
        return (record.instance_id,)

    def _write_plan(self, uow: UnitOfWork, plan: PlanDocument) -> tuple[InstanceId, ...]:
        uow.plans.add(
            StoredPlan(
                plan.plan_number,
                self.known.participant_id,
                InstanceId(self.known.talk_id),
                self.now,
                document_to_json(plan),
            )
        )
        before = self.known.earlier.get(PLAN)
        if not self.may_leave or before is None or before.released_xml is None:
            return ()
        edit = plan_edit(self.office, plan, before.released_xml, self.consents)
        frozen = FrozenInstance(
            edit.instance_id,
            self.known.participant_id,
            edit.form_id,
            edit.form_version,
            InstanceStatus.COMPLETE,
            self.now,
            edit.xml,
            edit.xml,
            before.instance_id,
        )
        uow.instances.add(frozen)
        return self._queue(uow, frozen)

    def status(self) -> FollowUpRecord | None:
        """The counts of this talk, renewed: kept on the card, so that the next follow-up can edit them."""
        if not self.may_leave:
            return None
        before = self.known.newest(STATUS) or self.known.earlier.get(STATUS)
        base = before.released_xml if before is not None else None
        record: Record = status_after(self.office, self.known, self.told, self.consents, base)
        return FollowUpRecord(
            record.instance_id,
            self.known.owner,
            record.form_id,
            record.form_version,
            self.office.store.account.account_id,
            InstanceStatus.COMPLETE,
            self.now,
            record.xml,
            record.xml,
            before.instance_id if before is not None and base is not None else None,
        )

    def case(self) -> FollowUpRecord | None:
        """The row of the entity list, where it changes."""
        if not self.may_leave:
            return None
        return case_after(self.office, self.known, self._next_date(), closed=self.told.closed)

    def _write_consent(self, uow: UnitOfWork) -> None:
        if not self.told.counted:
            return
        talk = self.conversation.talk
        record = ConsentRecord(
            ConsentCode.COUNTING, self.told.counted == "yes", talk.definition.version, talk.language, "spoken", self.now
        )
        if self.known.intake is not None:
            uow.consents.add(self.known.participant_id, record)
        else:
            uow.rights.keep_consents((KeptConsent(self.known.number, record, self.now),))

    def _next_date(self) -> date | None:
        if self.told.next_date is not None:
            return self.told.next_date
        if not self.told.reached:
            return try_again_on(self.plan, self.today)
        return next_day(self.plan, self.start, self.today)

    def _renewed_card(self) -> CaseCard | None:
        card, told = self.known.card, self.told
        if card is None:
            return None
        day = None if told.closed else self._next_date()
        again = self.corrects is not None
        steps = tuple(step.text for step in told.steps) if again else card.steps
        spoken = (*card.spoken_on, self.today) if told.reached and not again else card.spoken_on
        attended = set(told.attended)
        tasters = tuple(
            replace(one, state=TasterState.ATTENDED, since=self.today) if one.offer in attended else one
            for one in card.tasters
        )
        return replace(
            card,
            steps=told.steps_after(steps),
            tasters=tasters,
            next_date=day,
            runs_from=max(self.now, datetime.combine(day, time(), UTC)) if day else self.now,
            spoken_on=spoken,
            missed=0 if told.reached else card.missed + (not again),
            closed=told.closed,
        )


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
