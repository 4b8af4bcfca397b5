"""The disk after a cut of the power, built from what `powercut.c` wrote down."""

from __future__ import annotations

import shutil
import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

SOURCE = Path(__file__).with_name("powercut.c")
SECTOR = 512
_HEAD = struct.Struct("<cIQQ")


def build_shim(folder: Path) -> Path | str:
    """The shim, built into `folder`; or the reason why it could not be made."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        return "no C compiler (cc) on this computer"
    made = folder / "powercut.so"
    command = [compiler, "-O2", "-shared", "-fPIC", "-o", str(made), str(SOURCE), "-ldl", "-lpthread"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return made if done.returncode == 0 else f"cc could not build the shim: {done.stderr.strip()[:200]}"


@dataclass(frozen=True)
class Record:
    """One thing that was asked of a file: C made, W wrote, T cut, S made durable, R renamed, U removed."""

    what: str
    path: str
    offset: int
    data: bytes


def records(log: Path) -> Iterator[Record]:
    """What stands in a log; a last record that is not whole did not happen."""
    raw = log.read_bytes()
    place = 0
    while place + _HEAD.size <= len(raw):
        what, path_length, offset, length = _HEAD.unpack_from(raw, place)
        start = place + _HEAD.size
        end = start + path_length + length
        if end > len(raw):
            return
        yield Record(what.decode(), raw[start : start + path_length].decode(), offset, raw[start + path_length : end])
        place = end


@dataclass
class _File:
    """A file: what is surely on the disk, and what was asked since."""

    durable: bytearray
    since: list[Record] = field(default_factory=list)

    def settle(self) -> None:
        for record in self.since:
            _apply(self.durable, record.what, record.offset, record.data)
        self.since.clear()


def _apply(content: bytearray, what: str, offset: int, data: bytes) -> None:
    end = offset + len(data) if what == "W" else offset
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if what == "W":
        content[offset:end] = data
    else:
        del content[offset:]


class Disk:
    """A folder of which we know what is durable: contents by an fsync of the file, names by one of the folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._names = {str(path): _File(bytearray(path.read_bytes())) for path in folder.iterdir() if path.is_file()}
        self._durable_names = dict(self._names)
        self._name_changes: list[dict[str, _File]] = []

    def play(self, log: Path) -> None:
        """Let everything happen that the log tells."""
        for record in records(log):
            self._one(record)

    def _one(self, record: Record) -> None:
        if record.what == "S" and record.path == self._folder:
            self._durable_names = dict(self._names)
            self._name_changes.clear()
        elif record.what in "WTS":
            file = self._names.get(record.path)
            if file is not None and record.what == "S":
                file.settle()
            elif file is not None:
                file.since.append(record)
        else:
            self._rename(record)
            self._name_changes.append(dict(self._names))

    def _rename(self, record: Record) -> None:
        if record.what == "C":
            self._names[record.path] = _File(bytearray())
        elif record.what == "U":
            self._names.pop(record.path, None)
        else:
            self._names[record.data.decode()] = self._names.pop(record.path)

    def after_power_cut(self, random: Random | None = None) -> dict[str, bytes]:
        """Name to content. What was not made durable is gone; with `random`, some of it survived, in any order.

        Names change in the order in which they were asked, contents sector by sector in any order: so much may
        a disk do (POSIX fsync; SQLite's own tests of power loss assume the same).
        """
        names = self._durable_names
        if random is not None and self._name_changes:
            survived = random.randint(0, len(self._name_changes))
            names = self._name_changes[survived - 1] if survived else names
        found = {}
        for path, file in names.items():
            content = bytearray(file.durable)
            if random is not None:
                _tear(content, file.since, random)
            # the index of the log is memory shared between connections, not content: SQLite makes it anew
            if not path.endswith("-shm"):
                found[Path(path).name] = bytes(content)
        return found


def _tear(content: bytearray, since: list[Record], random: Random) -> None:
    """Let some of the sectors survive that were never made durable."""
    for record in since:
        if record.what == "T":
            if random.random() < 0.5:
                _apply(content, "T", record.offset, b"")
            continue
        for start in range(0, len(record.data), SECTOR):
            if random.random() < 0.5:
                _apply(content, "W", record.offset + start, record.data[start : start + SECTOR])


def lay_out(files: dict[str, bytes], folder: Path) -> None:
    """Put a disk into an empty folder."""
    folder.mkdir(mode=0o700, parents=True)
    for name, content in files.items():
        path = folder / name
        path.write_bytes(content)
        path.chmod(0o600)
