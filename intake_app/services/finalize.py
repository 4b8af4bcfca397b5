"""The end of a talk: check it, freeze it, queue what is released, all in one transaction (DESIGN 2, D4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from intake_app.domain.caseload import CASELOAD, ListedCase
from intake_app.domain.consent import ConsentCode, standing
from intake_app.domain.draft import AuditLine, StoredPlan
from intake_app.domain.ids import InstanceId
from intake_app.domain.instance import FrozenInstance, InstanceStatus
from intake_app.domain.plan import PlanDocument
from intake_app.plan.document import document_to_json
from intake_app.services.case_cards import keep_card
from intake_app.services.caseload import CaseNews, case_change, case_record, is_caseload
from intake_app.services.central_records import participant_record, plan_record, status_record
from intake_app.services.chains import Versions, held, next_chains
from intake_app.services.conversation import Conversation
from intake_app.services.counting import count_talk
from intake_app.services.editions import Earlier, as_edit, earlier_records, released_before, replaced_by
from intake_app.services.files import LEFT_OVER, UPLOAD, uploads
from intake_app.services.outgoing import Leaving, Seal, kind_of, no_seal, queue_record, take_out
from intake_app.services.plans import sensitivity
from intake_app.services.ports import UnitOfWork
from intake_app.services.records import Record
from intake_app.services.release import local_refs, released_refs
from intake_app.services.talk import Talk
from intake_app.xforms.api import FormDefinition, Violation, serialize

CONTINUE_LATER = "continue_later"
_HELD = InstanceStatus.SUBMISSION_FAILED


@dataclass(frozen=True)
class FinalizeOutcome:
    """What finishing did: rules that are still broken, and the records that now wait to be sent.

    Those in `held` wait until somebody tells which version stands at the centre.
    """

    violations: tuple[Violation, ...] = ()
    stored: bool = False
    queued: tuple[InstanceId, ...] = ()
    held: tuple[InstanceId, ...] = ()
    kept_open: bool = False


def finalize_talk(
    conversation: Conversation,
    forms: Mapping[str, FormDefinition],
    plan: PlanDocument,
    *,
    trial_server: bool = False,
    seal: Seal = no_seal,
    listed: ListedCase | None = None,
    settling: Versions | None = None,
) -> FinalizeOutcome:
    """Finish a talk. A talk that is not recorded leaves nothing; "continue later" keeps the draft open.

    A talk that was finished before and opened again replaces its earlier records: each new one names the old one as
    `deprecatedID` where that one may have reached the server. Where the centre refused such an edit as out of date,
    the new one names the version that stands there, as far as it is known (`settling` is what the desk settles now);
    else it is held.
    A practice talk is queued only for a trial receiver (`trial_server`), never for a real server. Finishing a
    second time changes nothing and tells the same. `listed` is the row of this number in the entity list. Raises
    StorageError when the transaction failed: the draft then stands as it was. Records of a form with a key are locked
    with `seal`: raises FormKeyRefused, SealMissing.
    """
    if conversation.finished is not None:
        return conversation.finished
    talk = conversation.talk
    if talk.answers.text("status") == CONTINUE_LATER:
        return FinalizeOutcome(kept_open=talk.recording)
    violations = (*talk.entry.finalize(), *_without_consent(talk))
    if violations or not talk.recording:
        return FinalizeOutcome(violations)
    now = talk.clock.now()
    chains = next_chains(conversation.store, talk.header.participant_id, settling)
    may_leave = trial_server or not talk.header.practice
    frozen = [chains.linked(one) for one in _records(conversation, forms, plan, now, listed, may_leave=may_leave)]
    with conversation.store.unit_of_work() as uow:
        _write(uow, conversation, frozen, now)
        definitions = {**forms, conversation.talk.definition.form_id: conversation.talk.definition}
        outcome = _queue(uow, frozen, definitions, seal)
        _make_way(uow, chains.replaced)
        _write_consents_and_plan(uow, conversation, plan, now)
        uow.commit()
    conversation.finished = outcome
    return outcome


def _records(
    conversation: Conversation,
    forms: Mapping[str, FormDefinition],
    plan: PlanDocument,
    now: datetime,
    listed: ListedCase | None,
    *,
    may_leave: bool,
) -> tuple[FrozenInstance, ...]:
    """The talk, and what the Werkcentrum gets beside it."""
    consents = standing(conversation.consents())
    before = earlier_records(conversation.store, conversation.talk.header.participant_id)
    written = _central_records(conversation, forms, plan, consents, before, listed) if may_leave else []
    intake = _freeze_intake(conversation, consents, now, may_leave, before)
    return intake, *(_freeze(record, conversation, now, before) for record in written)


def _without_consent(talk: Talk) -> tuple[Violation, ...]:
    """A talk that another place handed over is kept before its person was asked here; it is not finished so."""
    ref = talk.answers.ref("consent_record")
    if not talk.recording or ref is None or talk.answers.text("consent_record") == "yes":
        return ()
    return (Violation(ref, "required", ""),)


def _freeze_intake(
    conversation: Conversation, consents: frozenset[ConsentCode], now: datetime, may_leave: bool, before: Earlier
) -> FrozenInstance:
    talk = conversation.talk
    keep = released_refs(
        talk.definition,
        talk.answers,
        consents,
        lambda organisation: sensitivity(organisation, conversation.keeper.catalogue),
    )
    form_id, version = talk.form
    frozen = FrozenInstance(
        instance_id=talk.instance_id,
        participant_id=talk.header.participant_id,
        form_id=form_id,
        form_version=version,
        status=InstanceStatus.COMPLETE,
        finalized_at=now,
        xml=serialize(talk.entry, keep=local_refs(talk.definition)),
        released_xml=serialize(talk.entry, keep=keep) if may_leave and keep is not None else None,
        deprecated_id=replaced_by(form_id, before),
    )
    return as_edit(frozen, before.get(form_id))


def _central_records(
    conversation: Conversation,
    forms: Mapping[str, FormDefinition],
    plan: PlanDocument,
    consents: frozenset[ConsentCode],
    before: Earlier,
    listed: ListedCase | None,
) -> list[Record]:
    if ConsentCode.CENTRAL not in consents:
        return []
    change = case_change(_case_news(conversation, plan), released_before(CASELOAD, before), listed)
    known = {form_id: released_before(form_id, before) for form_id in ("participant", "plan", "status")}
    first = known["status"] is None
    alone = [case_record(forms["status"], change)] if change is not None and not first else []
    return [
        participant_record(forms["participant"], conversation, consents, known["participant"]),
        plan_record(forms["plan"], conversation, plan, consents, known["plan"]),
        status_record(forms["status"], conversation, plan, consents, known["status"], change if first else None),
        *alone,
    ]


def _case_news(conversation: Conversation, plan: PlanDocument) -> CaseNews:
    talk = conversation.talk
    day = plan.appointment.day if plan.appointment is not None else None
    return CaseNews(conversation.number, talk.instance_id, talk.answers.text("status"), day)


def _freeze(record: Record, conversation: Conversation, now: datetime, before: Earlier) -> FrozenInstance:
    header = conversation.talk.header
    return FrozenInstance(
        instance_id=record.instance_id,
        participant_id=header.participant_id,
        form_id=record.form_id,
        form_version=record.form_version,
        status=InstanceStatus.COMPLETE,
        finalized_at=now,
        xml=record.xml,
        released_xml=record.xml,
        deprecated_id=None if is_caseload(record.xml) else replaced_by(record.form_id, before),
    )


def _queue(
    uow: UnitOfWork, frozen: list[FrozenInstance], forms: Mapping[str, FormDefinition], seal: Seal
) -> FinalizeOutcome:
    leaving = [(one, one.released_xml) for one in frozen if one.released_xml is not None]
    for one, xml in leaving:
        record = Leaving(one.instance_id, one.participant_id, one.finalized_at, xml)
        queue_record(uow, kind_of(forms[one.form_id]), record, seal)
        if one.status is _HELD:
            uow.outbox.save_attempt(held(uow.outbox.get(one.instance_id)))
    return FinalizeOutcome(
        stored=True,
        queued=tuple(one.instance_id for one, _ in leaving if one.status is not _HELD),
        held=tuple(one.instance_id for one, _ in leaving if one.status is _HELD),
    )


def _make_way(uow: UnitOfWork, rows: tuple[InstanceId, ...]) -> None:
    """The centre would refuse these for ever; the records stay here, and the new ones say all they said."""
    for name in rows:
        take_out(uow, name)
    uow.instances.set_statuses(rows, InstanceStatus.COMPLETE)


def _write(uow: UnitOfWork, conversation: Conversation, frozen: list[FrozenInstance], now: datetime) -> None:
    for instance in frozen:
        uow.instances.add(instance)
    header = conversation.talk.header
    uow.drafts.remove(header.instance_id)
    counting = {name for ref, name in uploads(conversation.talk.entry).items() if conversation.talk.entry.answer(ref)}
    uow.files.keep_only(header.instance_id, UPLOAD, counting)
    uow.files.keep_only(header.instance_id, LEFT_OVER, ())
    uow.audit.add(AuditLine(now, header.account_id, "talk_finalized", header.instance_id))


def _write_consents_and_plan(uow: UnitOfWork, conversation: Conversation, plan: PlanDocument, now: datetime) -> None:
    talk = conversation.talk
    for record in conversation.consents():
        uow.consents.add(talk.header.participant_id, record)
    uow.plans.add(
        StoredPlan(
            plan_number=plan.plan_number,
            participant_id=talk.header.participant_id,
            instance_id=talk.header.instance_id,
            made_at=now,
            document=document_to_json(plan),
        )
    )
    consents = standing(conversation.consents())
    keep_card(uow, conversation, plan, consents, now)
    count_talk(uow, conversation, consents, now)
