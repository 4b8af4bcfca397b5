"""What the repository of files promises, on the fake and on the real store."""

from __future__ import annotations

import pytest

from intake_app.domain.ids import FormVersion, InstanceId, ParticipantId
from intake_app.errors import RecordErased, RecordMissing
from intake_app.services.ports import Store
from tests.fakes import records

TALK, OTHER = InstanceId("uuid:draft-1"), InstanceId("uuid:draft-2")


def test_a_file_comes_back_byte_for_byte_and_a_later_one_takes_its_place(store: Store, person: ParticipantId) -> None:
    with store.unit_of_work() as uow:
        uow.files.save(person, TALK, "upload", "foto.jpg", bytes(range(256)))
        uow.files.save(person, TALK, "upload", "brief.pdf", b"1")
        uow.files.save(person, TALK, "upload", "brief.pdf", b"2")
        uow.files.save(person, OTHER, "upload", "foto.jpg", b"elders")
        uow.files.save(person, TALK, "left_over", "foto.jpg", b"ander soort")
        uow.commit()
    with store.unit_of_work() as uow:
        assert uow.files.names(TALK, "upload") == ("brief.pdf", "foto.jpg")
        assert uow.files.get(TALK, "upload", "foto.jpg") == bytes(range(256))
        assert uow.files.get(TALK, "upload", "brief.pdf") == b"2"
        assert uow.files.get(TALK, "left_over", "foto.jpg") == b"ander soort"
        assert uow.files.of_kind("upload") == ((person, "brief.pdf"), (person, "foto.jpg"), (person, "foto.jpg"))
        assert uow.files.of_kind("left_over") == ((person, "foto.jpg"),)


def test_what_is_no_longer_named_goes_and_nothing_else_does(store: Store, person: ParticipantId) -> None:
    with store.unit_of_work() as uow:
        for name in ("a.jpg", "b.jpg"):
            uow.files.save(person, TALK, "upload", name, b"1")
        uow.files.save(person, OTHER, "upload", "a.jpg", b"1")
        uow.files.keep_only(TALK, "upload", {"b.jpg"})
        uow.commit()
    with store.unit_of_work() as uow:
        assert uow.files.names(TALK, "upload") == ("b.jpg",)
        assert uow.files.names(OTHER, "upload") == ("a.jpg",)
        with pytest.raises(RecordMissing):
            uow.files.get(TALK, "upload", "a.jpg")


def test_a_file_belongs_to_a_person_who_is_there(store: Store, person: ParticipantId) -> None:
    with store.unit_of_work() as uow, pytest.raises(RecordMissing):
        uow.files.save(ParticipantId("p-9"), TALK, "upload", "a.jpg", b"1")
    with store.unit_of_work() as uow:
        uow.participants.erase(person, records.NOON)
        uow.commit()
    with store.unit_of_work() as uow, pytest.raises(RecordErased):
        uow.files.save(person, TALK, "upload", "a.jpg", b"1")


def test_a_talk_goes_on_with_another_version_of_its_form(store: Store, person: ParticipantId) -> None:
    with store.unit_of_work() as uow:
        uow.drafts.add(records.header())
        uow.drafts.save_version(TALK, FormVersion("2027010101"))
        uow.commit()
    with store.unit_of_work() as uow:
        assert uow.drafts.get(TALK).header.form_version == "2027010101"
        with pytest.raises(RecordMissing):
            uow.drafts.save_version(OTHER, FormVersion("1"))
