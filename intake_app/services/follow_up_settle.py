"""A correction of a follow-up that came too late is made anew, after the version at the centre."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from intake_app.domain.consent import ConsentCode
from intake_app.domain.draft import AuditLine
from intake_app.domain.follow_up import FollowUpRecord
from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.domain.instance import FrozenInstance, InstanceStatus
from intake_app.domain.keeping import CaseCard
from intake_app.domain.plan import PlanDocument
from intake_app.errors import EventRefused, RecordMissing
from intake_app.services.chains import next_chains
from intake_app.services.differences import Told, take_over
from intake_app.services.finalize import FinalizeOutcome
from intake_app.services.follow_up_chains import (
    Following,
    all_late,
    carry_along,
    follow_on,
    late_corrections,
    late_plan,
    let_go_of_met,
    make_way,
    open_version,
)
from intake_app.services.follow_up_known import FOLLOW_UP, PLAN, STATUS, Known, known_of
from intake_app.services.follow_up_records import on_card
from intake_app.services.follow_up_steps import keep_plan
from intake_app.services.follow_up_talk import begin_follow_up, once_more
from intake_app.services.follow_up_told import Told as ToldInTalk
from intake_app.services.follow_up_told import read_told
from intake_app.services.follow_up_write import FollowUpEnd, FollowUpOutcome
from intake_app.services.installation import read_server
from intake_app.services.outgoing import Leaving, kind_of, queue_record
from intake_app.services.policy import Action, guarded, guarded_object
from intake_app.services.ports import UnitOfWork
from intake_app.services.records import write_record

if TYPE_CHECKING:
    from intake_app.services.office import Office

SETTLED = "conflict_settled"
Along = Callable[[UnitOfWork, InstanceId], None]
"""What is written in the same transaction, told the name of the new record."""


@guarded_object(Action.PEOPLE)
@dataclass
class Settling(FollowUpEnd):
    """The end of a correction that is settled without the person at the table.

    It renews what hangs on the newest follow-up only where it is that one, and moves no day that was not chosen about.
    """

    action: ClassVar[str] = SETTLED
    late: FollowUpRecord | None = None
    plan_again: FrozenInstance | None = None
    """The plan as it is, where it came too late as well and it is known what stands there."""

    def write(
        self, uow: UnitOfWork, status: FollowUpRecord | None, case: FollowUpRecord | None = None
    ) -> FollowUpOutcome:
        """With it goes what came too late beside the talk, where that was opened here: it holds nothing to choose."""
        done = super().write(uow, status, case)
        if done.plan is not None or self.plan_again is None:
            return done
        queued, held = keep_plan(self.office, uow, self.plan_again, self.chains)
        return replace(done, queued=(*done.queued, *queued), held=(*done.held, *held))

    @property
    def corrects(self) -> InstanceId | None:
        """The correction that came too late."""
        return self.late.instance_id if self.late is not None else None

    @property
    def is_newest(self) -> bool:
        """Whether no other follow-up was held, or begun, since."""
        newest = self.known.newest(FOLLOW_UP)
        return newest is not None and newest.instance_id == self.corrects and self.known.open_record is None

    @property
    def closed(self) -> bool:
        """As it was chosen, else as the card has it."""
        card = self.known.card
        return card.closed if card is not None and self._same_day() else super().closed

    def status(self) -> FollowUpRecord | None:
        """The counts: of the newest follow-up anew, of an earlier one only where they came too late as well."""
        if self.is_newest:
            return super().status()
        return counts_again(self.office, self.known) if self.may_leave else None

    def case(self) -> FollowUpRecord | None:
        """The row of the entity list, where it changes."""
        return super().case() if self.is_newest else None

    def _next_plan(self) -> PlanDocument | None:
        """What an earlier follow-up said makes no plan after a later one."""
        return super()._next_plan() if self.is_newest else None

    def _next_date(self) -> date | None:
        card = self.known.card
        return card.next_date if card is not None and self._same_day() else super()._next_date()

    def _renewed_card(self) -> CaseCard | None:
        return super()._renewed_card() if self.is_newest else None

    def _same_day(self) -> bool:
        before = self._told_before()
        return before is not None and (before.next_date, before.closed) == (self.told.next_date, self.told.closed)

    def _told_before(self) -> ToldInTalk | None:
        return read_told(self.late.xml, self.office.forms[FOLLOW_UP]) if self.late is not None else None


@guarded(Action.PEOPLE)
def settle_talk(
    office: Office,
    late: FollowUpRecord,
    participant_id: ParticipantId,
    chosen: Mapping[str, Told],
    stands: str,
    along: Along,
) -> FinalizeOutcome:
    """Make the chosen answers the next version, after the one that `stands` at the centre, in one transaction.

    Where the correction is open to be corrected once more, they are put in there, and it follows when that is
    finished. Raises EventRefused for an answer that the form does not take, StorageError; then nothing has changed.
    """
    known = known_of(office, participant_id)
    open_one = known.open_record
    if open_one is not None and open_one.deprecated_id == late.instance_id:
        take_over(begin_follow_up(office, participant_id), chosen, as_asked=True)
        with office.store.unit_of_work() as uow:
            along(uow, late.instance_id)
            uow.commit()
        return FinalizeOutcome(kept_open=True)
    conversation = once_more(office, known, late)
    take_over(conversation, chosen, as_asked=True)
    broken = conversation.talk.entry.finalize()
    if broken:
        raise EventRefused(ref=broken[0].ref, reason="conflict_refused")
    with office.store.unit_of_work() as uow:
        beside = {str(one.record.form_id): (one.base, open_version(uow, one)) for one in all_late(uow, participant_id)}
    counts, plan = beside.get(STATUS, ("", "")), beside.get(PLAN, ("", ""))
    end = replace(
        Settling.of(office, conversation),
        late=late,
        stands=stands,
        counts_stand=counts[1],
        plan_again=_plan_again(office, known) if plan[1] else None,
        chains=next_chains(office.store, participant_id, {PLAN: plan}),
    )
    status, case = end.status(), end.case()
    with office.store.unit_of_work() as uow:
        done = end.write(uow, status, case)
        along(uow, conversation.talk.instance_id)
        let_go_of_met(uow, participant_id, {counts[1], plan[1]} - {""})
        uow.commit()
    return FinalizeOutcome(stored=True, queued=done.queued, held=done.held)


@guarded(Action.PEOPLE)
def settle_counts(office: Office, participant_id: ParticipantId, stands: str, along: Along) -> FinalizeOutcome:
    """Let the counts that came too late follow on the version that `stands` at the centre. Raises RecordMissing where
    none came too late, or nothing of this person may leave any more; StorageError."""
    known = known_of(office, participant_id)
    trial = read_server(office.store).trial
    record = counts_again(office, known)
    if record is None or ConsentCode.CENTRAL not in known.consents or (known.practice and not trial):
        raise RecordMissing(kind="counts", id=participant_id)
    before = known.newest(STATUS)
    with office.store.unit_of_work() as uow:
        following = _keep(office, uow, record, before, stands)
        along(uow, following.record.instance_id)
        account = office.store.account.account_id
        uow.audit.add(AuditLine(office.clock.now(), account, SETTLED, participant_id))
        uow.commit()
    name = (following.record.instance_id,)
    return FinalizeOutcome(stored=True, queued=() if following.held else name, held=name if following.held else ())


@guarded(Action.PEOPLE)
def settle_plan(office: Office, participant_id: ParticipantId, stands: str, along: Along) -> FinalizeOutcome:
    """The same for a plan that a follow-up renewed. Raises RecordMissing, StorageError."""
    known = known_of(office, participant_id)
    with office.store.unit_of_work() as uow:
        late = late_plan(uow, participant_id)
    plan = _plan_again(office, known)
    if late is None or plan is None:
        raise RecordMissing(kind=PLAN, id=participant_id)
    chains = next_chains(office.store, participant_id, {PLAN: [late.base, stands]})
    with office.store.unit_of_work() as uow:
        queued, held = keep_plan(office, uow, plan, chains)
        along(uow, plan.instance_id)
        uow.audit.add(AuditLine(plan.finalized_at, office.store.account.account_id, SETTLED, participant_id))
        uow.commit()
    return FinalizeOutcome(stored=True, queued=queued, held=held)


@guarded(Action.PEOPLE)
def counts_again(office: Office, known: Known) -> FollowUpRecord | None:
    """The newest counts of the follow-ups once more, as a record of their own; None where none came too late."""
    before = known.newest(STATUS)
    with office.store.unit_of_work() as uow:
        late = any(one.record.form_id == STATUS for one in late_corrections(uow, known.owner))
    if before is None or before.released_xml is None or not late:
        return None
    record = write_record(office.forms[STATUS], {}, known.consents, before.released_xml)
    return on_card(known, record, office.store.account.account_id, office.clock.now(), before.instance_id)


def _plan_again(office: Office, known: Known) -> FrozenInstance | None:
    before = known.earlier.get(PLAN)
    if before is None or before.released_xml is None:
        return None
    record = write_record(office.forms[PLAN], {}, known.consents, before.released_xml)
    return replace(
        before,
        instance_id=record.instance_id,
        status=InstanceStatus.COMPLETE,
        finalized_at=office.clock.now(),
        xml=record.xml,
        released_xml=record.xml,
        deprecated_id=before.instance_id,
    )


def _keep(
    office: Office, uow: UnitOfWork, record: FollowUpRecord, before: FollowUpRecord | None, stands: str
) -> Following:
    following = follow_on(uow, record, stands)
    kept = following.record
    uow.follow_ups.save(kept)
    if before is not None:
        carry_along(uow, kept, before.instance_id)
    if kept.released_xml is not None:
        leaving = Leaving(kept.instance_id, kept.owner, kept.at, kept.released_xml)
        queue_record(uow, kind_of(office.forms[kept.form_id]), leaving, office.seal)
    make_way(uow, following)
    return following
