"""What a form may ask of the app, lived through in the office: device, the record before, signatures, files."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from intake_app.domain.ids import InstanceId
from intake_app.errors import DiskFull, EventRefused, RecordMissing
from intake_app.services.continuing import reopen_finished
from intake_app.services.conversation import Conversation
from intake_app.services.office import Office
from intake_app.storage.gate import SqlStore
from intake_app.storage.signatures import verify_ed25519
from intake_app.xforms.api import parse_form
from tests.services.helps import FullDiskStore, make_office
from tests.xforms.story import FIRST, ask, bind, form, setvalue

UPLOADS = '<upload ref="/data/photo" mediatype="image/*"/><upload ref="/data/letter" mediatype="image/*"/>'
ASKING = form(
    "<device/><who/><phone/><town/><has/><photo/><letter/><code/><key/><said/><agreed/>",
    bind("device", jr__preload="property", jr__preloadParams="deviceid")
    + bind("who", calculate="property('username')") + bind("phone", calculate="property('phonenumber')")
    + bind("said", calculate="extract-signed(/data/code, /data/key)")
    + bind("photo", type="binary") + bind("letter", type="binary", relevant="/data/has = 'yes'")
    + bind("agreed", tag__concept="consent_record", tag__consent="T")
    + setvalue("town", FIRST, "instance('before')/data/town"),
    ask("town") + ask("has") + UPLOADS + ask("code") + ask("key") + ask("agreed"),
    '<instance id="before" src="jr://instance/last-saved"/>',
)  # fmt: skip
PHOTO, LETTER = "/data/photo", "/data/letter"


def office_with(store: FullDiskStore | SqlStore) -> Office:
    office = make_office(store)
    asking = parse_form(ASKING)
    return replace(office, forms={**office.forms, "intake": asking, asking.form_id: asking}, verify=verify_ed25519)


@pytest.fixture
def office(disk: FullDiskStore) -> Office:
    return office_with(disk)


def recorded(office: Office, *, practice: bool = False, **answers: str) -> Conversation:
    conversation = office.begin_talk(practice=practice)
    for name, value in {**answers, "agreed": "yes"}.items():
        assert conversation.answer(f"/data/{name}", value).rejected is None
    return conversation


def test_a_form_learns_the_name_of_the_counsellor_and_a_random_number_of_the_laptop(office: Office) -> None:
    first, second = office.begin_talk().talk.entry, office.begin_talk().talk.entry

    assert first.value("/data/who") == office.store.account.name
    assert first.value("/data/device").startswith("intake:")
    assert first.value("/data/device") == second.value("/data/device")
    assert first.value("/data/phone") == ""


def test_a_form_that_asks_nothing_of_the_laptop_gives_it_no_number(disk: FullDiskStore) -> None:
    make_office(disk).begin_talk()

    assert not [name for name in disk.contents.settings if not name.startswith("installation.")]


def test_the_record_finished_before_this_one_is_at_hand(office: Office) -> None:
    assert office.begin_talk().talk.entry.value("/data/town") == ""
    assert office.finish(recorded(office, town="Groenlo")).stored

    assert office.begin_talk().talk.entry.value("/data/town") == "Groenlo"
    assert office.begin_talk(practice=True).talk.entry.value("/data/town") == ""


def test_a_person_who_was_erased_is_no_record_before(office: Office) -> None:
    office.finish(recorded(office, town="Groenlo"))
    gone = recorded(office, town="Zelhem")
    office.finish(gone)
    with office.store.unit_of_work() as uow:
        uow.participants.erase(gone.talk.header.participant_id, office.clock.now())
        uow.commit()

    assert office.begin_talk().talk.entry.value("/data/town") == "Groenlo"


def test_a_signed_code_is_read_when_its_signature_fits(office: Office) -> None:
    key = Ed25519PrivateKey.generate()
    conversation = recorded(office, key=b64encode(key.public_key().public_bytes_raw()).decode())

    conversation.answer("/data/code", b64encode(key.sign(b"pas 7") + b"pas 7").decode())
    assert conversation.talk.entry.value("/data/said") == "pas 7"

    conversation.answer("/data/code", b64encode(key.sign(b"pas 7") + b"pas 8").decode())
    assert conversation.talk.entry.value("/data/said") == ""


def test_a_file_stays_in_memory_until_the_talk_is_recorded(office: Office, disk: FullDiskStore) -> None:
    conversation = office.begin_talk()
    conversation.attach(PHOTO, "foto.jpg", b"beeld")
    assert conversation.file(PHOTO) == b"beeld"
    assert disk.contents.files == {}

    conversation.answer("/data/agreed", "yes")

    assert [key[2] for key in disk.contents.files] == ["foto.jpg"]
    assert conversation.file(PHOTO) == b"beeld"


def test_a_file_of_a_recorded_talk_is_there_after_a_crash(open_store: Callable[[], SqlStore]) -> None:
    conversation = recorded(office_with(open_store()))
    conversation.attach(PHOTO, "C:\\Mijn foto's\\foto.jpg", b"beeld")

    again = office_with(open_store()).open_talk(conversation.talk.instance_id)

    assert again.talk.entry.value(PHOTO) == "foto.jpg"
    assert again.file(PHOTO) == b"beeld"


def test_another_file_takes_the_place_of_the_first_and_a_cleared_answer_leaves_none(
    office: Office, disk: FullDiskStore
) -> None:
    conversation = recorded(office)
    conversation.attach(PHOTO, "een.jpg", b"1")
    conversation.attach(PHOTO, "twee.jpg", b"2")
    assert [key[2] for key in disk.contents.files] == ["twee.jpg"]

    conversation.answer(PHOTO, "")
    assert disk.contents.files == {}
    with pytest.raises(RecordMissing):
        conversation.file(PHOTO)


def test_on_a_full_disk_neither_file_nor_answer_is_kept(office: Office, disk: FullDiskStore) -> None:
    conversation = recorded(office)
    disk.full = True

    with pytest.raises(DiskFull):
        conversation.attach(PHOTO, "foto.jpg", b"1")

    assert conversation.talk.entry.value(PHOTO) == ""
    assert conversation.talk.files.waiting == {}
    assert disk.contents.files == {}


def test_a_question_that_takes_no_file_refuses_one(office: Office) -> None:
    with pytest.raises(EventRefused):
        recorded(office).attach("/data/town", "foto.jpg", b"1")


def test_after_a_withdrawn_consent_the_file_is_in_memory_only_and_may_be_kept_again(
    office: Office, disk: FullDiskStore
) -> None:
    conversation = recorded(office)
    conversation.attach(PHOTO, "foto.jpg", b"beeld")

    conversation.answer("/data/agreed", "no")
    assert disk.contents.files == {}
    assert conversation.file(PHOTO) == b"beeld"

    conversation.answer("/data/agreed", "yes")
    assert [key[2] for key in disk.contents.files] == ["foto.jpg"]


def test_a_finished_talk_keeps_the_files_that_count(office: Office, disk: FullDiskStore) -> None:
    conversation = recorded(office, has="yes")
    conversation.attach(PHOTO, "foto.jpg", b"1")
    conversation.attach(LETTER, "brief.jpg", b"2")
    conversation.answer("/data/has", "no")

    assert office.finish(conversation).stored

    assert [key[1:] for key in disk.contents.files] == [("upload", "foto.jpg")]


def test_a_finished_talk_that_is_opened_again_has_its_files(office: Office) -> None:
    conversation = recorded(office)
    conversation.attach(PHOTO, "foto.jpg", b"1")
    office.finish(conversation)

    again = reopen_finished(office, conversation.talk.instance_id)

    assert again.talk.instance_id != conversation.talk.instance_id
    assert again.file(PHOTO) == b"1"


def test_a_removed_draft_takes_its_files_along(office: Office, disk: FullDiskStore) -> None:
    conversation = recorded(office)
    conversation.attach(PHOTO, "foto.jpg", b"1")

    office.remove_draft(InstanceId(conversation.talk.instance_id))

    assert disk.contents.files == {}
