"""Troubles of the laptop itself: a clear sentence for each, and nothing that was kept is lost (a full disk stands in
test_troubles.py): a folder that only reads, a file held by another program, a clock that was turned, a week asleep."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from intake_app.cli import main
from intake_app.domain.clock import FixedClock
from intake_app.errors import ClockDoubtful, FileBusy, FolderReadOnly, IntakeError, StoreInUse
from intake_app.i18n.phrases import error_sentence
from intake_app.paths import PATIENCE_S, private_file
from intake_app.services.conversation import Conversation
from intake_app.services.housekeeping import clear_due, trust_clock
from intake_app.services.office import Office
from intake_app.services.people import list_people
from intake_app.storage.gate import SqlStore, SqlStoreGate
from intake_app.sync.openrosa import OpenRosaServer
from intake_app.sync.trial_receiver import TrialReceiver
from intake_app.sync.worker import run_once
from tests.fakes.encrypted import CHEAP, PASSPHRASE
from tests.fakes.inside import inside_database
from tests.scenario.conftest import REPOSITORY
from tests.services.helps import MORNING, NT1, begun, make_office, played, ref_of

YEAR = timedelta(days=365)


def one_line(error: IntakeError, *words: str) -> None:
    """One line that says what happened, what it means and what to do."""
    sentence = error_sentence(error, "nl")
    assert len(sentence.splitlines()) == 1
    assert sentence.count(".") >= 2
    for word in words:
        assert word in sentence


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MORNING)


@pytest.fixture
def laptop(folder: Path) -> Iterator[SqlStore]:
    store = SqlStoreGate(folder, CHEAP).create(PASSPHRASE, "Anneke", "site_lead", "counsellor")
    yield store
    store.close()


def unlocked(folder: Path) -> SqlStore:
    return SqlStoreGate(folder, CHEAP).unlock(PASSPHRASE)


def answered(conversation: Conversation, words: str) -> None:
    conversation.answer(ref_of(conversation, "goal"), words)


def goal_of(office: Office, conversation: Conversation) -> str:
    again = office.open_talk(conversation.talk.header.instance_id)
    return again.talk.answers.text("goal")


# ---------------------------------------------------------------- a folder that only reads
@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """A small disk of its own; gives a way to mount it anew as `rw` or `ro`."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("needs Linux and root to mount a small disk")
    place = tmp_path / "disk"
    place.mkdir()

    def mount(options: str) -> Path:
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            pytest.skip(f"mounting is not allowed here: {done.stderr.strip()}")
        return place

    yield mount
    subprocess.run(["umount", "-l", str(place)], check=False)


def test_a_folder_that_only_reads_says_so_and_leaves_everything(
    disk: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = disk("size=4m") / "data"
    store = SqlStoreGate(folder, CHEAP).create(PASSPHRASE, "Anneke", "site_lead", "counsellor")
    office = make_office(store)
    conversation = begun(office)
    answered(conversation, "Ik wil kok worden")
    store.close()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    disk("remount,ro")
    with pytest.raises(FolderReadOnly) as refused:
        unlocked(folder)
    monkeypatch.setenv("INTAKE_PASSPHRASE", PASSPHRASE)
    code = main(["sync", "--data-dir", str(folder)], lambda _: 99)

    one_line(refused.value, "kan niets bewaard worden", "blijft bewaard", "beheerder")
    assert (code, capsys.readouterr().err.strip()) == (1, error_sentence(refused.value, "nl"))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    disk("remount,rw")
    store = unlocked(folder)
    assert goal_of(make_office(store), conversation) == "Ik wil kok worden"
    store.close()


def test_a_disk_that_becomes_read_only_during_a_talk_keeps_what_was_shown_as_kept(
    disk: Callable[[str], Path],
) -> None:
    folder = disk("size=4m") / "data"
    store = SqlStoreGate(folder, CHEAP).create(PASSPHRASE, "Anneke", "site_lead", "counsellor")
    conversation = begun(make_office(store))
    answered(conversation, "Ik wil kok worden")
    with store.unit_of_work() as uow:
        uow._inside().session.connection().exec_driver_sql("PRAGMA query_only = ON")
    with pytest.raises(FolderReadOnly) as refused:
        answered(conversation, "Ik wil toch bakker worden")

    one_line(refused.value, "staat alleen op het scherm")
    goal = ref_of(conversation, "goal")
    assert conversation.talk.entry.value(goal) == "Ik wil kok worden"
    assert conversation.talk.typing[goal] == "Ik wil toch bakker worden"
    store.close()
    store = unlocked(folder)
    assert goal_of(make_office(store), conversation) == "Ik wil kok worden"
    store.close()


# ---------------------------------------------------------------- a file that another program holds
class Scanner:
    """A virus scanner that holds every new name for so many tries, as Windows then refuses to rename."""

    def __init__(self, tries: int) -> None:
        self.left = tries
        self._replace = Path.replace

    def replace(self, path: Path, target: Path) -> Path:
        if self.left:
            self.left -= 1
            raise PermissionError(13, "The process cannot access the file", str(path))
        return self._replace(path, target)


@pytest.fixture
def scanner(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Scanner]:
    def hold(tries: int) -> Scanner:
        one = Scanner(tries)

        def replace(path: Path, target: Path) -> Path:
            return one.replace(path, target)

        monkeypatch.setattr(Path, "replace", replace)
        return one

    return hold


def test_a_scanner_that_looks_for_a_moment_is_waited_for(
    folder: Path, laptop: SqlStore, scanner: Callable[[int], Scanner]
) -> None:
    held = scanner(3)
    laptop.staff.change_passphrase(PASSPHRASE, "een nieuwe lange wachtzin")
    laptop.close()

    assert held.left == 0
    SqlStoreGate(folder, CHEAP).unlock("een nieuwe lange wachtzin").close()


def test_a_scanner_that_does_not_let_go_is_named_and_the_old_passphrase_stays(
    folder: Path, laptop: SqlStore, scanner: Callable[[int], Scanner]
) -> None:
    held = scanner(1000)
    with pytest.raises(FileBusy) as refused:
        laptop.staff.change_passphrase(PASSPHRASE, "een nieuwe lange wachtzin")
    held.left = 0
    laptop.close()

    one_line(refused.value, "keys.json", "virusscanner", "Er is niets weg", "probeer het opnieuw")
    assert not list(folder.glob(".*.tmp"))
    unlocked(folder).close()


def test_the_wait_for_a_scanner_has_an_end_that_a_person_bears(tmp_path: Path) -> None:
    assert 1 < sum(PATIENCE_S) < 3
    private_file(tmp_path / "any", b"content")


def test_a_database_that_another_program_holds_is_said_and_the_answer_waits(folder: Path, laptop: SqlStore) -> None:
    conversation = begun(make_office(laptop))
    answered(conversation, "Ik wil kok worden")
    with laptop.unit_of_work() as uow:
        uow._inside().session.connection().exec_driver_sql("PRAGMA busy_timeout = 50")
    with inside_database(folder, PASSPHRASE) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreInUse) as refused:
            answered(conversation, "Ik wil bakker worden")
        other.execute("ROLLBACK")

    one_line(refused.value)
    goal = ref_of(conversation, "goal")
    assert (conversation.talk.entry.value(goal), conversation.talk.typing[goal]) == (
        "Ik wil kok worden",
        "Ik wil bakker worden",
    )
    answered(conversation, "Ik wil bakker worden")
    assert goal_of(make_office(laptop), conversation) == "Ik wil bakker worden"


