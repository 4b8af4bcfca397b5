"""The consent to record: "yes" writes the talk so far in one go, "no" keeps or makes it disappear (DESIGN D4)."""

from __future__ import annotations

from intake_app.domain.draft import AuditLine, ParticipantRecord
from intake_app.domain.ids import ParticipantNumber
from intake_app.services.consents import consent_records
from intake_app.services.drafts import MemoryDraft, StoreDraft
from intake_app.services.ports import Store
from intake_app.services.talk import Talk


def start_recording(talk: Talk, store: Store, number: ParticipantNumber) -> None:
    """Write participant, savepoint and consent in one transaction; from then on every answer is durable.

    Raises StorageError when that fails; the talk then goes on in memory.
    """
    if talk.recording:
        return
    now = talk.clock.now()
    header = talk.header
    record = ParticipantRecord(
        participant_id=header.participant_id,
        number=number,
        account_id=header.account_id,
        created_at=now,
        call_name=talk.answers.text("call_name"),
        age_group=talk.answers.text("age_group"),
        language=talk.language,
        practice=header.practice,
    )
    with store.unit_of_work() as uow:
        uow.participants.add(record)
        uow.drafts.add(header)
        uow.drafts.save_savepoint(header.instance_id, talk.stored_savepoint(), talk.sequence)
        for consent in consent_records(talk.answers, talk.definition.version, talk.language, now):
            uow.consents.add(header.participant_id, consent)
        uow.audit.add(AuditLine(now, header.account_id, "talk_recorded", header.participant_id))
        uow.commit()
    talk.log = StoreDraft(store, header.instance_id)


def stop_recording(talk: Talk, store: Store) -> None:
    """After a withdrawn C1: erase what was written; the talk goes on in memory only."""
    if not talk.recording:
        return
    now = talk.clock.now()
    with store.unit_of_work() as uow:
        uow.participants.erase(talk.header.participant_id, now)
        uow.audit.add(AuditLine(now, talk.header.account_id, "participant_erased", talk.header.participant_id))
        uow.commit()
    talk.log = MemoryDraft()
