"""Whose work the program stands on: read from the list that ships beside it, so that it cannot say anything else."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import qVersion

LIST = "THIRD_PARTY.md"
_HEADING = "Libraries that run with the app"


@dataclass(frozen=True)
class Part:
    """One library: its name, version and licence, as the list tells them."""

    name: str
    version: str
    licence: str


def parts(folder: Path) -> tuple[Part, ...]:
    """The libraries of the list in a folder, in its order; none where the program ships without the list."""
    try:
        text = (folder / LIST).read_text(encoding="utf-8")
    except OSError:
        return ()
    _, _, after = text.partition(_HEADING)
    found = []
    for line in after.partition("\n## ")[0].splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) == 3 and cells[0] != "library" and set(cells[0]) != {"-"}:
            found.append(Part(*cells))
    return tuple(found)


def running() -> tuple[str, str]:
    """The versions of Python and Qt that run now."""
    return platform.python_version(), qVersion()
