"""Finding occupations, skills, cards, offers and organisations by everyday words in any language of the catalogue.

Candidates come from a full-text index in memory (whole words, beginnings, pieces of words) and from words that look
alike; one score then puts them in order. The index holds reference data only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from intake_app.catalogue.fold import fold
from intake_app.domain.catalogue import Catalogue, SearchHit

SOURCE_LANGUAGE = "nl"
KINDS = ("occupation", "skill", "card", "offer", "organisation")
"""Also the order of kinds that match equally well: work comes first."""
KIND_STEP = 0.01
OWN_LANGUAGE_BONUS = 0.05
SHORTEST_PIECE = 4
"""Pieces of words shorter than this are in too many words to say anything."""
SHORTEST_MISSPELT = 4
LEAST_LIKENESS = 78.0
LEAST_SHARE_OF_WORDS = 0.5
FILLERS = frozenset(
    fold(
        "ik wil graag iets met werken werk worden doen als in de het een en of van voor te op bij mijn heb kan "
        "i want to would like something with work working become be as in the a an and or of for at my have can am "
        "أريد أحب العمل عمل أعمل في من مع أن على شيء كـ"
    ).split()
)
"""Words that say nothing about which work; they count only when nothing else was typed."""


class Entry(NamedTuple):
    """One text by which a thing can be found."""

    kind: str
    id: str
    language: str
    text: str
    folded: str
    is_label: bool


@dataclass(frozen=True)
class Match:
    """How well an entry answers a query: 0-1, and the kind of match."""

    score: float
    why: str


class SearchIndex:
    """The index of one catalogue; building it takes a few hundredths of a second."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.labels = {(kind, thing): label for kind, thing, label in _labels(catalogue)}
        self.entries = list(_entries(catalogue))
        self.entries += list(_together(self.entries, self.labels))
        self.words = sorted({word for entry in self.entries for word in entry.folded.split()})
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.execute("CREATE VIRTUAL TABLE words USING fts5(folded, tokenize='unicode61', prefix='2 3')")
        self._database.execute("CREATE VIRTUAL TABLE pieces USING fts5(folded, tokenize='trigram')")
        rows = [(number, entry.folded) for number, entry in enumerate(self.entries, start=1)]
        for table in ("words", "pieces"):
            self._database.executemany(f"INSERT INTO {table}(rowid, folded) VALUES (?, ?)", rows)

    def find(self, text: str, language: str, limit: int) -> list[SearchHit]:
        """The best match of each thing, best first; equal matches in the order of the catalogue."""
        query = telling_words(fold(text))
        if not query:
            return []
        best: dict[tuple[str, str], tuple[float, int, Match]] = {}
        for number in self._candidates(query):
            entry = self.entries[number - 1]
            match = compare(query, entry.folded)
            if match is None:
                continue
            total = match.score + self._bonus(entry, language)
            key = (entry.kind, entry.id)
            if key not in best or total > best[key][0]:
                best[key] = (total, number, match)
        ordered = sorted(best.values(), key=lambda found: (-found[0], found[1]))
        return [self._hit(*found) for found in ordered[:limit]]

    def _hit(self, total: float, number: int, match: Match) -> SearchHit:
        entry = self.entries[number - 1]
        label = self.labels[entry.kind, entry.id]
        return SearchHit(entry.kind, entry.id, label, entry.text, entry.language, match.why, round(total, 4))

    def _bonus(self, entry: Entry, language: str) -> float:
        """Small pushes that decide between matches that are equally good as texts."""
        own = OWN_LANGUAGE_BONUS if entry.language == language else 0.0
        label = KIND_STEP / 2 if entry.is_label else 0.0
        return own + label - KIND_STEP * KINDS.index(entry.kind)

    def _candidates(self, query: str) -> list[int]:
        words = query.split()
        found: set[int] = set()
        for word in words:
            found |= self._matching("words", f'"{word}"*')
            if len(word) >= SHORTEST_PIECE:
                found |= self._matching("pieces", f'"{word}"')
                for alike in self._alike(word):
                    found |= self._matching("words", f'"{alike}"')
                for inner in self._inner_words(word):
                    found |= self._matching("words", f'"{inner}"')
        return sorted(found)

    def _matching(self, table: str, query: str) -> set[int]:
        rows = self._database.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", (query,))
        return {number for (number,) in rows}

    def _alike(self, word: str) -> list[str]:
        """Words of the catalogue that a misspelling may stand for."""
        close = process.extract(word, self.words, scorer=fuzz.ratio, limit=12, score_cutoff=LEAST_LIKENESS - 10)
        return [candidate for candidate, _, _ in close if _misspelt(word, candidate) is not None]

    def _inner_words(self, word: str) -> list[str]:
        """Words of the catalogue that stand inside a compound: "booglassen" holds "lassen"."""
        return [inner for inner in self.words if len(inner) >= SHORTEST_PIECE and inner in word and inner != word]


