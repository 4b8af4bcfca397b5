"""What `platform` promises: one process per folder, and a viewer that is the system's own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from intake_app.errors import FileMissing, StoreInUse
from intake_app.platform.folder_lock import LOCK_NAME, FolderLock
from intake_app.platform.viewer import open_with_viewer

HOLDER = """
import sys
from pathlib import Path
from intake_app.platform.folder_lock import FolderLock
with FolderLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other_process(tmp_path: Path, repository: Path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        cwd=repository,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_folder_that_another_process_holds_is_refused(tmp_path: Path, other_process: subprocess.Popen[str]):
    with pytest.raises(StoreInUse):
        FolderLock(tmp_path).take()


def test_a_process_that_was_killed_no_longer_holds_the_folder(tmp_path: Path, other_process: subprocess.Popen[str]):
    other_process.kill()
    other_process.wait()

    with FolderLock(tmp_path):
        assert (tmp_path / LOCK_NAME).exists()


def test_a_second_window_of_the_same_process_is_refused_too(tmp_path: Path):
    with FolderLock(tmp_path), pytest.raises(StoreInUse):
        FolderLock(tmp_path).take()


def test_a_folder_that_was_let_go_can_be_taken_again(tmp_path: Path):
    lock = FolderLock(tmp_path)
    lock.take()
    lock.release()
    lock.release()

    with FolderLock(tmp_path):
        assert (tmp_path / LOCK_NAME).stat().st_size == 0


def test_a_file_that_is_not_there_is_not_shown(tmp_path: Path):
    with pytest.raises(FileMissing, match=r"plan\.pdf") as caught:
        open_with_viewer(tmp_path / "secret folder" / "plan.pdf")

    assert "secret folder" not in str(caught.value)


def test_a_system_without_a_viewer_is_told_honestly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    if sys.platform == "win32":
        pytest.skip("Windows always has one")
    (tmp_path / "plan.pdf").write_bytes(b"%PDF")
    monkeypatch.setenv("PATH", str(tmp_path))

    assert open_with_viewer(tmp_path / "plan.pdf") is False


def test_the_systems_viewer_gets_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    if not sys.platform.startswith("linux"):
        pytest.skip("the viewer of this test is a shell script named as on Linux")
    os.mkfifo(tmp_path / "shown")
    viewer = tmp_path / "xdg-open"
    viewer.write_text(f'#!/bin/sh\necho "$1" > "{tmp_path / "shown"}"\n')
    viewer.chmod(0o755)
    (tmp_path / "plan ü.pdf").write_bytes(b"%PDF")
    monkeypatch.setenv("PATH", str(tmp_path))

    assert open_with_viewer(tmp_path / "plan ü.pdf") is True
    assert (tmp_path / "shown").read_text() == f"{tmp_path / 'plan ü.pdf'}\n"
