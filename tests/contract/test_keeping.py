"""What outlives a talk, on the fake and on the real store: case cards, counting, withdrawals, requests, clocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from intake_app.domain.consent import ConsentCode
from intake_app.domain.draft import AuditLine
from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.domain.keeping import CountingRow, KeptConsent
from intake_app.errors import RecordErased, RecordMissing
from intake_app.services.ports import Store
from tests.fakes import records

PERSON = ParticipantId("p-1")
LATER = records.NOON + timedelta(days=20)


def test_a_case_card_outlives_the_person_it_is_about(
    open_store: Callable[[], Store], store: Store, person: ParticipantId
) -> None:
    with store.unit_of_work() as uow:
        uow.cards.save(records.card())
        uow.commit()
    with store.unit_of_work() as uow:
        uow.participants.erase(person, LATER)
        uow.commit()
    with open_store().unit_of_work() as uow:
        assert uow.cards.of(person) == records.card()
        assert uow.cards.list() == (records.card(),)
        assert [stay.card_id for stay in uow.cards.stays()] == ["card:p-1"]


def test_a_case_card_is_replaced_and_its_clock_moves(store: Store) -> None:
    later = replace(records.card(), steps=("Bellen",), runs_from=LATER)
    with store.unit_of_work() as uow:
        uow.cards.save(records.card())
        uow.cards.save(later)
        uow.commit()
    with store.unit_of_work() as uow:
        assert uow.cards.list() == (later,)


def test_an_erased_case_card_never_comes_back(open_store: Callable[[], Store], store: Store) -> None:
    with store.unit_of_work() as uow:
        uow.cards.save(records.card())
        uow.commit()
    with store.unit_of_work() as uow:
        uow.cards.erase(PERSON, LATER)
        uow.cards.erase(ParticipantId("p-without-card"), LATER)
        uow.commit()
    with open_store().unit_of_work() as uow:
        assert uow.cards.of(PERSON) is None
        assert [stone.participant_id for stone in uow.rights.tombstones()] == ["card:p-1"]
        with pytest.raises(RecordErased):
            uow.cards.save(records.card())


def test_a_card_that_was_not_committed_is_not_there(store: Store) -> None:
    with store.unit_of_work() as uow:
        uow.cards.save(records.card())
    with store.unit_of_work() as uow:
        assert uow.cards.list() == ()
        uow.cards.save(records.card())
        uow.commit()


def test_counting_rows_go_per_quarter(store: Store) -> None:
    first, second = CountingRow("a", "2026-Q1", {"site": "Aalten"}), CountingRow("b", "2026-Q2", {"site": "Aalten"})
    with store.unit_of_work() as uow:
        uow.counting.add(second)
        uow.counting.add(first)
        assert uow.counting.list() == (first, second)
        uow.counting.remove("2026-Q1")
        uow.commit()
    with store.unit_of_work() as uow:
        assert uow.counting.list() == (second,)


def test_a_withdrawn_consent_keeps_its_yes_and_the_moment_it_ended(store: Store, person: ParticipantId) -> None:
    with store.unit_of_work() as uow:
        uow.consents.add(person, records.consent(ConsentCode.CENTRAL))
        uow.consents.add(person, records.consent(ConsentCode.SHARING, organisation="taalhuis"))
        assert uow.consents.withdraw(person, ConsentCode.CENTRAL, "", LATER) == 1
        assert uow.consents.withdraw(person, ConsentCode.CENTRAL, "", LATER) == 0
        assert uow.consents.withdraw(person, ConsentCode.SHARING, "gemeente", LATER) == 0
        uow.commit()
    with store.unit_of_work() as uow:
        central, sharing = uow.consents.of(person)
    assert (central.given, central.withdrawn_at) == (True, LATER)
    assert sharing.withdrawn_at is None


def test_withdrawals_and_requests_stay_when_the_person_has_gone(store: Store, person: ParticipantId) -> None:
    with store.unit_of_work() as uow:
        uow.rights.withdraw(records.withdrawal())
        uow.rights.ask(records.request())
        uow.participants.erase(person, LATER)
        uow.commit()
    with store.unit_of_work() as uow:
        assert uow.rights.withdrawals() == (records.withdrawal(),)
        assert uow.rights.requests() == (records.request(),)
        (stone,) = uow.rights.tombstones()
        assert (stone.participant_id, stone.number, stone.erased_at) == (person, "4711-2085", LATER)
        uow.rights.carried_out(InstanceId("uuid:request-1"), LATER)
        with pytest.raises(RecordMissing):
            uow.rights.carried_out(InstanceId("uuid:unknown"), LATER)
        assert uow.rights.requests()[0].done_at == LATER


def test_proof_is_kept_until_its_time_and_open_requests_always(store: Store) -> None:
    proof = KeptConsent(records.NUMBER, records.consent(), records.NOON)
    with store.unit_of_work() as uow:
        uow.rights.keep_consents((proof, replace(proof, ended_at=LATER)))
        uow.rights.ask(records.request())
        uow.rights.ask(replace(records.request("uuid:done"), done_at=records.NOON))
        assert uow.rights.forget_before(LATER) == 2
        assert uow.rights.kept_consents() == (replace(proof, ended_at=LATER),)
        assert [request.instance_id for request in uow.rights.requests()] == ["uuid:request-1"]


def test_clocks_are_read_from_what_is_here(store: Store, person: ParticipantId) -> None:
    with store.unit_of_work() as uow:
        uow.drafts.add(records.header(minutes=5))
        uow.instances.add(records.instance(minutes=7))
        uow.outbox.add(records.item())
        uow.outbox.add(records.item("uuid:sent"))
        uow.outbox.confirm(records.receipt("uuid:sent"))
        uow.commit()
    with store.unit_of_work() as uow:
        (stay,) = uow.stays.list()
        assert (stay.participant_id, stay.number, stay.own) == (person, "4711-2085", True)
        assert stay.open_talks == (records.header().instance_id,)
        assert stay.open_at == records.NOON + timedelta(minutes=5)
        assert stay.finished_at == records.NOON + timedelta(minutes=7)
        assert (stay.waiting, stay.waiting_since) == (1, records.item().queued_at)
        assert stay.confirmed_at == records.receipt().received_at
        uow.stays.remove_talk(records.header().instance_id)
        assert uow.drafts.list() == ()
        with pytest.raises(RecordMissing):
            uow.stays.remove_talk(records.header().instance_id)


def test_a_record_can_be_rewritten_without_an_answer_and_taken_out_of_the_queue(
    store: Store, person: ParticipantId
) -> None:
    with store.unit_of_work() as uow:
        uow.instances.add(records.instance())
        uow.outbox.add(records.item("uuid:intake-1"))
        uow.instances.rewrite(InstanceId("uuid:intake-1"), b"<data/>", None)
        uow.outbox.remove(InstanceId("uuid:intake-1"))
        uow.commit()
    with store.unit_of_work() as uow:
        kept = uow.instances.get(InstanceId("uuid:intake-1"))
        assert (kept.xml, kept.released_xml) == (b"<data/>", None)
        assert uow.outbox.waiting() == ()
        with pytest.raises(RecordMissing):
            uow.outbox.remove(InstanceId("uuid:intake-1"))
        uow.instances.remove(InstanceId("uuid:intake-1"))
        assert uow.instances.of_participant(person) == ()


def test_the_access_log_is_whole_and_goes_from_its_beginning(store: Store) -> None:
    lines = [AuditLine(records.NOON + timedelta(days=day), records.ACCOUNT, "opened", f"p-{day}") for day in range(5)]
    with store.unit_of_work() as uow:
        for line in lines:
            uow.audit.add(line)
        assert uow.audit.verify() == 5
        assert uow.audit.forget_before(records.NOON + timedelta(days=2)) == 2
        assert uow.audit.list() == tuple(lines[2:])
        assert uow.audit.verify() == 3
        assert uow.audit.forget_before(records.NOON + timedelta(days=99)) == 3
        uow.audit.add(lines[0])
        assert uow.audit.verify() == 1
        uow.commit()
