"""What is written down when the program fails in a way nobody foresaw: where, never with what.

An error's text, the values around it and the line of source that failed may all hold what a person said; a report has
kinds, codes, file names, lines and functions, and nothing else. It never leaves the laptop by itself.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

REPORT, FATAL = "crash.txt", "crash-fatal.txt"
MOST_ERRORS = 10
"""So many errors behind one another are told; a longer chain tells nothing more."""


class CrashReport:
    """Keeps the last failure in the data folder, and the frames when the process itself is struck down."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._fatal: int | None = None

    def watch_process(self) -> None:
        """Let a fatal signal write the frames of all threads: file, line and function of each, no values.

        Without effect while the data folder is not there, or takes no file.
        """
        with contextlib.suppress(OSError):
            if self._folder.is_dir() and self._fatal is None:
                self._fatal = _private(self._folder / FATAL)
                faulthandler.enable(self._fatal)

    def write(self, error: BaseException) -> None:
        """Keep this failure, over the one before; a report that cannot be written never makes things worse."""
        from datetime import UTC, datetime

        with contextlib.suppress(OSError):
            if self._folder.is_dir():
                handle = _private(self._folder / REPORT)
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    file.write(report_of(error, datetime.now(UTC)))

    def close(self) -> None:
        """Stop watching; a report of the process that is empty goes away."""
        if self._fatal is None:
            return
        faulthandler.disable()
        os.close(self._fatal)
        self._fatal = None
        path = self._folder / FATAL
        with contextlib.suppress(OSError):
            if path.stat().st_size == 0:
                path.unlink()


def report_of(error: BaseException, at: datetime) -> str:
    """A failure and those behind it: kind or code of each, and its frames. Never a text, a value or a source line."""
    lines = [
        f"{at:%Y-%m-%d %H:%M} UTC",
        f"intake-app, Python {sys.version.split()[0]}, {sys.platform}",
    ]
    for number, one in enumerate(_chain(error)):
        lines += ["", f"{'behind it: ' if number else ''}{_name(one)}", *_frames(one.__traceback__)]
    return "\n".join(lines) + "\n"


def _name(error: BaseException) -> str:
    from intake_app.errors import IntakeError

    return f"{type(error).__name__} ({error.code})" if isinstance(error, IntakeError) else type(error).__name__


def _frames(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        code = trace.tb_frame.f_code
        parts = Path(code.co_filename).parts
        yield f"  {'/'.join(parts[-3:])}:{trace.tb_lineno} {code.co_name}"
        trace = trace.tb_next


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error, then what caused it or what was being handled, each once."""
    seen: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in seen and len(seen) < MOST_ERRORS:
        seen.append(following)
        yield following
        following = following.__cause__ or following.__context__


def _private(path: Path) -> int:
    """A handle on an empty file that only its owner may read."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
