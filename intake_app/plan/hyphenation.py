"""Where a word may be divided at the end of a line: by patterns, and in Ukrainian by the rules of its spelling.

Only words that are wider than their column are divided: for somebody who reads with effort a whole word reads best.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import pyphen

PATTERNS = {"nl": "nl_NL", "en": "en_GB", "pl": "pl_PL", "de": "de_DE"}
"""Languages with patterns under a licence that fits ours. Those of Ukrainian are GPL only, hence the rules below."""
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ\u0301][^\W\d_]+)*")
_SHORTEST = 5
_KEEP = 2
"""Letters that stay together at the beginning and the end of a word."""
_VOWELS = frozenset("аеєиіїоуюя")
_APOSTROPHES = frozenset("'’ʼ")
_ONE_SOUND = frozenset({"дж", "дз"})


def places(text: str, language: str) -> tuple[int, ...]:
    """The indices of `text` before which a line may begin when the line before ends with a hyphen, from left to right.

    None for a language without patterns or rules.
    """
    if language not in PATTERNS and language != "uk":
        return ()
    found: list[int] = []
    for match in _WORD.finditer(text):
        word = match[0]
        if len(word) >= _SHORTEST:
            found += [match.start() + place for place in _inside(word, language)]
    return tuple(found)


@lru_cache(maxsize=512)
def _inside(word: str, language: str) -> tuple[int, ...]:
    if len(word.lower()) != len(word):
        return ()
    if language == "uk":
        return _ukrainian(word.lower())
    patterns = _patterns(language)
    found = tuple(int(place) for place in patterns.positions(word))
    # the library remembers every word it saw, and words of people stay nowhere
    patterns.hd.cache.clear()
    return found


def forget_words() -> None:
    """Empty what was kept to be fast: it holds words of people."""
    _inside.cache_clear()


@cache
def _patterns(language: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=PATTERNS[language], left=_KEEP, right=_KEEP + 1)


def _ukrainian(word: str) -> tuple[int, ...]:
    """By syllables (Ukrainskyi pravopys 2019, rules of transfer): no letter alone, no soft sign or apostrophe first."""
    return tuple(place for place in range(_KEEP, len(word) - _KEEP + 1) if _may_divide(word[:place], word[place:]))


def _may_divide(left: str, right: str) -> bool:
    if not (_VOWELS & set(left) and _VOWELS & set(right)):
        return False
    last, first = left[-1], right[0]
    if first == "ь" or first in _APOSTROPHES or last + first in _ONE_SOUND:
        return False
    if first == "й" or (last in "йь" and first == "о"):
        # й goes with the vowel before it, and йо and ьо are one sound
        return first == "й" and right[1] == "о"
    if first in _VOWELS:
        return last in _VOWELS or last in _APOSTROPHES
    return right[1] in _VOWELS or right[1:3] in ("ьо", "йо")
