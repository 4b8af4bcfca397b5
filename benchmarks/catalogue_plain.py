"""What one would write in an afternoon: the same search and import without an index of words, to measure beside.

As a program it imports one download in a process of its own, ours or plainly, and prints seconds and memory.
"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import sys
import time
import zipfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from rapidfuzz import fuzz, process

from intake_app.catalogue.fold import fold
from intake_app.catalogue.imports.esco import import_esco
from intake_app.catalogue.load import load_catalogue

STARTER = Path(__file__).parent.parent / "resources" / "catalogue"
Row = tuple[str, str]
"""The id of a thing and one of its names, folded."""


class LikeSearch:
    """SQL LIKE for every word, and a loop in Python that counts the words found."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE TABLE names (thing TEXT, folded TEXT)")
        self._database.executemany("INSERT INTO names VALUES (?, ?)", rows)

    def find(self, text: str, most: int) -> list[str]:
        """The ids, best first."""
        words = fold(text).split()
        best: dict[str, float] = defaultdict(float)
        for word in words:
            rows = self._database.execute("SELECT thing, folded FROM names WHERE folded LIKE ?", (f"%{word}%",))
            for thing, folded in rows:
                score = sum(each in folded for each in words) / max(len(words), len(folded.split()))
                best[thing] = max(best[thing], score)
        return sorted(best, key=lambda thing: -best[thing])[:most]


class FuzzySearch:
    """rapidfuzz over the whole list of names."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._things = [thing for thing, _ in rows]
        self._names = [folded for _, folded in rows]

    def find(self, text: str, most: int) -> list[str]:
        """The ids, best first."""
        found = process.extract(fold(text), self._names, scorer=fuzz.WRatio, limit=most * 10)
        return list(dict.fromkeys(self._things[place] for _, _, place in found))[:most]


def plain_import(folder: Path, out: Path) -> None:
    """All rows of all files as dictionaries in memory, then one table for each file."""
    tables: dict[str, list[dict[str, str]]] = {}
    for path in sorted(folder.glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".csv"):
                    text = archive.read(name).decode("utf-8")
                    tables[name] = list(csv.DictReader(io.StringIO(text, newline="")))
    database = sqlite3.connect(out)
    for name, rows in tables.items():
        columns = list(rows[0])
        database.execute(f'CREATE TABLE "{name}" ({", ".join(f"[{column}]" for column in columns)})')
        marks = ",".join("?" * len(columns))
        database.executemany(f'INSERT INTO "{name}" VALUES ({marks})', ([row[c] for c in columns] for row in rows))
    database.commit()
    database.close()


def peak_megabytes() -> float | None:
    """The most memory this process has held, None where the system does not tell."""
    try:
        import resource
    except ImportError:
        return None
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """`catalogue_plain ours|plain DOWNLOAD OUT`: import and print what it took as JSON."""
    if len(sys.argv) != 4 or sys.argv[1] not in ("ours", "plain"):
        print(__doc__, "\nusage: dev.py bench catalogue_plain ours|plain DOWNLOAD OUT", file=sys.stderr)
        return 2
    how, download, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    catalogue = load_catalogue(STARTER)
    started = time.perf_counter()
    if how == "ours":
        import_esco(download, out, catalogue)
    else:
        out.mkdir(parents=True, exist_ok=True)
        plain_import(download, out / "plain.db")
    print(json.dumps({"seconds": time.perf_counter() - started, "megabytes": peak_megabytes()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
