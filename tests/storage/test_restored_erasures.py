"""An erasure outlives an older copy of the data, and so does asking the centre; a laptop says what it cannot know."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from intake_app.domain.backup import ERASED_AGAIN, NOT_COVERED, Restored
from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.domain.instance import OutboxItem
from intake_app.errors import RecordErased
from intake_app.storage import wipe_list
from intake_app.storage.backup import make_backup
from intake_app.storage.gate import SqlStore, SqlStoreGate
from intake_app.storage.restore import restore
from tests.fakes import records
from tests.fakes.encrypted import CHEAP, PASSPHRASE

PERSON = ParticipantId("p-1")
ASKED = records.lasting_request()
WAITING = OutboxItem(
    ASKED.instance_id,
    None,
    wipe_list.REQUEST_FORM,
    records.item().form_version,
    ASKED.asked_at,
    ASKED.record,
)


def _way_in(gate: SqlStoreGate) -> SqlStore:
    return gate.unlock(PASSPHRASE)


def _put_back(file: Path, folder: Path) -> Restored:
    return restore(file, folder, _way_in, replace=True, kdf=CHEAP)


def _erase_and_ask(store: SqlStore) -> None:
    with store.unit_of_work() as uow:
        uow.outbox.add(WAITING)
        uow.rights.ask(ASKED)
        uow.participants.erase(PERSON, ASKED.asked_at)
        uow.commit()


def _told(store: SqlStore, name: str) -> str:
    with store.unit_of_work() as uow:
        return uow.settings.get(name)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick" / "reservekopie.intake"


@pytest.fixture
def older(talk: SqlStore, file: Path) -> SqlStore:
    """A store with a backup of before an erasure, that was asked of the centre and not sent."""
    make_backup(talk.unit_of_work(), file, records.NOON, 30)
    _erase_and_ask(talk)
    return talk


def test_an_erasure_that_was_not_sent_yet_is_asked_again_after_an_older_backup(
    older: SqlStore, open_store: Callable[[], SqlStore], file: Path, folder: Path
) -> None:
    older.close()
    found = _put_back(file, folder)
    assert (found.people, found.erased_again, found.asked_again, found.not_covered_since) == (0, 1, 1, None)
    store = open_store()
    with store.unit_of_work() as uow:
        with pytest.raises(RecordErased):
            uow.participants.get(PERSON)
        assert uow.rights.requests() == (ASKED,)
        assert uow.outbox.waiting() == (WAITING,)
        lines = [(line.action, line.subject) for line in uow.audit.list()]
        assert ("erased_again", PERSON) in lines
        assert ("request_again", ASKED.instance_id) in lines
        assert uow.audit.verify() == len(lines)
    assert json.loads(_told(store, ERASED_AGAIN)) == [1, 1]
    assert _told(store, NOT_COVERED) == ""


def test_it_is_asked_again_once_however_often_the_store_is_opened(
    older: SqlStore, open_store: Callable[[], SqlStore], file: Path, folder: Path
) -> None:
    older.close()
    _put_back(file, folder)
    store = open_store()
    with store.unit_of_work() as uow:
        uow.outbox.confirm(records.receipt(ASKED.instance_id))
        uow.commit()
    for _ in range(2):
        store = open_store()
        with store.unit_of_work() as uow:
            assert uow.outbox.waiting() == ()
        assert json.loads(_told(store, ERASED_AGAIN)) == [1, 1]


def test_an_old_file_put_there_by_hand_does_not_forget_the_asking_either(
    talk: SqlStore, open_store: Callable[[], SqlStore], folder: Path, tmp_path: Path
) -> None:
    talk.close()
    shutil.copy(folder / "intake.db", tmp_path / "old.db")
    store = open_store()
    _erase_and_ask(store)
    store.close()
    for side in ("-wal", "-shm"):
        (folder / f"intake.db{side}").unlink(missing_ok=True)
    shutil.copy(tmp_path / "old.db", folder / "intake.db")
    with open_store().unit_of_work() as uow:
        assert uow.participants.list() == ()
        assert uow.outbox.waiting() == (WAITING,)


def test_what_the_centre_did_already_is_not_asked_again(
    older: SqlStore, open_store: Callable[[], SqlStore], file: Path, folder: Path
) -> None:
    done_at = records.NOON + timedelta(days=9)
    with older.unit_of_work() as uow:
        uow.outbox.remove(ASKED.instance_id)
        uow.rights.carried_out(ASKED.instance_id, done_at)
        uow.commit()
    older.close()
    assert _put_back(file, folder).asked_again == 0
    with open_store().unit_of_work() as uow:
        assert uow.outbox.waiting() == ()
        assert uow.rights.requests() == (replace(ASKED, done_at=done_at),)


def test_a_request_that_still_waits_in_the_copy_but_was_carried_out_since_goes_out_of_the_queue(
    older: SqlStore, open_store: Callable[[], SqlStore], file: Path, folder: Path
) -> None:
    make_backup(older.unit_of_work(), file, records.NOON + timedelta(days=3), 30)
    with older.unit_of_work() as uow:
        uow.outbox.confirm(records.receipt(ASKED.instance_id))
        uow.rights.carried_out(ASKED.instance_id, records.NOON + timedelta(days=9))
        uow.commit()
    older.close()
    assert _put_back(file, folder).asked_again == 0
    with open_store().unit_of_work() as uow:
        assert uow.outbox.waiting() == ()
        assert [one.done_at for one in uow.rights.requests()] == [records.NOON + timedelta(days=9)]


def test_a_request_whose_time_is_over_is_forgotten_beside_the_store_too(
    older: SqlStore, open_store: Callable[[], SqlStore]
) -> None:
    with older.unit_of_work() as uow:
        uow.outbox.remove(ASKED.instance_id)
        uow.rights.carried_out(ASKED.instance_id, records.NOON + timedelta(days=9))
        uow.commit()
    with older.unit_of_work() as uow:
        assert uow.rights.forget_before(records.NOON + timedelta(days=400)) == 1
        uow.commit()
    with open_store().unit_of_work() as uow:
        assert uow.rights.requests() == ()
        assert uow.outbox.waiting() == ()


def test_a_correction_needs_no_list_since_the_correction_itself_is_as_old_as_the_copy(
    talk: SqlStore, open_store: Callable[[], SqlStore], file: Path, folder: Path
) -> None:
    make_backup(talk.unit_of_work(), file, records.NOON, 30)
    with talk.unit_of_work() as uow:
        uow.rights.ask(replace(ASKED, kind="correction"))
        uow.commit()
    talk.close()
    assert _put_back(file, folder).asked_again == 0
    with open_store().unit_of_work() as uow:
        assert uow.rights.requests() == ()


def test_another_laptop_says_since_when_it_does_not_know_who_was_erased(
    older: SqlStore, file: Path, tmp_path: Path
) -> None:
    found = _put_back(file, tmp_path / "new")
    assert (found.people, found.not_covered_since) == (1, records.NOON)
    store = SqlStoreGate(tmp_path / "new", CHEAP).unlock(PASSPHRASE)
    since, until = map(datetime.fromisoformat, json.loads(_told(store, NOT_COVERED)))
    store.close()
    assert since == records.NOON
    assert until > since


def test_a_second_backup_makes_the_period_that_was_not_looked_up_wider_never_smaller(
    older: SqlStore, file: Path, tmp_path: Path
) -> None:
    _put_back(file, tmp_path / "new")
    make_backup(older.unit_of_work(), file, records.NOON + timedelta(days=3), 30)
    assert _put_back(file, tmp_path / "newer").people == 0
    (tmp_path / "newer" / wipe_list.NAME).unlink()
    new = SqlStoreGate(tmp_path / "new", CHEAP).unlock(PASSPHRASE)
    make_backup(new.unit_of_work(), tmp_path / "next.intake", records.NOON + timedelta(days=5), 30)
    new.close()
    _put_back(tmp_path / "next.intake", tmp_path / "newer")
    store = SqlStoreGate(tmp_path / "newer", CHEAP).unlock(PASSPHRASE)
    assert json.loads(_told(store, NOT_COVERED))[0] == records.NOON.isoformat()
    store.close()


def test_a_laptop_whose_own_list_began_elsewhere_does_not_claim_to_know(
    older: SqlStore, file: Path, tmp_path: Path
) -> None:
    _put_back(file, tmp_path / "new")
    later = records.NOON + timedelta(days=3)
    make_backup(older.unit_of_work(), file, later, 30)
    with older.unit_of_work() as uow:
        uow.participants.add(records.participant("p-2", "2222-2222"))
        uow.participants.erase(ParticipantId("p-2"), later)
        uow.commit()
    assert _put_back(file, tmp_path / "new").not_covered_since == later


def test_the_other_laptop_knows_all_that_happened_since_its_own_backups(
    older: SqlStore, file: Path, tmp_path: Path
) -> None:
    _put_back(file, tmp_path / "new")
    gate = SqlStoreGate(tmp_path / "new", CHEAP)
    store = gate.unlock(PASSPHRASE)
    own = tmp_path / "stick" / "eigen.intake"
    make_backup(store.unit_of_work(), own, records.NOON + timedelta(days=4), 30)
    store.close()
    assert _put_back(own, tmp_path / "new").not_covered_since is None


@pytest.mark.parametrize("broken", ["gone", "unreadable"])
def test_a_list_that_is_lost_with_the_data_is_not_taken_for_one_that_knows(
    older: SqlStore, file: Path, folder: Path, broken: str
) -> None:
    older.close()
    (folder / "intake.db").write_bytes(b"\0" * 9000)
    if broken == "gone":
        (folder / wipe_list.NAME).unlink()
    else:
        (folder / wipe_list.NAME).write_bytes(b"\0" * 200)
    assert _put_back(file, folder).not_covered_since == records.NOON


def test_a_list_stands_beside_the_store_from_the_first_day_and_stays_on_its_line(
    store: SqlStore, open_store: Callable[[], SqlStore], folder: Path
) -> None:
    first = (folder / wipe_list.NAME).read_bytes()
    with open_store().unit_of_work() as uow:
        assert uow.rights.tombstones() == ()
    assert (folder / wipe_list.NAME).read_bytes() == first
    again = open_store()
    with again.unit_of_work() as uow:
        uow.participants.add(records.participant())
        uow.participants.erase(PERSON, records.NOON)
        uow.commit()
    make_backup(again.unit_of_work(), folder.parent / "kopie.intake", records.NOON, 30)
    again.close()
    assert _put_back(folder.parent / "kopie.intake", folder).not_covered_since is None


def test_no_name_or_answer_stands_in_what_is_kept_of_an_erasure(older: SqlStore, folder: Path) -> None:
    older.close()
    content = (folder / wipe_list.NAME).read_bytes()
    for word in (b"Samira", b"schoonmaker", records.NUMBER.encode(), PERSON.encode(), ASKED.record):
        assert word not in content
    assert InstanceId(ASKED.talk_id).encode() not in content
