"""What erasing promises, on the fake and on the real store."""

from __future__ import annotations

import pytest

from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.errors import RecordErased, RecordMissing
from intake_app.services.ports import Store
from tests.fakes import records

PERSON = ParticipantId("p-1")


def _fill(store: Store, participant_id: str, number: str) -> None:
    """One of everything for a person."""
    with store.unit_of_work() as uow:
        uow.participants.add(records.participant(participant_id, number))
        uow.drafts.add(records.header(f"uuid:draft-{participant_id}", participant_id))
        uow.drafts.append(InstanceId(f"uuid:draft-{participant_id}"), [records.entry(0)])
        uow.drafts.save_typing(InstanceId(f"uuid:draft-{participant_id}"), {"/data/a": "b"})
        uow.instances.add(records.instance(f"uuid:i-{participant_id}", participant_id))
        uow.outbox.add(records.item(f"uuid:sent-{participant_id}", participant_id))
        uow.outbox.confirm(records.receipt(f"uuid:sent-{participant_id}"))
        uow.outbox.add(records.item(f"uuid:i-{participant_id}", participant_id))
        uow.consents.add(ParticipantId(participant_id), records.consent())
        uow.plans.add(records.plan(number, participant_id))
        uow.files.save(
            ParticipantId(participant_id), InstanceId(f"uuid:i-{participant_id}"), "upload", "foto.jpg", b"beeld"
        )
        uow.commit()


def test_an_erased_person_is_gone_everywhere_and_nobody_else_is(store: Store) -> None:
    _fill(store, "p-1", "1111-1111")
    _fill(store, "p-2", "2222-2222")
    with store.unit_of_work() as uow:
        uow.participants.erase(PERSON, records.NOON)
        uow.commit()
    with store.unit_of_work() as uow:
        assert [each.participant_id for each in uow.participants.list()] == ["p-2"]
        assert [each.participant_id for each in uow.drafts.list()] == ["p-2"]
        assert [each.participant_id for each in uow.instances.list()] == ["p-2"]
        assert [each.participant_id for each in uow.outbox.waiting()] == ["p-2"]
        assert [each.instance_id for each in uow.outbox.receipts()] == ["uuid:sent-p-2"]
        assert len(uow.consents.of(ParticipantId("p-2"))) == 1
        assert uow.drafts.get(InstanceId("uuid:draft-p-2")).journal == (records.entry(0),)
        assert uow.files.names(InstanceId("uuid:i-p-1"), "upload") == ()
        assert uow.files.get(InstanceId("uuid:i-p-2"), "upload", "foto.jpg") == b"beeld"
        with pytest.raises(RecordMissing):
            uow.plans.get("1111-1111")
        with pytest.raises(RecordMissing):
            uow.drafts.get(InstanceId("uuid:draft-p-1"))


def test_an_erased_person_stays_erased(store: Store, person: ParticipantId) -> None:
    with store.unit_of_work() as uow:
        uow.participants.erase(person, records.NOON)
        uow.commit()
    with store.unit_of_work() as uow:
        for act in (
            lambda: uow.participants.get(person),
            lambda: uow.participants.add(records.participant()),
            lambda: uow.participants.save(records.participant()),
            lambda: uow.participants.erase(person, records.NOON),
            lambda: uow.drafts.add(records.header()),
            lambda: uow.instances.add(records.instance()),
            lambda: uow.outbox.add(records.item()),
            lambda: uow.consents.of(person),
            lambda: uow.consents.add(person, records.consent()),
            lambda: uow.plans.add(records.plan()),
            lambda: uow.plans.of_participant(person),
            lambda: uow.instances.of_participant(person),
        ):
            with pytest.raises(RecordErased):
                act()
