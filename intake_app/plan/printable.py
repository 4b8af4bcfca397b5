"""Text of people made fit for paper: nothing in it can hide, overlap, turn other text around or lack a letter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from intake_app.plan.fonts import CONTROLS, can_set

UNKNOWN = "\ufffd"
"""The sign that stands for characters no font of the plan can set; a row of them is one sign."""
_LINE_ENDS = dict.fromkeys(map(ord, "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), "\n")
_EMPTY_LINES = re.compile(r"\n(?:[^\S\n]*\n){2,}")
_OVERRIDES = dict.fromkeys(range(0x202A, 0x202F))
_OPENING = frozenset("\u2066\u2067\u2068")
_CLOSING = "\u2069"
_JOINERS = frozenset("\u200c\u200d")
_MOST_MARKS = 4


@lru_cache(maxsize=4096)
def printable(text: str) -> str:
    """The text as it may be printed.

    Line ends of every kind become a line feed, control characters a space, embeddings and overrides of direction
    vanish, isolates are balanced, marks pile up four high at most, one
    empty line follows another no more, and what no font has becomes its plain form
    (NFKC) or a sign of the unknown. Fonts must be loaded.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_LINE_ENDS).translate(_OVERRIDES)
    return _balanced(_EMPTY_LINES.sub("\n\n", _settable(text)))


def _settable(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for char in text:
        category = unicodedata.category(char)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks > _MOST_MARKS or "\ufe00" <= char <= "\ufe0f":
            continue
        if char == "\n" or char in CONTROLS or can_set(char):
            kept.append(char)
        elif category == "Cc":
            kept.append(" ")
        elif char not in _JOINERS:
            plain = unicodedata.normalize("NFKC", char) if category != "Cs" else ""
            shown = plain if plain and plain != char and all(map(can_set, plain)) else UNKNOWN
            if shown != UNKNOWN or kept[-1:] != [UNKNOWN]:
                kept.append(shown)
    return "".join(kept)


def _balanced(text: str) -> str:
    """Every isolate closed, none closed that was not opened."""
    depth = 0
    kept: list[str] = []
    for char in text:
        if char in _OPENING:
            depth += 1
        elif char == _CLOSING:
            if depth == 0:
                continue
            depth -= 1
        kept.append(char)
    return "".join(kept) + _CLOSING * depth
