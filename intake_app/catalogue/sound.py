"""How a word sounds, roughly and in Latin letters: for people who write as they hear, or in another alphabet."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from intake_app.catalogue.ethiopic import in_latin

_CYRILLIC_PAIRS = (
    "аa бb вv гh дd еe жzh зz иi йi кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ыi эe іi їi єie юiu яia ь ъ"
)
_CYRILLIC = {pair[0]: pair[1:] for pair in _CYRILLIC_PAIRS.split(" ")}
"""Letter by letter as Ukrainians and Russians write their words with a Latin keyboard."""
_ARABIC = dict(zip("ظذثغىة", "ضدتقيه", strict=True))
_ARABIC_VOWELS = re.compile(r"(?<=.)[اويه]")
_SPELLINGS = (
    ("tsj", "s"),
    ("tj", "s"),
    ("shch", "s"),
    ("sch", "sk"),
    ("sg", "sk"),
    ("sh", "s"),
    ("sj", "s"),
    ("zh", "z"),
    ("ph", "f"),
    ("th", "t"),
    ("ck", "k"),
    ("qu", "kw"),
    ("x", "ks"),
    ("ch", "g"),
    ("kh", "g"),
    ("gh", "g"),
    ("ij", "i"),
    ("ei", "i"),
    ("ey", "i"),
    ("ie", "i"),
    ("ea", "e"),
    ("ao", "a"),
    ("oa", "a"),
    ("ui", "u"),
    ("oe", "u"),
    ("ou", "au"),
    ("y", "i"),
    ("j", "i"),
    ("z", "s"),
    ("v", "f"),
)
"""Letters that learners and speakers of Low Saxon take for each other."""
_SOFT_C = re.compile(r"c(?=[ei])")
_DOUBLED = re.compile(r"(.)\1+")
_LATER_VOWELS = re.compile(r"(?<=.)[aeiou]")
SHORTEST_SKELETON = 3
LEAST_LIKENESS = 60.0


@lru_cache(maxsize=8192)
def sound(word: str) -> str:
    """A folded word as it sounds, in Latin letters; Arabic stays Arabic, with letters that dialects merge."""
    if "\u0600" <= word[:1] <= "\u06ff":
        return "".join(_ARABIC.get(letter, letter) for letter in word)
    text = word if word.isascii() else in_latin("".join(_CYRILLIC.get(letter, letter) for letter in word))
    if not text.isascii():
        return text
    for written, heard in _SPELLINGS:
        text = text.replace(written, heard)
    text = _SOFT_C.sub("s", text).replace("c", "k")
    if text.endswith("d"):
        text = text[:-1] + "t"
    return _DOUBLED.sub(r"\1", text)


def skeleton(word: str) -> str:
    """The consonants of a folded word, with its first letter; "" when too few are left to say anything."""
    heard = sound(word)
    if "\u0600" <= heard[:1] <= "\u06ff":
        bones = _ARABIC_VOWELS.sub("", heard)
    else:
        bones = _DOUBLED.sub(r"\1", _LATER_VOWELS.sub("", heard).replace("h", "g"))
    return bones if len(bones) >= SHORTEST_SKELETON else ""


def alike(one: str, other: str) -> float | None:
    """Likeness 0-1 of two folded words by ear; None when they do not sound alike."""
    likeness = fuzz.ratio(sound(one), sound(other))
    return likeness / 100 if likeness >= LEAST_LIKENESS else None
