"""A backup is whole, private and of one moment; putting it back brings nothing back that was erased."""

from __future__ import annotations

import os
import threading
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.errors import (
    BackupFolderMissing,
    BackupRefused,
    RecordErased,
    RecordMissing,
    WorkStopped,
    WrongPassphrase,
)
from intake_app.storage.backup import MOST_COPIES, look, make_backup
from intake_app.storage.gate import SqlStore, SqlStoreGate
from intake_app.storage.restore import restore
from tests.fakes import records
from tests.fakes.encrypted import CHEAP, PASSPHRASE

PERSON = ParticipantId("p-1")
DRAFT = records.header().instance_id


def _way_in(gate: SqlStoreGate) -> SqlStore:
    return gate.unlock(PASSPHRASE)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    stick = tmp_path / "stick"
    stick.mkdir()
    return stick / "reservekopie.intake"


def _back_up(store: SqlStore, file: Path, days: int = 0) -> None:
    make_backup(store.unit_of_work(), file, records.NOON + timedelta(days=days), 30)


def _erase(store: SqlStore, person: ParticipantId = PERSON) -> None:
    with store.unit_of_work() as uow:
        uow.participants.erase(person, records.NOON + timedelta(days=2))
        uow.commit()


def _new_laptop(tmp_path: Path, file: Path, copy: str = "") -> SqlStore:
    restore(file, tmp_path / "new", _way_in, copy=copy, kdf=CHEAP)
    return SqlStoreGate(tmp_path / "new", CHEAP).unlock(PASSPHRASE)


def test_a_backup_brings_everything_to_another_laptop(talk: SqlStore, file: Path, tmp_path: Path) -> None:
    _back_up(talk, file)
    store = _new_laptop(tmp_path, file)
    with store.unit_of_work() as uow:
        assert uow.participants.get(PERSON) == records.participant()
        assert len(uow.drafts.get(DRAFT).journal) == 10
        assert [line.action for line in uow.audit.list()][-1] == "backup_restored"
    store.close()


def test_nothing_in_a_backup_can_be_read_and_nothing_is_left_beside_the_store(
    talk: SqlStore, file: Path, folder: Path
) -> None:
    _back_up(talk, file)
    content = file.read_bytes()
    for word in (b"Samira", b"schoonmaker", b"/data/h01", b"SQLite format"):
        assert word not in content
    assert not list(folder.glob("backup*"))
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_copies_are_rotated_and_old_ones_left_out(talk: SqlStore, file: Path) -> None:
    for day in range(MOST_COPIES + 3):
        _back_up(talk, file, day)
    ages = [(copy.at - records.NOON).days for copy in look(file).copies]
    assert ages == list(reversed(range(3, MOST_COPIES + 3)))
    _back_up(talk, file, 45)
    assert [(copy.at - records.NOON).days for copy in look(file).copies] == [45]


def test_an_erased_talk_cannot_be_read_from_any_older_copy_beside_newer_keys(
    talk: SqlStore, file: Path, tmp_path: Path
) -> None:
    with talk.unit_of_work() as uow:
        uow.participants.add(records.participant("p-2", "2222-2222"))
        uow.commit()
    _back_up(talk, file, 0)
    _erase(talk)
    _back_up(talk, file, 3)
    oldest = min(look(file).copies, key=lambda copy: copy.at)
    store = _new_laptop(tmp_path, file, oldest.name)
    with store.unit_of_work() as uow:
        with pytest.raises(RecordErased):
            uow.participants.get(PERSON)
        with pytest.raises(RecordMissing):
            uow.drafts.get(DRAFT)
        assert [person.participant_id for person in uow.participants.list()] == ["p-2"]
    store.close()


