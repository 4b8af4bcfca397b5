"""A short run of the kill harness, and the proof that it would notice what it looks for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from benchmarks.killing.disk import Disk, build_shim, lay_out, records

REPOSITORY = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs copies of a process (fork), as on Linux")

WRITER = """
import ctypes, os, sys
folder, log = sys.argv[1:]
ctypes.CDLL(os.environ["LD_PRELOAD"]).powercut_begin(folder.encode(), log.encode())
def place(name, flags=os.O_WRONLY | os.O_CREAT):
    return os.open(os.path.join(folder, name), flags, 0o600)
synced, forgotten = place("synced"), place("forgotten")
os.write(synced, b"stays")
os.fsync(synced)
os.write(synced, b" lost")
os.write(forgotten, b"lost")
os.pwrite(place("old"), b"NEW", 0)
home = os.open(folder, os.O_RDONLY)
os.fsync(home)
os.fsync(place("late"))
os.rename(os.path.join(folder, "moved"), os.path.join(folder, "moved-away"))
os.unlink(os.path.join(folder, "removed"))
os.ftruncate(place("cut"), 2)
"""
CARELESS = """
import sys
from pathlib import Path
import os
from sqlalchemy import event
from sqlalchemy.pool import Pool
from benchmarks.killing.runner import Runner
from benchmarks.killing.scenes import Typing
from benchmarks.killing.warm import warm_office

class Careless(Typing):
    def live(self, warm, folder, tell, random):
        event.listen(Pool, "checkout", lambda connection, *_: connection.execute("PRAGMA synchronous = OFF"))
        super().live(warm, folder, tell, random)

runner = Runner(warm_office(), [Careless()], Path(sys.argv[1]))
runner.use_shim(Path(os.environ["LD_PRELOAD"]))
print(*["found" if runner.run("typing", "power cut", number).lost else "missed" for number in range(3)])
"""


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = build_shim(tmp_path_factory.mktemp("shim"))
    if isinstance(built, str):
        pytest.skip(built)
    return built


def python(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "INTAKE_POWERCUT"}
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=REPOSITORY,
        env={**environment, **more},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def test_a_short_run_loses_nothing_and_adds_up(tmp_path: Path) -> None:
    results = tmp_path / "kill.json"
    first = python("-m", "benchmarks.kill", "--runs", 6, "--results", results)
    assert (first.returncode, len(json.loads(results.read_text())["runs"])) == (0, 6), first.stdout + first.stderr
    done = python("-m", "benchmarks.kill", "--runs", 28, "--results", results)

    assert done.returncode == 0, done.stdout + done.stderr
    total = done.stdout.splitlines()[-1].split()
    assert total[:2] == ["all", "28"]
    assert int(total[2]) >= 14
    assert int(total[3]) >= 20
    assert total[4:] == ["0", "0", "0"]


def test_results_of_another_program_do_not_add_up(tmp_path: Path) -> None:
    results = tmp_path / "kill.json"
    results.write_text(json.dumps({"program": "another", "runs": [{"lost": ["everything"]}]}))
    done = python("-m", "benchmarks.kill", "--runs", 1, "--only", "migrating", "--results", results)

    assert done.returncode == 0, done.stdout + done.stderr
    assert len(json.loads(results.read_text())["runs"]) == 1


def test_a_program_that_does_not_wait_for_the_disk_is_found(tmp_path: Path, shim: Path) -> None:
    done = python("-c", CARELESS, tmp_path, LD_PRELOAD=str(shim))

    assert "found" in done.stdout, done.stderr


@pytest.fixture
def written(tmp_path: Path, shim: Path) -> Disk:
    """A disk on which a process wrote with and without waiting for it."""
    folder, log = tmp_path / "data", tmp_path / "log"
    lay_out({"old": b"old content", "moved": b"m", "removed": b"r", "cut": b"whole"}, folder)
    disk = Disk(folder)
    done = python("-c", WRITER, folder, log, LD_PRELOAD=str(shim))
    assert done.returncode == 0, done.stderr
    assert {record.what for record in records(log)} == set("CWSRUT")
    disk.play(log)
    return disk


def test_after_a_cut_only_stands_what_was_made_durable(written: Disk) -> None:
    assert written.after_power_cut() == {
        "old": b"old content",
        "moved": b"m",
        "removed": b"r",
        "cut": b"whole",
        "synced": b"stays",
        "forgotten": b"",
    }


def test_a_torn_disk_may_hold_any_part_of_the_rest(written: Disk) -> None:
    found = [written.after_power_cut(Random(number)) for number in range(60)]

    assert {each["synced"] for each in found} == {b"stays", b"stays lost"}
    assert {each["old"] for each in found} == {b"old content", b"NEW content"}
    assert {each["cut"] for each in found} == {b"whole", b"wh"}
    assert {("moved" in each, "moved-away" in each) for each in found} == {(True, False), (False, True)}
    assert all("removed" in each or "moved-away" in each for each in found)


def test_a_log_that_was_cut_off_is_read_up_to_there(tmp_path: Path, written: Disk) -> None:
    log = tmp_path / "log"
    whole = list(records(log))
    log.write_bytes(log.read_bytes()[:-3])

    assert list(records(log)) == whole[:-1]
