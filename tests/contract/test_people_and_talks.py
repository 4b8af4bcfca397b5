"""What the repositories of people and talks promise, on the fake and on the real store."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from intake_app.domain.consent import ConsentCode
from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.errors import RecordExists, RecordMissing
from intake_app.services.ports import Store
from tests.fakes import records

DRAFT = InstanceId("uuid:draft-1")


@pytest.fixture
def draft(store: Store, person: ParticipantId) -> InstanceId:
    with store.unit_of_work() as uow:
        uow.drafts.add(records.header())
        uow.commit()
    return DRAFT


def test_a_participant_comes_back_as_kept(store: Store, person: ParticipantId) -> None:
    with store.unit_of_work() as uow:
        assert uow.participants.get(person) == records.participant()


def test_participants_are_listed_oldest_first(store: Store) -> None:
    with store.unit_of_work() as uow:
        uow.participants.add(records.participant("p-2", "2222-2222", minutes=5))
        uow.participants.add(records.participant("p-1", "1111-1111"))
        uow.commit()
    with store.unit_of_work() as uow:
        assert [each.participant_id for each in uow.participants.list()] == ["p-1", "p-2"]


def test_saving_a_participant_changes_all_but_the_moment_of_making(store: Store, person: ParticipantId) -> None:
    changed = replace(records.participant(call_name="Sami"), language="nl", created_at=records.NOON + timedelta(days=1))
    with store.unit_of_work() as uow:
        uow.participants.save(changed)
        uow.commit()
    with store.unit_of_work() as uow:
        assert uow.participants.get(person) == replace(changed, created_at=records.NOON)


def test_a_participant_is_added_once(store: Store, person: ParticipantId) -> None:
    with store.unit_of_work() as uow, pytest.raises(RecordExists):
        uow.participants.add(records.participant(number="9999-9999"))


def test_a_number_belongs_to_one_participant(store: Store, person: ParticipantId) -> None:
    with store.unit_of_work() as uow, pytest.raises(RecordExists):
        uow.participants.add(records.participant("p-2"))
    with store.unit_of_work() as uow:
        uow.participants.add(records.participant("p-2", "2222-2222"))
        with pytest.raises(RecordExists):
            uow.participants.save(records.participant("p-2"))


def test_an_unknown_participant_is_missing(store: Store) -> None:
    with store.unit_of_work() as uow:
        for ask in (uow.participants.get, uow.consents.of, uow.plans.of_participant, uow.instances.of_participant):
            with pytest.raises(RecordMissing):
                ask(ParticipantId("nobody"))
        with pytest.raises(RecordMissing):
            uow.participants.save(records.participant("nobody"))
        with pytest.raises(RecordMissing):
            uow.participants.erase(ParticipantId("nobody"), records.NOON)


def test_a_moment_without_zone_is_refused(store: Store) -> None:
    naive = datetime(2026, 3, 2, 12, 0)
    with store.unit_of_work() as uow, pytest.raises(ValueError, match="time zone"):
        uow.participants.add(replace(records.participant(), created_at=naive))


def test_the_repr_of_what_comes_back_names_nobody(store: Store, draft: InstanceId) -> None:
    with store.unit_of_work() as uow:
        uow.drafts.append(draft, [records.entry(1, "geheim")])
        uow.drafts.save_typing(draft, {"/data/x": "geheim"})
        shown = repr(uow.participants.get(ParticipantId("p-1"))) + repr(uow.drafts.get(draft))
    assert "Samira" not in shown
    assert "geheim" not in shown


def test_a_new_draft_is_empty(store: Store, draft: InstanceId) -> None:
    with store.unit_of_work() as uow:
        kept = uow.drafts.get(draft)
    assert (kept.header, kept.savepoint, kept.journal, kept.typing) == (records.header(), None, (), {})


def test_a_draft_needs_its_participant(store: Store) -> None:
    with store.unit_of_work() as uow, pytest.raises(RecordMissing):
        uow.drafts.add(records.header())


def test_a_draft_is_added_once(store: Store, draft: InstanceId) -> None:
    with store.unit_of_work() as uow, pytest.raises(RecordExists):
        uow.drafts.add(records.header())


def test_the_journal_keeps_events_in_order_with_their_shape(store: Store, draft: InstanceId) -> None:
    host = replace(
        records.entry(2), event={"host": "suggestions", "rows": [{"id": "tm3", "label": "Lasser (m/v) – ٣"}]}
    )
    with store.unit_of_work() as uow:
        uow.drafts.append(draft, [records.entry(0), records.entry(1, "")])
        uow.drafts.append(draft, [host])
        uow.commit()
    with store.unit_of_work() as uow:
        assert uow.drafts.get(draft).journal == (records.entry(0), records.entry(1, ""), host)


def test_the_newest_event_tells_when_the_talk_was_touched(store: Store, draft: InstanceId) -> None:
    with store.unit_of_work() as uow:
        uow.drafts.append(draft, [records.entry(7)])
        assert uow.drafts.list()[0].updated_at == records.entry(7).at


@pytest.mark.parametrize("sequences", [[3], [2], [4, 4], [5, 4]])
def test_an_event_that_is_not_after_the_last_is_refused(store: Store, draft: InstanceId, sequences: list[int]) -> None:
    with store.unit_of_work() as uow:
        uow.drafts.append(draft, [records.entry(3)])
        uow.commit()
    with store.unit_of_work() as uow, pytest.raises(RecordExists):
        uow.drafts.append(draft, [records.entry(sequence) for sequence in sequences])
    with store.unit_of_work() as uow:
        assert uow.drafts.get(draft).journal == (records.entry(3),)


def test_a_savepoint_takes_the_journal_up_to_it(store: Store, draft: InstanceId) -> None:
    with store.unit_of_work() as uow:
        uow.drafts.append(draft, [records.entry(sequence) for sequence in range(5)])
        uow.drafts.save_savepoint(draft, b"<data>drie</data>", 3)
        uow.commit()
    with store.unit_of_work() as uow:
        kept = uow.drafts.get(draft)
    assert (kept.savepoint, kept.savepoint_sequence) == (b"<data>drie</data>", 3)
    assert kept.journal == (records.entry(4),)


def test_an_older_savepoint_changes_nothing(store: Store, draft: InstanceId) -> None:
    with store.unit_of_work() as uow:
        uow.drafts.append(draft, [records.entry(sequence) for sequence in range(5)])
        uow.drafts.save_savepoint(draft, b"<data>drie</data>", 3)
        uow.drafts.save_savepoint(draft, b"<data>een</data>", 1)
        assert uow.drafts.get(draft).savepoint == b"<data>drie</data>"


def test_after_a_savepoint_the_numbering_goes_on(store: Store, draft: InstanceId) -> None:
    with store.unit_of_work() as uow:
        uow.drafts.append(draft, [records.entry(0)])
        uow.drafts.save_savepoint(draft, b"<data/>", 0)
        with pytest.raises(RecordExists):
            uow.drafts.append(draft, [records.entry(0)])
        uow.drafts.append(draft, [records.entry(1)])
        assert uow.drafts.get(draft).journal == (records.entry(1),)


def test_text_being_typed_is_replaced_and_forgotten(store: Store, draft: InstanceId) -> None:
    with store.unit_of_work() as uow:
        uow.drafts.save_typing(draft, {"/data/h01": "scho"})
        uow.drafts.save_typing(draft, {"/data/h01": "schoonm", "/data/h02": "ja"})
        uow.commit()
    with store.unit_of_work() as uow:
        assert uow.drafts.get(draft).typing == {"/data/h01": "schoonm", "/data/h02": "ja"}
        uow.drafts.save_typing(draft, {})
        assert uow.drafts.get(draft).typing == {}


def test_drafts_are_listed_oldest_first(store: Store, draft: InstanceId) -> None:
    with store.unit_of_work() as uow:
        uow.drafts.add(records.header("uuid:draft-0", minutes=-5))
        assert [each.instance_id for each in uow.drafts.list()] == ["uuid:draft-0", "uuid:draft-1"]


def test_a_removed_draft_is_gone_with_all_of_it(store: Store, draft: InstanceId) -> None:
    with store.unit_of_work() as uow:
        uow.drafts.append(draft, [records.entry(0)])
        uow.drafts.save_typing(draft, {"/data/h01": "scho"})
        uow.drafts.remove(draft)
        uow.commit()
    with store.unit_of_work() as uow:
        with pytest.raises(RecordMissing):
            uow.drafts.get(draft)
        uow.drafts.add(records.header())
        assert uow.drafts.get(draft).journal == ()
        assert uow.drafts.get(draft).typing == {}


def test_an_unknown_draft_is_missing(store: Store) -> None:
    nobody = InstanceId("uuid:none")
    with store.unit_of_work() as uow:
        for act in (
            lambda: uow.drafts.get(nobody),
            lambda: uow.drafts.append(nobody, [records.entry(0)]),
            lambda: uow.drafts.save_typing(nobody, {"/data/a": "b"}),
            lambda: uow.drafts.save_savepoint(nobody, b"", 0),
            lambda: uow.drafts.remove(nobody),
        ):
            with pytest.raises(RecordMissing):
                act()


def test_every_answer_to_a_consent_is_kept_in_order(store: Store, person: ParticipantId) -> None:
    yes = records.consent(ConsentCode.SHARING, organisation="Graafschap College")
    answers = (
        records.consent(ConsentCode.CENTRAL, given=False),
        yes,
        replace(yes, withdrawn_at=records.NOON + timedelta(days=2)),
    )
    with store.unit_of_work() as uow:
        for answer in answers:
            uow.consents.add(person, answer)
        uow.commit()
    with store.unit_of_work() as uow:
        assert uow.consents.of(person) == answers
        with pytest.raises(RecordMissing):
            uow.consents.add(ParticipantId("nobody"), yes)


def test_plans_come_back_by_number_and_by_person(store: Store, person: ParticipantId) -> None:
    with store.unit_of_work() as uow:
        uow.plans.add(records.plan("b", minutes=5))
        uow.plans.add(records.plan("a"))
        uow.commit()
    with store.unit_of_work() as uow:
        assert uow.plans.get("b") == records.plan("b", minutes=5)
        assert [each.plan_number for each in uow.plans.of_participant(person)] == ["a", "b"]
        with pytest.raises(RecordExists):
            uow.plans.add(records.plan("a"))
        with pytest.raises(RecordMissing):
            uow.plans.get("c")
        with pytest.raises(RecordMissing):
            uow.plans.add(records.plan("c", "nobody"))
