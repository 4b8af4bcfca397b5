"""A follow-up at its end: its record, and all that it renews, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, ClassVar, Self

from intake_app.domain.consent import ConsentCode, ConsentRecord, released
from intake_app.domain.draft import AuditLine, StoredPlan
from intake_app.domain.follow_up import FollowUpPlan, FollowUpRecord, TasterState
from intake_app.domain.ids import InstanceId
from intake_app.domain.instance import FrozenInstance, InstanceStatus
from intake_app.domain.keeping import CaseCard, KeptConsent
from intake_app.domain.plan import PlanDocument
from intake_app.plan.document import document_to_json
from intake_app.services.case_cards import HANDED_OVER
from intake_app.services.chains import Chains, next_chains
from intake_app.services.conversation import Conversation
from intake_app.services.counting import count_contact
from intake_app.services.follow_up_case import case_after, keep_case
from intake_app.services.follow_up_chains import Following, carry_along, follow_on, keep_replaced, make_way
from intake_app.services.follow_up_counts import facts_of, status_after, was_handed_over
from intake_app.services.follow_up_known import FOLLOW_UP, PLAN, Known, known_of
from intake_app.services.follow_up_plan import next_day, read_follow_up_plan, try_again_on
from intake_app.services.follow_up_records import on_card
from intake_app.services.follow_up_steps import keep_plan, next_plan, plan_edit
from intake_app.services.follow_up_talk import plan_day
from intake_app.services.follow_up_told import Told, read_told, told_in
from intake_app.services.installation import read_server
from intake_app.services.outgoing import Leaving, kind_of, queue_record
from intake_app.services.policy import Action, guarded_object
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
    day, and whether it was the last talk. Those in `held` wait until somebody tells what stands at the centre."""

    violations: tuple[Violation, ...] = ()
    stored: bool = False
    queued: tuple[InstanceId, ...] = ()
    held: tuple[InstanceId, ...] = ()
    plan: PlanDocument | None = None
    next_date: date | None = None
    closed: bool = False


