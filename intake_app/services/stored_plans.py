"""Find a plan as it was handed over, by the number on its paper or by the id of its talk."""

from __future__ import annotations

from dataclasses import replace

from intake_app.domain.draft import StoredPlan
from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.domain.plan import PlanDocument
from intake_app.errors import RecordMissing
from intake_app.i18n.gettext import translations_folder
from intake_app.i18n.languages import review_state
from intake_app.plan.document import document_from_json
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import Store, UnitOfWork
from intake_app.services.renames import stands_as


@guarded(Action.PEOPLE)
def find_plan(store: Store, name: str) -> PlanDocument:
    """The kept plan with this plan number, or that of this finished talk (with or without `uuid:`).

    Raises RecordMissing when there is none, also when it is somebody else's, and PlanError when it cannot be read.
    """
    with store.unit_of_work() as uow:
        return document_from_json(_stored(uow, name.strip()).document)


@guarded(Action.TALK)
def plan_before(store: Store, participant: ParticipantId, plan_number: str) -> PlanDocument | None:
    """The last kept plan of this person with another number; None when there is none. Raises PlanError."""
    with store.unit_of_work() as uow:
        kept = [plan for plan in uow.plans.of_participant(participant) if plan.plan_number != plan_number]
    return document_from_json(kept[-1].document) if kept else None


def in_language(document: PlanDocument, language: str) -> PlanDocument:
    """The same plan for another language, with the review state of that language."""
    state = review_state(language, translations_folder()).state
    return replace(document, language=language, language_state=state)


def _stored(uow: UnitOfWork, name: str) -> StoredPlan:
    try:
        return uow.plans.get(name)
    except RecordMissing:
        talk = name if name.startswith("uuid:") else f"uuid:{name}"
    try:
        talk = stands_as(uow, InstanceId(talk))
        owner = uow.instances.get(talk).participant_id
    except RecordMissing:
        raise RecordMissing(kind="plan", id=name) from None
    of_talk = [plan for plan in uow.plans.of_participant(owner) if plan.instance_id == talk]
    if not of_talk:
        raise RecordMissing(kind="plan", id=name)
    return of_talk[-1]