def telling_words(query: str) -> str:
    """The folded query without fillers and single letters, unless it holds nothing else."""
    telling = [word for word in query.split() if word not in FILLERS and len(word) > 1]
    return " ".join(telling) or query


def compare(query: str, text: str) -> Match | None:
    """How well a folded text answers a folded query; None when too little of the query is in it."""
    if query == text:
        return Match(1.0, "exact")
    words = query.split()
    scored = [_best_word(word, text) for word in words]
    answered = [match for match in scored if match.score > 0]
    if len(answered) < LEAST_SHARE_OF_WORDS * len(words) or not answered:
        return None
    worth = sum(match.score for match in scored) / len(words)
    # a text with many other words says less about the one that was asked
    fullness = len(answered) / max(len(text.split()), len(words))
    weakest = min(answered, key=lambda match: match.score)
    return Match(worth * (0.85 + 0.1 * fullness), weakest.why)


def _best_word(word: str, text: str) -> Match:
    return max((_word_score(word, other) for other in text.split()), key=lambda match: match.score)


def _word_score(word: str, other: str) -> Match:
    if word == other:
        return Match(1.0, "word")
    if other.startswith(word):
        return Match(0.75 + 0.2 * len(word) / len(other), "prefix")
    shorter, longer = sorted((word, other), key=len)
    if len(shorter) >= SHORTEST_PIECE and shorter in longer:
        return Match(0.45 + 0.4 * len(shorter) / len(longer), "part")
    likeness = _misspelt(word, other)
    return Match(0.9 * likeness, "spelling") if likeness is not None else Match(0.0, "")


@lru_cache(maxsize=4096)
def _misspelt(word: str, other: str) -> float | None:
    """Likeness 0-1 when one word may be a typing error of the other, else None."""
    if min(len(word), len(other)) < SHORTEST_MISSPELT:
        return None
    errors = DamerauLevenshtein.distance(word, other)
    allowed = 1 if max(len(word), len(other)) <= 7 else 2
    if errors > allowed:
        return None
    return 1.0 - errors / max(len(word), len(other))


@lru_cache(maxsize=2)
def _index_by_id(holder: _ById) -> SearchIndex:
    return SearchIndex(holder.catalogue)


class _ById:
    """A catalogue as a cache key: the same object means the same index (its mappings cannot be hashed)."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def __hash__(self) -> int:
        return id(self.catalogue)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.catalogue is self.catalogue


def index_of(catalogue: Catalogue) -> SearchIndex:
    """The index of a catalogue, built at its first search and kept for the last two catalogues."""
    return _index_by_id(_ById(catalogue))


def search(catalogue: Catalogue, text: str, language: str, limit: int = 20) -> list[SearchHit]:
    """What the words may mean, best first, over all languages; `language` is only preferred among equals.

    Forgives case, accents, Arabic spelling variants and small typing errors, and knows beginnings and parts of words.
    """
    return index_of(catalogue).find(text, language, limit)


def _labels(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    things: Iterable[tuple[str, Iterable[tuple[str, str]]]] = (
        ("occupation", ((each.id, each.label_nl) for each in catalogue.occupations.values())),
        ("skill", ((each.id, each.label_nl) for each in catalogue.skills.values())),
        ("card", ((each.id, each.label_nl) for each in catalogue.cards.values())),
        ("offer", ((each.id, each.label_nl) for each in catalogue.offers.values() if each.default_on)),
        ("organisation", ((each.id, each.label_nl) for each in catalogue.organisations.values())),
    )
    for kind, labels in things:
        for thing, label in labels:
            yield kind, thing, label


def _entries(catalogue: Catalogue) -> Iterator[Entry]:
    for kind, thing, label in _labels(catalogue):
        yield Entry(kind, thing, SOURCE_LANGUAGE, label, fold(label), is_label=True)
        for language, words in catalogue.synonyms.get((kind, thing), {}).items():
            for word in words:
                yield Entry(kind, thing, language, word, fold(word), is_label=False)
    for skill in catalogue.skills.values():
        yield Entry("skill", skill.id, "en", skill.esco_label_en, fold(skill.esco_label_en), is_label=False)


def _together(entries: Iterable[Entry], labels: Mapping[tuple[str, str], str]) -> Iterator[Entry]:
    """Per thing and language all words at once, for words that stand in different texts: "supermarkt kassa"."""
    words: dict[tuple[str, str, str], dict[str, None]] = {}
    for entry in entries:
        words.setdefault((entry.kind, entry.id, entry.language), {}).update(dict.fromkeys(entry.folded.split()))
    for (kind, thing, language), found in words.items():
        yield Entry(kind, thing, language, labels[kind, thing], " ".join(found), is_label=False)
