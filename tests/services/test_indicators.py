"""What a laptop counts over a year, with and without the centre, adds up to the same as its records would tell."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest

from intake_app.domain.clock import FixedClock
from intake_app.domain.consent import ConsentCode
from intake_app.domain.counting import (
    PROGRESS_MONTHS,
    Contact,
    ContactFacts,
    CountedTalk,
    Evidence,
    Period,
    add_months,
)
from intake_app.domain.ids import AccountId
from intake_app.domain.keeping import CountingRow
from intake_app.errors import RecordExists, RecordMissing
from intake_app.monitoring.people import counts_of_people
from intake_app.monitoring.tally import counts_of_tally
from intake_app.services.counting import close_quarters, count_contact, local_tally
from intake_app.services.counting_rows import sums, talk_row
from intake_app.services.housekeeping import clear_due
from intake_app.services.indicators import (
    note_training,
    practice_report,
    read_period,
    report_of,
    report_paper,
    training_days,
)
from intake_app.services.office import Office
from intake_app.services.withdrawal import withdraw
from tests.fakes.storage import InMemoryStore
from tests.services.helps import MORNING, NT1, leaves, make_office, played, told

TALK_DAY = date(2027, 3, 10)
YEARS = Period(date(2027, 1, 1), date(2028, 12, 31), date(2029, 12, 31))


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MORNING)


@pytest.fixture
def store() -> InMemoryStore:
    return InMemoryStore()


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


def counted(store: InMemoryStore, *contacts: tuple[date, ContactFacts], central: bool = False) -> None:
    """A talk and its contacts, as the follow-up calls them one after another."""
    already: frozenset[str] = frozenset()
    with store.unit_of_work() as uow:
        row = talk_row({"referral": "made made"}, TALK_DAY, location="Groenlo", central=central)
        uow.counting.add(CountingRow("talk", "2027-Q1", row))
        for day, facts in contacts:
            already = count_contact(
                uow, facts, already, talk_day=TALK_DAY, now=at(day), handed_over=True, location="Groenlo",
                central=central,
            )  # fmt: skip
        uow.commit()


def tally(store: InMemoryStore, today: date = date(2029, 12, 31)) -> Counter[str]:
    counts = counts_of_tally(local_tally(store, today), YEARS)
    return sum(counts.values(), Counter())


def test_each_thing_counts_once_per_person_however_often_it_is_told(store: InMemoryStore) -> None:
    counted(
        store,
        (date(2027, 3, 24), ContactFacts(True, 0, attended=1, first_step_days=4, skills="same")),
        (date(2027, 6, 10), ContactFacts(True, 3, outcome="work", attended=2, arrived=1, skills="higher")),
        (date(2028, 3, 10), ContactFacts(True, 12, outcome="work", first_step_days=9, skills="higher")),
    )
    # the person is guided at the first contact; work is told at the moment of 3 months, so within 3, 6 and 12
    expected = {
        "talks": 1, "persons": 1, "pilot": 1, "guided": 1, "taster": 1, "due_3": 1, "due_6": 1, "due_12": 1,
        "moved_3": 1, "moved_6": 1, "moved_12": 1, "referral:made": 2, "referral:arrived": 1, "first_step:4": 1,
        "measured:yes": 1, "grown:yes": 1,
    }  # fmt: skip
    assert tally(store) == expected


def test_first_contact_after_90_days_makes_nobody_guided_and_then_nothing_moves_on(store: InMemoryStore) -> None:
    counted(store, (date(2027, 9, 10), ContactFacts(True, 6, outcome="work")))
    found = tally(store)
    assert found["guided"] == found["moved_6"] == found["due_12"] == 0


def test_who_was_not_reached_adds_nothing(store: InMemoryStore) -> None:
    counted(store, (date(2027, 3, 24), ContactFacts(False, 0, outcome="work", attended=1, first_step_days=3)))
    assert tally(store).keys() == {"talks", "persons", "pilot", "referral:made"}


def test_consent_given_only_at_the_follow_up_counts_the_talk_then(store: InMemoryStore) -> None:
    with store.unit_of_work() as uow:
        now = at(date(2027, 4, 2))
        count_contact(
            uow, ContactFacts(True, 0), frozenset(), talk_day=TALK_DAY, now=now, handed_over=True, location="Groenlo",
            central=False, group="jobseeker_distance", newly=True,
        )  # fmt: skip
        uow.commit()
    found = tally(store)
    assert (found["talks"], found["guided"], found["group:jobseeker_distance"]) == (1, 1, 1)


@pytest.mark.parametrize("seed", range(12))
def test_the_tally_of_a_laptop_agrees_with_what_the_records_tell(store: InMemoryStore, seed: int) -> None:
    """The same people once by their records (as Central has them) and once by counting rows without any number."""
    chance = random.Random(seed)
    contacts, facts = [], []
    for month, due in ((0, TALK_DAY + timedelta(days=14)), *((n, add_months(TALK_DAY, n)) for n in PROGRESS_MONTHS)):
        outcome = chance.choice(["", "none", "unknown", "work", "education", "volunteer"])
        attended, reached = chance.randint(0, 1), chance.random() < 0.8
        contacts.append(Contact(due, reached, outcome, attended=attended))
        facts.append((due, ContactFacts(reached, month, outcome, attended)))
    counted(store, *facts)
    talk = CountedTalk("a", "Groenlo", TALK_DAY, "full", "complete", True, True, referrals=2)
    theirs = counts_of_people(Evidence((talk,), {"a": tuple(contacts)}), YEARS)["Groenlo"]
    ours = tally(store)
    del ours["talks"]
    assert ours == theirs


def test_a_year_later_the_counts_are_still_there_and_the_rows_are_gone(store: InMemoryStore) -> None:
    office = make_office()
    counted(store, (date(2027, 6, 1), ContactFacts(True, 3, outcome="work")))
    before = tally(store)
    close_quarters(store, office.forms["status"], date(2027, 4, 2), at(date(2027, 4, 2)))
    close_quarters(store, office.forms["status"], date(2027, 7, 2), at(date(2027, 7, 2)))
    with store.unit_of_work() as uow:
        assert uow.counting.list() == ()
    assert tally(store) == before
    assert close_quarters(store, office.forms["status"], date(2028, 1, 1), at(date(2028, 1, 1))) == 0


@pytest.mark.parametrize("central", [True, False])
def test_the_tally_that_is_sent_leaves_out_what_the_centre_knows_from_the_records(
    store: InMemoryStore, central: bool
) -> None:
    office = make_office()
    facts = ContactFacts(True, 3, outcome="work", attended=1, skills="higher", first_step_days=3)
    counted(store, (date(2027, 3, 20), facts), central=central)
    close_quarters(store, office.forms["status"], date(2027, 4, 2), at(date(2027, 4, 2)))
    with store.unit_of_work() as uow:
        sent = {found["counter"][0] for found in map(leaves, (item.xml for item in uow.outbox.waiting()))}
    known = {"talks", "measured:yes", "grown:yes"}
    assert sent >= known
    assert (sent == known) is central
    assert ("guided:2027-Q1" in sent) is not central


def test_places_of_one_laptop_are_told_apart(store: InMemoryStore) -> None:
    rows = [CountingRow(str(n), "2027-Q1", {"location": place, "useful": "4"}) for n, place in enumerate(["A b", "C"])]
    assert sums(rows, "elsewhere") == {"A b": {"talks": 1, "useful:4": 1}, "C": {"talks": 1, "useful:4": 1}}
    assert sums([CountingRow("1", "2027-Q1", {"useful": "4"})], "elsewhere")["elsewhere"]["talks"] == 1


# ---------------------------------------------------------------------- talks
def finished(office: Office, answers: Mapping[str, str]) -> str:
    conversation = played(office, NT1)
    told(conversation, answers)
    conversation.plan_handed_over()
    office.finish(conversation)
    return conversation.talk.header.participant_id


def test_a_talk_counts_only_with_the_consent_and_practice_never(clock: FixedClock) -> None:
    office = make_office(clock=clock)
    finished(office, {"consent_stats": "yes", "useful": "5"})
    finished(office, {"consent_stats": "no"})
    found = tally(office.store)  # type: ignore[arg-type]  # the office of the tests stands on the fake
    assert (found["talks"], found["useful:5"], found["talks_without_c2_or_c6"]) == (1, 1, 1)


def test_a_consent_taken_back_counts_nothing_from_then_on_and_the_closed_count_stays(clock: FixedClock) -> None:
    office = make_office(clock=clock)
    person = finished(office, {"consent_stats": "yes"})
    withdraw(office, person, ConsentCode.COUNTING)  # type: ignore[arg-type]  # an id is a text
    clock.moment += timedelta(days=120)
    clear_due(office)
    assert tally(office.store)["talks"] == 1  # type: ignore[arg-type]  # as above


def test_school_level_is_the_persons_own_not_that_of_the_occupation(clock: FixedClock) -> None:
    office = make_office(clock=clock)
    # six years at school is level 0, below 3; mbo 3 is not; "weet ik niet" is nobody's level
    for years, level in (("y1_6", ""), ("y10_12", "mbo3"), ("unsure", "unsure")):
        finished(office, {"consent_stats": "yes", "highest": years, "nl_level": level})
    found = tally(office.store)  # type: ignore[arg-type]  # as above
    assert (found["low_level:yes"], found["low_level:no"]) == (1, 1)


# ---------------------------------------------------------------------- reports
def test_the_numbers_of_this_laptop_as_a_report_and_on_paper(clock: FixedClock) -> None:
    office = make_office(clock=clock)
    office.letters = office.printer  # type: ignore[assignment]  # it draws both
    period = read_period(office.store, office.clock)
    assert (period.first, period.last) == (date(2027, 1, 1), date(2028, 12, 31))
    report = report_of(office.store, period)
    assert (report.sources, report.practice) == (("local",), False)
    assert report_paper(office, report).startswith(b"%PDF")


def test_practice_is_as_it_stands_at_the_end_of_its_period() -> None:
    early = Period(date(2027, 1, 1), date(2028, 12, 31), date(2026, 11, 22))
    report = practice_report(early)
    assert report.practice
    assert report.period.as_of == date(2028, 12, 31)
    assert (report.indicator("ind01").figure("count").value or 0) > 100


def test_training_counts_once_for_an_account(store: InMemoryStore, clock: FixedClock) -> None:
    me = store.account.account_id
    note_training(store, me, date(2027, 2, 1), clock)
    with pytest.raises(RecordExists):
        note_training(store, me, date(2027, 2, 3), clock)
    with pytest.raises(RecordMissing):
        note_training(store, AccountId("nobody"), date(2027, 2, 1), clock)
    assert training_days(store) == {me: date(2027, 2, 1)}
    assert tally(store)["trained"] == 1


@pytest.mark.parametrize(("said", "flag"), [("yes", ["no"]), ("no", [""])])
def test_the_record_of_a_talk_says_whether_it_counts_and_nothing_else_of_it(
    clock: FixedClock, said: str, flag: list[str]
) -> None:
    office = make_office(clock=clock)
    finished(office, {"consent_stats": said})
    with office.store.unit_of_work() as uow:
        sent = [leaves(item.xml) for item in uow.outbox.waiting() if item.form_id == "status"]
    (status,) = [one for one in sent if one["kind"] == ["talk"]]
    assert status.get("guided", [""]) == flag
    assert status["participant_number"] != [""]
    assert "target_group" not in status
