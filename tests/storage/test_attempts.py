"""Guessing gets slower, restarting and the clock do not help, and mistyping once costs nothing."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from intake_app.errors import StoreDamaged, TooManyAttempts, WrongPassphrase
from intake_app.storage.attempts import FREE, LONGEST_WAIT_S, Attempts
from intake_app.storage.gate import SqlStoreGate
from tests.fakes.encrypted import CHEAP, PASSPHRASE


class Machine:
    """How long the machine has been on."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def attempts(tmp_path: Path, machine: Machine) -> Attempts:
    return Attempts(tmp_path / "attempts.json", machine)


def _wrong(attempts: Attempts, times: int = 1, machine: Machine | None = None) -> None:
    for _ in range(times):
        if machine:
            machine.seconds += attempts.wait()
        with pytest.raises(WrongPassphrase), attempts.one():
            raise WrongPassphrase


def test_the_first_mistakes_cost_nothing(attempts: Attempts) -> None:
    _wrong(attempts, FREE - 1)
    assert attempts.wait() == 0


def test_each_further_mistake_waits_twice_as_long_up_to_a_quarter_of_an_hour(
    attempts: Attempts, machine: Machine
) -> None:
    _wrong(attempts, FREE)
    waits = []
    for _ in range(12):
        waits.append(attempts.wait())
        machine.seconds += waits[-1]
        _wrong(attempts)
    assert waits[:4] == [5, 10, 20, 40]
    assert waits[-1] == LONGEST_WAIT_S


def test_an_attempt_too_soon_is_not_made_and_says_how_long(attempts: Attempts, machine: Machine) -> None:
    _wrong(attempts, FREE)
    machine.seconds += 2
    made = []
    with pytest.raises(TooManyAttempts) as refused, attempts.one():
        made.append("an attempt")
    assert refused.value.params == {"seconds": 3}
    assert not made


def test_the_right_passphrase_clears_everything(attempts: Attempts, machine: Machine, tmp_path: Path) -> None:
    _wrong(attempts, FREE)
    machine.seconds += 5
    with attempts.one():
        pass
    assert attempts.wait() == 0
    assert not (tmp_path / "attempts.json").exists()


def test_a_new_start_of_the_program_does_not_help(attempts: Attempts, machine: Machine, tmp_path: Path) -> None:
    _wrong(attempts, FREE + 3, machine)
    assert Attempts(tmp_path / "attempts.json", machine).wait() == attempts.wait() == 40


def test_a_new_start_of_the_machine_counts_only_the_time_since(
    attempts: Attempts, machine: Machine, tmp_path: Path
) -> None:
    _wrong(attempts, FREE + 3, machine)
    machine.seconds = 15
    assert Attempts(tmp_path / "attempts.json", machine).wait() == 25


def test_ending_the_program_in_the_middle_of_a_guess_counts_as_wrong(tmp_path: Path, machine: Machine) -> None:
    for _ in range(FREE):
        with Attempts(tmp_path / "attempts.json", machine).one():
            cut_off = (tmp_path / "attempts.json").read_bytes()
        (tmp_path / "attempts.json").write_bytes(cut_off)
    assert Attempts(tmp_path / "attempts.json", machine).wait() == 5


def test_damage_of_the_store_is_no_mistake_of_the_person(attempts: Attempts) -> None:
    for _ in range(FREE + 2):
        with pytest.raises(StoreDamaged), attempts.one():
            raise StoreDamaged(part="keys")
    assert attempts.wait() == 0


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"wrong": "veel"}', b'{"wrong": NaN}', b'{"wrong": true, "at": -1}']
)
def test_a_file_that_cannot_be_read_keeps_nobody_out(tmp_path: Path, machine: Machine, content: bytes) -> None:
    (tmp_path / "attempts.json").write_bytes(content)
    assert Attempts(tmp_path / "attempts.json", machine).wait() == 0


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="modes hold nobody back here")
def test_a_folder_that_takes_no_files_keeps_nobody_out(tmp_path: Path, machine: Machine) -> None:
    tmp_path.chmod(0o500)
    with Attempts(tmp_path / "attempts.json", machine).one():
        pass
    tmp_path.chmod(0o700)


def test_the_gate_refuses_even_the_right_passphrase_while_one_must_wait(tmp_path: Path, machine: Machine) -> None:
    folder = tmp_path / "data"
    gate = SqlStoreGate(folder, CHEAP, Attempts(folder / "attempts.json", machine))
    gate.create(PASSPHRASE, "Anneke", "site_lead").close()
    for _ in range(FREE):
        with pytest.raises(WrongPassphrase):
            gate.unlock("mis")
    with pytest.raises(TooManyAttempts):
        gate.unlock(PASSPHRASE)
    with pytest.raises(TooManyAttempts):
        gate.verify(PASSPHRASE)
    assert gate.wait() == 5
    machine.seconds += 5
    gate.unlock(PASSPHRASE).close()
    assert gate.wait() == 0


def test_the_file_tells_nothing_but_a_number_and_a_moment(attempts: Attempts, tmp_path: Path) -> None:
    _wrong(attempts)
    assert json.loads((tmp_path / "attempts.json").read_bytes()) == {"wrong": 1, "at": 1000.0}
