"""Running other programs and talking to the person who builds, on standard error only."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


class StepFailedError(Exception):
    """A step could not be done; the text says what and how to mend it."""


def say(text: str) -> None:
    """One message for a person; standard output belongs to the app."""
    print(text, file=sys.stderr, flush=True)


def quietly(command: Sequence[str | Path], *, cwd: Path = REPOSITORY) -> int:
    """Run a program with its output on standard error; gives its exit code."""
    return _exit_code(subprocess.run([str(part) for part in command], cwd=cwd, stdout=sys.stderr, check=False))


def passing_through(
    command: Sequence[str | Path], *, cwd: Path | None = None, settings: Mapping[str, str] | None = None
) -> int:
    """Run a program with our own input, output and working folder; gives its exit code."""
    environment = {**os.environ, **(settings or {})}
    return _exit_code(subprocess.run([str(part) for part in command], cwd=cwd, env=environment, check=False))


def must(command: Sequence[str | Path], failing: str, *, cwd: Path = REPOSITORY) -> None:
    """Run a program with its output on standard error. Raises `StepFailedError(failing)` when it fails."""
    try:
        code = quietly(command, cwd=cwd)
    except FileNotFoundError as absent:
        raise StepFailedError(f"{failing}: the program '{absent.filename}' is not there") from absent
    if code != 0:
        raise StepFailedError(f"{failing} (exit code {code})")


def _exit_code(finished: subprocess.CompletedProcess[bytes]) -> int:
    """A program that a signal ended counts as 128 plus the signal, as shells have it."""
    return finished.returncode if finished.returncode >= 0 else 128 - finished.returncode
