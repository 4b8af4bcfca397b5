"""Dividing words by the rules of a spelling, for languages without patterns under a licence that fits ours.

Sources: Ukrainskyi pravopys 2019, rules of transfer; Ofitsialen pravopisen rechnik na balgarskiya ezik (2012), transfer
of parts of words; DOOM 3 (2021), dividing into syllables (diphthongs are never divided here); Yazım Kılavuzu of the
Türk Dil Kurumu, dividing at the end of a line; for Somali the syllables of its writing of 1972.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

_KEEP = 2
"""Letters that stay together at the beginning and the end of a word."""
_APOSTROPHES = frozenset("'’ʼ")


@dataclass(frozen=True)
class _Spelling:
    """The letters of a language: its vowels, pairs that are one sound, and pairs that begin a syllable together."""

    vowels: frozenset[str]
    one_sound: frozenset[str] = frozenset()
    together: frozenset[str] = frozenset()


def _cyrillic(vowels: str) -> Callable[[str], tuple[int, ...]]:
    """By syllables: no letter alone, no soft sign or apostrophe first, й with the vowel before it."""
    own = frozenset(vowels)
    return lambda word: tuple(
        place for place in range(_KEEP, len(word) - _KEEP + 1) if _may_divide(word[:place], word[place:], own)
    )


def _may_divide(left: str, right: str, vowels: frozenset[str]) -> bool:
    if not (vowels & set(left) and vowels & set(right)):
        return False
    last, first = left[-1], right[0]
    if first == "ь" or first in _APOSTROPHES or last + first in ("дж", "дз"):
        return False
    if first == "й" or (last in "йь" and first == "о"):
        # й goes with the vowel before it, and йо and ьо are one sound
        return first == "й" and right[1] == "о"
    if first in vowels:
        return last in vowels or last in _APOSTROPHES
    return right[1] in vowels or right[1:3] in ("ьо", "йо")


def _latin(spelling: _Spelling) -> Callable[[str], tuple[int, ...]]:
    """Before the last consonant in front of a vowel; two vowels are never parted."""
    return lambda word: tuple(
        place for place in range(_KEEP, len(word) - _KEEP + 1) if _begins_a_syllable(word, place, spelling)
    )


def _begins_a_syllable(word: str, place: int, spelling: _Spelling) -> bool:
    vowels = spelling.vowels
    left, right = word[:place], word[place:]
    if right[0] in vowels or right[0] in _APOSTROPHES or not vowels & set(left) or not vowels & set(right):
        return False
    if left[-1] + right[0] in spelling.one_sound or left[-1] + right[0] in spelling.together:
        return left[-2:] in spelling.one_sound
    for length, pairs in ((1, None), (2, spelling.one_sound | spelling.together)):
        onset = right[:length]
        if right[length : length + 1] and right[length] in vowels and (pairs is None or onset in pairs):
            return len(right) > length + 1 or length > 1 or len(right) == _KEEP
    return False


_TURKISH = _Spelling(frozenset("aeıioöuüâîû"))
_SOMALI = _Spelling(frozenset("aeiou"), frozenset({"dh", "kh", "sh"}))
_LIQUIDS = frozenset(first + second for first in "bcdfghptv" for second in "lr")
_ROMANIAN = _Spelling(frozenset("aăâeiîou"), frozenset({"ch", "gh"}), _LIQUIDS)

RULES: Mapping[str, Callable[[str], tuple[int, ...]]] = {
    "uk": _cyrillic("аеєиіїоуюя"),
    "bg": _cyrillic("аеиоуъюя"),
    "tr": _latin(_TURKISH),
    "so": _latin(_SOMALI),
    "ro": _latin(_ROMANIAN),
}
"""By language the indices of a word in small letters before which a line may begin."""
