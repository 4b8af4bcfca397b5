"""`form check` says of a form whether its records leave locked, and refuses a key that nobody should trust."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Command
from tests.services.test_locked_forms import with_key
from tests.sync.opener import new_pair


def checked(command: Command, tmp_path: Path, form_id: str, key: str) -> tuple[int, str]:
    (tmp_path / "form.xml").write_bytes(with_key(form_id, key))
    done = command("form", "check", tmp_path / "form.xml")
    return done.code, done.err


def test_a_form_with_a_good_key_is_told_to_be_encrypted(command: Command, tmp_path: Path) -> None:
    code, told = checked(command, tmp_path, "plan", new_pair()[1])
    assert code == 0
    assert "plan: encrypted" in told


@pytest.mark.parametrize("key", ["geen sleutel", new_pair(1024)[1]], ids=["words", "too small"])
def test_a_bad_key_is_refused_in_one_line(command: Command, tmp_path: Path, key: str) -> None:
    code, told = checked(command, tmp_path, "plan", key)
    assert code == 1
    assert "De sleutel van vragenlijst plan is niet goed" in told
    assert len(told.strip().splitlines()) == 1


def test_a_form_that_must_stay_readable_may_have_no_key(command: Command, tmp_path: Path) -> None:
    code, told = checked(command, tmp_path, "status", new_pair()[1])
    assert code == 1
    assert "De vragenlijst status heeft een sleutel" in told