def test_a_second_process_on_the_same_folder_is_refused_politely(
    folder: Path, laptop: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTAKE_PASSPHRASE", PASSPHRASE)
    command = [sys.executable, "-m", "intake_app", "sync", "--data-dir", str(folder)]
    second = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=REPOSITORY, check=False)

    assert second.returncode == 1
    assert second.stderr.strip() == error_sentence(StoreInUse(), "nl")
    assert len(list_people(laptop)) == 0


# ---------------------------------------------------------------- a clock that was turned
def test_a_clock_set_back_a_year_changes_no_answer_and_no_order(
    folder: Path, laptop: SqlStore, clock: FixedClock
) -> None:
    office = make_office(laptop, clock)
    conversation = begun(office)
    answered(conversation, "eerst")
    clock.moment = MORNING - YEAR
    answered(conversation, "daarna")
    laptop.close()
    store = unlocked(folder)
    office = make_office(store, clock)

    assert goal_of(office, conversation) == "daarna"
    assert office.open_drafts()[0].header.updated_at == MORNING
    again = office.open_talk(conversation.talk.header.instance_id)
    answered(again, "weer verder")
    assert goal_of(office, conversation) == "weer verder"
    store.close()


@pytest.mark.parametrize("step", [-YEAR, YEAR])
def test_a_turned_clock_clears_nothing_until_a_person_says_it_is_right(
    laptop: SqlStore, clock: FixedClock, step: timedelta
) -> None:
    office = make_office(laptop, clock)
    begun(office)
    clear_due(office)
    clock.moment = MORNING + step
    with pytest.raises(ClockDoubtful) as doubted:
        clear_due(office)

    one_line(doubted.value, "klok")
    assert len(list_people(laptop)) == 1
    trust_clock(laptop, clock.now())
    clear_due(office)
    assert len(list_people(laptop)) == (0 if step > timedelta(0) else 1)


def test_a_record_that_had_to_wait_goes_when_the_clock_was_set_back(laptop: SqlStore, clock: FixedClock) -> None:
    office = make_office(laptop, clock)
    office.finish(played(office, NT1))
    outbox = office.outbox()
    for item in outbox.waiting():
        outbox.save_attempt(replace(item, attempts=3, next_attempt_at=MORNING + timedelta(minutes=2)))
    with TrialReceiver() as receiver, OpenRosaServer(receiver.base_url, receiver.token, clock=clock) as server:
        soon = run_once(outbox, server, MORNING)
        back = run_once(outbox, server, MORNING - YEAR)

    assert (soon.sent, len(back.sent)) == ((), 4)
    assert outbox.waiting() == ()


# ---------------------------------------------------------------- a week asleep
def test_after_a_week_asleep_a_talk_goes_on_where_it_was(laptop: SqlStore, clock: FixedClock) -> None:
    office = make_office(laptop, clock)
    conversation = begun(office)
    goal = ref_of(conversation, "goal")
    conversation.talk.type(goal, "Ik wil graag")
    clock.moment = MORNING + timedelta(days=7)
    answered(conversation, "Ik wil graag kok worden")

    header = office.open_drafts()[0].header
    assert goal_of(office, conversation) == "Ik wil graag kok worden"
    assert header.started_at == MORNING
    assert header.updated_at == MORNING + timedelta(days=7)


def test_a_store_that_slept_a_week_is_as_locked_and_as_whole_as_before(folder: Path, laptop: SqlStore) -> None:
    """Nothing in the store counts on the time that passed: not the lock on the folder, not the open connection."""
    office = make_office(laptop, FixedClock(MORNING))
    conversation = begun(office)
    slept = make_office(laptop, FixedClock(MORNING + timedelta(days=7)))
    with pytest.raises(StoreInUse):
        unlocked(folder)
    again = slept.open_talk(conversation.talk.header.instance_id)
    answered(again, "wakker")
    assert goal_of(slept, conversation) == "wakker"
