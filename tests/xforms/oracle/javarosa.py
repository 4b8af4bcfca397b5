"""Asks JavaRosa, the engine of ODK Collect, what it makes of a form and its events."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

Event = Mapping[str, str]
State = dict[str, object]

_SOURCE = Path(__file__).parent / "Oracle.java"
_JAR = Path("validators", "odk_validate", "bin", "ODK_Validate.jar")


def jar() -> Path | None:
    """The archive that holds JavaRosa; pyxform carries it."""
    spec = find_spec("pyxform")
    if spec is None or spec.origin is None:
        return None
    found = Path(spec.origin).parent / _JAR
    return found if found.is_file() else None


def available() -> bool:
    """Whether JavaRosa can be asked on this computer."""
    return shutil.which("java") is not None and jar() is not None


def ask(jobs: Sequence[tuple[Path, Sequence[Event], str | None]], folder: Path) -> list[list[State]]:
    """The states of every form (file, events, language), one after the load and one after each event."""
    arguments: list[str] = []
    for number, (form, events, language) in enumerate(jobs):
        written = folder / f"events-{number}.tsv"
        written.write_text("".join("\t".join(_line(event)) + "\n" for event in events), encoding="utf-8")
        arguments += [str(form), str(written), language or "-"]
    done = subprocess.run(
        ["java", "-XX:TieredStopAtLevel=1", "-Duser.timezone=UTC", "-cp", str(jar()), str(_SOURCE), *arguments],
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=120,
    )
    answers: list[list[State]] = [[]]
    for line in done.stdout.splitlines():
        if line == "end":
            answers.append([])
        else:
            answers[-1].append(json.loads(line))
    return answers[:-1]


def _line(event: Event) -> list[str]:
    if "set" in event:
        return ["set", event["set"], event["value"]]
    if "add_repeat" in event:
        return ["add", event["add_repeat"]]
    if "remove_repeat" in event:
        return ["remove", event["remove_repeat"]]
    return ["language", event["language"]]
