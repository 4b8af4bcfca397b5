"""The virtual environment and the system packages: made once, left alone while the lock is unchanged."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from devtools.shell import REPOSITORY, StepFailedError, must, quietly, say

FOLDER = REPOSITORY / ".venv"
LOCK = REPOSITORY / "requirements-dev.txt"
STAMP = FOLDER / "lock.sha256"
PROGRAMS = FOLDER / ("Scripts" if os.name == "nt" else "bin")
PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")

SYSTEM_PACKAGES = (
    # Qt without a screen
    ("libegl1",),
    ("libgl1",),
    ("libxkbcommon0",),
    ("libdbus-1-3",),
    ("libfontconfig1",),
    ("libglib2.0-0", "libglib2.0-0t64"),
    # Qt with an X screen; without some of these it aborts instead of saying so
    ("libxcb-cursor0",),
    ("libxkbcommon-x11-0",),
    ("libxcb-icccm4",),
    ("libxcb-keysyms1",),
    ("libxcb-shape0",),
    ("libxcb-xkb1",),
    # the tests read the plans back and take Unicode's own cases, the build strips libraries
    ("poppler-utils",),
    ("unicode-data",),
    ("binutils",),
)
"""Debian's names; where a release renamed a package, any of the names will do."""


def ensure(*, thoroughly: bool) -> None:
    """Make the environment if it is missing or the lock changed; `thoroughly` also looks at system packages.

    Raises `StepFailedError` with the line that mends it.
    """
    fresh = not PYTHON.exists()
    if fresh:
        _make()
    wanted = _fingerprint()
    changed = not STAMP.exists() or STAMP.read_text(encoding="ascii") != wanted
    if thoroughly or changed:
        _ensure_system_packages()
    if changed:
        _install()
        _make_importable()
        STAMP.write_text(wanted, encoding="ascii")


def _fingerprint() -> str:
    made_with = (FOLDER / "pyvenv.cfg").read_bytes()
    return hashlib.sha256(LOCK.read_bytes() + made_with + str(REPOSITORY).encode()).hexdigest()


def _make() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        _add_debian_packages(["python3-venv"])
    say("Making the virtual environment in .venv")
    must([sys.executable, "-m", "venv", "--clear", FOLDER], "The virtual environment could not be made")


def _install() -> None:
    say("Installing the locked requirements (once per change of the lock)")
    command = ["-m", "pip", "install", "--disable-pip-version-check", "--quiet", "--require-hashes"]
    must([PYTHON, *command, "-r", LOCK], "The locked requirements could not be installed")


def _make_importable() -> None:
    """Let the environment find the source tree, and give it the program `intake-app`, without a build."""
    asked = [str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    library = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    (Path(library) / "intake_app_source.pth").write_text(f"{REPOSITORY}\n", encoding="utf-8")
    if os.name == "nt":
        (PROGRAMS / "intake-app.cmd").write_text('@"%~dp0python.exe" -m intake_app %*\r\n', encoding="ascii")
        return
    launcher = PROGRAMS / "intake-app"
    launcher.write_text('#!/bin/sh\nexec "$(dirname "$0")/python" -m intake_app "$@"\n', encoding="ascii")
    launcher.chmod(0o755)


def _ensure_system_packages() -> None:
    if shutil.which("dpkg-query") is None:
        return
    present = _installed_debian_packages()
    missing = [names[0] for names in SYSTEM_PACKAGES if present.isdisjoint(names)]
    if missing:
        _add_debian_packages(missing, needed=False)


def _installed_debian_packages() -> set[str]:
    listing = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${db:Status-Status} ${Package}\\n"],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = (line.partition(" ") for line in listing.stdout.splitlines())
    return {name for status, _, name in lines if status == "installed"}


def _add_debian_packages(names: list[str], *, needed: bool = True) -> None:
    """Install as root, else say the one line that does; raises `StepFailedError` only for what cannot be missed."""
    line = ["apt-get", "install", "--yes", "--no-install-recommends", *names]
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"Installing system packages: {' '.join(names)}")
        if quietly(["apt-get", "update", "--quiet"]) == 0 and quietly(line) == 0:
            return
    request = f"These system packages are missing; this line installs them:\n  sudo {' '.join(line)}"
    if needed:
        raise StepFailedError(request)
    say(request)
