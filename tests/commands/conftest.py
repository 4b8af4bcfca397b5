"""Commands run in this process: exit code, standard output and standard error."""

from __future__ import annotations

from typing import NamedTuple, Protocol

import pytest

from intake_app.cli import main

WINDOW = 99
"""What the window's stand-in returns."""


class Result(NamedTuple):
    """What a command said."""

    code: int
    out: str
    err: str


class Command(Protocol):
    """Runs a command."""

    def __call__(self, *arguments: object) -> Result: ...


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    def running(*arguments: object) -> Result:
        capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments], lambda _: WINDOW)
        except SystemExit as ended:  # argparse ends by itself after --help and after wrong usage
            code = int(ended.code or 0)
        return Result(code, *capsys.readouterr())

    return running
