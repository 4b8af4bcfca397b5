"""What a print says to who hears it instead of reading it: its own half, section by section, in the paper's order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from unicodedata import name as name_of

from intake_app.domain.plan import PlanDirection, PlanDocument
from intake_app.domain.reasons import ReasonCode
from intake_app.i18n.bidi import strip_controls
from intake_app.i18n.languages import SOURCE_LANGUAGE, language
from intake_app.plan.content import Block, Box, Check, Pair, Pictured, Pictures, Rules, Sheet, Text

_BEGIN = frozenset({"heading", "part", "item"})
"""Styles with which something new begins."""
_OUT_OF_PRIVATE_ANSWERS = frozenset({ReasonCode.NOTE_CHILDCARE_FIRST})
"""It tells what was answered to l05, which nobody else may hear (DOMAIN 2.1-7). What is said to whom did not answer a
question as well (consult first) tells nothing."""
_ENDS = re.compile(r"\n+| · ")
_TO_WRITE_ON = re.compile(r"_{3,}")


@dataclass(frozen=True)
class Aloud:
    """One text as it sounds, and the language in which it is said."""

    text: str
    language: str


@dataclass(frozen=True)
class AloudSection:
    """What stands together under one heading; `page` counts the pages of the sheet from 1."""

    page: int
    texts: tuple[Aloud, ...]


def without_private(document: PlanDocument) -> PlanDocument:
    """The document without the sentences that follow from private answers; the paper holds them, a voice does not."""

    def heard(direction: PlanDirection) -> PlanDirection:
        kept = (reason for reason in direction.reasons if reason.code not in _OUT_OF_PRIVATE_ANSWERS)
        return replace(direction, reasons=tuple(kept))

    return replace(document, directions=tuple(heard(direction) for direction in document.directions))


def sections_of(sheet: Sheet) -> tuple[AloudSection, ...]:
    """The sections of a sheet, its title first. Lines to write on, pictures and the footer are for the eye alone.

    What stands there in Dutch only (the name of a place, words typed in Dutch) is said in Dutch: another voice would
    make nothing of it.
    """
    first = [pair for pair in (sheet.banner, sheet.title) if pair is not None]
    groups = [(1, first)]
    for page, blocks in enumerate(sheet.pages, 1):
        groups += [(page, pairs) for pairs in _groups(blocks)]
    groups.append((len(sheet.pages), [text.pair for text in sheet.last]))
    found = [AloudSection(page, tuple(one for pair in pairs for one in _said(pair))) for page, pairs in groups]
    return tuple(section for section in found if section.texts)


def _groups(blocks: Iterable[Block]) -> Iterator[list[Pair]]:
    group: list[Pair] = []
    for style, pair in _texts(blocks):
        if style in _BEGIN and group:
            yield group
            group = []
        group.append(pair)
    yield group


def _texts(blocks: Iterable[Block]) -> Iterator[tuple[str, Pair]]:
    for block in blocks:
        match block:
            case Text():
                yield block.style, block.pair
            case Pictured() | Check():
                yield from ((text.style, text.pair) for text in block.texts)
            case Pictures():
                yield from (("body", pair) for _, pair in block.items)
            case Box():
                yield from _texts(block.blocks)
            case Rules():
                pass


def _said(pair: Pair) -> Iterator[Aloud]:
    own = pair.own
    same = own.text == pair.nl.text and pair.nl.language == SOURCE_LANGUAGE
    for part in _ENDS.split(strip_controls(own.text)):
        text = " ".join(part.split())
        if text and not _TO_WRITE_ON.search(text):
            yield Aloud(text, _tongue(text, own.language, same=same))


def _tongue(text: str, code: str, *, same: bool) -> str:
    """The language of a text in the half of a language; `same`: the Dutch half says it with the same words."""
    letters = [letter for letter in text if letter.isalpha()]
    if not letters:
        return code
    if language(code).script == "Latn":
        return SOURCE_LANGUAGE if same else code
    foreign = all(name_of(letter, "").startswith("LATIN") for letter in letters)
    return SOURCE_LANGUAGE if foreign else code
