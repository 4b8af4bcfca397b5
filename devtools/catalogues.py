"""The translation catalogues: drawing the texts out, and compiling what changed since last time."""

from __future__ import annotations

from pathlib import Path

from devtools.environment import PYTHON
from devtools.shell import REPOSITORY, StepFailedError, must, quietly, say

TRANSLATIONS = REPOSITORY / "translations"


def stale(folder: Path = TRANSLATIONS) -> list[Path]:
    """The .po files whose .mo is missing or older."""
    return [po for po in sorted(folder.glob("*/LC_MESSAGES/*.po")) if _is_older(po.with_suffix(".mo"), po)]


def _is_older(compiled: Path, source: Path) -> bool:
    return not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns


def compile_stale() -> None:
    """Compile what changed; compiled catalogues are made where they are needed and never committed."""
    changed = stale()
    if changed:
        must([PYTHON, "-m", "devtools.compile_catalogues", *changed], "The translations could not be compiled")


def strings(arguments: list[str]) -> int:
    """Draw the Dutch texts into the .pot files, bring every language up to date, and compile.

    With `--readability` nothing is drawn: it says how plain the Dutch texts are, and names what is too hard.
    """
    if arguments == ["--readability"]:
        return quietly([PYTHON, "-m", "devtools.readability"])
    if arguments:
        raise StepFailedError("`strings` takes only --readability")
    must([PYTHON, "-m", "devtools.extract_strings"], "The texts could not be drawn out")
    compile_stale()
    say("The translations are up to date with the texts.")
    return 0
