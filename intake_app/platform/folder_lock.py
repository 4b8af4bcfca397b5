"""One process per data folder: a lock that the operating system lets go when the process ends."""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from intake_app.errors import StoreInUse

LOCK_NAME = "in-use.lock"


class FolderLock:
    """Holds a data folder for this process, as a context manager or by `take` and `release`.

    A lock file that was left behind by a crash means nothing: only a living process holds the lock.
    The folder must exist.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / LOCK_NAME
        self._file: IO[bytes] | None = None

    def take(self) -> None:
        """Take the lock at once, without waiting. Raises `StoreInUse` when another holder has it."""
        file = self._path.open("ab")
        try:
            _lock(file)
        except OSError as refused:
            file.close()
            raise StoreInUse from refused
        self._file = file

    def release(self) -> None:
        """Let go; without effect when the lock is not held."""
        if self._file is None:
            return
        _unlock(self._file)
        self._file.close()
        self._file = None

    def __enter__(self) -> Self:
        self.take()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _unlock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
