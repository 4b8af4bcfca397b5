"""All words of one index, and which of them a typed word may mean."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from intake_app.catalogue.sound import alike

SHORTEST_PIECE = 4
"""Pieces of words shorter than this are in too many words to say anything."""
SHORTEST_MISSPELT = 4
MOST_MEANINGS = 48
MOST_BEGINNINGS = 200
MOST_AROUND = 50
MOST_MISSPELT = 32
BEGINNING_SHARE = 0.6
LEAST_FORM = 56.0
NOTHING = "\uffff"
"""Sorts after every letter."""


class Meaning(NamedTuple):
    """A word of the index that may be meant: how surely (0-1), and by what kind of likeness."""

    quality: float
    why: str


class Vocabulary:
    """The words of an index; `by_skeleton` gives the words with the same consonants."""

    def __init__(self, counts: Mapping[str, int], by_skeleton: Callable[[str], list[str]]) -> None:
        self.counts = counts
        self._by_skeleton = by_skeleton
        self._sorted = sorted(counts)
        self._joined = "\n" + "\n".join(self._sorted) + "\n"
        self._by_length: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._by_letter: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in self._sorted:
            self._by_letter[word[0], len(word)].append(word)
            self._by_length[script(word), len(word)].append(word)

    def meanings(self, word: str, *, thorough: bool) -> dict[str, Meaning]:
        """The words that `word` may stand for. Spelling and sound are tried when it is unknown, or if `thorough`."""
        found: dict[str, Meaning] = {}
        if word in self.counts:
            found[word] = Meaning(1.0, "word")
        self._add(found, self._starting(word))
        if len(word) >= SHORTEST_PIECE:
            self._add(found, self._around(word))
            self._add(found, self._inside(word))
            self._add(found, self._forms(word))
        if thorough or word not in self.counts:
            self._add(found, self._misspelt(word, anywhere=thorough))
            self._add(found, self._sounding(word))
        best = sorted(found.items(), key=lambda item: (-item[1].quality, item[0]))
        return dict(best[:MOST_MEANINGS])

    @staticmethod
    def _add(found: dict[str, Meaning], more: Iterator[tuple[str, Meaning]]) -> None:
        for word, meaning in more:
            if word not in found or meaning.quality > found[word].quality:
                found[word] = meaning

    def _range(self, beginning: str, most: int) -> list[str]:
        first = bisect_left(self._sorted, beginning)
        last = bisect_left(self._sorted, beginning + NOTHING, first)
        return self._sorted[first : min(last, first + most)]

    def _starting(self, word: str) -> Iterator[tuple[str, Meaning]]:
        for other in self._range(word, MOST_BEGINNINGS):
            yield other, Meaning(prefix_quality(word, other), "prefix")

    def _forms(self, word: str) -> Iterator[tuple[str, Meaning]]:
        """Other endings of the same beginning: "timmerman", "timmeren"."""
        beginning = word[: max(SHORTEST_PIECE, round(len(word) * BEGINNING_SHARE))]
        for other in self._range(beginning, MOST_BEGINNINGS):
            likeness = fuzz.ratio(word, other)
            if likeness >= LEAST_FORM:
                yield other, Meaning(0.3 + 0.55 * likeness / 100, "form")

    def _around(self, word: str) -> Iterator[tuple[str, Meaning]]:
        """Longer words that hold this one: "lasser" in "aluminiumlasser"."""
        place = self._joined.find(word)
        for _ in range(MOST_AROUND):
            if place < 0:
                return
            start = self._joined.rfind("\n", 0, place) + 1
            end = self._joined.index("\n", place)
            other = self._joined[start:end]
            if other != word:
                head = 0.08 if other.endswith(word) else 0.0
                yield other, Meaning(0.45 + head + 0.37 * len(word) / len(other), "part")
            place = self._joined.find(word, end)

    def _inside(self, word: str) -> Iterator[tuple[str, Meaning]]:
        """Shorter words inside this one: "lassen" in "onderwaterlassen"; the last part of a compound says most."""
        for start in range(len(word) - SHORTEST_PIECE + 1):
            for end in range(start + SHORTEST_PIECE, len(word) + 1):
                inner = word[start:end]
                if inner != word and inner in self.counts:
                    head = 0.08 if end == len(word) else 0.0
                    yield inner, Meaning(0.42 + head + 0.37 * len(inner) / len(word), "part")

    def _misspelt(self, word: str, *, anywhere: bool) -> Iterator[tuple[str, Meaning]]:
        """Words with a letter wrong, missing or changed about; unless `anywhere`, with the same letter at the start."""
        if len(word) < SHORTEST_MISSPELT:
            return
        errors = 1 if len(word) <= 6 else 2
        lengths = range(max(SHORTEST_MISSPELT, len(word) - errors), len(word) + errors + 1)
        if anywhere:
            others = [other for length in lengths for other in self._by_length.get((script(word), length), ())]
        else:
            # two letters changed about at the start bring the second letter to the front
            places = [(letter, length) for letter in dict.fromkeys(word[:2]) for length in lengths]
            others = [other for place in places for other in self._by_letter.get(place, ())]
        close = process.extract(word, others, scorer=OSA.distance, score_cutoff=errors, limit=MOST_MISSPELT)
        for other, wrong, _ in close:
            yield other, Meaning(0.93 - 0.9 * wrong / max(len(word), len(other)), "spelling")

    def _sounding(self, word: str) -> Iterator[tuple[str, Meaning]]:
        for other in self._by_skeleton(word):
            likeness = alike(word, other)
            if likeness is not None:
                yield other, Meaning(0.2 + 0.7 * likeness, "sound")


def prefix_quality(word: str, other: str) -> float:
    """How surely the beginning of a word means the whole of it."""
    return 0.75 + 0.2 * len(word) / len(other)


def script(word: str) -> str:
    """The writing of a folded word, as far as spelling errors stay inside it."""
    letter = word[:1]
    if "\u0600" <= letter <= "\u06ff":
        return "arabic"
    if "\u0400" <= letter <= "\u04ff":
        return "cyrillic"
    if "\u1200" <= letter <= "\u139f":
        return "ethiopic"
    return "other"
