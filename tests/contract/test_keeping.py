"""What outlives a talk, on the fake and on the real store: case cards, counting, withdrawals, requests, clocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from intake_app.domain.consent import ConsentCode
from intake_app.domain.draft import AuditLine
from intake_app.domain.follow_up import MET, REPLACED, TasterState, TasterStep
from intake_app.domain.ids import FormId, InstanceId, ParticipantId
from intake_app.domain.instance import InstanceStatus
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


@pytest.mark.parametrize("name", ["uuid:intake-1", "uuid:intake-2"])
def test_a_record_that_begins_anew_takes_the_place_of_the_old_one_with_all_that_hangs_on_it(
    store: Store, person: ParticipantId, name: str
) -> None:
    old, new = InstanceId("uuid:intake-1"), InstanceId(name)
    fresh = replace(records.instance(), instance_id=new, deprecated_id=None, xml=b"<data/>", released_xml=b"<less/>")
    with store.unit_of_work() as uow:
        uow.instances.add(replace(records.instance(), deprecated_id=InstanceId("uuid:intake-0")))
        uow.plans.add(replace(records.plan(), instance_id=old))
        uow.files.save(person, old, "upload", "foto.jpg", b"1")
        uow.instances.begin_anew(old, fresh)
        uow.plans.rewrite(records.plan().plan_number, b"{}")
        uow.commit()
    with store.unit_of_work() as uow:
        assert uow.instances.of_participant(person) == (fresh,)
        (plan,) = uow.plans.of_participant(person)
        assert (plan.instance_id, plan.document) == (new, b"{}")
        assert uow.files.get(new, "upload", "foto.jpg") == b"1"
        assert bool(uow.files.names(old, "upload")) is (old == new)
        with pytest.raises(RecordMissing):
            uow.instances.begin_anew(InstanceId("uuid:nobody"), fresh)
        with pytest.raises(RecordMissing):
            uow.plans.rewrite("0000-0000-9", b"{}")


def test_a_withdrawal_keeps_what_began_anew_under_which_name(open_store: Callable[[], Store], store: Store) -> None:
    anew = ((InstanceId("uuid:1"), InstanceId("uuid:3")), (InstanceId("uuid:2"), InstanceId("uuid:3")))
    told = replace(records.withdrawal(ConsentCode.NEEDS), anew=anew)
    with store.unit_of_work() as uow:
        uow.rights.withdraw(told)
        uow.commit()
    with open_store().unit_of_work() as uow:
        assert uow.rights.withdrawals() == (told,)


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


# ------------------------------------------------------------------ follow-up talks
CARD = ParticipantId("card:p-1")


def test_a_follow_up_on_a_card_outlives_the_person_and_goes_with_the_card(
    open_store: Callable[[], Store], store: Store, person: ParticipantId
) -> None:
    with store.unit_of_work() as uow:
        uow.cards.save(records.card())
        uow.follow_ups.save(records.follow_up())
        uow.outbox.add(records.item("uuid:follow-1", CARD))
        uow.commit()
    with store.unit_of_work() as uow:
        uow.participants.erase(person, LATER)
        uow.commit()
    again = open_store()
    with again.unit_of_work() as uow:
        assert uow.follow_ups.of(CARD) == (records.follow_up(),)
        assert uow.outbox.get(InstanceId("uuid:follow-1")) == records.item("uuid:follow-1", CARD)
        assert [head.participant_id for head in uow.outbox.heads()] == [CARD]
        assert [(stay.card_id, stay.waiting) for stay in uow.cards.stays()] == [(CARD, 1)]
        uow.cards.erase(person, LATER)
        assert uow.follow_ups.list() == ()
        assert uow.outbox.waiting() == ()
        uow.commit()


def test_a_follow_up_without_a_card_goes_with_its_person(store: Store, person: ParticipantId) -> None:
    with store.unit_of_work() as uow:
        uow.follow_ups.save(records.follow_up(owner=person))
        uow.participants.erase(person, LATER)
        assert uow.follow_ups.list() == ()


def test_a_follow_up_hangs_on_a_card_or_a_person_that_is_there(store: Store) -> None:
    with store.unit_of_work() as uow:
        for owner in ("card:nobody", "nobody"):
            with pytest.raises(RecordMissing):
                uow.follow_ups.save(records.follow_up(owner=owner))
        with pytest.raises(RecordMissing):
            uow.outbox.add(records.item("uuid:follow-1", "card:nobody"))
        with pytest.raises(RecordMissing):
            uow.follow_ups.get(InstanceId("uuid:nobody"))


def test_an_open_follow_up_is_replaced_while_it_goes_on_and_then_finished(store: Store) -> None:
    open_one = replace(records.follow_up(status=InstanceStatus.INCOMPLETE), released_xml=None, typing={"/data/x": "ik"})
    with store.unit_of_work() as uow:
        uow.cards.save(records.card())
        uow.follow_ups.save(open_one)
        assert uow.follow_ups.get(open_one.instance_id) == open_one
        uow.follow_ups.save(records.follow_up(minutes=5))
        uow.commit()
    with store.unit_of_work() as uow:
        (kept,) = uow.follow_ups.list()
        assert kept == records.follow_up(minutes=5)
        uow.follow_ups.remove(kept.instance_id)
        assert uow.follow_ups.list() == ()


def test_old_follow_ups_go_but_not_what_is_open_waits_or_is_of_another_form(store: Store) -> None:
    others = {
        "uuid:open": replace(records.follow_up("uuid:open"), status=InstanceStatus.INCOMPLETE),
        "uuid:waits": records.follow_up("uuid:waits"),
        "uuid:counts": replace(records.follow_up("uuid:counts"), form_id=FormId("status")),
        "uuid:later": records.follow_up("uuid:later", minutes=90),
    }
    with store.unit_of_work() as uow:
        uow.cards.save(records.card())
        for one in (records.follow_up(), *others.values()):
            uow.follow_ups.save(one)
        uow.outbox.add(records.item("uuid:waits", CARD))
        assert uow.follow_ups.forget_before(FormId("follow_up"), records.NOON + timedelta(minutes=60)) == 1
        assert {one.instance_id for one in uow.follow_ups.list()} == set(others)
        assert uow.follow_ups.forget_open_before(records.NOON) == 0
        assert uow.follow_ups.forget_open_before(LATER) == 1
        assert {one.instance_id for one in uow.follow_ups.list()} == set(others) - {"uuid:open"}


def test_a_correction_may_come_to_name_another_version(store: Store) -> None:
    first = replace(records.follow_up(), deprecated_id=InstanceId("uuid:before"))
    with store.unit_of_work() as uow:
        uow.cards.save(records.card())
        uow.follow_ups.save(first)
        uow.follow_ups.save(replace(first, deprecated_id=InstanceId("uuid:at-the-centre")))
        uow.commit()
    with store.unit_of_work() as uow:
        assert uow.follow_ups.get(first.instance_id).deprecated_id == "uuid:at-the-centre"


def test_what_met_about_a_follow_up_goes_with_it_and_what_it_replaced_when_it_waits_no_longer(store: Store) -> None:
    old, later = InstanceId("uuid:follow-1"), InstanceId("uuid:later")
    with store.unit_of_work() as uow:
        uow.cards.save(records.card())
        uow.follow_ups.save(records.follow_up())
        uow.follow_ups.save(records.follow_up("uuid:later", minutes=90))
        uow.outbox.add(records.item("uuid:later", CARD))
        for name in (old, later):
            for kind in (MET, REPLACED, "sent"):
                uow.files.save(CARD, name, kind, "a", b"1")
        assert uow.files.of_kind(MET) == ((CARD, "a"), (CARD, "a"))
        uow.follow_ups.forget_before(FormId("follow_up"), records.NOON + timedelta(minutes=60))
        assert [uow.files.names(old, kind) for kind in (MET, REPLACED, "sent")] == [(), (), ("a",)]
        assert [uow.files.names(later, kind) for kind in (MET, REPLACED, "sent")] == [("a",)] * 3
        uow.outbox.remove(later)
        uow.follow_ups.forget_before(FormId("follow_up"), records.NOON)
        assert [uow.files.names(later, kind) for kind in (MET, REPLACED)] == [("a",), ()]
        uow.commit()


def test_what_a_card_sent_is_confirmed(store: Store) -> None:
    with store.unit_of_work() as uow:
        uow.cards.save(records.card())
        uow.outbox.add(records.item("uuid:follow-1", CARD))
        uow.outbox.confirm(records.receipt("uuid:follow-1"))
        assert uow.outbox.waiting() == ()
        assert uow.outbox.receipts() == (records.receipt("uuid:follow-1"),)


def test_a_card_keeps_its_tasters_referrals_and_days(store: Store) -> None:
    full = replace(
        records.card(),
        tasters=(TasterStep("taster_zorg", "Meekijken in de zorg", TasterState.REGISTERED, records.NOON.date()),),
        referrals=("taalhuis",),
        spoken_on=(records.NOON.date(),),
        missed=2,
        closed=True,
        counted=("guided",),
    )
    with store.unit_of_work() as uow:
        uow.cards.save(full)
        assert uow.cards.list() == (full,)


def test_files_of_a_follow_up_hang_on_the_card_and_go_with_it(store: Store, person: ParticipantId) -> None:
    talk = InstanceId("uuid:follow-1")
    with store.unit_of_work() as uow:
        uow.cards.save(records.card())
        uow.files.save(CARD, talk, "outbox", "submission.xml.enc", b"locked")
        uow.participants.erase(person, LATER)
        assert uow.files.get(talk, "outbox", "submission.xml.enc") == b"locked"
        uow.cards.erase(person, LATER)
        assert uow.files.names(talk, "outbox") == ()
        with pytest.raises(RecordMissing):
            uow.files.save(ParticipantId("card:nobody"), talk, "outbox", "submission.xml.enc", b"locked")
