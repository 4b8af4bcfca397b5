"""The program run as people run it: as a process of its own, in folders of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PASSPHRASE = "vier losse woorden hier"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def run() -> Run:
    """Runs `python -m intake_app ARGS`; `passphrase` None leaves the variable out."""

    def running(
        *arguments: object, passphrase: str | None = PASSPHRASE, **more: str
    ) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, **more}
        environment.pop("INTAKE_PASSPHRASE", None)
        if passphrase is not None:
            environment["INTAKE_PASSPHRASE"] = passphrase
        return subprocess.run(
            [sys.executable, "-m", "intake_app", *map(str, arguments)],
            cwd=REPOSITORY,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return running
