"""The plan after a follow-up: what is done goes, new steps come; the next version is an edit of the one before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from intake_app.domain.consent import ConsentCode
from intake_app.domain.ids import InstanceId
from intake_app.domain.instance import FrozenInstance, InstanceStatus
from intake_app.domain.plan import Appointment, OwnWords, PlanDocument, PlanStep, changed_parts
from intake_app.services.chains import Chains, held
from intake_app.services.days import working_day
from intake_app.services.follow_up_known import PLAN, Known
from intake_app.services.follow_up_told import Told
from intake_app.services.outgoing import Leaving, kind_of, queue_record, take_out
from intake_app.services.plans import sensitivity
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import UnitOfWork
from intake_app.services.records import Record, Rows, write_record

if TYPE_CHECKING:
    from intake_app.services.office import Office

MOST_STEPS = 3
Names = tuple[InstanceId, ...]
STEP_DAYS = 14


@guarded(Action.PEOPLE)
def next_plan(office: Office, known: Known, told: Told, language: str) -> PlanDocument | None:
    """The plan as it is from now on; None when nothing about it changed, or the plan is no longer here."""
    before = known.plan
    if before is None or not told.reached or not _changes(told):
        return None
    day = working_day(office.clock.today() + timedelta(days=STEP_DAYS))
    new = [PlanStep(OwnWords(text, language), by=day) for text in told.next_steps]
    rest = _open_steps(known, told)
    steps = (*rest[: max(0, MOST_STEPS - len(new))], *new)
    after = replace(
        before,
        plan_number=f"{known.number}-{before.turn + 1}",
        made_on=office.clock.today(),
        counsellor=office.store.account.name,
        steps=steps[:MOST_STEPS],
        appointment=_appointment(before, told),
        changed=(),
    )
    return replace(after, changed=changed_parts(before, after))


@guarded(Action.PEOPLE)
def plan_edit(office: Office, plan: PlanDocument, before: bytes, consents: frozenset[ConsentCode]) -> Record:
    """The record of the new plan, an edit of the one before; a partner of S 1 or 9 only with its own consent."""
    content: dict[str, str | Rows] = {
        "plan_number": plan.plan_number,
        "steps": [_row(office, number, step, plan) for number, step in enumerate(plan.steps, 1)],
    }
    return write_record(office.forms[PLAN], content, consents, before)


@guarded(Action.PEOPLE)
def keep_plan(office: Office, uow: UnitOfWork, plan: FrozenInstance, chains: Chains) -> tuple[Names, Names]:
    """Keep the record of a plan and let it wait, after what stands at the centre; what came too late before it makes
    way. Which of it goes, and which is held apart. Raises StorageError."""
    frozen = chains.linked(plan)
    uow.instances.add(frozen)
    if frozen.released_xml is not None:
        leaving = Leaving(frozen.instance_id, frozen.participant_id, frozen.finalized_at, frozen.released_xml)
        queue_record(uow, kind_of(office.forms[PLAN]), leaving, office.seal)
    late = [name for name in chains.replaced if uow.instances.get(name).form_id == PLAN]
    for name in late:
        take_out(uow, name)
    uow.instances.set_statuses(late, InstanceStatus.COMPLETE)
    if PLAN not in chains.held:
        return (frozen.instance_id,), ()
    uow.outbox.save_attempt(held(uow.outbox.get(frozen.instance_id)))
    return (), (frozen.instance_id,)


def _changes(told: Told) -> bool:
    return bool(told.next_steps) or any(not step.is_open for step in told.steps)


def _open_steps(known: Known, told: Told) -> list[PlanStep]:
    """The open steps in their order, as the plan words them; those that only the card knows, in its words."""
    plan_steps = {step.what.dutch or step.what.text: step for step in known.plan.steps} if known.plan else {}
    return [
        plan_steps.get(step.text, PlanStep(OwnWords(step.text, "nl", step.text))) for step in told.steps if step.is_open
    ]


def _appointment(before: PlanDocument, told: Told) -> Appointment | None:
    if told.closed or told.next_date is None:
        return None
    how = before.appointment.how if before.appointment is not None else ""
    same = before.appointment is not None and before.appointment.day == told.next_date
    return before.appointment if same else Appointment(told.next_date, how=how if how != "none" else "phone")


def _row(office: Office, number: int, step: PlanStep, plan: PlanDocument) -> dict[str, str]:
    shared = {referral.organisation for referral in plan.referrals if referral.shared}
    named = not step.partner or sensitivity(step.partner, office.catalogue) == 0 or step.partner in shared
    return {
        "id": str(number),
        "label": step.what.dutch or step.what.text,
        "source": "follow_up",
        "who": step.who,
        "partner": step.partner if named else "",
        "date": step.by.isoformat() if step.by else "",
        "done_when": step.done_when,
    }
