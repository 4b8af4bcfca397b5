"""`envelope` from the command line: a key pair, a laptop, the Werkcentrum, and the way back, over real stores."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake_app.services.installation import ServerSettings, write_server
from intake_app.services.submissions import Outbox
from intake_app.storage.gate import SqlStoreGate
from intake_app.sync.trial_receiver import TrialReceiver
from tests.commands.conftest import Command
from tests.fakes import records
from tests.fakes.encrypted import CHEAP, PASSPHRASE
from tests.sync.helps import record


@pytest.fixture(autouse=True)
def passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTAKE_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("INTAKE_ENVELOPE_PASSPHRASE", "vier andere losse woorden")


@pytest.fixture
def receiver() -> Iterator[TrialReceiver]:
    with TrialReceiver() as receiver:
        yield receiver


@pytest.fixture
def laptop(tmp_path: Path) -> Path:
    store = SqlStoreGate(tmp_path / "laptop", CHEAP).create(PASSPHRASE, "Anneke", "site_lead", "counsellor")
    with store.unit_of_work() as uow:
        uow.participants.add(records.participant())
        uow.outbox.add(records.item("uuid:a", xml=record("a")))
        uow.outbox.add(records.item("uuid:b", xml=record("b", replaces="a"), minutes=1))
        uow.commit()
    store.close()
    return tmp_path / "laptop"


@pytest.fixture
def centre(tmp_path: Path, receiver: TrialReceiver) -> Path:
    store = SqlStoreGate(tmp_path / "centre", CHEAP).create(PASSPHRASE, "Wim", "site_lead")
    write_server(store, ServerSettings(receiver.base_url, receiver.token))
    store.close()
    return tmp_path / "centre"


def test_a_stick_goes_to_the_werkcentrum_and_comes_back(
    command: Command, laptop: Path, centre: Path, receiver: TrialReceiver, tmp_path: Path
) -> None:
    made = command("envelope", "new-key", tmp_path / "key", "--json")
    assert (made.code, made.err) == (0, "")
    public = json.loads(made.out)["key"]
    assert command("envelope", "key", public, "--data-dir", laptop).code == 0

    out = command("envelope", "export", tmp_path / "stick", "--json", "--data-dir", laptop)
    assert (out.code, json.loads(out.out)["records"]) == (0, 2)
    inside = command(
        "envelope", "import", tmp_path / "stick", "--key", tmp_path / "key", "--json", "--data-dir", centre
    )
    assert (inside.code, inside.err) == (0, "")
    assert json.loads(inside.out)["sent"] == ["uuid:a", "uuid:b"]
    assert [one.xml for one in receiver.received] == [record("a"), record("b", replaces="a")]
    again = command("envelope", "import", tmp_path / "stick", "--key", tmp_path / "key", "--data-dir", centre)
    assert again.code == 1
    back = command("envelope", "import", tmp_path / "stick.bewijs", "--json", "--data-dir", laptop)

    assert (back.code, json.loads(back.out)) == (0, {"booked": ["uuid:a", "uuid:b"], "open": 0})
    store = SqlStoreGate(laptop, CHEAP).unlock(PASSPHRASE)
    assert not Outbox(store).heads()
    assert {one.instance_id for one in Outbox(store).receipts()} == {"uuid:a", "uuid:b"}
    store.close()


def test_each_refusal_is_one_line_and_exit_code_one(
    command: Command, laptop: Path, centre: Path, tmp_path: Path
) -> None:
    (tmp_path / "foto").write_bytes(b"\xff\xd8")
    for words in (
        ("export", tmp_path / "stick", "--data-dir", laptop),
        ("import", tmp_path / "foto", "--data-dir", laptop),
        ("import", tmp_path / "weg", "--data-dir", laptop),
        ("key", "sleutel", "--data-dir", laptop),
    ):
        refused = command("envelope", *words)
        assert refused.code == 1, words
        assert len(refused.err.strip().splitlines()) == 1, words
        assert refused.out == ""
    assert not (tmp_path / "stick").exists()


def test_without_its_private_key_the_werkcentrum_opens_nothing(
    command: Command, laptop: Path, centre: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = json.loads(command("envelope", "new-key", tmp_path / "key", "--json").out)["key"]
    command("envelope", "key", public, "--data-dir", laptop)
    command("envelope", "export", tmp_path / "stick", "--data-dir", laptop)
    assert command("envelope", "import", tmp_path / "stick", "--data-dir", centre).code == 1
    monkeypatch.setenv("INTAKE_ENVELOPE_PASSPHRASE", "vier verkeerde losse woorden")
    assert command("envelope", "import", tmp_path / "stick", "--key", tmp_path / "key", "--data-dir", centre).code == 1
    assert not (tmp_path / "stick.bewijs").exists()


def test_a_short_passphrase_makes_no_key(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTAKE_ENVELOPE_PASSPHRASE", "kort")
    assert command("envelope", "new-key", tmp_path / "key").code == 1
    assert not (tmp_path / "key").exists()
