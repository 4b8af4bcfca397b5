"""What a stretch of a test leaves on the disk: files that came, went or changed, and files that Python wrote to."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_watched: list[list[str]] = []


def _note_writing(event: str, arguments: tuple[object, ...]) -> None:
    if not _watched or event != "open":
        return
    path, mode, flags = arguments
    writes = any(sign in mode for sign in "wax+") if isinstance(mode, str) else bool(int(str(flags)) & _WRITING)
    if writes and isinstance(path, str | bytes | os.PathLike) and os.fspath(path) != os.devnull:
        _watched[-1].append(os.fsdecode(path))


sys.addaudithook(_note_writing)


@dataclass
class Traces:
    """What was found afterwards."""

    changed: set[str] = field(default_factory=set)
    """Files that are new, gone or different, by their path below the folders that were watched."""
    written: list[str] = field(default_factory=list)
    """Files anywhere that Python opened for writing."""


@dataclass
class Disk:
    """The folders a program may write to without being asked: its own, the home folder, that for temporary files."""

    folders: tuple[Path, ...]

    def files(self) -> dict[str, bytes]:
        """Every file that can be read, but for the index of SQLite's log: it holds numbers of pages only."""
        found = {}
        for folder in self.folders:
            for path in sorted(folder.rglob("*")):
                if path.is_file() and not path.name.endswith("-shm"):
                    found[path.relative_to(folder).as_posix()] = _content(path)
        return found

    @contextmanager
    def watched(self) -> Iterator[Traces]:
        """Fill the traces when the block ends."""
        traces, before = Traces(), self.files()
        _watched.append(traces.written)
        try:
            yield traces
        finally:
            _watched.pop()
            after = self.files()
            traces.changed = {name for name in before.keys() | after if before.get(name) != after.get(name)}


def _content(path: Path) -> bytes:
    """The bytes; of a file with locks in it, which Windows keeps to its holder, size and moment."""
    try:
        return path.read_bytes()
    except PermissionError:
        assert sys.platform == "win32"
        return repr((path.stat().st_size, path.stat().st_mtime_ns)).encode()


@pytest.fixture
def disk(tmp_path: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Disk:
    """The disk of this test, with a folder for temporary files of its own."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    return Disk((tmp_path, own_home))
