"""The users work on Windows: what only POSIX has stands where that is asked first, and texts have an encoding."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent.parent
MODULES = sorted(path for folder in ("intake_app", "devtools") for path in (REPOSITORY / folder).rglob("*.py"))
ASKS_FIRST = {"intake_app/paths.py", "intake_app/platform/folder_lock.py", "intake_app/platform/viewer.py"}
"""Modules that look which system it is before they use what only one has."""
POSIX_MODULES = {"fcntl", "grp", "pty", "pwd", "resource", "termios", "tty"}
POSIX_CALLS = {
    "fork",
    "forkpty",
    "getuid",
    "getgid",
    "kill",
    "killpg",
    "mkfifo",
    "nice",
    "setsid",
    "statvfs",
    "sysconf",
}
POSIX_CALLS |= {"fchmod", "chown", "getpgid", "SIGKILL", "SIGHUP", "SIGALRM", "SIGUSR1", "SIGUSR2"}
TEXT_CALLS = {"read_text", "write_text"}


def troubles(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in POSIX_MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module in POSIX_MODULES:
            yield str(node.module)
        elif isinstance(node, ast.Attribute) and _is_of(node, {"os", "signal"}) and node.attr in POSIX_CALLS:
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith(("/tmp", "/var")):
            yield node.value
        elif isinstance(node, ast.Call) and _reads_text(node):
            yield f"{ast.unparse(node.func)} without encoding"


def _is_of(node: ast.Attribute, modules: set[str]) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id in modules


def _reads_text(call: ast.Call) -> bool:
    """Whether a file is opened as text with the encoding that the system happens to have."""
    if any(keyword.arg == "encoding" for keyword in call.keywords):
        return False
    if isinstance(call.func, ast.Name) and call.func.id == "open":
        mode = call.args[1] if len(call.args) > 1 else None
        return not (isinstance(mode, ast.Constant) and "b" in str(mode.value))
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in TEXT_CALLS:
        return False
    # a function of our own may be called read_text too: those of a path take no element
    return isinstance(call.func.value, ast.Name | ast.Attribute | ast.BinOp | ast.Call)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_nothing_outside_the_platforms_own_place_needs_posix(path: Path) -> None:
    found = list(troubles(path.read_text(encoding="utf-8")))

    assert not found or path.relative_to(REPOSITORY).as_posix() in ASKS_FIRST, found


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos.fork()",
        "import fcntl",
        "from resource import getrusage",
        "import signal\nsignal.SIGKILL",
        "place = '/tmp/x'",
        "open('a.txt')",
        "open('a.txt', 'w')",
        "path.read_text()",
        "(folder / 'a').write_text('x')",
    ],
)
def test_the_guard_sees_what_it_should(source: str) -> None:
    assert list(troubles(source))


@pytest.mark.parametrize("source", ["open('a', 'rb')", "path.read_text(encoding='utf-8')", "read_text(element)"])
def test_the_guard_leaves_the_rest_alone(source: str) -> None:
    assert not list(troubles(source))
