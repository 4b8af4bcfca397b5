"""`report` on the command line: practice, exports of the server, the own store, and what is refused."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from intake_app.domain.counting import Period
from intake_app.monitoring.practice import practice_tables, write_export
from intake_app.storage.gate import SqlStoreGate
from tests.commands.conftest import Command
from tests.fakes.encrypted import CHEAP, PASSPHRASE

PERIOD = ("--from", "2027-01-01", "--to", "2028-12-31")


def reported(command: Command, *arguments: object) -> dict[str, Any]:
    result = command("report", *PERIOD, *arguments)
    assert (result.code, result.err) == (0, "")
    found: dict[str, Any] = json.loads(result.out)
    return found


def test_practice_needs_no_store_and_is_the_same_each_time(command: Command) -> None:
    one = reported(command, "--practice")
    assert one == reported(command, "--practice")
    assert one["practice"] is True
    assert one["ind01"]["figures"]["count"]["target"] == 200
    assert one != reported(command, "--practice", "--seed", "2")


def test_exports_of_the_server_are_read_together(command: Command, tmp_path: Path) -> None:
    tables = practice_tables(Period(date(2027, 1, 1), date(2028, 12, 31), date(2028, 12, 31)), size=120)
    write_export({"status": tables["status"]}, tmp_path / "status.zip")
    write_export({name: rows for name, rows in tables.items() if name != "status"}, tmp_path / "follow_up.zip")
    files = (tmp_path / "status.zip", tmp_path / "follow_up.zip")
    found = reported(command, "--as-of", "2028-12-31", "--source", *files)
    assert found["practice"] is False
    assert found["sources"] == ["central"]
    both = reported(command, "--practice", "--size", "120", "--as-of", "2028-12-31")
    assert found["ind01"] == both["ind01"]
    assert found["ind04"] == both["ind04"]


@pytest.mark.parametrize(("kind", "begin"), [("csv", b"indicator,"), ("xlsx", b"PK"), ("pdf", b"%PDF"), ("json", b"{")])
def test_every_format_goes_into_a_file(command: Command, tmp_path: Path, kind: str, begin: bytes) -> None:
    out = tmp_path / f"report.{kind}"
    assert command("report", *PERIOD, "--practice", "--format", kind, "-o", out).code == 0
    assert out.read_bytes().startswith(begin)


def test_the_store_of_this_laptop(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTAKE_PASSPHRASE", PASSPHRASE)
    SqlStoreGate(tmp_path / "data", CHEAP).create(PASSPHRASE, "Anneke", "site_lead", "counsellor").close()
    found = reported(command, "--data-dir", tmp_path / "data")
    assert found["sources"] == ["local"]
    assert found["ind01"]["figures"]["count"]["hidden"] is True


def test_a_volunteer_gets_no_numbers(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTAKE_PASSPHRASE", PASSPHRASE)
    SqlStoreGate(tmp_path / "data", CHEAP).create(PASSPHRASE, "Anneke", "volunteer").close()
    result = command("report", "--data-dir", tmp_path / "data")
    assert (result.code, result.out) == (1, "")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--source", "nothing.zip"), 1),
        (("--practice", "--location", "Nergens"), 1),
        (("--practice", "--from", "2028-01-01", "--to", "2027-01-01"), 2),
        (("--format", "doc"), 2),
        (("--from", "morgen"), 2),
        (("--practice", "--size", "0"), 2),
    ],
)
def test_what_is_wrong_is_said_on_standard_error(command: Command, arguments: tuple[str, ...], code: int) -> None:
    result = command("report", *arguments)
    assert (result.code, result.out) == (code, "")
    assert result.err