def test_what_was_erased_after_the_backup_is_erased_again_before_anything_is_sent(
    open_store: Callable[[], SqlStore], talk: SqlStore, file: Path, folder: Path
) -> None:
    with talk.unit_of_work() as uow:
        uow.participants.add(records.participant("p-2", "2222-2222"))
        uow.outbox.add(records.item())
        uow.cards.save(records.card("p-2"))
        uow.commit()
    _back_up(talk, file)
    _erase(talk)
    with talk.unit_of_work() as uow:
        uow.cards.erase(ParticipantId("p-2"), records.NOON + timedelta(days=2))
        uow.commit()
    talk.close()
    found = restore(file, folder, _way_in, replace=True, kdf=CHEAP)
    assert (found.people, found.erased_again) == (1, 2)
    with open_store().unit_of_work() as uow:
        assert uow.outbox.waiting() == ()
        assert uow.cards.list() == ()
        assert [person.participant_id for person in uow.participants.list()] == ["p-2"]
    assert list(folder.glob("intake.db.replaced-*"))


def test_what_was_taken_back_is_not_sent_again_after_putting_back(
    open_store: Callable[[], SqlStore], talk: SqlStore, file: Path, folder: Path
) -> None:
    with talk.unit_of_work() as uow:
        uow.instances.add(records.instance())
        uow.outbox.add(records.item("uuid:intake-1"))
        uow.commit()
    _back_up(talk, file)
    with talk.unit_of_work() as uow:
        uow.outbox.remove(InstanceId("uuid:intake-1"))
        uow.rights.withdraw(records.withdrawal(minutes=9999))
        uow.commit()
    talk.close()
    restore(file, folder, _way_in, replace=True, kdf=CHEAP)
    with open_store().unit_of_work() as uow:
        assert uow.outbox.waiting() == ()
        assert uow.instances.get(InstanceId("uuid:intake-1")).released_xml is None
        assert uow.rights.withdrawals() == (records.withdrawal(minutes=9999),)


def test_a_backup_while_a_talk_is_being_typed_holds_whole_answers_only(
    talk: SqlStore, file: Path, tmp_path: Path
) -> None:
    stop = threading.Event()
    written: list[int] = []

    def type_on() -> None:
        sequence = 10
        while not stop.is_set():
            with talk.unit_of_work() as uow:
                uow.drafts.append(DRAFT, [records.entry(sequence), records.entry(sequence + 1)])
                uow.drafts.save_typing(DRAFT, {"/data/h02": "x" * (sequence % 50)})
                uow.commit()
            sequence += 2
            written.append(sequence)

    typing = threading.Thread(target=type_on)
    typing.start()
    try:
        for day in range(4):
            _back_up(talk, file, day)
    finally:
        stop.set()
        typing.join()
    for number, copy in enumerate(look(file).copies):
        restore(file, tmp_path / f"new-{number}", _way_in, copy=copy.name, kdf=CHEAP)
        store = SqlStoreGate(tmp_path / f"new-{number}", CHEAP).unlock(PASSPHRASE)
        with store.unit_of_work() as uow:
            sequences = [entry.sequence for entry in uow.drafts.get(DRAFT).journal]
        store.close()
        assert sequences == list(range(len(sequences)))
        assert len(sequences) % 2 == 0
        assert len(sequences) <= written[-1]


def test_a_wrong_passphrase_says_so_and_changes_nothing(talk: SqlStore, file: Path, tmp_path: Path) -> None:
    _back_up(talk, file)
    with pytest.raises(WrongPassphrase):
        restore(file, tmp_path / "new", lambda gate: gate.unlock("een heel andere zin"), kdf=CHEAP)
    assert not SqlStoreGate(tmp_path / "new", CHEAP).exists()
    assert [path.name for path in (tmp_path / "new").iterdir() if path.name != "in-use.lock"] == []


def test_a_store_that_stands_there_is_not_replaced_unasked(talk: SqlStore, file: Path, folder: Path) -> None:
    _back_up(talk, file)
    talk.close()
    before = (folder / "intake.db").read_bytes()
    with pytest.raises(BackupRefused) as refused:
        restore(file, folder, _way_in, kdf=CHEAP)
    assert refused.value.params == {"problem": "store_here"}
    assert (folder / "intake.db").read_bytes() == before


def test_another_store_is_refused_both_ways(talk: SqlStore, file: Path, tmp_path: Path) -> None:
    _back_up(talk, file)
    other = SqlStoreGate(tmp_path / "other", CHEAP).create(PASSPHRASE, "Bert", "counsellor")
    with pytest.raises(BackupRefused) as refused:
        _back_up(other, file)
    assert refused.value.params == {"problem": "other_store"}
    other.close()


