"""A full-text index of everything by which reference data can be found, in memory or in a file of its own.

It holds reference data only, never a word about a person, and is written in one go.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from intake_app.catalogue.fold import fold
from intake_app.catalogue.sound import skeleton
from intake_app.catalogue.vocabulary import Vocabulary

SCHEMA = """
CREATE TABLE things (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, thing TEXT NOT NULL, label_nl TEXT NOT NULL);
CREATE TABLE entries (
    id INTEGER PRIMARY KEY, thing INTEGER NOT NULL, lang TEXT NOT NULL, text TEXT NOT NULL, folded TEXT NOT NULL,
    is_label INTEGER NOT NULL
);
CREATE VIRTUAL TABLE words USING fts5(folded, content='', detail=none, columnsize=0, prefix='1 2 3');
CREATE VIRTUAL TABLE terms USING fts5vocab(words, row);
CREATE TABLE sounds (skeleton TEXT NOT NULL, word TEXT NOT NULL);
"""
INDEXES = """
CREATE INDEX entries_folded ON entries (folded);
CREATE INDEX entries_thing ON entries (thing);
CREATE INDEX sounds_skeleton ON sounds (skeleton);
"""


_AT_ONCE = 2000
"""Entries held at a time: an official list has a hundred thousand."""


class Entry(NamedTuple):
    """One text by which a thing can be found."""

    kind: str
    id: str
    label_nl: str
    language: str
    text: str
    is_label: bool
    folded: str = ""
    """Left empty, it is made from the text; set, it may hold more words than are shown."""


class Found(NamedTuple):
    """A row of the index that may answer a question."""

    number: int
    kind: str
    id: str
    label_nl: str
    language: str
    text: str
    folded: str
    is_label: bool


_COLUMNS = "e.id, t.kind, t.thing, t.label_nl, e.lang, e.text, e.folded, e.is_label"
_JOINED = f"SELECT {_COLUMNS} FROM entries e JOIN things t ON t.id = e.thing WHERE "


def memory_index(entries: Iterable[Entry]) -> Index:
    """An index in memory. The first entries win among equals."""
    database = sqlite3.connect(":memory:", check_same_thread=False)
    create_tables(database)
    write_entries(database, entries)
    return Index(database)


def create_tables(database: sqlite3.Connection) -> None:
    """The empty tables of an index."""
    database.executescript(SCHEMA)


def write_entries(database: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    """Fill an empty index; the order of the entries is the order in which equals are given back."""
    things: dict[tuple[str, str], tuple[int, str, str, str]] = {}
    numbered = enumerate(entries, start=1)
    while part := list(islice(numbered, _AT_ONCE)):
        rows = []
        for number, entry in part:
            new = (len(things) + 1, entry.kind, entry.id, entry.label_nl)
            thing = things.setdefault((entry.kind, entry.id), new)
            folded = entry.folded or fold(entry.text)
            rows.append((number, thing[0], entry.language, entry.text, folded, entry.is_label))
        database.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?)", rows)
        database.executemany("INSERT INTO words(rowid, folded) VALUES (?, ?)", ((row[0], row[4]) for row in rows))
    database.executemany("INSERT INTO things VALUES (?, ?, ?, ?)", things.values())
    finish_index(database)


def finish_index(database: sqlite3.Connection) -> None:
    """What can only be made when all entries stand: the sounds of the words, and the indexes."""
    words = [word for (word,) in database.execute("SELECT term FROM terms")]
    rows = ((bones, word) for word in words if (bones := skeleton(word)))
    database.executemany("INSERT INTO sounds VALUES (?, ?)", rows)
    database.executescript(INDEXES)
    database.commit()


class Index:
    """An index that stands; its words are read at the first question."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """All words, with the number of texts that hold them."""
        return Vocabulary(dict(self._database.execute("SELECT term, doc FROM terms")), self._by_skeleton)

    @cached_property
    def size(self) -> int:
        """The number of texts."""
        (count,) = self._database.execute("SELECT count(*) FROM entries").fetchone()
        return int(count)

    def _by_skeleton(self, word: str) -> list[str]:
        bones = skeleton(word)
        if not bones:
            return []
        rows = self._database.execute("SELECT word FROM sounds WHERE skeleton = ? LIMIT 100", (bones,))
        return [other for (other,) in rows]

    def whole(self, folded: str) -> list[Found]:
        """The texts that are exactly this."""
        return self._rows(_JOINED + "e.folded = ? ORDER BY e.id LIMIT 50", folded)

    def holding(self, groups: list[list[str]], most: int) -> list[Found]:
        """Texts that hold one word of each group, the first `most` of them in the order of the index.

        A word that ends in `*` stands for every word that begins so.
        """
        query = " AND ".join("(" + " OR ".join(_quoted(word) for word in group) + ")" for group in groups)
        inner = "e.id IN (SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid LIMIT ?) ORDER BY e.id"
        return self._rows(_JOINED + inner, query, most)

    def _rows(self, query: str, *values: object) -> list[Found]:
        return [Found(*row) for row in self._database.execute(query, values)]

    @cached_property
    def labels(self) -> dict[tuple[str, str], str]:
        """The Dutch label of every thing by its kind and id."""
        rows = self._database.execute("SELECT kind, thing, label_nl FROM things")
        return {(kind, thing): label for kind, thing, label in rows}

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


def open_index(path: Path) -> Index:
    """The index in a file, for reading only. Raises sqlite3.DatabaseError when it is none."""
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    return Index(sqlite3.connect(address, uri=True, check_same_thread=False))


def _quoted(word: str) -> str:
    return f'"{word[:-1]}"*' if word.endswith("*") else f'"{word}"'
