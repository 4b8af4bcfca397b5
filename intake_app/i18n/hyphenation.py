"""Where a word may be divided at the end of a line: by patterns, and in some languages by the rules of their spelling.

Only words that are wider than their place, on paper or on screen, are divided: for somebody who reads with effort a
whole word reads best.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from intake_app.i18n.syllables import RULES

if TYPE_CHECKING:
    import pyphen

PATTERNS = {"nl": "nl_NL", "en": "en_GB", "pl": "pl_PL", "de": "de_DE", "fr": "fr"}
"""Languages with patterns under a licence that fits ours. Those of Ukrainian, Bulgarian and Romanian are GPL only, and
Turkish and Somali have none, hence the rules of `syllables`."""
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ\u0301][^\W\d_]+)*")
_SHORTEST = 5
_KEEP = 2
"""Letters that stay together at the beginning and the end of a word."""


def places(text: str, language: str) -> tuple[int, ...]:
    """The indices of `text` before which a line may begin when the line before ends with a hyphen, from left to right.

    None for a language without patterns or rules.
    """
    if language not in PATTERNS and language not in RULES:
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
    if language in RULES:
        return RULES[language](word.lower())
    patterns = _patterns(language)
    found = tuple(int(place) for place in patterns.positions(word))
    # the library remembers every word it saw, and words of people stay nowhere
    patterns.hd.cache.clear()
    return found


def read_ahead(language: str) -> None:
    """Read the patterns of a language before the first word is too wide; for a background lane.

    It takes longer than a window may stand still. Nothing for a language without patterns.
    """
    if language in PATTERNS:
        _patterns(language)


def forget_words() -> None:
    """Empty what was kept to be fast: it holds words of people."""
    _inside.cache_clear()


@cache
def _patterns(language: str) -> pyphen.Pyphen:
    # most days no word is too wide for its place, and the window is not to wait for what it does not need
    import pyphen

    return pyphen.Pyphen(lang=PATTERNS[language], left=_KEEP, right=_KEEP + 1)