def test_people_added_after_the_backup_keep_their_keys(
    open_store: Callable[[], SqlStore], talk: SqlStore, file: Path, folder: Path
) -> None:
    _back_up(talk, file, 0)
    with talk.unit_of_work() as uow:
        uow.participants.add(records.participant("p-2", "2222-2222"))
        uow.commit()
    _back_up(talk, file, 1)
    talk.close()
    newest = look(file).newest
    restore(file, folder, _way_in, copy=min(look(file).copies, key=lambda copy: copy.at).name, replace=True, kdf=CHEAP)
    restore(file, folder, _way_in, copy=newest.name, replace=True, kdf=CHEAP)
    with open_store().unit_of_work() as uow:
        assert uow.participants.get(ParticipantId("p-2")).number == "2222-2222"


@pytest.mark.parametrize("broken", ["keys.json", "participant_keys.db", "intake.db"])
def test_a_damaged_part_of_the_store_is_mended_from_the_backup(
    open_store: Callable[[], SqlStore], talk: SqlStore, file: Path, folder: Path, broken: str
) -> None:
    _back_up(talk, file)
    talk.close()
    (folder / broken).write_bytes(b"\0" * 5000)
    restore(file, folder, _way_in, replace=True, kdf=CHEAP)
    with open_store().unit_of_work() as uow:
        assert uow.participants.get(PERSON) == records.participant()


@pytest.mark.parametrize("content", [b"", b"een brief", b"PK\x05\x06" + bytes(18)])
def test_another_file_is_no_backup_and_is_never_overwritten(talk: SqlStore, file: Path, content: bytes) -> None:
    file.write_bytes(content)
    for attempt in (lambda: look(file), lambda: _back_up(talk, file)):
        with pytest.raises(BackupRefused) as refused:
            attempt()
        assert refused.value.params == {"problem": "not_a_backup"}
    assert file.read_bytes() == content


def test_one_changed_byte_in_a_backup_is_noticed(talk: SqlStore, file: Path, tmp_path: Path) -> None:
    _back_up(talk, file)
    with zipfile.ZipFile(file) as container:
        place = container.getinfo(look(file).newest.name).header_offset + 2000
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)
    with pytest.raises(BackupRefused) as refused:
        restore(file, tmp_path / "new", _way_in, kdf=CHEAP)
    assert refused.value.params == {"problem": "damaged"}


def test_a_stick_that_was_pulled_out_leaves_the_store_as_it_is(talk: SqlStore, tmp_path: Path, folder: Path) -> None:
    with pytest.raises(BackupFolderMissing):
        _back_up(talk, tmp_path / "gone" / "kopie.intake")
    assert not list(folder.glob("backup*"))
    with talk.unit_of_work() as uow:
        assert len(uow.drafts.get(DRAFT).journal) == 10


def test_what_was_put_aside_goes_after_thirty_days(open_store: Callable[[], SqlStore], folder: Path) -> None:
    open_store()
    now = (folder / "intake.db").stat().st_mtime
    for name, days in (("intake.db.replaced-20260101T000000Z", 31), ("intake.db.before-0001", 29)):
        (folder / name).write_bytes(b"x")
        os.utime(folder / name, (now - days * 86400, now - days * 86400))
    open_store()
    assert not (folder / "intake.db.replaced-20260101T000000Z").exists()
    assert (folder / "intake.db.before-0001").exists()


def test_a_backup_that_is_stopped_leaves_the_older_one_and_nothing_beside_it(talk: SqlStore, file: Path) -> None:
    _back_up(talk, file)
    before = file.read_bytes()
    asked = 0

    def stop_at_the_end() -> None:
        nonlocal asked
        asked += 1
        if asked == 3:
            raise WorkStopped

    with pytest.raises(WorkStopped):
        make_backup(talk.unit_of_work(), file, records.NOON + timedelta(days=1), 30, stop_at_the_end)

    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == [file.name]
