"""Ethiopic syllables: those that sound the same in Tigrinya written as one, and how each is typed in Latin letters.

A row of the Unicode block is one consonant with its vowels in their order (The Unicode Standard, chapter 19.1).
"""

from __future__ import annotations

import unicodedata

_FIRST, _LAST = 0x1200, 0x135A
_SAME = ((0x1210, 0x1200), (0x1280, 0x1200), (0x1220, 0x1230), (0x12D0, 0x12A0), (0x1340, 0x1338))
"""Rows that most people write for each other: ሐ and ኀ for ሀ, ሠ for ሰ, ዐ for አ, ፀ for ጸ."""
_SOFTENED = ((0x1250, 0x1240), (0x12B8, 0x12A8))
"""ቐ and ኸ: ቀ and ከ as they sound after a vowel; often written without the difference."""
_ROUNDED_ROWS = (0x1240, 0x1250, 0x1280, 0x12A8, 0x12B8, 0x1308)
_ROUNDED = {0x8: 6, 0xA: 1, 0xB: 3, 0xC: 4, 0xD: 1}
"""A consonant with rounded lips (ቈ ቊ ቋ ቌ ቍ), and the vowel of the plain syllable that is written instead."""
_VOWELS = 7
_WITHOUT_RULE = (0x1200, 0x12A0)
"""The eighth syllable of these rows is no rounded one."""


def _folded() -> dict[int, int]:
    table: dict[int, int] = {}
    for row in _ROUNDED_ROWS:
        table |= {row + place: row + vowel for place, vowel in _ROUNDED.items()}
    for code in range(_FIRST, _LAST + 1):
        row, place = code & ~7, code & 7
        if place == _VOWELS and "WA" in unicodedata.name(chr(code), "") and row not in _WITHOUT_RULE:
            table[code] = row + 3
    for rows in (_SOFTENED, _SAME):
        for written, meant in rows:
            table |= {written + place: meant + place for place in range(_VOWELS)}
    while any(meant in table for meant in table.values()):
        table = {written: table.get(meant, meant) for written, meant in table.items()}
    return table


ETHIOPIC = _folded()
"""From a syllable to the one that stands for all of its sound, for `str.translate`."""
_CONSONANTS = {
    "HH": "h",
    "X": "h",
    "SZ": "s",
    "Q": "k",
    "QH": "k",
    "KX": "k",
    "GLOTTAL ": "",
    "PHARYNGEAL ": "",
    "TH": "t",
    "CHH": "ch",
    "PH": "p",
    "TZ": "ts",
    "NY": "n",
    "DD": "d",
    "GG": "g",
}
"""Names of Unicode that people type otherwise."""
_TYPED_VOWELS = ("e", "u", "i", "a", "e", "", "o", "a")


def in_latin(word: str) -> str:
    """A word as it is typed on a Latin keyboard; what is no Ethiopic syllable stays."""
    return "".join(_TYPED.get(letter, letter) for letter in word)


def _typed(code: int) -> str:
    name = unicodedata.name(chr(code)).removeprefix("ETHIOPIC SYLLABLE ")
    consonant = name.rstrip("AEIOU")
    rounded = consonant.endswith("W") and consonant != "W"
    consonant = consonant.removesuffix("W") if rounded else consonant
    return _CONSONANTS.get(consonant, consonant.lower()) + _TYPED_VOWELS[code & 7]


_TYPED = {chr(code): _typed(code) for code in range(_FIRST, _LAST + 1) if unicodedata.name(chr(code), "")}
