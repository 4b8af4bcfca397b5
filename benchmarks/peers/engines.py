"""Where the measured engines are and how one is asked; a peer that is not there is a reason, not an error."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter
from typing import Any

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
INSTALLED = REPOSITORY / "out" / "benchmarks"
"""Where peers are installed; not part of the repository."""
_NODE_FILES = ("package.json", "package-lock.json", ".npmrc", "web_forms.mjs")
_PATIENCE = 600
"""Seconds before a peer counts as stuck."""


class EngineStoppedError(Exception):
    """An engine could not do what it was asked; the text is its own last words."""


@dataclass(frozen=True)
class Job:
    """A form, the answers to give it, how many of them only warm the engine up, and the folder of the form's lists."""

    form: Path
    journal: Path
    warm: int
    media: Path

    @property
    def arguments(self) -> list[str]:
        """As every engine takes them."""
        return [str(self.form), str(self.journal), str(self.warm), str(self.media)]


@dataclass(frozen=True)
class Result:
    """What an engine told: times in milliseconds, `process_ms` of its whole process as seen from here.

    `offered` are the numbers of choices shown after each answer; `states` the relevant values, by ref, after the load
    and at each checkpoint; `reported` how many changed nodes were told during the timed answers.
    """

    load_ms: float
    answer_ms: tuple[float, ...]
    process_ms: float
    offered: tuple[int, ...]
    states: tuple[dict[str, str], ...]
    reported: int


@dataclass(frozen=True)
class Engine:
    """An engine as a command; `name` is what the tables call it."""

    name: str
    command: tuple[str, ...]
    folder: Path = REPOSITORY

    def run(self, job: Job) -> Result:
        """Do a job in a fresh process. Raises EngineStoppedError."""
        began = perf_counter()
        told = self.ask(job.arguments)
        process_ms = (perf_counter() - began) * 1000
        return Result(
            load_ms=told["load_ms"],
            answer_ms=tuple(told["answer_ms"]),
            process_ms=process_ms,
            offered=tuple(told["offered"]),
            states=tuple(dict(state) for state in told["states"]),
            reported=told["reported"],
        )

    def ask(self, arguments: Sequence[str]) -> dict[str, Any]:
        """The JSON of one call. Raises EngineStoppedError."""
        try:
            done = subprocess.run(
                [*self.command, *arguments],
                cwd=self.folder,
                capture_output=True,
                encoding="utf-8",
                timeout=_PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired as slow:
            raise EngineStoppedError(f"no answer within {_PATIENCE} s") from slow
        if done.returncode != 0:
            raise EngineStoppedError(_last_words(done.stderr))
        found: dict[str, Any] = json.loads(done.stdout)
        return found


def ours() -> Engine:
    """The engine of this program."""
    return Engine("ours", (sys.executable, "-m", "benchmarks.peers.ours"))


def web_forms(install: bool = True) -> Engine | str:
    """The engine of ODK Web Forms (npm), installed on first use; or why it is not there."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return "no Node.js here"
    folder = INSTALLED / "node"
    stamp = folder / "installed.json"
    lock = (HERE / "package-lock.json").read_bytes()
    fresh = stamp.is_file() and stamp.read_bytes() == lock
    if not fresh and not install:
        return "not installed; `python3 dev.py bench engine` does that"
    folder.mkdir(parents=True, exist_ok=True)
    for name in _NODE_FILES:
        shutil.copyfile(HERE / name, folder / name)
    if not fresh:
        done = subprocess.run(
            [npm, "ci", "--ignore-scripts"], cwd=folder, capture_output=True, encoding="utf-8", check=False
        )
        if done.returncode != 0:
            return f"it could not be installed: {_last_words(done.stderr)}"
        stamp.write_bytes(lock)
    return Engine("ODK Web Forms", (node, str(folder / "web_forms.mjs")))


def javarosa() -> Engine | str:
    """JavaRosa, which pyxform carries, compiled on first use; or why it is not there."""
    java, javac, archive = shutil.which("java"), shutil.which("javac"), _archive()
    if java is None or javac is None:
        return "no Java here"
    if archive is None:
        return "pyxform's ODK_Validate.jar is not here"
    folder = INSTALLED / "java"
    source, made = HERE / "JavaRosa.java", folder / "JavaRosa.class"
    if not made.is_file() or made.stat().st_mtime < source.stat().st_mtime:
        folder.mkdir(parents=True, exist_ok=True)
        command = [javac, "-nowarn", "-Xlint:none", "-d", str(folder), "-cp", str(archive), str(source)]
        compiled = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        if compiled.returncode != 0:
            return f"it could not be compiled: {_last_words(compiled.stderr)}"
    return Engine("JavaRosa", (java, "-cp", os.pathsep.join((str(folder), str(archive))), "JavaRosa"))


def _archive() -> Path | None:
    spec = find_spec("pyxform")
    if spec is None or spec.origin is None:
        return None
    found = Path(spec.origin).parent / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"
    return found if found.is_file() else None


def _last_words(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    named = [line for line in lines if "rror" in line or "xception" in line]
    return (named or lines or ["it said nothing"])[0][:200]
