"""`backup`, `restore` and `erase` keep their contract: exit codes, JSON, one clear line when something is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from intake_app.storage.gate import SqlStore, SqlStoreGate
from tests.commands.conftest import Command
from tests.fakes import records
from tests.fakes.encrypted import CHEAP, PASSPHRASE


@pytest.fixture(autouse=True)
def passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTAKE_PASSPHRASE", PASSPHRASE)


@pytest.fixture
def laptop(tmp_path: Path) -> Path:
    store = SqlStoreGate(tmp_path / "data", CHEAP).create(PASSPHRASE, "Anneke", "site_lead", "counsellor")
    with store.unit_of_work() as uow:
        uow.participants.add(records.participant())
        uow.drafts.add(records.header())
        uow.commit()
    store.close()
    return tmp_path / "data"


@contextmanager
def opened(folder: Path) -> Iterator[SqlStore]:
    store = SqlStoreGate(folder, CHEAP).unlock(PASSPHRASE)
    yield store
    store.close()


def test_a_backup_is_made_and_put_back_on_another_laptop(command: Command, laptop: Path, tmp_path: Path) -> None:
    file = tmp_path / "kopie.intake"
    made = command("backup", file, "--json", "--data-dir", laptop)
    assert (made.code, made.err) == (0, "")
    assert len(json.loads(made.out)["copies"]) == 1

    listed = command("restore", file, "--list", "--json", "--data-dir", tmp_path / "new")
    assert json.loads(listed.out)["copies"][0]["name"].startswith("data/")

    back = command("restore", file, "--json", "--data-dir", tmp_path / "new")
    assert (back.code, back.err) == (0, "")
    assert json.loads(back.out)["people"] == 1
    with opened(tmp_path / "new") as store, store.unit_of_work() as uow:
        assert uow.participants.list() == (records.participant(),)


def test_a_wrong_passphrase_says_so_in_one_line(
    command: Command, laptop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("backup", tmp_path / "kopie.intake", "--data-dir", laptop)
    monkeypatch.setenv("INTAKE_PASSPHRASE", "een heel andere zin")
    back = command("restore", tmp_path / "kopie.intake", "--data-dir", tmp_path / "new")
    assert (back.code, back.out) == (1, "")
    assert "wachtzin" in back.err
    assert len(back.err.splitlines()) == 1


def test_the_recovery_key_puts_a_backup_back_and_a_wrong_one_says_so(
    command: Command, laptop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(laptop) as store:
        halves = store.staff.new_recovery()
        store.staff.adopt_recovery(halves)
    command("backup", tmp_path / "kopie.intake", "--data-dir", laptop)
    monkeypatch.setenv("INTAKE_PASSPHRASE", "een nieuwe lange zin")
    monkeypatch.setenv("INTAKE_RECOVERY_A", halves.a)
    monkeypatch.setenv("INTAKE_RECOVERY_B", halves.a)
    wrong = command("restore", tmp_path / "kopie.intake", "--recovery-key", "--data-dir", tmp_path / "new")
    assert wrong.code == 1
    assert "herstel" in wrong.err.lower()

    monkeypatch.setenv("INTAKE_RECOVERY_B", halves.b)
    right = command("restore", tmp_path / "kopie.intake", "--recovery-key", "--data-dir", tmp_path / "new")
    assert (right.code, right.err) == (0, "")
    store = SqlStoreGate(tmp_path / "new", CHEAP).unlock("een nieuwe lange zin")
    with store.unit_of_work() as uow:
        assert uow.participants.list() == (records.participant(),)
    store.close()


def test_data_that_stand_there_are_replaced_only_when_asked(command: Command, laptop: Path, tmp_path: Path) -> None:
    command("backup", tmp_path / "kopie.intake", "--data-dir", laptop)
    refused = command("restore", tmp_path / "kopie.intake", "--data-dir", laptop)
    assert refused.code == 1
    assert len(refused.err.splitlines()) == 1
    assert command("restore", tmp_path / "kopie.intake", "--replace", "--data-dir", laptop).code == 0


@pytest.mark.parametrize("name", ["4711-2085", "p-1"])
def test_erasing_by_number_or_id_names_the_backups_that_still_hold_a_copy(
    command: Command, laptop: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / "stick").mkdir()
    command("backup", tmp_path / "stick" / "kopie.intake", "--data-dir", laptop)
    gone = command("erase", "--participant", name, "--json", "--data-dir", laptop)
    told = json.loads(gone.out)
    assert (gone.code, gone.err) == (0, "")
    assert (told["erased"], told["central_asked"]) == ("4711-2085", False)
    assert [held["name"] for held in told["backups"]] == ["stick"]
    assert told["backups_replaced_before"] > told["at"][:10]
    with opened(laptop) as store, store.unit_of_work() as uow:
        assert uow.participants.list() == ()
        assert [line.action for line in uow.audit.list()][-1] == "participant_erased"

    again = command("erase", "--participant", name, "--data-dir", laptop)
    assert (again.code, again.out) == (1, "")

    assert command("restore", tmp_path / "stick" / "kopie.intake", "--replace", "--data-dir", laptop).code == 0
    with opened(laptop) as store, store.unit_of_work() as uow:
        assert uow.participants.list() == ()
        assert uow.drafts.list() == ()
        assert "kopie.intake" in uow.settings.get("backup.known")


def test_another_file_is_no_backup(command: Command, laptop: Path, tmp_path: Path) -> None:
    (tmp_path / "brief.txt").write_text("een brief", encoding="utf-8")
    for arguments in (("restore", tmp_path / "brief.txt"), ("backup", tmp_path / "brief.txt")):
        result = command(*arguments, "--data-dir", laptop, *(("--replace",) if arguments[0] == "restore" else ()))
        assert result.code == 1
        assert result.out == ""
    assert (tmp_path / "brief.txt").read_text(encoding="utf-8") == "een brief"


def test_doctor_tells_of_the_backup_and_of_the_log(command: Command, laptop: Path, tmp_path: Path) -> None:
    def lights() -> dict[str, str]:
        out = command("doctor", "--json", "--data-dir", laptop).out
        return {row["name"]: row["state"] for row in json.loads(out)["checks"]}

    assert (lights()["backup"], lights()["audit"]) == ("amber", "green")
    command("backup", tmp_path / "kopie.intake", "--data-dir", laptop)
    assert lights()["backup"] == "green"
