"""Finishing, sending and the office around it: what waits, what goes where, what is kept open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import FormId, FormVersion, InstanceId
from intake_app.domain.instance import InstanceStatus, OutboxItem, Receipt
from intake_app.domain.plan import Installation
from intake_app.errors import DiskFull, RecordMissing
from intake_app.services.installation import (
    DEFAULT,
    ServerSettings,
    read_installation,
    read_server,
    write_installation,
    write_server,
)
from intake_app.services.office import Office
from intake_app.services.reading_back import told as read_back
from intake_app.services.rehearsal import Script
from intake_app.services.submissions import Outbox
from tests.fakes.places import SETTLED
from tests.fakes.storage import InMemoryStore
from tests.services.helps import (
    MORNING,
    NT1,
    REFUGEE,
    FullDiskStore,
    begun,
    leaves,
    make_office,
    played,
    ref_of,
    sample_script,
    told,
)


def changed(script: Script, **answers: str) -> Script:
    return Script(script.name, {**script.answers, **answers}, script.find)


# ---------------------------------------------------------------- finishing
def test_a_finished_talk_is_an_instance_a_plan_its_consents_and_no_draft(office: Office, disk: FullDiskStore) -> None:
    conversation = played(office, NT1)
    outcome = office.finish(conversation)

    assert outcome.stored
    assert not outcome.violations
    assert len(outcome.queued) == 4
    assert disk.contents.drafts == {}
    assert {one.status for one in disk.contents.instances.values()} == {InstanceStatus.COMPLETE}
    plan = office.stored_plan(f"{conversation.number}-1")
    assert plan.call_name == conversation.talk.answers.text("call_name")
    assert plan == office.plan(conversation)


def test_finishing_twice_changes_nothing(office: Office, disk: FullDiskStore) -> None:
    conversation = played(office, NT1)
    first = office.finish(conversation)
    assert office.finish(conversation) == first
    assert len(disk.contents.instances) == 4


def test_go_on_later_never_finishes(office: Office, disk: FullDiskStore) -> None:
    conversation = played(office, changed(NT1, status="continue_later"))
    outcome = office.finish(conversation)

    assert outcome.kept_open
    assert not outcome.stored
    assert disk.contents.instances == {}
    assert [summary.header.instance_id for summary in office.open_drafts()] == [conversation.talk.header.instance_id]


def test_a_talk_that_is_not_recorded_leaves_nothing_and_says_so(office: Office, disk: FullDiskStore) -> None:
    for status in ("complete", "continue_later"):
        outcome = office.finish(played(office, changed(NT1, consent_record="no", status=status)))
        assert (outcome.stored, outcome.kept_open, outcome.queued) == (False, False, ())
    assert not disk.contents.participants
    assert not disk.contents.instances
    assert not disk.contents.outbox


def test_an_answer_that_cannot_stand_keeps_the_talk_open(office: Office, disk: FullDiskStore) -> None:
    conversation = played(office, NT1)
    told(conversation, {"age_group": "16_17"})
    outcome = office.finish(conversation)

    assert [violation.ref for violation in outcome.violations] == ["/data/c03b_go_on"]
    assert not outcome.stored
    assert len(disk.contents.drafts) == 1
    told(conversation, {"go_on": "yes"})
    assert office.finish(conversation).stored


def test_a_full_disk_at_the_end_leaves_the_talk_as_it_was(office: Office, disk: FullDiskStore) -> None:
    conversation = played(office, NT1)
    disk.full = True
    with pytest.raises(DiskFull):
        office.finish(conversation)

    assert disk.contents.instances == {}
    assert len(disk.contents.drafts) == 1
    disk.full = False
    assert office.finish(conversation).stored


@pytest.mark.parametrize(("trial", "queued"), [(True, 4), (False, 0)])
def test_a_practice_talk_waits_only_for_a_trial_receiver(office: Office, trial: bool, queued: int) -> None:
    write_server(office.store, ServerSettings("http://127.0.0.1:1", "token", trial=trial))
    outcome = office.finish(played(office, NT1, practice=True))

    assert outcome.stored
    assert len(outcome.queued) == queued


@dataclass(frozen=True)
class Report:
    sent: tuple[InstanceId, ...] = ()
    waiting: int = 0
    set_apart: int = 0
    problem: str = ""
    problem_params: Mapping[str, object] = field(default_factory=dict)
    paused: bool = False


@pytest.mark.parametrize("trial", [True, False])
def test_practice_never_goes_to_a_real_server_and_a_real_talk_never_to_a_trial_receiver(
    office: Office, trial: bool
) -> None:
    write_server(office.store, ServerSettings("http://127.0.0.1:1", "token", trial=True))
    practice = set(office.finish(played(office, NT1, practice=True)).queued)
    real = set(office.finish(played(office, NT1)).queued)
    write_server(office.store, ServerSettings("http://127.0.0.1:1", "token", trial=trial))
    offered: list[InstanceId] = []

    def send(outbox: Outbox) -> Report:
        offered.extend(item.instance_id for item in outbox.waiting())
        return Report()

    office.send_round = send  # type: ignore[assignment]  # a round of this test
    office.send()
    assert set(offered) == (practice if trial else real)
    assert {item.instance_id for item in office.outbox().waiting()} == practice | real


def test_without_a_server_nothing_is_tried(office: Office) -> None:
    def send(_: Outbox) -> Report:
        raise AssertionError("no network without a server")

    office.send_round = send  # type: ignore[assignment]  # a round of this test
    assert office.send() is None


# ---------------------------------------------------------------- the outbox
def tally(office: Office) -> OutboxItem:
    item = OutboxItem(InstanceId("uuid:tally"), None, FormId("status"), FormVersion("1"), MORNING, b"<data/>")
    with office.store.unit_of_work() as uow:
        uow.outbox.add(item)
        uow.commit()
    return item


def receipt(instance_id: str) -> Receipt:
    return Receipt(InstanceId(instance_id), 201, "full submission upload was successful!", MORNING)


def test_a_row_without_a_person_behind_it_is_confirmed_and_set_apart_like_any_other(office: Office) -> None:
    item, outbox = tally(office), office.outbox()
    outbox.save_attempt(replace(item, attempts=1, last_problem="server_refused", set_apart=True))
    assert outbox.waiting()[0].set_apart
    outbox.confirm(receipt(item.instance_id))

    assert outbox.waiting() == ()
    assert [one.instance_id for one in outbox.receipts()] == [item.instance_id]


def test_a_tally_goes_to_the_real_server_only(office: Office) -> None:
    tally(office)

    assert Outbox(office.store, trial=True).waiting() == ()
    assert len(Outbox(office.store, trial=False).waiting()) == 1


def test_the_status_of_a_record_follows_its_row(office: Office) -> None:
    outcome = office.finish(played(office, NT1))
    outbox = office.outbox()
    item = outbox.waiting()[0]

    def status() -> InstanceStatus:
        with office.store.unit_of_work() as uow:
            return uow.instances.get(item.instance_id).status

    outbox.save_attempt(replace(item, attempts=1, set_apart=True))
    assert status() is InstanceStatus.SUBMISSION_FAILED
    outbox.save_attempt(replace(item, attempts=2, set_apart=False))
    assert status() is InstanceStatus.COMPLETE
    outbox.confirm(receipt(item.instance_id))
    assert status() is InstanceStatus.SUBMITTED
    assert len(outbox.waiting()) == len(outcome.queued) - 1


def test_the_bytes_of_a_row_never_change(office: Office) -> None:
    office.finish(played(office, NT1))
    outbox = office.outbox()
    before = {item.instance_id: item.xml for item in outbox.waiting()}
    for item in outbox.waiting():
        outbox.save_attempt(replace(item, attempts=3, xml=b"<other/>"))

    assert {item.instance_id: item.xml for item in outbox.waiting()} == before


# ---------------------------------------------------------------- open talks
def test_open_talks_stand_newest_first_with_name_and_age_to_tell_people_apart(disk: FullDiskStore) -> None:
    clock = FixedClock(MORNING)
    office = make_office(disk, clock)
    older = begun(office, call_name="Fatima", age_group="18_26")
    clock.moment = MORNING + timedelta(hours=1)
    newer = begun(office, call_name="Fatima", age_group="57_plus")
    summaries = office.open_drafts()

    assert [one.number for one in summaries] == [newer.number, older.number]
    assert [one.age_group for one in summaries] == ["57_plus", "18_26"]
    assert "Fatima" not in repr(summaries)


def test_a_removed_draft_takes_its_person_along(office: Office, disk: FullDiskStore) -> None:
    conversation = begun(office)
    office.remove_draft(conversation.talk.header.instance_id)

    assert not disk.contents.drafts
    assert not disk.contents.participants
    assert [line.action for line in disk.contents.audit][-1] == "draft_removed"
    with pytest.raises(RecordMissing):
        office.open_talk(conversation.talk.header.instance_id)


def test_a_person_with_a_finished_talk_stays_when_another_draft_goes(office: Office, disk: FullDiskStore) -> None:
    conversation = played(office, NT1)
    office.finish(conversation)
    other = replace(conversation.talk.header, instance_id=InstanceId("uuid:second"))
    with office.store.unit_of_work() as uow:
        uow.drafts.add(other)
        uow.commit()
    office.remove_draft(other.instance_id)

    assert not disk.contents.drafts
    assert len(disk.contents.participants) == 1


# ---------------------------------------------------------------- the settings of the place
def test_every_period_that_the_consents_name_is_that_of_the_settings(office: Office) -> None:
    write_installation(
        office.store,
        replace(SETTLED, laptop_days=21, central_months=6, special_months=9, case_card_days=14, location="Groenlo"),
    )
    conversation = begun(office, version="full")
    host, entry = conversation.talk.answers.host, conversation.talk.entry

    periods = [host(name) for name in ("retention_days", "central_months", "special_months", "case_card_days")]
    assert periods == ["21", "6", "9", "14"]
    assert host("location") == "Groenlo"
    assert "21 dagen" in (entry.label("/data/b02_text_consent", "nl") or "")
    assert "6 maanden" in (entry.label("/data/b03_consent_central", "nl") or "")
    assert "9 maanden" in (entry.label("/data/b05_consent_needs", "nl") or "")
    assert "14 dagen" in (entry.label("/data/b04_consent_contact", "nl") or "")


def test_settings_come_back_as_they_were_given_also_when_empty(office: Office) -> None:
    assert read_installation(InMemoryStore()) == DEFAULT
    settings = Installation(
        organisation="Taalhuis", location="", phone="", central_name="", no_control_agreement=True, laptop_days=7
    )
    write_installation(office.store, settings)

    assert read_installation(office.store) == settings


@pytest.mark.parametrize(("name", "text"), [("laptop_days", "veel"), ("laptop_days", ""), ("legal_basis", "anders")])
def test_a_setting_that_cannot_be_read_is_the_usual_one(office: Office, name: str, text: str) -> None:
    with office.store.unit_of_work() as uow:
        uow.settings.set(f"installation.{name}", text)
        uow.commit()

    assert read_installation(office.store) == SETTLED


def test_the_legal_basis_picks_the_words_of_the_first_consent(office: Office) -> None:
    write_installation(office.store, replace(SETTLED, legal_basis="public_task", no_control_agreement=True))
    entry = begun(office).talk.entry

    assert not entry.is_relevant("/data/b02_text_consent")
    assert entry.is_relevant("/data/b02_text_public_task")
    assert entry.is_relevant("/data/b01_text_no_control")


def test_a_server_token_is_never_shown(office: Office) -> None:
    write_server(office.store, ServerSettings("https://central.example", "geheim", trial=False))

    assert read_server(office.store).configured
    assert "geheim" not in repr(read_server(office.store))


# ---------------------------------------------------------------- rows and proposals
def test_papers_are_named_as_people_say_them(office: Office) -> None:
    conversation = begun(office, version="full")
    told(conversation, {"certificates": "forklift vca"})
    conversation.keeper.fill_papers()
    listed = {row.host("id"): row.host("label") for row in conversation.talk.answers.rows("papers")}
    choices = conversation.talk.entry.choices("/data/g08_certificates", "nl") or ()

    assert listed == {c.value: c.label for c in choices if c.value in {"forklift", "vca"}}
    assert not set(listed) & set(listed.values())


def test_a_chosen_direction_stays_when_the_proposals_change(office: Office) -> None:
    conversation = played(office, sample_script())
    chosen = [row.host("id") for row in conversation.talk.answers.rows("suggestions") if row.text("chosen") == "yes"]
    told(conversation, {"cards": "card_t9 card_t7 card_w3", "job": "", "ever_worked": "no"})
    conversation.keeper.fill_suggestions()
    rows = conversation.talk.answers.rows("suggestions")

    assert [row.host("id") for row in rows if row.text("chosen") == "yes"] == chosen
    assert len([row for row in rows if row.text("reaction") != "no"]) == 3


def test_words_taken_away_take_the_occupation_found_by_them_along(office: Office) -> None:
    conversation = begun(office)
    told(conversation, {"ever_worked": "yes"})
    conversation.choose_occupation(ref_of(conversation, "job"), "hd2")
    conversation.choose_occupation(ref_of(conversation, "own_idea"), "tm3")
    answers = conversation.talk.answers
    assert answers.text("own_idea") == office.catalogue.occupations["tm3"].label_nl
    assert answers.rows("suggestions")[0].host("id") == "tm3"
    told(conversation, {"job": "", "own_idea": ""})

    assert answers.rows_with("job")[0].host("job_occupation") == ""
    assert not [row for row in answers.rows("suggestions") if row.host("id")]


def test_tasks_of_an_occupation_go_when_the_occupation_goes(office: Office) -> None:
    conversation = begun(office, version="full")
    told(conversation, {"ever_worked": "yes", "job": "Kok"})
    conversation.choose_occupation(ref_of(conversation, "job"), "hd2")
    conversation.keeper.fill_job_tasks()
    job = conversation.talk.answers.rows_with("job")[0]
    assert [task.host("id") for task in job.rows("job_tasks")]
    told(conversation, {"job": ""})
    conversation.keeper.fill_job_tasks()

    assert not [task for task in job.rows("job_tasks") if task.host("id")]


def test_offers_that_were_refused_do_not_stand_on_the_plan(office: Office) -> None:
    conversation = played(office, REFUGEE)
    assert office.plan(conversation).offers
    conversation.keeper.fill_offers()
    rows = conversation.talk.answers.rows("offers")
    for number, row in enumerate(rows):
        conversation.answer(row.ref_of("offers"), "yes" if number == 0 else "no")
    assert [offer.offer for offer in office.plan(conversation).offers] == [rows[0].host("id")]
    conversation.answer(rows[0].ref_of("offers"), "no")

    assert office.plan(conversation).offers == ()


# ---------------------------------------------------------------- reading back
def test_reading_back_says_each_answer_in_both_languages_and_no_private_one(office: Office) -> None:
    conversation = played(office, REFUGEE)
    lines = {line.ref: line for line in read_back(conversation)}

    goal = lines[ref_of(conversation, "goal")]
    assert goal.answer == goal.answer_nl == "Ik wil werk vinden"
    assert goal.own_words
    town = lines[ref_of(conversation, "municipality")]
    assert town.answer_nl == "Winterswijk"
    assert town.question != town.question_nl
    private = {ref_of(conversation, concept) for concept in ("obstacles", "referral", "note")}
    assert not private & set(lines)


def test_the_central_plan_tells_the_chosen_directions_and_steps(office: Office) -> None:
    conversation = played(office, sample_script())
    office.finish(conversation)
    plan = next(leaves(item.xml) for item in office.outbox().waiting() if item.form_id == "plan")
    chosen = [row for row in conversation.talk.answers.rows("suggestions") if row.text("chosen") == "yes"]

    assert plan["occupation_id"] == [row.host("id") for row in chosen]
    assert plan["chosen_route"] == [row.host("chosen_route") for row in chosen]
    assert plan["participant_number"] == [conversation.number]
    assert plan["step_date"] == [(MORNING.date() + timedelta(days=14)).isoformat()]
