"""One spelling for comparing words: no case, no accents, and the letters that people write either way."""

from __future__ import annotations

import re
import unicodedata

from intake_app.catalogue.ethiopic import ETHIOPIC

_ARABIC = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ؤ": "و",
        "ئ": "ي",
        "ء": None,
        "ى": "ي",
        "ة": "ه",
        "ـ": None,
        "ی": "ي",
        "ک": "ك",
    }
)
_LATIN = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "đ": "d", "_": " "})
_CYRILLIC = str.maketrans({"ґ": "г", "ё": "е"})
_ZERO_WIDTH_NON_JOINER = "\u200c"
"""Persian writes it inside words; on many keyboards it cannot be typed."""
_WORD = re.compile(r"\w+")
_APOSTROPHE = re.compile(r"(?<=\w)['’‘ʼ`´](?=\w)")
_ARABIC_ARTICLE = re.compile(r"^(?:وال|بال|لل|ال)(?=\w{3})")


def fold(text: str) -> str:
    """The text in the one spelling, words separated by single spaces, digits of every script as 0-9."""
    # the Arabic table first: taken apart, a hamza on its carrier would be lost as a mark and leave another letter
    lowered = (
        _APOSTROPHE.sub("", text.casefold().replace(_ZERO_WIDTH_NON_JOINER, ""))
        .translate(_ARABIC)
        .translate(_LATIN)
        .translate(_CYRILLIC)
    )
    if lowered.isascii():
        return " ".join(_WORD.findall(lowered))
    taken_apart = unicodedata.normalize("NFKD", lowered)
    bare = "".join(_plain(letter) for letter in taken_apart if not unicodedata.combining(letter)).translate(ETHIOPIC)
    return " ".join(_ARABIC_ARTICLE.sub("", word) for word in _WORD.findall(bare.translate(_ARABIC)))


def _plain(letter: str) -> str:
    """A digit of any script as ASCII digit; every other letter itself."""
    return str(unicodedata.digit(letter)) if letter.isdecimal() else letter
