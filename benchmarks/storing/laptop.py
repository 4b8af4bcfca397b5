"""A laptop after years of work: so many people, so many talks, made from one real talk that was finished once."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random

from benchmarks.killing.examine import CHEAP, PASSPHRASE
from benchmarks.killing.scenes import mark_trial, sample
from benchmarks.killing.warm import warm_office
from intake_app.domain.draft import Draft, ParticipantRecord, StoredPlan
from intake_app.domain.ids import InstanceId, ParticipantId, ParticipantNumber
from intake_app.domain.instance import FrozenInstance, InstanceStatus, OutboxItem, Receipt
from intake_app.services.office import Office
from intake_app.services.ports import UnitOfWork
from intake_app.services.rehearsal import Rehearsal
from intake_app.storage.gate import SqlStore, SqlStoreGate

OPEN_EVERY = 15
"""One of so many talks is still open; the others were finished and sent."""
FIRST = ("Fatima", "Truus", "Oksana", "Ahmed", "Jan-Willem", "Žaneta", "محمد", "فاطمة", "Олена", "Saba", "Henk", "Ewa")
LAST = ("de Vries", "Yilmaz", "Kowalska", "Шевченко", "الحسن", "te Winkel", "Haile", "Petrov")


@dataclass(frozen=True)
class Pattern:
    """One real talk in its two states."""

    draft: Draft
    records: tuple[FrozenInstance, ...]
    plan: StoredPlan
    person: ParticipantRecord


def fill(folder: Path, people: int, talks: int) -> Office:
    """Make the store in a folder; gives an office without a store, to be used over it."""
    warm = warm_office()
    store = SqlStoreGate(folder, CHEAP).create(PASSPHRASE, "Anneke", "site_lead", "counsellor")
    office = replace(warm, store=store)
    mark_trial(store)
    pattern = _pattern(office)
    random = Random(7)
    for number in range(people):
        own = range(number, talks, people)
        with store.unit_of_work() as uow:
            _add_person(uow, pattern, number, random)
            for talk in own:
                _add_talk(uow, pattern, number, talk)
            uow.commit()
    store.close()
    return warm


def person_id(number: int) -> ParticipantId:
    """The id of a person by their place in the row."""
    return ParticipantId(f"p-{number}")


def _pattern(office: Office) -> Pattern:
    conversation = office.begin_talk(practice=True)
    Rehearsal(conversation, sample()).play()
    store = office.store
    with store.unit_of_work() as uow:
        draft = uow.drafts.get(conversation.talk.header.instance_id)
        person = uow.participants.get(draft.header.participant_id)
    office.finish(conversation)
    with store.unit_of_work() as uow:
        records = uow.instances.of_participant(person.participant_id)
        plan = uow.plans.of_participant(person.participant_id)[0]
        uow.participants.erase(person.participant_id, office.clock.now())
        uow.cards.erase(person.participant_id, office.clock.now())
        uow.commit()
    return Pattern(draft, records, plan, person)


def _add_person(uow: UnitOfWork, pattern: Pattern, number: int, random: Random) -> None:
    uow.participants.add(
        replace(
            pattern.person,
            participant_id=person_id(number),
            number=ParticipantNumber(f"{number // 10000 + 1000}-{number % 10000:04}"),
            created_at=pattern.person.created_at - timedelta(minutes=number),
            call_name=f"{random.choice(FIRST)} {random.choice(LAST)}",
            practice=False,
        )
    )


def _add_talk(uow: UnitOfWork, pattern: Pattern, person: int, talk: int) -> None:
    owner = person_id(person)
    if talk % OPEN_EVERY == 0:
        where = InstanceId(f"uuid:talk-{talk}")
        uow.drafts.add(replace(pattern.draft.header, instance_id=where, participant_id=owner, practice=False))
        uow.drafts.save_savepoint(where, pattern.draft.savepoint or b"", pattern.draft.savepoint_sequence)
        uow.drafts.append(where, pattern.draft.journal)
        return
    for number, record in enumerate(pattern.records):
        where = InstanceId(f"uuid:talk-{talk}-{number}")
        status = InstanceStatus.COMPLETE
        kept = replace(record, instance_id=where, participant_id=owner, status=status)
        uow.instances.add(kept)
        xml = record.released_xml or record.xml
        item = OutboxItem(where, owner, record.form_id, record.form_version, record.finalized_at, xml)
        uow.outbox.add(item)
        uow.outbox.confirm(Receipt(where, 201, "full submission upload was successful!", record.finalized_at))
        uow.instances.set_status(where, InstanceStatus.SUBMITTED)
    uow.plans.add(
        replace(pattern.plan, plan_number=f"plan-{talk}", participant_id=owner, instance_id=f"uuid:talk-{talk}-0")
    )


def contents(store: SqlStore) -> list[tuple[str, str, str, str, str, str]]:
    """Everybody in the clear, for the peer: id, number, account, moment, name and the rest."""
    with store.unit_of_work() as uow:
        people = uow.participants.list()
    return [
        (
            person.participant_id,
            person.number,
            person.account_id,
            person.created_at.isoformat(),
            person.call_name,
            json.dumps({"age_group": person.age_group, "language": person.language}),
        )
        for person in people
    ]
