"""Is the Dutch source plain (B1 or lower)? Length of sentences, hard words, and the words that are hard on purpose.

A word is hard when it is not among the most frequent forms of spoken and written Dutch and is no see-through compound
of two that are. `readability_data/words_nl.txt` holds those forms (its head says where from); `exceptions.csv` holds
the hard words that stay, each with the reason. Run through `python3 dev.py strings --readability`.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog

from devtools.extract_strings import templates
from devtools.gates import PLACE
from devtools.shell import say
from intake_app.i18n.gettext import DOMAINS

DATA = Path(__file__).parent / "readability_data"
LONGEST_SENTENCE = 18
"""Words; the Dutch advice for B1 is ten on average, and seldom more than fifteen."""
MEAN_SENTENCE = 10.0
SHORTEST_PART = 3
"""Letters of a part of a compound."""
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_END = re.compile(r"(?<=[.!?:;])\s+|\n+")


@dataclass(frozen=True)
class Finding:
    """What makes a text hard: `kind` is sentence or word; `what` the sentence or word; `where` a text that has it."""

    kind: str
    what: str
    where: str


@dataclass(frozen=True)
class Figures:
    """How plain the texts of a domain are."""

    domain: str
    sentences: int
    mean_words: float
    longest: int
    excepted: int


@cache
def common_words() -> frozenset[str]:
    """The most frequent forms of Dutch, in small letters."""
    lines = (DATA / "words_nl.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def exceptions() -> dict[str, str]:
    """Hard words that stay, in small letters, with the reason."""
    with (DATA / "exceptions.csv").open(encoding="utf-8", newline="") as file:
        return {row["word"]: row["reason"] for row in csv.DictReader(file)}


def sentences(text: str) -> list[str]:
    """The sentences and lines of a text, its places for values taken as one word."""
    return [part.strip() for part in _END.split(PLACE.sub("iets", text)) if _WORD.search(part)]


def words(text: str) -> list[str]:
    """The words of a text, in small letters, without single letters and abbreviations such as UWV."""
    found = (word for word in _WORD.findall(PLACE.sub(" ", text)) if len(word) > 1 and not word.isupper())
    return [word.lower().replace("’", "'") for word in found]


def is_common(word: str) -> bool:
    """Whether a person at B1 may be expected to know the word, or to see what it is made of."""
    if word in common_words() or word in exceptions():
        return True
    if "-" in word:
        return all(is_common(part) for part in word.split("-"))
    return any(_seen_through(word[:at], word[at:]) for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1))


def _seen_through(first: str, second: str) -> bool:
    known = common_words()
    bare = {first, first.removesuffix("s"), first.removesuffix("en"), first.removesuffix("e")}
    return second in known and any(part in known for part in bare if len(part) >= SHORTEST_PART)


def findings(texts: Iterable[str]) -> Iterator[Finding]:
    """Every sentence that is too long and every hard word, once each."""
    seen: set[str] = set()
    for text in texts:
        for sentence in sentences(text):
            if len(_WORD.findall(sentence)) > LONGEST_SENTENCE:
                yield Finding("sentence", sentence, text)
        for word in words(text):
            if word not in seen and not is_common(word):
                seen.add(word)
                yield Finding("word", word, text)


def figures(domain: str, texts: Iterable[str]) -> Figures:
    """How long the sentences of a domain are, and how many of its words are hard on purpose."""
    whole = list(texts)
    lengths = [len(_WORD.findall(sentence)) for text in whole for sentence in sentences(text)]
    hard = {word for text in whole for word in words(text) if word in exceptions()}
    return Figures(domain, len(lengths), sum(lengths) / max(1, len(lengths)), max(lengths, default=0), len(hard))


@cache
def _drawn() -> dict[str, Catalog]:
    return templates()


def source_texts(domain: str) -> list[str]:
    """Every Dutch text of a domain, as code, forms and data say it today."""
    forms = [[message.id] if isinstance(message.id, str) else message.id for message in _drawn()[domain] if message.id]
    return [form for several in forms for form in several]


def main() -> int:
    """Print the figures of every domain and what is too hard; 1 when anything is."""
    found: list[Finding] = []
    say(f"{'domain':<10} {'sentences':>9} {'words each':>10} {'longest':>7} {'hard on purpose':>15}")
    for domain in DOMAINS:
        texts = source_texts(domain)
        told = figures(domain, texts)
        say(f"{domain:<10} {told.sentences:>9} {told.mean_words:>10.1f} {told.longest:>7} {told.excepted:>15}")
        found += findings(texts)
    for finding in found:
        say(f"{finding.kind}: {finding.what}  ({finding.where})")
    if found:
        say("Write it plainer, or put the word in devtools/readability_data/exceptions.csv with the reason.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
