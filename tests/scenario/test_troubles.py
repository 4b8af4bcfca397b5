"""When something is wrong: one clear sentence with the way out, and nothing that was kept is lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest
from sqlalchemy import Connection, Engine, event

from intake_app.bootstrap import Sender, load_forms
from intake_app.cli import main
from intake_app.errors import DiskFull, FormMissing, IntakeError, StoreDamaged, WrongPassphrase
from intake_app.i18n.phrases import error_sentence
from intake_app.services.conversation import Conversation
from intake_app.services.installation import ServerSettings, write_server
from intake_app.services.office import Office
from intake_app.storage.gate import SqlStore, SqlStoreGate
from intake_app.sync.trial_http import Fault
from intake_app.sync.trial_receiver import TrialReceiver
from tests.fakes.encrypted import CHEAP
from tests.scenario.conftest import PASSPHRASE, REPOSITORY
from tests.services.helps import NT1, begun, make_office, played, ref_of, told

CATALOGUE = REPOSITORY / "resources" / "catalogue"
FORMS = REPOSITORY / "resources" / "forms" / "compiled"


class Result(NamedTuple):
    """What a command said."""

    returncode: int
    stdout: str
    stderr: str


class Run(Protocol):
    """Runs a command in this process."""

    def __call__(self, *arguments: object, passphrase: str = PASSPHRASE) -> Result: ...


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def running(*arguments: object, passphrase: str = PASSPHRASE) -> Result:
        monkeypatch.setenv("INTAKE_PASSPHRASE", passphrase)
        capsys.readouterr()
        code = main([str(argument) for argument in arguments], lambda _: 99)
        return Result(code, *capsys.readouterr())

    return running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def laptop(folder: Path) -> Iterator[SqlStore]:
    store = SqlStoreGate(folder, CHEAP).create(PASSPHRASE, "Anneke", "site_lead", "counsellor")
    yield store
    store.close()


def one_line(text: str, *words: str) -> None:
    """One line that says what happened, what it means and what to do."""
    assert len(text.strip().splitlines()) == 1, text
    assert text.count(".") >= 2
    assert "Traceback" not in text
    for word in words:
        assert word in text


def in_words(error: IntakeError) -> str:
    return error_sentence(error, "nl")


# ---------------------------------------------------------------- the passphrase
def test_a_wrong_passphrase_is_one_clear_line_and_loses_nothing(run: Run, folder: Path, laptop: SqlStore) -> None:
    begun(make_office(laptop))
    laptop.close()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    result = run("sync", "--data-dir", folder, passphrase="iets heel anders")

    assert result.returncode == 1
    assert result.stdout == ""
    one_line(result.stderr, "wachtzin klopt niet", "op slot", "Typ de wachtzin nog eens")
    (folder / "attempts.json").unlink()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    with pytest.raises(WrongPassphrase):
        SqlStoreGate(folder, CHEAP).unlock("iets heel anders")
    store = SqlStoreGate(folder, CHEAP).unlock(PASSPHRASE)
    assert len(make_office(store).open_drafts()) == 1
    store.close()


def test_an_empty_folder_says_that_there_is_nothing_yet(run: Run, tmp_path: Path) -> None:
    result = run("sync", "--data-dir", tmp_path)

    assert result.returncode == 1
    one_line(result.stderr, "nog geen gegevens")


# ---------------------------------------------------------------- a damaged database
@pytest.mark.parametrize("where", ["begin", "middle"])
def test_a_damaged_database_is_named_and_left_as_it_is(run: Run, folder: Path, laptop: SqlStore, where: str) -> None:
    begun(make_office(laptop))
    laptop.close()
    database = folder / "intake.db"
    raw = bytearray(database.read_bytes())
    place = 0 if where == "begin" else len(raw) // 2
    raw[place : place + 4096] = os.urandom(4096)
    database.write_bytes(raw)
    result = run("sync", "--data-dir", folder)

    assert result.returncode == 1
    one_line(result.stderr, "beschadigd", "verandert er niets aan", "reservekopie")
    assert database.read_bytes() == bytes(raw)
    with pytest.raises(StoreDamaged):
        SqlStoreGate(folder, CHEAP).unlock(PASSPHRASE)


# ---------------------------------------------------------------- forms and catalogue
def test_a_missing_form_is_named_and_open_talks_stay(tmp_path: Path, laptop: SqlStore) -> None:
    conversation = begun(make_office(laptop))
    shutil.copytree(FORMS, tmp_path / "forms")
    (tmp_path / "forms" / "plan.xml").unlink()
    with pytest.raises(FormMissing) as caught:
        load_forms(tmp_path / "forms")

    one_line(in_words(caught.value), "vragenlijst plan staat niet op deze laptop", "Haal de vragenlijsten op")
    again = make_office(laptop).open_talk(conversation.talk.header.instance_id)
    assert again.talk.answers.text("call_name") == "Truus Verzonnen"


def test_a_form_that_is_not_whole_is_one_clear_line(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "intake.xml"
    broken.write_bytes((FORMS / "intake.xml").read_bytes()[:5000])
    result = run("form", "check", broken)

    assert result.returncode == 1
    one_line(result.stderr, "niet veilig of niet heel (regel ")


def test_an_unreadable_row_of_the_catalogue_is_named_by_file_row_and_column(run: Run, tmp_path: Path) -> None:
    folder, profile = tmp_path / "catalogue", tmp_path / "profile.json"
    shutil.copytree(CATALOGUE, folder)
    lines = (folder / "occupations.csv").read_text("utf-8").splitlines()
    assert lines[0].split(",")[1] == "rank"
    name, _, rest = lines[3].split(",", 2)
    lines[3] = f"{name},geen getal,{rest}"
    (folder / "occupations.csv").write_text("\n".join(lines) + "\n", "utf-8")
    profile.write_text('{"skills": {"cooking": "alone"}}', "utf-8")
    result = run("match", "--profile", profile, "--catalogue", folder, "--json")

    assert result.returncode == 1
    assert result.stdout == ""
    one_line(result.stderr, "occupations.csv", "regel 4", "rank", "De oude gegevens blijven in gebruik")


def test_a_missing_catalogue_is_one_clear_line(run: Run, tmp_path: Path) -> None:
    profile = tmp_path / "profile.json"
    profile.write_text("{}", "utf-8")
    result = run("match", "--profile", profile, "--catalogue", tmp_path / "nowhere", "--json")

    assert result.returncode == 1
    one_line(result.stderr, "nowhere")


# ---------------------------------------------------------------- a full disk
class Room:
    """How many pages the database may still grow; beyond that SQLite answers as it does on a full disk."""

    ANY = 1_073_741_823

    def __init__(self) -> None:
        self.limit = self.ANY
        self._more: int | None = None

    def on_begin(self, connection: Connection) -> None:
        if self._more is not None:
            self.limit = int(connection.exec_driver_sql("PRAGMA page_count").scalar() or 0) + self._more
            self._more = None
        connection.exec_driver_sql(f"PRAGMA max_page_count = {self.limit}")

    @contextmanager
    def for_pages(self, more: int) -> Iterator[None]:
        self._more = more
        yield
        self.limit, self._more = self.ANY, None


@pytest.fixture
def room() -> Iterator[Room]:
    room = Room()
    event.listen(Engine, "begin", room.on_begin)
    yield room
    event.remove(Engine, "begin", room.on_begin)


def write_until_full(conversation: Conversation) -> tuple[str, str]:
    """Give answers until one is refused; gives the last that was kept and the one that was not."""
    ref, kept = ref_of(conversation, "goal"), ""
    for number in range(500):
        words = f"Ik wil bakker worden, keer {number}. " + "Brood en koek. " * 100 * number
        try:
            conversation.answer(ref, words)
        except DiskFull as error:
            one_line(in_words(error), "schijf is vol", "Wat bewaard is, blijft bewaard", "Maak ruimte vrij")
            return kept, words
        kept = words
    raise AssertionError("the disk never filled")


def nothing_is_lost(office: Office, conversation: Conversation, kept: str, refused: str) -> None:
    goal = ref_of(conversation, "goal")
    assert conversation.talk.entry.value(goal) == kept
    assert conversation.talk.typing[goal] == refused
    again = office.open_talk(conversation.talk.header.instance_id)
    assert again.talk.entry.value(goal) == kept
    assert again.talk.stored_savepoint() == conversation.talk.stored_savepoint()


def test_a_full_database_keeps_every_acknowledged_answer(laptop: SqlStore, room: Room) -> None:
    office = make_office(laptop)
    conversation = begun(office)
    with room.for_pages(12):
        kept, refused = write_until_full(conversation)
        nothing_is_lost(office, conversation, kept, refused)
    conversation.answer(ref_of(conversation, "goal"), refused)
    again = office.open_talk(conversation.talk.header.instance_id)
    assert again.talk.entry.value(ref_of(again, "goal")) == refused


def test_a_consent_to_record_on_a_full_database_leaves_no_half_person(laptop: SqlStore, room: Room) -> None:
    office = make_office(laptop)
    conversation = office.begin_talk()
    told(conversation, {"talk_language": "nl", "version": "short", "age_group": "27_56", "goal": "Brood " * 2000})
    with room.for_pages(0), pytest.raises(DiskFull):
        conversation.answer(ref_of(conversation, "consent_record"), "yes")

    assert not conversation.talk.recording
    assert office.open_drafts() == ()
    told(conversation, {"consent_record": "yes"})
    assert len(office.open_drafts()) == 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("needs Linux and root to mount a small disk")
    place = tmp_path / "small"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(place)]
    mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    if mounted.returncode != 0:
        pytest.skip(f"mounting is not allowed here: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_keeps_every_acknowledged_answer(small_disk: Path) -> None:
    store = SqlStoreGate(small_disk / "data", CHEAP).create(PASSPHRASE, "Anneke", "site_lead", "counsellor")
    office = make_office(store)
    conversation = begun(office)
    ballast = small_disk / "ballast"
    with ballast.open("wb") as file:
        free = shutil.disk_usage(small_disk).free
        file.write(b"x" * max(0, free - 200_000))
    kept, refused = write_until_full(conversation)
    nothing_is_lost(office, conversation, kept, refused)
    ballast.unlink()
    conversation.answer(ref_of(conversation, "goal"), refused)
    assert conversation.talk.entry.value(ref_of(conversation, "goal")) == refused
    store.close()


# ---------------------------------------------------------------- the server
def waiting(office: Office) -> dict[str, bytes]:
    return {item.instance_id: item.xml for item in office.outbox().waiting()}


def sending_office(store: SqlStore, address: str, token: str) -> Office:
    office = make_office(store)
    write_server(store, ServerSettings(address, token, trial=True))
    office.send_round = Sender(store, office.clock)
    return office


def test_a_server_that_no_longer_knows_this_laptop_loses_nothing(run: Run, folder: Path, laptop: SqlStore) -> None:
    with TrialReceiver(forms=FORMS) as receiver:
        office = sending_office(laptop, receiver.base_url, "A" * 64)
        office.finish(played(office, NT1, practice=True))
        before = waiting(office)
        assert len(before) == 4
        laptop.close()
        result = run("sync", "--data-dir", folder, "--json")
        assert result.returncode == 1
        assert json.loads(result.stdout)["sent"] == []
        one_line(
            result.stderr, "server kent deze laptop niet meer", "staat nog veilig op deze laptop", "nieuwe toegang"
        )

        store = SqlStoreGate(folder, CHEAP).unlock(PASSPHRASE)
        again = sending_office(store, receiver.base_url, receiver.token)
        assert waiting(again) == before
        report = again.send()
        assert report is not None
        assert set(report.sent) == set(before)
        assert {record.instance_id: record.xml for record in receiver.received} == before
        store.close()


def test_a_server_that_refuses_a_record_leaves_it_here_and_sends_the_others(laptop: SqlStore) -> None:
    with TrialReceiver(forms=FORMS) as receiver:
        office = sending_office(laptop, receiver.base_url, receiver.token)
        office.finish(played(office, NT1, practice=True))
        before = waiting(office)
        receiver.fail_next(Fault(status=409, text="A submission already exists with this ID, but with different XML."))
        report = office.send()

    assert report is not None
    assert (len(report.sent), report.set_apart) == (3, 1)
    left = office.outbox().waiting()
    assert [(item.set_apart, item.last_problem) for item in left] == [(True, "record_differs")]
    assert waiting(office).items() <= before.items()


def test_a_form_that_the_server_does_not_know_yet_keeps_its_record_waiting(tmp_path: Path, laptop: SqlStore) -> None:
    shutil.copytree(FORMS, tmp_path / "forms")
    (tmp_path / "forms" / "plan.xml").unlink()
    with TrialReceiver(forms=tmp_path / "forms") as receiver:
        office = sending_office(laptop, receiver.base_url, receiver.token)
        office.finish(played(office, NT1, practice=True))
        before = waiting(office)
        report = office.send()

    assert report is not None
    assert (len(report.sent), report.waiting, report.set_apart) == (3, 1, 0)
    left = office.outbox().waiting()
    assert [(item.form_id, item.last_problem) for item in left] == [("plan", "form_unknown")]
    assert all(item.next_attempt_at is not None for item in left)
    assert waiting(office).items() <= before.items()


def test_without_a_connection_everything_waits(run: Run, folder: Path, laptop: SqlStore) -> None:
    with TrialReceiver() as receiver:
        address, token = receiver.base_url, receiver.token
    office = sending_office(laptop, address, token)
    office.finish(played(office, NT1, practice=True))
    laptop.close()
    result = run("sync", "--data-dir", folder)

    assert result.returncode == 1
    one_line(result.stderr, "geen verbinding met 127.0.0.1", "Werk gewoon door")
    store = SqlStoreGate(folder, CHEAP).unlock(PASSPHRASE)
    assert len(make_office(store).outbox().waiting()) == 4
    store.close()


def test_without_a_server_the_command_says_whom_to_ask(run: Run, folder: Path, laptop: SqlStore) -> None:
    laptop.close()
    result = run("sync", "--data-dir", folder)

    assert result.returncode == 1
    one_line(result.stderr, "nog geen server ingesteld", "Vraag het Werkcentrum")