@guarded_object(Action.PEOPLE)
@dataclass
class FollowUpEnd:
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
    chains: Chains = field(default_factory=Chains)
    """What the next version of the plan has to name, while the talk is here."""
    stands: str = ""
    """The version of the talk at the centre, where it is being settled; the next is that of the counts."""
    counts_stand: str = ""
    action: ClassVar[str] = DONE

    @classmethod
    def of(cls, office: Office, conversation: Conversation) -> Self:
        """The end of this talk, with all that is known of its person. Raises RecordMissing."""
        known = known_of(office, conversation.talk.header.participant_id)
        told = told_in(conversation.talk.answers)
        plan, trial = read_follow_up_plan(office.store), read_server(office.store).trial
        start, location = plan_day(office, known), office.installation.location
        now, today = office.clock.now(), office.clock.today()
        chains = next_chains(office.store, known.participant_id) if known.plan is not None else Chains()
        return cls(office, conversation, known, told, plan, trial, start, location, now, today, chains)

    @property
    def consents(self) -> frozenset[ConsentCode]:
        """What stands now, with what was said to C6 in this talk."""
        if not self.said_to_count:
            return self.known.consents
        rest = self.known.consents - {ConsentCode.COUNTING}
        return rest | ({ConsentCode.COUNTING} if self.said_to_count == "yes" else frozenset())

    @property
    def said_to_count(self) -> str:
        """The answer to C6, where it is a new one: a correction says nothing again that was taken back since."""
        before = self.replaced
        if before is None:
            return self.told.counted
        same = read_told(before.xml, self.office.forms[FOLLOW_UP]).counted == self.told.counted
        return "" if same else self.told.counted

    @property
    def closed(self) -> bool:
        """Whether no talk follows any more."""
        return self.told.closed

    @property
    def may_leave(self) -> bool:
        """Whether records of this person may go to the server that is set (practice goes to trial receivers only)."""
        return ConsentCode.CENTRAL in self.consents and (self.trial or not self.known.practice)

    @property
    def corrects(self) -> InstanceId | None:
        """The finished follow-up that this one takes the place of."""
        return self.known.open_record.deprecated_id if self.known.open_record is not None else None

    @property
    def replaced(self) -> FollowUpRecord | None:
        """The same as it is kept here."""
        return next((one for one in self.known.records if one.instance_id == self.corrects), None)

    def write(
        self, uow: UnitOfWork, status: FollowUpRecord | None, case: FollowUpRecord | None = None
    ) -> FollowUpOutcome:
        """Everything in the transaction of the caller. Raises StorageError."""
        following = [self._replace(uow, self._record())]
        counted = self._count(uow)
        card = self._renewed_card()
        if card is not None:
            uow.cards.save(replace(card, counted=counted))
        plan = self._next_plan()
        planned, planned_held = self._write_plan(uow, plan) if plan is not None else ((), ())
        if status is not None:
            following.append(self._follow(uow, status, self.counts_stand))
            if self.known.counts is not None:
                carry_along(uow, status, self.known.counts.instance_id)
        keep_case(self.office, uow, case)
        self._write_consent(uow)
        uow.audit.add(AuditLine(self.now, self.office.store.account.account_id, self.action, self.known.participant_id))
        left = [one for one in following if one.record.released_xml is not None]
        queued = [*(one.record.instance_id for one in left if not one.held), *planned]
        queued += [case.instance_id] if case is not None else []
        held_apart = (*(one.record.instance_id for one in left if one.held), *planned_held)
        day = None if self.closed else self._next_date()
        return FollowUpOutcome((), True, tuple(queued), held_apart, plan, day, self.closed)

    def _replace(self, uow: UnitOfWork, record: FollowUpRecord) -> Following:
        """Keep the talk, in the place of the one that it corrects."""
        following = self._follow(uow, record, self.stands)
        if self.replaced is not None:
            keep_replaced(uow, following.record, self.replaced)
            uow.follow_ups.remove(self.replaced.instance_id)
        return following

    def _follow(self, uow: UnitOfWork, record: FollowUpRecord, stands: str = "") -> Following:
        """Keep a record and let it wait to be sent, as an edit of what stands at the centre."""
        following = follow_on(uow, record, stands)
        uow.follow_ups.save(following.record)
        self._queue(uow, following.record)
        make_way(uow, following)
        return following

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
            newly=self.said_to_count == "yes",
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

    def _queue(self, uow: UnitOfWork, record: FollowUpRecord | FrozenInstance) -> None:
        if record.released_xml is None:
            return
        owner = record.owner if isinstance(record, FollowUpRecord) else record.participant_id
        leaving = Leaving(record.instance_id, owner, self.now, record.released_xml)
        queue_record(uow, kind_of(self.office.forms[record.form_id]), leaving, self.office.seal)

    def _next_plan(self) -> PlanDocument | None:
        """The plan as it is from now on; a correction that leaves its steps as they are makes none."""
        plan, before = next_plan(self.office, self.known, self.told, self.conversation.talk.language), self.known.plan
        if plan is None or before is None or self.corrects is None:
            return plan
        steps = [[step.what.dutch or step.what.text for step in one.steps] for one in (before, plan)]
        return plan if steps[0] != steps[1] else None

    def _write_plan(self, uow: UnitOfWork, plan: PlanDocument) -> tuple[tuple[InstanceId, ...], tuple[InstanceId, ...]]:
        """Keep the new plan; which record of it waits to be sent, and which is held apart."""
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
            return (), ()
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
        return keep_plan(self.office, uow, frozen, self.chains)

    def status(self) -> FollowUpRecord | None:
        """The counts of this talk, renewed: kept on the card, so that the next follow-up can edit them."""
        if not self.may_leave:
            return None
        before = self.known.counts
        base = before.released_xml if before is not None else None
        record: Record = status_after(self.office, self.known, self.told, self.consents, base)
        corrects = before.instance_id if before is not None and base is not None else None
        return on_card(self.known, record, self.office.store.account.account_id, self.now, corrects)

    def case(self) -> FollowUpRecord | None:
        """The row of the entity list, where it changes."""
        if not self.may_leave:
            return None
        return case_after(self.office, self.known, self._next_date(), closed=self.closed)

    def _write_consent(self, uow: UnitOfWork) -> None:
        if not self.said_to_count:
            return
        talk = self.conversation.talk
        record = ConsentRecord(
            ConsentCode.COUNTING,
            self.said_to_count == "yes",
            talk.definition.version,
            talk.language,
            "spoken",
            self.now,
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
        day = None if self.closed else self._next_date()
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
            closed=self.closed,
        )
