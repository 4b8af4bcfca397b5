"""Wrong passphrases in a row: each further one waits longer, also after a restart and whatever the clock says."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from intake_app.errors import StorageError, TooManyAttempts, WrongPassphrase
from intake_app.paths import private_file

FREE = 4
"""So many mistakes cost nothing: anybody mistypes."""
FIRST_WAIT_S = 5
LONGEST_WAIT_S = 15 * 60


class Attempts:
    """Counts mistakes in a small file. Time is that of the machine since it was switched on, which nobody can set.

    After a restart only the time since then counts as waited: setting the clock back or forward changes nothing.
    Whoever can change the file has the encrypted files too, and is held up by what a guess costs (`KdfCost`) alone.
    """

    def __init__(self, path: Path, running: Callable[[], float] = time.monotonic) -> None:
        self._path = path
        self._running = running

    @contextmanager
    def one(self) -> Iterator[None]:
        """One attempt: counted before it is made, so that ending the program does not undo it; right clears all.

        Raises `TooManyAttempts` (params `seconds`) without letting the attempt happen.
        """
        wrong = self._wrong()
        if wait := self.wait():
            raise TooManyAttempts(seconds=wait)
        self._note(wrong + 1)
        try:
            yield
        except WrongPassphrase:
            raise
        except BaseException:
            self._note(wrong)
            raise
        self._note(0)

    def forget(self) -> None:
        """Count from nothing again."""
        self._note(0)

    def wait(self) -> int:
        """Whole seconds until the next attempt; 0 when it may come now."""
        wrong = self._wrong()
        if wrong < FREE:
            return 0
        wanted = min(FIRST_WAIT_S * 2.0 ** min(wrong - FREE, 20), LONGEST_WAIT_S)
        now, then = self._running(), self._last()
        waited = now - then if now >= then else now
        return max(0, math.ceil(wanted - waited))

    def _note(self, wrong: int) -> None:
        """A full disk or a folder that takes no files must not keep anybody out."""
        with suppress(OSError, StorageError):
            if wrong:
                private_file(self._path, json.dumps({"wrong": wrong, "at": self._running()}).encode())
            else:
                self._path.unlink(missing_ok=True)

    def _wrong(self) -> int:
        return int(self._read("wrong"))

    def _last(self) -> float:
        return self._read("at")

    def _read(self, name: str) -> float:
        """A file that cannot be read counts as none: it must never keep its owner out."""
        try:
            value = json.loads(self._path.read_bytes())[name]
        except (OSError, ValueError, KeyError, TypeError):
            return 0
        usable = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e9
        return value if usable else 0
