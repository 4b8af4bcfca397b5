"""Taking back, erasing, correcting and copying: at once on the laptop, asked of the centre, with a receipt."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from intake_app.domain.backup import BackupCopy, BackupSet
from intake_app.domain.consent import ConsentCode
from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.domain.instance import InstanceStatus, OutboxItem, Receipt
from intake_app.domain.letters import ERASED
from intake_app.errors import RecordErased, RecordMissing
from intake_app.services.anew import chains_of
from intake_app.services.backup import make_backup
from intake_app.services.case_cards import case_cards
from intake_app.services.continuing import reopen_finished
from intake_app.services.office import Office
from intake_app.services.requests import carried_out, requests
from intake_app.services.rights import copy_of, correct, erase_person, person_rights, second_part, take_back
from intake_app.services.submissions import Outbox
from intake_app.services.withdrawal import replay_withdrawals
from tests.fakes.storage import InMemoryStore
from tests.services.helps import BEGINNING, MORNING, NT1, REFUGEE, leaves, make_office, played, told

SENSITIVE = {"consent_needs": "yes", "needs": "sit_stand", "consent_origin": "yes", "born_abroad": "yes"}


@pytest.fixture
def office() -> Office:
    return make_office(InMemoryStore())


@pytest.fixture
def person(office: Office) -> ParticipantId:
    """Somebody who agreed to being sent and called, and whose talk is finished."""
    conversation = played(office, NT1)
    assert office.finish(conversation).stored
    return conversation.talk.header.participant_id


def send(office: Office) -> None:
    """The server confirms everything that waits."""
    with office.store.unit_of_work() as uow:
        for item in uow.outbox.waiting():
            uow.outbox.confirm(Receipt(item.instance_id, 201, "", MORNING))
            if item.participant_id is not None:
                uow.instances.set_status(item.instance_id, InstanceStatus.SUBMITTED)
        uow.commit()


def waiting(office: Office) -> tuple[OutboxItem, ...]:
    with office.store.unit_of_work() as uow:
        return uow.outbox.waiting()


def forms(office: Office) -> list[str]:
    return [item.form_id for item in waiting(office)]


def actions(office: Office) -> list[str]:
    with office.store.unit_of_work() as uow:
        return [line.action for line in uow.audit.list()]


def test_a_finished_talk_leaves_a_record_of_every_consent_with_its_version_language_way_and_moment(
    office: Office, person: ParticipantId
) -> None:
    found = person_rights(office, person)
    assert {record.code for record in found.consents} >= {ConsentCode.RECORD, ConsentCode.CENTRAL, ConsentCode.CONTACT}
    for record in found.consents:
        assert record.text_version == office.forms["intake"].version
        assert (record.language, record.way, record.at) == ("nl", "on_screen", MORNING)


def test_unsent_records_go_at_once_when_sending_is_taken_back(office: Office, person: ParticipantId) -> None:
    receipt = take_back(office, person, ConsentCode.CENTRAL)
    assert waiting(office) == ()
    assert (receipt.central, receipt.code) == (False, ConsentCode.CENTRAL)
    with office.store.unit_of_work() as uow:
        assert {one.released_xml for one in uow.instances.of_participant(person)} == {None}
    assert not any(record.stands for record in person_rights(office, person).consents if record.code == "C2")


def test_for_what_was_sent_the_centre_is_asked_and_the_request_holds_no_content(
    office: Office, person: ParticipantId
) -> None:
    send(office)
    receipt = take_back(office, person, ConsentCode.CENTRAL)
    assert receipt.central
    assert receipt.central_before == (MORNING + timedelta(days=30)).date()
    assert forms(office) == ["data_request"]
    told_centre = leaves(waiting(office)[0].xml)
    assert told_centre["y01_request_kind"] == ["withdrawal"]
    assert told_centre["y02_request_consent"] == ["C2"]
    assert told_centre["participant_number"] == [receipt.number]
    assert b"Truus" not in waiting(office)[0].xml


def test_a_record_whose_answer_was_lost_on_the_line_counts_as_sent(office: Office, person: ParticipantId) -> None:
    with office.store.unit_of_work() as uow:
        for item in uow.outbox.waiting():
            uow.outbox.save_attempt(replace(item, attempts=1))
        uow.commit()
    assert take_back(office, person, ConsentCode.CENTRAL).central
    assert forms(office) == ["data_request"]


def test_without_contact_the_case_card_goes_and_what_waits_holds_no_phone(
    office: Office, person: ParticipantId
) -> None:
    assert [card.contact for card in case_cards(office.store)] == [("0612345678",)]
    take_back(office, person, ConsentCode.CONTACT)
    assert case_cards(office.store) == ()
    assert "participant" in forms(office)
    for item in waiting(office):
        assert b"0612345678" not in item.xml, item.form_id
    with office.store.unit_of_work() as uow:
        participant = next(one for one in uow.instances.of_participant(person) if one.form_id == "participant")
    assert leaves(participant.xml)["consent_contact"] == ["no"]


def test_after_sending_a_smaller_record_goes_under_a_name_of_its_own(office: Office, person: ParticipantId) -> None:
    before = {item.form_id: item.instance_id for item in waiting(office)}
    send(office)
    take_back(office, person, ConsentCode.CONTACT)
    again = {item.form_id: item for item in waiting(office)}
    assert set(again) >= {"participant", "data_request"}
    assert again["participant"].instance_id != before["participant"]
    assert before["participant"].encode() not in again["participant"].xml
    assert b"0612345678" not in again["participant"].xml


@pytest.mark.parametrize("correction_sent", [True, False])
def test_of_a_talk_that_was_corrected_only_the_last_version_goes_again_and_it_replaces_nothing(
    office: Office, correction_sent: bool
) -> None:
    conversation = played(office, NT1)
    told(conversation, SENSITIVE)
    office.finish(conversation)
    person = conversation.talk.header.participant_id
    first = next(item.instance_id for item in waiting(office) if item.form_id == "intake")
    send(office)
    again = reopen_finished(office, first)
    told(again, {"call_name": "Truus de Tweede"})
    assert office.finish(again).stored
    second = next(item.instance_id for item in waiting(office) if item.form_id == "intake")
    if correction_sent:
        send(office)

    take_back(office, person, ConsentCode.NEEDS)

    (talk,) = [item for item in waiting(office) if item.form_id == "intake"]
    assert talk.instance_id != first
    assert (talk.instance_id == second) is not correction_sent
    assert b"deprecatedID>" not in talk.xml
    assert "l07_needs" not in leaves(talk.xml)
    (asked,) = requests(office.store)
    assert asked.talk_id == first


def test_what_was_read_before_a_consent_was_taken_back_does_not_go_any_more(
    office: Office, person: ParticipantId
) -> None:
    outbox = Outbox(office.store)
    read = outbox.load_some([item.instance_id for item in waiting(office)])
    name = next(one.instance_id for one in read.values() if one.form_id == "participant")
    assert b"0612345678" in read[name].xml

    take_back(office, person, ConsentCode.CONTACT)
    here = outbox.keep((), [replace(one, attempts=1) for one in read.values()])

    assert name not in here
    now = {item.instance_id: item for item in waiting(office)}
    assert here == {each for each, item in now.items() if each in read and item.xml == read[each].xml}
    assert now[name].attempts == 0
    assert b"0612345678" not in now[name].xml


def test_a_correction_of_what_only_the_centre_has_is_the_same_record(office: Office, person: ParticipantId) -> None:
    with office.store.unit_of_work() as uow:
        first = next(one for one in uow.instances.of_participant(person) if one.form_id == "intake")
    refused = replace(first, instance_id=InstanceId("uuid:2"), deprecated_id=first.instance_id)
    settled = replace(first, instance_id=InstanceId("uuid:4"), deprecated_id=InstanceId("uuid:3"))

    assert chains_of((first, refused, settled)) == ((first, refused, settled),)


def test_needs_and_origin_go_from_the_laptop_and_from_what_waits(office: Office) -> None:
    conversation = played(office, NT1)
    told(conversation, SENSITIVE)
    office.finish(conversation)
    person = conversation.talk.header.participant_id
    with office.store.unit_of_work() as uow:
        before = next(one for one in uow.instances.of_participant(person) if one.form_id == "intake")
    assert leaves(before.xml)["l07_needs"] == ["sit_stand"]
    take_back(office, person, ConsentCode.NEEDS)
    take_back(office, person, ConsentCode.ORIGIN)
    with office.store.unit_of_work() as uow:
        after = next(one for one in uow.instances.of_participant(person) if one.form_id == "intake")
        sent = uow.outbox.get(after.instance_id)
    for xml in (after.xml, after.released_xml, sent.xml):
        assert xml is not None
        assert not {"l07_needs", "d07_born_abroad", "d09_target_group"} & set(leaves(xml))
    assert leaves(after.xml)["c04_municipality"] == leaves(before.xml)["c04_municipality"]


def test_sharing_is_taken_back_per_organisation(office: Office) -> None:
    conversation = played(office, REFUGEE)
    office.finish(conversation)
    person = conversation.talk.header.participant_id
    receipt = take_back(office, person, ConsentCode.SHARING, "taalhuis")
    assert receipt.organisation == "taalhuis"
    with office.store.unit_of_work() as uow:
        plan = next(one for one in uow.instances.of_participant(person) if one.form_id == "plan")
    assert "taalhuis" not in leaves(plan.xml).get("referral_organisation", [])
    assert set(leaves(plan.xml).get("referral_shared", ["no"])) == {"no"}


def test_in_an_open_talk_the_question_itself_gets_its_no(office: Office) -> None:
    conversation = played(office, NT1)
    person = conversation.talk.header.participant_id
    take_back(office, person, ConsentCode.CENTRAL)
    again = office.open_talk(conversation.talk.header.instance_id)
    assert again.talk.answers.text("consent_central") == "no"
    assert office.finish(again).queued == ()


def test_erasing_takes_everything_and_leaves_number_proof_and_a_line_in_the_log(
    office: Office, person: ParticipantId
) -> None:
    send(office)
    receipt = erase_person(office, person)
    assert (receipt.kind, receipt.central, receipt.backups) == (ERASED, True, ())
    with office.store.unit_of_work() as uow:
        assert uow.participants.list() == ()
        assert uow.cards.list() == ()
        assert [stone.number for stone in uow.rights.tombstones() if stone.number] == [receipt.number]
        assert {kept.number for kept in uow.rights.kept_consents()} == {receipt.number}
        with pytest.raises(RecordErased):
            uow.participants.get(person)
    assert actions(office)[-1] == "participant_erased"
    assert forms(office) == ["data_request"]
    assert leaves(waiting(office)[0].xml)["y01_request_kind"] == ["deletion"]
    with pytest.raises((RecordErased, RecordMissing)):
        erase_person(office, person)


def test_the_receipt_names_the_backups_that_still_hold_a_copy(office: Office, person: ParticipantId) -> None:
    def make(_store: object, _file: Path, _at: object, _days: int, _go_on: object) -> BackupSet:
        return BackupSet("abcdefgh", MORNING, (BackupCopy("data/1.db", MORNING, 1),))

    make_backup(office.store, make, Path("/stick/USB Aalten/kopie.intake"), office.clock)
    receipt = erase_person(office, person)
    assert [held.label for held in receipt.backups] == ["USB Aalten"]
    assert receipt.backups_before == (MORNING + timedelta(days=30)).date()


def test_the_second_part_of_the_receipt_follows_when_the_centre_is_done(office: Office, person: ParticipantId) -> None:
    send(office)
    take_back(office, person, ConsentCode.RECORD)
    (request,) = requests(office.store)
    letter = second_part(office, request)
    assert (letter.kind, letter.code, letter.central_done) == (ERASED, ConsentCode.RECORD, MORNING)


def test_a_correction_is_kept_and_asked_of_the_centre(office: Office, person: ParticipantId) -> None:
    send(office)
    receipt = correct(office, person, call_name=" Trudy ", language="ar", contact=("0699999999",))
    assert receipt.central
    assert person_rights(office, person).person.call_name == "Trudy"
    assert case_cards(office.store)[0].contact == ("0699999999",)
    assert leaves(waiting(office)[0].xml)["y01_request_kind"] == ["correction"]


def test_a_copy_holds_every_answer_and_every_consent(office: Office, person: ParticipantId) -> None:
    copy = copy_of(office, person)
    answers = {told_answer.question_nl: told_answer.answer_nl for told_answer in copy.answers}
    assert "Winterswijk" in answers.values()
    assert "Truus Verzonnen" in answers.values()
    assert {record.code for record in copy.consents} >= {ConsentCode.RECORD, ConsentCode.CENTRAL}
    assert len(copy.plans) == 1
    assert actions(office)[-1] == "data_exported"


def test_what_an_older_copy_of_the_data_brought_back_is_taken_out_again(office: Office) -> None:
    conversation = played(office, NT1)
    told(conversation, SENSITIVE)
    office.finish(conversation)
    person = conversation.talk.header.participant_id
    store = office.store
    assert isinstance(store, InMemoryStore)
    older = store.contents
    office.clock.moment += timedelta(hours=1)  # type: ignore[attr-defined]  # the clock of tests
    take_back(office, person, ConsentCode.NEEDS)
    withdrawals = store.contents.withdrawals
    store.contents = older
    store.contents.withdrawals = withdrawals
    assert replay_withdrawals(office) == 1
    with store.unit_of_work() as uow:
        after = next(one for one in uow.instances.of_participant(person) if one.form_id == "intake")
    assert "l07_needs" not in leaves(after.xml)
    assert replay_withdrawals(office) == 0


def test_a_yes_that_is_taken_back_in_the_middle_of_a_later_talk_asks_the_centre_for_the_earlier_one(
    office: Office, person: ParticipantId
) -> None:
    send(office)
    with office.store.unit_of_work() as uow:
        talk = next(one.instance_id for one in uow.instances.of_participant(person) if one.form_id == "intake")
    again = reopen_finished(office, talk)
    told(again, {"consent_record": "no"})
    assert forms(office) == ["data_request"]
    assert case_cards(office.store) == ()


def test_a_note_of_the_counsellor_never_leaves_by_itself(office: Office) -> None:
    conversation = played(office, NT1)
    told(conversation, {"note": "rustig aan"})
    office.finish(conversation)
    for item in waiting(office):
        assert b"rustig aan" not in item.xml
    with office.store.unit_of_work() as uow:
        local = next(one for one in uow.instances.list() if one.form_id == "intake")
    assert leaves(local.xml)["x01_note"] == ["rustig aan"]


def test_going_on_with_a_talk_does_not_send_by_a_yes_that_was_taken_back(office: Office, person: ParticipantId) -> None:
    take_back(office, person, ConsentCode.CENTRAL)
    with office.store.unit_of_work() as uow:
        talk = next(one.instance_id for one in uow.instances.of_participant(person) if one.form_id == "intake")

    again = reopen_finished(office, talk)
    told(again, {"status": "complete"})
    outcome = office.finish(again)

    assert outcome.stored
    assert forms(office) == []


def test_an_older_copy_of_a_finished_talk_does_not_bring_the_yes_to_sending_back(
    office: Office, person: ParticipantId
) -> None:
    _back_to_before(office, lambda: take_back(office, person, ConsentCode.CENTRAL))
    assert replay_withdrawals(office) == 1
    with office.store.unit_of_work() as uow:
        talk = next(one for one in uow.instances.of_participant(person) if one.form_id == "intake")
    assert talk.released_xml is None
    answers = office.open_talk(reopen_finished(office, talk.instance_id).talk.header.instance_id).talk.answers
    assert answers.text("consent_central") == "no"
    assert forms(office) == []


def test_an_older_copy_of_an_open_talk_gets_its_no_again(office: Office) -> None:
    conversation = office.begin_talk()
    told(conversation, {**BEGINNING, "consent_central": "yes"})
    talk, person = conversation.talk.header.instance_id, conversation.talk.header.participant_id
    _back_to_before(office, lambda: take_back(office, person, ConsentCode.CENTRAL))

    assert replay_withdrawals(office) == 1
    assert office.open_talk(talk).talk.answers.text("consent_central") == "no"
    lines = actions(office)
    assert replay_withdrawals(office) == 0
    assert actions(office) == lines


def test_a_yes_given_after_the_withdrawal_stands(office: Office) -> None:
    conversation = office.begin_talk()
    told(conversation, {**BEGINNING, "consent_central": "yes"})
    talk, person = conversation.talk.header.instance_id, conversation.talk.header.participant_id
    office.clock.moment += timedelta(hours=1)  # type: ignore[attr-defined]  # the clock of tests
    take_back(office, person, ConsentCode.CENTRAL)
    office.clock.moment += timedelta(hours=1)  # type: ignore[attr-defined]  # the clock of tests
    told(office.open_talk(talk), {"consent_central": "yes"})
    with office.store.unit_of_work() as uow:
        uow.settings.set("withdrawals.replayed", "")
        uow.commit()

    assert replay_withdrawals(office) == 0
    assert office.open_talk(talk).talk.answers.text("consent_central") == "yes"


def _back_to_before(office: Office, work: Callable[[], object]) -> None:
    """What an hour later was done is undone, as by an older backup; only the list of withdrawals knows of it."""
    store = office.store
    assert isinstance(store, InMemoryStore)
    older = deepcopy(store.contents)
    office.clock.moment += timedelta(hours=1)  # type: ignore[attr-defined]  # the clock of tests
    work()
    withdrawals = store.contents.withdrawals
    store.contents = older
    store.contents.withdrawals = withdrawals


def test_what_was_asked_at_once_is_carried_out_at_once(office: Office, person: ParticipantId) -> None:
    send(office)
    take_back(office, person, ConsentCode.CONTACT)
    asked = requests(office.store)
    assert len({one.talk_id for one in asked}) == len(asked) == 2
    assert {one.talk_id for one in asked}.isdisjoint(item.instance_id for item in waiting(office))
    carried_out(office.store, asked[0].instance_id, MORNING)
    assert [one.done_at for one in requests(office.store)] == [MORNING, MORNING]
    with pytest.raises(RecordMissing):
        carried_out(office.store, InstanceId("uuid:nobody-asked"), MORNING)
