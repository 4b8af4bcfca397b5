"""The clocks of DOMAIN 8.11: what is due goes, what must wait stays, and a clock that jumped wipes nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from intake_app.domain.clock import FixedClock
from intake_app.domain.clocks import RetentionClocks
from intake_app.domain.consent import ConsentCode
from intake_app.domain.draft import AuditLine
from intake_app.domain.ids import AccountId, InstanceId, ParticipantId, ParticipantNumber
from intake_app.domain.instance import InstanceStatus, Receipt
from intake_app.domain.keeping import Stay
from intake_app.errors import ClockDoubtful, UnsentTooLong
from intake_app.services.conversation import Conversation
from intake_app.services.housekeeping import (
    Kind,
    clear_due,
    cleared_today,
    clock_doubt,
    coming,
    talk_due,
    trust_clock,
)
from intake_app.services.office import Office
from tests.fakes.storage import InMemoryStore
from tests.services.helps import MORNING, NT1, WORKER, begun, leaves, make_office, played, told

USUAL = RetentionClocks()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MORNING)


@pytest.fixture
def office(clock: FixedClock) -> Office:
    return make_office(InMemoryStore(), clock)


def send(office: Office) -> None:
    with office.store.unit_of_work() as uow:
        for item in uow.outbox.waiting():
            uow.outbox.confirm(Receipt(item.instance_id, 201, "", office.clock.now()))
            uow.instances.set_status(item.instance_id, InstanceStatus.SUBMITTED)
        uow.commit()


def finished(office: Office) -> Conversation:
    conversation = played(office, NT1)
    office.finish(conversation)
    return conversation


def each_day(office: Office, clock: FixedClock, days: int) -> list[int]:
    """On which of the coming days talks or cards went, when the laptop is used daily."""
    gone = []
    for day in range(1, days + 1):
        clock.moment += timedelta(days=1)
        done = clear_due(office)
        gone += [day] * (done.talks + done.cards)
    return gone


def people(office: Office) -> int:
    with office.store.unit_of_work() as uow:
        return len(uow.participants.list())


def test_an_unfinished_talk_goes_thirty_days_after_its_last_entry(office: Office, clock: FixedClock) -> None:
    begun(office)
    assert each_day(office, clock, 29) == []
    assert people(office) == 1
    assert each_day(office, clock, 2) == [1]
    assert people(office) == 0


def test_an_unfinished_talk_with_an_appointment_stays_until_a_week_after_it(office: Office, clock: FixedClock) -> None:
    conversation = played(office, WORKER)
    later = (MORNING + timedelta(days=40)).date()
    told(conversation, {"follow_up": later.isoformat()})
    assert each_day(office, clock, 46) == []
    assert each_day(office, clock, 2) == [1]


def test_a_finished_talk_goes_thirty_days_after_the_server_confirmed_it_and_leaves_the_card(
    office: Office, clock: FixedClock
) -> None:
    finished(office)
    each_day(office, clock, 20)
    assert people(office) == 1
    send(office)
    assert 30 in each_day(office, clock, 31)
    assert people(office) == 0


def test_the_card_goes_thirty_days_after_the_last_follow_up_and_the_talk_does_not_take_it_along(
    office: Office, clock: FixedClock
) -> None:
    finished(office)
    send(office)
    # the appointment lies fourteen days ahead: the card's own days begin there
    assert each_day(office, clock, 60) == [30, 44]
    with office.store.unit_of_work() as uow:
        assert uow.cards.list() == ()
        assert {stone.number == "" for stone in uow.rights.tombstones()} == {True, False}


def test_a_cleared_talk_leaves_proof_of_its_consents_for_a_year_and_no_longer(
    office: Office, clock: FixedClock
) -> None:
    finished(office)
    send(office)
    each_day(office, clock, 31)
    with office.store.unit_of_work() as uow:
        assert {kept.record.code for kept in uow.rights.kept_consents()} >= {ConsentCode.RECORD, ConsentCode.CENTRAL}
    for _ in range(12):
        clock.moment += timedelta(days=31)
        clear_due(office)
    with office.store.unit_of_work() as uow:
        assert uow.rights.kept_consents() == ()


def test_what_must_still_be_sent_is_never_cleared(office: Office, clock: FixedClock) -> None:
    finished(office)
    for _ in range(5):
        clock.moment += timedelta(days=40)
        clear_due(office)
    assert people(office) == 1
    assert {due.waiting for due in coming(office) if due.kind is Kind.TALK} == {4}


def test_the_page_tells_what_goes_when(office: Office) -> None:
    conversation = finished(office)
    send(office)
    found = {due.kind: due for due in coming(office)}
    assert set(found) == {Kind.TALK, Kind.CARD}
    assert found[Kind.TALK].on == (MORNING + timedelta(days=30)).date()
    assert (found[Kind.TALK].number, found[Kind.TALK].call_name) == (conversation.number, "Truus Verzonnen")


@pytest.mark.parametrize("days", [-365, -3, 60, 365, 3650])
def test_a_clock_that_jumped_wipes_nothing_until_a_person_says_the_date_is_right(
    office: Office, clock: FixedClock, days: int
) -> None:
    begun(office)
    clear_due(office)
    clock.moment += timedelta(days=days)
    with pytest.raises(ClockDoubtful) as doubtful:
        clear_due(office)
    assert doubtful.value.params == {"days": days}
    assert people(office) == 1
    assert not cleared_today(office.store, office.clock.today())
    trust_clock(office.store, clock.now())
    assert clock_doubt(office.store, clock.now()) == 0
    clear_due(office)
    assert people(office) == (0 if days > 0 else 1)


def test_a_laptop_that_was_off_for_a_month_is_believed(office: Office, clock: FixedClock) -> None:
    clear_due(office)
    clock.moment += timedelta(days=35)
    clear_due(office)
    assert cleared_today(office.store, office.clock.today())


def test_the_access_log_is_kept_for_two_years(office: Office, clock: FixedClock) -> None:
    with office.store.unit_of_work() as uow:
        uow.audit.add(AuditLine(MORNING, AccountId("account-1"), "opened", "p-1"))
        uow.commit()
    for _ in range(18):
        clock.moment += timedelta(days=40)
        clear_due(office)
    with office.store.unit_of_work() as uow:
        assert "opened" in [line.action for line in uow.audit.list()]
    clock.moment += timedelta(days=40)
    clear_due(office)
    with office.store.unit_of_work() as uow:
        assert "opened" not in [line.action for line in uow.audit.list()]


@pytest.mark.parametrize(
    ("stay", "days"),
    [
        ({"open_at": MORNING}, 30),
        ({"finished_at": MORNING}, 30),
        ({"finished_at": MORNING, "confirmed_at": MORNING + timedelta(days=10)}, 40),
        ({"finished_at": MORNING, "open_at": MORNING + timedelta(days=20)}, 50),
        ({"open_at": MORNING, "own": False}, 44),
        ({}, None),
    ],
)
def test_each_clock_counts_from_its_own_moment(stay: dict[str, datetime], days: int | None) -> None:
    known = {"account_id": AccountId("a"), "practice": False, "own": True} | stay
    found = talk_due(Stay(ParticipantId("p"), ParticipantNumber("1"), **known), USUAL)  # type: ignore[arg-type]
    assert found == (None if days is None else (MORNING + timedelta(days=days)).date())


def test_a_talk_counts_without_a_number_and_is_frozen_when_the_quarter_ends(office: Office, clock: FixedClock) -> None:
    conversation = played(office, NT1)
    told(conversation, {"consent_stats": "yes", "useful": "5", "know_place": "yes"})
    office.finish(conversation)
    with office.store.unit_of_work() as uow:
        (row,) = uow.counting.list()
    assert row.quarter == "2027-Q1"
    assert row.content["municipality"] == "winterswijk"
    assert conversation.number not in str(row)
    clock.moment = datetime(2027, 4, 1, 9, tzinfo=UTC)
    assert clear_due(office).tallies > 0
    with office.store.unit_of_work() as uow:
        assert uow.counting.list() == ()
        tallies = [leaves(item.xml) for item in uow.outbox.waiting() if item.participant_id is None]
    counts = {tally["counter"][0]: tally["count"][0] for tally in tallies}
    assert counts["talks"] == "1"
    assert counts["municipality:winterswijk"] == "1"
    assert {tally["kind"][0] for tally in tallies} == {"tally"}
    assert {tally.get("participant_number", [""])[0] for tally in tallies} == {""}


def test_when_records_wait_ninety_days_no_new_talk_begins_but_practice_may(office: Office, clock: FixedClock) -> None:
    finished(office)
    clock.moment += timedelta(days=89)
    office.begin_talk()
    clock.moment += timedelta(days=2)
    with pytest.raises(UnsentTooLong) as refused:
        office.begin_talk()
    assert refused.value.params == {"days": 90}
    office.begin_talk(practice=True)
    send(office)
    office.begin_talk()


def test_practice_is_not_counted(office: Office) -> None:
    conversation = played(office, NT1, practice=True)
    told(conversation, {"consent_stats": "yes"})
    office.finish(conversation)
    with office.store.unit_of_work() as uow:
        assert uow.counting.list() == ()


def test_what_is_coming_names_the_open_talks_of_a_person(office: Office) -> None:
    begun(office)
    (due,) = coming(office)
    with office.store.unit_of_work() as uow:
        assert due.talks == tuple(InstanceId(header.instance_id) for header in uow.drafts.list())
