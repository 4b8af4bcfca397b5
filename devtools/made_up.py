"""Two made-up languages for tests: en_XA makes every text a third longer, ar_XB runs from right to left.

A text on screen that does not change in them was never made translatable; one that is cut off found its box too small.
"""

from __future__ import annotations

import re

from babel.messages.catalog import Catalog, Message

MADE_UP = {"en_XA": "", "ar_XB": "\u200f"}
"""The codes, with the mark that opens and closes each text to give it its direction."""

ACCENTED = str.maketrans(
    "aeiouncsyzAEIOUNCSYZ",
    "áéíóúñçšýžÁÉÍÓÚÑÇŠÝŽ",
)
ARABIC = str.maketrans(
    "abcdefghijklmnopqrstuvwxyz",
    "ابتدهفجحيثكلمنسشقرصطوضغخزع",
)
"""Letters that our fonts have, and that join as those of real texts do."""
PLACE = re.compile(r"(\{[^}]*\}|%\([^)]*\)[a-z]|<[^>]*>|\$\{[^}]*\})")
"""Places for values and marks of form, which no language may touch."""

LONGER_BY = 3
"""One letter in so many is added, the growth that short Dutch texts may meet in another language."""


LONGEST_PIECE = 12


def made_up_catalogue(template: Catalog, code: str) -> Catalog:
    """The template with every text disguised."""
    catalog = Catalog(
        domain=template.domain,
        header_comment=f"# Made-up language {code}, for tests only.",
        project=template.project,
        version=template.version,
        last_translator="made up",
        language_team="made up",
        creation_date=template.creation_date,
        revision_date=template.creation_date,
        fuzzy=False,
    )
    for message in template:
        if message.id:
            catalog.add(message.id, _translated(message, code), context=message.context)
    return catalog


def _translated(message: Message, code: str) -> str | tuple[str, ...]:
    if isinstance(message.id, str):
        return disguised(message.id, code)
    return tuple(disguised(form, code) for form in message.id)


def disguised(text: str, code: str) -> str:
    """The text in a made-up language, its places for values untouched."""
    mark = MADE_UP[code]
    pieces = PLACE.split(text)
    pieces[::2] = [_changed(piece, code) for piece in pieces[::2]]
    return f"{mark}[{''.join(pieces)}{_padding(len(text) // LONGER_BY)}]{mark}"


def _padding(length: int) -> str:
    """What makes a text longer, in pieces that a line can break between, as the words of a real text."""
    pieces = "~" * length
    return " ".join(pieces[start : start + LONGEST_PIECE] for start in range(0, length, LONGEST_PIECE))


def _changed(piece: str, code: str) -> str:
    return piece.translate(ACCENTED) if code == "en_XA" else piece.lower().translate(ARABIC)
