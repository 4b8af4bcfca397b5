"""Asks JavaRosa, the engine of ODK Collect, what it makes of a form and its events."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any

Event = Mapping[str, str]
State = dict[str, Any]

_SOURCES = sorted(Path(__file__).parent.glob("*.java"))
_JAR = Path("validators", "odk_validate", "bin", "ODK_Validate.jar")
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n"})


def jar() -> Path | None:
    """The archive that holds JavaRosa; pyxform carries it."""
    spec = find_spec("pyxform")
    if spec is None or spec.origin is None:
        return None
    found = Path(spec.origin).parent / _JAR
    return found if found.is_file() else None


def available() -> bool:
    """Whether JavaRosa can be asked on this computer."""
    return None not in (shutil.which("java"), shutil.which("javac"), jar())


class JavaRosaStopped(Exception):
    """JavaRosa refused the form or an event with an exception of its own."""


class Session:
    """JavaRosa running beside us: one form after another, event by event.

    `nodes` are all nodes as they stand, by exact ref. Use it as a context manager: leaving it ends the process.
    """

    def __init__(self) -> None:
        self.nodes: dict[str, State] = {}
        self._classes = TemporaryDirectory()
        library = str(jar())
        subprocess.run(
            ["javac", "-nowarn", "-Xlint:none", "-d", self._classes.name, "-cp", library, *map(str, _SOURCES)],
            check=True,
            capture_output=True,
        )
        path = os.pathsep.join((self._classes.name, library))
        self._process = subprocess.Popen(
            ["java", "-XX:TieredStopAtLevel=1", "-Duser.timezone=UTC", "-cp", path, "Oracle"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )

    def __enter__(self) -> Session:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.communicate()
        self._classes.cleanup()

    def load(self, form: Path, language: str | None = None, media: Path | None = None) -> State:
        """Start a new record. Like every step it gives what changed: rejected, message, nodes, gone."""
        self.nodes = {}
        return self._step("load", str(form), language or "-", str(media or form.parent))

    def play(self, event: Event) -> State:
        """Take one event of a journal."""
        if "set" in event:
            return self._step("set", event["set"], event["value"])
        if "add_repeat" in event:
            return self._step("add", event["add_repeat"])
        if "remove_repeat" in event:
            return self._step("remove", event["remove_repeat"])
        return self._step("language", event["language"])

    def settle(self) -> State:
        """Bring about what JavaRosa leaves for later: dropped answers, surplus instances, stale results."""
        return self._step("settle")

    def finish(self) -> State:
        """The first broken rule as [ref, reason], or None, and the submission's XML."""
        return self._ask("finish")

    def _step(self, *fields: str) -> State:
        answer = self._ask(*fields)
        self.nodes.update((node["ref"], node) for node in answer["nodes"])
        for ref in answer["gone"]:
            del self.nodes[ref]
        return answer

    def _ask(self, *fields: str) -> State:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        command, *values = fields
        line = "\t".join([command, *(value.translate(_ESCAPES) if command == "set" else value for value in values)])
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        answer: State = json.loads(self._process.stdout.readline() or '{"error": "no answer"}')
        if "error" in answer:
            raise JavaRosaStopped(answer["error"])
        return answer


def ask(jobs: Sequence[tuple[Path, Sequence[Event], str | None]]) -> list[list[State]]:
    """The states of every form (file, events, language), one after the load and one after each event."""
    answers: list[list[State]] = []
    with Session() as session:
        for form, events, language in jobs:
            states = [_whole(session, session.load(form, language))]
            states.extend(_whole(session, session.play(event)) for event in events)
            answers.append(states)
    return answers


def _whole(session: Session, step: State) -> State:
    return {"rejected": step["rejected"], "nodes": [dict(node) for node in session.nodes.values()]}
