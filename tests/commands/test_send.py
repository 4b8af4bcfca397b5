"""`sync`: what waits is sent once, and the command says what became of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from intake_app.services.follow_up_end import finish_follow_up
from intake_app.services.follow_up_talk import begin_follow_up, correct_follow_up
from intake_app.services.installation import ServerSettings, write_server
from intake_app.services.people import list_people
from intake_app.services.sending import pause_sending
from intake_app.storage.gate import SqlStoreGate
from intake_app.sync.trial_receiver import TrialReceiver
from tests.commands.conftest import Command
from tests.fakes.encrypted import CHEAP, PASSPHRASE
from tests.services.helps import NT1, make_office, played, told

FORMS = Path(__file__).resolve().parents[2] / "resources" / "forms" / "compiled"


@pytest.fixture
def laptop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INTAKE_PASSPHRASE", PASSPHRASE)
    return tmp_path / "data"


def finished_talk(folder: Path, receiver: TrialReceiver) -> None:
    store = SqlStoreGate(folder, CHEAP).create(PASSPHRASE, "Anneke", "site_lead", "counsellor")
    office = make_office(store)
    write_server(store, ServerSettings(receiver.base_url, receiver.token, trial=True))
    office.finish(played(office, NT1, practice=True))
    store.close()


def test_a_pause_that_was_set_in_the_window_holds_for_the_command_too(command: Command, laptop: Path) -> None:
    with TrialReceiver(forms=FORMS) as receiver:
        finished_talk(laptop, receiver)
        store = SqlStoreGate(laptop, CHEAP).unlock(PASSPHRASE)
        pause_sending(make_office(store), True)
        store.close()

        held = command("--data-dir", laptop, "sync", "--json")

        assert (held.code, held.out) == (1, "")
        assert "Versturen staat op pauze." in held.err
        assert receiver.requests == ()


def test_everything_that_waits_is_sent_once(command: Command, laptop: Path) -> None:
    with TrialReceiver(forms=FORMS) as receiver:
        finished_talk(laptop, receiver)
        first = command("sync", "--once", "--json", "--data-dir", laptop)
        second = command("--data-dir", laptop, "sync", "--json")

    assert (first.code, first.err) == (0, "")
    report = json.loads(first.out)
    assert len(report["sent"]) == 4
    assert (report["waiting"], report["set_apart"], report["problem"]) == (0, 0, None)
    assert json.loads(second.out)["sent"] == []
    assert len(receiver.received) == 4


def test_a_record_that_was_refused_is_said_in_words(command: Command, laptop: Path, tmp_path: Path) -> None:
    only = tmp_path / "forms"
    only.mkdir()
    (only / "intake.xml").write_bytes((FORMS / "intake.xml").read_bytes())
    with TrialReceiver(forms=only) as receiver:
        finished_talk(laptop, receiver)
        result = command("sync", "--data-dir", laptop)

    assert result.code == 1
    assert "waiting: 3" in result.out
    assert "kent deze vragenlijst niet" in result.err


def test_a_correction_of_a_follow_up_that_came_too_late_is_named_each_time(command: Command, laptop: Path) -> None:
    with TrialReceiver(forms=FORMS) as receiver:
        finished_talk(laptop, receiver)
        store = SqlStoreGate(laptop, CHEAP).unlock(PASSPHRASE)
        office = make_office(store)
        number, who = next((one.number, one.participant_id) for one in list_people(store))
        follow_up = begin_follow_up(office, who)
        told(follow_up, {"reached": "yes", "outcome": "none"})
        finish_follow_up(office, follow_up)
        store.close()
        assert command("sync", "--data-dir", laptop).code == 0
        sent = next(one for one in receiver.received if one.form_id == "follow_up")
        name, other = sent.instance_id, "uuid:made-at-the-centre"
        there = sent.xml.replace(name.encode(), other.encode())
        named = f"<deprecatedID>{name}</deprecatedID></meta>".encode()
        assert receiver.central.submit(there.replace(b"</meta>", named)).status == 201

        store = SqlStoreGate(laptop, CHEAP).unlock(PASSPHRASE)
        office = make_office(store)
        again = correct_follow_up(office, who)
        told(again, {"outcome": "work"})
        finish_follow_up(office, again)
        store.close()
        first = command("sync", "--json", "--data-dir", laptop)
        second = command("sync", "--json", "--data-dir", laptop)

    for result in (first, second):
        assert result.code == 1
        assert json.loads(result.out)["overtaken"] == [{"number": number, "record": "follow_up"}]
        assert "Iemand anders heeft dit verslag intussen ook veranderd." in result.err
