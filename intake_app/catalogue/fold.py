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
_BEFORE = {**_ARABIC, **_LATIN, **_CYRILLIC}
_AFTER = {**_ARABIC, **ETHIOPIC}
_WORD = re.compile(r"\w+")
_APOSTROPHE = re.compile(r"(?<=\w)['’‘ʼ`´](?=\w)")
_MARK = re.compile(
    "[\u0300-\u034e\u0350-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u135d-\u135f]+"
)
"""Combining marks of the scripts of our languages; a rare one is looked up."""
_DIGIT = re.compile(r"[^\D0-9]")
_ARABIC_ARTICLE = re.compile(r"^(?:وال|بال|لل|ال)(?=\w{3})")


def fold(text: str) -> str:
    """The text in the one spelling, words separated by single spaces, digits of every script as 0-9."""
    bare = _APOSTROPHE.sub("", text.casefold().replace(_ZERO_WIDTH_NON_JOINER, ""))
    if bare.isascii():
        return " ".join(_WORD.findall(bare.replace("_", " ")))
    # the Arabic table first: taken apart, a hamza on its carrier would be lost as a mark and leave another letter
    lowered = bare.translate(_BEFORE)
    if lowered.isascii():
        return " ".join(_WORD.findall(lowered))
    plain = _MARK.sub("", unicodedata.normalize("NFKD", lowered))
    if any(map(unicodedata.combining, plain)):
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = _DIGIT.sub(lambda found: str(unicodedata.digit(found[0])), plain).translate(_AFTER)
    return " ".join(_ARABIC_ARTICLE.sub("", word) for word in _WORD.findall(plain))
