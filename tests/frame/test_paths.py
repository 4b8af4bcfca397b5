"""What `paths` promises about folders and about files that must not break."""

import errno
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app import paths
from intake_app.errors import DiskFull

posix_only = pytest.mark.skipif(os.name != "posix", reason="file modes are a POSIX matter")


def test_the_shipped_folders_are_those_of_the_source_tree(repository: Path):
    assert paths.resource_dir() == repository / "resources"
    assert paths.resource_dir("fonts", "NotoSans-Regular.ttf").is_file()
    assert paths.translations_dir() == repository / "translations"


def test_in_a_bundle_the_shipped_folders_stand_beside_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)

    assert paths.resource_dir("icons") == tmp_path / "resources" / "icons"
    assert paths.translations_dir() == tmp_path / "translations"


def test_once_installed_the_shipped_folders_stand_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    package = tmp_path / "intake_app"
    (package / "_data").mkdir(parents=True)
    monkeypatch.setattr(paths, "__file__", str(package / "paths.py"))

    assert paths.resource_dir("icons") == package / "_data" / "resources" / "icons"


def test_the_default_data_folder_is_the_persons_own_and_is_not_made_by_asking(own_home: Path):
    folder = paths.default_data_dir()

    assert folder.is_relative_to(own_home)
    assert folder.name == "intake-app"
    assert not folder.exists()


@posix_only
def test_a_private_folder_is_closed_to_others_also_when_it_stood_open(tmp_path: Path):
    folder = tmp_path / "deep" / "store"
    folder.mkdir(parents=True)
    folder.chmod(0o755)

    assert paths.private_dir(folder) == folder
    assert folder.stat().st_mode & 0o777 == 0o700


@posix_only
def test_a_private_file_is_readable_by_its_owner_only(tmp_path: Path):
    path = tmp_path / "keys.json"
    path.write_bytes(b"open")
    path.chmod(0o644)

    paths.private_file(path, b"closed")

    assert path.read_bytes() == b"closed"
    assert path.stat().st_mode & 0o777 == 0o600


@given(content=st.binary(max_size=5000))
def test_a_private_file_holds_exactly_the_bytes_given_and_leaves_nothing_beside_it(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
):
    folder = tmp_path_factory.mktemp("private")

    paths.private_file(folder / "file", content)

    assert (folder / "file").read_bytes() == content
    assert [entry.name for entry in folder.iterdir()] == ["file"]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_leaves_the_old_file_whole_and_is_told_by_its_own_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
):
    path = tmp_path / "keys.json"
    path.write_bytes(b"old")

    def disk_is_full(handle: int) -> None:
        raise OSError(code, "no room")

    monkeypatch.setattr(os, "fsync", disk_is_full)
    with pytest.raises(DiskFull):
        paths.private_file(path, b"new")

    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["keys.json"]


def test_a_folder_that_is_not_there_is_told_as_it_is(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        paths.private_file(tmp_path / "nowhere" / "file", b"x")
