"""The verbs that start something: the app, its window, the measurements and the build."""

from __future__ import annotations

import os
import platform
import shutil
from pathlib import Path

from devtools import catalogues
from devtools.environment import PYTHON
from devtools.shell import REPOSITORY, must, passing_through, say

DEMO_FOLDER = REPOSITORY / "out" / "demo"
BUILT_FOLDER = REPOSITORY / "dist" / "intake-app"


def app(arguments: list[str]) -> int:
    """The app's own command line; its output and exit code are passed on untouched."""
    catalogues.compile_stale()
    return passing_through([PYTHON, "-m", "intake_app", *arguments])


def run(arguments: list[str]) -> int:
    """Open the window, or show what the app does where there is no display."""
    if _has_display():
        return app(arguments)
    say("There is no display here, so no window can open. The sample conversation runs instead.")
    shutil.rmtree(DEMO_FOLDER, ignore_errors=True)
    catalogues.compile_stale()
    folders = ["--out", str(DEMO_FOLDER), "--data-dir", str(DEMO_FOLDER / "store")]
    code = passing_through(
        [PYTHON, "-m", "intake_app", "demo", "--lang", "ar", "--screens", *folders],
        settings={"QT_QPA_PLATFORM": "offscreen"},
    )
    _list_results(DEMO_FOLDER)
    return code


def _has_display() -> bool:
    if platform.system() in ("Windows", "Darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _list_results(folder: Path) -> None:
    made = sorted(path for path in folder.rglob("*") if path.is_file())
    say(f"\nMade in {folder.relative_to(REPOSITORY)}:" if made else "\nNothing was made.")
    for path in made:
        say(f"  {path.stat().st_size / 1024:8.0f} kB  {path.relative_to(folder)}")


def build(arguments: list[str]) -> int:
    """Make the one-folder program, and see the bundle itself live through the sample conversation.

    A language that lacks texts of the talk, the plan or a consent is refused, before anything is made.
    """
    catalogues.compile_stale()
    must([PYTHON, "-m", "devtools.gates"], "A language has gaps")
    must(
        [PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level=WARN", *arguments, "build.spec"],
        "The program could not be built",
    )
    size = sum(path.stat().st_size for path in BUILT_FOLDER.rglob("*") if path.is_file())
    say(f"Built {BUILT_FOLDER.relative_to(REPOSITORY)}, {size / 1e6:.0f} MB. Now its own sample conversation:")
    program = BUILT_FOLDER / ("intake-app.exe" if os.name == "nt" else "intake-app")
    results = REPOSITORY / "out" / "build"
    shutil.rmtree(results, ignore_errors=True)
    code = passing_through(
        [program, "demo", "--lang", "ar", "--screens", "--out", results],
        settings={"QT_QPA_PLATFORM": "offscreen"},
    )
    _list_results(results)
    return code


def bench(arguments: list[str]) -> int:
    """One measurement: `bench NAME [--runs N] [--records N]`; exit code 1 when a promise broke."""
    known = sorted(path.stem for path in (REPOSITORY / "benchmarks").glob("[a-z]*.py"))
    if not arguments or arguments[0] not in known:
        say("usage: python3 dev.py bench NAME [--runs N] [--records N]\n\n  " + "\n  ".join(known))
        return 2
    catalogues.compile_stale()
    return passing_through(
        [PYTHON, "-m", f"benchmarks.{arguments[0]}", *arguments[1:]],
        cwd=REPOSITORY,
        settings={"QT_QPA_PLATFORM": "offscreen"},
    )
