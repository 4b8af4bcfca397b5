"""`doctor` tells in words and colours whether a laptop is ready, and ends with 1 only when a light is red."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from intake_app.storage.gate import SqlStoreGate
from tests.commands.conftest import Command
from tests.fakes.encrypted import CHEAP, PASSPHRASE

SUBJECTS = ["database", "disk", "fonts", "languages", "catalogue", "forms", "unsent", "last_sync"]
SUBJECTS += ["backup", "audit", "voices"]


@pytest.fixture
def laptop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INTAKE_PASSPHRASE", PASSPHRASE)
    SqlStoreGate(tmp_path / "data", CHEAP).create(PASSPHRASE, "Anneke", "site_lead", "counsellor").close()
    return tmp_path / "data"


def checks(out: str) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in json.loads(out)["checks"]}


def test_a_laptop_that_works_has_no_red_light(command: Command, laptop: Path) -> None:
    result = command("doctor", "--json", "--data-dir", laptop)

    found = checks(result.out)
    assert list(found) == SUBJECTS
    assert (result.code, result.err) == (0, "")
    assert found["database"]["state"] == "green"
    assert found["unsent"]["facts"] == {"count": 0}
    assert found["voices"]["state"] == "amber"
    assert json.loads(result.out)["state"] == "amber"


def test_a_laptop_that_was_not_set_up_is_amber_and_stays_untouched(command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "nothing yet"

    result = command("doctor", "--json", "--data-dir", folder)

    database = checks(result.out)["database"]
    assert result.code == 0
    assert (database["state"], database["message"]) == ("amber", "Deze laptop is nog niet ingericht.")
    assert not folder.exists()


def test_a_wrong_passphrase_is_red(command: Command, laptop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTAKE_PASSPHRASE", "een heel andere zin")

    result = command("doctor", "--json", "--data-dir", laptop)

    database = checks(result.out)["database"]
    assert result.code == 1
    assert (database["state"], database["code"]) == ("red", "wrong_passphrase")
    assert database["do"]


def test_damaged_data_are_red_and_the_other_lights_are_still_shown(command: Command, laptop: Path) -> None:
    (laptop / "intake.db").write_bytes(b"no database" * 1000)

    result = command("doctor", "--data-dir", laptop)

    assert result.code == 1
    assert result.out.startswith("[mis] ")
    assert len(result.out.splitlines()) == len(SUBJECTS)


def test_while_the_app_is_open_the_store_is_left_alone(command: Command, laptop: Path) -> None:
    store = SqlStoreGate(laptop, CHEAP).unlock(PASSPHRASE)
    try:
        result = command("doctor", "--json", "--data-dir", laptop)
    finally:
        store.close()

    assert result.code == 0
    assert checks(result.out)["database"]["code"] == "in_use"


def test_without_a_passphrase_and_a_terminal_the_rest_is_told(
    command: Command, laptop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("INTAKE_PASSPHRASE")

    def no_terminal(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("getpass.getpass", no_terminal)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))

    result = command("doctor", "--json", "--data-dir", laptop)

    assert result.code == 0
    assert checks(result.out)["database"]["code"] == "locked"


def test_each_line_says_its_colour_in_a_word(command: Command, laptop: Path) -> None:
    lines = command("doctor", "--data-dir", laptop).out.splitlines()

    assert {line.split("] ")[0] for line in lines} == {"[goed", "[let op"}
