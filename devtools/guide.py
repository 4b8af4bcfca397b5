"""`dev.py guide`: the pictures of the visual guide, made anew by leading a practice talk in the running program.

An X screen of our own (Xvfb) with a window manager (openbox), the real program in it, and a real mouse and keyboard
(xdotool, through the XTEST extension of X). The pages of the guide are written by hand; this makes their pictures.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from devtools.environment import PYTHON
from devtools.shell import REPOSITORY, StepFailedError, passing_through, say

PAGES = REPOSITORY / "docs" / "beeldgids"
PROGRAMS = {"Xvfb": "xvfb", "openbox": "openbox", "xdotool": "xdotool"}
"""What must be there, and in which package of Debian it comes."""
SCREEN = "1366x768x24"
MOST_BYTES = 4_000_000
_SHOWN = re.compile(r"!\[[^\]]+\]\((?:\.\./beeldgids/)?([\w-]+\.png)\)")
_PATIENCE_S = 5.0


def guide(_arguments: list[str]) -> int:
    """Make every picture of the guide anew; 1 when pages and pictures do not agree. Raises StepFailedError."""
    missing = [package for program, package in PROGRAMS.items() if shutil.which(program) is None]
    if missing:
        raise StepFailedError(
            f"The guide needs programs; this line installs them:\n  apt-get install {' '.join(missing)}"
        )
    with tempfile.TemporaryDirectory() as folder, _screen(Path(folder)) as settings:
        out = Path(folder) / "pictures"
        out.mkdir()
        code = passing_through([PYTHON, "-m", "devtools.guided", out], cwd=REPOSITORY, settings=settings)
        if code != 0:
            raise StepFailedError("The talk was not led to its end; the guide is as it was")
        _replace(out)
    return _agree()


@contextmanager
def _screen(folder: Path) -> Iterator[dict[str, str]]:
    """An X screen with a window manager; gives the settings of a program that is to open in it."""
    reading, writing = os.pipe()
    with ExitStack() as running:
        server = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"]
        running.enter_context(_while_needed(server, dict(os.environ), pass_fds=(writing,)))
        os.close(writing)
        with os.fdopen(reading, encoding="ascii") as told:
            number = told.readline().strip()
        if not number:
            raise StepFailedError("The X screen did not start")
        settings = {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "XDG_RUNTIME_DIR": str(folder)}
        running.enter_context(_while_needed(["openbox", "--sm-disable"], {**os.environ, **settings}))
        yield settings


@contextmanager
def _while_needed(command: list[str], environment: dict[str, str], pass_fds: tuple[int, ...] = ()) -> Iterator[None]:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet, pass_fds=pass_fds)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()


def _replace(made: Path) -> None:
    PAGES.mkdir(parents=True, exist_ok=True)
    for old in PAGES.glob("*.png"):
        old.unlink()
    for picture in sorted(made.glob("*.png")):
        shutil.copy(picture, PAGES / picture.name)


def shown() -> set[str]:
    """The pictures that the pages of the guide show, by file name."""
    return {name for page in PAGES.glob("*.md") for name in _SHOWN.findall(page.read_text(encoding="utf-8"))}


def _agree() -> int:
    there = {path.name: path.stat().st_size for path in sorted(PAGES.glob("*.png"))}
    for name, size in there.items():
        say(f"  {size / 1024:6.0f} kB  {name}")
    wrong = [f"shown by a page and not made: {name}" for name in sorted(shown() - set(there))]
    wrong += [f"made and shown by no page: {name}" for name in sorted(set(there) - shown())]
    if sum(there.values()) > MOST_BYTES:
        wrong.append("the pictures together are larger than 4 MB")
    for line in wrong:
        say(line)
    say(f"{len(there)} pictures, {sum(there.values()) / 1e6:.2f} MB, in {PAGES.relative_to(REPOSITORY)}.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(guide(sys.argv[1:]))
