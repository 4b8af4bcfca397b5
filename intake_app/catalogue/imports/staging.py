"""Gathering things and their texts while a list is read, and making the search index when all is read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from intake_app.catalogue.fold import fold
from intake_app.catalogue.imports.progress import INDEXED_SHARE, ORDERED_SHARE, READING_SHARE, Watch
from intake_app.catalogue.imports.store import FORMAT
from intake_app.catalogue.index import finish_index

BATCH = 5_000
LONGEST_TEXT = 300
"""A name longer than this is no name; it would only slow the search down."""


class Staging:
    """Things and texts on their way into a new list. Ids of things are ours: `esco:` and the end of the address."""

    def __init__(self, database: sqlite3.Connection, watch: Watch) -> None:
        self.database = database
        self.watch = watch
        self.things: dict[str, int] = {}
        self.languages: dict[str, int] = {}
        self._labels: dict[int, tuple[bool, str]] = {}
        self._kinds: dict[int, tuple[str, str]] = {}
        self._rows: list[tuple[int, str, str, str, bool]] = []

    def thing(self, address: str, kind: str, thing_id: str) -> int:
        """The number of a thing, new or known, by its address in the list."""
        number = self.things.setdefault(address, len(self.things) + 1)
        self._kinds.setdefault(number, (kind, thing_id))
        return number

    def texts(self, thing: int, language: str, label: str, others: Iterable[str]) -> None:
        """The names of a thing in one language, the first of them its label; each spelling once."""
        is_dutch = language == "nl"
        if label and (thing not in self._labels or (is_dutch and not self._labels[thing][0])):
            self._labels[thing] = (is_dutch, label)
        seen: set[str] = set()
        for place, text in enumerate((label, *others)):
            folded = fold(text) if len(text) <= LONGEST_TEXT else ""
            if folded and folded not in seen:
                seen.add(folded)
                self._rows.append((thing, language, text, folded, place == 0))
        self.languages[language] = self.languages.get(language, 0) + len(seen)
        if len(self._rows) >= BATCH:
            self._write()

    def _write(self) -> None:
        insert = "INSERT INTO staged(thing, lang, text, folded, is_label) VALUES (?, ?, ?, ?, ?)"
        self.database.executemany(insert, self._rows)
        self._rows.clear()

    def keep_languages(self, older: Path | None) -> tuple[str, ...]:
        """Take over the languages of the older list that this one does not bring, for things that still exist."""
        self._write()
        if older is None or not _readable(older):
            return ()
        known = {names: number for number, names in self._kinds.items()}
        self.database.commit()
        self.database.execute("ATTACH DATABASE ? AS older", (f"{older.resolve().as_uri()}?mode=ro",))
        try:
            marks = ",".join("?" * len(self.languages))
            rows = self.database.execute(
                "SELECT t.kind, t.thing, t.label_nl, e.lang, e.text, e.folded, e.is_label FROM older.entries e "
                f"JOIN older.things t ON t.id = e.thing WHERE e.lang NOT IN ({marks})",
                tuple(self.languages),
            ).fetchall()
        finally:
            self.database.execute("DETACH DATABASE older")
        kept: dict[str, None] = {}
        for kind, thing, label, language, text, folded, is_label in rows:
            number = known.get((kind, thing))
            if number is not None:
                kept[language] = None
                self._rows.append((number, language, text, folded, is_label))
                if language == "nl" and not self._labels.get(number, (False, ""))[0]:
                    self._labels[number] = (True, label)
        self._write()
        return tuple(kept)

    def finish(self, **about: str) -> None:
        """Make the index: labels first, then short texts before long ones, occupations before skills."""
        self._write()
        self.watch.step("indexing", "", READING_SHARE)
        rows = ((n, *names, self._labels.get(n, (False, names[1]))[1]) for n, names in self._kinds.items())
        self.database.executemany("INSERT INTO things VALUES (?, ?, ?, ?)", rows)
        self.database.execute(
            "INSERT INTO entries "
            "SELECT row_number() OVER (ORDER BY s.is_label DESC, t.kind, length(s.folded), s.number), "
            "s.thing, s.lang, s.text, s.folded, s.is_label FROM staged s JOIN things t ON t.id = s.thing"
        )
        self.watch.step("indexing", "", ORDERED_SHARE)
        self.database.execute("DROP TABLE staged")
        self.database.execute("INSERT INTO words(rowid, folded) SELECT id, folded FROM entries ORDER BY id")
        self.watch.step("indexing", "", INDEXED_SHARE)
        about["imported_at"] = datetime.now(UTC).isoformat(timespec="seconds")
        self.database.executemany("INSERT INTO about VALUES (?, ?)", about.items())
        finish_index(self.database)


def _readable(path: Path) -> bool:
    """Whether a list was written in the format of today."""
    try:
        database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            (found,) = database.execute("PRAGMA user_version").fetchone()
        finally:
            database.close()
    except sqlite3.DatabaseError:
        return False
    return bool(found == FORMAT)
