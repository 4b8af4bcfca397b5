"""Everything that is checked before a change is taken in, with the time that each check took."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from devtools import catalogues
from devtools.environment import PROGRAMS, PYTHON
from devtools.shell import REPOSITORY, passing_through, say

LOCKS = ("requirements.txt", "requirements-dev.txt")
WINDOW_TESTS = ("tests/ui", "tests/e2e")
"""The only tests that need Qt: the import walls keep it in the window's room."""

OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


@dataclass(frozen=True)
class Step:
    """One check: what it is called, and the work, which gives an exit code."""

    name: str
    work: Callable[[], int]


def check(arguments: list[str]) -> int:
    """Format, lint, types, walls and locks; nothing is changed."""
    return _run_all(_static_checks())


def fix(arguments: list[str]) -> int:
    """Put format and lint right where a machine can."""
    lint = _python("-m", "ruff", "check", "--fix", "--quiet", ".")
    return _python("-m", "ruff", "format", ".") or lint


def test(arguments: list[str]) -> int:
    """All checks and all tests; `--long` adds the tests of minutes and the look at the Windows wheels."""
    long = "--long" in arguments
    chosen = [argument for argument in arguments if argument != "--long"]
    catalogues.compile_stale()
    steps = [*_static_checks(), *_test_steps(["--long"] if long else [], chosen)]
    if long:
        steps.append(Step("wheels for Windows", windows_wheels))
    return _run_all(steps)


def _test_steps(extra: list[str], chosen: list[str]) -> list[Step]:
    """Each test runs once: those of the window with Qt, all others where Qt does not exist; chosen ones both ways."""
    if chosen:
        return [
            Step("tests", lambda: _tests(*extra, *chosen)),
            Step("tests without Qt", lambda: _tests_without_qt(*chosen)),
        ]
    return [
        Step("tests of the window", lambda: _tests(*WINDOW_TESTS, *extra)),
        Step("tests without Qt", lambda: _tests_without_qt(*extra)),
    ]


def _static_checks() -> list[Step]:
    return [
        Step("format", lambda: _python("-m", "ruff", "format", "--check", "--quiet", ".")),
        Step("lint", lambda: _python("-m", "ruff", "check", "--quiet", ".")),
        Step("types", lambda: _python("-m", "mypy")),
        Step("types for Windows", lambda: _python("-m", "mypy", "--platform", "win32")),
        Step("walls", lambda: passing_through([PROGRAMS / "lint-imports", "--no-logo"], cwd=REPOSITORY)),
        Step("texts drawn out", lambda: _python("-m", "devtools.extract_strings", "--check")),
        Step("locks", locks_are_clean),
    ]


def _python(*arguments: str) -> int:
    return passing_through([PYTHON, *arguments], cwd=REPOSITORY)


def _tests(*arguments: str) -> int:
    return passing_through([PYTHON, "-m", "pytest", "-q", *arguments], cwd=REPOSITORY, settings=OFFSCREEN)


def _tests_without_qt(*arguments: str) -> int:
    """Everything but the window must work where Qt is not installed."""
    left_out = [f"--ignore={folder}" for folder in WINDOW_TESTS]
    return _tests("-p", "tests.without_qt", "-p", "no:pytest-qt", *left_out, *arguments)


def locks_are_clean(folder: Path = REPOSITORY) -> int:
    """A lock names versions and hashes, never an address: it must hold on every network."""
    code = 0
    for name in LOCKS:
        for number, line in enumerate((folder / name).read_text(encoding="utf-8").splitlines(), start=1):
            if "://" in line:
                say(f"{name}:{number}: an address stands in the lock; make it anew without one")
                code = 1
    return code


def windows_wheels() -> int:
    """Every requirement of the app must exist as a wheel for Windows, where its users are."""
    with tempfile.TemporaryDirectory() as folder:
        return _python(
            "-m", "pip", "download", "--disable-pip-version-check", "--quiet", "--dest", folder, "--no-deps",
            "--only-binary=:all:", "--platform", "win_amd64", "--python-version", "3.11", "-r", "requirements.txt",
        )  # fmt: skip


def _run_all(steps: list[Step]) -> int:
    """Run every step, also after one failed, and end with one line per step."""
    lines, failed = [], 0
    for step in steps:
        say(f"\n== {step.name}")
        start = time.monotonic()
        code = step.work()
        failed += code != 0
        lines.append(f"{'ok    ' if code == 0 else 'FAILED'} {time.monotonic() - start:7.1f} s  {step.name}")
    say("\n" + "\n".join(lines))
    return 1 if failed else 0
