"""The entity list: a number, a status and a next date, in versions that another site and the centre can follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from intake_app.bootstrap import Downloader, Sender
from intake_app.central import Caseload
from intake_app.domain.caseload import CaseVersion, ListedCase, digits_of, entity_id, start_of
from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import ParticipantId
from intake_app.paths import resource_dir
from intake_app.services.caseload import (
    LIST_FILE,
    CaseNews,
    case_change,
    case_record,
    changed_cases,
    changed_elsewhere,
    joined_lists,
    known_elsewhere,
    read_list,
)
from intake_app.services.continuing import reopen_finished
from intake_app.services.follow_up_end import close_follow_up, move_follow_up
from intake_app.services.installation import ServerSettings, write_server
from intake_app.services.office import Office
from intake_app.sync.trial_receiver import TrialReceiver
from tests.fakes.storage import InMemoryStore
from tests.services.helps import MORNING, NT1, leaves, make_office, played, told

LIST = "caseload"


def a_site(receiver: TrialReceiver, folder: Path) -> Office:
    """A laptop of one site: its own store, and what came down to it."""
    office = make_office(InMemoryStore(), FixedClock(MORNING))
    write_server(office.store, ServerSettings(receiver.base_url, receiver.token, trial=True))
    return replace(
        office,
        send_round=Sender(office.store, office.clock),
        fetch_round=Downloader(folder, office.clock),
        caseload=Caseload(folder),
    )


@pytest.fixture
def receiver():
    with TrialReceiver(forms=resource_dir("forms", "compiled")) as running:
        yield running


def finished(office: Office, **changes: str) -> tuple[ParticipantId, str]:
    conversation = played(office, NT1, practice=True)
    told(conversation, changes)
    assert office.finish(conversation).stored
    return conversation.talk.header.participant_id, conversation.number


def moved(office: Office, who: ParticipantId, day: date) -> None:
    """The next talk is put off, a minute later."""
    pass_time(office)
    move_follow_up(office, who, day)


def pass_time(office: Office) -> None:
    clock = office.clock
    assert isinstance(clock, FixedClock)
    clock.moment += timedelta(minutes=1)


def rows(receiver: TrialReceiver) -> dict[str, dict[str, str]]:
    return {one.current.label: dict(one.current.data) for one in receiver.entities.of(LIST).values()}


def conflicts(receiver: TrialReceiver, number: str) -> list[str]:
    return [one.conflict for one in receiver.entities.of(LIST)[entity_id(number)].versions]


def test_a_finished_talk_makes_a_row_with_three_facts_and_nothing_else(receiver: TrialReceiver, tmp_path: Path) -> None:
    office = a_site(receiver, tmp_path)
    _, number = finished(office)
    assert office.send().sent
    assert rows(receiver) == {number: {"number": number, "status": "complete", "next_date": "2027-03-15"}}
    assert receiver.entity_csv(LIST).decode().splitlines()[0] == "name,label,__version,number,status,next_date"
    assert b"Truus" not in receiver.entity_csv(LIST)


def test_offline_the_row_is_made_and_changed_in_one_branch_without_a_conflict(
    receiver: TrialReceiver, tmp_path: Path
) -> None:
    office = a_site(receiver, tmp_path)
    who, number = finished(office)
    for day in (date(2027, 3, 22), date(2027, 3, 31), date(2027, 4, 5)):
        moved(office, who, day)
    assert office.send().sent
    entity = receiver.entities.of(LIST)[entity_id(number)]
    assert [(one.base, one.trunk) for one in entity.versions] == [(0, 0), (1, 0), (2, 0), (3, 0)]
    assert len({one.branch for one in entity.versions[1:]}) == 1
    assert entity.versions[1].branch
    assert entity.current.data["next_date"] == "2027-04-05"
    assert conflicts(receiver, number) == [""] * 4


def test_after_a_download_changes_leave_from_the_version_of_the_centre(receiver: TrialReceiver, tmp_path: Path) -> None:
    office = a_site(receiver, tmp_path)
    who, number = finished(office)
    office.send()
    office.fetch_new()
    moved(office, who, date(2027, 3, 22))
    moved(office, who, date(2027, 3, 31))
    office.send()
    versions = receiver.entities.of(LIST)[entity_id(number)].versions
    assert [(one.base, one.trunk) for one in versions] == [(0, 0), (1, 1), (2, 1)]
    assert not receiver.entities.errors
    assert conflicts(receiver, number) == [""] * 3


def test_an_update_before_its_create_is_held_and_played_again(receiver: TrialReceiver, tmp_path: Path) -> None:
    office = a_site(receiver, tmp_path)
    who, number = finished(office)
    moved(office, who, date(2027, 3, 22))
    moved(office, who, date(2027, 3, 31))
    records = [item for item in office.outbox().waiting() if item.form_id == "status"]
    for item in reversed(records):
        receiver.take_in(item.xml, None, {})
    assert receiver.entities.held == 0
    assert rows(receiver)[number]["next_date"] == "2027-03-31"
    assert conflicts(receiver, number) == [""] * 3


def test_what_stays_the_same_is_not_told_again(receiver: TrialReceiver, tmp_path: Path) -> None:
    office = a_site(receiver, tmp_path)
    who, _ = finished(office)
    moved(office, who, date(2027, 3, 15))
    waiting = [item for item in office.outbox().waiting() if item.form_id == "status"]
    assert len(waiting) == 1
    pass_time(office)
    close_follow_up(office, who)
    told_last = leaves(office.outbox().waiting()[-1].xml)
    assert told_last["kind"] == ["caseload"]
    assert told_last["state"] == ["closed"]
    said = {name for name, texts in told_last.items() if any(texts)}
    named = {"kind", "participant_number", "talk_id", "state"}
    assert said == named | {"entity_id", "entity_action", "label", "instanceID"}


def test_an_edit_of_the_counts_leaves_the_row_alone_and_a_record_of_its_own_changes_it(
    receiver: TrialReceiver, tmp_path: Path
) -> None:
    office = a_site(receiver, tmp_path)
    who, number = finished(office)
    office.send()
    with office.store.unit_of_work() as uow:
        talk = next(one for one in uow.instances.of_participant(who) if one.form_id == "intake")
    pass_time(office)
    again = reopen_finished(office, talk.instance_id)
    told(again, {"alone": "two_of_us", "consent_form": "on_screen", "status": "stopped_by_participant"})
    assert office.finish(again).stored
    office.send()
    entity = receiver.entities.of(LIST)[entity_id(number)]
    assert [one.data["status"] for one in entity.versions] == ["complete", "stopped_by_participant"]
    sources = {one.source for one in entity.versions}
    assert all(not one.deprecated_id for one in receiver.received if one.instance_id in sources)
    assert not receiver.entities.errors


def test_another_site_hears_that_a_number_is_known_and_nothing_more(receiver: TrialReceiver, tmp_path: Path) -> None:
    here, there = a_site(receiver, tmp_path / "here"), a_site(receiver, tmp_path / "there")
    _, number = finished(here)
    assert known_elsewhere(there, number) is None
    here.send()
    there.fetch_new()
    found = known_elsewhere(there, number.replace("-", " "))
    assert found is not None
    assert (found.number, found.status, found.next_date) == (number, "complete", date(2027, 3, 15))
    assert found.organisation == there.installation.organisation
    assert known_elsewhere(there, number[:6]) is None
    here.fetch_new()
    assert known_elsewhere(here, number) is None
    kept = (tmp_path / "there").rglob(LIST_FILE)
    assert all(b"Truus" not in file.read_bytes() for file in kept)


def test_a_change_of_another_site_is_seen_and_a_stale_one_is_a_conflict_at_the_centre(
    receiver: TrialReceiver, tmp_path: Path
) -> None:
    here = a_site(receiver, tmp_path / "here")
    who, number = finished(here)
    here.send()
    here.fetch_new()
    assert changed_elsewhere(here, number) is None
    changed_by_another_site(here, number, receiver, date(2027, 5, 3))
    moved(here, who, date(2027, 3, 22))
    here.send()
    assert conflicts(receiver, number)[-1] == "hard"
    changed_by_another_site(here, number, receiver, date(2027, 6, 7))
    here.fetch_new()
    seen = changed_elsewhere(here, number)
    assert seen is not None
    assert seen.next_date == date(2027, 6, 7)
    (case,) = changed_cases(here)
    assert (case.number, case.here, case.there) == (number, date(2027, 3, 22), seen)
    moved(here, who, date(2027, 6, 7))
    assert changed_cases(here) == ()


def changed_by_another_site(here: Office, number: str, receiver: TrialReceiver, day: date) -> None:
    now = read_list(receiver.entity_csv(LIST))[digits_of(number)]
    change = case_change(CaseNews(number, "", "complete", day), None, now)
    assert change is not None
    receiver.take_in(case_record(here.forms["status"], change).xml, None, {})


def test_a_row_that_is_only_out_of_sight_stays_and_a_deleted_one_goes(receiver: TrialReceiver, tmp_path: Path) -> None:
    here, there = a_site(receiver, tmp_path / "here"), a_site(receiver, tmp_path / "there")
    numbers = [finished(here)[1] for _ in range(2)]
    here.send()
    there.fetch_new()
    assert set(there.caseload()) == {digits_of(number) for number in numbers}
    receiver.entities.delete(LIST, entity_id(numbers[0]))
    there.fetch_new()
    assert set(there.caseload()) == {digits_of(numbers[1])}

    before = b"name,label,__version,number\na,1,1,1\nb,2,1,2\nc,3,1,3\n"
    after = joined_lists(before, b"name,label,__version,number\r\nb,2,2,2\r\n", frozenset({"a"}))
    assert after == b"name,label,__version,number\r\nb,2,2,2\r\nc,3,1,3\r\n"


def test_a_row_that_is_deleted_while_it_is_out_of_sight_goes_all_the_same(
    receiver: TrialReceiver, tmp_path: Path
) -> None:
    here, there = a_site(receiver, tmp_path / "here"), a_site(receiver, tmp_path / "there")
    numbers = [finished(here)[1] for _ in range(2)]
    here.send()
    there.fetch_new()
    receiver.entities.put_out_of_sight(LIST, entity_id(numbers[0]))
    there.fetch_new()
    assert set(there.caseload()) == {digits_of(number) for number in numbers}
    stands = receiver.entity_csv(LIST)
    receiver.entities.delete(LIST, entity_id(numbers[0]))
    assert receiver.entity_csv(LIST) == stands
    there.fetch_new()
    assert set(there.caseload()) == {digits_of(numbers[1])}

    asked = len([one for one in receiver.requests if "/integrity" in one.target])
    there.fetch_new()
    assert len([one for one in receiver.requests if "/integrity" in one.target]) == asked


def test_the_centre_wins_as_soon_as_it_holds_the_last_change() -> None:
    def listed(version: int) -> ListedCase:
        return ListedCase("1", "complete", None, version)

    mine = CaseVersion(3, 2, "b")
    assert start_of(None, False, None) is None
    assert start_of(mine, False, None) == CaseVersion(4, 2, "b")
    assert start_of(mine, False, listed(3)) == CaseVersion(4, 2, "b")
    from_centre = start_of(mine, False, listed(4))
    assert from_centre is not None
    assert (from_centre.base, from_centre.trunk) == (4, 4)
    assert from_centre.branch != "b"


def test_every_site_gives_a_number_the_same_name() -> None:
    assert entity_id("4711-2085") == entity_id("4711 2085") != entity_id("4711-2086")
