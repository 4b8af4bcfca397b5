"""My people: found at once however they are written, and a file only for who knows two things of the person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from intake_app.domain.draft import AuditLine
from intake_app.domain.ids import ParticipantId
from intake_app.domain.keeping import CARD_PREFIX, CaseCard
from intake_app.errors import PersonNotMatched, RecordMissing
from intake_app.services.office import Office
from intake_app.services.people import PeopleSearch, PersonSummary, Standing, due, list_people, open_file
from intake_app.services.ports import Store
from intake_app.services.recording import participant_of
from intake_app.storage.gate import SqlStore
from tests.fakes import records
from tests.services.helps import NT1, make_office, played

TODAY = date(2026, 3, 2)


def add_person(store: Store, number: str, name: str, minutes: int = 0, age_group: str = "27_56") -> ParticipantId:
    person = replace(records.participant(f"p-{number}", number, name, minutes), age_group=age_group)
    with store.unit_of_work() as uow:
        uow.participants.add(person)
        uow.drafts.add(records.header(f"uuid:{number}", f"p-{number}", minutes))
        uow.commit()
    return person.participant_id


def add_card(store: Store, number: str, name: str, next_date: date | None) -> ParticipantId:
    owner = ParticipantId(f"p-{number}")
    card = CaseCard(
        card_id=f"{CARD_PREFIX}{number}",
        participant_id=owner,
        number=records.participant("x", number).number,
        account_id=records.ACCOUNT,
        made_at=records.NOON,
        runs_from=records.NOON,
        call_name=name,
        contact=("0612345678",),
        language="ar",
        next_date=next_date,
    )
    with store.unit_of_work() as uow:
        uow.cards.save(card)
        uow.commit()
    return owner


def found(people: tuple[PersonSummary, ...]) -> list[str]:
    return [person.call_name for person in people]


def test_the_list_is_the_own_caseload_last_active_in_front(office: Office) -> None:
    add_person(office.store, "1111-1111", "Truus")
    add_person(office.store, "2222-2222", "Samira", minutes=60)
    add_card(office.store, "3333-3333", "Oksana", TODAY)

    people = list_people(office.store)

    assert [(one.call_name, one.standing) for one in people] == [
        ("Samira", Standing.OPEN),
        ("Truus", Standing.OPEN),
        ("Oksana", Standing.CARD),
    ]
    assert people[2].next_date == TODAY


def test_a_finished_talk_waits_and_is_then_kept_as_sent(open_store: Callable[[], SqlStore]) -> None:
    store = open_store()
    office = make_office(store)
    office.finish(played(office, NT1))
    waiting = list_people(store)[0]
    for item in office.outbox().waiting():
        office.outbox().confirm(records.receipt(item.instance_id))

    assert waiting.standing is Standing.WAITING
    assert list_people(store)[0].standing is Standing.SENT


def test_two_people_of_one_name_are_marked_however_it_is_written(office: Office) -> None:
    for number, name in (
        ("1111-1111", "Fatíma"),
        ("2222-2222", "FATIMA "),
        ("3333-3333", "Truus"),
        ("4", ""),
        ("5", ""),
    ):
        add_person(office.store, number, name)

    assert {one.call_name for one in list_people(office.store) if one.same_name} == {"Fatíma", "FATIMA"}


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", ["Žaneta", "أحمد", "المصطفى", "Jan-Willem", "Fatima"]),
        ("zan", ["Žaneta"]),
        ("WILL", ["Jan-Willem"]),
        ("illem", []),
        ("احم", ["أحمد"]),
        ("أحمد", ["أحمد"]),
        ("المص", ["المصطفى"]),
        ("مصط", ["المصطفى"]),
        ("0003", ["المصطفى"]),
        ("47 11-0001", ["Žaneta"]),
        ("fat 27", ["Fatima"]),
        ("fat 28", []),
        ("maart", ["Žaneta", "أحمد", "المصطفى", "Jan-Willem", "Fatima"]),
        ("...", ["Žaneta", "أحمد", "المصطفى", "Jan-Willem", "Fatima"]),
    ],
)
def test_people_are_found_while_one_types(typed: str, names: list[str]) -> None:
    people = [
        PersonSummary(ParticipantId(f"p-{number}"), f"4711-{number:04}", Standing.OPEN, records.NOON, name)
        for number, name in enumerate(("Žaneta", "أحمد", "المصطفى", "Jan-Willem", "Fatima"), start=1)
    ]
    search = PeopleSearch(people, lambda person: "27 maart" if person.call_name == "Fatima" else "maart")

    assert found(search.find(typed)) == names


def test_what_the_list_shows_of_a_person_is_asked_once_however_much_is_typed() -> None:
    people = [
        PersonSummary(ParticipantId(str(number)), f"{number:04}-2085", Standing.OPEN, records.NOON, f"Fatima {number}")
        for number in range(1000)
    ]
    asked: list[str] = []

    def more(person: PersonSummary) -> str:
        asked.append(person.number)
        return "gesprek niet af 3 maart 2026"

    search = PeopleSearch(people, more)
    counts = [len(search.find(typed)) for typed in ("f", "fa", "fatima 9", "0012", "niet af")]

    assert counts == [1000, 1000, 111, 2, 1000]
    assert asked == [person.number for person in people]


def test_whom_to_call_today_is_who_was_promised_the_longest_ago(office: Office) -> None:
    for number, days in (("1111-1111", 1), ("2222-2222", 0), ("3333-3333", -9)):
        add_card(office.store, number, number, TODAY + timedelta(days=days))
    add_card(office.store, "4444-4444", "never", None)

    assert found(due(list_people(office.store), TODAY)) == ["3333-3333", "2222-2222"]


def test_a_file_opens_by_name_and_age_or_by_name_and_number(office: Office) -> None:
    person = add_person(office.store, "4711-2085", "Fatíma")
    for marks in ({"age_group": "27_56"}, {"number": "4711 2085"}, {"number": "47112085", "age_group": "57_plus"}):
        opened = open_file(office.store, office.clock, person, call_name="fatima", **marks)
        assert (opened.summary.number, len(opened.talks)) == ("4711-2085", 1)


@pytest.mark.parametrize(
    "marks",
    [
        {"call_name": "Fatima"},
        {"call_name": "Fatima", "age_group": "57_plus"},
        {"call_name": "Fatima", "number": "4711-2086"},
        {"call_name": "Samira", "number": "4711-2085"},
        {"call_name": "", "number": "4711-2085"},
        {"call_name": "Fatima", "number": " - "},
    ],
)
def test_one_match_is_not_enough(office: Office, marks: dict[str, str]) -> None:
    person = add_person(office.store, "4711-2085", "Fatima")
    with pytest.raises(PersonNotMatched):
        open_file(office.store, office.clock, person, **{"age_group": "", **marks})
    with office.store.unit_of_work() as uow:
        assert uow.audit.list() == ()


def test_somebody_without_a_name_or_age_is_opened_by_the_number_alone(office: Office) -> None:
    person = add_person(office.store, "4711-2085", "", age_group="")
    opened = open_file(office.store, office.clock, person, call_name="", number="4711-2085")
    assert opened.summary.participant_id == person
    with pytest.raises(PersonNotMatched):
        open_file(office.store, office.clock, person, call_name="", age_group="")


def test_opening_is_written_in_the_access_log_without_a_word_of_content(office: Office) -> None:
    person = add_person(office.store, "4711-2085", "Fatima")
    open_file(office.store, office.clock, person, call_name="Fatima", number="4711-2085")
    with office.store.unit_of_work() as uow:
        line = uow.audit.list()[-1]

    assert line == AuditLine(office.clock.now(), office.store.account.account_id, "person_opened", person)


def test_a_file_holds_talk_plan_and_consents(open_store: Callable[[], SqlStore]) -> None:
    store = open_store()
    office = make_office(store)
    conversation = played(office, NT1)
    with store.unit_of_work() as uow:
        uow.participants.save(participant_of(conversation.talk, conversation.number))
        uow.commit()
    office.finish(conversation)
    person = conversation.talk.header.participant_id
    opened = open_file(store, office.clock, person, call_name="Truus Verzonnen", age_group="27_56")

    assert [talk.instance_id for talk in opened.talks] == [conversation.talk.instance_id]
    assert [plan.plan_number for plan in opened.plans] == [f"{conversation.number}-1"]
    assert {consent.code.value for consent in opened.consents} >= {"C1", "C2", "C3"}
    assert "Truus" not in repr(opened)


def test_a_case_card_opens_after_the_talk_has_gone(office: Office) -> None:
    owner = add_card(office.store, "4711-2085", "Oksana", TODAY)
    opened = open_file(office.store, office.clock, owner, call_name="Oksana", number="4711-2085")

    assert opened.card is not None
    assert (opened.summary.standing, opened.talks, opened.plans) == (Standing.CARD, (), ())


def test_nobody_opens_who_is_not_here(office: Office) -> None:
    with pytest.raises(RecordMissing):
        open_file(office.store, office.clock, ParticipantId("p-9"), call_name="Fatima", number="1")
