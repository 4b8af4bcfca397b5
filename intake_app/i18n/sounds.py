"""A few phrases of a language with how somebody who reads Dutch says them: a help for the table, no transcription."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Sound:
    """A phrase as it is written in a language, and in Dutch letters as it sounds."""

    text: str
    sound: str


@cache
def sounds(code: str, folder: Path) -> Mapping[str, Sound]:
    """The phrases of one language by their Dutch text, from `sounds.csv` in the folder of translations."""
    with (folder / "sounds.csv").open(encoding="utf-8", newline="") as file:
        return {row["phrase"]: Sound(row["text"], row["sound"]) for row in csv.DictReader(file) if row["lang"] == code}
