"""The consent to record: "yes" writes the talk so far in one go, "no" keeps or makes it disappear (DESIGN D4)."""

from __future__ import annotations

import uuid
from dataclasses import replace

from intake_app.domain.draft import AuditLine, ParticipantRecord
from intake_app.domain.ids import ParticipantId, ParticipantNumber
from intake_app.services.drafts import MemoryDraft, StoreDraft
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import Store
from intake_app.services.requests import ask_to_erase
from intake_app.services.talk import Talk
from intake_app.xforms.api import FormDefinition


@guarded(Action.TALK)
def start_recording(talk: Talk, store: Store, number: ParticipantNumber) -> None:
    """Write participant, the whole entry and the texts being typed in one transaction; from then on every answer is
    durable.

    Raises StorageError when that fails; the talk then goes on in memory.
    """
    if talk.recording:
        return
    now = talk.clock.now()
    header = talk.header
    with store.unit_of_work() as uow:
        uow.participants.add(participant_of(talk, number))
        uow.drafts.add(header)
        uow.drafts.save_savepoint(header.instance_id, talk.stored_savepoint(), talk.sequence)
        if typing := talk.stored_typing():
            uow.drafts.save_typing(header.instance_id, typing)
        if talk.has_uploads:
            talk.store_files(uow)
        uow.audit.add(AuditLine(now, header.account_id, "talk_recorded", header.participant_id))
        uow.commit()
    talk.go_on_in(StoreDraft(store, header.instance_id))


@guarded(Action.TALK)
def stop_recording(talk: Talk, store: Store, request_form: FormDefinition | None = None) -> None:
    """After a withdrawn C1: erase what was written; the talk goes on in memory only.

    A later "yes" makes a new participant, because an erased id never comes back. What an earlier talk of this person
    has sent, the Werkcentrum is asked to erase (with `request_form`). Raises StorageError when erasing fails; the
    talk is then still recorded.
    """
    if not talk.recording:
        return
    now = talk.clock.now()
    with store.unit_of_work() as uow:
        if talk.has_uploads:
            talk.files.take_back(uow, talk.instance_id)
        if request_form is not None:
            ask_to_erase(uow, request_form, talk.header.participant_id, now)
        uow.cards.erase(talk.header.participant_id, now)
        uow.participants.erase(talk.header.participant_id, now)
        uow.audit.add(AuditLine(now, talk.header.account_id, "participant_erased", talk.header.participant_id))
        uow.commit()
    talk.header = replace(talk.header, participant_id=new_participant_id())
    talk.go_on_in(MemoryDraft())


def participant_of(talk: Talk, number: ParticipantNumber) -> ParticipantRecord:
    """The participant as the answers stand."""
    header = talk.header
    return ParticipantRecord(
        participant_id=header.participant_id,
        number=number,
        account_id=header.account_id,
        created_at=talk.clock.now(),
        call_name=talk.answers.text("call_name"),
        age_group=talk.answers.text("age_group"),
        language=talk.language,
        practice=header.practice,
    )


def new_participant_id() -> ParticipantId:
    """A random id that is never printed and never sent."""
    return ParticipantId(str(uuid.uuid4()))
